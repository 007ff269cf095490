package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * So many hundredths of the amounts of events, such as payments, and a fee for each event. At 2.99 % with a minimum of USD 1.75 and a
 * maximum of USD 12, events of 10, 80 and 10,000 are {@code 1.75 + 2.392 + 12 = USD 16.142}. This is Lago's percentage charge.
 * <ul>
 *   <li>Events count in order of time, then id, which is the order that {@link #measure} must be given.
 *   <li>The free amount is used up by the amounts in that order: what an event has of it pays no percentage.
 *   <li>A free event pays nothing at all, neither fee nor minimum. With a free amount, the events that stay wholly under it are free; with
 *       a number of free events, the first so many; with both, those for which both hold.
 *   <li>Any other event pays the percentage of its part beyond the free amount and the fee; if that is less than the minimum it pays the
 *       minimum, if it is more than the maximum the maximum.
 * </ul>
 * With 1.3 %, USD 2 an event, 250 free and two free events, the events 50, 100, 250 and 400 are {@code 1.3 % × (800 − 250) + 2 × 2 = USD
 * 11.15}. Where Lago has a minimum or a maximum, it disregards the number of free events if there is a free amount; here it counts.
 * <p>
 * An amount of zero that is priced as such is no event and costs nothing; an event of zero is counted as any other by {@link #measure}.
 *
 * @param percent in hundredths
 * @param fee for each event that is not free
 * @param freeEvents how many events may be free; 0 for no such limit
 * @param freeAmount how much of the amounts pays no percentage; 0 for none
 * @param minimum what an event that is not free pays at least
 * @param maximum what an event pays at most
 */
public record Percentage(
        CurrencyUnit currency,
        BigDecimal percent,
        Option<Money> fee,
        long freeEvents,
        BigDecimal freeAmount,
        Option<Money> minimum,
        Option<Money> maximum)
        implements PricingRule {

    /**
     * Keeps the numbers without trailing zeros.
     *
     * @throws InvalidPricing if something is negative, the maximum is below the minimum, or the currencies differ
     */
    public Percentage {
        requireNonNull(currency, "currency");
        Problems problems = Problems.of("A percentage").notNegative("percent", percent);
        fee.forEach(amount -> problems.price("fee", currency, amount));
        problems.notNegative("freeEvents", BigDecimal.valueOf(freeEvents)).notNegative("freeAmount", freeAmount);
        minimum.forEach(least -> problems.price("minimum", currency, least));
        maximum.forEach(most -> problems.price("maximum", currency, most)
                .require(
                        minimum.forAll(least -> least.amount().compareTo(most.amount()) <= 0),
                        "maximum",
                        "must not be below the minimum of " + minimum.getOrElse(most) + ", but was " + most));
        problems.orThrow();
        percent = Decimals.canonical(percent);
        freeAmount = Decimals.canonical(freeAmount);
    }

    /** So many hundredths and nothing else. */
    public static Percentage of(CurrencyUnit currency, BigDecimal percent) {
        return new Percentage(currency, percent, Option.none(), 0, BigDecimal.ZERO, Option.none(), Option.none());
    }

    /** Whether it matters of how many events an amount is made. */
    boolean countsEvents() {
        return fee.isDefined() || freeEvents > 0 || minimum.isDefined() || maximum.isDefined();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    /** The price of one event of this amount. */
    @Override
    public Money price(BigDecimal amount) {
        return price(event(amount));
    }

    @Override
    public Seq<Part> parts(BigDecimal amount) {
        return parts(event(amount));
    }

    private Measure.Events event(BigDecimal amount) {
        return measure(amount.signum() == 0 ? Array.empty() : Array.of(amount));
    }

    @Override
    public Money price(Measure measure) {
        if (measure instanceof Measure.Events events) {
            return parts(events).map(Part::amount).fold(Money.zero(currency), Money::plus);
        }
        return PricingRule.super.price(measure);
    }

    @Override
    public Seq<Part> parts(Measure measure) {
        return measure instanceof Measure.Events events ? parts(events) : PricingRule.super.parts(measure);
    }

    private Seq<Part> parts(Measure.Events events) {
        Money rate = Money.of(currency, rate());
        return Array.of(
                        new Part("percentage", events.charged(), rate),
                        part("fees", events.fees(), fee),
                        part("minimum of an event", events.raised(), minimum),
                        part("maximum of an event", events.capped(), maximum))
                .filter(part -> part.quantity().signum() != 0);
    }

    private Part part(String name, long count, Option<Money> price) {
        return new Part(name, BigDecimal.valueOf(count), price.getOrElse(() -> Money.zero(currency)));
    }

    private BigDecimal rate() {
        return percent.movePointLeft(2);
    }

    /**
     * Counts events by what each of them pays, in one pass and constant memory: priced, they come to what they come to one by one, to the
     * same digit.
     *
     * @param amounts of the events, in order of time, then id
     * @throws IllegalArgumentException if one is negative
     */
    public Measure.Events measure(Iterable<BigDecimal> amounts) {
        Counter counter = new Counter();
        for (BigDecimal amount : amounts) {
            counter.count(PricingRule.requireNotNegative("An event's amount", amount));
        }
        return new Measure.Events(counter.charged, counter.fees, counter.raised, counter.capped);
    }

    private final class Counter {

        private final BigDecimal rate = rate();
        private final BigDecimal feeOfEvent = fee.map(Money::amount).getOrElse(BigDecimal.ZERO);
        private BigDecimal freeLeft = freeAmount;
        private long seen;
        private BigDecimal charged = BigDecimal.ZERO;
        private long fees;
        private long raised;
        private long capped;

        void count(BigDecimal amount) {
            boolean free = isFree(amount);
            BigDecimal beyond = amount.subtract(freeLeft).max(BigDecimal.ZERO);
            freeLeft = freeLeft.subtract(amount).max(BigDecimal.ZERO);
            seen++;
            if (!free) {
                charge(beyond);
            }
        }

        private boolean isFree(BigDecimal amount) {
            boolean early = freeEvents == 0 || seen < freeEvents;
            boolean under = freeAmount.signum() == 0 || amount.compareTo(freeLeft) < 0;
            return early && under && (freeEvents > 0 || freeAmount.signum() > 0);
        }

        private void charge(BigDecimal value) {
            BigDecimal due = value.multiply(rate).add(feeOfEvent);
            if (minimum.exists(least -> due.compareTo(least.amount()) < 0)) {
                raised++;
            } else if (maximum.exists(most -> due.compareTo(most.amount()) > 0)) {
                capped++;
            } else {
                charged = charged.add(value);
                fees++;
            }
        }
    }

    /** {@code 2.9 % + USD 0.30 per event, 2 events and 250 free, at least USD 1.75, at most USD 12 per event}. */
    @Override
    public String toString() {
        Seq<String> terms = Array.of(
                        Option.some(Decimals.toText(percent) + " %"
                                + fee.map(money -> " + " + money + " per event").getOrElse("")),
                        free(),
                        minimum.map(least -> "at least " + least + " per event"),
                        maximum.map(most -> "at most " + most + " per event"))
                .flatMap(term -> term);
        return terms.mkString(", ");
    }

    private Option<String> free() {
        Seq<String> free = Array.of(
                        Option.when(freeEvents > 0, () -> "first " + freeEvents + " events"),
                        Option.when(freeAmount.signum() > 0, () -> "first " + Decimals.toText(freeAmount)))
                .flatMap(term -> term);
        return Option.when(!free.isEmpty(), () -> free.mkString(" within ") + " free");
    }
}
