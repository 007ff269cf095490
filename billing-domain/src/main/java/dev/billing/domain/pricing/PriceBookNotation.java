package dev.billing.domain.pricing;

import dev.billing.domain.meter.Meter;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationProblem;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.notation.NotationReader.Reading;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.money.CurrencyUnit;

/**
 * Price books in writing. All amounts are in the book's currency.
 *
 * <pre>{@code
 * {"name": "main", "version": 1, "currency": "USD", "from": "2016-01-01",
 *  "products": [
 *    {"sku": "gp2", "category": "dyno", "unit": "month", "price": {"perUnit": "60"}},
 *    {"sku": "egress", "category": "network", "unit": "GB", "meter": "egress-gb", "price": {"perUnit": "0.09"}}]}
 * }</pre>
 */
public final class PriceBookNotation {

    private static final String MINIMUMS = "minimums";
    private static final String MAXIMUMS = "maximums";

    private PriceBookNotation() {}

    /** A book in writing. */
    public static Notation write(PriceBook book) {
        RuleNotation rules = RuleNotation.in(book.currency());
        Notation.Fields head = Notation.fields()
                .with("name", book.version().book())
                .with("version", Integer.toString(book.version().version()))
                .with("currency", book.currency().getCurrencyCode())
                .with("from", book.from().toString());
        Seq<Meter> meters = book.meters().values().toArray().sortBy(Meter::name);
        Notation.Fields metered = withAll(head, "meters", meters.map(MeterNotation::write));
        Seq<Product> products = book.products().values().toArray().sortBy(Product::sku);
        Notation.Fields priced = metered.with("products", Notation.of(products.map(product -> write(product, rules))));
        SpendNotation spend = SpendNotation.in(book.currency());
        return withAll(
                withAll(priced, MINIMUMS, book.commitments().map(spend::write)),
                MAXIMUMS,
                book.limits().map(spend::write));
    }

    private static Notation.Fields withAll(Notation.Fields fields, String name, Seq<Notation.Fields> values) {
        return values.isEmpty() ? fields : fields.with(name, Notation.of(values));
    }

    private static Notation write(Product product, RuleNotation rules) {
        Notation.Fields fields = Notation.fields()
                .with("sku", product.sku())
                .with("category", product.category())
                .with("unit", product.unit());
        return product.meter()
                .map(meter -> fields.with("meter", meter))
                .getOrElse(fields)
                .with("price", rules.write(product.rule()));
    }

    /** The book that is written, or all that is wrong with it. */
    public static Either<Seq<NotationProblem>, PriceBook> read(Notation written) {
        return NotationReader.read(written, PriceBookNotation::read);
    }

    /** The book that is written here. */
    public static Option<PriceBook> read(NotationReader in) {
        in.has("$schema");
        Option<String> name = in.value("name", text -> new PriceBookVersion(text, 1).book());
        Option<Integer> version = in.value("version", PriceBookNotation::version);
        Option<CurrencyUnit> currency = in.value("currency", AmountNotation::find);
        Option<Instant> from = in.value("from", PriceBookNotation::instant);
        Seq<Meter> meters = in.listIfThere("meters", each(Meter::name, MeterNotation::read));
        Option<RuleNotation> rules = currency.map(RuleNotation::in);
        Seq<Product> products = in.list("products", each(Product::sku, product -> product(product, rules)));
        Option<SpendNotation> spend = currency.map(SpendNotation::in);
        Seq<Commitment> minimums = spends(in, MINIMUMS, Commitment::id, spend, SpendNotation::minimum);
        Seq<SpendLimit> maximums = spends(in, MAXIMUMS, SpendLimit::id, spend, SpendNotation::maximum);
        return in.make(() -> PriceBook.of(
                        new PriceBookVersion(name.get(), version.get()), currency.get(), from.get(), products, meters)
                .with(minimums, maximums));
    }

    private static <T> Seq<T> spends(
            NotationReader in,
            String name,
            Function<T, String> id,
            Option<SpendNotation> spend,
            BiFunction<SpendNotation, NotationReader, Option<T>> reading) {
        return in.listIfThere(
                name, each(id, written -> spend.isEmpty() ? written.giveUp() : reading.apply(spend.get(), written)));
    }

    /** Reads one after the other, and refuses what has the name of one that was there before. */
    private static <T> Reading<T> each(Function<T, String> name, Reading<T> reading) {
        Set<String> names = new HashSet<>();
        return in -> reading.apply(in)
                .flatMap(read -> names.add(name.apply(read))
                        ? Option.some(read)
                        : in.refuse("A price book must list everything once, but has another " + name.apply(read)));
    }

    private static Option<Product> product(NotationReader in, Option<RuleNotation> rules) {
        Option<String> sku = in.value("sku", Function.identity());
        Option<String> category = in.value("category", Function.identity());
        Option<String> unit = in.value("unit", Function.identity());
        Option<String> meter = in.valueIfThere("meter", Function.identity());
        Option<PricingRule> price = in.field("price", written -> rule(written, rules));
        return in.make(() -> new Product(sku.get(), category.get(), unit.get(), price.get(), meter));
    }

    /** Without a currency, which is told by itself, nothing can be said of a price. */
    private static Option<PricingRule> rule(NotationReader in, Option<RuleNotation> rules) {
        return rules.isEmpty() ? in.giveUp() : rules.get().read(in);
    }

    private static int version(String text) {
        return new PriceBookVersion("any", Integer.parseInt(text)).version();
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text.indexOf('T') < 0 ? text + "T00:00:00Z" : text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("An instant must be written like 2017-01-31T10:00:00Z or 2017-01-31", e);
        }
    }
}
