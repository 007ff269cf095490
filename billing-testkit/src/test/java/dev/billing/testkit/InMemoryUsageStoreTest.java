package dev.billing.testkit;

import dev.billing.port.UsageStore;

class InMemoryUsageStoreTest extends UsageStoreContract {

    @Override
    protected UsageStore emptyStore() {
        return new InMemoryUsageStore();
    }
}
