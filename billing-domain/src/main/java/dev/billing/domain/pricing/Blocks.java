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
 * Blocks inside tiers, as Kill Bill's catalog has them: a tier holds so many blocks of a size at a price per block, and a block that is
 * begun is a block. With 10 blocks of 100 and then blocks of 1,000, each at USD 1, 5,325 units are {@code 10 + ceil(4,325 ÷ 1,000) = USD
 * 15}.
 * <p>
 * The last tier may have a maximum as well. As in Kill Bill, {@link Policy#ALL_TIERS} then charges nothing for what is beyond it, and
 * {@link Policy#TOP_TIER} prices it as the last tier.
 */
public record Blocks(Seq<BlockTier> tiers, Policy policy) implements PricingRule {

    /** Which tiers price a quantity. */
    public enum Policy {
        /** Each tier prices the blocks that fall into it. */
        ALL_TIERS,
        /** The tier that is reached prices all units, in blocks of its own size. */
        TOP_TIER
    }

    /**
     * A tier.
     *
     * @param size units in a block
     * @param maxBlocks how many blocks belong to it; none if it has no end
     * @param price of a block
     * @param roundDown whether a block that is begun costs nothing until it is full
     */
    public record BlockTier(BigDecimal size, Option<Long> maxBlocks, Money price, boolean roundDown) {

        /** Keeps the size without trailing zeros. */
        public BlockTier {
            size = Decimals.canonical(size);
            requireNonNull(maxBlocks, "maxBlocks");
            requireNonNull(price, "price");
        }

        private boolean holds(BigDecimal units) {
            return maxBlocks.forAll(max -> units.compareTo(capacity(max)) <= 0);
        }

        private BigDecimal held(BigDecimal units) {
            return maxBlocks.map(max -> units.min(capacity(max))).getOrElse(units);
        }

        private BigDecimal capacity(long max) {
            return size.multiply(BigDecimal.valueOf(max));
        }

        private Part blocks(BigDecimal units, int tier) {
            return new Part(
                    "blocks of " + Decimals.toText(size) + " in tier " + (tier + 1),
                    Packaged.count(units, size, roundDown),
                    price);
        }

        @Override
        public String toString() {
            return maxBlocks.map(max -> "up to " + max + " blocks of ").getOrElse("blocks of ") + Decimals.toText(size)
                    + (roundDown ? ", full ones only," : "") + " at " + price;
        }
    }

    /**
     * Checks the tiers.
     *
     * @throws InvalidPricing if there are none, a size or a maximum is not above 0, a tier but the last has no maximum, a price is
     *     negative, or the currencies differ
     */
    public Blocks {
        requireNonNull(policy, "policy");
        Problems problems = Problems.of("Block prices").notEmpty("tiers", tiers);
        for (int i = 0; i < tiers.size(); i++) {
            check(problems, Problems.at("tiers", i), tiers.get(i), i == tiers.size() - 1);
            problems.currency(
                    Problems.at("tiers", i) + ".price",
                    tiers.head().price().currency(),
                    tiers.get(i).price().currency());
        }
        problems.orThrow();
        tiers = Array.ofAll(tiers);
    }

    private static void check(Problems problems, String at, BlockTier tier, boolean last) {
        problems.positive(at + ".size", tier.size());
        problems.require(
                last || tier.maxBlocks().isDefined(),
                at + ".maxBlocks",
                "must have a maximum, because only the last one is open");
        tier.maxBlocks().forEach(max -> problems.positive(at + ".maxBlocks", BigDecimal.valueOf(max)));
        problems.notNegative(at + ".price", tier.price());
    }

    @Override
    public CurrencyUnit currency() {
        return tiers.head().price().currency();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal quantity) {
        return parts(quantity).map(Part::amount).fold(Money.zero(currency()), Money::plus);
    }

    /** The blocks by tier; at zero usage, none in the first. */
    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        PricingRule.requireNotNegative(quantity);
        return policy == Policy.ALL_TIERS ? inAllTiers(quantity) : inTopTier(quantity);
    }

    private Seq<Part> inAllTiers(BigDecimal quantity) {
        Array<Part> parts = Array.of(tiers.head().blocks(tiers.head().held(quantity), 0));
        BigDecimal left = quantity.subtract(tiers.head().held(quantity));
        for (int i = 1; i < tiers.size() && left.signum() > 0; i++) {
            BigDecimal held = tiers.get(i).held(left);
            parts = parts.append(tiers.get(i).blocks(held, i));
            left = left.subtract(held);
        }
        return parts;
    }

    private Seq<Part> inTopTier(BigDecimal quantity) {
        BigDecimal left = quantity;
        int tier = 0;
        while (tier < tiers.size() - 1 && !tiers.get(tier).holds(left)) {
            left = left.subtract(tiers.get(tier).held(left));
            tier++;
        }
        return Array.of(tiers.get(tier).blocks(quantity, tier));
    }

    /** {@code up to 10 blocks of 100 at USD 1, then blocks of 1000 at USD 1}. */
    @Override
    public String toString() {
        return (policy == Policy.TOP_TIER ? "all in the tier reached: " : "") + tiers.mkString(", then ") + beyond();
    }

    private String beyond() {
        return policy == Policy.ALL_TIERS && tiers.last().maxBlocks().isDefined() ? ", nothing beyond" : "";
    }
}
