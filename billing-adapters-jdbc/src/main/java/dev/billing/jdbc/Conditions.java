package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.TextOrder;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Selection.Criterion;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/** What is wanted, as conditions: on documents {@code i} that stand as {@code s} says, and on lines {@code l}. */
final class Conditions {

    /** What conditions are about, to be joined with other tables. */
    static final String DOCUMENTS =
            "from billing_invoice i join billing_standing s on s.tenant = i.tenant and s.invoice_no = i.invoice_no";

    /** The lines of the documents. */
    static final String LINES = "join billing_line l on l.tenant = i.tenant and l.invoice_no = i.invoice_no";

    private Conditions() {}

    /** Documents that are found, and what is selected of them. */
    static Query documents(String columns, Access access, InvoiceQuery wanted) {
        return addDocuments(new Query("select " + columns + " " + DOCUMENTS), access, wanted);
    }

    /** Lines that are found, and what is selected of them and their documents. */
    static Query lines(Query columns, Access access, InvoiceQuery documents, Selection lines) {
        Query query = new Query("select").add(columns).add(DOCUMENTS).add(LINES);
        return addLines(addDocuments(query, access, documents), lines);
    }

    /** Whether costs look like prices. */
    static Query hidesCosts(Access access) {
        return access.costsSeenBy()
                .map(eyes -> new Query("i.owner <> ?", eyes.value()))
                .getOrElse(Conditions::nothing);
    }

    static Query addDocuments(Query query, Access access, InvoiceQuery wanted) {
        query.add("where i.tenant = ?", access.tenant().value());
        access.accounts()
                .forEach(accounts -> query.add("and").add(isOneOf("i.account", accounts.map(AccountId::value))));
        wanted.conditions().forEach(condition -> query.add("and").add(condition(access, condition)));
        return query;
    }

    private static Query condition(Access access, InvoiceCondition condition) {
        if (condition instanceof InvoiceCondition.InForm in) {
            return new Query("i.form = ?", in.form().name());
        }
        if (condition instanceof InvoiceCondition.WithStatus with) {
            return isOneOf("s.status", with.statuses().map(Enum::name));
        }
        if (condition instanceof InvoiceCondition.ChangedFrom changed) {
            var from = Timestamps.ceiling(changed.from());
            return new Query("(i.as_of >= ? or s.updated_at >= ?)", from, from);
        }
        if (condition instanceof InvoiceCondition.HasTag has) {
            return hasTag(new Query("t.name = ?", has.name()));
        }
        if (condition instanceof InvoiceCondition.Tagged tagged) {
            return hasTag(new Query("t.name = ? and", tagged.name()).add(isOneOf("t.tag_value", tagged.values())));
        }
        return condition instanceof InvoiceCondition.After after
                ? new DocumentOrder(access).after(after.order(), after.document())
                : onHead((InvoiceCondition.OnHead) condition);
    }

    private static Query onHead(InvoiceCondition.OnHead condition) {
        if (condition instanceof InvoiceCondition.WithId with) {
            return isOneOf("i.invoice_id", with.ids().map(InvoiceId::value));
        }
        if (condition instanceof InvoiceCondition.OfProfile of) {
            return isOneOf("i.profile", of.profiles());
        }
        if (condition instanceof InvoiceCondition.OfAccount of) {
            return isOneOf("i.account", of.accounts().map(AccountId::value));
        }
        if (condition instanceof InvoiceCondition.At at) {
            return at(at);
        }
        if (condition instanceof InvoiceCondition.WithAttribute with) {
            return withAttribute(with);
        }
        Option<Query> onPeriod = onPeriod(condition);
        return onPeriod.isDefined() ? onPeriod.get() : onSubject(condition);
    }

    private static Option<Query> onPeriod(InvoiceCondition.OnHead condition) {
        if (condition instanceof InvoiceCondition.Overlapping overlapping) {
            return Option.some(new Query(
                    "(i.period_start < ? and i.period_end > ?)",
                    Timestamps.ceiling(overlapping.period().end()),
                    Timestamps.floor(overlapping.period().start())));
        }
        if (condition instanceof InvoiceCondition.StartsWithin starts) {
            return Option.some(anyOf(starts.periods().toArray().map(Conditions::startsWithin)));
        }
        if (condition instanceof InvoiceCondition.StartsFrom starts) {
            return Option.some(new Query("i.period_start >= ?", Timestamps.ceiling(starts.from())));
        }
        return condition instanceof InvoiceCondition.EndsBy ends
                ? Option.some(new Query("i.period_end <= ?", Timestamps.floor(ends.end())))
                : Option.none();
    }

