package dev.billing.domain;

import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PricingRule;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Teaches jqwik the types of the domain. It leans towards what breaks billing: currencies of 0, 2, 3 and 4 decimals, fractions of a cent,
 * ties, month ends, changes of clocks, days without midnight.
 */
public final class DomainArbitraries extends DomainContextBase {

    public static final CurrencyUnit USD = Monetary.getCurrency("USD");
    public static final CurrencyUnit JPY = Monetary.getCurrency("JPY");

    public static final Dimension ORGANIZATION = new Dimension("organization");
    public static final Dimension APP = new Dimension("app");

    private static final Instant FIRST = Instant.parse("1995-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2037-12-31T00:00:00Z");

    /** A calendar and an instant that may be near one of its edges. */
    public record Moment(BillingCalendar calendar, Instant instant) {

        public Period period() {
            return calendar.periodAt(instant);
        }
    }

    @Provide
    public Arbitrary<CurrencyUnit> currencies() {
        return Arbitraries.of("JPY", "USD", "KWD", "CLF").map(Monetary::getCurrency);
    }

    @Provide
    public Arbitrary<BigDecimal> decimals() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, decimals(1_000_000, 2)),
                        Tuple.of(2, decimals(1_000_000, 0)),
                        Tuple.of(4, ties()),
                        Tuple.of(3, decimals(Long.MAX_VALUE, 19)),
                        Tuple.of(1, decimals(Long.MAX_VALUE, 3)),
                        Tuple.of(1, decimals(1_000, -3)),
                        Tuple.of(
                                1,
                                Arbitraries.of("0", "0.00", "0.0014002692168963457", "1E+2", "-0.1")
                                        .map(BigDecimal::new)))
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<Money> money() {
        return Combinators.combine(currencies(), decimals()).as(Money::of);
    }

    @Provide
    public Arbitrary<Ratio> ratios() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, ratios(31, 28, 31)),
                        Tuple.of(3, ratios(2_678_400_000L, 2_419_200_000L, 2_682_000_000L)),
                        Tuple.of(2, ratios(12, 1, 12)),
                        Tuple.of(1, ratios(Long.MAX_VALUE, 1, Long.MAX_VALUE)))
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<Rounding> roundings() {
        Arbitrary<RoundingMode> modes =
                Arbitraries.of(RoundingMode.class).filter(mode -> mode != RoundingMode.UNNECESSARY);
        return Arbitraries.oneOf(
                        modes.map(Rounding::toMinorUnit),
                        Combinators.combine(Arbitraries.integers().between(0, 20), modes)
                                .as(Rounding::toDecimals))
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<PricingRule> rules() {
        Arbitrary<Money> prices = Combinators.combine(currencies(), decimals().map(BigDecimal::abs))
                .as(Money::of);
        return Arbitraries.oneOf(prices.map(PerUnit::new), prices.map(Flat::new));
    }

    @Provide
    public Arbitrary<ZoneId> zones() {
        Arbitrary<String> special = Arbitraries.of(
                "UTC",
                "America/New_York",
                "America/St_Johns", // goes back from 00:01 to the day before
                "America/Sao_Paulo", // days without midnight
                "America/Havana", // days with two midnights
                "Africa/Cairo",
                "Africa/Casablanca", // summer time apart from Ramadan
                "Asia/Beirut",
                "Asia/Gaza",
                "Asia/Kathmandu",
                "Australia/Lord_Howe", // half an hour of summer time
                "Antarctica/Troll", // two hours of it
                "Europe/Berlin",
                "Pacific/Apia", // 30 December 2011 did not exist
                "Pacific/Kiritimati");
        return Arbitraries.frequencyOf(
                        Tuple.of(4, special), Tuple.of(1, Arbitraries.of(new TreeSet<>(ZoneId.getAvailableZoneIds()))))
                .map(ZoneId::of)
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<BillingCalendar> calendars() {
        Arbitrary<Integer> anchors = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(1)),
                Tuple.of(2, Arbitraries.integers().between(28, 31)),
                Tuple.of(1, Arbitraries.integers().between(1, 31)));
        return Combinators.combine(zones(), anchors)
                .as(BillingCalendar::monthly)
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<YearMonth> months() {
        return Arbitraries.integers()
                .between(0, 42 * 12)
                .map(n -> YearMonth.of(1995, 1).plusMonths(n))
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<Moment> moments() {
        return calendars()
                .flatMap(calendar -> instants(calendar).map(instant -> new Moment(calendar, instant)))
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<LineItem> lines() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 1_000_000).map(n -> new LineId("line " + n)),
                        Arbitraries.of("compute", "storage", "addon"),
                        Arbitraries.of(Basis.class),
                        currencies(),
                        prices(),
                        decimals().map(BigDecimal::abs),
                        places(),
                        Arbitraries.of("postgresql:small addon", "gp2 web dyno", ""))
                .as((id, category, basis, currency, prices, quantity, places, description) -> {
                    LineItem.Builder line = LineItem.builder(id, "sku", category, FIRST, Origin.Provided.of("outside"))
                            .basis(basis)
                            .quantity(quantity, "unit")
                            .places(places)
                            .description(description);
                    prices.price()
                            .forEach(gross -> line.price(
                                    Amount.of(Money.of(currency, gross), Money.of(currency, prices.discount()))));
                    prices.cost().forEach(cost -> line.cost(Money.of(currency, cost)));
                    return line.build();
                })
                .withoutEdgeCases();
    }

    /** The same line, as if it had been priced in another currency. */
    public static LineItem in(CurrencyUnit currency, LineItem line) {
        LineItem.Builder same = LineItem.builder(line.id(), line.sku(), line.category(), line.postedAt(), line.origin())
                .basis(line.basis())
                .quantity(line.quantity(), line.unit())
                .places(line.places())
                .description(line.description());
        line.price()
                .forEach(price -> same.price(Amount.of(
                        Money.of(currency, price.gross().amount()),
                        Money.of(currency, price.discount().amount()))));
        line.cost().forEach(cost -> same.cost(Money.of(currency, cost.amount())));
        return same.build();
    }

    private record Prices(Option<BigDecimal> price, BigDecimal discount, Option<BigDecimal> cost) {}

    private Arbitrary<Prices> prices() {
        Arbitrary<Option<BigDecimal>> some = decimals().map(Option::some);
        Arbitrary<BigDecimal> discounts =
                Arbitraries.oneOf(Arbitraries.just(BigDecimal.ZERO), decimals().map(BigDecimal::abs));
        return Arbitraries.oneOf(
                Combinators.combine(some, discounts, some).as(Prices::new),
                Combinators.combine(some, discounts)
                        .as((price, discount) -> new Prices(price, discount, Option.none())),
                some.map(cost -> new Prices(Option.none(), BigDecimal.ZERO, cost)));
    }

    private Arbitrary<Map<Dimension, Ref>> places() {
        Arbitrary<Ref> organizations = Arbitraries.of("acme", "umbrella").map(name -> Ref.named("organization", name));
        Arbitrary<Ref> apps =
                Arbitraries.of("api", "web", "\uFF61", "\uD83D\uDE00").map(name -> Ref.named("app", name));
        return Arbitraries.frequencyOf(
                Tuple.of(
                        4,
                        Combinators.combine(organizations, apps)
                                .as((organization, app) -> HashMap.of(ORGANIZATION, organization, APP, app))),
                Tuple.of(1, organizations.map(organization -> HashMap.of(ORGANIZATION, organization))),
                Tuple.of(1, Arbitraries.just(HashMap.empty())));
    }

    private static Arbitrary<BigDecimal> decimals(long max, int scale) {
        return Arbitraries.longs().between(-max, max).map(unscaled -> BigDecimal.valueOf(unscaled, scale));
    }

    /** Amounts that lie exactly between two cents, or one digit beside it. */
    private static Arbitrary<BigDecimal> ties() {
        return Combinators.combine(
                        Arbitraries.longs().between(-100_000, 100_000),
                        Arbitraries.of(-1, 0, 1),
                        Arbitraries.integers().between(0, 4))
                .as((units, beside, digits) ->
                        BigDecimal.valueOf(10 * units + 5, digits + 1).add(BigDecimal.valueOf(beside, 17)));
    }

    private static Arbitrary<Ratio> ratios(long max, long minOf, long maxOf) {
        return Combinators.combine(
                        Arbitraries.longs().between(0, max), Arbitraries.longs().between(minOf, maxOf))
                .as(Ratio::of);
    }

    private static Arbitrary<Instant> instants(BillingCalendar calendar) {
        Arbitrary<Instant> any = Arbitraries.longs()
                .between(FIRST.toEpochMilli(), LAST.toEpochMilli())
                .map(Instant::ofEpochMilli);
        Arbitrary<Instant> edges = Combinators.combine(
                        any, Arbitraries.integers().between(27, 32))
                .as((instant, day) -> calendar.startOf(LocalDate.ofInstant(instant, calendar.zone())
                        .withDayOfMonth(1)
                        .plusDays(day)));
        Arbitrary<Instant> changes =
                any.map(instant -> Option.of(calendar.zone().getRules().nextTransition(instant))
                        .map(ZoneOffsetTransition::getInstant)
                        .getOrElse(instant));
        return Arbitraries.frequencyOf(
                Tuple.of(1, any),
                Tuple.of(2, beside(changes)),
                Tuple.of(1, beside(edges)),
                Tuple.of(2, beside(edges.map(edge -> calendar.periodAt(edge).end()))));
    }

    private static Arbitrary<Instant> beside(Arbitrary<Instant> instants) {
        Arbitrary<Long> distances =
                Arbitraries.of(0L, 0L, 1L, 999L, 1_000L, 1_001L, 60_000L, 1_800_000L, 3_600_000L, 43_200_000L);
        return Combinators.combine(instants, distances, Arbitraries.of(-1, 1))
                .as((instant, distance, side) -> instant.plusMillis(side * distance));
    }

    /** The same elements in a random order that can be repeated. */
    public static <T> Seq<T> shuffled(Iterable<T> elements, Random random) {
        List<T> list = Array.ofAll(elements).toJavaList();
        Collections.shuffle(list, random);
        return Array.ofAll(list);
    }

    /** The sum as plain fractions. */
    public static Fraction sum(Iterable<Fraction> parts) {
        return Array.ofAll(parts).fold(Fraction.ZERO, Fraction::plus);
    }
}
