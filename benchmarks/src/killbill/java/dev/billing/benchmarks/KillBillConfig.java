package dev.billing.benchmarks;

import java.util.List;
import org.joda.time.Period;
import org.killbill.billing.callcontext.InternalTenantContext;
import org.killbill.billing.util.config.definition.InvoiceConfig;
import org.skife.config.TimeSpan;

/** Kill Bill's documented defaults, each as a constant, because it asks for some of them once for each usage record. */
final class KillBillConfig implements InvoiceConfig {

    @Override
    public int getNumberOfMonthsInFuture() {
        return 36;
    }

    @Override
    public int getNumberOfMonthsInFuture(InternalTenantContext tenant) {
        return 36;
    }

    @Override
    public boolean isSanitySafetyBoundEnabled() {
        return true;
    }

    @Override
    public boolean isSanitySafetyBoundEnabled(InternalTenantContext tenant) {
        return true;
    }

    @Override
    public boolean isUsageZeroAmountDisabled() {
        return false;
    }

    @Override
    public boolean isUsageZeroAmountDisabled(InternalTenantContext tenant) {
        return false;
    }

    @Override
    public boolean isUsageMissingLenient() {
        return false;
    }

    @Override
    public boolean isUsageMissingLenient(InternalTenantContext tenant) {
        return false;
    }

    @Override
    public int getMaxDailyNumberOfItemsSafetyBound() {
        return 15;
    }

    @Override
    public int getMaxDailyNumberOfItemsSafetyBound(InternalTenantContext tenant) {
        return 15;
    }

    @Override
    public TimeSpan getDryRunNotificationSchedule() {
        return new TimeSpan("0s");
    }

    @Override
    public TimeSpan getDryRunNotificationSchedule(InternalTenantContext tenant) {
        return new TimeSpan("0s");
    }

    @Override
    public int getMaxRawUsagePreviousPeriod() {
        return 2;
    }

    @Override
    public int getMaxRawUsagePreviousPeriod(InternalTenantContext tenant) {
        return 2;
    }

    @Override
    public int getMaxGlobalLockRetries() {
        return 50;
    }

    @Override
    public List<String> getInvoicePluginNames() {
        return List.of();
    }

    @Override
    public List<String> getInvoicePluginNames(InternalTenantContext tenant) {
        return List.of();
    }

    @Override
    public boolean isEmailNotificationsEnabled() {
        return false;
    }

    @Override
    public boolean isInvoicingSystemEnabled() {
        return true;
    }

    @Override
    public boolean isInvoicingSystemEnabled(InternalTenantContext tenant) {
        return true;
    }

    @Override
    public String getParentAutoCommitUtcTime() {
        return "23:59:59.999";
    }

    @Override
    public String getParentAutoCommitUtcTime(InternalTenantContext tenant) {
        return "23:59:59.999";
    }

    @Override
    public UsageDetailMode getItemResultBehaviorMode() {
        return UsageDetailMode.AGGREGATE;
    }

    @Override
    public UsageDetailMode getItemResultBehaviorMode(InternalTenantContext tenant) {
        return UsageDetailMode.AGGREGATE;
    }

    @Override
    public AccountTzOffset getAccountTzOffsetMode() {
        return AccountTzOffset.FIXED;
    }

    @Override
    public AccountTzOffset getAccountTzOffsetMode(InternalTenantContext tenant) {
        return AccountTzOffset.FIXED;
    }

    @Override
    public InArrearMode getInArrearMode() {
        return InArrearMode.DEFAULT;
    }

    @Override
    public InArrearMode getInArrearMode(InternalTenantContext tenant) {
        return InArrearMode.DEFAULT;
    }

    @Override
    public boolean shouldParkAccountsWithUnknownUsage() {
        return false;
    }

    @Override
    public boolean shouldParkAccountsWithUnknownUsage(InternalTenantContext tenant) {
        return false;
    }

    @Override
    public Period getMaxInvoiceLimit() {
        return Period.ZERO;
    }

    @Override
    public Period getMaxInvoiceLimit(InternalTenantContext tenant) {
        return Period.ZERO;
    }

    @Override
    public int getProrationFixedDays() {
        return 0;
    }

    @Override
    public int getProrationFixedDays(InternalTenantContext tenant) {
        return 0;
    }

    @Override
    public List<TimeSpan> getRescheduleIntervalOnLock() {
        return List.of(new TimeSpan("30s"));
    }

    @Override
    public List<TimeSpan> getRescheduleIntervalOnLock(InternalTenantContext tenant) {
        return List.of(new TimeSpan("30s"));
    }
}
