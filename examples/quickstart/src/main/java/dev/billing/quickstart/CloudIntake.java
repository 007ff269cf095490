package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.CloudsFile;
import dev.billing.quickstart.input.Problem;
import dev.billing.quickstart.input.Source;
import dev.billing.usecase.CloudRun;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;

/** Takes in runs over clouds. */
final class CloudIntake {

    private static final String FILE = "clouds.json";

    private final TenantId tenant;
    private final Billing billing;
    private final FileReports reports;

    /**
     * Takes in files.
     *
     * @param billing under the profile of Morpheus
     */
    CloudIntake(TenantId tenant, Billing billing, FileReports reports) {
        this.tenant = tenant;
        this.billing = billing;
        this.reports = reports;
    }

    void sample() {
        reports.take(Source.bundled(FILE), this::runs);
    }

    void folder(Path folder) {
        reports.takeIfThere(folder, FILE, this::runs);
    }

    private void runs(Source source) throws IOException {
        FileReports.Problems problems = reports.problems();
        Seq<CloudRun> runs = CloudsFile.read(source).peekLeft(problems).getOrElse(Array.empty());
        runs.forEach(run -> at(run).meterCloud()
                .run(tenant, run)
                .peekLeft(why -> problems.accept(new Problem(source.name(), 1, "run " + run.id(), why.message(), ""))));
        reports.report(source, problems, runs.size(), "runs over clouds");
    }

    /** A run is taken to happen right after the last hour that it meters. */
    private Billing at(CloudRun run) {
        return billing.with(Clock.fixed(run.meteredTo().plusSeconds(1), ZoneOffset.UTC));
    }
}
