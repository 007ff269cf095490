package dev.billing.domain.rating;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.TextOrder;
import dev.billing.domain.internal.Sha256;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.meter.Accumulator;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.meter.Reading;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Iterator;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** What was used of one product by one group, and what it comes to. */
final class UsageGroup {

    private static final int DIGEST = 16;

    private final Rater rater;
    private final Key key;
    private final String text;
    private final Rate rate;
    private final PricingRule rule;
    private final Array<Metered> metered;

    /** The single amounts, for a rule that prices each of them. */
    private final List<Reading> events = new ArrayList<>();

    /** What one meter has counted for the group. */
    private record Metered(Meter meter, Accumulator counted) {

        BigDecimal quantity() {
            return meter.quantity(counted);
        }

        BigDecimal notNegative() {
            return quantity().max(BigDecimal.ZERO);
        }
    }

    /**
     * @param meters those of the product
     */
    UsageGroup(Rater rater, Key key, Rate rate, PricingRule rule, Seq<Meter> meters) {
        this.rater = rater;
        this.key = key;
        this.text = key.text();
        this.rate = rate;
        this.rule = rule;
        this.metered = Array.ofAll(meters).map(meter -> new Metered(meter, rater.accumulator(meter)));
    }

    /**
     * @param meter which of the product's meters counts it
     */
    void add(int meter, Reading reading) {
        metered.get(meter).counted().add(reading);
        if (rule instanceof Percentage) {
            events.add(reading);
        }
    }

    String sortKey() {
        return text + "\n" + rate.sku();
    }

    /** The line; none for nothing that costs nothing. */
    Option<LineItem> line() {
        Derivation why = rater.derivation(rate, rule, measure(), Ratio.ONE).counting(count());
        BigDecimal quantity = quantity();
        return Option.when(quantity.signum() != 0 || !why.amount().isZero(), () -> line(quantity, why));
    }

    private LineItem line(BigDecimal quantity, Derivation why) {
        return rater.line(new LineId("usage/" + digest() + "/" + rate.sku()), rate, why)
                .description(key.values()
                        .appendAll(key.cell())
                        .prepend(rate.sku())
                        .filter(part -> !part.isEmpty())
                        .mkString(" · "))
                .places(key.places())
                .quantity(quantity, rate.unit())
                .build();
    }

    /** What is shown as used: the sum of it, where several meters are priced together. */
    private BigDecimal quantity() {
        return metered.map(Metered::quantity)
                .fold(BigDecimal.ZERO, BigDecimal::add)
                .max(BigDecimal.ZERO);
    }

    /** The same for the same group, whatever else is used. */
    private String digest() {
        return HexFormat.of().formatHex(Sha256.of(text), 0, DIGEST);
    }

    private Measure measure() {
        if (rule instanceof Percentage percentage) {
            return percentage.measure(inOrder());
        }
        if (rule instanceof Capacity) {
            return new Measure.Several(LinkedHashMap.ofEntries(
                    metered.map(one -> new Tuple2<>(one.meter().name(), one.notNegative()))));
        }
        // what was taken back beyond what was used is not owed to anybody
        return Measure.of(quantity());
    }

    private Iterable<BigDecimal> inOrder() {
        events.sort(Comparator.comparing(Reading::at).thenComparing(Reading::key, TextOrder.CODE_POINTS));
        return () -> Iterator.ofAll(events).map(Reading::quantity);
    }

    private Derivation.Count count() {
        return new Derivation.Count(
                metered.map(one -> one.meter().name()).mkString(", "),
                metered.map(one -> one.meter().aggregation().toString())
                        .distinct()
                        .mkString(", "),
                metered.map(one -> one.counted().count()).sum().longValue(),
                group());
    }

    /** What the facts of the group say, by the names of what tells groups apart. */
    private Map<String, String> group() {
        Seq<String> cell = rate.rule() instanceof Matrix matrix ? matrix.dimensions() : Array.empty();
        return LinkedHashMap.ofEntries(
                metered.head().meter().groupBy().zip(key.values()).appendAll(cell.zip(key.cell())));
    }

    /**
     * What tells a group from others.
     *
     * @param name the first meter of the product
     * @param values of the properties that the meter groups by
     * @param cell of a price matrix
     * @param book which of the books of the period prices it
     */
    record Key(String name, Map<Dimension, Ref> places, Seq<String> values, Seq<String> cell, int book) {

        /** Differs wherever the others do, because no part of them can hold a line break. */
        String text() {
            StringBuilder text = new StringBuilder(name);
            for (Tuple2<Dimension, Ref> place : placesInOrder()) {
                Ref ref = place._2;
                append(text, place._1.name(), ref.type(), ref.id(), ref.name());
            }
            append(text, "");
            values.forEach(value -> append(text, value));
            append(text, "");
            cell.forEach(value -> append(text, value));
            append(text, Integer.toString(book));
            return text.toString();
        }

        private Seq<Tuple2<Dimension, Ref>> placesInOrder() {
            return places.size() > 1 ? places.toArray().sortBy(Tuple2::_1) : places.toArray();
        }

        private static void append(StringBuilder text, String... parts) {
            for (String part : parts) {
                text.append('\n').append(part);
            }
        }
    }
}
