package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Movement;
import dev.billing.port.Event;
import dev.billing.port.Published;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** How accounts, their entries and their events become rows, and rows those. */
final class AccountTable {

    private static final String INSERT = """
            insert into billing_account (tenant, account, account_key, entries, events, version)
            values (?, ?, ?, 0, 0, 0)
            """;

    private static final String COUNT =
            "update billing_account set entries = ?, events = ? where tenant = ? and account = ?";

    private static final String DESCRIBE =
            "update billing_account set version = ?, updated_at = ?, details = ?, payer = ? where tenant = ? and account = ?";

    private static final String INSERT_ENTRY = """
            insert into billing_entry (tenant, account, entry_no, recorded_at, kind, movement, seal)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_EVENT = """
            insert into billing_event (tenant, account, event_no, event_type, subject, happened_at, data)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private AccountTable() {}

    /**
     * An account whose row is locked.
     *
     * @param entries how many it has
     * @param events how many it had
     * @param version of its details; 0 if it has none
     */
    record Counts(long entries, long events, long version) {}

    /** Locks an account, which has a row from then on. */
    static Counts lock(Connection connection, String tenant, AccountId account) throws SQLException {
        return Database.settle(connection, c -> {
            Option<Counts> known = find(connection, tenant, account);
            if (known.isDefined()) {
                return known.get();
            }
            Batch.one(
                    connection,
                    INSERT,
                    row -> row.text(tenant).text(account.value()).bytes(key(account)));
            return find(connection, tenant, account).get();
        });
    }

    private static Option<Counts> find(Connection connection, String tenant, AccountId account) throws SQLException {
        return new Query("""
                        select entries, events, version from billing_account
                        where tenant = ? and account = ? for update
                        """, tenant, account.value())
                .first(connection, row -> new Counts(row.whole(), row.whole(), row.whole()));
    }

    /** Bytes in the order of the code points. */
    static byte[] key(AccountId account) {
        return account.value().getBytes(StandardCharsets.UTF_8);
    }

    static void count(Connection connection, String tenant, AccountId account, Counts counts) throws SQLException {
        Batch.one(
                connection,
                COUNT,
                row -> row.whole(counts.entries())
                        .whole(counts.events())
                        .text(tenant)
                        .text(account.value()));
    }

    static void describe(Connection connection, String tenant, AccountDetails details) throws SQLException {
        Batch.one(
                connection,
                DESCRIBE,
                row -> row.whole(details.version())
                        .instant(details.updatedAt())
                        .text(AccountJson.write(details))
                        .text(details.payer().map(payer -> payer.account().value()))
                        .text(tenant)
                        .text(details.account().value()));
    }

    static Option<AccountDetails> details(Connection connection, String tenant, AccountId account) throws SQLException {
        return new Query("""
                        select version, updated_at, details from billing_account
                        where tenant = ? and account = ? and version > 0
                        """, tenant, account.value())
                .first(connection, row -> AccountJson.read(account, row.whole(), row.instant(), row.text()));
    }

    /** Adds entries behind those that there are. */
    static void enter(
            Connection connection, String tenant, AccountId account, long entries, Instant at, Seq<Movement> movements)
            throws SQLException {
        try (Batch batch = new Batch(connection, INSERT_ENTRY)) {
            EntryChain chain = new EntryChain(connection, tenant, account);
            String seal = chain.after(entries);
            long number = entries;
            for (Movement movement : movements) {
                String kind = EntryJson.kind(movement).name();
                String text = EntryJson.write(movement);
                seal = chain.next(seal, ++number, at, kind, text);
                batch.text(tenant)
                        .text(account.value())
                        .whole(number)
                        .instant(at)
                        .text(kind)
                        .text(text)
                        .text(seal)
                        .end();
            }
            batch.flush();
        }
    }

    static Seq<Entry> entries(Connection connection, String tenant, AccountId account) throws SQLException {
        return new Query("""
                        select entry_no, recorded_at, kind, movement from billing_entry
                        where tenant = ? and account = ? order by entry_no
                        """, tenant, account.value())
                .list(
                        connection,
                        row -> new Entry(
                                row.whole(),
                                row.instant(),
                                EntryJson.read(EntryJson.Kind.valueOf(row.text()), row.text())));
    }

    static void publish(Connection connection, String tenant, Iterable<Published> events) throws SQLException {
        try (Batch batch = new Batch(connection, INSERT_EVENT)) {
            for (Published published : events) {
                Event event = published.event();
                batch.text(tenant)
                        .text(event.account().value())
                        .whole(published.number())
                        .text(event.type())
                        .text(event.subject())
                        .instant(event.at())
                        .text(Json.object(json -> Json.texts(json, event.data())))
                        .end();
            }
            batch.flush();
        }
    }

    /** Events that are still to be delivered, account by account. */
    static Seq<Published> events(Connection connection, String tenant, int max) throws SQLException {
        return new Query("""
                        select account, event_no, event_type, subject, happened_at, data from billing_event
                        where tenant = ? order by tenant, account, event_no fetch first ? rows only
                        """, tenant, max).list(connection, AccountTable::event);
    }

    private static Published event(Row row) throws SQLException {
        AccountId account = new AccountId(row.text());
        long number = row.whole();
        Event event = new Event(
                row.text(),
                account,
                row.text(),
                row.instant(),
                Json.parse(row.text()).texts());
        return new Published(event, number);
    }

    /** What was delivered is not kept here any longer; the answers to the commands still tell of it. */
    static void delivered(Connection connection, String tenant, AccountId account, long upTo) throws SQLException {
        new Query(
                        "delete from billing_event where tenant = ? and account = ? and event_no <= ?",
                        tenant,
                        account.value(),
                        upTo)
                .update(connection);
    }
}
