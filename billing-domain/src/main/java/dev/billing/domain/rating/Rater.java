package dev.billing.domain.rating;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/** Rates the facts of one account and period under one profile. */
public final class Rater {

    private final Profile profile;
    private final Period period;
    private final Instant asOf;

    /**
     * @param asOf the instant at which the document is computed: nothing after it has happened yet
     */
    public Rater(Profile profile, Period period, Instant asOf) {
        this.profile = requireNonNull(profile, "profile");
        this.period = requireNonNull(period, "period");
        this.asOf = requireNonNull(asOf, "asOf");
    }

    /**
     * The lines of the period, in the profile's order.
     *
     * @param lifetimes in the order in which they were recorded; those that the period does not see are left out
     * @param usage in any order; what lies outside the period or after the instant is left out
     * @param prices for usage, which is priced by the book that held when it happened; what that does not price gives no line
     */
    public Seq<LineItem> rate(Seq<Lifetime> lifetimes, Seq<UsageRecord> usage, PriceHistory prices) {
        Seq<LineItem> lines = lifetimes.flatMap(this::rate);
        return profile.order().arrange(lines.appendAll(rate(usage, prices)));
    }

    private Option<LineItem> rate(Lifetime lifetime) {
        return lifetime.existence().seenIn(period, asOf).map(seen -> rate(lifetime, seen));
    }

    private LineItem rate(Lifetime lifetime, Existence seen) {
        Ratio share = profile.proration().share(profile.calendar(), period, seen, asOf);
        return line(new LineId("lifetime/" + lifetime.id()), lifetime.rate(), lifetime.quantity(), share)
                .description(lifetime.description())
                .existence(seen)
                .places(lifetime.places())
                .build();
    }

    private Seq<LineItem> rate(Seq<UsageRecord> usage, PriceHistory prices) {
        return usage.filter(
                        record -> period.contains(record.at()) && !record.at().isAfter(asOf))
                .flatMap(record -> prices.at(record.at())
                        .map(book ->
                                new Tuple2<>(new Metered(record.meter(), record.places(), book), record.quantity())))
                .groupBy(Tuple2::_1)
                .toArray()
                .map(group -> new Tuple2<>(group._1, total(group._2.map(Tuple2::_2))))
                .sortBy(total -> total._1.sortKey())
                .flatMap(total -> total._1.rates().map(rate -> new Tuple2<>(total, rate)))
                .zipWithIndex((rated, index) -> rate(rated._1._1, rated._1._2, rated._2, index));
    }

    private LineItem rate(Metered metered, BigDecimal quantity, Rate rate, int index) {
        return line(new LineId("usage/" + index + "/" + rate.sku()), rate, quantity, Ratio.ONE)
                .description(rate.sku())
                .places(metered.places())
                .build();
    }

    private LineItem.Builder line(LineId id, Rate rate, BigDecimal quantity, Ratio share) {
        Derivation why = new Derivation(
                rate.source(), rate.rule(), quantity, profile.proration().name(), share, profile.rounding());
        return LineItem.builder(id, rate.sku(), rate.category(), asOf, new Origin.Rated(why))
                .quantity(quantity, rate.unit())
                .unitPrice(rate.rule().unitPrice())
                .share(share)
                .price(why.amount())
                .period(period);
    }

    private static BigDecimal total(Seq<BigDecimal> quantities) {
        return quantities.fold(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What usage is added up by. */
    private record Metered(String meter, Map<Dimension, Ref> places, PriceBook book) {

        Seq<Rate> rates() {
            return book.ratesFor(meter);
        }

        /** Differs wherever the others do, because no part of them can hold a line break. */
        String sortKey() {
            return Array.ofAll(places)
                    .sortBy(Tuple2::_1)
                    .flatMap(place -> Array.of(place._1.name(), place._2.type(), place._2.id(), place._2.name()))
                    .prepend(meter)
                    .append(book.from().toString())
                    .mkString("\n");
        }
    }
}
