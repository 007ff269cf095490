package dev.billing.benchmarks;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.joda.time.DateTime;
import org.jspecify.annotations.Nullable;
import org.killbill.billing.catalog.api.BillingAlignment;
import org.killbill.billing.catalog.api.BillingPeriod;
import org.killbill.billing.catalog.api.Currency;
import org.killbill.billing.catalog.api.Plan;
import org.killbill.billing.catalog.api.PlanPhase;
import org.killbill.billing.catalog.api.Usage;
import org.killbill.billing.junction.BillingEvent;
import org.killbill.billing.junction.BillingEventSet;
import org.killbill.billing.subscription.api.SubscriptionBaseTransitionType;

/** What happened to the subscriptions of one account: each was created once, and nothing since. */
final class KillBillEvents extends TreeSet<BillingEvent> implements BillingEventSet {

    private static final long serialVersionUID = 1;

    private final transient Map<String, Usage> usages;

    KillBillEvents(List<Created> events) {
        addAll(events);
        usages = events.stream()
                .flatMap(event -> event.getUsages().stream())
                .collect(Collectors.toMap(Usage::getName, usage -> usage, (one, same) -> one));
    }

    @Override
    public boolean isAccountAutoInvoiceOff() {
        return false;
    }

    @Override
    public boolean isAccountAutoInvoiceDraft() {
        return false;
    }

    @Override
    public boolean isAccountAutoInvoiceReuseDraft() {
        return false;
    }

    @Override
    public List<UUID> getSubscriptionIdsWithAutoInvoiceOff() {
        return List.of();
    }

    @Override
    public Map<String, Usage> getUsages() {
        return usages;
    }

    /** A subscription begins. The components are named like the getters that they answer. */
    record Created(
            UUID getSubscriptionId,
            UUID getBundleId,
            DateTime getEffectiveDate,
            BillingPeriod getBillingPeriod,
            @Nullable BigDecimal getRecurringPrice,
            List<Usage> getUsages)
            implements BillingEvent {

        @Override
        public int compareTo(BillingEvent other) {
            return Comparator.comparing(BillingEvent::getSubscriptionId)
                    .thenComparing(BillingEvent::getEffectiveDate)
                    .compare(this, other);
        }

        @Override
        public int getBillCycleDayLocal() {
            return 1;
        }

        @Override
        public int getQuantity() {
            return 1;
        }

        @Override
        public BillingAlignment getBillingAlignment() {
            return BillingAlignment.ACCOUNT;
        }

        @Override
        public PlanPhase getPlanPhase() {
            return KillBillCatalog.PHASE;
        }

        @Override
        public Plan getPlan() {
            return KillBillCatalog.PLAN;
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public @Nullable BigDecimal getFixedPrice() {
            return null;
        }

        @Override
        public Currency getCurrency() {
            return Currency.USD;
        }

        @Override
        public SubscriptionBaseTransitionType getTransitionType() {
            return SubscriptionBaseTransitionType.CREATE;
        }

        @Override
        public Long getTotalOrdering() {
            return 1L;
        }

        @Override
        public DateTime getCatalogEffectiveDate() {
            return getEffectiveDate;
        }
    }
}
