package dev.billing.jdbc.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.jdbc.life.Moments.When;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Numbers, sums and seals hold when PostgreSQL is killed ten times in a minute while sixteen writers are at work. Beside them three controls
 * are at work that do one thing wrong, and the same check finds it in the books of each.
 * <p>
 * It takes more than a minute, so it runs only when it is named: {@code mvn test -pl billing-adapters-jdbc -am -Dtest=KilledDatabaseIT
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class KilledDatabaseIT {

    private static final int WRITERS = 16;
    private static final int WRITERS_OF_A_CONTROL = 4;
    private static final Duration BETWEEN = Duration.ofSeconds(4);

    /** A kill: in the middle of a transaction of a lane, or whenever it comes. */
    private record Kill(String lane, When when) {}

    /** Each way of being interrupted, where it hurts most. */
    private static final Seq<Kill> KILLS = Array.of(
            new Kill(LibraryLane.NAME, When.AFTER_COMMIT),
            new Kill(Control.A_SEQUENCE.name(), When.BEFORE_COMMIT),
            new Kill(Control.NO_KEY.name(), When.AFTER_COMMIT),
            new Kill(LibraryLane.NAME, When.ANY),
            new Kill(LibraryLane.NAME, When.BEFORE_COMMIT),
            new Kill(Control.MAX_PLUS_ONE.name(), When.AFTER_COMMIT),
            new Kill(LibraryLane.NAME, When.AFTER_COMMIT),
            new Kill(Control.NO_KEY.name(), When.AFTER_COMMIT),
            new Kill(LibraryLane.NAME, When.ANY),
            new Kill(LibraryLane.NAME, When.AFTER_COMMIT));

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void numbers_sums_and_seals_survive_ten_kills() throws Exception {
        Moments moments = new Moments();
        try (KilledPostgreSql database = KilledPostgreSql.in(directory.resolve("data"))) {
            Control.create(database.pool(1));
            LibraryLane library = LibraryLane.on(moments.watch(LibraryLane.NAME, database.pool(WRITERS)));
            Writers writers = Writers.start(library, WRITERS);
            Map<Control, Writers> controls = Array.of(Control.values())
                    .toMap(
                            control -> control,
                            control -> Writers.start(
                                    control.on(moments.watch(control.name(), database.pool(WRITERS_OF_A_CONTROL))),
                                    WRITERS_OF_A_CONTROL));
            for (Kill kill : KILLS) {
                database.staysAliveFor(BETWEEN);
                moments.kill(kill.lane(), kill.when(), database::kill);
                database.startAgain();
            }
            Books books = writers.stop();
            assertThat(books.faults())
                    .as("What is wrong with the library's books")
                    .isEmpty();
            assertThat(books.told().size())
                    .as("Invoices that were issued between the kills")
                    .isGreaterThan(WRITERS * KILLS.size());
            library.check();
            for (Control control : Control.values()) {
                assertThat(controls.get(control).get().stop().faults())
                        .as("What the same check finds in the books of the control %s", control)
                        .anyMatch(fault -> fault.matches(control.fault()));
            }
        }
    }
}
