package dev.billing.jdbc;

import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks for the first number or instant that the database would not keep as it is. */
final class Fit {

    private final Dialect dialect;
    private @Nullable String problem;

    Fit(Dialect dialect) {
        this.dialect = dialect;
    }

    Fit number(String what, BigDecimal number) {
        if (problem == null && !dialect.keeps(number)) {
            problem = what + " " + number;
        }
        return this;
    }

    Fit number(String what, Option<BigDecimal> number) {
        return number.isDefined() ? number(what, number.get()) : this;
    }

    Fit money(String what, Option<Money> money) {
        return money.isDefined() ? number(what, money.get().amount()) : this;
    }

    Fit instant(String what, Instant instant) {
        if (problem == null && !Timestamps.keeps(instant)) {
            problem = what + " " + instant;
        }
        return this;
    }

    Fit instant(String what, Option<Instant> instant) {
        return instant.isDefined() ? instant(what, instant.get()) : this;
    }

    Fit period(String what, Option<Period> period) {
        return period.isDefined()
                ? instant(what, period.get().start()).instant(what, period.get().end())
                : this;
    }

    Option<String> problem() {
        return Option.of(problem);
    }
}
