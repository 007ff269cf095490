package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.money.Money;
import dev.billing.port.Event;
import dev.billing.port.Write;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.BiFunction;

/**
 * Plans how a document becomes final whose figures and status are known: it is numbered, and what is due is charged on its account, or on
 * that of whoever pays for it. Credit that is free there pays what is open, the oldest first. No account that is parked gets one.
 *
 * @param standing how the document stands when it is final; a status under which nothing is owed here charges nothing
 */
record Issuing(Planning planning, Invoice.Preview document, Standing standing) {

    Issuing {
        requireNonNull(planning, "planning");
        requireNonNull(document, "document");
        requireNonNull(standing, "standing");
    }

    /**
     * All of it.
     *
     * @param write stores the document, which names by then who pays it, with a number of the series
     */
    Either<BillingError, Plan> plan(BiFunction<Invoice.Preview, Option<Series>, Write> write) {
        return planning.billable(document.head().account())
                .flatMap(this::debtor)
                .flatMap(debtor -> plan(write, debtor));
    }

    private Either<BillingError, Plan> plan(BiFunction<Invoice.Preview, Option<Series>, Write> write, Account debtor) {
        Head head = Debtor.named(document.head(), debtor.id());
        Invoice.Preview named = new Invoice.Preview(head, document.figures(), document.asOf());
        return Numbering.series(planning.profile().invoicing().numbers(), head, planning.now())
                .map(series ->
                        Plan.of(write.apply(named, series), finalised(head)).and(charged(named, debtor)));
    }

    /** Whether together or apart makes no difference to one document. */
    private Either<BillingError, Account> debtor(Account account) {
        return planning.details(account.id())
                .flatMap(AccountDetails::payer)
                .map(AccountDetails.Payer::account)
                .map(planning::billable)
                .getOrElse(() -> Either.right(account));
    }

    private Event finalised(Head head) {
        return Charging.told(planning.now(), head, due(), standing.status());
    }

    private Plan charged(Invoice.Preview named, Account debtor) {
        Money owed = standing.status() == InvoiceStatus.INVOICED ? Money.zero(due().currency()) : due();
        return Settling.of(planning, debtor)
                .issue(named, standing, owed)
                .useCredit()
                .plan();
    }

    private Money due() {
        return planning.profile()
                .invoicing()
                .due(document.figures())
                .getOrElse(() -> Money.zero(document.head().currency()));
    }
}
