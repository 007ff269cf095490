package dev.billing.quickstart;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Statement;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.money.Monetary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what an account owes, and how that came about. */
@Command(
        name = "statement",
        mixinStandardHelpOptions = true,
        description = "Prints what an account owes, and how that came about.")
final class StatementCommand implements Callable<Integer> {

    private static final Seq<String> ROWS = Array.of("at", "what", "of", "change", "balance");
    private static final Seq<String> OPEN = Array.of("open", "of", "still to be paid");

    @Mixin
    private LifeOptions life = new LifeOptions();

    @Option(names = "--account", paramLabel = "ID", required = true, description = "Whose.")
    private String account = "";

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "USD",
            description = "(default: ${DEFAULT-VALUE}).")
    private String currency = "USD";

    @Option(names = "--from", paramLabel = "INSTANT", description = "Its start (default: all that ever was).")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--until", paramLabel = "INSTANT", description = "Its end, which it excludes (default: now).")
    private Optional<Instant> until = Optional.empty();

    @Override
    public Integer call() {
        return life.run(session -> {
            var read = session.billing().readStatement();
            var id = new AccountId(account);
            var unit = Monetary.getCurrency(currency);
            var statement = until.map(end -> from.map(
                                    start -> read.in(session.access(), id, unit, Period.of(start, end)))
                            .orElseGet(() -> read.until(session.access(), id, unit, end)))
                    .orElseGet(() -> from.map(start -> read.in(
                                    session.access(),
                                    id,
                                    unit,
                                    Period.of(start, session.now().plusMillis(1))))
                            .orElseGet(() -> read.now(session.access(), id, unit)));
            statement
                    .peek(found -> print(session.console(), found))
                    .peekLeft(refused -> session.console().complain("refused: " + refused.message()));
            return statement.isRight() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        });
    }

    private static void print(Console console, Statement statement) {
        Seq<Seq<String>> opening = Array.of(Array.of(
                statement.from().map(Instant::toString).getOrElse(""),
                "opening balance",
                "",
                "",
                MonthTable.money(statement.opening())));
        Seq<Seq<String>> rows = statement
                .rows()
                .map(row -> Array.of(
                        row.entry().at().toString(),
                        row.entry().movement().getClass().getSimpleName().toLowerCase(Locale.ROOT),
                        statement.reference(row),
                        MonthTable.money(row.change()),
                        MonthTable.money(row.balance())));
        Seq<Seq<String>> closing =
                Array.of(Array.of("", "closing balance", "", "", MonthTable.money(statement.closing())));
        console.table(ROWS, opening.appendAll(rows).appendAll(closing));
        if (statement.open().nonEmpty()) {
            console.table(
                    OPEN,
                    statement
                            .open()
                            .map(open -> Array.of(
                                    statement.reference(open.document()),
                                    MonthTable.money(open.charged()),
                                    MonthTable.money(open.amount()))));
        }
        console.say("Free credit: " + MonthTable.money(statement.free()) + ". Prepaid credit: "
                + MonthTable.money(statement.prepaid()) + ".");
    }
}
