package dev.billing.domain.rating;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Period;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import java.math.RoundingMode;
import java.time.Instant;
import javax.money.CurrencyUnit;

/**
 * What is known of the document that is settled, apart from its lines and the account's terms.
 *
 * @param asOf the instant at which it is computed
 * @param rounding of discounts and minimums; taxes have their own
 * @param share the part of a whole period that the period is, for minimums that are prorated
 * @param closing whether it is the last document of the period, on which minimums and maximums are settled
 * @param before what earlier documents of the period charged, by the id of the commitment or limit that it counts for
 * @param startingBalance what was left over in the customer's favour before
 */
public record SettlementContext(
        CurrencyUnit currency,
        Period period,
        Instant asOf,
        Rounding rounding,
        Ratio share,
        boolean closing,
        Map<String, Money> before,
        Money startingBalance) {

    /**
     * @throws IllegalArgumentException if the currency has no minor unit (XAU, XXX), or the starting balance is of another one
     */
    public SettlementContext {
        Rounding.toMinorUnit(RoundingMode.HALF_UP).digits(currency);
        requireNonNull(period, "period");
        requireNonNull(asOf, "asOf");
        requireNonNull(rounding, "rounding");
        requireNonNull(share, "share");
        requireNonNull(before, "before");
        Money.zero(currency).plus(startingBalance);
    }

    /** The only document of a whole period. */
    public static SettlementContext of(CurrencyUnit currency, Period period, Instant asOf, Rounding rounding) {
        return new SettlementContext(
                currency, period, asOf, rounding, Ratio.ONE, true, HashMap.empty(), Money.zero(currency));
    }

    /** The same, for a part of a period. */
    public SettlementContext withShare(Ratio newShare) {
        return new SettlementContext(currency, period, asOf, rounding, newShare, closing, before, startingBalance);
    }

    /** The same, with other documents of the period to follow. */
    public SettlementContext withMoreToFollow() {
        return new SettlementContext(currency, period, asOf, rounding, share, false, before, startingBalance);
    }

    /** The same, after earlier documents of the period. */
    public SettlementContext after(Map<String, Money> newBefore) {
        return new SettlementContext(currency, period, asOf, rounding, share, closing, newBefore, startingBalance);
    }

    /** The same, with what was left over before. */
    public SettlementContext startingWith(Money newStartingBalance) {
        return new SettlementContext(currency, period, asOf, rounding, share, closing, before, newStartingBalance);
    }

    Money chargedBefore(String id) {
        return before.get(id).getOrElse(Money.zero(currency));
    }
}
