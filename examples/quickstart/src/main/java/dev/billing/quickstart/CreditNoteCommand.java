package dev.billing.quickstart;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.CreditCommand.Part;
import io.vavr.collection.Array;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Issues a credit note. */
@Command(
        name = "credit",
        mixinStandardHelpOptions = true,
        description = "Gives back a part of a final document, or all that is left of it, by a credit note.")
final class CreditNoteCommand implements Callable<Integer> {

    @Mixin
    private LifeOptions life = new LifeOptions();

    @Mixin
    private LifeOptions.Doing doing = new LifeOptions.Doing();

    @Parameters(paramLabel = "DOCUMENT", description = "The id of the document.")
    private String document = "";

    @Option(names = "--note", paramLabel = "ID", required = true, description = "The id of the credit note.")
    private String note = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
    private String reason = "";

    @ArgGroup
    private What what = new What();

    /** What is given back; all of it unless something is said. */
    static final class What {

        @Option(names = "--line", paramLabel = "ID", description = "One line.")
        private Optional<String> line = Optional.empty();

        @Option(
                names = "--amount",
                paramLabel = "MONEY",
                description = "A net amount, such as \"USD 12.50\", spread over the lines.")
        private Optional<String> amount = Optional.empty();

        Optional<Part> part() {
            return line.<Part>map(id -> new Part.Line(new LineId(id)))
                    .or(() -> amount.map(text -> new Part.Amount(Money.parse(text))));
        }
    }

    @Override
    public Integer call() {
        return life.run(session -> {
            InvoiceId id = new InvoiceId(document);
            return session.run(session.of(id), doing, command(id, new InvoiceId(note)));
        });
    }

    private CreditCommand command(InvoiceId id, InvoiceId noteId) {
        return what.part()
                .<CreditCommand>map(part -> new CreditCommand.Credit(id, noteId, Array.of(part), reason))
                .orElse(new CreditCommand.Void(id, noteId, reason));
    }
}
