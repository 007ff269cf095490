package dev.billing.jdbc;

import dev.billing.port.UsageStore;
import dev.billing.testkit.UsageStoreContract;

class H2UsageStoreTest extends UsageStoreContract {

    @Override
    protected UsageStore emptyStore() {
        return JdbcPorts.open(H2.inMemory()).usage();
    }
}
