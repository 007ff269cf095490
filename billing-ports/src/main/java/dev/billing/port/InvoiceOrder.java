package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.TextOrder;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.function.Function;

/**
 * An order of documents, as data: by the first term, where that is equal by the second, and so on; at the end by {@link Field#ID},
 * ascending, so that the order is always the same. What a document does not have comes first, and last in a descending term. Texts are
 * compared as {@link TextOrder#IGNORING_CASE} does. {@link #compare} is what the order means.
 */
public record InvoiceOrder(Seq<Term> terms) implements Comparator<Stored> {

    /** By the start of the period. */
    public static final InvoiceOrder BY_PERIOD = of(Term.ascending(Field.PERIOD_START));

    public InvoiceOrder {
        requireNonNull(terms, "terms");
    }

    public static InvoiceOrder of(Term... terms) {
        return new InvoiceOrder(Array.of(terms));
    }

    /** A key, and which way. */
    public record Term(Key key, boolean descending) {
        public Term {
            requireNonNull(key, "key");
        }

        public static Term ascending(Key key) {
            return new Term(key, false);
        }

        public static Term descending(Key key) {
            return new Term(key, true);
        }

        Comparator<Stored> comparator() {
            return descending ? key.ascending().reversed() : key.ascending();
        }
    }

    /** All terms, and the id at the end unless it is among them. */
    public Seq<Term> complete() {
        return terms.exists(term -> term.key() == Field.ID) ? terms : terms.append(Term.ascending(Field.ID));
    }

    /** The same order backwards. */
    @Override
    public InvoiceOrder reversed() {
        return new InvoiceOrder(complete().map(term -> new Term(term.key(), !term.descending())));
    }

    @Override
    public int compare(Stored one, Stored other) {
        return comparator().compare(one, other);
    }

    /** The same order, made once for many comparisons. */
    public Comparator<Stored> comparator() {
        return complete().map(Term::comparator).reduce(Comparator::thenComparing);
    }

    /** What documents are ordered by. */
    public sealed interface Key {
        Comparator<Stored> ascending();
    }

    /** What every document has, or may have. Ids are ordered as {@link TextOrder#SHORTER_FIRST} does, so that numbers are by value. */
    @SuppressWarnings("ImmutableEnumChecker") // Comparators of values have no state.
    public enum Field implements Key {
        ID(Comparator.comparing(stored -> stored.invoice().head().id().value(), TextOrder.SHORTER_FIRST)),
        NUMBER(Comparisons.<Stored, Long>by(
                stored -> number(stored.invoice()).map(InvoiceNumber::value), Comparator.naturalOrder())),
        CREATED(Comparator.comparing(stored -> stored.invoice().head().createdAt())),
        UPDATED(Comparator.comparing(Stored::updatedAt)),
        PERIOD_START(Comparisons.byHead(head -> head.period().map(Period::start))),
        PERIOD_END(Comparisons.byHead(head -> head.period().map(Period::end))),
        OWNER(Comparisons.byHead(head -> Option.some(head.owner()).map(AccountId::value), TextOrder.SHORTER_FIRST)),
        SUBJECT_TYPE(Comparisons.byHead(head -> head.subject().map(Ref::type), TextOrder.IGNORING_CASE)),
        SUBJECT_ID(Comparisons.byHead(head -> head.subject().map(Ref::id), TextOrder.SHORTER_FIRST)),
        SUBJECT_NAME(Comparisons.byHead(head -> head.subject().map(Ref::name), TextOrder.IGNORING_CASE));

        private final Comparator<Stored> ascending;

        Field(Comparator<Stored> ascending) {
            this.ascending = ascending;
        }

        @Override
        public Comparator<Stored> ascending() {
            return ascending;
        }

        private static Option<InvoiceNumber> number(Invoice invoice) {
            return invoice instanceof Invoice.Issued issued ? issued.number() : Option.none();
        }
    }

    /** The name of a place that it belongs to. */
    public record PlaceName(Dimension dimension) implements Key {
        @Override
        public Comparator<Stored> ascending() {
            return Comparisons.byHead(head -> head.places().get(dimension).map(Ref::name), TextOrder.IGNORING_CASE);
        }
    }

    /** An attribute: those of other types apart, first what is no text, then what is no number, and so on. */
    public record AttributeValue(String name) implements Key {
        @Override
        public Comparator<Stored> ascending() {
            return by(Attribute.Text.class, Attribute.Text::value, TextOrder.IGNORING_CASE)
                    .thenComparing(by(Attribute.Number.class, Attribute.Number::value, Comparator.naturalOrder()))
                    .thenComparing(by(Attribute.Instant.class, Attribute.Instant::value, Comparator.naturalOrder()))
                    .thenComparing(by(Attribute.Flag.class, Attribute.Flag::value, Comparator.naturalOrder()));
        }

        private <A extends Attribute, T> Comparator<Stored> by(
                Class<A> type, Function<A, T> value, Comparator<T> comparator) {
            return Comparisons.byHead(
                    head -> head.attributes()
                            .get(name)
                            .filter(type::isInstance)
                            .map(type::cast)
                            .map(value),
                    comparator);
        }
    }

    /** The amounts of some figures added up, whatever their currencies; a figure that is missing counts as nothing. */
    public record Amount(Seq<FigureKey> figures) implements Key {
        public Amount {
            requireNonNull(figures, "figures");
        }

        @Override
        public Comparator<Stored> ascending() {
            return Comparator.comparing(this::of);
        }

        private BigDecimal of(Stored stored) {
            return figures.flatMap(stored.invoice().figures()::find)
                    .map(Figure::amount)
                    .map(Money::amount)
                    .fold(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}
