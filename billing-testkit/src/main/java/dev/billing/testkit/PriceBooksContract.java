package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.ODD;
import static dev.billing.testkit.InvoiceFixtures.OTHER_TENANT;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.USD;
import static dev.billing.testkit.InvoiceFixtures.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.meter.Filter;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.port.PriceBooks;
import dev.billing.port.PriceBooks.VersionReused;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.RoundingMode;
import java.time.Instant;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;

/**
 * The rules that all {@link PriceBooks} keep: at least one test for each number in their Javadoc. Extend it in your tests and return
 * yours.
 */
public abstract class PriceBooksContract {

    private static final Instant JANUARY = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2024-02-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2024-03-01T00:00:00Z");

    /** Price books without a book. A test may call it again, and then no longer uses those before. */
    protected abstract PriceBooks emptyPriceBooks();

    @Test
    void b1_gives_a_book_equal_to_the_one_put() {
        PriceBooks books = emptyPriceBooks();
        PriceBook put = PriceBook.of(
                new PriceBookVersion("main" + ODD, 17),
                Monetary.getCurrency("KWD"),
                Instant.parse("1969-12-31T23:59:59.999Z"),
                Array.of(
                        new Product("per unit", "dyno", "month", new PerUnit(Money.of("KWD", "25.000")), Option.none()),
                        new Product("flat", "addon", "", new Flat(Money.of("KWD", "25.000")), Option.none()),
                        new Product(
                                "metered" + ODD,
                                "category" + ODD,
                                "unit" + ODD,
                                new PerUnit(Money.of("KWD", "0")),
                                Option.some("meter" + ODD))));
        assertThat(books.put(TENANT, put))
                .as("B1: a new book must be accepted, and given back")
                .isEqualTo(Either.right(put));
        assertThat(books.inForce(TENANT, MARCH))
                .as("B1: a book must be given as put; is a product, a meter or an odd character lost on the way?")
                .containsExactly(put);
    }

    @Test
    void b1_keeps_every_digit() {
        PriceBooks books = emptyPriceBooks();
        Seq<String> prices = Array.of(
                "0.0014002692168963457",
                "1.10",
                "0.00",
                "99999999999.99",
                "1234567890123456.789012345678901234",
                "0.0000000000000000000000000000000001");
        PriceBook put = PriceBook.of(
                new PriceBookVersion("main", 1),
                USD,
                JANUARY,
                prices.map(price -> product(price, price))
                        .appendAll(prices.map(price ->
                                new Product("flat " + price, "dyno", "month", new Flat(usd(price)), Option.none()))));
        books.put(TENANT, put);
        assertThat(books.inForce(TENANT, MARCH))
                .as("B1: prices must be kept to the last digit; is a column too narrow, or a double on the way?")
                .containsExactly(put);
    }

    @Test
    void b1_keeps_every_part_of_a_meter() {
        PriceBooks books = emptyPriceBooks();
        Seq<Aggregation> aggregations = Array.of(
                new Aggregation.Count(),
                new Aggregation.UniqueCount("property" + ODD),
                new Aggregation.Sum(),
                new Aggregation.Max(),
                new Aggregation.Min(),
                new Aggregation.Latest(),
                new Aggregation.Average(),
                new Aggregation.WeightedSum(false),
                new Aggregation.WeightedSum(true),
                new Aggregation.Custom("custom" + ODD));
        Meter full = Meter.of("full" + ODD, "counts" + ODD, new Aggregation.Sum())
                .where(Filter.in("region" + ODD, "eu", "EU", "", " a ", ODD))
                .where(Filter.notIn("model", "large"))
                .by("zone", "customer" + ODD, "Zone")
                .rounded(new QuantityRounding(-2, RoundingMode.CEILING))
                .allowingNegative();
        PriceBook put = PriceBook.of(
                new PriceBookVersion("main", 1),
                USD,
                JANUARY,
                Array.of(product("sku", "1")),
                aggregations
                        .zipWithIndex((aggregation, index) -> Meter.of("meter-" + index, "counted", aggregation))
                        .append(full)
                        .append(Meter.sum("Full" + ODD).rounded(new QuantityRounding(20, RoundingMode.HALF_EVEN))));
        books.put(TENANT, put);
        assertThat(books.inForce(TENANT, MARCH))
                .as("B1: meters must be given as put, even those that no product names; is a filter or its order lost?")
                .containsExactly(put);
    }