    private static Query startsWithin(Period period) {
        return new Query(
                "(i.period_start >= ? and i.period_start < ?)",
                Timestamps.ceiling(period.start()),
                Timestamps.ceiling(period.end()));
    }

    private static Query onSubject(InvoiceCondition.OnHead condition) {
        if (condition instanceof InvoiceCondition.SubjectType type) {
            return isOneOf("i.subject_type", type.types());
        }
        if (condition instanceof InvoiceCondition.SubjectId id) {
            return isOneOf("i.subject_id", id.ids());
        }
        if (condition instanceof InvoiceCondition.SubjectName name) {
            return isOneOf("i.subject_name", name.names());
        }
        Set<String> parts = ((InvoiceCondition.SubjectNameContains) condition).parts();
        return anyOf(parts.toArray()
                .map(part -> new Query("position(? in i.subject_name_folded) > 0", TextOrder.folded(part))));
    }

    private static Query at(InvoiceCondition.At at) {
        return new Query("""
                        exists (
                            select 1 from billing_invoice_place p
                            where p.tenant = i.tenant and p.invoice_no = i.invoice_no and p.dimension = ? and""", at.dimension().name())
                .add(isOneOf("p.ref_id", at.placeIds()))
                .add(")");
    }

    private static Query withAttribute(InvoiceCondition.WithAttribute with) {
        return new Query("""
                        exists (
                            select 1 from billing_attribute a
                            where a.tenant = i.tenant and a.invoice_no = i.invoice_no and a.name = ? and""", with.name())
                .add(anyOf(with.values().toArray().map(Conditions::hasValue)))
                .add(")");
    }

    private static Query hasValue(Attribute value) {
        if (value instanceof Attribute.Text text) {
            return new Query("a.text_value = ?", text.value());
        }
        if (value instanceof Attribute.Number number) {
            return new Query("a.number_value = ?", number.value());
        }
        return value instanceof Attribute.Instant instant
                ? at(instant)
                : new Query("a.flag_value = ?", ((Attribute.Flag) value).value());
    }

    private static Query at(Attribute.Instant instant) {
        return Timestamps.keeps(instant.value())
                ? new Query("a.instant_value = ?", Timestamps.exact(instant.value()))
                : nothing();
    }

    private static Query hasTag(Query condition) {
        return new Query(
                        "exists (select 1 from billing_tag t where t.tenant = i.tenant and t.invoice_no = i.invoice_no and")
                .add(condition)
                .add(")");
    }

    /** One value is looked up in an index by every database. */
    static Query isOneOf(String column, Set<String> values) {
        return values.size() == 1
                ? new Query(column + " = ?", values.head())
                : new Query(column + " = any(?)", (Object) values(values));
    }

    private static String[] values(Set<String> texts) {
        return texts.toJavaArray(String[]::new);
    }

    /** Is never met. */
    private static Query nothing() {
        return new Query("1 = 0");
    }

    private static Query anyOf(Seq<Query> conditions) {
        return conditions.isEmpty()
                ? nothing()
                : Array.ofAll(conditions)
                        .tail()
                        .foldLeft(
                                new Query("(").add(conditions.head()),
                                (all, next) -> all.add("or").add(next))
                        .add(")");
    }

    static Query addLines(Query query, Selection selection) {
        selection.criteria().forEach(criterion -> addLines(query, criterion));
        return query;
    }

    private static void addLines(Query query, Criterion criterion) {
        if (criterion instanceof Selection.InCategory in) {
            query.add("and l.category = ?", in.category());
        } else if (criterion instanceof Selection.NotInCategories notIn) {
            query.add("and not l.category = any(?)", (Object) values(notIn.categories()));
        } else if (criterion instanceof Selection.DescriptionContains contains) {
            query.add("and position(? in l.description) > 0", contains.text());
        } else if (criterion instanceof Selection.At at) {
            addAt(query, "l", at);
        } else if (criterion instanceof Selection.WithId with) {
            query.add("and").add(isOneOf("l.line_id", with.ids().map(LineId::value)));
        } else if (criterion instanceof Selection.WithExternalId with) {
            query.add("and").add(isOneOf("l.external_id", with.ids()));
        } else {
            addMore(query, criterion);
        }
    }

    private static void addMore(Query query, Criterion criterion) {
        if (criterion instanceof Selection.ServedFrom served) {
            query.add("and l.period_start >= ?", Timestamps.ceiling(served.from()));
        } else if (criterion instanceof Selection.ServedUntil served) {
            query.add("and l.period_end <= ?", Timestamps.floor(served.until()));
        } else if (criterion instanceof Selection.PostedFrom posted) {
            query.add("and l.posted_at >= ?", Timestamps.ceiling(posted.from()));
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
