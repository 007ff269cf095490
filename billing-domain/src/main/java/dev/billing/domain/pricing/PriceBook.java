package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.TreeMap;
import io.vavr.control.Either;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.money.CurrencyUnit;

/**
 * A version of a price list, in one currency, and the instant from which it holds. A book holds until a later one begins; of two that
 * begin together the higher version holds.
 */
public record PriceBook(PriceBookVersion version, CurrencyUnit currency, Instant from, Map<String, Product> products) {

    /**
     * Keeps {@code from} in milliseconds.
     *
     * @throws IllegalArgumentException if a product is listed under another sku than its own, or priced in another currency
     */
    public PriceBook {
        requireNonNull(version, "version");
        requireNonNull(currency, "currency");
        from = from.truncatedTo(ChronoUnit.MILLIS);
        products.forEach((sku, product) -> requireFits(sku, product, currency));
    }

    /**
     * A book of these products.
     *
     * @throws IllegalArgumentException if two products have one sku, or their currencies differ from the book's
     */
    public static PriceBook of(PriceBookVersion version, CurrencyUnit currency, Instant from, Seq<Product> products) {
        Map<String, Product> bySku =
                TreeMap.ofEntries(products.map(product -> new io.vavr.Tuple2<>(product.sku(), product)));
        if (bySku.size() < products.size()) {
            throw new IllegalArgumentException(
                    "A price book must list each sku once, but " + version + " has " + products.map(Product::sku));
        }
        return new PriceBook(version, currency, from, bySku);
    }

    /** The rate that is agreed when something is sold under this book. */
    public Either<PricingError.UnknownSku, Rate> rate(String sku) {
        return products.get(sku).map(this::rateOf).toEither(() -> new PricingError.UnknownSku(sku, version));
    }

    /** The rates of the products that price this meter's usage, in the order of their skus. */
    public Seq<Rate> ratesFor(String meter) {
        return products.values()
                .filter(product -> product.meter().contains(meter))
                .sortBy(Product::sku)
                .map(this::rateOf);
    }

    private Rate rateOf(Product product) {
        return new Rate(version, product.sku(), product.category(), product.unit(), product.rule());
    }

    private static void requireFits(String sku, Product product, CurrencyUnit currency) {
        if (!product.sku().equals(sku) || !product.rule().currency().equals(currency)) {
            throw new IllegalArgumentException("A price book in " + currency + " must price " + sku
                    + " under its own sku and in that currency, but had " + product);
        }
    }
}
