package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.FactQuery;
import dev.billing.port.FactsRefused;
import dev.billing.port.Recorded;
import dev.billing.port.TenantId;
import dev.billing.port.UsageStore;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Function;

/** Does what the store in memory does; what overrides a method breaks a rule. */
class ForwardingUsageStore implements UsageStore {

    final UsageStore intact = new InMemoryUsageStore();

    @Override
    public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
        return intact.record(tenant, facts);
    }

    @Override
    public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
        return intact.lifetimes(access, query, reader);
    }

    @Override
    public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
        return intact.usage(access, query, reader);
    }

    @Override
    public Option<Instant> earliest(Access access, AccountId account, Option<Selection.At> at, Instant notAfter) {
        return intact.earliest(access, account, at, notAfter);
    }

    @Override
    public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
        return intact.accounts(access, after, max);
    }

    final Seq<Lifetime> lifetimesOf(Access access, FactQuery query) {
        return intact.lifetimes(access, query, found -> Array.ofAll(() -> found));
    }

    final Seq<UsageRecord> usageOf(Access access, FactQuery query) {
        return intact.usage(access, query, found -> Array.ofAll(() -> found));
    }
}
