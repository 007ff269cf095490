package dev.billing.http.morpheus;

import dev.billing.domain.Ref;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.domain.profile.ReportedItems;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemOrder.Field;
import dev.billing.port.LineItemOrder.OfDocument;
import dev.billing.port.LineItemOrder.ProvidedText;
import dev.billing.port.StoredLine;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/** The columns of a line item in wire order, each with what it is sorted by. */
final class LineColumns {

    private LineColumns() {}

    /** Writes a line's value. */
    @FunctionalInterface
    interface Writer {
        void write(MorpheusJson json, StoredLine found);
    }

    /** A column, and what sorts it. */
    record Column(String name, LineItemOrder.Key key, Writer writer) {
        void write(MorpheusJson json, StoredLine found) {
            json.generator().writeName(name);
            writer.write(json, found);
        }
    }

    static Seq<Column> of(MorpheusOptions options) {
        boolean isA = options.isA();
        Seq<Column> subject = Array.of(
                new Column(
                        "id",
                        Field.POSITION,
                        (json, found) -> json.id(found.line().id().value())),
                new Column(
                        "invoiceId",
                        new OfDocument(InvoiceOrder.Field.ID),
                        (json, found) ->
                                json.id(found.document().invoice().head().id().value())),
                new Column(
                        "refType",
                        new OfDocument(InvoiceOrder.Field.SUBJECT_TYPE),
                        (json, found) -> json.text(subject(found).map(Ref::type))),
                new Column(
                        "refId",
                        new OfDocument(InvoiceOrder.Field.SUBJECT_ID),
                        (json, found) -> json.id(subject(found).map(Ref::id).getOrElse("0"))),
                new Column(
                        "refName",
                        new OfDocument(InvoiceOrder.Field.SUBJECT_NAME),
                        (json, found) -> json.text(subject(found).map(Ref::name))));
        return subject.appendAll(isA ? Array.of(category()) : Array.empty())
                .appendAll(item())
                .appendAll(usage())
                .appendAll(isA ? Array.empty() : Array.of(text("usageService", "usage service")))
                .appendAll(amounts(isA))
                .appendAll(Array.of(text("itemTerm", "item term"), text("taxType", "tax type")))
                .appendAll(isA ? Array.empty() : place())
                .appendAll(dates());
    }

    private static Column category() {
        return new Column(
                "refCategory",
                new OfDocument(new InvoiceOrder.AttributeValue(Fact.CATEGORY)),
                (json, found) -> json.text(
                        InvoiceColumns.text(found.document(), Fact.CATEGORY).orElse(() -> Option.some(""))));
    }

    private static Seq<Column> item() {
        return Array.of(
                new Column(
                        "startDate",
                        Field.PERIOD_START,
                        (json, found) -> json.date(period(found).map(Period::start))),
                new Column(
                        "endDate",
                        Field.PERIOD_END,
                        (json, found) -> json.date(period(found).map(Period::end))),
                text("itemId", "item id"),
                text("itemType", "item type"),
                new Column(
                        "itemName",
                        Field.DESCRIPTION,
                        (json, found) -> json.text(
                                Option.some(found.line().description()).filter(name -> !name.isEmpty()))),
                text("itemDescription", "item description"),
                text("productId", "product id"),
                text("productCode", "product code"),
                text("productName", "product name"),
                text("itemSeller", "seller"),
                text("itemAction", "action"),
                new Column(
                        "externalId",
                        Field.EXTERNAL_ID,
                        (json, found) -> json.text(provided(found)
                                .map(Origin.Provided::externalId)
                                .orElse(() -> Option.some(found.line().id().value())))),
                text("rateId", "rate id"),
                text("rateClass", "rate class"),
                text("rateUnit", Origin.Provided.UNIT_COST),
                text("rateTerm", "rate term"));
    }

    private static Seq<Column> usage() {
        return Array.of(
                new Column(
                        "usageType",
                        Field.SKU,
                        (json, found) -> json.text(Option.some(found.line().sku()))),
                new Column(
                        "usageCategory",
                        Field.CATEGORY,
                        (json, found) -> json.text(Option.some(found.line().category()))));
    }

    private static Seq<Column> amounts(boolean isA) {
        Column rate = new Column(
                "itemPriceRate",
                Field.UNIT_PRICE,
                (json, found) -> json.number(amount(found.line().unitPrice().filter(price -> isMetered(found)))));
        Seq<Column> cost = Array.of(
                new Column(
                        "itemUsage",
                        Field.QUANTITY,
                        (json, found) -> json.number(found.line().quantity())),
                new Column(
                        "itemRate",
                        Field.UNIT_COST,
                        (json, found) ->
                                json.number(amount(found.line().unitCost().filter(price -> isMetered(found))))),
                new Column(
                        "itemCost",
                        Field.COST,
                        (json, found) -> json.number(amount(found.line().cost()))));
        Seq<Column> price = Array.of(
                new Column(
                        "itemPrice",
                        Field.PRICE,
                        (json, found) -> json.number(amount(found.line().net()))),
                new Column(
                        "itemTax",
                        Field.TAX,
                        (json, found) -> json.number(amount(found.line().tax()))));
        return cost.appendAll(isA ? Array.empty() : Array.of(rate)).appendAll(price);
    }

    private static Seq<Column> place() {
        return Array.of(
                text("regionCode", "region"),
                new Column("currency", Field.CURRENCY, (json, found) -> json.text(currency(found))),
                new Column(
                        "conversionRate",
                        new OfDocument(new InvoiceOrder.AttributeValue(Fact.conversionRate(Option.none()))),
                        (json, found) ->
                                json.number(InvoiceColumns.decimal(found.document(), Fact.conversionRate(Option.none()))
                                        .getOrElse(BigDecimal.ONE))));
    }

    private static Seq<Column> dates() {
        return Array.of(
                new Column(
                        "dateCreated",
                        new ProvidedText(ReportedItems.CREATED),
                        (json, found) -> json.date(Option.some(created(found)))),
                new Column(
                        "lastUpdated",
                        Field.POSTED,
                        (json, found) -> json.date(Option.some(found.line().postedAt()))));
    }

    private static Instant created(StoredLine found) {
        return provided(found)
                .flatMap(origin -> origin.text().get(ReportedItems.CREATED))
                .map(Instant::parse)
                .getOrElse(found.line().postedAt());
    }

    /** What a provider reports has no rates of ours. */
    private static boolean isMetered(StoredLine found) {
        return found.line().basis() == Basis.ESTIMATED;
    }

    private static Column text(String name, String text) {
        return new Column(
                name,
                new ProvidedText(text),
                (json, found) -> json.text(
                        provided(found).flatMap(origin -> origin.text().get(text))));
    }

    private static Option<Origin.Provided> provided(StoredLine found) {
        return Option.of(found.line().origin())
                .filter(Origin.Provided.class::isInstance)
                .map(Origin.Provided.class::cast);
    }

    private static Option<Period> period(StoredLine found) {
        return found.line()
                .period()
                .orElse(() -> found.document().invoice().head().period());
    }

    private static Option<String> currency(StoredLine found) {
        LineItem line = found.line();
        return line.cost().orElse(line.net()).map(amount -> amount.currency().getCurrencyCode());
    }

    private static BigDecimal amount(Option<Money> amount) {
        return amount.map(Money::amount).getOrElse(BigDecimal.ZERO);
    }

    private static Option<Ref> subject(StoredLine found) {
        return InvoiceColumns.subject(found.document());
    }

    static Option<String> raw(StoredLine found) {
        return provided(found).flatMap(Origin.Provided::raw);
    }
}
