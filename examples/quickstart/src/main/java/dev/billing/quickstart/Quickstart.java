package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.http.akkeris.AkkerisOptions;
import dev.billing.http.morpheus.MorpheusOptions;
import dev.billing.port.StorageException;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.FactFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads files, bills what is in them, prints what that comes to, and serves it as each of four systems does. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        version = "billing quickstart",
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = {
            BillCommand.class,
            FinaliseCommand.class,
            PayCommand.class,
            CreditNoteCommand.class,
            StatementCommand.class,
            VerifyCommand.class
        },
        description = {
            "Bills what is in some input files on an embedded database, prints tables and serves the APIs of Akkeris, Spaces, Morpheus "
                    + "and MongoDB Atlas on 127.0.0.1 until it is stopped.",
            "Running it again on the same folder changes nothing.",
            ""
        })
public final class Quickstart implements Callable<Integer> {

    static final TenantId TENANT = new TenantId("quickstart");

    /** The instant that the bundled sample was made for. */
    private static final Instant SAMPLE_NOW = Instant.parse("2017-02-05T22:16:56.616Z");

    @Mixin
    private Options options = new Options();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String... args) {
        System.exit(run(writer(System.out), writer(System.err), args));
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Runs the command line and gives its exit code: 0 if all input was taken, 1 if not, 2 for a wrong command line. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Quickstart())
                .setOut(out)
                .setErr(err)
                .registerConverter(Instant.class, Instant::parse)
                .registerConverter(ZoneId.class, ZoneId::of)
                .registerConverter(YearMonth.class, YearMonth::parse)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command))
                .execute(args);
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof StorageException || failure instanceof UncheckedIOException) {
            command.getErr().println("quickstart: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    @Override
    public Integer call() throws Exception {
        Profile profile = profile();
        Clock clock = clock();
        Systems.Credentials credentials = credentials();
        try (Database database = Database.in(options.data)) {
            Billing main = Billing.on(database.ports()).with(profile).with(clock);
            Billing others = main.with(Standard.profile());
            Console console =
                    new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
            FileReports reports = new FileReports(console, options.strictness.lenient);
            Intake intake = new Intake(TENANT, main, others, console, reports);
            OrderIntake orders = new OrderIntake(TENANT, main, reports);
            OrganizationIntake organizations =
                    new OrganizationIntake(TENANT, main.with(Atlas.profile()), clock, reports);
            CloudIntake clouds = new CloudIntake(TENANT, main.with(morpheus()), reports);
            if (options.input.isPresent()) {
                Path folder = inputFolder();
                intake.folder(folder);
                orders.folder(folder);
                organizations.folder(folder);
                clouds.folder(folder);
            } else {
                intake.sample();
                orders.sample();
                organizations.sample();
                clouds.sample();
            }
            options.focus.ifPresent(file -> intake.focus(file, clock.instant()));
            new MonthTable(TENANT, main, others, console).print(intake.accounts());
            new DocumentTable(TENANT, main, console).print();
            new CostTable(TENANT, main, console).print();
            console.say("The database is " + database.url());
            if (!options.once) {
                serve(
                        new Systems(
                                TENANT,
                                database.ports(),
                                main,
                                clock,
                                akkeris(),
                                MorpheusOptions.standard()
                                        .withEpoch(options.morpheusEpoch)
                                        .withZone(options.morpheusZone),
                                organizations.organizations(),
                                credentials),
                        console);
            }
            return reports.tookAll() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Path inputFolder() throws IOException {
        Path folder = options.input.get();
        if (!Files.isDirectory(folder)) {
            throw new UncheckedIOException(new IOException("--input must be a folder, but " + folder + " is none"));
        }
        return folder;
    }

    private void serve(Systems systems, Console console) throws Exception {
        try (ApiServer server = ApiServer.start(options.port, systems::at)) {
            console.say("Serving invoices until stopped (Ctrl+C), as each of four systems does. Try");
            console.say("");
            systems.examples(server.url()).forEach(line -> console.say("  " + line));
            console.say("");
            server.join();
        }
    }

    private AkkerisOptions akkeris() {
        return options.profile.equals("akkeris")
                ? AkkerisOptions.of(FactFiles.MAIN)
                : AkkerisOptions.upstream(FactFiles.MAIN);
    }

    private Profile morpheus() {
        return Morpheus.profile().on(BillingCalendar.monthly(options.morpheusZone));
    }

    private Systems.Credentials credentials() {
        String key = options.atlasKey.orElseGet(() -> newToken().substring(0, 8) + ":" + newToken());
        int colon = key.indexOf(':');
        if (colon < 1 || colon == key.length() - 1) {
            throw new ParameterException(
                    spec.commandLine(), "--atlas-key must be PUBLIC:PRIVATE, but was '" + key + "'");
        }
        return new Systems.Credentials(
                options.token.orElseGet(Quickstart::newToken), key.substring(0, colon), key.substring(colon + 1));
    }

    private Profile profile() {
        return switch (options.profile) {
            case "akkeris" -> Akkeris.profile();
            case "akkeris-upstream" -> Akkeris.upstream();
            default ->
                throw new ParameterException(
                        spec.commandLine(),
                        "--profile must be akkeris or akkeris-upstream, but was '" + options.profile + "'");
        };
    }

    private Clock clock() {
        return options.now
                .or(() -> options.input.isEmpty() ? Optional.of(SAMPLE_NOW) : Optional.empty())
                .map(now -> Clock.fixed(now, ZoneOffset.UTC))
                .orElse(Clock.systemUTC());
    }

    private static String newToken() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
