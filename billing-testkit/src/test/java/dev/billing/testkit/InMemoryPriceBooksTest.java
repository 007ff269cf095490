package dev.billing.testkit;

import dev.billing.port.PriceBooks;

class InMemoryPriceBooksTest extends PriceBooksContract {

    @Override
    protected PriceBooks emptyPriceBooks() {
        return new InMemoryPriceBooks();
    }
}
