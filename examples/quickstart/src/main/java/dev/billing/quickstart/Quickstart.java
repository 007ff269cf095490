package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.http.akkeris.AkkerisOptions;
import dev.billing.port.StorageException;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.FactFiles;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
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

/** Reads files, bills the months in them, prints what they come to, and serves them as Akkeris does. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        version = "billing quickstart",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Bills the months in some input files on an embedded database, prints a table and serves the Akkeris API on 127.0.0.1 "
                    + "until it is stopped.",
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
        try (Database database = Database.in(options.data)) {
            Billing main = Billing.on(database.ports()).with(profile).with(clock);
            Billing others = main.with(Standard.profile());
            Console console =
                    new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
            Intake intake = new Intake(TENANT, main, others, console, options.strictness.lenient);
            options.input.ifPresentOrElse(intake::folder, intake::sample);
            options.focus.ifPresent(file -> intake.focus(file, clock.instant()));
            new MonthTable(TENANT, main, others, console).print(intake.accounts());
            new CostTable(TENANT, main, console).print();
            console.say("The database is " + database.url());
            if (!options.once) {
                serve(main, console);
            }
            return intake.tookAll() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void serve(Billing main, Console console) throws Exception {
        String token = options.token.orElseGet(Quickstart::newToken);
        AkkerisOptions wire = options.profile.equals("akkeris")
                ? AkkerisOptions.of(FactFiles.MAIN)
                : AkkerisOptions.upstream(FactFiles.MAIN);
        try (ApiServer server = ApiServer.start(options.port, main, wire, token)) {
            console.say("Serving Akkeris invoices until stopped (Ctrl+C). Try");
            console.say("");
            console.say("  curl -H 'Authorization: Bearer " + token + "' " + server.url() + "/account/invoices/"
                    + main.profile().calendar().monthAt(clock().instant()) + "-01");
            console.say("");
            server.join();
        }
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
