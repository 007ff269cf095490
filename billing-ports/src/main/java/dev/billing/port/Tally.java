package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.function.Function;
import javax.money.CurrencyUnit;

/**
 * Exact sums over whatever a query finds, however much of it may describe the same money: that is the caller's choice. The currency and
 * some attributes of the document are part of the key, so that sums can be converted at the rates that the documents have.
 */
public record Tally(Map<Slot, Money> sums) {

    /** The sum of the lines' costs, prices after discount, and taxes. */
    public static final FigureKey LINE_COST = new FigureKey("line", Option.none(), Side.COST);

    public static final FigureKey LINE_PRICE = FigureKey.price("line");
    public static final FigureKey LINE_TAX = FigureKey.price("line tax");

    public Tally {
        requireNonNull(sums, "sums");
    }

    /**
     * What a sum is of.
     *
     * @param group the attributes of the documents by which sums are kept apart, those that a document has
     */
    public record Slot(FigureKey figure, Map<String, Attribute> group, CurrencyUnit currency) {
        public Slot {
            requireNonNull(figure, "figure");
            requireNonNull(group, "group");
            requireNonNull(currency, "currency");
        }
    }

    /** What is summed of each amount. The sum itself is always exact. */
    public enum Digits {
        /** The amount. */
        ALL {
            @Override
            public Money of(Money amount) {
                return amount;
            }
        },
        /** The shortest decimal that names the binary double nearest to it: what a wire shows that knows no other numbers. */
        OF_DOUBLES {
            @Override
            public Money of(Money amount) {
                return Money.of(amount.currency(), Decimals.ofNearestDouble(amount.amount()));
            }
        };

        /** The part of an amount that counts. */
        public abstract Money of(Money amount);
    }

    /** The sums of some figures of documents. */
    public static Tally of(Iterable<Stored> documents, Seq<FigureKey> figures, Seq<String> by, Digits digits) {
        Summing summing = new Summing(digits);
        for (Stored stored : documents) {
            Map<String, Attribute> group = group(stored, by);
            figures.forEach(key -> stored.invoice()
                    .figures()
                    .find(key)
                    .map(Figure::amount)
                    .forEach(amount -> summing.add(key, group, amount)));
        }
        return summing.tally();
    }

    /** The sums of the costs, prices and taxes of lines. */
    public static Tally ofLines(Iterable<StoredLine> lines, Seq<String> by, Digits digits) {
        Summing summing = new Summing(digits);
        for (StoredLine found : lines) {
            Map<String, Attribute> group = group(found.document(), by);
            LineItem line = found.line();
            line.cost().forEach(cost -> summing.add(LINE_COST, group, cost));
            line.net().forEach(price -> summing.add(LINE_PRICE, group, price));
            line.tax().forEach(tax -> summing.add(LINE_TAX, group, tax));
        }
        return summing.tally();
    }

    private static Map<String, Attribute> group(Stored stored, Seq<String> by) {
        Map<String, Attribute> attributes = stored.invoice().head().attributes();
        return HashMap.ofEntries(by.distinct()
                .flatMap(name -> attributes.get(name).map(value -> new Tuple2<>(name, value))));
    }

    /** The currencies that some figures are in. */
    public Seq<CurrencyUnit> currencies(Seq<FigureKey> figures) {
        return sums.keySet()
                .filter(slot -> figures.contains(slot.figure()))
                .map(Slot::currency)
                .toArray();
    }

    /**
     * The sum of one figure, each slot's multiplied by what its key says.
     *
     * @param rate from a slot's currency to the one that the sum is in
     */
    public BigDecimal sum(FigureKey figure, Function<Slot, BigDecimal> rate) {
        return sums.toArray()
                .filter(sum -> sum._1.figure().equals(figure))
                .map(sum -> sum._2.amount().multiply(rate.apply(sum._1)))
                .fold(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Sums in the making. */
    private static final class Summing {
        private final java.util.Map<Slot, Money> sums = new java.util.HashMap<>();
        private final Digits digits;

        Summing(Digits digits) {
            this.digits = digits;
        }

        void add(FigureKey figure, Map<String, Attribute> group, Money amount) {
            sums.merge(new Slot(figure, group, amount.currency()), digits.of(amount), Money::plus);
        }

        Tally tally() {
            return new Tally(HashMap.ofAll(sums));
        }
    }
}
