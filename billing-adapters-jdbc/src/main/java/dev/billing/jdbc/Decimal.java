package dev.billing.jdbc;

import dev.billing.domain.money.Money;
import java.math.BigDecimal;

/** Numbers as texts. What was kept is read without the limits that numbers from outside have. */
final class Decimal {

    private Decimal() {}

    static String write(BigDecimal number) {
        return number.toString();
    }

    static BigDecimal read(String text) {
        return new BigDecimal(text);
    }

    /** The code of the currency and the amount, such as {@code USD 1.10}. */
    static String write(Money money) {
        return Currencies.code(money.currency()) + " " + write(money.amount());
    }

    static Money readMoney(String text) {
        int space = text.lastIndexOf(' ');
        return Money.of(Currencies.of(text.substring(0, space)), read(text.substring(space + 1)));
    }
}
