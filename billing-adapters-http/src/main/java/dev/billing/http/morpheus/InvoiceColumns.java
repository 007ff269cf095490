package dev.billing.http.morpheus;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Metering;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.http.morpheus.MorpheusOptions.Epoch;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceOrder.Amount;
import dev.billing.port.InvoiceOrder.AttributeValue;
import dev.billing.port.InvoiceOrder.Field;
import dev.billing.port.InvoiceOrder.PlaceName;
import dev.billing.port.Stored;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.TreeMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The columns of an invoice in wire order, each with what it is sorted by. */
final class InvoiceColumns {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM", Locale.ROOT);
    private static final Seq<String> COMPONENTS_IN_ORDER =
            Array.of("compute", "memory", "storage", "network", "license", "softwareOrService", Morpheus.EXTRA);

    private InvoiceColumns() {}

    /** Writes a document's value. */
    @FunctionalInterface
    interface Writer {
        void write(MorpheusJson json, Stored stored);
    }

    /**
     * A column.
     *
     * @param key what sorts it; none if it cannot be sorted by
     * @param figures of an amount, which are added up; empty for other columns
     */
    record Column(String name, Option<InvoiceOrder.Key> key, Seq<FigureKey> figures, Writer writer) {
        static Column of(String name, InvoiceOrder.Key key, Writer writer) {
            return new Column(name, Option.some(key), Array.empty(), writer);
        }

        static Column unsorted(String name, Writer writer) {
            return new Column(name, Option.none(), Array.empty(), writer);
        }

        void write(MorpheusJson json, Stored stored) {
            json.generator().writeName(name);
            writer.write(json, stored);
        }
    }

    /** A group of amounts: its prefix on the wire, and the basis of its figures. */
    record Group(String prefix, Option<Basis> basis) {

        static Seq<Group> of(Epoch epoch) {
            Group estimated = new Group("estimated", Option.some(Basis.ESTIMATED));
            Group invoiced = new Group("invoice", Option.some(Basis.INVOICED));
            Group actual = new Group("actual", Option.some(Basis.ACTUAL));
            Group shown = new Group("", Option.none());
            return epoch == Epoch.A ? Array.of(estimated, invoiced, actual, shown) : Array.of(estimated, actual, shown);
        }

        String column(String name) {
            return prefix.isEmpty() ? name : prefix + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        }

        /** Prices and costs, component by component, the total and what runs. The first epoch has no software: it is extra. */
        Seq<Column> amounts(Epoch epoch) {
            Seq<String> names = COMPONENTS_IN_ORDER.appendAll(Array.of("total", "running"));
            return names.filter(name -> epoch == Epoch.B || !name.equals("softwareOrService"))
                    .flatMap(name -> Array.of(Side.PRICE, Side.COST).map(side -> amount(epoch, name, side)));
        }

        private Column amount(Epoch epoch, String name, Side side) {
            Seq<FigureKey> figures = epoch == Epoch.A && name.equals(Morpheus.EXTRA)
                    ? Array.of(name, "softwareOrService").map(part -> Morpheus.figure(part, basis, side))
                    : Array.of(Morpheus.figure(name, basis, side));
            return new Column(
                    column(name + (side == Side.PRICE ? "Price" : "Cost")),
                    Option.some(new Amount(figures)),
                    figures,
                    (json, stored) -> json.number(sum(stored, figures)));
        }

        Seq<Column> currency() {
            String currency = Fact.currency(basis);
            String rate = Fact.conversionRate(basis);
            return Array.of(
                    Column.of(
                            column("currency"),
                            new AttributeValue(currency),
                            (json, stored) -> json.text(text(stored, currency)
                                    .orElse(() -> Option.some(
                                            stored.invoice().head().currency().getCurrencyCode())))),
                    Column.of(
                            column("conversionRate"),
                            new AttributeValue(rate),
                            (json, stored) -> json.number(decimal(stored, rate).getOrElse(BigDecimal.ONE))));
        }
    }

    private static BigDecimal sum(Stored stored, Seq<FigureKey> figures) {
        return figures.flatMap(stored.invoice().figures()::find)
                .map(Figure::amount)
                .map(Money::amount)
                .fold(BigDecimal.ZERO, BigDecimal::add);
    }

