package dev.billing.domain.pricing;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * The whole quantity at the price of the tier that it reaches, and that tier's fee. With up to 10 at USD 2 and beyond at USD 1, 10 units
 * are USD 20 and 11 are USD 11: more can cost less, at every bound.
 * <p>
 * At zero usage the first tier's fee is due, unless {@code freeAtZero}. This is what Stripe, Lago, OpenMeter and Meteroid call volume,
 * and Kill Bill's {@code TOP_TIER} with blocks of one unit.
 */
public record Volume(Seq<PriceTier> tiers, boolean freeAtZero) implements PricingRule {

    /**
     * Checks the tiers.
     *
     * @throws InvalidPricing as {@link Graduated}
     */
    public Volume {
        tiers = PriceTier.checked("Volume prices", tiers);
    }

    @Override
    public CurrencyUnit currency() {
        return tiers.head().unitPrice().currency();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal quantity) {
        return prorated(quantity, quantity);
    }

    /**
     * The price of units that each count only for their time: the full units choose the tier, the prorated ones are priced; the fee is due
     * in full. With beyond 200 at USD 0.5 + USD 50, 300 units that come to 198.6 are USD 149.3. This is Lago's prorated volume charge.
     */
    public Money prorated(BigDecimal fullUnits, BigDecimal proratedUnits) {
        if (PricingRule.requireNotNegative(fullUnits).signum() == 0 && freeAtZero) {
            return Money.zero(currency());
        }
        PriceTier tier = reached(fullUnits);
        return tier.unitPrice()
                .times(PricingRule.requireNotNegative("A prorated quantity", proratedUnits))
                .plus(tier.flatFee());
    }

    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        if (PricingRule.requireNotNegative(quantity).signum() == 0 && freeAtZero) {
            return Array.empty();
        }
        PriceTier tier = reached(quantity);
        int index = tiers.indexOf(tier);
        String name = Tiers.name(
                index == 0 ? BigDecimal.ZERO : tiers.get(index - 1).upTo().get(), tier.upTo());
        Seq<Part> fee = tier.flatFee().isZero() ? Array.empty() : Array.of(Part.of("fee " + name, tier.flatFee()));
        return quantity.signum() == 0 ? fee : fee.prepend(new Part("all at " + name, quantity, tier.unitPrice()));
    }

    private PriceTier reached(BigDecimal quantity) {
        int tier = 0;
        while (tiers.get(tier).upTo().exists(bound -> quantity.compareTo(bound) > 0)) {
            tier++;
        }
        return tiers.get(tier);
    }

    /** {@code volume: up to 10: USD 2 per unit, beyond: USD 1 per unit}. */
    @Override
    public String toString() {
        return "volume: " + tiers.mkString(", ") + (freeAtZero ? ", free at zero" : "");
    }
}
