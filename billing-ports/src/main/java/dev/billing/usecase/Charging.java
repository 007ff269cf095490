package dev.billing.usecase;

import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.money.Money;
import dev.billing.port.Event;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * What a document from outside that is final means for its account. Its id is new, so that what is entered follows whatever else the
 * account has: it is recorded as it is, on parked accounts too, and uses no credit.
 *
 * @param status where the document stands from then on
 * @param due what is to be paid on it; none if nothing ever is
 */
record Charging(Head head, Instant at, InvoiceStatus status, Option<Money> due) {

    private static final Set<InvoiceStatus> SETTLED_HERE = HashSet.of(
            InvoiceStatus.CLOSED,
            InvoiceStatus.PARTLY_PAID,
            InvoiceStatus.PAID,
            InvoiceStatus.FAILED,
            InvoiceStatus.FORGIVEN,
            InvoiceStatus.WRITTEN_OFF);

    /** What is owed; what is void is not, and what was billed with a subscription is owed there. */
    Seq<Movement> owed() {
        InvoiceId id = head.id();
        return due.filter(amount -> SETTLED_HERE.contains(status))
                .toArray()
                .flatMap(amount -> amount.isPositive()
                        ? Option.<Movement>some(new Movement.Charged(id, amount))
                        : Option.when(
                                amount.isNegative(),
                                () -> new Movement.Received(Source.document(id), amount.negated())));
    }

    /** The document, and what happened on its account. */
    Seq<Write> with(Write document, Seq<Movement> movements) {
        return movements.isEmpty()
                ? Array.of(document)
                : Array.of(document, new Write.Enter(head.account(), Option.none(), at, movements));
    }

    /** That the document is final. */
    Event told() {
        return told(at, head, due.getOrElse(() -> Money.zero(head.currency())), status);
    }

    /** That a document is final. */
    static Event told(Instant at, Head head, Money due, InvoiceStatus status) {
        return Event.of("invoice.finalised", head.account(), head.id().value(), at)
                .with("amount", due.amount().toPlainString())
                .with("currency", head.currency())
                .with("status", status);
    }
}