    /** All columns but the lines, which are read apart. */
    static Seq<Column> of(MorpheusOptions options) {
        return options.isA() ? epochA(options) : epochB(options);
    }

    private static Seq<Column> epochA(MorpheusOptions options) {
        return Array.of(id(), place("account", Morpheus.ACCOUNT))
                .appendAll(places(false))
                .appendAll(subject())
                .appendAll(resource(false))
                .append(interval())
                .append(period(options))
                .append(flag("estimate", Fact.ESTIMATE, true))
                .append(flag("active", Fact.ACTIVE, true))
                .appendAll(times())
                .appendAll(Group.of(Epoch.A).flatMap(group -> group.amounts(Epoch.A)))
                .appendAll(meter(false));
    }

    private static Seq<Column> epochB(MorpheusOptions options) {
        return Array.of(
                        id(),
                        Column.of(
                                "ownerId",
                                Field.OWNER,
                                (json, stored) -> json.id(head(stored).owner().value())),
                        place("account", Morpheus.ACCOUNT))
                .appendAll(places(true))
                .appendAll(subject().insert(2, textOf("refUuid", Fact.UUID)))
                .appendAll(resource(true))
                .append(interval())
                .append(period(options))
                .append(flag("estimate", Fact.ESTIMATE, true))
                .append(flag("summaryInvoice", Fact.SUMMARY, false))
                .append(flag("active", Fact.ACTIVE, true))
                .appendAll(times())
                .appendAll(Group.of(Epoch.B)
                        .flatMap(group -> group.amounts(Epoch.B).appendAll(group.currency())))
                .appendAll(meter(true));
    }

    private static Column id() {
        return Column.of(
                "id", Field.ID, (json, stored) -> json.id(head(stored).id().value()));
    }

    private static Seq<Column> places(boolean withUuid) {
        Column cloud = withUuid
                ? Column.of("cloud", new PlaceName(Morpheus.CLOUD), InvoiceColumns::cloudWithUuid)
                : place("cloud", Morpheus.CLOUD);
        return Array.of(
                place("group", Morpheus.GROUP),
                cloud,
                place("instance", Morpheus.INSTANCE),
                place("server", Morpheus.SERVER),
                place("cluster", Morpheus.CLUSTER),
                place("user", Morpheus.USER),
                place("plan", Morpheus.PLAN),
                Column.unsorted("tags", InvoiceColumns::tags),
                Column.of("project", new PlaceName(Morpheus.PROJECT), InvoiceColumns::project));
    }

    private static Seq<Column> subject() {
        return Array.of(
                Column.of(
                        "refType",
                        Field.SUBJECT_TYPE,
                        (json, stored) -> json.text(subject(stored).map(Ref::type))),
                Column.of("refId", Field.SUBJECT_ID, (json, stored) -> subjectId(json, stored)),
                Column.of(
                        "refName",
                        Field.SUBJECT_NAME,
                        (json, stored) -> json.text(subject(stored).map(Ref::name))),
                Column.of(
                        "refCategory",
                        new AttributeValue(Fact.CATEGORY),
                        (json, stored) -> json.text(text(stored, Fact.CATEGORY).orElse(() -> Option.some("")))));
    }

    private static void subjectId(MorpheusJson json, Stored stored) {
        Option<Ref> subject = subject(stored);
        if (subject.isDefined()) {
            json.id(subject.get().id());
        } else {
            json.text(Option.none());
        }
    }

    /** What only documents of a provider's resources have. */
    private static Seq<Column> resource(boolean idAsText) {
        Column id = resource("resourceId", Fact.RESOURCE_ID, (json, stored) -> {
            Option<BigDecimal> number = decimal(stored, Fact.RESOURCE_ID);
            if (idAsText || number.isEmpty()) {
                json.text(number.map(BigDecimal::toPlainString));
            } else {
                json.whole(number.get().longValueExact());
            }
        });
        return LinkedHashMap.of(
                        "resourceUuid", Fact.RESOURCE_UUID,
                        "resourceType", Fact.RESOURCE_TYPE,
                        "resourceName", Fact.RESOURCE_NAME,
                        "resourceExternalId", Fact.RESOURCE_EXTERNAL_ID,
                        "resourceInternalId", Fact.RESOURCE_INTERNAL_ID)
                .map(column -> resource(column._1, column._2, (json, stored) -> json.text(text(stored, column._2))))
                .toArray()
                .prepend(id);
    }

