package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.port.Access;
import dev.billing.port.AccountStore;
import dev.billing.port.Outbox;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.TenantId;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** Does what accounts and events in memory do; what overrides a method breaks a rule. */
class ForwardingAccountStore extends ForwardingInvoiceStore implements AccountStore, Outbox {

    /** The same storage, as ports. */
    final Ports ports() {
        return new Ports(this, this, this, new InMemoryUsageStore(), new InMemoryPriceBooks(), new InMemoryDirectory());
    }

    @Override
    public Seq<Entry> entries(Access access, AccountId account) {
        return ((AccountStore) intact).entries(access, account);
    }

    @Override
    public Option<AccountDetails> details(Access access, AccountId account) {
        return ((AccountStore) intact).details(access, account);
    }

    @Override
    public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
        return ((AccountStore) intact).accounts(access, after, max);
    }

    @Override
    public Seq<AccountId> paidBy(Access access, AccountId payer) {
        return ((AccountStore) intact).paidBy(access, payer);
    }

    @Override
    public Seq<Published> undelivered(TenantId tenant, int max) {
        return ((Outbox) intact).undelivered(tenant, max);
    }

    @Override
    public void delivered(TenantId tenant, AccountId account, long upTo) {
        ((Outbox) intact).delivered(tenant, account, upTo);
    }
}
