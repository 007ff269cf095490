package dev.billing.usecase;

import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.tax.CreditableLine;
import dev.billing.domain.tax.CreditableLine.Part;
import dev.billing.port.Access;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Stored;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.HashMap;

/**
 * What is in force of the lines of months: the line itself and all that corrects it, less what credit notes gave back of each. Of no line,
 * wherever it is, and of no several of one document, more is left than what is in force of all of them together: 50.00 of a correction that another one lowered by 20.00 are
 * credited with 30.00 at most. Reads every month once.
 */
final class InForce {

    private final CreditNotes notes;
    private final InvoiceStore store;
    private final Access all;
    private final java.util.Map<InvoiceId, Corrections> corrections = new HashMap<>();
    private final java.util.Map<InvoiceId, Option<Month>> months = new HashMap<>();
    private final java.util.Map<CreditNotes.Credited, Part> before = new HashMap<>();

    InForce(CreditNotes notes, InvoiceStore store, Access all) {
        this.notes = notes;
        this.store = store;
        this.all = all;
    }

    /** A final month that is corrected. */
    private record Month(Stored document, Map<LineId, Part> rest) {

        boolean isVoid() {
            return document.standing().status() == InvoiceStatus.VOID;
        }

        /** What is left of a line itself; nothing of what it gives, such as a discount. */
        Part rest(LineId line, Part nothing) {
            return rest.get(line).filter(part -> part.total().isPositive()).getOrElse(nothing);
        }
    }

    /**
     * What is left of a line.
     *
     * @param on the document that has it
     * @param line with what credit notes have left of it
     */
    CreditableLine left(Head on, CreditableLine line) {
        CreditNotes.Credited corrected =
                Corrections.corrected(line.line()).getOrElse(() -> new CreditNotes.Credited(on.id(), line.id()));
        CreditableLine left = Corrections.month(line.line())
                .map(month -> leftOfCorrection(month, new CreditNotes.Credited(on.id(), line.id()), line))
                .getOrElse(() -> leftOfMonth(on, line));
        if (left.rest().total().isPositive()) {
            before.merge(corrected, left.rest(), Part::plus);
        }
        return left;
    }

    /** What lines of the same document that came before have left of what is in force. */
    private Part before(CreditNotes.Credited corrected, Part nothing) {
        return CreditNotes.negated(before.getOrDefault(corrected, nothing));
    }

    /** What a draft charges more is not charged yet, and may never be. */
    private static boolean counts(Corrections.Line correction) {
        return correction.isFinal() || !correction.inForce().total().isPositive();
    }

    private CreditableLine leftOfMonth(Head on, CreditableLine line) {
        Part elsewhere = corrections(on)
                .lines()
                .filter(correction -> correction.corrects().equals(line.id()))
                .filter(InForce::counts)
                .map(Corrections.Line::inForce)
                .fold(before(new CreditNotes.Credited(on.id(), line.id()), nothing(line)), Part::plus);
        return less(line, elsewhere);
    }

    private CreditableLine leftOfCorrection(InvoiceId corrected, CreditNotes.Credited id, CreditableLine line) {
        return month(corrected).map(month -> leftOfCorrection(month, id, line)).getOrElse(line);
    }

    private CreditableLine leftOfCorrection(Month month, CreditNotes.Credited id, CreditableLine line) {
        if (line.rest().total().isNegative()) {
            // what lowers a month is not charged again once nothing of that is to be paid
            return month.isVoid() ? line.leaving(nothing(line)) : line;
        }
        Seq<Corrections.Line> all =
                corrections(month.document().invoice().head()).lines();
        return all.find(correction -> isAt(correction, id))
                .map(own -> all.filter(other -> other.corrects().equals(own.corrects()) && !isAt(other, id))
                        .filter(InForce::counts)
                        .map(Corrections.Line::inForce)
                        .fold(month.rest(own.corrects(), nothing(line)), Part::plus))
                .map(elsewhere -> less(
                        line,
                        elsewhere.plus(before(Corrections.corrected(line.line()).get(), nothing(line)))))
                .getOrElse(line);
    }

    private static boolean isAt(Corrections.Line correction, CreditNotes.Credited id) {
        return correction.head().id().equals(id.document())
                && correction.line().id().equals(id.line());
    }

    /** What is left of lines that charge more on credit notes of a month. */
    Seq<CreditableLine> onNotes(Head month) {
        return corrections(month)
                .lines()
                .filter(correction -> correction.isFinal() && correction.isOnNote())
                .filter(correction -> correction.charged().total().isPositive())
                .map(correction -> left(
                        correction.head(),
                        CreditableLine.of(
                                        correction.line(), correction.charged().tax())
                                .minus(correction.given())));
    }

    private Corrections corrections(Head month) {
        return corrections.computeIfAbsent(month.id(), id -> Corrections.of(store, all, month));
    }

    private Option<Month> month(InvoiceId id) {
        return months.computeIfAbsent(
                id,
                any -> store.find(all, id)
                        .filter(stored -> stored.invoice() instanceof Invoice.Issued)
                        .map(stored -> new Month(
                                stored,
                                notes.rest(all, stored.invoice()).toMap(CreditableLine::id, CreditableLine::rest))));
    }

    private static Part nothing(CreditableLine line) {
        return CreditNotes.nothing(line.net().currency());
    }

    /** What goes the other way elsewhere is not left, in total: what has no counterpart in one amount is taken from the other. */
    private static CreditableLine less(CreditableLine line, Part elsewhere) {
        Part rest = line.rest();
        if (rest.total().isNegative()) {
            return elsewhere.total().isPositive()
                    ? line.leaving(CreditNotes.negated(positive(CreditNotes.negated(rest.plus(elsewhere)))))
                    : line;
        }
        return elsewhere.total().isNegative() ? line.leaving(positive(rest.plus(elsewhere))) : line;
    }

    private static Part positive(Part part) {
        Money total = part.total().notBelowZero();
        Money tax = part.tax().notBelowZero().atMost(total);
        return new Part(part.quantity().max(BigDecimal.ZERO), total.minus(tax), tax);
    }
}
