package dev.billing.domain.profile;

import dev.billing.domain.BillingError;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Sha256;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.FigureRule;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Invoicing;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.LineOrder;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Period;
import dev.billing.domain.period.Proration;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.regex.Pattern;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/**
 * Morpheus: costs and prices in two bases, metered from plans and time or reported by the provider; the running month is projected to
 * its end. Nothing is rounded to cents. Projection is not additive: a total is projected from the running figure, never summed from
 * projected parts.
 */
public final class Morpheus {

    /** The name of the profile. */
    public static final String NAME = "morpheus";

    /** The component of whatever belongs to no other. */
    public static final String EXTRA = "extra";

    /** The components of a document. A line whose category is none of the others belongs to {@code extra}. */
    public static final Seq<String> COMPONENTS =
            Array.of("compute", "memory", "storage", "network", "license", "softwareOrService", EXTRA);

    /** The tenant that is charged, by its name. */
    public static final Dimension ACCOUNT = new Dimension("account");

    /** The site that it belongs to. */
    public static final Dimension GROUP = new Dimension("group");

    /** The zone that it runs in. */
    public static final Dimension CLOUD = new Dimension("cloud");

    /** The instance that it is a part of. */
    public static final Dimension INSTANCE = new Dimension("instance");

    /** The container that it is. */
    public static final Dimension CONTAINER = new Dimension("container");

    /** The machine that it runs on. */
    public static final Dimension SERVER = new Dimension("server");

    /** The group of machines that it belongs to. */
    public static final Dimension CLUSTER = new Dimension("cluster");

    /** The app that it is a part of. */
    public static final Dimension APP = new Dimension("app");

    /** Who it belongs to, by the login name. */
    public static final Dimension USER = new Dimension("user");

    /** The plan that it is charged by. */
    public static final Dimension PLAN = new Dimension("plan");

    /** The project that it is for. */
    public static final Dimension PROJECT = new Dimension("project");

    private static final long HOUR = 3_600_000;

    /** How many binary digits a double holds exactly. */
    private static final int DOUBLE_DIGITS = 53;

    /** The type of things that are containers. */
    public static final String CONTAINER_TYPE = "Container";

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final String TIME = "time";
    private static final String OF_TIME = "of time";

    private Morpheus() {}

    /** The names of what is known of the thing that a document is for, beside its name and places. */
    public static final class Fact {

        /** Text: the kind of thing, in free words. */
        public static final String CATEGORY = "category";

        /** Text. */
        public static final String UUID = "uuid";

        /** Text: where a thing such as a volume stands. */
        public static final String STATUS = "status";

        /** Text: the identity of the cloud that all systems share. */
        public static final String CLOUD_UUID = "cloud uuid";

        /** Numbers and texts: a provider's resource. */
        public static final String RESOURCE_ID = "resource id";

        public static final String RESOURCE_UUID = "resource uuid";
        public static final String RESOURCE_TYPE = "resource type";
        public static final String RESOURCE_NAME = "resource name";
        public static final String RESOURCE_EXTERNAL_ID = "resource external id";
        public static final String RESOURCE_INTERNAL_ID = "resource internal id";

        /** Texts: what it is used for. */
        public static final String USAGE_TYPE = "usage type";

        public static final String USAGE_CATEGORY = "usage category";

        /** Flag: there are no reported costs yet. */
        public static final String ESTIMATE = "estimate";

        /** Flag: the thing is still there. */
        public static final String ACTIVE = "active";

        /** Flag: the document sums up others. */
        public static final String SUMMARY = "summary";

        /** Instants: when the thing was there within the month. */
        public static final String FROM = "from";

        public static final String UNTIL = "until";

        /** Number: milliseconds powered off. */
        public static final String OFF_TIME = "off time";

        /** Text: on or off. */
        public static final String POWER_STATE = "power state";

        /** Instant: the last change of power. */
        public static final String POWER_DATE = "power date";

        /** Number: uptime ÷ month. */
        public static final String RUNNING_MULTIPLIER = "running multiplier";

        /** Instants: up to when it was metered, and up to when reported. */
        public static final String LAST_COST_DATE = "last cost date";

        public static final String LAST_ACTUAL_DATE = "last actual date";

        /** Number: how many lines the document has. */
        public static final String LINES = "lines";

        /** Text: what the provider told of the whole, as it came. */
        public static final String RAW = "raw";

        /** What only a provider's resource has. */
        public static final Seq<String> OF_RESOURCES = Array.of(
                RESOURCE_ID, RESOURCE_UUID, RESOURCE_TYPE, RESOURCE_NAME, RESOURCE_EXTERNAL_ID, RESOURCE_INTERNAL_ID);

        private static final String PROJECT_TAG = "project tag ";

        private Fact() {}

