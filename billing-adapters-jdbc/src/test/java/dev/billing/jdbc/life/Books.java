package dev.billing.jdbc.life;

import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;

/**
 * What invoices a store has, and what invoices those who asked for them were told that they have.
 *
 * @param stored all that there are
 * @param told one for each command that was answered, which is each command that was ever sent
 */
record Books(Seq<Row> stored, Seq<Row> told) {

    /** An invoice: the command that asked for it, its number and its amount. */
    record Row(String command, long number, BigDecimal amount) {}

    /** What is wrong with them; nothing if numbers, effects and sums hold. */
    Seq<String> faults() {
        return numbers().appendAll(effects()).appendAll(sums());
    }

    /** Numbers are 1, 2, 3, … without gap or duplicate. */
    private Seq<String> numbers() {
        Map<Long, Integer> count = stored.groupBy(Row::number).mapValues(Seq::size);
        long last = count.keySet().max().getOrElse(0L);
        return Array.rangeClosed(1L, last)
                .filter(number -> !count.get(number).contains(1))
                .map(number -> "Number " + number + " was given " + count.getOrElse(number, 0) + " times");
    }

    /** Every command has exactly one effect: the one that was told. */
    private Seq<String> effects() {
        Map<String, ? extends Seq<Row>> effects = stored.groupBy(Row::command);
        Seq<String> other = told.filter(row -> !effects.get(row.command()).exists(rows -> isJust(rows, row)))
                .map(row -> "Command " + row.command() + " has the effects " + effects.get(row.command())
                        + " where it was told " + row);
        Seq<String> never = Array.ofAll(effects.keySet().removeAll(told.map(Row::command)))
                .map(command -> "Command " + command + " was never sent");
        return other.appendAll(never);
    }

    private static boolean isJust(Seq<Row> rows, Row row) {
        return rows.size() == 1
                && rows.head().number() == row.number()
                && rows.head().amount().compareTo(row.amount()) == 0;
    }

    private Seq<String> sums() {
        BigDecimal in = sum(stored);
        BigDecimal out = sum(told);
        return in.compareTo(out) == 0
                ? Array.empty()
                : Array.of("The invoices sum up to " + in + " where those who asked for them were told " + out);
    }

    private static BigDecimal sum(Seq<Row> rows) {
        return rows.map(Row::amount).fold(BigDecimal.ZERO, BigDecimal::add);
    }
}
