package dev.billing.jdbc;

import dev.billing.domain.money.Money;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.SQLException;
import javax.money.CurrencyUnit;

/** The sums of the prices and costs of lines that have the same currencies, as they are to be seen. */
record LineSums(Option<Money> net, Option<Money> cost) {

    /** Reads the currencies of price and cost, whether costs look like prices, and the sums. */
    static LineSums read(Row row) throws SQLException {
        Option<CurrencyUnit> priceCurrency = row.optionalText().map(Currencies::of);
        Option<CurrencyUnit> costCurrency = row.optionalText().map(Currencies::of);
        boolean hidesCosts = row.flag();
        Option<Money> net = sum(priceCurrency, row.optionalNumber());
        Option<Money> cost = sum(costCurrency, row.optionalNumber());
        return new LineSums(net, hidesCosts ? net.orElse(() -> costCurrency.map(Money::zero)) : cost);
    }

    private static Option<Money> sum(Option<CurrencyUnit> currency, Option<BigDecimal> sum) {
        return currency.flatMap(known -> sum.map(amount -> Money.of(known, amount)));
    }
}
