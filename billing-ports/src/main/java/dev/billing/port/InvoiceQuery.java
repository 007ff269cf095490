package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.period.Period;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Set;

/** Which documents are meant, as data: those that meet every condition. */
public record InvoiceQuery(Set<InvoiceCondition> conditions) {

    /** All documents. */
    public static final InvoiceQuery ALL = new InvoiceQuery(LinkedHashSet.empty());

    /** The stored forms of a document. */
    public enum Form {
        RUNNING,
        ISSUED;

        /** The form in which a document is stored. */
        public static Form of(Invoice invoice) {
            return invoice instanceof Invoice.Running ? RUNNING : ISSUED;
        }
    }

    public InvoiceQuery {
        requireNonNull(conditions, "conditions");
    }

    public static InvoiceQuery of(InvoiceCondition... conditions) {
        return new InvoiceQuery(LinkedHashSet.of(conditions));
    }

    public static InvoiceQuery byId(InvoiceId id) {
        return of(new InvoiceCondition.WithId(HashSet.of(id)));
    }

    /** The documents of some profile. */
    public static InvoiceQuery ofProfile(String profile) {
        return of(new InvoiceCondition.OfProfile(HashSet.of(profile)));
    }

    public InvoiceQuery of(AccountId onlyAccount) {
        return and(new InvoiceCondition.OfAccount(HashSet.of(onlyAccount)));
    }

    public InvoiceQuery in(Form onlyForm) {
        return and(new InvoiceCondition.InForm(onlyForm));
    }

    /** Those whose period shares time with this one; a document without a period does not. */
    public InvoiceQuery overlapping(Period period) {
        return and(new InvoiceCondition.Overlapping(period));
    }

    /** Those that meet one more condition. */
    public InvoiceQuery and(InvoiceCondition condition) {
        return new InvoiceQuery(conditions.add(condition));
    }

    /** Those that meet all conditions of both. */
    public InvoiceQuery and(InvoiceQuery other) {
        return new InvoiceQuery(conditions.addAll(other.conditions));
    }

    public boolean isMetBy(Stored stored) {
        return conditions.forAll(condition -> condition.isMetBy(stored));
    }
}
