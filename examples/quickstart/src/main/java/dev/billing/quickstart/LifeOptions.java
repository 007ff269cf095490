package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.NumberSeries;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Spaces;
import dev.billing.domain.profile.Standard;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.Ports;
import dev.billing.quickstart.input.FactFiles;
import dev.billing.usecase.Command;
import dev.billing.usecase.Plan;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.money.MonetaryException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands on the life of invoices have in common. */
final class LifeOptions {

    /** Invoices and credit notes of this program are numbered without gaps, INV-000001 and CN-000001 on. */
    private static final Profile STANDARD = Standard.profile()
            .with(Standard.profile().invoicing().numbered(series("invoices", "INV-"), series("credit notes", "CN-")));

    private static final Seq<Profile> PROFILES = Array.of(
            STANDARD, Akkeris.profile(), Akkeris.upstream(), Spaces.profile(), Atlas.profile(), Morpheus.profile());

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "billing-data",
            description = "Where the database is kept (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("billing-data");

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description = "The instant to stand still at (default: the system clock).")
    private Optional<Instant> now = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** What is done with the billing of a database. */
    interface Work {
        int with(Session session);
    }

    /** The billing of one database, as long as a command runs. */
    record Session(Ports ports, Billing billing, Instant now, Access access, Console console) {

        /** Under the profile by which an account is billed. */
        Billing of(AccountId account) {
            return billing.with(account.equals(FactFiles.MAIN) ? Akkeris.profile() : STANDARD);
        }

        /** Under the profile of a document. */
        Billing of(InvoiceId document) {
            return billing.with(billing.readInvoices()
                    .find(access, document)
                    .flatMap(stored -> PROFILES.find(profile ->
                            profile.name().equals(stored.invoice().head().profile())))
                    .getOrElse(STANDARD));
        }

        /** Runs a command, or shows what it would do, and prints what happens. */
        int run(Billing under, Doing doing, Command command) {
            Either<BillingError, Seq<Event>> done = doing.preview
                    ? under.commands().preview(access, command).map(Plan::events)
                    : under.commands().run(access, doing.key(), command).map(receipt -> receipt.events());
            done.peek(this::print).peekLeft(refused -> console.complain("refused: " + refused.message()));
            return done.isRight() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }

        private void print(Seq<Event> events) {
            if (events.isEmpty()) {
                console.say("Nothing changes.");
                return;
            }
            console.table(
                    Array.of("event", "of", "details"),
                    events.map(event -> Array.of(
                            event.type(),
                            event.subject(),
                            event.data()
                                    .toArray()
                                    .sortBy(entry -> entry._1)
                                    .map(entry -> entry._1 + " " + entry._2)
                                    .mkString(", "))));
        }
    }

    /** How a command that changes something is run. */
    static final class Doing {

        @Option(
                names = "--key",
                paramLabel = "KEY",
                description =
                        "Names the command: run again under the same key, it changes nothing (default: a new one).")
        private String key = UUID.randomUUID().toString();

        @Option(names = "--preview", description = "Show what would happen, and change nothing.")
        private boolean preview;

        CommandKey key() {
            return new CommandKey(key);
        }
    }

    int run(Work work) {
        if (!Database.isIn(data)) {
            spec.commandLine().getErr().println("quickstart: There is no data in " + data);
            return CommandLine.ExitCode.USAGE;
        }
        try (Database database = Database.in(data)) {
            Clock clock =
                    now.map(instant -> Clock.fixed(instant, ZoneOffset.UTC)).orElse(Clock.systemUTC());
            Billing billing = Billing.on(database.ports()).with(clock);
            Console console =
                    new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
            return run(
                    work,
                    new Session(database.ports(), billing, clock.instant(), Access.toAll(Quickstart.TENANT), console));
        }
    }

    /** Ids and amounts are checked where they become values. */
    private static int run(Work work, Session session) {
        try {
            return work.with(session);
        } catch (IllegalArgumentException | MonetaryException wrong) {
            session.console().complain("quickstart: " + wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    /** All profiles that documents of this program may have. */
    static Seq<Profile> profiles() {
        return PROFILES;
    }

    private static NumberSeries series(String name, String prefix) {
        return new NumberSeries(name, Array.empty(), new NumberFormat(prefix, 6), Series.Gaps.NONE);
    }
}