        /** Text: which of the bases the figures without basis are copies of. */
        public static final String SHOWN_BASIS = "shown basis";

        /** Text: the currency of the figures of a basis, or of those without. */
        public static String currency(Option<Basis> basis) {
            return basis.map(of -> "currency " + of.name()).getOrElse("currency");
        }

        /** Number: from that currency to US dollars. */
        public static String conversionRate(Option<Basis> basis) {
            return basis.map(of -> "conversion rate " + of.name()).getOrElse("conversion rate");
        }

        /** Text: a tag of the document's project. */
        public static String projectTag(String name) {
            return PROJECT_TAG + name;
        }

        /** The tags of a document's project. */
        public static Map<String, String> projectTags(Map<String, Attribute> attributes) {
            return attributes
                    .filterKeys(name -> name.startsWith(PROJECT_TAG))
                    .filterValues(Attribute.Text.class::isInstance)
                    .map((name, value) ->
                            new Tuple2<>(name.substring(PROJECT_TAG.length()), ((Attribute.Text) value).value()));
        }
    }

    /** The names of texts that come with a line from a provider. */
    public static final Seq<String> LINE_TEXTS = Array.of(
            "item id",
            "item type",
            "item name",
            "item description",
            "product id",
            "product code",
            "product name",
            "seller",
            "action",
            "rate id",
            "rate class",
            Origin.Provided.UNIT_COST,
            "rate term",
            "usage service",
            "item term",
            "tax type",
            "region");

    /** The kinds of things whose documents sum up others, and the place that the others have in common. */
    public static final Map<String, Dimension> SUMMARIES = HashMap.of(
            "Instance", INSTANCE,
            "App", APP,
            "ComputeServerGroup", CLUSTER,
            "ComputeZone", CLOUD,
            "ComputeSite", GROUP,
            "User", USER,
            "Account", ACCOUNT);

