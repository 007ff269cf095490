package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Selection.Criterion;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import io.vavr.collection.Set;

/** What is wanted, as conditions: on documents {@code i}, and on lines {@code l}. */
final class Conditions {

    private Conditions() {}

    static Query addDocuments(Query query, Access access, InvoiceQuery wanted) {
        query.add("where i.tenant = ?", access.tenant().value());
        access.accounts().forEach(accounts -> query.add("and i.account = any(?)", (Object) values(accounts)));
        wanted.id().forEach(id -> query.add("and i.invoice_id = ?", id.value()));
        wanted.account().forEach(account -> query.add("and i.account = ?", account.value()));
        wanted.form().forEach(form -> query.add("and i.form = ?", form.name()));
        wanted.overlapping().forEach(period -> addOverlapping(query, period));
        return query;
    }

    private static String[] values(Set<AccountId> accounts) {
        return accounts.toArray().map(AccountId::value).toJavaArray(String[]::new);
    }

    private static void addOverlapping(Query query, Period period) {
        query.add("and i.period_start < ?", Timestamps.ceiling(period.end()));
        query.add("and i.period_end > ?", Timestamps.floor(period.start()));
    }

    static Query addLines(Query query, String tenant, Selection selection) {
        selection.criteria().forEach(criterion -> addLines(query, tenant, criterion));
        return query;
    }

    private static void addLines(Query query, String tenant, Criterion criterion) {
        if (criterion instanceof Selection.InCategory in) {
            query.add("and l.category = ?", in.category());
        } else if (criterion instanceof Selection.DescriptionContains contains) {
            query.add("and position(? in l.description) > 0", contains.text());
        } else if (criterion instanceof Selection.At at) {
            addAt(query, "l.places_no", tenant, at);
        } else if (criterion instanceof Selection.OfBasis of) {
            query.add("and l.basis = ?", of.basis().name());
        } else {
            query.add(criterion instanceof Selection.Charges ? "and l.gross > 0" : "and l.gross < 0");
        }
    }

    /** Rows whose places have this one. The database finds the sets of places once, because nothing in there is of a row. */
    static Query addAt(Query query, String column, String tenant, Selection.At at) {
        return query.add(
                "and " + column + " in (select e.places_no from billing_place_set_entry e"
                        + " where e.tenant = ? and e.dimension = ? and e.ref_id = ?)",
                tenant,
                at.dimension().name(),
                at.placeId());
    }
}
