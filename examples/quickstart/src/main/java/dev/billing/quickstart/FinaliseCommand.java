package dev.billing.quickstart;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.usecase.DraftCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a draft final. */
@Command(
        name = "finalise",
        mixinStandardHelpOptions = true,
        description = "Makes a draft final: it is sealed, gets its number and is owed from then on.")
final class FinaliseCommand implements Callable<Integer> {

    @Mixin
    private LifeOptions life = new LifeOptions();

    @Mixin
    private LifeOptions.Doing doing = new LifeOptions.Doing();

    @Parameters(paramLabel = "DOCUMENT", description = "The id of the draft, as 'bill' prints it.")
    private String document = "";

    @Override
    public Integer call() {
        return life.run(session -> {
            InvoiceId id = new InvoiceId(document);
            return session.run(session.of(id), doing, new DraftCommand.Finalise(id));
        });
    }
}
