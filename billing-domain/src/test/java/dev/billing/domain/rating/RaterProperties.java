package dev.billing.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.DomainArbitraries.Moment;
import dev.billing.domain.Fraction;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class RaterProperties {

    private static final AccountId ACCOUNT = new AccountId("account");
    private static final PriceBookVersion MAIN_1 = new PriceBookVersion("main", 1);
    private static final PriceBook BOOK = PriceBook.of(
            MAIN_1,
            DomainArbitraries.USD,
            Instant.EPOCH,
            Array.of(
                    product("traffic", "0.09", "bytes"),
                    product("storage", "0.0014002692168963457", "bytes"),
                    product("calls", "0.005", "requests")));

    @Property(tries = 500)
    void every_amount_is_recomputed_from_its_derivation_to_the_last_digit(
            @ForAll Moment moment,
            @ForAll("profiles") Profile profile,
            @ForAll @Size(max = 6) List<@DoubleRange(min = -0.5, max = 1.1) Double> begins,
            @ForAll Money price,
            @ForAll BigDecimal quantity,
            @ForAll @DoubleRange(min = 0, max = 1.3) double seenAt) {
        Profile here = profile.on(moment.calendar());
        Instant asOf = at(moment.period(), seenAt);
        Seq<Lifetime> lifetimes = Array.ofAll(begins)
                .zipWithIndex((part, i) -> lifetime(i, at(moment.period(), part), usd(price), quantity.abs()));
        Seq<LineItem> lines =
                new Rater(here, moment.period(), asOf).rate(lifetimes, usage(moment, quantity), PriceHistory.of(BOOK));
        for (LineItem line : lines) {
            Origin.Rated rated = (Origin.Rated) line.origin();
            assertThat(line.net()).contains(rated.why().amount());
            assertThat(line.quantity()).isEqualTo(rated.why().measure().quantity());
            assertThat(line.share()).isEqualTo(rated.why().share());
            assertThat(Fraction.of(line.net().get()))
                    .isEqualTo(Fraction.of(Fraction.of(line.unitPrice().get())
                            .times(Fraction.of(line.quantity()))
                            .times(Fraction.of(line.share()))
                            .rounded(2, here.rounding().mode())));
        }
        Figures figures = Figures.fold(here.figures(), lines, DomainArbitraries.USD);
        assertThat(figures.verify(lines, here.rules())).isEmpty();
    }

    @Property(tries = 300)
    void no_default_of_the_machine_changes_a_line(
            @ForAll Moment moment,
            @ForAll("profiles") Profile profile,
            @ForAll("defaults") Defaults defaults,
            @ForAll @Size(max = 4) List<@DoubleRange(min = -0.5, max = 1.1) Double> begins,
            @ForAll BigDecimal quantity) {
        Profile here = profile.on(moment.calendar());
        Instant asOf = moment.instant();
        Seq<Lifetime> lifetimes = Array.ofAll(begins)
                .zipWithIndex(
                        (part, i) -> lifetime(i, at(moment.period(), part), Money.of("USD", "140"), quantity.abs()));
        Supplier<Seq<String>> rate = () -> new Rater(here, here.calendar().periodAt(asOf), asOf)
                .rate(lifetimes, usage(moment, quantity), PriceHistory.of(BOOK))
                .map(line ->
                        line.toString() + ((Origin.Rated) line.origin()).why().explain());
        Seq<String> usual = with(new Defaults("UTC", "en-US"), rate);
        assertThat(with(defaults, rate)).isEqualTo(usual);
    }

    @Property(tries = 500)
    void usage_in_any_order_and_batching_gives_the_same_lines(
            @ForAll("usages") List<UsageRecord> usage,
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 4) int into) {
        Seq<LineItem> lines = rate(Array.ofAll(usage));
        assertThat(rate(DomainArbitraries.shuffled(usage, random))).isEqualTo(lines);
        Seq<UsageRecord> batches = Array.ofAll(usage).flatMap(record -> inParts(record, into));
        assertThat(rate(DomainArbitraries.shuffled(batches, random)).map(RaterProperties::priced))
                .as("only the number of facts differs")
                .isEqualTo(lines.map(RaterProperties::priced));
    }

    private static LineItem priced(LineItem line) {
        Derivation why = ((Origin.Rated) line.origin()).why();
        return line.toBuilder(new Origin.Rated(new Derivation(
                        why.source(), why.rule(), why.measure(), why.policy(), why.share(), why.rounding())))
                .build();
    }

    @Property(tries = 500)
    void usage_is_priced_by_what_was_counted_at_each_place_in_the_period(@ForAll("usages") List<UsageRecord> usage) {
        java.util.Map<String, Fraction> counted = new java.util.TreeMap<>();
        for (UsageRecord record : usage) {
            boolean counts = !record.at().isBefore(START)
                    && record.at().isBefore(END)
                    && !record.at().isAfter(NOW);
            for (Product product : BOOK.products().values()) {
                if (counts && product.meter().contains(record.meter())) {
                    counted.merge(
                            product.sku() + places(record.places()), Fraction.of(record.quantity()), Fraction::plus);
                }
            }
        }
        counted.values().removeIf(Fraction.of(BigDecimal.ZERO)::equals); // nothing that costs nothing has no line
        java.util.Map<String, Fraction> rated = new java.util.TreeMap<>();
        Seq<LineItem> lines = rate(Array.ofAll(usage));
        lines.forEach(line -> rated.put(line.sku() + places(line.places()), Fraction.of(line.quantity())));
        assertThat(rated).isEqualTo(counted);
        assertThat(lines.map(LineItem::id).distinct())
                .as("each line has its own id")
                .hasSameSizeAs(lines);
    }

    @Example
    void usage_is_priced_by_the_book_that_held_when_it_happened() {
        Instant change = START.plusSeconds(1_000);
        PriceHistory prices = PriceHistory.of(
                PriceBook.of(
                        MAIN_1,
                        DomainArbitraries.USD,
                        START.plusSeconds(10),
                        Array.of(product("traffic", "1", "bytes"))),
                PriceBook.of(
                        new PriceBookVersion("main", 2),
                        DomainArbitraries.USD,
                        change,
                        Array.of(product("traffic", "3", "bytes"))));
        Seq<UsageRecord> usage = Array.of(START, START.plusSeconds(10), change.minusMillis(1), change, NOW)
                .map(at -> new UsageRecord(new FactId("u"), ACCOUNT, "bytes", BigDecimal.ONE, at, HashMap.empty(), at));
        assertThat(new Rater(Standard.profile(), Period.of(START, END), NOW)
                        .rate(Array.empty(), usage, prices)
                        .map(line -> line.net().get()))
                .as("what was used before any book held has no price, the rest that of its time")
                .containsExactly(Money.of("USD", "2"), Money.of("USD", "6"));
    }

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static Seq<LineItem> rate(Seq<UsageRecord> usage) {
        return new Rater(Standard.profile(), Period.of(START, END), NOW)
                .rate(Array.empty(), usage, PriceHistory.of(BOOK));
    }

    @Provide
    Arbitrary<Profile> profiles() {
        return Arbitraries.of(Akkeris.profile(), Akkeris.upstream(), Atlas.profile(), Standard.profile());
    }

    @Provide
    Arbitrary<Defaults> defaults() {
        return Combinators.combine(
                        Arbitraries.of("Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"),
                        Arbitraries.of("tr-TR", "ar-EG", "hi-IN-u-nu-deva", "th-TH-u-ca-buddhist-nu-thai", "de-DE"))
                .as(Defaults::new);
    }

    /** Places are few, and some of them look alike when written. */
    @Provide
    Arbitrary<List<UsageRecord>> usages() {
        Arbitrary<Instant> instants = Arbitraries.of(
                START.minusMillis(1), START, NOW.minusSeconds(1), NOW, NOW.plusMillis(1), END.minusMillis(1), END);
        Arbitrary<Ref> apps = Arbitraries.of(
                new Ref("app", "1", ""),
                new Ref("app", "1", "1"),
                new Ref("app", "a (b)", ""),
                new Ref("app", "a", "b"),
                new Ref("app:a", "b", ""),
                new Ref("app", "a:b", ""));
        Arbitrary<Map<Dimension, Ref>> places = Combinators.combine(
                        apps, Arbitraries.integers().between(0, 2))
                .as((app, form) -> switch (form) {
                    case 0 -> HashMap.<Dimension, Ref>empty();
                    case 1 -> HashMap.of(DomainArbitraries.APP, app);
                    default ->
                        LinkedHashMap.of(
                                DomainArbitraries.ORGANIZATION,
                                Ref.named("organization", "acme"),
                                DomainArbitraries.APP,
                                app);
                });
        Arbitrary<BigDecimal> quantities = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.TEN)
                .ofScale(3);
        return Combinators.combine(Arbitraries.of("bytes", "requests", "nothing"), quantities, instants, places)
                .as((meter, quantity, at, where) ->
                        new UsageRecord(new FactId("u"), ACCOUNT, meter, quantity, at, where, at))
                .withoutEdgeCases()
                .list()
                .ofMaxSize(12);
    }

    private record Defaults(String zone, String locale) {}

    private static <T> T with(Defaults defaults, Supplier<T> action) {
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(defaults.zone()));
            Locale.setDefault(Locale.forLanguageTag(defaults.locale()));
            return action.get();
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    private static Seq<UsageRecord> inParts(UsageRecord record, int parts) {
        BigDecimal smaller = record.quantity().multiply(new BigDecimal("0.125"));
        BigDecimal rest = record.quantity().subtract(smaller.multiply(BigDecimal.valueOf(parts - 1L)));
        return Array.fill(parts - 1, smaller)
                .append(rest)
                .map(quantity -> new UsageRecord(
                        record.id(),
                        ACCOUNT,
                        record.meter(),
                        quantity,
                        record.at(),
                        record.places(),
                        record.recordedAt()));
    }

    private static Seq<UsageRecord> usage(Moment moment, BigDecimal quantity) {
        return Array.of(
                new UsageRecord(
                        new FactId("u1"),
                        ACCOUNT,
                        "bytes",
                        quantity.abs(),
                        moment.instant(),
                        HashMap.empty(),
                        moment.instant()),
                new UsageRecord(
                        new FactId("u2"),
                        ACCOUNT,
                        "requests",
                        BigDecimal.ONE,
                        moment.instant(),
                        HashMap.empty(),
                        moment.instant()));
    }

    private static Lifetime lifetime(int id, Instant from, Money price, BigDecimal quantity) {
        Money notNegative = price.isNegative() ? price.negated() : price;
        return new Lifetime(
                new FactId("lifetime " + id),
                ACCOUNT,
                new Rate(MAIN_1, "small", "dyno", "month", new PerUnit(notNegative)),
                quantity,
                "small dyno",
                HashMap.of(DomainArbitraries.APP, Ref.named("app", "app " + id % 2)),
                Existence.since(from),
                from);
    }

    private static Money usd(Money money) {
        return Money.of(DomainArbitraries.USD, money.amount());
    }

    private static Product product(String sku, String price, String meter) {
        return new Product(sku, "usage", "unit", new PerUnit(Money.of("USD", price)), Option.some(meter));
    }

    private static Instant at(Period period, double part) {
        return period.start().plusMillis(Math.round(period.millis() * part));
    }

    private static String places(Map<Dimension, Ref> places) {
        return places.toArray()
                .sortBy(place -> place._1)
                .map(place -> " in " + place._1 + "=<" + place._2.type() + "><" + place._2.id() + "><" + place._2.name()
                        + ">")
                .mkString();
    }
}
