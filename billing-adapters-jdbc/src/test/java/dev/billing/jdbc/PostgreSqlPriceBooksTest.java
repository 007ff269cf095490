package dev.billing.jdbc;

import dev.billing.port.PriceBooks;
import dev.billing.testkit.PriceBooksContract;

class PostgreSqlPriceBooksTest extends PriceBooksContract {

    @Override
    protected PriceBooks emptyPriceBooks() {
        return JdbcPorts.open(PostgreSql.empty()).priceBooks();
    }
}
