package dev.billing.testkit;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.rollup.Rollup;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.AccountStore;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.FactQuery;
import dev.billing.port.FactsRefused;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Outbox;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.Receipt;
import dev.billing.port.Recorded;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Tally;
import dev.billing.port.TenantId;
import dev.billing.port.UsageStore;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets storage fail when it is told to, to see what a service makes of it.
 *
 * <pre>{@code
 * FaultInjection faults = new FaultInjection();
 * Billing billing = Billing.on(faults.in(InMemoryPorts.create()));
 * faults.after(Call.COMMIT, 2);   // the second commit from now on takes effect, and its caller does not learn of it
 * }</pre>
 *
 * A call fails once; calls are counted over all stores that one object of this class makes fail. Safe for use by many threads.
 */
public final class FaultInjection {

    /** What can fail. */
    public enum Call {
        COMMIT,
        ANSWER,
        FIND,
        SEARCH,
        TALLY,
        LINES,
        SEARCH_LINES,
        TALLY_LINES,
        ROLLUP,
        ENTRIES,
        DETAILS,
        ACCOUNTS,
        PAID_BY,
        UNDELIVERED,
        DELIVERED,
        RECORD,
        LIFETIMES,
        USAGE,
        EARLIEST,
        FACT_ACCOUNTS;

        private boolean changes() {
            return this == COMMIT || this == RECORD || this == DELIVERED;
        }
    }

    private enum Moment {
        BEFORE,
        AFTER
    }

    private final Map<Call, Long> calls = new EnumMap<>(Call.class);
    private final Map<Call, Map<Long, Moment>> faults = new EnumMap<>(Call.class);
    private long last = Long.MAX_VALUE;

    /**
     * Lets a call fail before it does anything. The failure says that it is retryable.
     *
     * @param nth counts from now on: 1 is the next call
     * @throws IllegalArgumentException if it is not 1 or more
     */
    public FaultInjection before(Call call, int nth) {
        return plan(call, nth, Moment.BEFORE);
    }

    /**
     * Lets a call fail when it has done all its work. The failure says of a change that its outcome is unknown, and of a read that it is
     * retryable.
     *
     * @param nth counts from now on: 1 is the next call
     * @throws IllegalArgumentException if it is not 1 or more
     */
    public FaultInjection after(Call call, int nth) {
        return plan(call, nth, Moment.AFTER);
    }

    /**
     * Lets every call fail from some call on, of whatever kind, as if the power had gone, until the storage is {@link #up()} again.
     *
     * @param more how many calls still succeed
     * @throws IllegalArgumentException if it is negative
     */
    public synchronized FaultInjection downAfter(long more) {
        if (more < 0) {
            throw new IllegalArgumentException("Calls that still succeed must not be negative, but were " + more);
        }
        last = calls() + more;
        return this;
    }

    /** Lets calls succeed again. */
    public synchronized FaultInjection up() {
        last = Long.MAX_VALUE;
        return this;
    }

    /** How often something was called so far, failures included. */
    public synchronized long calls(Call call) {
        return calls.getOrDefault(call, 0L);
    }

    /** How often anything was called so far, failures included. */
    public synchronized long calls() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same ports, with stores that fail as planned. */
    public Ports in(Ports ports) {
        return new Ports(
                in(ports.invoices()),
                new FailingAccountStore(this, ports.accounts()),
                new FailingOutbox(this, ports.outbox()),
                in(ports.usage()),
                ports.priceBooks(),
                ports.directory(),
                ports.aggregations(),
                ports.taxes());
    }

    /** The same store, failing as planned. */
    public InvoiceStore in(InvoiceStore store) {
        return new FailingInvoiceStore(this, requireNonNull(store, "store"));
    }

    /** The same store, failing as planned. */
    public UsageStore in(UsageStore store) {
        return new FailingUsageStore(this, requireNonNull(store, "store"));
    }

    private synchronized FaultInjection plan(Call call, int nth, Moment moment) {
        if (nth < 1) {
            throw new IllegalArgumentException("The next call is number 1, but was " + nth);
        }
        faults.computeIfAbsent(call, any -> new HashMap<>()).put(calls(call) + nth, moment);
        return this;
    }