    private static Column resource(String name, String fact, Writer ofResources) {
        return Column.of(name, new AttributeValue(fact), (json, stored) -> {
            if (subject(stored).map(Ref::type).contains("AccountResource")) {
                ofResources.write(json, stored);
            } else {
                json.text(Option.none());
            }
        });
    }

    /** The same for all, so that it sorts nothing: by what no document has. */
    private static Column interval() {
        return Column.of("interval", new AttributeValue("interval"), (json, stored) -> json.text(Option.some("month")));
    }

    private static Column period(MorpheusOptions options) {
        return Column.of(
                "period",
                Field.PERIOD_START,
                (json, stored) -> json.text(head(stored)
                        .period()
                        .map(period -> MONTH.format(period.start().atZone(options.zone())))));
    }

    private static Seq<Column> times() {
        return Array.of(
                Column.of(
                        "startDate",
                        Field.PERIOD_START,
                        (json, stored) -> json.date(head(stored).period().map(Period::start))),
                Column.of("endDate", Field.PERIOD_END, (json, stored) -> json.date(end(stored))),
                Column.of(
                        "refStart",
                        new AttributeValue(Fact.FROM),
                        (json, stored) -> json.date(instant(stored, Fact.FROM)
                                .orElse(() -> head(stored).period().map(Period::start)))),
                Column.of(
                        "refEnd",
                        new AttributeValue(Fact.UNTIL),
                        (json, stored) -> json.date(instant(stored, Fact.UNTIL).orElse(() -> end(stored)))));
    }

    private static Seq<Column> meter(boolean withUsage) {
        Seq<Column> power = Array.of(
                Column.of(
                        "costType",
                        new AttributeValue(Fact.SHOWN_BASIS),
                        (json, stored) -> json.text(Option.some(
                                text(stored, Fact.SHOWN_BASIS).contains(Basis.ACTUAL.name())
                                        ? "actual"
                                        : "estimated"))),
                Column.of(
                        "offTime",
                        new AttributeValue(Fact.OFF_TIME),
                        (json, stored) -> json.whole(decimal(stored, Fact.OFF_TIME)
                                .getOrElse(BigDecimal.ZERO)
                                .longValueExact())),
                textOf("powerState", Fact.POWER_STATE),
                Column.of(
                        "powerDate",
                        new AttributeValue(Fact.POWER_DATE),
                        (json, stored) -> json.date(instant(stored, Fact.POWER_DATE)
                                .orElse(() -> head(stored).period().map(Period::start)))),
                Column.of(
                        "runningMultiplier",
                        new AttributeValue(Fact.RUNNING_MULTIPLIER),
                        (json, stored) -> json.plain(
                                decimal(stored, Fact.RUNNING_MULTIPLIER).getOrElse(BigDecimal.ZERO))));
        Seq<Column> usage = withUsage
                ? Array.of(textOf("usageType", Fact.USAGE_TYPE), textOf("usageCategory", Fact.USAGE_CATEGORY))
                : Array.empty();
        Seq<Column> dates = Array.of(
                dateOf("lastCostDate", Fact.LAST_COST_DATE),
                dateOf("lastActualDate", Fact.LAST_ACTUAL_DATE),
                Column.of(
                        "dateCreated",
                        Field.CREATED,
                        (json, stored) -> json.date(Option.some(head(stored).createdAt()))),
                Column.of("lastUpdated", Field.UPDATED, (json, stored) -> json.date(Option.some(stored.updatedAt()))));
        Seq<Column> lines = withUsage
                ? Array.of(Column.of(
                        "lineItemCount",
                        new AttributeValue(Fact.LINES),
                        (json, stored) -> json.whole(lineCount(stored))))
                : Array.empty();
        return power.appendAll(usage).appendAll(dates).appendAll(lines);
    }

