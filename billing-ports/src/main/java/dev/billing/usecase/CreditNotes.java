package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
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
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * Tells what credit notes have left of documents. A credit note is a document of its own, with the lines that it gives back as negative
 * amounts and, where units are given back, negative quantities. Each has the id of the line that it credits, and the head says of which
 * document. It has no period, so that no month is taken to be billed twice.
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
        Map<LineId, CreditableLine.Part> given = lines(access, of(invoice.head().id()))
                .foldLeft(
                        LinkedHashMap.empty(),
                        (parts, line) -> parts.put(line.id(), part(line), CreditableLine.Part::plus));
        return charged.zip(taxes(invoice, charged))
                .map(line -> CreditableLine.of(line._1, line._2))
                .map(line -> given.get(line.id()).map(line::minus).getOrElse(line));
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
