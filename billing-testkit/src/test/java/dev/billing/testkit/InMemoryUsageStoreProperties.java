package dev.billing.testkit;

import dev.billing.port.UsageStore;

class InMemoryUsageStoreProperties extends UsageStoreProperties {

    @Override
    protected UsageStore emptyStore() {
        return new InMemoryUsageStore();
    }
}
