package dev.billing.jdbc;

import dev.billing.port.Directory;
import dev.billing.testkit.DirectoryContract;

class H2DirectoryTest extends DirectoryContract {

    @Override
    protected Directory emptyDirectory() {
        return JdbcPorts.open(H2.inMemory()).directory();
    }
}
