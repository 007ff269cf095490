package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import dev.billing.domain.tax.CreditableLine.Part;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * The lines that correct a final month, on documents that nobody dropped, whoever they are billed to: they are on later months and on
 * documents of their own, and each names the line that it corrects.
 */
record Corrections(Seq<Corrections.Line> lines) {

    /** The attribute of a document of its own that names the document it corrects. */
    static final String CORRECTS = "corrects";

    private static final String INVOICE = "invoice";
    private static final String LINE = "line";

    Corrections {
        requireNonNull(lines, "lines");
    }

    /**
     * A line that corrects one of a month.
     *
     * @param corrects the line that it corrects
     * @param given what credit notes gave back of it
     */
    record Line(Stored document, LineItem line, LineId corrects, Part given) {

        /** What it charged; less is negative. */
        Part charged() {
            return CreditNotes.charged(line);
        }

        /** What is in force of it. */
        Part inForce() {
            return charged().plus(CreditNotes.negated(given));
        }

        /** Whether it is on a credit note, which is never credited itself: it is credited together with the month. */
        boolean isOnNote() {
            return CreditNotes.credited(head()).isDefined();
        }

        boolean isFinal() {
            return document.invoice() instanceof Invoice.Issued;
        }

        /** Whether its document was taken back, and it with that as far as it was given back. */
        boolean isTakenBack() {
            return document.standing().status() == InvoiceStatus.VOID;
        }

        Head head() {
            return document.invoice().head();
        }
    }

    /** Where a line comes from that corrects one of a month. */
    static Origin origin(InvoiceId month, LateChange change) {
        return new Origin.Provided(
                reference(month),
                LinkedHashMap.of(
                        INVOICE,
                        month.value(),
                        LINE,
                        change.line().value(),
                        "before",
                        change.before().net().toString(),
                        "after",
                        change.after().net().toString()),
                Option.none());
    }

    /** The line that a line corrects; none if it is no correction. */
    static Option<CreditNotes.Credited> corrected(LineItem line) {
        return month(line)
                .map(month -> new CreditNotes.Credited(
                        month, new LineId(text(line, LINE).get())));
    }

    /** The month of which a line corrects one; none if it is no correction. */
    static Option<InvoiceId> month(LineItem line) {
        return text(line, LINE).flatMap(corrected -> text(line, INVOICE)).map(InvoiceId::new);
    }

    /** What a correction tells of itself; nobody else's line does, whatever it is called. */
    private static Option<String> text(LineItem line, String name) {
        return line.origin() instanceof Origin.Provided provided
                        && provided.text()
                                .get(INVOICE)
                                .exists(month -> provided.externalId().equals(reference(new InvoiceId(month))))
                ? provided.text().get(name)
                : Option.none();
    }

    private static String reference(InvoiceId month) {
        return "corrects/" + month;
    }

    /** Those of a month; there are none of a document without a period. */
    static Corrections of(InvoiceStore store, Access access, Head month) {
        Access all = Access.toAll(access.tenant());
        Seq<StoredLine> found = month.period()
                .toArray()
                .map(Period::start)
                .flatMap(start -> Array.of(
                        new InvoiceCondition.StartsFrom(start),
                        new InvoiceCondition.WithAttribute(
                                CORRECTS, HashSet.of(Attribute.of(month.id().value())))))
                .flatMap(on -> search(store, all, query(month.id(), on)))
                .filter(line -> month(line.line()).isDefined())
                .reject(Corrections::isDropped);
        Map<CreditNotes.Credited, Part> given = new CreditNotes(store)
                .given(all, found.map(line -> credited(month, line).document()).toSet());
        return new Corrections(found.map(line -> new Line(
                line.document(),
                line.line(),
                new LineId(text(line.line(), LINE).get()),
                given.getOrElse(
                        credited(month, line),
                        CreditNotes.nothing(line.line().net().get().currency())))));
    }

    /**
     * A plan that changes how a document stands, if only by another version: of two that were planned from the same corrections and credit
     * notes of a document, one is planned again.
     */
    static Plan noted(Plan plan, Standing known, Instant at) {
        boolean stands = plan.writes()
                .exists(write ->
                        write instanceof Write.Stand stand && stand.invoice().equals(known.invoice()));
        return stands ? plan : plan.and(Plan.of(new Write.Stand(known.becoming(known.status(), at))));
    }

    private static boolean isDropped(StoredLine line) {
        return !(line.document().invoice() instanceof Invoice.Issued)
                && line.document().standing().status() == InvoiceStatus.VOID;
    }

    private static CreditNotes.Credited credited(Head month, StoredLine line) {
        Head on = line.document().invoice().head();
        return new CreditNotes.Credited(
                CreditNotes.credited(on).isDefined() ? month.id() : on.id(),
                line.line().id());
    }

    private static LineItemQuery query(InvoiceId month, InvoiceCondition on) {
        return new LineItemQuery(
                InvoiceQuery.of(on), Selection.of(new Selection.WithExternalId(HashSet.of(reference(month)))));
    }

    private static Seq<StoredLine> search(InvoiceStore store, Access access, LineItemQuery query) {
        Seq<StoredLine> found = Vector.empty();
        Page<StoredLine> page;
        do {
            page = store.searchLines(
                    access, query, LineItemOrder.of(), new PageRequest(found.size(), PageRequest.MAX_SIZE));
            found = found.appendAll(page.rows());
        } while (page.rows().nonEmpty() && found.size() < page.total());
        return found;
    }
}
