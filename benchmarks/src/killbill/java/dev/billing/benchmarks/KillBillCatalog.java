package dev.billing.benchmarks;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import org.joda.time.DateTime;
import org.killbill.billing.catalog.api.BillingMode;
import org.killbill.billing.catalog.api.BillingPeriod;
import org.killbill.billing.catalog.api.Block;
import org.killbill.billing.catalog.api.BlockType;
import org.killbill.billing.catalog.api.Currency;
import org.killbill.billing.catalog.api.Duration;
import org.killbill.billing.catalog.api.Fixed;
import org.killbill.billing.catalog.api.InternationalPrice;
import org.killbill.billing.catalog.api.Limit;
import org.killbill.billing.catalog.api.PhaseType;
import org.killbill.billing.catalog.api.Plan;
import org.killbill.billing.catalog.api.PlanPhase;
import org.killbill.billing.catalog.api.Price;
import org.killbill.billing.catalog.api.PriceList;
import org.killbill.billing.catalog.api.Product;
import org.killbill.billing.catalog.api.ProductCategory;
import org.killbill.billing.catalog.api.Recurring;
import org.killbill.billing.catalog.api.StaticCatalog;
import org.killbill.billing.catalog.api.Tier;
import org.killbill.billing.catalog.api.TierBlockPolicy;
import org.killbill.billing.catalog.api.TieredBlock;
import org.killbill.billing.catalog.api.Unit;
import org.killbill.billing.catalog.api.Usage;
import org.killbill.billing.catalog.api.UsageType;

/**
 * A catalog of plain values: one plan with one phase, which may charge by month in advance, and the usage of one unit in arrear by
 * graduated tiers. What the invoice generator never asks for is not there.
 */
final class KillBillCatalog {

    static final Plan PLAN = new MonthlyPlan("plan", "Plan", BillingMode.IN_ADVANCE, new Named("product", "Product"));
    static final PlanPhase PHASE = new Evergreen("plan-evergreen", "Evergreen", PhaseType.EVERGREEN);

    private KillBillCatalog() {}

    /** Usage of a unit, each tier for the quantity that falls into it. */
    static Usage graduated(String unit, List<Work.Tier> tiers) {
        Tier[] blocks = tiers.stream()
                .map(tier -> new OneBlock(new TieredBlock[] {
                    new SingleUnits(
                            new UnitName(unit, unit),
                            BigDecimal.ONE,
                            tier.size().orElse(UNLIMITED),
                            new UsDollars(tier.price()))
                }))
                .toArray(Tier[]::new);
        return new Graduated(
                "usage",
                "Usage",
                BillingMode.IN_ARREAR,
                UsageType.CONSUMABLE,
                TierBlockPolicy.ALL_TIERS,
                BillingPeriod.MONTHLY,
                blocks);
    }

    private static final BigDecimal UNLIMITED = new BigDecimal("-1");

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("The invoice generator was not expected to ask for this");
    }

    // The components are named like the getters that they answer.

    private record UnitName(String getName, String getPrettyName) implements Unit {}

    private record UsDollars(BigDecimal amount) implements InternationalPrice {
        @Override
        public BigDecimal getPrice(Currency currency) {
            return amount;
        }

        @Override
        public Price[] getPrices() {
            throw notAsked();
        }

        @Override
        public boolean isZero() {
            return amount.signum() == 0;
        }
    }

    private record SingleUnits(Unit getUnit, BigDecimal getSize, BigDecimal getMax, InternationalPrice getPrice)
            implements TieredBlock {
        @Override
        public BlockType getType() {
            return BlockType.TIERED;
        }

        @Override
        public BigDecimal getMinTopUpCredit() {
            throw notAsked();
        }
    }

    private record OneBlock(TieredBlock[] getTieredBlocks) implements Tier {
        @Override
        public Limit[] getLimits() {
            return new Limit[0];
        }

        @Override
        public InternationalPrice getFixedPrice() {
            throw notAsked();
        }

        @Override
        public InternationalPrice getRecurringPrice() {
            throw notAsked();
        }
    }

    private record Graduated(
            String getName,
            String getPrettyName,
            BillingMode getBillingMode,
            UsageType getUsageType,
            TierBlockPolicy getTierBlockPolicy,
            BillingPeriod getBillingPeriod,
            Tier[] getTiers)
            implements Usage {
        @Override
        public StaticCatalog getCatalog() {
            throw notAsked();
        }

        @Override
        public boolean compliesWithLimits(String unit, BigDecimal value) {
            throw notAsked();
        }

        @Override
        public Limit[] getLimits() {
            throw notAsked();
        }

        @Override
        public Block[] getBlocks() {
            throw notAsked();
        }

        @Override
        public InternationalPrice getFixedPrice() {
            throw notAsked();
        }

        @Override
        public InternationalPrice getRecurringPrice() {
            throw notAsked();
        }
    }

    private record Named(String getName, String getPrettyName) implements Product {
        @Override
        public StaticCatalog getCatalog() {
            throw notAsked();
        }

        @Override
        public Collection<Product> getAvailable() {
            throw notAsked();
        }

        @Override
        public Collection<Product> getIncluded() {
            throw notAsked();
        }

        @Override
        public ProductCategory getCategory() {
            throw notAsked();
        }

        @Override
        public String getCatalogName() {
            throw notAsked();
        }

        @Override
        public Limit[] getLimits() {
            throw notAsked();
        }

        @Override
        public boolean compliesWithLimits(String unit, BigDecimal value) {
            throw notAsked();
        }
    }

    private record MonthlyPlan(
            String getName, String getPrettyName, BillingMode getRecurringBillingMode, Product getProduct)
            implements Plan {
        @Override
        public StaticCatalog getCatalog() {
            throw notAsked();
        }

        @Override
        public PlanPhase[] getInitialPhases() {
            throw notAsked();
        }

        @Override
        public PriceList getPriceList() {
            throw notAsked();
        }

        @Override
        public Iterator<PlanPhase> getInitialPhaseIterator() {
            throw notAsked();
        }

        @Override
        public PlanPhase getFinalPhase() {
            throw notAsked();
        }

        @Override
        public BillingPeriod getRecurringBillingPeriod() {
            throw notAsked();
        }

        @Override
        public int getPlansAllowedInBundle() {
            throw notAsked();
        }

        @Override
        public PlanPhase[] getAllPhases() {
            throw notAsked();
        }

        @Override
        public Date getEffectiveDateForExistingSubscriptions() {
            throw notAsked();
        }

        @Override
        public PlanPhase findPhase(String name) {
            throw notAsked();
        }

        @Override
        public DateTime dateOfFirstRecurringNonZeroCharge(DateTime start, PhaseType initialPhase) {
            throw notAsked();
        }
    }

    private record Evergreen(String getName, String getPrettyName, PhaseType getPhaseType) implements PlanPhase {
        @Override
        public StaticCatalog getCatalog() {
            throw notAsked();
        }

        @Override
        public Fixed getFixed() {
            throw notAsked();
        }

        @Override
        public Recurring getRecurring() {
            throw notAsked();
        }

        @Override
        public Usage[] getUsages() {
            throw notAsked();
        }

        @Override
        public Duration getDuration() {
            throw notAsked();
        }

        @Override
        public boolean compliesWithLimits(String unit, BigDecimal value) {
            throw notAsked();
        }
    }
}