    @Test
    void b1_keeps_minimums_and_maximums() {
        PriceBooks books = emptyPriceBooks();
        PriceBook put = PriceBook.of(new PriceBookVersion("main", 1), USD, JANUARY, Array.of(product("sku", "1")))
                .with(
                        Array.of(
                                new Commitment("all" + ODD, Scope.DOCUMENT, "usage" + ODD, usd("150.000"), true),
                                new Commitment("some", Scope.skus("sku", "b" + ODD), "usage", usd("0.0001"), false)),
                        Array.of(
                                new SpendLimit("all" + ODD, Scope.DOCUMENT, "usage", usd("1E+3")),
                                new SpendLimit("some", Scope.categories("c", "dyno" + ODD), "dyno", usd("0"))));
        assertThat(books.put(TENANT, put))
                .as("B1: a book with minimums and maximums must be accepted, and given back")
                .isEqualTo(Either.right(put));
        assertThat(books.inForce(TENANT, MARCH))
                .as("B1: minimums and maximums must be given as put; is a scope or a digit lost on the way?")
                .containsExactly(put);
    }

    @Test
    void b1_keeps_a_book_without_products() {
        PriceBooks books = emptyPriceBooks();
        PriceBook put = PriceBook.of(new PriceBookVersion("main", 1), USD, JANUARY, Array.empty());
        books.put(TENANT, put);
        assertThat(books.inForce(TENANT, MARCH))
                .as("B1: a book must be given as put, even if it lists nothing")
                .containsExactly(put);
    }

    @Test
    void b1_keeps_many_products() {
        PriceBooks books = emptyPriceBooks();
        PriceBook put = PriceBook.of(
                new PriceBookVersion("main", 1),
                USD,
                JANUARY,
                Array.range(0, 1_234).map(n -> product("sku-" + n, n + ".01")));
        books.put(TENANT, put);
        assertThat(books.inForce(TENANT, MARCH))
                .as("B1: all products must be given; is the last batch lost?")
                .containsExactly(put);
    }

    @Test
    void b2_accepts_the_same_book_again() {
        PriceBooks books = emptyPriceBooks();
        PriceBook first = book("main", 1, JANUARY, "1.10");
        books.put(TENANT, first);
        for (int again = 0; again < 3; again++) {
            assertThat(books.put(TENANT, book("main", 1, JANUARY, "1.1")))
                    .as("B2: the same book must be accepted again; 1.10 and 1.1 are the same price")
                    .isEqualTo(Either.right(first));
        }
        assertThat(books.inForce(TENANT, MARCH))
                .as("B2: putting a book again must change nothing")
                .containsExactly(first);
        PriceBook metered = PriceBook.of(
                new PriceBookVersion("metered", 1),
                USD,
                JANUARY,
                Array.empty(),
                Array.of(Meter.sum("requests").where(Filter.in("region", "us", "eu")), Meter.sum("bytes")));
        books.put(TENANT, metered);
        assertThat(books.put(TENANT, metered))
                .as("B2: the same book must be accepted again, with its meters too")
                .isEqualTo(Either.right(metered));
    }

    @Test
    void b2_refuses_another_book_under_the_same_version() {
        PriceBooks books = emptyPriceBooks();
        PriceBook first = book("main", 1, JANUARY, "1.10");
        books.put(TENANT, first);
        Seq<PriceBook> others = Array.of(
                book("main", 1, JANUARY, "1.11"),
                book("main", 1, FEBRUARY, "1.10"),
                PriceBook.of(first.version(), USD, JANUARY, Array.empty()),
                PriceBook.of(first.version(), USD, JANUARY, first.products().values(), Array.of(Meter.sum("requests"))),
                PriceBook.of(first.version(), USD, JANUARY, Array.of(product("sku", "1.10"), product("sku 2", "1.10"))),
                PriceBook.of(first.version(), Monetary.getCurrency("JPY"), JANUARY, Array.empty()));
        for (PriceBook other : others) {
            assertThat(books.put(TENANT, other))
                    .as("B2: another book under a version that exists must be refused: %s", other)
                    .isEqualTo(Either.left(new VersionReused(first.version())));
        }
        assertThat(books.inForce(TENANT, MARCH))
                .as("B2: a refused book must change nothing")
                .containsExactly(first);
    }

    @Test
    void b2_tells_versions_apart_by_name_and_number() {
        PriceBooks books = emptyPriceBooks();
        Seq<PriceBook> all = Array.of(
                book("main", 1, JANUARY, "1"),
                book("main", 2, JANUARY, "2"),
                book("Main", 1, JANUARY, "3"),
                book("main ", 1, JANUARY, "4"),
                book("m\u00e4in", 1, JANUARY, "5"));
        for (PriceBook book : all) {
            assertThat(books.put(TENANT, book))
                    .as("B2: names that differ in case, blanks or accents, and other numbers, are other versions")
                    .isEqualTo(Either.right(book));
        }
    }

