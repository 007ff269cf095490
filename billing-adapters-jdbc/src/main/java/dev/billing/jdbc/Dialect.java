package dev.billing.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What the supported databases do differently. */
enum Dialect {
    H2("character varying", "decfloat(120)", "binary varying", 60, 60) {
        @Override
        int beginSnapshot(Connection connection) throws SQLException {
            int before = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            return before;
        }

        @Override
        void endSnapshot(Connection connection, int before) throws SQLException {
            connection.setTransactionIsolation(before);
        }

        @Override
        void lockMigration(Connection connection) {
            // Its tables are created in transactions of their own, so no lock would last; every statement of a script
            // can be repeated.
        }

        @Override
        String byCodePoints(String text) {
            return "stringtoutf8(" + text + ")";
        }

        @Override
        String ofNearestDouble(String number) {
            return "cast(cast(cast(" + number + " as double precision) as character varying) as decfloat(120))";
        }

        @Override
        String next(String sequence) {
            return "next value for " + sequence;
        }
    },

    POSTGRESQL("text collate \"C\"", "numeric", "bytea", 131_072, 16_383) {
        @Override
        int beginSnapshot(Connection connection) throws SQLException {
            execute(connection, "set transaction isolation level repeatable read, read only");
            return 0;
        }

        @Override
        void endSnapshot(Connection connection, int before) {
            // It was set for the transaction only.
        }

        @Override
        void lockMigration(Connection connection) throws SQLException {
            execute(connection, "select pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
        }

        @Override
        String byCodePoints(String text) {
            return text;
        }

        @Override
        String ofNearestDouble(String number) {
            return "cast(cast(cast(" + number + " as double precision) as text) as numeric)";
        }

        @Override
        String next(String sequence) {
            return "nextval('" + sequence + "')";
        }
    };

    /** Any number that nobody else uses. */
    private static final long MIGRATION_LOCK = 0x6269_6c6c_696e_67L;

    private final String text;
    private final String number;
    private final String bytes;
    private final int maxIntegerDigits;
    private final int maxDecimals;

    Dialect(String text, String number, String bytes, int maxIntegerDigits, int maxDecimals) {
        this.text = text;
        this.number = number;
        this.bytes = bytes;
        this.maxIntegerDigits = maxIntegerDigits;
        this.maxDecimals = maxDecimals;
    }

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new IllegalArgumentException(
                        "Billing is kept in H2 or PostgreSQL, but the data source is of " + product);
        };
    }

    /** A script with the names that types have here. */
    String spell(String script) {
        return script.replace("${text}", text).replace("${number}", number).replace("${bytes}", bytes);
    }

    /** Whether a column keeps every digit, and sums of many such numbers do. */
    boolean keeps(BigDecimal number) {
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return plain.scale() <= maxDecimals && plain.precision() - plain.scale() <= maxIntegerDigits;
    }

    /**
     * Lets all statements of a transaction that has just begun see one state.
     *
     * @return what {@link #endSnapshot} needs
     */
    abstract int beginSnapshot(Connection connection) throws SQLException;

    /** Lets later transactions of the connection see what they did before. */
    abstract void endSnapshot(Connection connection, int before) throws SQLException;

    /** Waits until nobody else migrates, where a lock outlasts the creation of a table. */
    abstract void lockMigration(Connection connection) throws SQLException;

    /** An expression that is in the order of the code points of a text. */
    abstract String byCodePoints(String text);

    /** The shortest decimal that names the binary double nearest to a number. */
    abstract String ofNearestDouble(String number);

    /** The next number of a sequence. */
    abstract String next(String sequence);

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
