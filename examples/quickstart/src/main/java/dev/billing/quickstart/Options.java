package dev.billing.quickstart;

import dev.billing.http.morpheus.MorpheusOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What can be said on the command line. */
final class Options {

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port on 127.0.0.1; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--token",
            paramLabel = "T",
            description = "The token that Akkeris, Spaces and Morpheus accept (default: a new one, printed).")
    Optional<String> token = Optional.empty();

    @Option(
            names = "--atlas-key",
            paramLabel = "PUBLIC:PRIVATE",
            description = "The key that MongoDB Atlas accepts (default: a new one, printed).")
    Optional<String> atlasKey = Optional.empty();

    @Option(
            names = "--morpheus-epoch",
            paramLabel = "A|B",
            defaultValue = "A",
            description = "Which generation of Morpheus is served (default: ${DEFAULT-VALUE}).")
    MorpheusOptions.Epoch morpheusEpoch = MorpheusOptions.Epoch.A;

    @Option(
            names = "--morpheus-zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "The time zone whose months Morpheus bills, such as America/New_York "
                    + "(default: ${DEFAULT-VALUE}).")
    ZoneId morpheusZone = ZoneOffset.UTC;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "billing-data",
            description = "Where the database is kept (default: ${DEFAULT-VALUE}).")
    Path data = Path.of("billing-data");

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description = "The instant to stand still at, such as 2017-02-05T22:16:56.616Z "
                    + "(default: the system clock; with the bundled sample, that instant).")
    Optional<Instant> now = Optional.empty();

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description =
                    "A folder with price-book.json, places.csv, lifetimes.csv, usage.csv, orders.json, organizations.csv, "
                            + "charges.csv, payments.csv and clouds.json, each optional (default: the bundled sample).")
    Optional<Path> input = Optional.empty();

    @Option(names = "--focus", paramLabel = "FILE", description = "Provider costs in the FOCUS 1.0 CSV format.")
    Optional<Path> focus = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "akkeris",
            description = "How the main account is billed: akkeris counts days, akkeris-upstream counts time "
                    + "(default: ${DEFAULT-VALUE}). Other accounts are billed under the standard profile.")
    String profile = "akkeris";

    @ArgGroup
    Strictness strictness = new Strictness();

    @Option(names = "--once", description = "Stop after the table, without serving the API.")
    boolean once;

    /** What happens to a file with a bad line. */
    static final class Strictness {

        @Option(names = "--strict", description = "Take nothing of an input file that has a bad line (the default).")
        boolean strict;

        @Option(names = "--lenient", description = "Take the good lines of an input file, and count the others.")
        boolean lenient;
    }
}
