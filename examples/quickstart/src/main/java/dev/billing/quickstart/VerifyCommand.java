package dev.billing.quickstart;

import dev.billing.usecase.Verification;
import dev.billing.usecase.VerifyTenant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks that everything that is final is as it was. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks all seals, figures, number series and accounts, and lists what does not hold.")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private LifeOptions life = new LifeOptions();

    @Override
    public Integer call() {
        return life.run(session -> {
            Console console = session.console();
            Verification found = new VerifyTenant(session.ports(), LifeOptions.profiles()).run(Quickstart.TENANT);
            console.say(found.documents() + " final documents, " + found.lines() + " lines, " + found.accounts()
                    + " accounts.");
            found.findings().forEach(finding -> console.say(finding.message()));
            if (found.isClean()) {
                console.say("Everything holds.");
            }
            return found.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        });
    }
}
