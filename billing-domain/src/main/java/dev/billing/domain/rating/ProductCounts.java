package dev.billing.domain.rating;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.IdentityHashMap;

/** The usage of one product, in groups that are priced on their own: by place, by what its meters group by, and by cell of a matrix. */
final class ProductCounts {

    /** How many places are known as objects before all of them are forgotten. */
    private static final int MOST_KNOWN = 4_096;

    private final Rater rater;
    private final Product product;
    private final Rate rate;
    private final String name;
    private final int book;
    private final Seq<Meter> meters;
    private final Seq<String> cells;
    private final java.util.Map<UsageGroup.Key, Option<UsageGroup>> groups = new HashMap<>();

    /** Places come again and again as the same objects, and finding them by value costs more. */
    private final IdentityHashMap<Map<Dimension, Ref>, Option<UsageGroup>> known = new IdentityHashMap<>();

    ProductCounts(Rater rater, PriceBook book, int ordinal, Product product, Seq<Meter> meters) {
        this.rater = rater;
        this.product = product;
        this.rate = book.rate(product.sku()).get();
        this.name = meters.head().name();
        this.book = ordinal;
        this.meters = meters;
        this.cells = product.rule() instanceof Matrix matrix ? matrix.dimensions() : Array.empty();
    }

    /** Whether a product of another book is priced and counted in the same way. */
    boolean isOf(Product other, Seq<Meter> otherMeters) {
        return product.equals(other) && meters.equals(otherMeters);
    }

    /** The group that a record of a meter belongs to; none if the product has no price for it. */
    Option<UsageGroup> group(Meter meter, UsageRecord record) {
        return meter.groupBy().isEmpty() && cells.isEmpty()
                ? group(record.places())
                : group(
                        record.places(),
                        meter.groupOf(record),
                        cells.map(cell -> record.says(cell).getOrElse("")));
    }

    private Option<UsageGroup> group(Map<Dimension, Ref> places) {
        Option<UsageGroup> group = known.get(places);
        return group == null ? learn(places) : group;
    }

    private Option<UsageGroup> learn(Map<Dimension, Ref> places) {
        if (known.size() == MOST_KNOWN) {
            known.clear();
        }
        Option<UsageGroup> group = group(places, Array.empty(), Array.empty());
        known.put(places, group);
        return group;
    }

    private Option<UsageGroup> group(Map<Dimension, Ref> places, Seq<String> values, Seq<String> cell) {
        return groups.computeIfAbsent(
                new UsageGroup.Key(name, places, values, cell, book),
                key -> rule(cell).map(rule -> new UsageGroup(rater, key, rate, rule, meters)));
    }

    private Option<PricingRule> rule(Seq<String> cell) {
        return rate.rule() instanceof Matrix matrix ? matrix.at(cell) : Option.some(rate.rule());
    }

    Seq<UsageGroup> groups() {
        return Array.ofAll(groups.values()).flatMap(group -> group);
    }
}
