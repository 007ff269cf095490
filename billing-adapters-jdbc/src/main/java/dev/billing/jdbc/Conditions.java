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

    static Query addLines(Query query, Selection selection) {
        selection.criteria().forEach(criterion -> addLines(query, criterion));
        return query;
    }

    private static void addLines(Query query, Criterion criterion) {
        if (criterion instanceof Selection.InCategory in) {
            query.add("and l.category = ?", in.category());
        } else if (criterion instanceof Selection.DescriptionContains contains) {
            query.add("and position(? in l.description) > 0", contains.text());
        } else if (criterion instanceof Selection.At at) {
            addAt(query, "l", at);
        } else if (criterion instanceof Selection.OfBasis of) {
            query.add("and l.basis = ?", of.basis().name());
        } else {
            query.add(criterion instanceof Selection.Charges ? "and l.gross > 0" : "and l.gross < 0");
        }
    }

    /**
     * Rows {@code alias} whose places have this one. Counted and not just found to exist, because then every database looks a row's places
     * up; one that turns it into a join does so badly as long as it has no statistics.
     */
    static Query addAt(Query query, String alias, Selection.At at) {
        String entry = """
                and (
                    select count(*) from billing_place_set_entry e
                    where e.tenant = %1$s.tenant and e.places_no = %1$s.places_no
                        and e.dimension = ? and e.ref_id = ?) > 0""".formatted(alias);
        return query.add(entry, at.dimension().name(), at.placeId());
    }
}