    @Test
    void b2_keeps_one_of_many_books_that_threads_put() {
        PriceBooks books = emptyPriceBooks();
        Seq<Either<VersionReused, PriceBook>> results = Together.run(thread ->
                Together.persistently(() -> books.put(TENANT, book("main", 1, JANUARY, Integer.toString(thread)))));
        assertThat(results.count(Either::isRight))
                .as("B2: of threads that put other books under one version, one must succeed")
                .isEqualTo(1);
        assertThat(books.inForce(TENANT, MARCH))
                .as("B2: what is kept must be that of the thread that succeeded")
                .isEqualTo(results.find(Either::isRight).map(Either::get));
    }

    @Test
    void b3_gives_the_book_with_the_latest_start() {
        PriceBooks books = emptyPriceBooks();
        PriceBook january = book("main", 3, JANUARY, "1");
        PriceBook february = book("main", 1, FEBRUARY, "2");
        PriceBook march = book("main", 2, MARCH, "3");
        Array.of(february, march, january).forEach(book -> books.put(TENANT, book));
        assertInForce(books, JANUARY.minusMillis(1), Option.none());
        assertInForce(books, JANUARY, Option.some(january));
        assertInForce(books, FEBRUARY.minusMillis(1), Option.some(january));
        assertInForce(books, FEBRUARY, Option.some(february));
        assertInForce(books, MARCH.minusMillis(1), Option.some(february));
        assertInForce(books, MARCH, Option.some(march));
        assertInForce(books, MARCH.plusSeconds(1_000_000_000), Option.some(march));
    }

    @Test
    void b3_gives_no_book_where_there_is_none() {
        PriceBooks books = emptyPriceBooks();
        assertInForce(books, MARCH, Option.none());
    }

    @Test
    void b3_gives_the_highest_version_of_those_that_start_together() {
        PriceBooks books = emptyPriceBooks();
        PriceBook highest = book("a", 10, JANUARY, "10");
        Array.of(book("z", 9, JANUARY, "9"), highest, book("z", 1, JANUARY, "1"))
                .forEach(book -> books.put(TENANT, book));
        assertInForce(books, MARCH, Option.some(highest));
    }

    @Test
    void b3_gives_the_last_name_of_equal_versions() {
        Seq<String> names = Array.of("A", "B", "a", "a ", "b", "\u00e9", "\u4e2d");
        for (int last = 1; last < names.size(); last++) {
            PriceBooks books = emptyPriceBooks();
            PriceBook expected = book(names.get(last), 1, JANUARY, "1");
            books.put(TENANT, expected);
            names.take(last).forEach(name -> books.put(TENANT, book(name, 1, JANUARY, "1")));
            assertInForce(books, MARCH, Option.some(expected));
        }
    }

    @Test
    void b4_keeps_tenants_apart() {
        PriceBooks books = emptyPriceBooks();
        Seq<TenantId> tenants = Array.of(TENANT, OTHER_TENANT, new TenantId("Tenant"), new TenantId("tenant "));
        tenants.forEachWithIndex((tenant, index) -> {
            PriceBook book = book("main", 1, JANUARY, Integer.toString(index));
            assertThat(books.put(tenant, book))
                    .as("B4: the versions of one tenant must not meet those of another")
                    .isEqualTo(Either.right(book));
        });
        tenants.forEachWithIndex((tenant, index) -> assertThat(books.inForce(tenant, MARCH))
                .as("B4: a tenant must see its own books")
                .containsExactly(book("main", 1, JANUARY, Integer.toString(index))));
        assertThat(books.inForce(new TenantId("stranger"), MARCH))
                .as("B4: nothing crosses a tenant")
                .isEmpty();
    }

    private static PriceBook book(String name, int version, Instant from, String price) {
        return PriceBook.of(new PriceBookVersion(name, version), USD, from, Array.of(product("sku", price)));
    }

    private static Product product(String sku, String price) {
        return new Product(sku, "dyno", "month", new PerUnit(usd(price)), Option.none());
    }

    private static void assertInForce(PriceBooks books, Instant at, Option<PriceBook> expected) {
        assertThat(books.inForce(TENANT, at).map(PriceBook::version))
                .as(
                        "B3: in force at %s must be the book with the latest start that is not after it; of several the highest version, "
                                + "as a number, and of equal ones the last name, character by character",
                        at)
                .isEqualTo(expected.map(PriceBook::version));
    }
}
