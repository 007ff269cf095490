package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.Existence;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import javax.money.CurrencyUnit;

/** How a line becomes a row, and a row a line. */
final class LineTable {

    static final String COLUMNS = """
            line_id, line_position, posted_at, sku, category, description, quantity, unit,
            unit_price, unit_price_currency, share, tier_above, tier_up_to, basis,
            gross, discount, discount_percent, price_currency, tax, tax_currency,
            unit_cost, unit_cost_currency, cost, cost_currency,
            period_start, period_end, exists_from, exists_until, tags, origin, places_no""";

    static final String INSERT = "insert into billing_line (tenant, invoice_no, " + COLUMNS
            + ", external_id) values (?, ?" + ", ?".repeat(COLUMNS.split(",", -1).length) + ", ?)";

    private LineTable() {}

    /** The columns of lines that have this name in a query. */
    static String columns(String alias) {
        return Array.of(COLUMNS.split(",", -1))
                .map(column -> alias + "." + column.strip())
                .mkString(", ");
    }

    /** What the database would not keep as it is. */
    static Option<String> problem(Dialect dialect, LineItem line) {
        return new Fit(dialect)
                .instant("posted at", line.postedAt())
                .number("quantity", line.quantity())
                .money("unit price", line.unitPrice())
                .number("tier", line.tier().map(Tier::above))
                .number("tier", line.tier().flatMap(Tier::upTo))
                .money("gross", line.price().map(Amount::gross))
                .money("discount", line.price().map(Amount::discount))
                .number("discount percent", line.price().flatMap(Amount::percent))
                .money("tax", line.tax())
                .money("unit cost", line.unitCost())
                .money("cost", line.cost())
                .period("period", line.period())
                .instant("existence", line.existence().map(Existence::from))
                .instant("existence", line.existence().flatMap(Existence::until))
                .problem()
                .map(problem -> problem + " of line " + line.id());
    }

    static void bind(Batch row, LineItem line, Option<Long> places) throws SQLException {
        row.text(line.id().value())
                .whole(line.position())
                .instant(line.postedAt())
                .text(line.sku())
                .text(line.category())
                .text(line.description())
                .number(line.quantity())
                .text(line.unit())
                .money(line.unitPrice())
                .text(line.share().toString())
                .number(line.tier().map(Tier::above))
                .number(line.tier().flatMap(Tier::upTo))
                .text(line.basis().name());
        bindPrice(row, line.price());
        row.money(line.tax())
                .money(line.unitCost())
                .money(line.cost())
                .period(line.period())
                .instant(line.existence().map(Existence::from))
                .instant(line.existence().flatMap(Existence::until))
                .text(tags(line.tags()))
                .text(OriginJson.write(line))
                .whole(places)
                .text(externalId(line.origin()));
    }

    static Option<String> externalId(Origin origin) {
        return origin instanceof Origin.Provided provided ? Option.some(provided.externalId()) : Option.none();
    }

    private static void bindPrice(Batch row, Option<Amount> price) throws SQLException {
        row.number(price.map(amount -> amount.gross().amount()))
                .number(price.map(amount -> amount.discount().amount()))
                .number(price.flatMap(Amount::percent))
                .text(price.map(amount -> Currencies.code(amount.gross().currency())));
    }

    private static Option<String> tags(Map<String, String> tags) {
        return Option.when(!tags.isEmpty(), () -> Json.object(json -> Json.texts(json, tags)));
    }

    static Found read(Row row) throws SQLException {
        LineId id = new LineId(row.text());
        long position = row.whole();
        Instant postedAt = row.instant();
        String sku = row.text();
        String category = row.text();
        String description = row.text();
        BigDecimal quantity = row.number();
        String unit = row.text();
        Option<Money> unitPrice = row.optionalMoney();
        Ratio share = Ratio.parse(row.text());
        Option<Tier> tier = tier(row.optionalNumber(), row.optionalNumber());
        Basis basis = Basis.valueOf(row.text());
        Option<Amount> price =
                price(row.optionalNumber(), row.optionalNumber(), row.optionalNumber(), row.optionalText());
        Option<Money> tax = row.optionalMoney();
        Option<Money> unitCost = row.optionalMoney();
        Option<Money> cost = row.optionalMoney();
        var period = row.optionalPeriod();
        Option<Existence> existence = existence(row.optionalInstant(), row.optionalInstant());
        Map<String, String> tags =
                row.optionalText().map(text -> Json.parse(text).texts()).getOrElse(HashMap.empty());
        Json origin = Json.parse(row.text());
        LineItem line = new LineItem(
                id,
                position,
                postedAt,
                sku,
                category,
                description,
                quantity,
                unit,
                unitPrice,
                share,
                tier,
                basis,
                price,
                tax,
                unitCost,
                cost,
                period,
                existence,
                HashMap.empty(),
                tags,
                OriginJson.read(origin),
                OriginJson.readSettled(origin));
        return new Found(line, row.optionalWhole());
    }

    private static Option<Tier> tier(Option<BigDecimal> above, Option<BigDecimal> upTo) {
        return above.map(bound -> new Tier(bound, upTo));
    }

    private static Option<Amount> price(
            Option<BigDecimal> gross, Option<BigDecimal> discount, Option<BigDecimal> percent, Option<String> code) {
        return code.map(known -> {
            CurrencyUnit currency = Currencies.of(known);
            return new Amount(Money.of(currency, gross.get()), Money.of(currency, discount.get()), percent);
        });
    }

    private static Option<Existence> existence(Option<Instant> from, Option<Instant> until) {
        return from.map(begin -> new Existence(begin, until));
    }

    /** A line that still lacks its places. */
    record Found(LineItem line, Option<Long> places) implements PlaceSetReader.Placed<LineItem> {

        @Override
        public LineItem with(Map<Dimension, Ref> found) {
            return found.isEmpty() ? line : line.in(found);
        }
    }
}
