package dev.billing.jdbc;

import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;

/** Writes rows, column by column and many at a time. */
final class Batch implements AutoCloseable {

    private static final int SIZE = 1_000;

    private final PreparedStatement statement;
    private int column;
    private int rows;

    Batch(Connection connection, String sql) throws SQLException {
        this.statement = connection.prepareStatement(sql);
    }

    /** Binds the columns of a row. */
    @FunctionalInterface
    interface Binder {
        void bind(Batch row) throws SQLException;
    }

    /** Writes one row. */
    static void one(Connection connection, String sql, Binder binder) throws SQLException {
        try (Batch batch = new Batch(connection, sql)) {
            binder.bind(batch);
            batch.statement.executeUpdate();
        }
    }

    Batch text(String value) throws SQLException {
        statement.setString(++column, Text.requireKeepable(value));
        return this;
    }

    Batch text(Option<String> value) throws SQLException {
        return value.isDefined() ? text(value.get()) : none(Types.VARCHAR);
    }

    Batch bytes(byte[] value) throws SQLException {
        statement.setBytes(++column, value);
        return this;
    }

    Batch bytes(Option<byte[]> value) throws SQLException {
        return value.isDefined() ? bytes(value.get()) : none(Types.VARBINARY);
    }

    Batch flag(Option<Boolean> value) throws SQLException {
        if (value.isEmpty()) {
            return none(Types.BOOLEAN);
        }
        statement.setBoolean(++column, value.get());
        return this;
    }

    Batch whole(long value) throws SQLException {
        statement.setLong(++column, value);
        return this;
    }

    Batch whole(Option<Long> value) throws SQLException {
        return value.isDefined() ? whole(value.get()) : none(Types.BIGINT);
    }

    Batch number(BigDecimal value) throws SQLException {
        statement.setBigDecimal(++column, value);
        return this;
    }

    Batch number(Option<BigDecimal> value) throws SQLException {
        return value.isDefined() ? number(value.get()) : none(Types.NUMERIC);
    }

    Batch instant(Instant value) throws SQLException {
        statement.setObject(++column, Timestamps.exact(value));
        return this;
    }

    Batch instant(Option<Instant> value) throws SQLException {
        return value.isDefined() ? instant(value.get()) : none(Types.TIMESTAMP_WITH_TIMEZONE);
    }

    /** An amount and its currency. */
    Batch money(Option<Money> value) throws SQLException {
        return number(value.map(Money::amount)).text(value.map(money -> Currencies.code(money.currency())));
    }

    /** A start and an end. */
    Batch period(Option<Period> value) throws SQLException {
        return instant(value.map(Period::start)).instant(value.map(Period::end));
    }

    private Batch none(int type) throws SQLException {
        statement.setNull(++column, type);
        return this;
    }

    /** Ends the row. */
    void end() throws SQLException {
        statement.addBatch();
        column = 0;
        if (++rows == SIZE) {
            flush();
        }
    }

    void flush() throws SQLException {
        if (rows > 0) {
            statement.executeBatch();
            rows = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
