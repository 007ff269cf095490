package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;

/**
 * Which documents bill an account's month, whoever asks. An account may have been on that of another payer, or in another time zone, than
 * it is by now, and is not to be billed twice for that.
 */
record MonthsBilled(Ports ports, TenantId tenant) {

    MonthsBilled {
        requireNonNull(ports, "ports");
        requireNonNull(tenant, "tenant");
    }

    static MonthsBilled in(Planning planning) {
        return new MonthsBilled(planning.ports(), planning.access().tenant());
    }

    /** The documents beside this one that bill an account's month: its own, and those that it is a member of. */
    Seq<Stored> beside(InvoiceId document, AccountId account, Period month) {
        return found(month, new InvoiceCondition.OfAccount(HashSet.of(account)))
                .appendAll(mayHaveMoved(account) ? found(month, MonthDraft.names(account)) : Array.empty())
                .reject(stored -> stored.invoice().head().id().equals(document));
    }

    private Seq<Stored> found(Period month, InvoiceCondition condition) {
        InvoiceQuery query = InvoiceQuery.of(
                condition,
                new InvoiceCondition.Overlapping(middle(month)),
                new InvoiceCondition.WithStatus(
                        HashSet.of(InvoiceStatus.values()).remove(InvoiceStatus.VOID)));
        return ports.invoices()
                .search(Access.toAll(tenant), query, PageRequest.first(PageRequest.MAX_SIZE))
                .rows()
                .filter(stored -> isMonth(stored.invoice().head()));
    }

    /** What two documents of one month share in all time zones; at its ends, a month overlaps the next one of other zones too. */
    private static Period middle(Period month) {
        var middle = month.start().plusMillis(month.millis() / 2);
        return Period.of(middle, middle.plusMillis(1));
    }

    static boolean isMonth(Head head) {
        return head.period().exists(month -> head.id().equals(MonthDocument.id(head.account(), month)));
    }

    /** Who pays for an account changes only with somebody's details. */
    private boolean mayHaveMoved(AccountId account) {
        return new Payers(ports.accounts(), tenant)
                .chain(account)
                .flatMap(one -> ports.accounts().details(Access.toAll(tenant), one))
                .map(AccountDetails::version)
                .exists(version -> version > 1);
    }
}
