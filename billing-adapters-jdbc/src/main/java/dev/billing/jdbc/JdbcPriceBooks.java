package dev.billing.jdbc;

import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.port.PriceBooks;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Price books in a database. */
final class JdbcPriceBooks implements PriceBooks {

    private static final String SELECT =
            "select b.book, b.version, b.currency, b.starts_at, b.meters, b.spend from billing_price_book b where b.tenant = ?";

    private final Database database;

    JdbcPriceBooks(Database database) {
        this.database = database;
    }

    @Override
    public Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book) {
        PriceBookVersion version = book.version();
        return database.change("put price book " + version, connection -> {
            PriceBook kept = Database.settle(connection, c -> findOrInsert(c, tenant, book));
            return kept.equals(book) ? Either.right(kept) : Either.left(new VersionReused(version));
        });
    }

    private static PriceBook findOrInsert(Connection connection, TenantId tenant, PriceBook book) throws SQLException {
        PriceBookVersion version = book.version();
        Query query = new Query(SELECT, tenant.value())
                .add("and b.book = ? and b.version = ?", version.book(), version.version());
        Option<PriceBook> known = read(connection, tenant, query);
        if (known.isEmpty()) {
            insert(connection, tenant, book);
        }
        return known.getOrElse(book);
    }

    private static void insert(Connection connection, TenantId tenant, PriceBook book) throws SQLException {
        Batch.one(
                connection,
                "insert into billing_price_book (tenant, book, version, currency, starts_at, meters, spend)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                row -> row.text(tenant.value())
                        .text(book.version().book())
                        .whole(book.version().version())
                        .text(Currencies.code(book.currency()))
                        .instant(book.from())
                        .text(MeterJson.write(book.meters().values()))
                        .text(SpendJson.write(book)));
        insertProducts(connection, tenant, book);
    }

    private static void insertProducts(Connection connection, TenantId tenant, PriceBook book) throws SQLException {
        String sql = """
                insert into billing_product (tenant, book, version, sku, category, unit, rule, meter)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """;
        try (Batch batch = new Batch(connection, sql)) {
            for (Product product : book.products().values()) {
                batch.text(tenant.value())
                        .text(book.version().book())
                        .whole(book.version().version())
                        .text(product.sku())
                        .text(product.category())
                        .text(product.unit())
                        .text(RuleJson.write(product.rule()))
                        .text(product.meter())
                        .end();
            }
            batch.flush();
        }
    }

    @Override
    public Option<PriceBook> inForce(TenantId tenant, Instant at) {
        Query query = new Query(SELECT, tenant.value())
                .add("and b.starts_at <= ?", Timestamps.floor(at))
                .add("order by b.starts_at desc, b.version desc, b.book desc fetch first 1 rows only");
        return database.snapshot("find the price book in force", connection -> read(connection, tenant, query));
    }

    private static Option<PriceBook> read(Connection connection, TenantId tenant, Query query) throws SQLException {
        Option<PriceBook> empty = query.first(connection, JdbcPriceBooks::withoutProducts);
        return empty.isEmpty() ? empty : Option.some(filled(connection, tenant, empty.get()));
    }

    private static PriceBook withoutProducts(Row row) throws SQLException {
        PriceBook book = PriceBook.of(
                new PriceBookVersion(row.text(), (int) row.whole()),
                row.currency(),
                row.instant(),
                Array.empty(),
                row.optionalText().map(MeterJson::read).getOrElse(Array.empty()));
        return row.optionalText().map(spend -> SpendJson.read(spend, book)).getOrElse(book);
    }

    private static PriceBook filled(Connection connection, TenantId tenant, PriceBook empty) throws SQLException {
        PriceBookVersion version = empty.version();
        Seq<Product> products = new Query("""
                        select sku, category, unit, rule, meter from billing_product
                        where tenant = ? and book = ? and version = ?
                        """, tenant.value(), version.book(), version.version())
                .list(
                        connection,
                        row -> new Product(
                                row.text(), row.text(), row.text(), RuleJson.read(row.text()), row.optionalText()));
        return PriceBook.of(
                        version,
                        empty.currency(),
                        empty.from(),
                        products,
                        empty.meters().values())
                .with(empty.commitments(), empty.limits());
    }
}
