package dev.billing.domain.rating.settlement;

import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Period;
import dev.billing.domain.rating.SettlementContext;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** Lines and runs for tests. */
final class Baskets {

    static final Rounding HALF_UP = Rounding.toMinorUnit(RoundingMode.HALF_UP);
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    private Baskets() {}

    static SettlementContext context(String currency) {
        return context(Monetary.getCurrency(currency));
    }

    static SettlementContext context(CurrencyUnit currency) {
        return SettlementContext.of(currency, Period.of(START, END), END, HALF_UP);
    }

    static LineItem line(String id, String category, Money price) {
        return LineItem.builder(new LineId(id), "sku " + id, category, START, Origin.Provided.of(id))
                .price(price)
                .build();
    }

    /** Lines with ids from 1, all of one category. */
    static Seq<LineItem> lines(String currency, String... prices) {
        return Array.of(prices)
                .zipWithIndex((price, i) -> line(Integer.toString(i + 1), "usage", Money.of(currency, price)));
    }

    static Money minor(String currency, String units) {
        return Money.ofMinor(Monetary.getCurrency(currency), Long.parseLong(units));
    }

    static Seq<String> list(String blanks) {
        return Array.of(blanks.strip().split(" +", -1));
    }

    static Money sum(String currency, Seq<Money> parts) {
        return parts.fold(Money.zero(Monetary.getCurrency(currency)), Money::plus);
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }

    static BigDecimal decimal(String value) {
        return new BigDecimal(value);
    }
}