    /** How many lines a document has. */
    static long lineCount(Stored stored) {
        return decimal(stored, Fact.LINES).getOrElse(BigDecimal.ZERO).longValueExact();
    }

    private static Column textOf(String name, String fact) {
        return Column.of(name, new AttributeValue(fact), (json, stored) -> json.text(text(stored, fact)));
    }

    private static Column dateOf(String name, String fact) {
        return Column.of(name, new AttributeValue(fact), (json, stored) -> json.date(instant(stored, fact)));
    }

    private static Column flag(String name, String fact, boolean otherwise) {
        return Column.of(
                name,
                new AttributeValue(fact),
                (json, stored) -> json.flag(attribute(stored, fact, Attribute.Flag.class)
                        .map(Attribute.Flag::value)
                        .getOrElse(otherwise)));
    }

    private static Column place(String name, Dimension dimension) {
        return Column.of(name, new PlaceName(dimension), (json, stored) -> place(json, placeOf(stored, dimension)));
    }

    private static Option<Ref> placeOf(Stored stored, Dimension dimension) {
        Option<Ref> place = head(stored).places().get(dimension);
        return dimension.equals(Morpheus.ACCOUNT)
                ? place.orElse(() ->
                        Option.some(new Ref("account", head(stored).account().value(), "")))
                : place;
    }

    private static void place(MorpheusJson json, Option<Ref> place) {
        if (place.isEmpty()) {
            json.text(Option.none());
            return;
        }
        json.generator().writeStartObject();
        idAndName(json, place.get());
        json.generator().writeEndObject();
    }

    private static void idAndName(MorpheusJson json, Ref place) {
        json.generator().writeName("id");
        json.id(place.id());
        json.generator().writeStringProperty("name", place.name());
    }

    private static void cloudWithUuid(MorpheusJson json, Stored stored) {
        Option<Ref> cloud = placeOf(stored, Morpheus.CLOUD);
        if (cloud.isEmpty()) {
            json.text(Option.none());
            return;
        }
        json.generator().writeStartObject();
        idAndName(json, cloud.get());
        json.generator().writeName("uuid");
        json.text(text(stored, Fact.CLOUD_UUID));
        json.generator().writeEndObject();
    }

    private static void project(MorpheusJson json, Stored stored) {
        Option<Ref> project = placeOf(stored, Morpheus.PROJECT);
        if (project.isEmpty()) {
            json.text(Option.none());
            return;
        }
        json.generator().writeStartObject();
        idAndName(json, project.get());
        json.generator().writeObjectPropertyStart("tags");
        Map<String, String> tags = Fact.projectTags(head(stored).attributes());
        TreeMap.ofEntries(tags).forEach(json.generator()::writeStringProperty);
        json.generator().writeEndObject();
        json.generator().writeEndObject();
    }

    private static void tags(MorpheusJson json, Stored stored) {
        json.generator().writeStartArray();
        for (Tag tag : stored.standing().tags().sortBy(Tag::name)) {
            json.generator().writeStartObject();
            json.generator().writeNumberProperty("id", tag.id());
            json.generator().writeStringProperty("name", tag.name());
            json.generator().writeStringProperty("value", tag.value());
            json.generator().writeEndObject();
        }
        json.generator().writeEndArray();
    }

    private static Option<Instant> end(Stored stored) {
        return head(stored).period().map(Metering::lastSecond);
    }

    private static Head head(Stored stored) {
        return stored.invoice().head();
    }

    static Option<Ref> subject(Stored stored) {
        return head(stored).subject();
    }

    static Option<String> text(Stored stored, String fact) {
        return attribute(stored, fact, Attribute.Text.class).map(Attribute.Text::value);
    }

    static Option<BigDecimal> decimal(Stored stored, String fact) {
        return attribute(stored, fact, Attribute.Number.class).map(Attribute.Number::value);
    }

    private static Option<Instant> instant(Stored stored, String fact) {
        return attribute(stored, fact, Attribute.Instant.class).map(Attribute.Instant::value);
    }

    private static <A extends Attribute> Option<A> attribute(Stored stored, String fact, Class<A> type) {
        return head(stored).attributes().get(fact).filter(type::isInstance).map(type::cast);
    }
}
