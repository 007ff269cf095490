package dev.billing.jdbc;

import javax.sql.DataSource;

/** The databases that tests run on. */
enum Engine {
    H2 {
        @Override
        DataSource empty() {
            return dev.billing.jdbc.H2.inMemory();
        }
    },
    POSTGRESQL {
        @Override
        DataSource empty() {
            return PostgreSql.empty();
        }
    };

    /** An empty database. */
    abstract DataSource empty();
}
