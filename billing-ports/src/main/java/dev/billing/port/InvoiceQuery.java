package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.period.Period;
import io.vavr.control.Option;

/** Which documents are meant, as data: those that meet every condition that is given. */
public record InvoiceQuery(
        Option<InvoiceId> id, Option<AccountId> account, Option<Form> form, Option<Period> overlapping) {

    /** All documents. */
    public static final InvoiceQuery ALL = new InvoiceQuery(Option.none(), Option.none(), Option.none(), Option.none());

    /** The stored forms of a document. */
    public enum Form {
        RUNNING,
        ISSUED
    }

    public InvoiceQuery {
        requireNonNull(id, "id");
        requireNonNull(account, "account");
        requireNonNull(form, "form");
        requireNonNull(overlapping, "overlapping");
    }

    public static InvoiceQuery byId(InvoiceId id) {
        return new InvoiceQuery(Option.some(id), Option.none(), Option.none(), Option.none());
    }

    public InvoiceQuery of(AccountId onlyAccount) {
        return new InvoiceQuery(id, Option.some(onlyAccount), form, overlapping);
    }

    public InvoiceQuery in(Form onlyForm) {
        return new InvoiceQuery(id, account, Option.some(onlyForm), overlapping);
    }

    /** Those whose period shares time with this one; a document without a period does not. */
    public InvoiceQuery overlapping(Period period) {
        return new InvoiceQuery(id, account, form, Option.some(period));
    }
}
