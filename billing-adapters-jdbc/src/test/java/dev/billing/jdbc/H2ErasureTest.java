package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.port.TenantId;
import dev.billing.testkit.life.ErasureContract;
import javax.sql.DataSource;

class H2ErasureTest extends ErasureContract {

    private static final DataSource DATABASE = H2.inMemory();
    private static final Ports PORTS = JdbcPorts.open(DATABASE);

    @Override
    protected Ports ports() {
        return PORTS;
    }

    @Override
    protected String kept(TenantId of) {
        return Tables.of(DATABASE, of);
    }
}
