package dev.billing.domain.rating;

import dev.billing.domain.meter.Meter;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is counted under one price book: by product, and for each by what divides its usage into groups. */
final class BookCounts {

    private final Map<String, List<MeterCounts>> byReportedName = new HashMap<>();
    private final List<ProductCounts> products = new ArrayList<>();

    /**
     * @param ordinal which of the books of the period it is
     * @param before what is counted under the book before it; what both price and count alike is counted together
     */
    BookCounts(Rater rater, PriceBook book, int ordinal, Option<BookCounts> before) {
        for (Product product : book.products().values()) {
            Array<Meter> meters = product.meters().map(book::meter).toArray();
            if (!meters.isEmpty()) {
                count(
                        before.flatMap(earlier -> earlier.alike(product, meters))
                                .getOrElse(() -> new ProductCounts(rater, book, ordinal, product, meters)),
                        meters);
            }
        }
    }

    private Option<ProductCounts> alike(Product product, Seq<Meter> meters) {
        return Array.ofAll(products).find(counts -> counts.isOf(product, meters));
    }

    private void count(ProductCounts product, Array<Meter> meters) {
        products.add(product);
        for (int i = 0; i < meters.size(); i++) {
            MeterCounts meter = new MeterCounts(product, meters.get(i), i);
            byReportedName
                    .computeIfAbsent(meter.meter().counts(), name -> new ArrayList<>())
                    .add(meter);
        }
    }

    /**
     * @param earlier whether it happened before the period
     */
    void add(UsageRecord record, boolean earlier) {
        for (MeterCounts meter : byReportedName.getOrDefault(record.meter(), List.of())) {
            meter.add(record, earlier);
        }
    }

    Seq<ProductCounts> products() {
        return Array.ofAll(products);
    }

    /**
     * What one meter counts for one product.
     *
     * @param index which of the product's meters it is
     */
    private record MeterCounts(ProductCounts product, Meter meter, int index) {

        void add(UsageRecord record, boolean earlier) {
            if ((!earlier || meter.aggregation().carriesOver()) && meter.accepts(record)) {
                UsageGroup group = product.group(meter, record).getOrNull();
                if (group != null) {
                    group.add(index, record);
                }
            }
        }
    }
}
