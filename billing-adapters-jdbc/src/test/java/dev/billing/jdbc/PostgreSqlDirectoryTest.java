package dev.billing.jdbc;

import dev.billing.port.Directory;
import dev.billing.testkit.DirectoryContract;

class PostgreSqlDirectoryTest extends DirectoryContract {

    @Override
    protected Directory emptyDirectory() {
        return JdbcPorts.open(PostgreSql.empty()).directory();
    }
}
