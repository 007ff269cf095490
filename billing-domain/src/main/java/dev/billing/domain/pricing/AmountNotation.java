package dev.billing.domain.pricing;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationReader;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.function.Function;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.MonetaryException;

/** How the amounts and numbers of prices are written. */
sealed interface AmountNotation {

    /** The text of an amount. */
    String write(Money amount);

    /** The text of a number. */
    String write(BigDecimal number);

    /** The amount that a text says. */
    Money money(String text);

    /** The number that a text says. */
    BigDecimal number(String text);

    /** The fields of a rule that has a currency and perhaps no amount that names it. */
    Notation.Fields fields(CurrencyUnit currency);

    /** The currency of a rule that perhaps has no amount that names it. */
    Option<CurrencyUnit> currency(NotationReader in);

    /** An amount that must be there. */
    default Option<Money> money(NotationReader in, String name) {
        return in.value(name, this::money);
    }

    /** An amount that may be missing. */
    default Option<Money> moneyIfThere(NotationReader in, String name) {
        return in.valueIfThere(name, this::money);
    }

    /** A number that must be there. */
    default Option<BigDecimal> number(NotationReader in, String name) {
        return in.value(name, this::number);
    }

    /** A number that may be missing. */
    default Option<BigDecimal> numberIfThere(NotationReader in, String name) {
        return in.valueIfThere(name, this::number);
    }

    /** For people: plain decimals, all in one currency; an amount may name it nevertheless. */
    record In(CurrencyUnit currency) implements AmountNotation {

        @Override
        public String write(Money amount) {
            requireSame(amount.currency());
            return write(amount.amount());
        }

        @Override
        public String write(BigDecimal number) {
            return number.toPlainString();
        }

        @Override
        public Money money(String text) {
            int space = text.indexOf(' ');
            if (space < 0) {
                return Money.of(currency, number(text));
            }
            requireSame(find(text.substring(0, space)));
            return Money.of(currency, number(text.substring(space + 1)));
        }

        @Override
        public BigDecimal number(String text) {
            return Decimals.parse(text);
        }

        @Override
        public Notation.Fields fields(CurrencyUnit rules) {
            requireSame(rules);
            return Notation.fields();
        }

        @Override
        public Option<CurrencyUnit> currency(NotationReader in) {
            in.valueIfThere("currency", code -> requireSame(find(code)));
            return Option.some(currency);
        }

        private CurrencyUnit requireSame(CurrencyUnit other) {
            if (!currency.equals(other)) {
                throw new IllegalArgumentException(
                        "A price must be in the currency of its book, " + currency + ", but was in " + other);
            }
            return other;
        }
    }

    /** For storage: each amount names its currency, and has as many digits as there are. */
    record Exact(Function<CurrencyUnit, String> codes, Function<String, CurrencyUnit> currencies)
            implements AmountNotation {

        @Override
        public String write(Money amount) {
            return codes.apply(amount.currency()) + " " + write(amount.amount());
        }

        @Override
        public String write(BigDecimal number) {
            return number.toString();
        }

        @Override
        public Money money(String text) {
            int space = text.lastIndexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("Money must be written like 'USD 1.10'");
            }
            return Money.of(currencies.apply(text.substring(0, space)), number(text.substring(space + 1)));
        }

        @Override
        public BigDecimal number(String text) {
            return new BigDecimal(text);
        }

        @Override
        public Notation.Fields fields(CurrencyUnit rules) {
            return Notation.fields().with("currency", codes.apply(rules));
        }

        @Override
        public Option<CurrencyUnit> currency(NotationReader in) {
            return in.value("currency", currencies);
        }
    }

    /** A currency by its code. */
    static CurrencyUnit find(String code) {
        try {
            return Monetary.getCurrency(code);
        } catch (MonetaryException e) {
            throw new IllegalArgumentException("A currency must be an ISO 4217 code", e);
        }
    }
}
