package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.port.TenantId;
import dev.billing.testkit.life.ErasureContract;
import javax.sql.DataSource;

class PostgreSqlErasureTest extends ErasureContract {

    private static final DataSource DATABASE = PostgreSql.empty();
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
