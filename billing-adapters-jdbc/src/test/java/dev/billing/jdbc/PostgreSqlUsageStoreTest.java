package dev.billing.jdbc;

import dev.billing.port.UsageStore;
import dev.billing.testkit.UsageStoreContract;

class PostgreSqlUsageStoreTest extends UsageStoreContract {

    @Override
    protected UsageStore emptyStore() {
        return JdbcPorts.open(PostgreSql.empty()).usage();
    }
}
