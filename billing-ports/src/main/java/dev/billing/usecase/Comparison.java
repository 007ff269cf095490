package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
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

    /** Two amounts, net of discounts. */
    public record Change(Money now, Money then) {

        public Change {
            requireNonNull(now, "now");
            requireNonNull(then, "then");
        }

        /** What it would cost more; negative if it would cost less. */
        public Money difference() {
            return then.minus(now);
        }

        private Change plus(Change other) {
            return new Change(now.plus(other.now), then.plus(other.then));
        }
    }

    /**
     * One line as it is and as it would be.
     *
     * @param now none if there would be a line where there is none
     * @param then none if the line would be no more
     */
    public record Line(AccountId account, LineId id, Option<LineItem> now, Option<LineItem> then) {

        public Line {
            requireNonNull(account, "account");
            requireNonNull(id, "id");
            if (now.isEmpty() && then.isEmpty()) {
                throw new IllegalArgumentException("A line must be there now or then, but " + id + " is in neither");
            }
        }

        public String sku() {
            return now.orElse(then).get().sku();
        }

        private static Money net(Option<LineItem> line, CurrencyUnit currency) {
            return line.flatMap(LineItem::net).getOrElse(() -> Money.zero(currency));
        }
    }

    /** What a line comes to; nothing where it is not there. */
    public Change of(Line line) {
        return new Change(Line.net(line.now(), currency), Line.net(line.then(), currency));
    }

    /** What all lines come to. */
    public Change total() {
        return sum(lines);
    }

    public Map<AccountId, Change> byAccount() {
        return by(Line::account);
    }

    public Map<String, Change> bySku() {
        return by(Line::sku);
    }

    /** The lines that would not stay as they are. */
    public Seq<Line> changed() {
        return lines.reject(line -> of(line).difference().isZero());
    }

    private <K> Map<K, Change> by(Function<Line, K> key) {
        return LinkedHashMap.ofEntries(lines.groupBy(key).mapValues(this::sum));
    }

    private Change sum(Seq<Line> some) {
        Change nothing = new Change(Money.zero(currency), Money.zero(currency));
        return some.map(this::of).fold(nothing, Change::plus);
    }
}
