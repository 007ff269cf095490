package dev.billing.jdbc;

import io.vavr.collection.Seq;
import javax.sql.DataSource;

class TamperingOnH2Test extends TamperingContract {

    @Override
    DataSource empty() {
        return H2.inMemory();
    }

    @Override
    Seq<String> withoutGuards() {
        return SealedTablesContract.TABLES
                .map(table -> "drop trigger " + table + "_seal")
                .append("drop table billing_seal_all");
    }
}
