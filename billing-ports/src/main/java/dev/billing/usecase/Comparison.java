package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.function.Function;
import javax.money.CurrencyUnit;

/**
 * What the same facts come to now, and what they would come to.
 *
 * @param lines every line that there is, or would be, account by account in the order in which they were asked for
 */
public record Comparison(CurrencyUnit currency, Seq<Line> lines) {

    public Comparison {
        requireNonNull(currency, "currency");
        requireNonNull(lines, "lines");
    }

    /** What is compared. */
    public enum Measure {
        /** What is charged: net of discounts, without taxes. */
        NET {
            @Override
            Option<Money> of(Side side) {
                return side.line().net();
            }
        },
        /** Taxes. */
        TAX {
            @Override
            Option<Money> of(Side side) {
                return side.line().tax();
            }
        },
        /** What prepaid credit pays. */
        CREDIT {
            @Override
            Option<Money> of(Side side) {
                return Option.some(side.credit());
            }
        },
        /** What is left to pay: net and taxes, less credit. */
        DUE {
            @Override
            Option<Money> of(Side side) {
                return NET.of(side)
                        .map(net -> TAX.of(side).fold(() -> net, net::plus).minus(side.credit()));
            }
        };

        abstract Option<Money> of(Side side);
    }

    /** Two amounts of one measure. */
    public record Change(Money now, Money then) {

        public Change {
            requireNonNull(now, "now");
            requireNonNull(then, "then");
        }

        /** What it would be more; negative if it would be less. */
        public Money difference() {
            return then.minus(now);
        }

        private Change plus(Change other) {
            return new Change(now.plus(other.now), then.plus(other.then));
        }
    }

    /**
     * A line under its terms.
     *
     * @param line with its discounts and taxes
     * @param credit what prepaid credit pays of it
     */
    public record Side(LineItem line, Money credit) {
        public Side {
            requireNonNull(line, "line");
            requireNonNull(credit, "credit");
        }
    }

    /**
     * One line as it is and as it would be.
     *
     * @param now none if there would be a line where there is none
     * @param then none if the line would be no more
     */
    public record Line(AccountId account, LineId id, Option<Side> now, Option<Side> then) {

        public Line {
            requireNonNull(account, "account");
            requireNonNull(id, "id");
            if (now.isEmpty() && then.isEmpty()) {
                throw new IllegalArgumentException("A line must be there now or then, but " + id + " is in neither");
            }
        }

        public String sku() {
            return now.orElse(then).get().line().sku();
        }
    }

    /** What a line charges; nothing where it is not there. */
    public Change of(Line line) {
        return of(line, Measure.NET);
    }

    /** What a line comes to; nothing where it is not there. */
    public Change of(Line line, Measure measure) {
        return new Change(amount(line.now(), measure), amount(line.then(), measure));
    }

    private Money amount(Option<Side> side, Measure measure) {
        return side.flatMap(measure::of).getOrElse(() -> Money.zero(currency));
    }

    /** What all lines charge. */
    public Change total() {
        return total(Measure.NET);
    }

    /** What all lines come to. */
    public Change total(Measure measure) {
        return sum(lines, measure);
    }

    /** What each account is charged. */
    public Map<AccountId, Change> byAccount() {
        return byAccount(Measure.NET);
    }

    /** What the lines of each account come to. */
    public Map<AccountId, Change> byAccount(Measure measure) {
        return by(Line::account, measure);
    }

    /** What each sku charges. */
    public Map<String, Change> bySku() {
        return bySku(Measure.NET);
    }

    /** What the lines of each sku come to. */
    public Map<String, Change> bySku(Measure measure) {
        return by(Line::sku, measure);
    }

    /** The lines that would not stay as they are, by any measure. */
    public Seq<Line> changed() {
        return lines.filter(line -> Array.of(Measure.values())
                .exists(measure -> !of(line, measure).difference().isZero()));
    }

    private <K> Map<K, Change> by(Function<Line, K> key, Measure measure) {
        return LinkedHashMap.ofEntries(lines.groupBy(key).mapValues(some -> sum(some, measure)));
    }

    private Change sum(Seq<Line> some, Measure measure) {
        Change nothing = new Change(Money.zero(currency), Money.zero(currency));
        return some.map(line -> of(line, measure)).fold(nothing, Change::plus);
    }
}