    private <T> T run(Call call, Supplier<T> work) {
        Option<Moment> fault = next(call);
        if (fault.contains(Moment.BEFORE)) {
            throw new StorageException(StorageException.Kind.RETRYABLE, "Injected before " + call);
        }
        T result = work.get();
        if (fault.contains(Moment.AFTER)) {
            throw new StorageException(
                    call.changes() ? StorageException.Kind.UNKNOWN_OUTCOME : StorageException.Kind.RETRYABLE,
                    "Injected after " + call);
        }
        return result;
    }

    private synchronized Option<Moment> next(Call call) {
        long number = calls.merge(call, 1L, Long::sum);
        if (calls() > last) {
            return Option.some(Moment.BEFORE);
        }
        return Option.of(faults.getOrDefault(call, Map.of()).get(number));
    }

    private record FailingInvoiceStore(FaultInjection faults, InvoiceStore store) implements InvoiceStore {

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return faults.run(Call.COMMIT, () -> store.commit(tenant, commit));
        }

        @Override
        public Option<Answer> answer(TenantId tenant, CommandKey key) {
            return faults.run(Call.ANSWER, () -> store.answer(tenant, key));
        }

        @Override
        public Option<Stored> find(Access access, InvoiceId id) {
            return faults.run(Call.FIND, () -> store.find(access, id));
        }

        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            return faults.run(Call.SEARCH, () -> store.search(access, query, order, page));
        }

        @Override
        public Tally tally(
                Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
            return faults.run(Call.TALLY, () -> store.tally(access, query, figures, by, digits));
        }

        @Override
        public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
            return faults.run(Call.SEARCH_LINES, () -> store.searchLines(access, query, order, page));
        }

        @Override
        public Tally tallyLines(Access access, LineItemQuery query, Seq<String> by, Tally.Digits digits) {
            return faults.run(Call.TALLY_LINES, () -> store.tallyLines(access, query, by, digits));
        }

        @Override
        public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
            return faults.run(Call.LINES, () -> store.lines(access, query, reader));
        }

        @Override
        public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
            return faults.run(Call.ROLLUP, () -> store.rollup(access, query, by));
        }

        @Override
        public Seq<String> problems(TenantId tenant, InvoiceId id) {
            return store.problems(tenant, id);
        }

        @Override
        public Seq<String> problems(TenantId tenant) {
            return store.problems(tenant);
        }
    }

    private record FailingAccountStore(FaultInjection faults, AccountStore store) implements AccountStore {

        @Override
        public Seq<Entry> entries(Access access, AccountId account) {
            return faults.run(Call.ENTRIES, () -> store.entries(access, account));
        }

        @Override
        public Option<AccountDetails> details(Access access, AccountId account) {
            return faults.run(Call.DETAILS, () -> store.details(access, account));
        }

        @Override
        public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
            return faults.run(Call.ACCOUNTS, () -> store.accounts(access, after, max));
        }

        @Override
        public Seq<AccountId> paidBy(Access access, AccountId payer) {
            return faults.run(Call.PAID_BY, () -> store.paidBy(access, payer));
        }

        @Override
        public Seq<String> problems(TenantId tenant, AccountId account) {
            return store.problems(tenant, account);
        }
    }

    private record FailingOutbox(FaultInjection faults, Outbox outbox) implements Outbox {

        @Override
        public Seq<Published> undelivered(TenantId tenant, int max) {
            return faults.run(Call.UNDELIVERED, () -> outbox.undelivered(tenant, max));
        }

        @Override
        public void delivered(TenantId tenant, AccountId account, long upTo) {
            faults.run(Call.DELIVERED, () -> {
                outbox.delivered(tenant, account, upTo);
                return upTo;
            });
        }
    }

    private record FailingUsageStore(FaultInjection faults, UsageStore store) implements UsageStore {

        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            return faults.run(Call.RECORD, () -> store.record(tenant, facts));
        }

        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            return faults.run(Call.LIFETIMES, () -> store.lifetimes(access, query, reader));
        }

        @Override
        public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
            return faults.run(Call.USAGE, () -> store.usage(access, query, reader));
        }

        @Override
        public Option<Instant> earliest(Access access, AccountId account, Option<Selection.At> at, Instant notAfter) {
            return faults.run(Call.EARLIEST, () -> store.earliest(access, account, at, notAfter));
        }

        @Override
        public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
            return faults.run(Call.FACT_ACCOUNTS, () -> store.accounts(access, after, max));
        }
    }
}
