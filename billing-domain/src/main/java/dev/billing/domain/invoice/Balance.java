package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;

/**
 * What is due on a document, and what is carried over: {@code subtotal + tax − credits − starting balance = billed − ending balance},
 * with billed and ending balance never negative, and one of them always zero.
 *
 * @param credits what is given back, as a positive amount
 * @param startingBalance what was left over in the customer's favour before
 */
public record Balance(Money subtotal, Money tax, Money credits, Money startingBalance) {

    public Balance {
        requireNonNull(subtotal, "subtotal");
        requireNonNull(tax, "tax");
        requireNonNull(credits, "credits");
        requireNonNull(startingBalance, "startingBalance");
    }

    /** What is to be paid. */
    public Money billed() {
        return due().notBelowZero();
    }

    /** What is left over in the customer's favour, for the next document to start with. */
    public Money endingBalance() {
        return due().negated().notBelowZero();
    }

    private Money due() {
        return subtotal.plus(tax).minus(credits).minus(startingBalance);
    }

    /** The balance as rules for figures; each takes subtotal, tax, credits and starting balance. */
    public enum Rule implements FigureRule {
        BILLED {
            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                return of(from).billed();
            }
        },
        ENDING_BALANCE {
            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                return of(from).endingBalance();
            }
        };

        private static Balance of(Seq<Money> from) {
            if (from.size() != 4) {
                throw new IllegalArgumentException(
                        "A balance needs subtotal, tax, credits and starting balance, but had " + from);
            }
            return new Balance(from.get(0), from.get(1), from.get(2), from.get(3));
        }
    }
}
