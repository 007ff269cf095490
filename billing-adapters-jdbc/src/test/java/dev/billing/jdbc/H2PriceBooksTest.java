package dev.billing.jdbc;

import dev.billing.port.PriceBooks;
import dev.billing.testkit.PriceBooksContract;

class H2PriceBooksTest extends PriceBooksContract {

    @Override
    protected PriceBooks emptyPriceBooks() {
        return JdbcPorts.open(H2.inMemory()).priceBooks();
    }
}
