package dev.billing.domain.rating;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.meter.Accumulator;
import dev.billing.domain.meter.CustomAggregations;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Iterator;

/**
 * Rates the facts of one account and period under one profile. A pure function of what it is given: no clock, zone, order of facts or
 * thread changes a digit.
 */
public final class Rater {

    private final Profile profile;
    private final Period period;
    private final Instant asOf;
    private final CustomAggregations custom;

    /**
     * @param asOf the instant at which the document is computed: nothing after it has happened yet
     */
    public Rater(Profile profile, Period period, Instant asOf) {
        this(profile, period, asOf, CustomAggregations.NONE);
    }

    private Rater(Profile profile, Period period, Instant asOf, CustomAggregations custom) {
        this.profile = requireNonNull(profile, "profile");
        this.period = requireNonNull(period, "period");
        this.asOf = requireNonNull(asOf, "asOf");
        this.custom = requireNonNull(custom, "custom");
    }

    /** The same, with aggregations of the host's own. */
    public Rater with(CustomAggregations own) {
        return new Rater(profile, period, asOf, own);
    }

    /**
     * The lines of the period, in the profile's order. Each list is walked through once and not kept, so it may be a stream of any length.
     *
     * @param lifetimes in the order in which they were recorded; those that the period does not see are left out
     * @param usage in any order; what lies outside the period or after the instant is left out, but for meters that carry their level
     *     over from what lies before
     * @param prices for usage, which is priced by the book that held when it happened; what that does not price gives no line
     */
    public Seq<LineItem> rate(Iterable<Lifetime> lifetimes, Iterable<UsageRecord> usage, PriceHistory prices) {
        return arranged(lifetimes(lifetimes.iterator()), usage(prices).addAll(usage.iterator()));
    }

    /** The lines of things that are there for a while, in the order in which the things come. */
    public Seq<LineItem> lifetimes(Iterator<Lifetime> lifetimes) {
        return Array.ofAll(() -> lifetimes).flatMap(this::rate);
    }

    /** Starts to count usage. */
    public UsageRater usage(PriceHistory prices) {
        return new UsageRater(this, prices);
    }

    /** All lines of the period, in the profile's order. */
    public Seq<LineItem> arranged(Seq<LineItem> lifetimes, UsageRater usage) {
        return profile.order().arrange(lifetimes.appendAll(usage.lines()));
    }

    Period period() {
        return period;
    }

    /** Whether something that happens at an instant is over for the document: it lies before the end of the period and not after now. */
    boolean hasHappened(Instant at) {
        return at.isBefore(period.end()) && !at.isAfter(asOf);
    }

    Accumulator accumulator(Meter meter) {
        return meter.accumulator(period, asOf, custom);
    }

    private Option<LineItem> rate(Lifetime lifetime) {
        return lifetime.existence().seenIn(period, asOf).map(seen -> rate(lifetime, seen));
    }

    private LineItem rate(Lifetime lifetime, Existence seen) {
        Ratio share = profile.proration().share(profile.calendar(), period, seen, asOf);
        Derivation why = derivation(lifetime.rate(), lifetime.rate().rule(), Measure.of(lifetime.quantity()), share);
        return line(new LineId("lifetime/" + lifetime.id()), lifetime.rate(), why)
                .description(lifetime.description())
                .existence(seen)
                .places(lifetime.places())
                .build();
    }

    Derivation derivation(Rate rate, PricingRule rule, Measure measure, Ratio share) {
        return new Derivation(rate.source(), rule, measure, profile.proration().name(), share, profile.rounding());
    }

    LineItem.Builder line(LineId id, Rate rate, Derivation why) {
        return LineItem.builder(id, rate.sku(), rate.category(), asOf, new Origin.Rated(why))
                .quantity(why.measure().quantity(), rate.unit())
                .unitPrice(why.rule().unitPrice())
                .share(why.share())
                .price(why.amount())
                .period(period);
    }
}
