package dev.billing.jdbc;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class SealedTablesOnH2Test extends SealedTablesContract {

    @Override
    DataSource owner() {
        return H2.inMemory();
    }

    @Override
    DataSource role(DataSource database) throws SQLException {
        execute(database, "create user role password 'role'");
        execute(database, "grant select, insert, update, delete on schema public to role");
        try (Connection connection = database.getConnection()) {
            return JdbcConnectionPool.create(connection.getMetaData().getURL(), "role", "role");
        }
    }

    @Override
    Seq<String> withoutGuards() {
        return TABLES.map(table -> "drop trigger " + table + "_seal").append("drop table billing_seal_all");
    }

    @Override
    Seq<String> waysAround() {
        return Array.of("set referential_integrity false", "alter table billing_line set referential_integrity false");
    }
}
