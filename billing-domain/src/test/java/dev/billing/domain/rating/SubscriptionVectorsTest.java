package dev.billing.domain.rating;

import static dev.billing.domain.DomainArbitraries.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.Vectors;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Alignment;
import dev.billing.domain.period.Interval;
import dev.billing.domain.period.Period;
import dev.billing.domain.period.Proration;
import dev.billing.domain.period.Residence;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.pricing.Recurring;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Subscription;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Charges of subscriptions as other systems compute them, and by hand. */
class SubscriptionVectorsTest {

    private static final Rounding CENTS = Rounding.toMinorUnit(RoundingMode.HALF_UP);
    private static final Residence UTC = Residence.in(ZoneOffset.UTC);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "killbill-dollar-001, P1M, 2021-09-17, 17, 2021-09-17, 2021-09-17/2021-10-17=24.95",
        "killbill-dollar-003, P1M, 2021-09-10, 10, 2022-05-10, 2022-05-10/2022-06-10=24.95",
        "killbill-dollar-005, P1W, 2021-09-10, 10, 2021-10-15, 2021-10-15/2021-10-22=24.95",
        "killbill-dollar-007, P1M, 2021-09-16, 25, 2021-09-25, 2021-09-25/2021-10-25=24.95",
        "killbill-dollar-009, P1M, 2021-09-17, 25, 2021-09-17, 2021-09-17/2021-09-25=6.44"
    })
    void kill_bill_bills_a_month_in_advance(
            String id, Interval interval, LocalDate start, int billCycleDay, LocalDate target, String item) {
        Subscription subscription = subscription(at(start), flat("plan", "24.95"));
        assertThat(rate(killBill(interval, billCycleDay), subscription, day(target)))
                .containsExactly(item);
    }

    @Test
    @Vectors("killbill-dollar-change-001")
    void kill_bill_gives_a_day_to_the_last_plan_chosen_on_it() {
        LocalDate start = LocalDate.of(2021, 9, 29);
        Subscription subscription = subscription(at(start), flat("old", "500"))
                .changed(at(start).plusSeconds(3_600), flat("new", "1000"), BigDecimal.ONE);
        Seq<LineItem> lines = lines(killBill(Interval.MONTHLY, 29), subscription, day(start));
        assertThat(lines.map(LineItem::net).flatMap(net -> net).map(Money::toString))
                .containsExactly("USD 500.00", "USD -500.00", "USD 1000.00");
        Subscription billed = subscription(at(start), flat("old", "500"));
        assertThat(lines(killBill(Interval.MONTHLY, 29), billed, day(start)).head())
                .isEqualTo(lines.head());
        assertThat(subtotal(lines.tail())).isEqualTo(Money.of("USD", "500"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "killbill-dollar-usage-001, ALL_TIERS, 1000, 1.5, , 2, 400, 30, 630",
        "killbill-dollar-usage-004, TOP_TIER, 1000, 1.5, , 2, 1200, 30, 2430",
        "killbill-dollar-usage-007, ALL_TIERS, 100, 1, , 0.5, 400, 30, 280",
        "killbill-dollar-usage-010, ALL_TIERS, 5, 2, 10000, 1, 13, 0, 18"
    })
    void kill_bill_adds_usage_to_what_recurs(
            String id,
            Blocks.Policy policy,
            Long firstBlocks,
            String firstPrice,
            Long nextBlocks,
            String nextPrice,
            BigDecimal quantity,
            String recurring,
            String total) {
        LocalDate start = LocalDate.of(2021, 9, 1);
        Seq<LineItem> recurs =
                lines(killBill(Interval.MONTHLY, 1), subscription(at(start), flat("plan", recurring)), day(start));
        PricingRule usage = new Blocks(Array.of(tier(firstBlocks, firstPrice), tier(nextBlocks, nextPrice)), policy);
        assertThat(subtotal(recurs.appendAll(Metered.lines(usage, quantity)))).isEqualTo(Money.of("USD", total));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // 30 days, half used: plans of 100.00 and 200.00, and 5 and 10 seats at 10.00
        "plan_change-001, 100, 1, 200, 1, CALENDAR_DAYS, P30D, 2025-01-01, 2025-01-16, 2025-01-31, -50.00, 100.00",
        "plan_change-004, 10, 5, 10, 10, CALENDAR_DAYS, P30D, 2025-01-01, 2025-01-16, 2025-01-31, -25.00, 50.00",
        // both ends of 15 to 31 January count
        "plan_change-010, 10, 5, 10, 10, CALENDAR_DAYS_INCLUSIVE, P1M, 2025-01-01, 2025-01-15, 2025-02-01, -27.42, 54.84",
        "plan_change-013, 10, 1, 20, 1, EXACT_TIME, P1M, 2025-04-01, 2025-04-16, 2025-05-01, -5.00, 10.00"
    })
    void a_change_in_mid_period_gives_back_what_is_left_of_the_old_price_and_charges_the_new(
            String id,
            String oldPrice,
            int oldQuantity,
            String newPrice,
            int newQuantity,
            Proration proration,
            Interval interval,
            LocalDate start,
            LocalDate change,
            LocalDate end,
            String credit,
            String charge) {
        Subscription subscription = Subscription.of(
                        new FactId("s"),
                        new AccountId("a"),
                        "",
                        at(start),
                        perUnit("old", oldPrice),
                        BigDecimal.valueOf(oldQuantity))
                .changed(at(change), perUnit("new", newPrice), BigDecimal.valueOf(newQuantity));
        Recurring terms =
                Recurring.inAdvance(interval).aligned(Alignment.ANNIVERSARY).prorated(proration);
        String rest = change + "/" + end + "=";
        assertThat(rate(terms, subscription, day(change))).containsExactly(rest + credit, rest + charge);
        Money net = Money.of("USD", credit).plus(Money.of("USD", charge));
        assertThat(rate(terms.changing(Recurring.OnChange.NET), subscription, day(change)))
                .containsExactly(rest + net.amount());
    }

    @Test
    @Vectors("plan_change-007")
    void meteroid_charges_thirty_days_of_a_year() {
        Recurring terms = Recurring.inAdvance(Interval.YEARLY).prorated(Proration.CALENDAR_DAYS);
        LocalDate start = LocalDate.of(2025, 12, 2);
        assertThat(rate(terms, subscription(at(start), flat("plan", "3650")), day(start)))
                .containsExactly("2025-12-02/2026-01-01=300.00");
    }

    @ParameterizedTest
    @EnumSource(Proration.class)
    void a_year_of_whole_months_is_twelve_prices_by_every_policy(Proration proration) {
        Subscription subscription = subscription(Instant.parse("2024-01-31T00:00:00Z"), flat("plan", "9.99"))
                .endedAt(Instant.parse("2025-01-31T00:00:00Z"));
        Period life = Period.of(subscription.start(), subscription.end().get());
        Array.of(Recurring.Timing.values()).forEach(timing -> {
            Recurring terms = Recurring.of(Interval.MONTHLY, timing)
                    .aligned(Alignment.ANNIVERSARY)
                    .prorated(proration);
            Seq<LineItem> lines = lines(terms, subscription, life);
            assertThat(lines).hasSize(12);
            assertThat(total(lines)).isEqualTo(Money.of("USD", "119.88"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "EXACT_TIME, 2025-01-11/2025-02-01=-21.00",
        "CALENDAR_DAYS, 2025-01-11/2025-02-01=-21.00",
        "CALENDAR_DAYS_INCLUSIVE, 2025-01-11/2025-02-01=-21.00",
        "DAYS_9_DECIMALS, 2025-01-11/2025-02-01=-21.00",
        "THIRTY_DAY_MONTH, 2025-01-11/2025-02-01=-20.67",
        "WHOLE_PERIOD, ",
        "NONE, "
    })
    void an_end_in_mid_period_gives_back_what_is_not_used(Proration proration, String credit) {
        LocalDate end = LocalDate.of(2025, 1, 11);
        Subscription subscription =
                subscription(at(LocalDate.of(2025, 1, 1)), flat("plan", "31")).endedAt(at(end));
        Recurring terms = Recurring.inAdvance(Interval.MONTHLY).prorated(proration);
        assertThat(rate(terms, subscription, day(end)))
                .containsExactlyElementsOf(credit == null ? Array.empty() : Array.of(credit));
        assertThat(rate(terms.ending(Recurring.OnEnd.KEEP), subscription, day(end)))
                .isEmpty();
    }

    /** What each policy makes of a change from 10 to 20 halfway through April, and of the month after it. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(textBlock = """
            policy_change-001 Stripe,         EXACT_TIME,   2024-04-16/2024-05-01=-5.00 2024-04-16/2024-05-01=10.00
            policy_change-002 Stripe,         BY_SECOND,    2024-04-16/2024-05-01=-5.00 2024-04-16/2024-05-01=10.00
            policy_change-003 Stripe's none,  NONE,         ''
            worked out by hand,              WHOLE_PERIOD, 2024-04-16/2024-05-01=-10.00 2024-04-16/2024-05-01=20.00
            """)
    void a_change_halfway_is_on_the_document_of_its_day_and_the_next_month_is_the_new_price(
            String id, Proration proration, String lines) {
        LocalDate start = LocalDate.of(2024, 4, 1);
        LocalDate change = LocalDate.of(2024, 4, 16);
        Subscription subscription =
                subscription(at(start), flat("old", "10")).changed(at(change), flat("new", "20"), BigDecimal.ONE);
        Recurring terms = Recurring.inAdvance(Interval.MONTHLY).prorated(proration);
        assertThat(rate(terms, subscription, day(start))).containsExactly("2024-04-01/2024-05-01=10.00");
        assertThat(rate(terms, subscription, day(change)).mkString(" ")).isEqualTo(lines);
        assertThat(rate(terms, subscription, day(LocalDate.of(2024, 5, 1))))
                .containsExactly("2024-05-01/2024-06-01=20.00");
    }

    /** Autumn, which charges for what is added at once: a seat more halfway through a month costs what it costs for all of it. */
    @Test
    @Vectors("policy_change-004")
    void what_is_added_in_a_period_that_is_billed_whole_costs_the_whole_price() {
        LocalDate start = LocalDate.of(2024, 4, 1);
        LocalDate change = LocalDate.of(2024, 4, 16);
        Subscription subscription = Subscription.of(
                        new FactId("s"),
                        new AccountId("a"),
                        "",
                        at(start),
                        perUnit("seats", "10"),
                        BigDecimal.valueOf(5))
                .changed(at(change), perUnit("seats", "10"), BigDecimal.valueOf(6));
        Recurring terms = Recurring.inAdvance(Interval.MONTHLY)
                .prorated(Proration.WHOLE_PERIOD)
                .changing(Recurring.OnChange.NET);
        assertThat(rate(terms, subscription, day(change))).containsExactly("2024-04-16/2024-05-01=10.00");
    }

    @Test
    void a_month_in_arrear_is_on_the_document_that_ends_with_it() {
        Subscription subscription = subscription(Instant.parse("2025-01-11T00:00:00Z"), flat("plan", "31"));
        Recurring terms = Recurring.inArrear(Interval.MONTHLY).prorated(Proration.CALENDAR_DAYS);
        Period january = Period.parse("2025-01-01T00:00:00Z/2025-02-01T00:00:00Z");
        Period february = Period.parse("2025-02-01T00:00:00Z/2025-03-01T00:00:00Z");
        assertThat(rate(terms, subscription, january)).containsExactly("2025-01-11/2025-02-01=21.00");
        assertThat(rate(terms, subscription, february)).containsExactly("2025-02-01/2025-03-01=31.00");
        assertThat(lines(terms, subscription, january).head().postedAt()).isEqualTo(january.end());
    }

    @Test
    void a_trial_and_a_free_month_come_before_what_is_paid() {
        Subscription subscription = subscription(Instant.parse("2025-01-10T09:00:00Z"), flat("plan", "31"));
        Recurring terms = Recurring.inAdvance(Interval.MONTHLY)
                .aligned(Alignment.ANNIVERSARY_TO_THE_INSTANT)
                .afterTrial(Interval.ofWeeks(2))
                .afterFree(Interval.MONTHLY)
                .showingZero();
        Seq<LineItem> lines = lines(terms, subscription, Period.parse("2025-01-01T00:00:00Z/2025-03-01T00:00:00Z"));
        assertThat(lines.map(line -> line.period().get() + " " + line.net().get()))
                .containsExactly(
                        "2025-01-10T09:00:00Z/2025-01-24T09:00:00Z USD 0.00",
                        "2025-01-24T09:00:00Z/2025-02-24T09:00:00Z USD 0.00",
                        "2025-02-24T09:00:00Z/2025-03-24T09:00:00Z USD 31.00");
        assertThat(lines.map(line -> ((Origin.Rated) line.origin()).why().policy()))
                .containsExactly("TRIAL", "FREE", "EXACT_TIME");
    }

    @Test
    void a_customer_who_moves_is_billed_on_local_dates() {
        Subscription subscription = subscription(Instant.parse("2023-01-01T05:00:00Z"), flat("plan", "28"));
        Residence residence = Residence.in(ZoneId.of("America/New_York"))
                .movedTo(ZoneId.of("America/Los_Angeles"), Instant.parse("2023-02-10T00:00:00Z"));
        SubscriptionRater rater = new SubscriptionRater(Recurring.inAdvance(Interval.MONTHLY), CENTS);
        Seq<LineItem> lines =
                rater.rate(subscription, residence, Period.parse("2023-02-01T05:00:00Z/2023-03-02T00:00:00Z"));
        assertThat(lines.map(line -> line.period().get() + " " + line.net().get()))
                .containsExactly(
                        "2023-02-01T05:00:00Z/2023-03-01T05:00:00Z USD 28.00",
                        "2023-03-01T05:00:00Z/2023-03-01T08:00:00Z USD 0.13",
                        "2023-03-01T08:00:00Z/2023-04-01T07:00:00Z USD 28.00");
    }

    @Test
    void lines_name_what_they_bill() {
        Subscription subscription = Subscription.of(
                new FactId("s"),
                new AccountId("a"),
                "Team of five",
                at(LocalDate.of(2025, 1, 1)),
                perUnit("team", "10"),
                BigDecimal.valueOf(5));
        LineItem line = lines(Recurring.inAdvance(Interval.MONTHLY), subscription, day(LocalDate.of(2025, 1, 1)))
                .head();
        assertThat(line.id()).hasToString("subscription/s/2025-01-01T00:00:00Z/charge");
        assertThat(line.description()).isEqualTo("Team of five");
        assertThat(line.quantity()).isEqualByComparingTo("5");
        assertThat(line.unitPrice()).contains(Money.of("USD", "10"));
        assertThat(line.unit()).isEqualTo("seat");
        assertThat(line.postedAt()).isEqualTo("2025-01-01T00:00:00Z");
    }

    @Test
    void of_changes_at_one_instant_the_last_counts_and_after_the_end_none() {
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        Subscription subscription = subscription(start, flat("one", "1"))
                .changed(start.plusSeconds(60), flat("two", "2"), BigDecimal.ONE)
                .changed(start.plusSeconds(60), flat("three", "3"), BigDecimal.ONE)
                .changed(start, flat("zero", "0"), BigDecimal.ONE)
                .endedAt(start.plusSeconds(120))
                .changed(start.plusSeconds(120), flat("four", "4"), BigDecimal.ONE);
        assertThat(subscription.changes().map(change -> change.rate().sku())).containsExactly("zero", "three", "four");
        assertThat(subscription.at(start.plusSeconds(59)).rate().sku()).isEqualTo("zero");
        assertThat(subscription
                        .changesBetween(start, Instant.MAX)
                        .map(change -> change.rate().sku()))
                .containsExactly("three");
        assertThat(subscription.changesBetween(start.plusSeconds(60), Instant.MAX))
                .isEmpty();
        assertThat(subscription.changesBetween(start.minusSeconds(9), start.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void impossible_subscriptions_are_refused() {
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        Subscription subscription = subscription(start, flat("one", "1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription.endedAt(start.minusMillis(1)))
                .withMessageContaining("2024-12-31T23:59:59.999Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription.changed(start, flat("minus", "1"), BigDecimal.valueOf(-1)))
                .withMessageContaining("-1");
        Rate euros = new Rate(new PriceBookVersion("main", 1), "two", "plan", "seat", new Flat(Money.of("EUR", "1")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription.changed(start.plusSeconds(1), euros, BigDecimal.ONE))
                .withMessageContaining("one currency");
        assertThatIllegalArgumentException().isThrownBy(() -> Alignment.dayOfMonth(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UTC.movedTo(ZoneOffset.UTC, start).movedTo(ZoneOffset.UTC, start))
                .withMessageContaining("follow each other");
    }

    private static Blocks.BlockTier tier(@Nullable Long blocks, String price) {
        return new Blocks.BlockTier(BigDecimal.ONE, Option.of(blocks), Money.of("USD", price), false);
    }

    private static Recurring killBill(Interval interval, int billCycleDay) {
        return Recurring.inAdvance(interval)
                .aligned(Alignment.dayOfMonth(billCycleDay))
                .prorated(Proration.DAYS_9_DECIMALS);
    }

    private static Seq<String> rate(Recurring terms, Subscription subscription, Period document) {
        return lines(terms, subscription, document)
                .map(line -> date(line.period().get().start()) + "/"
                        + date(line.period().get().end()) + "="
                        + line.net().get().amount());
    }

    private static Seq<LineItem> lines(Recurring terms, Subscription subscription, Period document) {
        return new SubscriptionRater(terms, CENTS).rate(subscription, UTC, document);
    }

    /** What a document with these lines comes to. */
    private static Money subtotal(Seq<LineItem> lines) {
        Period month = Period.parse("2021-09-01T00:00:00Z/2021-10-01T00:00:00Z");
        return Settlement.of(lines, Terms.NONE, SettlementContext.of(USD, month, month.end(), CENTS))
                .figures()
                .amount(Settlement.SUBTOTAL);
    }

    private static Money total(Seq<LineItem> lines) {
        return lines.map(line -> line.net().get()).fold(Money.zero(USD), Money::plus);
    }

    private static Subscription subscription(Instant start, Rate rate) {
        return Subscription.of(new FactId("s"), new AccountId("a"), "", start, rate, BigDecimal.ONE);
    }

    private static Rate flat(String sku, String price) {
        return new Rate(new PriceBookVersion("main", 1), sku, "plan", "seat", new Flat(Money.of("USD", price)));
    }

    private static Rate perUnit(String sku, String price) {
        return new Rate(new PriceBookVersion("main", 1), sku, "plan", "seat", new PerUnit(Money.of("USD", price)));
    }

    private static Period day(LocalDate date) {
        return Period.of(at(date), at(date.plusDays(1)));
    }

    private static Instant at(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate date(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
