package dev.billing.http.akkeris;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Existence;
import dev.billing.domain.profile.Akkeris;
import dev.billing.usecase.MonthView;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Writes one month as an Akkeris invoice, keys in wire order. */
final class AkkerisInvoice {

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final AkkerisOptions options;
    private final String id;
    private final MonthView view;
    private final Iterator<LineItem> lines;
    private final Function<FigureKey, BigDecimal> total;

    private AkkerisInvoice(
            AkkerisOptions options,
            String id,
            MonthView view,
            Iterator<LineItem> lines,
            Function<FigureKey, BigDecimal> total) {
        this.options = options;
        this.id = id;
        this.view = view;
        this.lines = lines;
        this.total = total;
    }

    /** Lines stream; only for sums in binary doubles they are read ahead, because the totals stand before the items. */
    static AkkerisInvoice of(AkkerisOptions options, String id, MonthView view, Iterator<LineItem> lines) {
        if (options.doubleSums()) {
            Seq<LineItem> readAhead = Array.ofAll(() -> lines);
            Function<FigureKey, BigDecimal> sums = key -> DoubleSum.of(readAhead
                    .filter(selection(key)::includes)
                    .flatMap(LineItem::net)
                    .map(Money::amount));
            return new AkkerisInvoice(options, id, view, readAhead.iterator(), sums);
        }
        return new AkkerisInvoice(
                options,
                id,
                view,
                lines,
                key -> view.extract().figures().amount(key).amount());
    }

    private static Selection selection(FigureKey key) {
        return Akkeris.profile()
                .figures()
                .find(fold -> fold.key().equals(key))
                .get()
                .lines();
    }

    void write(JsonGenerator json) {
        Instant start = view.period().start();
        Instant end = periodEnd();
        BigDecimal units = view.extract().quantities().get(Akkeris.DYNO_UNITS).get();
        int day = end.atOffset(ZoneOffset.UTC).getDayOfMonth();
        json.writeStartObject();
        number(json, "addons_total", total.apply(Akkeris.ADDONS));
        number(json, "database_total", total.apply(Akkeris.DATABASE));
        number(json, "charges_total", total.apply(Akkeris.TOTAL));
        json.writeStringProperty("created_at", INSTANT.format(start));
        number(json, "credits_total", BigDecimal.ZERO);
        number(json, "dyno_units", units);
        json.writeStringProperty("id", id);
        json.writeStringProperty("number", Long.toString(start.toEpochMilli()));
        json.writeStringProperty("payment_status", view.isClosed() ? "Paid" : "Pending");
        json.writeStringProperty("period_end", INSTANT.format(end));
        json.writeStringProperty("period_start", INSTANT.format(start));
        number(json, "platform_total", total.apply(Akkeris.PLATFORM));
        json.writeNumberProperty("state", view.isClosed() ? 1 : options.stateInProgress());
        number(json, "total", total.apply(Akkeris.TOTAL));
        json.writeStringProperty("updated_at", INSTANT.format(start));
        number(json, "weighted_dyno_hours", units.multiply(BigDecimal.valueOf(24L * day)));
        json.writeArrayPropertyStart("items");
        lines.forEachRemaining(line -> writeItem(line, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The last day of the month at 23:59:59, or the instant of the request if that is earlier. */
    private Instant periodEnd() {
        Instant lastSecond = view.period().end().minusSeconds(1);
        return view.now().isBefore(lastSecond) ? view.now() : lastSecond;
    }

    /** What was metered has no life of its own: it shows the month's start. */
    private void writeItem(LineItem line, JsonGenerator json) {
        Existence existence =
                line.existence().getOrElse(() -> Existence.since(view.period().start()));
        json.writeStartObject();
        json.writeStringProperty("organization", name(line, Akkeris.ORGANIZATION));
        json.writeObjectPropertyStart("app");
        json.writeStringProperty("name", name(line, Akkeris.APP) + "-" + name(line, Akkeris.SPACE));
        json.writeEndObject();
        json.writeStringProperty("description", line.description());
        json.writeStringProperty("type", line.category());
        number(json, "quantity", line.quantity());
        number(json, "price_per_unit", line.unitPrice().orElse(line.net()).get().amount());
        number(json, "billed_price", line.net().get().amount());
        json.writeStringProperty("created_at", INSTANT.format(existence.from()));
        json.writeName("deleted_at");
        Option<String> deleted = existence.until().map(INSTANT::format);
        if (deleted.isDefined()) {
            json.writeString(deleted.get());
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static String name(LineItem line, Dimension dimension) {
        return line.places().get(dimension).map(Ref::name).getOrElse("");
    }

    /** Plain digits: no exponent, no trailing zeros. */
    private static void number(JsonGenerator json, String name, BigDecimal value) {
        json.writeName(name);
        json.writeNumber(Decimals.toText(value));
    }
}