    /** A whole number for something that is named in another way: the same for the same name, and exact as a binary double. */
    public static long number(String name) {
        byte[] digest = Sha256.of(name);
        return Math.max(1, ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - DOUBLE_DIGITS));
    }

    /**
     * Checks that an id is a number as documents and lines have it.
     *
     * @throws IllegalArgumentException if it is not a whole number of at most 18 digits
     */
    public static String requireNumber(String id, String what) {
        if (!NUMBER.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    what + " must be a whole number of at most 18 digits, but was '" + id + "'");
        }
        return id;
    }

    /**
     * Which of some documents of one month are added up: those that sum up none themselves, each once. A server is left out where the
     * containers of its instance are there, because they are the same money.
     */
    public static Seq<Head> leaves(Seq<Head> documents) {
        Set<String> instancesInContainers = documents
                .filter(head -> head.subject().exists(subject -> subject.type().equals(CONTAINER_TYPE)))
                .flatMap(head -> head.places().get(INSTANCE))
                .map(Ref::id)
                .toSet();
        return documents
                .reject(head -> head.attributes().get(Fact.SUMMARY).contains(Attribute.of(true)))
                .reject(head -> head.subject().exists(subject -> subject.type().equals("ComputeServer"))
                        && head.places().get(INSTANCE).map(Ref::id).exists(instancesInContainers::contains));
    }

    /** The month to date. */
    public static FigureKey running(Basis basis, Side side) {
        return figure("running", Option.some(basis), side);
    }

    /** The whole month, projected while it runs. */
    public static FigureKey total(Basis basis, Side side) {
        return figure("total", Option.some(basis), side);
    }

    /** A component such as {@code compute}, {@code total} or {@code running}; without basis, a copy of the one that is shown. */
    public static FigureKey figure(String name, Option<Basis> basis, Side side) {
        return new FigureKey(name, basis, side);
    }

    /** A component such as {@code compute}. */
    public static FigureKey component(String name, Basis basis, Side side) {
        return figure(name, Option.some(basis), side);
    }

    /** The metered charge for a whole month, of what is charged while running. */
    public static FigureKey interval(Side side) {
        return interval(Plan.Incurs.WHILE_RUNNING, side);
    }

    private static FigureKey interval(Plan.Incurs incurs, Side side) {
        return part("interval", incurs, side);
    }

    /** The components, the total and the running figure. */
    public static final Seq<String> FIGURES = COMPONENTS.appendAll(Array.of("total", "running"));

    /** In US dollars and UTC; see {@link Profile#in} and {@link Profile#on}. */
    public static Profile profile() {
        return new Profile(
                NAME,
                Monetary.getCurrency("USD"),
                BillingCalendar.UTC_MONTHS,
                Proration.EXACT_TIME,
                Rounding.toDecimals(20, RoundingMode.HALF_UP),
                LineOrder.AS_RECORDED,
                Option.none(),
                HashSet.empty(),
                Array.of(Side.values()).flatMap(Morpheus::folds),
                HashMap.empty(),
                Array.of(Rule.values()),
                Invoicing.FOR_INFORMATION);
    }

    /** What lines add up to: the components of what is reported, and all of it. A category that is no component belongs to extra. */
    private static Seq<Figures.Fold> folds(Side side) {
        return COMPONENTS
                .map(name -> new Figures.Fold(component(name, Basis.ACTUAL, side), linesOf(name)))
                .append(new Figures.Fold(running(Basis.ACTUAL, side), Selection.ALL));
    }

    private static Selection linesOf(String component) {
        return component.equals(EXTRA)
                ? Selection.of(new Selection.NotInCategories(
                        COMPONENTS.filter(name -> !name.equals(EXTRA)).toLinkedSet()))
                : Selection.category(component);
    }

    /** The reported figures of a month to date, from its lines. */
    public static Figures reconcile(Iterable<LineItem> lines, CurrencyUnit currency) {
        return Figures.fold(profile().figures(), lines, currency);
    }

    /**
     * Adds what is reported for the whole month.
     *
     * @param figures have what was reported to date
     * @param stale whether no more reports are to be expected, so that nothing is projected
     */
    public static Figures project(Figures figures, Metering metering, boolean stale) {
        return Array.of(Side.values())
                .foldLeft(
                        figures,
                        (all, side) -> metering.projects() && !stale
                                ? scale(
                                        all,
                                        total(Basis.ACTUAL, side),
                                        running(Basis.ACTUAL, side),
                                        metering.life(),
                                        metering.span())
                                : same(all, total(Basis.ACTUAL, side), running(Basis.ACTUAL, side)));
    }

    /** Adds the estimate of a month: what the plan charges, by the times. Its components are those of a whole month. */
    public static Figures meter(Figures figures, Plan plan, Metering metering) {
        return Array.of(Side.values()).foldLeft(figures, (all, side) -> meter(all, plan, metering, side));
    }

    private static Figures meter(Figures figures, Plan plan, Metering metering, Side side) {
        Figures metered = COMPONENTS.foldLeft(
                figures,
                (all, name) -> all.declare(
                        component(name, Basis.ESTIMATED, side),
                        "plan",
                        plan.interval(
                                side,
                                plan.parts().filter(part -> part.component().equals(name)))));
        Figures parts = Array.of(Plan.Incurs.values())
                .foldLeft(metered, (all, incurs) -> meter(all, plan, metering, incurs, side));
        return parts.calculate(running(Basis.ESTIMATED, side), Rule.SUM, parts("running", side), HashMap.empty())
                .calculate(total(Basis.ESTIMATED, side), Rule.SUM, parts("total", side), HashMap.empty());
    }

    /** Adds what is charged in one way. While it is stopped, nobody knows for how long it will be, so that nothing is projected. */
    private static Figures meter(Figures figures, Plan plan, Metering metering, Plan.Incurs incurs, Side side) {
        FigureKey interval = interval(incurs, side);
        FigureKey running = part("running", incurs, side);
        FigureKey total = part("total", incurs, side);
        Money charge = plan.interval(side, plan.parts().filter(part -> part.incurs() == incurs));
        Figures metered = scale(
                figures.declare(interval, "plan", charge),
                running,
                interval,
                time(incurs, metering),
                metering.length());
        return metering.projects() && incurs != Plan.Incurs.WHILE_STOPPED
                ? scale(metered, total, interval, metering.life(), metering.length())
                : same(metered, total, running);
    }

    private static Seq<FigureKey> parts(String name, Side side) {
        return Array.of(Plan.Incurs.values()).map(incurs -> part(name, incurs, side));
    }

    private static FigureKey part(String name, Plan.Incurs incurs, Side side) {
        return figure(name + " " + incurs.name(), Option.some(Basis.ESTIMATED), side);
    }

    private static long time(Plan.Incurs incurs, Metering metering) {
        return switch (incurs) {
            case WHILE_RUNNING -> metering.uptime();
            case ALWAYS -> metering.span();
            case WHILE_STOPPED -> metering.downtime();
        };
    }

    /** Adds the figures without basis: copies of those of the basis that is shown. */
    public static Figures show(Figures figures, Basis basis) {
        return keys(basis)
                .foldLeft(figures, (all, key) -> same(all, figure(key.name(), Option.none(), key.side()), key));
    }

    /**
     * The lines of what is metered, for things whose provider reports nothing: for each part of the plan the started hours × the rate of
     * an hour, in {@link MorpheusArithmetic}.
     */
    public static Seq<LineItem> meteredLines(Plan plan, Metering metering, InvoiceId invoice, Instant postedAt) {
        return metering.span() == 0
                ? Array.empty()
                : plan.parts()
                        .zipWithIndex(
                                (part, i) -> meteredLine(plan, part, metering, invoice + "/metered/" + i, postedAt));
    }

    private static LineItem meteredLine(
            Plan plan, Plan.Part part, Metering metering, String externalId, Instant postedAt) {
        BigDecimal hours = BigDecimal.valueOf(startedHours(metering.span()));
        Money price = plan.hourlyRate(part, Side.PRICE);
        Money cost = plan.hourlyRate(part, Side.COST);
        long number = number(externalId);
        Map<String, String> text = HashMap.of(
                Origin.Provided.UNIT_COST, "hour", ReportedItems.CREATED, ReportedItems.createdText(postedAt));
        Origin origin = new Origin.Provided(externalId, text, Option.none());
        return LineItem.builder(new LineId(Long.toString(number)), part.component(), part.component(), postedAt, origin)
                .position(number)
                .description(part.description())
                .basis(Basis.ESTIMATED)
                .quantity(hours, "hour")
                .unitPrice(price)
                .price(Money.of(plan.currency(), MorpheusArithmetic.apply(hours, price.amount())))
                .unitCost(cost)
                .cost(Money.of(plan.currency(), MorpheusArithmetic.apply(hours, cost.amount())))
                .period(Period.of(metering.from(), metering.from().plusMillis(metering.span())))
                .build();
    }

    /** A length in hours, rounded up. */
    static long startedHours(long millis) {
        return Math.floorDiv(millis + HOUR - 1, HOUR);
    }

    /** Documents of several kinds, which may describe the same money from several sides, so that their sum would mean nothing. */
    public record MixedTypes(Set<String> types) implements BillingError {
        @Override
        public String message() {
            return "Spend is summed over documents of one type, but these are of "
                    + types.toList().sorted().mkString(", ");
        }
    }

    /** The sum of a figure over documents that are all for things of one type. */
    public static Either<MixedTypes, Money> spend(Seq<Invoice> documents, FigureKey figure, CurrencyUnit currency) {
        Set<String> types = documents
                .map(document -> document.head().subject().map(Ref::type).getOrElse(""))
                .toSet();
        return types.size() > 1
                ? Either.left(new MixedTypes(types))
                : Either.right(Figures.sum(figure, documents.map(Invoice::figures), currency));
    }

    /** The figures that every document has of a basis. */
    public static Seq<FigureKey> keys(Basis basis) {
        return FIGURES.flatMap(name -> Array.of(Side.PRICE, Side.COST).map(side -> component(name, basis, side)));
    }

    /**
     * The figures of a document that sums up others: of what is reported all are summed, of what is metered the total and the running
     * figure only. Nothing is projected again.
     *
     * @param place what the others have in common
     * @param leaves the figures of the others
     */
    public static Figures summarize(Selection.At place, Seq<Figures> leaves, Basis basis, CurrencyUnit currency) {
        return keys(basis)
                .foldLeft(
                        Figures.NONE,
                        (all, key) -> all.with(
                                key,
                                basis == Basis.ESTIMATED && COMPONENTS.contains(key.name())
                                        ? new Figure.Declared("not summed", Money.zero(currency))
                                        : new Figure.Summed(place, leaves.size(), Figures.sum(key, leaves, currency))));
    }

    /**
     * Adds a figure that is another one scaled by a ratio of times, in {@link MorpheusArithmetic}: the running estimate is the interval
     * price scaled by uptime ÷ month; a projected total is the running figure scaled by life ÷ span.
     *
     * @param time milliseconds
     * @param ofTime milliseconds
     */
    public static Figures scale(Figures figures, FigureKey key, FigureKey from, long time, long ofTime) {
        return figures.calculate(
                key,
                Rule.SCALED_BY_TIME,
                Array.of(from),
                HashMap.of(TIME, BigDecimal.valueOf(time), OF_TIME, BigDecimal.valueOf(ofTime)));
    }

    private static Figures same(Figures figures, FigureKey key, FigureKey from) {
        return figures.calculate(key, Rule.SAME, Array.of(from), HashMap.empty());
    }

    /** How figures follow from others. */
    enum Rule implements FigureRule {
        SCALED_BY_TIME {
            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                BigDecimal ratio =
                        MorpheusArithmetic.ratio(FigureRule.input(inputs, TIME), FigureRule.input(inputs, OF_TIME));
                Money amount = from.head();
                if (ratio.compareTo(BigDecimal.ONE) == 0) {
                    return amount;
                }
                return Money.of(amount.currency(), MorpheusArithmetic.apply(amount.amount(), ratio));
            }
        },
        SAME {
            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                return from.head();
            }
        },
        SUM {
            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                return from.reduce(Money::plus);
            }
        }
    }
}
