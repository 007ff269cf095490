package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Allocation;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.tax.CreditableLine;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.StoredLine;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * Tells what credit notes have left of documents. A credit note is a document of its own, with the lines that it gives back as negative
 * amounts and, where units are given back, negative quantities. Each has the id of the line that it credits, and the head says of which
 * document. It has no period, so that no month is taken to be billed twice. What a correction of a month gave back, wherever it is, is
 * not left of it either.
 */
public final class CreditNotes {

    /** The attribute of a credit note that names the document it credits. */
    public static final String CREDITED = "credited document";

    /** The attribute of a credit note that says why. */
    public static final String REASON = "reason";

    private final InvoiceStore store;

    public CreditNotes(InvoiceStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** The credit notes of a document; as a query, because there may be many. */
    public static InvoiceQuery of(InvoiceId invoice) {
        return InvoiceQuery.of(new InvoiceCondition.WithAttribute(CREDITED, HashSet.of(Attribute.of(invoice.value()))))
                .in(InvoiceQuery.Form.ISSUED);
    }

    /** The document that a credit note credits; none for other documents. */
    public static Option<InvoiceId> credited(Head head) {
        return head.attributes()
                .get(CREDITED)
                .flatMap(name ->
                        name instanceof Attribute.Text text ? Option.some(new InvoiceId(text.value())) : Option.none());
    }

    /**
     * What is left of each line of a final document, in their order. Lines that charge nothing are left out.
     *
     * @return nothing if there is no such document within the access
     */
    public Option<Seq<CreditableLine>> left(Access access, InvoiceId invoice) {
        return store.find(access, invoice)
                .map(stored -> stored.invoice())
                .filter(Invoice.Issued.class::isInstance)
                .map(issued -> left(access, issued));
    }

    Seq<CreditableLine> left(Access access, Invoice invoice) {
        Seq<LineItem> charged = lines(access, InvoiceQuery.byId(invoice.head().id()))
                .filter(line -> line.net().isDefined());
        Map<LineId, CreditableLine.Part> given = given(access, invoice.head().id());
        Map<LineId, CreditableLine.Part> corrected = corrected(access, invoice.head());
        return charged.zip(taxes(invoice, charged))
                .map(line -> CreditableLine.of(line._1, line._2))
                .map(line -> given.get(line.id()).map(line::minus).getOrElse(line))
                .map(line -> corrected
                        .get(line.id())
                        .map(part -> line.minus(atMost(part, line.rest())))
                        .getOrElse(line));
    }

    /** What credit notes gave back of each line of a document; corrections, which are found like them, are none of them. */
    Map<LineId, CreditableLine.Part> given(Access access, InvoiceId invoice) {
        return lines(access, of(invoice))
                .reject(line ->
                        provided(line).exists(origin -> origin.externalId().equals(correcting(invoice))))
                .foldLeft(
                        LinkedHashMap.empty(),
                        (parts, line) -> parts.put(line.id(), part(line), CreditableLine.Part::plus));
    }

    /** What corrections gave back of each line of a document, wherever they are; what they charge more is on their documents. */
    private Map<LineId, CreditableLine.Part> corrected(Access access, Head head) {
        return corrections(access, head)
                .map(StoredLine::line)
                .foldLeft(
                        LinkedHashMap.empty(),
                        (parts, line) ->
                                parts.put(corrected(line).get(), notBelowZero(part(line)), CreditableLine.Part::plus));
    }

    /**
     * A document on which a correction of a final one is that would be lost if that were void: one that is still to become final, or that
     * charges more and was not taken back.
     */
    Option<InvoiceId> correctedBy(Access access, Head head) {
        Access all = Access.toAll(access.tenant());
        return corrections(access, head)
                .find(found -> isLive(all, found))
                .map(found -> found.document().invoice().head().id());
    }

    private boolean isLive(Access access, StoredLine correction) {
        Invoice on = correction.document().invoice();
        return !(on instanceof Invoice.Issued)
                || (part(correction.line()).total().isNegative()
                        && left(access, on)
                                .exists(line ->
                                        line.id().equals(correction.line().id()) && !line.isUsedUp()));
    }

    /**
     * The lines that correct a month, on later ones and on documents of their own, that nobody dropped or took back in full. Whoever asks,
     * as they may be billed to another account.
     */
    private Seq<StoredLine> corrections(Access access, Head head) {
        return head.period()
                .toArray()
                .map(Period::start)
                .flatMap(start -> Array.of(
                        new InvoiceCondition.StartsFrom(start),
                        new InvoiceCondition.WithAttribute(
                                CorrectionPlanner.CORRECTS,
                                HashSet.of(Attribute.of(head.id().value())))))
                .flatMap(on -> corrections(Access.toAll(access.tenant()), head.id(), on))
                .filter(found -> corrected(found.line()).isDefined());
    }

    private Seq<StoredLine> corrections(Access all, InvoiceId invoice, InvoiceCondition on) {
        InvoiceQuery documents = InvoiceQuery.of(
                new InvoiceCondition.WithStatus(
                        HashSet.of(InvoiceStatus.values()).remove(InvoiceStatus.VOID)),
                on);
        LineItemQuery query = new LineItemQuery(
                documents, Selection.of(new Selection.WithExternalId(HashSet.of(correcting(invoice)))));
        Seq<StoredLine> found = Vector.empty();
        Page<StoredLine> page;
        do {
            page = store.searchLines(
                    all, query, LineItemOrder.of(), new PageRequest(found.size(), PageRequest.MAX_SIZE));
            found = found.appendAll(page.rows());
        } while (page.rows().nonEmpty() && found.size() < page.total());
        return found;
    }

    /** Under what external id the corrections of a document are found. */
    private static String correcting(InvoiceId invoice) {
        return "corrects/" + invoice;
    }

    /** The line that a correction corrects. */
    private static Option<LineId> corrected(LineItem line) {
        return provided(line)
                .flatMap(origin -> origin.text().get(ClosedMonth.LINE))
                .map(LineId::new);
    }

    private static Option<Origin.Provided> provided(LineItem line) {
        return line.origin() instanceof Origin.Provided provided ? Option.some(provided) : Option.none();
    }

    private static CreditableLine.Part notBelowZero(CreditableLine.Part part) {
        return new CreditableLine.Part(
                part.quantity().max(BigDecimal.ZERO),
                part.net().notBelowZero(),
                part.tax().notBelowZero());
    }

    private static CreditableLine.Part atMost(CreditableLine.Part part, CreditableLine.Part left) {
        CreditableLine.Part most = notBelowZero(left);
        return new CreditableLine.Part(
                part.quantity().min(most.quantity()),
                part.net().atMost(most.net()),
                part.tax().atMost(most.tax()));
    }

    private Seq<LineItem> lines(Access access, InvoiceQuery documents) {
        return store.lines(access, LineItemQuery.of(documents), lines -> Array.ofAll(() -> lines));
    }

    private static CreditableLine.Part part(LineItem line) {
        Money net = line.net().get().negated();
        Money tax = line.tax().map(Money::negated).getOrElse(() -> Money.zero(net.currency()));
        return new CreditableLine.Part(line.quantity().negate(), net, tax);
    }

    /** The taxes of lines; what only the document as a whole tells of is spread over what it charges. */
    private static Seq<Money> taxes(Invoice invoice, Seq<LineItem> lines) {
        Money none = Money.zero(invoice.head().currency());
        Seq<Money> own = lines.map(line -> line.tax().getOrElse(none));
        Money rest = own.foldLeft(
                invoice.figures().find(Settlement.TAX).map(Figure::amount).getOrElse(none), Money::minus);
        Seq<BigDecimal> charges =
                lines.map(line -> line.net().get().notBelowZero().amount());
        boolean spread = !rest.isZero() && charges.exists(charge -> charge.signum() > 0);
        return spread ? own.zip(Allocation.split(rest, charges)).map(tax -> tax._1.plus(tax._2)) : own;
    }
}
