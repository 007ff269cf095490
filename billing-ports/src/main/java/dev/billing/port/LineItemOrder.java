package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.TextOrder;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.function.Function;

/**
 * An order of lines of many documents, as data. The rules are those of {@link InvoiceOrder}; at the end lines are ordered by their
 * position, then by their id, then by that of their document. {@link #compare} is what the order means.
 */
public record LineItemOrder(Seq<Term> terms) implements Comparator<StoredLine> {

    private static final Comparator<StoredLine> AT_THE_END = Comparator.<StoredLine>comparingLong(
                    found -> found.line().position())
            .thenComparing(found -> found.line().id().value(), TextOrder.CODE_POINTS)
            .thenComparing(StoredLine::document, InvoiceOrder.Field.ID.ascending());

    public LineItemOrder {
        requireNonNull(terms, "terms");
    }

    public static LineItemOrder of(Term... terms) {
        return new LineItemOrder(Array.of(terms));
    }

    /** A key, and which way. */
    public record Term(Key key, boolean descending) {
        public Term {
            requireNonNull(key, "key");
        }

        Comparator<StoredLine> comparator() {
            return descending ? key.ascending().reversed() : key.ascending();
        }
    }

    @Override
    public int compare(StoredLine one, StoredLine other) {
        return comparator().compare(one, other);
    }

    /** The same order, made once for many comparisons. */
    public Comparator<StoredLine> comparator() {
        return terms.map(Term::comparator).append(AT_THE_END).reduce(Comparator::thenComparing);
    }

    /** What lines are ordered by. */
    public sealed interface Key {
        Comparator<StoredLine> ascending();
    }

    /** What lines have, or may have. An amount that is missing counts as nothing. */
    @SuppressWarnings("ImmutableEnumChecker") // Comparators of values have no state.
    public enum Field implements Key {
        POSITION(Comparator.comparingLong(found -> found.line().position())),
        POSTED(Comparator.comparing(found -> found.line().postedAt())),
        PERIOD_START(by(line -> line.period().map(Period::start))),
        PERIOD_END(by(line -> line.period().map(Period::end))),
        SKU(by(line -> Option.some(line.sku()), TextOrder.IGNORING_CASE)),
        CATEGORY(by(line -> Option.some(line.category()), TextOrder.IGNORING_CASE)),
        DESCRIPTION(by(line -> Option.some(line.description()), TextOrder.IGNORING_CASE)),
        EXTERNAL_ID(by(line -> provided(line).map(Origin.Provided::externalId), TextOrder.IGNORING_CASE)),
        QUANTITY(Comparator.comparing(found -> found.line().quantity())),
        UNIT_PRICE(byAmount(LineItem::unitPrice)),
        UNIT_COST(byAmount(LineItem::unitCost)),
        PRICE(byAmount(LineItem::net)),
        COST(byAmount(LineItem::cost)),
        TAX(byAmount(LineItem::tax)),
        /** The currency of the cost or else of the price. */
        CURRENCY(by(
                line -> line.cost()
                        .orElse(line.net())
                        .map(amount -> amount.currency().getCurrencyCode()),
                TextOrder.IGNORING_CASE));

        private final Comparator<StoredLine> ascending;

        Field(Comparator<StoredLine> ascending) {
            this.ascending = ascending;
        }

        @Override
        public Comparator<StoredLine> ascending() {
            return ascending;
        }

        private static Comparator<StoredLine> byAmount(Function<LineItem, Option<Money>> amount) {
            return Comparator.comparing(
                    found -> amount.apply(found.line()).map(Money::amount).getOrElse(BigDecimal.ZERO));
        }
    }

    /** A key of the document that the line is on. */
    public record OfDocument(InvoiceOrder.Key key) implements Key {
        @Override
        public Comparator<StoredLine> ascending() {
            return Comparator.comparing(StoredLine::document, key.ascending());
        }
    }

    /** A text that came with a line from outside. */
    public record ProvidedText(String name) implements Key {
        @Override
        public Comparator<StoredLine> ascending() {
            return by(line -> provided(line).flatMap(origin -> origin.text().get(name)), TextOrder.IGNORING_CASE);
        }
    }

    private static Option<Origin.Provided> provided(LineItem line) {
        return Option.of(line.origin())
                .filter(Origin.Provided.class::isInstance)
                .map(Origin.Provided.class::cast);
    }

    private static <T extends Comparable<? super T>> Comparator<StoredLine> by(Function<LineItem, Option<T>> value) {
        return by(value, Comparator.naturalOrder());
    }

    private static <T> Comparator<StoredLine> by(Function<LineItem, Option<T>> value, Comparator<T> comparator) {
        return Comparator.comparing(found -> value.apply(found.line()).getOrNull(), Comparator.nullsFirst(comparator));
    }
}
