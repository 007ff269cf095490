package dev.billing.jdbc;

import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.money.CurrencyUnit;

/** Reads a row column by column, in the order in which they were selected. */
final class Row {

    private final ResultSet results;
    private int column;

    Row(ResultSet results) {
        this.results = results;
    }

    boolean next() throws SQLException {
        column = 0;
        return results.next();
    }

    String text() throws SQLException {
        return results.getString(++column);
    }

    Option<String> optionalText() throws SQLException {
        return Option.of(results.getString(++column));
    }

    long whole() throws SQLException {
        return results.getLong(++column);
    }

    Option<Long> optionalWhole() throws SQLException {
        long value = results.getLong(++column);
        return results.wasNull() ? Option.none() : Option.some(value);
    }

    BigDecimal number() throws SQLException {
        return plain(results.getBigDecimal(++column));
    }

    Option<BigDecimal> optionalNumber() throws SQLException {
        return Option.of(results.getBigDecimal(++column)).map(Row::plain);
    }

    Instant instant() throws SQLException {
        return results.getObject(++column, OffsetDateTime.class).toInstant();
    }

    Option<Instant> optionalInstant() throws SQLException {
        return Option.of(results.getObject(++column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    boolean flag() throws SQLException {
        return results.getBoolean(++column);
    }

    Option<Boolean> optionalFlag() throws SQLException {
        boolean value = results.getBoolean(++column);
        return results.wasNull() ? Option.none() : Option.some(value);
    }

    CurrencyUnit currency() throws SQLException {
        return Currencies.of(text());
    }

    /** An amount and its currency. */
    Money money() throws SQLException {
        BigDecimal amount = number();
        return Money.of(currency(), amount);
    }

    /** An amount and its currency. */
    Option<Money> optionalMoney() throws SQLException {
        Option<BigDecimal> amount = optionalNumber();
        Option<CurrencyUnit> currency = optionalText().map(Currencies::of);
        return amount.flatMap(known -> currency.map(unit -> Money.of(unit, known)));
    }

    /** A start and an end. */
    Option<Period> optionalPeriod() throws SQLException {
        Option<Instant> start = optionalInstant();
        Option<Instant> end = optionalInstant();
        return start.flatMap(from -> end.map(until -> Period.of(from, until)));
    }

    /** H2 moves the point of whole numbers to the right. */
    private static BigDecimal plain(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0) : number;
    }
}
