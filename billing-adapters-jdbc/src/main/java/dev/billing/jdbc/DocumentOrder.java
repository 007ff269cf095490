package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceOrder.Term;
import dev.billing.port.Stored;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.function.Function;

/** The order of documents {@code i} that stand as {@code s} says, as it looks through an access. */
final class DocumentOrder {

    private final Access access;

    DocumentOrder(Access access) {
        this.access = access;
    }

    /**
     * What documents are ordered by.
     *
     * @param sql what a row has of it
     * @param value what a document has of it
     */
    private record Key(Query sql, Function<Stored, Option<?>> value) {

        static Key of(String sql, Function<Stored, Option<?>> value) {
            return new Key(new Query(sql), value);
        }

        static Key ofHead(String sql, Function<Head, Option<?>> value) {
            return of(sql, stored -> value.apply(stored.invoice().head()));
        }
    }

    private record Directed(Key key, boolean descending) {

        /** Not ordered by what cannot differ. */
        Query orderBy() {
            return orderedBy(key.sql(), descending);
        }

        Query isAfter(Stored document) {
            Option<?> value = key.value().apply(document);
            if (value.isEmpty()) {
                return descending
                        ? new Query("1 = 0")
                        : new Query("").add(key.sql()).add("is not null");
            }
            return descending
                    ? new Query("(")
                            .add(key.sql())
                            .add("< ? or", value.get())
                            .add(key.sql())
                            .add("is null)")
                    : new Query("").add(key.sql()).add("> ?", value.get());
        }

        Query isEqual(Stored document) {
            Option<?> value = key.value().apply(document);
            Query same = new Query("").add(key.sql());
            return value.isEmpty() ? same.add("is null") : same.add("= ?", value.get());
        }
    }

    /** What is missing comes first, and last in a descending order. */
    static Query orderedBy(Query sql, boolean descending) {
        return new Query("").add(sql).add(descending ? "desc nulls last" : "nulls first");
    }

    /** The terms after {@code order by}. */
    Seq<Query> orderBy(InvoiceOrder order) {
        return directed(order).map(Directed::orderBy);
    }

    /** The terms for one key. */
    Seq<Query> orderBy(InvoiceOrder.Key key, boolean descending) {
        return keys(key).map(sorted -> orderedBy(sorted.sql(), descending));
    }

    /** The condition that a document comes after another one. */
    Query after(InvoiceOrder order, Stored document) {
        return directed(order)
                .foldRight(
                        new Query("1 = 0"),
                        (next, rest) -> new Query("(")
                                .add(next.isAfter(document))
                                .add("or")
                                .add(next.isEqual(document))
                                .add("and")
                                .add(rest)
                                .add(")"));
    }

    private Seq<Directed> directed(InvoiceOrder order) {
        return order.complete().flatMap(this::directed);
    }

    private Seq<Directed> directed(Term term) {
        return keys(term.key()).map(key -> new Directed(key, term.descending()));
    }

    private Seq<Key> keys(InvoiceOrder.Key key) {
        if (key instanceof InvoiceOrder.PlaceName of) {
            return Array.of(placeName(of.dimension()));
        }
        if (key instanceof InvoiceOrder.AttributeValue of) {
            return attributeValue(of.name());
        }
        if (key instanceof InvoiceOrder.Amount of) {
            return of.figures().isEmpty() ? Array.empty() : Array.of(amount(of.figures()));
        }
        return Array.of(field((InvoiceOrder.Field) key));
    }

    private static Key field(InvoiceOrder.Field field) {
        return switch (field) {
            case ID ->
                Key.ofHead(
                        "i.id_key",
                        head -> Option.some(Text.keyShorterFirst(head.id().value())));
            case NUMBER -> Key.of("i.number_value", stored -> number(stored.invoice()));
            case CREATED -> Key.ofHead("i.created_at", head -> Option.some(Timestamps.floor(head.createdAt())));
            case UPDATED ->
                Key.of("greatest(i.as_of, s.updated_at)", stored -> Option.some(Timestamps.floor(stored.updatedAt())));
            case PERIOD_START ->
                Key.ofHead(
                        "i.period_start",
                        head -> head.period().map(Period::start).map(Timestamps::floor));
            case PERIOD_END ->
                Key.ofHead(
                        "i.period_end", head -> head.period().map(Period::end).map(Timestamps::floor));
            case OWNER ->
                Key.ofHead(
                        "i.owner_key",
                        head -> Option.some(Text.keyShorterFirst(head.owner().value())));
            case SUBJECT_TYPE ->
                Key.ofHead(
                        "i.subject_type_key",
                        head -> head.subject().map(Ref::type).map(Text::keyIgnoringCase));
            case SUBJECT_ID ->
                Key.ofHead(
                        "i.subject_id_key", head -> head.subject().map(Ref::id).map(Text::keyShorterFirst));
            case SUBJECT_NAME ->
                Key.ofHead(
                        "i.subject_name_key",
                        head -> head.subject().map(Ref::name).map(Text::keyIgnoringCase));
        };
    }

    private static Option<Long> number(Invoice invoice) {
        return invoice instanceof Invoice.Issued issued ? issued.number().map(InvoiceNumber::value) : Option.none();
    }

    private static Key placeName(Dimension dimension) {
        Query sql = new Query("""
                (select p.name_key from billing_invoice_place p
                where p.tenant = i.tenant and p.invoice_no = i.invoice_no and p.dimension = ?)""", dimension.name());
        return new Key(
                sql,
                stored -> stored.invoice()
                        .head()
                        .places()
                        .get(dimension)
                        .map(Ref::name)
                        .map(Text::keyIgnoringCase));
    }

    private static Seq<Key> attributeValue(String name) {
        return Array.of(
                attribute("text_key", name, value -> FinderTables.text(value).map(Text::keyIgnoringCase)),
                attribute("number_value", name, FinderTables::number),
                attribute(
                        "instant_value",
                        name,
                        value -> FinderTables.instant(value).map(Timestamps::floor)),
                attribute("flag_value", name, FinderTables::flag));
    }

    private static Key attribute(String column, String name, Function<Attribute, Option<?>> value) {
        Query sql = new Query("(select a." + column + """
                 from billing_attribute a
                where a.tenant = i.tenant and a.invoice_no = i.invoice_no and a.name = ?)""", name);
        return new Key(
                sql, stored -> stored.invoice().head().attributes().get(name).flatMap(value));
    }

    private Key amount(Seq<FigureKey> figures) {
        Query sql = figures.map(this::amount)
                .foldLeft(new Query("("), (sum, figure) -> sum.add(figure).add("+"))
                .add("0)");
        return new Key(
                sql,
                stored -> Option.some(figures.flatMap(stored.invoice().figures()::find)
                        .map(Figure::amount)
                        .map(Money::amount)
                        .fold(BigDecimal.ZERO, BigDecimal::add)));
    }

    private Query amount(FigureKey figure) {
        Query query = new Query("""
                coalesce((
                    select f.amount from billing_figure f
                    where f.tenant = i.tenant and f.invoice_no = i.invoice_no and f.name = ?""", figure.name());
        Query ofBasis = figure.basis()
                .map(basis -> query.add("and f.basis = ?", basis.name()))
                .getOrElse(() -> query.add("and f.basis is null"));
        return ofBasis.add("and f.side =").add(side(figure.side())).add("), 0)");
    }

    private Query side(Side side) {
        return side == Side.PRICE
                ? new Query("?", side.name())
                : new Query("case when")
                        .add(Conditions.hidesCosts(access))
                        .add("then ? else ? end", Side.PRICE.name(), side.name());
    }
}
