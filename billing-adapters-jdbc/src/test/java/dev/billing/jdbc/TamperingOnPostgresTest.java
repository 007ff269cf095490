package dev.billing.jdbc;

import io.vavr.collection.Seq;
import javax.sql.DataSource;

class TamperingOnPostgresTest extends TamperingContract {

    @Override
    DataSource empty() {
        return PostgreSql.empty();
    }

    @Override
    Seq<String> withoutGuards() {
        return SealedTablesContract.TABLES.map(table -> "alter table " + table + " disable trigger user");
    }
}
