package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Allocation;
import dev.billing.domain.money.Money;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.tax.CreditableLine;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * Tells what credit notes have left of documents. A credit note is a document of its own, with the lines that it gives back as negative
 * amounts and, where units are given back, negative quantities. Each has the id of the line that it credits, and the head says of which
 * document. It has no period, so that no month is taken to be billed twice. What a correction gave back, wherever it is, is not left of
 * what it lowers either.
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
        Access all = Access.toAll(access.tenant());
        InForce inForce = new InForce(this, store, all);
        Seq<CreditableLine> own = rest(all, invoice).map(line -> inForce.left(invoice.head(), line));
        return own.appendAll(inForce.onNotes(invoice.head()));
    }

    /** What credit notes have left of each line, without regard to what corrected it. */
    Seq<CreditableLine> rest(Access access, Invoice invoice) {
        InvoiceId id = invoice.head().id();
        Seq<LineItem> charged = lines(access, LineItemQuery.of(InvoiceQuery.byId(id)))
                .filter(line -> line.net().isDefined());
        Map<Credited, CreditableLine.Part> given = given(access, HashSet.of(id));
        return charged.zip(taxes(invoice, charged))
                .map(line -> CreditableLine.of(line._1, line._2))
                .map(line ->
                        given.get(new Credited(id, line.id())).map(line::minus).getOrElse(line));
    }

    /** A line of a document that was credited. */
    record Credited(InvoiceId document, LineId line) {}

    /** Where a line comes from that gives back one of a document. */
    static Origin origin(InvoiceId invoice) {
        return new Origin.Provided(reference(invoice), HashMap.of(CREDITED, invoice.value()), Option.none());
    }

    private static String reference(InvoiceId invoice) {
        return "credits/" + invoice;
    }

    /** What credit notes gave back of the lines of documents; corrections on notes of their own are none of it. */
    Map<Credited, CreditableLine.Part> given(Access access, Set<InvoiceId> invoices) {
        if (invoices.isEmpty()) {
            return LinkedHashMap.empty();
        }
        InvoiceQuery notes = InvoiceQuery.of(new InvoiceCondition.WithAttribute(
                        CREDITED, invoices.map(invoice -> Attribute.of(invoice.value()))))
                .in(InvoiceQuery.Form.ISSUED);
        Selection giving = Selection.of(new Selection.WithExternalId(invoices.map(CreditNotes::reference)));
        return lines(access, new LineItemQuery(notes, giving))
                .foldLeft(
                        LinkedHashMap.empty(),
                        (parts, line) -> parts.put(credited(line), negated(charged(line)), CreditableLine.Part::plus));
    }

    private static Credited credited(LineItem line) {
        Origin.Provided origin = (Origin.Provided) line.origin();
        return new Credited(new InvoiceId(origin.text().get(CREDITED).get()), line.id());
    }

    /**
     * A document on which a correction of a final one is that would be lost if that were void: one that is still to become final, or that
     * charges more and was not taken back. What is on a credit note is taken back together with the corrected document.
     */
    Option<InvoiceId> correctedBy(Access access, Head head) {
        Access all = Access.toAll(access.tenant());
        return Corrections.of(store, all, head)
                .lines()
                .find(line -> isLive(all, line))
                .map(line -> line.head().id());
    }

    private boolean isLive(Access access, Corrections.Line correction) {
        return !correction.isFinal()
                || (correction.charged().total().isPositive()
                        && !correction.isOnNote()
                        && left(access, correction.document().invoice())
                                .exists(line ->
                                        line.id().equals(correction.line().id()) && !line.isUsedUp()));
    }

    static CreditableLine.Part charged(LineItem line) {
        Money net = line.net().get();
        return new CreditableLine.Part(line.quantity(), net, line.tax().getOrElse(() -> Money.zero(net.currency())));
    }

    static CreditableLine.Part nothing(CurrencyUnit currency) {
        return new CreditableLine.Part(BigDecimal.ZERO, Money.zero(currency), Money.zero(currency));
    }

    static CreditableLine.Part negated(CreditableLine.Part part) {
        return new CreditableLine.Part(
                part.quantity().negate(), part.net().negated(), part.tax().negated());
    }

    private Seq<LineItem> lines(Access access, LineItemQuery query) {
        return store.lines(access, query, lines -> Array.ofAll(() -> lines));
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
