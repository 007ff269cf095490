package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.meter.Meter;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.TreeMap;
import io.vavr.control.Either;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import javax.money.CurrencyUnit;

/**
 * A version of a price list, in one currency, and the instant from which it holds. A book holds until a later one begins; of two that
 * begin together the higher version holds.
 *
 * @param products what is sold, by sku
 * @param meters what is counted, by name; a name that is not among them is a plain sum of the facts reported under it
 * @param commitments the least that is charged for a month
 * @param limits the most that is charged for a month
 */
public record PriceBook(
        PriceBookVersion version,
        CurrencyUnit currency,
        Instant from,
        Map<String, Product> products,
        Map<String, Meter> meters,
        Seq<Commitment> commitments,
        Seq<SpendLimit> limits) {

    /**
     * Keeps {@code from} in milliseconds, and minimums and maximums in the order of their ids.
     *
     * @throws IllegalArgumentException if a product is listed under another sku than its own, priced in another currency, or priced by a
     *     percentage of what may be negative, a meter is listed under another name than its own, or minimums or maximums share an id or are in another currency; the message has all of
     *     it
     */
    public PriceBook {
        requireNonNull(version, "version");
        requireNonNull(currency, "currency");
        from = from.truncatedTo(ChronoUnit.MILLIS);
        requireNone(problems(currency, products, meters)
                .appendAll(repeated("minimum", version, commitments.map(Commitment::id)))
                .appendAll(repeated("maximum", version, limits.map(SpendLimit::id)))
                .appendAll(foreign(currency, commitments.map(Commitment::minimum)))
                .appendAll(foreign(currency, limits.map(SpendLimit::maximum))));
        commitments = commitments.sortBy(Commitment::id).toArray();
        limits = limits.sortBy(SpendLimit::id).toArray();
    }

    /** A book without minimums and maximums. */
    public PriceBook(
            PriceBookVersion version,
            CurrencyUnit currency,
            Instant from,
            Map<String, Product> products,
            Map<String, Meter> meters) {
        this(version, currency, from, products, meters, Array.empty(), Array.empty());
    }

    /** A book whose meters are plain sums. */
    public PriceBook(PriceBookVersion version, CurrencyUnit currency, Instant from, Map<String, Product> products) {
        this(version, currency, from, products, TreeMap.empty());
    }

    /**
     * A book of these products, whose meters are plain sums.
     *
     * @throws IllegalArgumentException if two products have one sku, or their currencies differ from the book's
     */
    public static PriceBook of(PriceBookVersion version, CurrencyUnit currency, Instant from, Seq<Product> products) {
        return of(version, currency, from, products, Array.empty());
    }

    /**
     * A book of these products and meters.
     *
     * @throws IllegalArgumentException if two products have one sku, two meters have one name, or a currency differs from the book's; the
     *     message has all of it
     */
    public static PriceBook of(
            PriceBookVersion version, CurrencyUnit currency, Instant from, Seq<Product> products, Seq<Meter> meters) {
        Map<String, Product> bySku = TreeMap.ofEntries(products.map(product -> new Tuple2<>(product.sku(), product)));
        Map<String, Meter> byName = TreeMap.ofEntries(meters.map(meter -> new Tuple2<>(meter.name(), meter)));
        requireNone(repeated("sku", version, products.map(Product::sku))
                .appendAll(repeated("meter", version, meters.map(Meter::name)))
                .appendAll(problems(currency, products.map(product -> new Tuple2<>(product.sku(), product)), byName)));
        return new PriceBook(version, currency, from, bySku, byName);
    }

    /** The same book with these minimums and maximums. */
    public PriceBook with(Seq<Commitment> newCommitments, Seq<SpendLimit> newLimits) {
        return new PriceBook(version, currency, from, products, meters, newCommitments, newLimits);
    }

    /** The rate that is agreed when something is sold under this book. */
    public Either<PricingError.UnknownSku, Rate> rate(String sku) {
        return products.get(sku).map(this::rateOf).toEither(() -> new PricingError.UnknownSku(sku, version));
    }

    /** The rates of the products that price what is reported under a name, in the order of their skus. */
    public Seq<Rate> ratesFor(String reported) {
        return products.values()
                .filter(product ->
                        product.meters().exists(name -> meter(name).counts().equals(reported)))
                .sortBy(Product::sku)
                .map(this::rateOf);
    }

    /** The meter of that name: as the book defines it, or the plain sum of what is reported under the name. */
    public Meter meter(String name) {
        return meters.get(name).getOrElse(() -> Meter.sum(name));
    }

    /** The meters that products price and that count what is reported under a name, each once, in the order of their names. */
    public Seq<Meter> metersFor(String reported) {
        return pricedMeters().filter(meter -> meter.counts().equals(reported));
    }

    /** All meters that products price, each once, in the order of their names. */
    public Seq<Meter> pricedMeters() {
        return products.values()
                .flatMap(Product::meters)
                .toSortedSet()
                .toArray()
                .map(this::meter);
    }

    private Rate rateOf(Product product) {
        return new Rate(version, product.sku(), product.category(), product.unit(), product.rule());
    }

    private static Seq<String> repeated(String what, PriceBookVersion version, Seq<String> names) {
        return names.groupBy(Function.identity())
                .filterValues(same -> same.size() > 1)
                .keySet()
                .toArray()
                .sorted()
                .map(name -> "A price book must list each " + what + " once, but " + version + " has " + name + " "
                        + names.count(name::equals) + " times");
    }

    private static Seq<String> problems(
            CurrencyUnit currency, Iterable<Tuple2<String, Product>> products, Map<String, Meter> meters) {
        return Array.ofAll(products)
                .filter(listed -> !fits(listed._1, listed._2, currency))
                .map(listed -> "A price book in " + currency + " must price " + listed._1
                        + " under its own sku and in that currency, but had " + listed._2)
                .appendAll(Array.ofAll(products)
                        .filter(listed -> pricesEvents(listed._2.rule()))
                        .flatMap(listed -> listed._2.meters().flatMap(meters::get))
                        .filter(Meter::takesNegative)
                        .map(meter -> "A percentage prices single events, which must not be negative, but the meter '"
                                + meter.name() + "' takes negative ones"))
                .appendAll(meters.toArray()
                        .filter(listed -> !listed._2.name().equals(listed._1))
                        .map(listed -> "A price book must list a meter under its own name, but had " + listed._2
                                + " under " + listed._1));
    }

    private static boolean pricesEvents(PricingRule rule) {
        return rule instanceof Percentage
                || (rule instanceof Matrix matrix
                        && matrix.cells().values().appendAll(matrix.otherwise()).exists(Percentage.class::isInstance));
    }

    private static Seq<String> foreign(CurrencyUnit currency, Seq<Money> amounts) {
        return amounts.reject(amount -> amount.currency().equals(currency))
                .map(amount -> "A price book must have minimums and maximums in its own currency, " + currency
                        + ", but had one of " + amount);
    }

    private static boolean fits(String sku, Product product, CurrencyUnit currency) {
        return product.sku().equals(sku) && product.rule().currency().equals(currency);
    }

    private static void requireNone(Seq<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.mkString("; "));
        }
    }
}
