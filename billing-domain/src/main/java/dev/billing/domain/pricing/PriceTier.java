package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * A tier of {@link Graduated} or {@link Volume}. It begins right after the bound of the tier before it; a quantity on a bound belongs to
 * the lower tier. The rule that holds it checks it, so that all problems of all tiers are told at once.
 *
 * @param upTo the last quantity that belongs to it; none for the last tier, which is open
 * @param unitPrice of each unit
 * @param flatFee due once
 */
public record PriceTier(Option<BigDecimal> upTo, Money unitPrice, Money flatFee) {

    /** Keeps the bound without trailing zeros. */
    public PriceTier {
        upTo = upTo.map(Decimals::canonical);
        requireNonNull(unitPrice, "unitPrice");
        requireNonNull(flatFee, "flatFee");
    }

    /** A tier without a fee, up to and including a quantity. */
    public static PriceTier upTo(BigDecimal bound, Money unitPrice) {
        return new PriceTier(Option.some(bound), unitPrice, Money.zero(unitPrice.currency()));
    }

    /** The last tier, without a fee. */
    public static PriceTier beyond(Money unitPrice) {
        return new PriceTier(Option.none(), unitPrice, Money.zero(unitPrice.currency()));
    }

    /** The same tier with a fee. */
    public PriceTier withFee(Money fee) {
        return new PriceTier(upTo, unitPrice, fee);
    }

    /** The tiers, once they are found to be good. */
    static Array<PriceTier> checked(String rule, Seq<PriceTier> tiers) {
        check(Problems.of(rule), tiers).orThrow();
        return Array.ofAll(tiers);
    }

    static Problems check(Problems problems, Seq<PriceTier> tiers) {
        problems.notEmpty("tiers", tiers).ascending("tiers", tiers.map(PriceTier::upTo), Option.some(BigDecimal.ZERO));
        for (int i = 0; i < tiers.size(); i++) {
            CurrencyUnit currency = tiers.head().unitPrice.currency();
            String at = Problems.at("tiers", i);
            problems.price(at + ".unitPrice", currency, tiers.get(i).unitPrice);
            problems.price(at + ".flatFee", currency, tiers.get(i).flatFee);
        }
        return problems;
    }

    /** {@code up to 10: USD 2 per unit + USD 5}. */
    @Override
    public String toString() {
        return Tiers.name(upTo) + ": " + unitPrice + " per unit" + (flatFee.isZero() ? "" : " + " + flatFee);
    }
}
