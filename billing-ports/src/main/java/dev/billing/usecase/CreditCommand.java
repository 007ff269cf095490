package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import io.vavr.collection.Seq;
import java.math.BigDecimal;

/** Asks for a credit note of a final document. */
public sealed interface CreditCommand extends Command {

    /** The document to be credited. */
    InvoiceId invoice();

    /** The id of the credit note. */
    InvoiceId note();

    /**
     * Gives back parts of a document. When nothing is left of it, it is void, where the life cycle of its profile allows that.
     *
     * @param parts one after the other, each of what those before have left
     */
    record Credit(InvoiceId invoice, InvoiceId note, Seq<Part> parts, String reason) implements CreditCommand {
        /** Checks the reason. */
        public Credit {
            requireNonNull(invoice, "invoice");
            requireNonNull(note, "note");
            requireNonNull(parts, "parts");
            Checks.requireLines(reason, "Reason");
        }
    }

    /**
     * Takes back all that is left of a document, which is void then, where the life cycle of its profile allows that. Of what is void
     * already something may be left again, once what lowered it was taken back itself.
     */
    @SuppressWarnings("JavaLangClash")
    record Void(InvoiceId invoice, InvoiceId note, String reason) implements CreditCommand {
        /** Checks the reason. */
        public Void {
            requireNonNull(invoice, "invoice");
            requireNonNull(note, "note");
            Checks.requireLines(reason, "Reason");
        }
    }

    /** A part of a document. */
    sealed interface Part {

        /** All that is left of a line. */
        record Line(LineId line) implements Part {
            public Line {
                requireNonNull(line, "line");
            }
        }

        /**
         * So many units of a line, with the share of its amount that they have, or with what is left of it if that is less. The last
         * units take all that is left.
         */
        record Quantity(LineId line, BigDecimal quantity) implements Part {
            public Quantity {
                requireNonNull(line, "line");
                requireNonNull(quantity, "quantity");
            }
        }

        /** A net amount of a line, and the taxes on it: negative if the line gives something back. No unit is given back. */
        record LineAmount(LineId line, Money net) implements Part {
            public LineAmount {
                requireNonNull(line, "line");
                requireNonNull(net, "net");
            }
        }

        /** A net amount of the document, spread over what is left of its lines, and the taxes on it. */
        record Amount(Money net) implements Part {
            public Amount {
                requireNonNull(net, "net");
            }
        }
    }
}
