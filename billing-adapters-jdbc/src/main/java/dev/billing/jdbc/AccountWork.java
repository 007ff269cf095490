package dev.billing.jdbc;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.jdbc.AccountTable.Counts;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.Published;
import dev.billing.port.Write;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part of a commit that changes accounts. Their rows are locked, so that entries and events are counted one after the other. */
final class AccountWork {

    private final Connection connection;
    private final String tenant;
    private final Map<AccountId, Counts> accounts = new HashMap<>();

    AccountWork(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Locks accounts in the order of their ids. */
    void lock(Seq<AccountId> wanted) throws SQLException {
        for (AccountId account : wanted.distinct().sortBy(AccountId::value)) {
            accounts.put(account, AccountTable.lock(connection, tenant, account));
        }
    }

    Option<CommitRefused> apply(Write.OfAccount write) throws SQLException {
        Counts known = known(write.account());
        if (write instanceof Write.Enter enter) {
            return enter(known, enter);
        }
        return write instanceof Write.Describe describe
                ? describe(known, describe.next())
                : expect(known, (Write.Expect) write);
    }

    private static Option<CommitRefused> expect(Counts known, Write.Expect expect) {
        return Option.when(
                expect.version() != known.version(),
                () -> new CommitRefused.StaleAccount(expect.account(), expect.version(), known.version()));
    }

    private Option<CommitRefused> enter(Counts known, Write.Enter enter) throws SQLException {
        if (enter.expected().exists(expected -> expected != known.entries())) {
            return Option.some(new CommitRefused.StaleAccount(
                    enter.account(), enter.expected().get(), known.entries()));
        }
        AccountTable.enter(connection, tenant, enter.account(), known.entries(), enter.at(), enter.movements());
        long entries = known.entries() + enter.movements().size();
        accounts.put(enter.account(), new Counts(entries, known.events(), known.version()));
        return Option.none();
    }

    private Option<CommitRefused> describe(Counts known, AccountDetails next) throws SQLException {
        if (next.version() != known.version() + 1) {
            return Option.some(new CommitRefused.StaleAccount(next.account(), next.version() - 1, known.version()));
        }
        AccountTable.describe(connection, tenant, next);
        accounts.put(next.account(), new Counts(known.entries(), known.events(), next.version()));
        return Option.none();
    }

    /** Keeps events, numbered within their accounts. */
    void publish(Seq<Event> events) throws SQLException {
        List<Published> published = new ArrayList<>();
        for (Event event : events) {
            Counts known = known(event.account());
            long number = known.events() + 1;
            published.add(new Published(event, number));
            accounts.put(event.account(), new Counts(known.entries(), number, known.version()));
        }
        AccountTable.publish(connection, tenant, published);
    }

    /** Keeps how much there is now. */
    void end() throws SQLException {
        for (Map.Entry<AccountId, Counts> account : accounts.entrySet()) {
            AccountTable.count(connection, tenant, account.getKey(), account.getValue());
        }
    }

    private Counts known(AccountId account) {
        return requireNonNull(accounts.get(account), "An account must be locked before it is changed");
    }
}
