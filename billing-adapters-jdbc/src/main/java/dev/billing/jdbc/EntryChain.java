package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Fingerprint;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** The digests of an account's entries: each is of its row and of the digest before it, so that no row changes, or goes, unseen. */
final class EntryChain {

    private static final String START = "v1";

    private final Connection connection;
    private final String tenant;
    private final AccountId account;

    EntryChain(Connection connection, String tenant, AccountId account) {
        this.connection = connection;
        this.tenant = tenant;
        this.account = account;
    }

    /** The digest of the last of so many entries. */
    String after(long entries) throws SQLException {
        return new Query(
                        "select seal from billing_entry where tenant = ? and account = ? and entry_no = ?",
                        tenant,
                        account.value(),
                        entries)
                .first(connection, Row::text)
                .getOrElse(START);
    }

    /** The digest of the entry that follows. */
    String next(String before, long number, Instant at, String kind, String movement) {
        return Fingerprint.of(before, account, number, at, kind, movement);
    }

    private record Kept(long number, Instant at, String kind, String movement, Option<String> seal) {

        static Kept read(Row row) throws SQLException {
            return new Kept(row.whole(), row.instant(), row.text(), row.text(), row.optionalText());
        }
    }

    /** What is not as it was written. */
    Seq<String> problems() throws SQLException {
        Seq<Kept> entries = new Query("""
                        select entry_no, recorded_at, kind, movement, seal from billing_entry
                        where tenant = ? and account = ? order by entry_no
                        """, tenant, account.value()).list(connection, Kept::read);
        String before = START;
        Seq<String> problems = counted(entries.size());
        for (Kept entry : entries) {
            String seal = next(before, entry.number(), entry.at(), entry.kind(), entry.movement());
            if (!entry.seal().contains(seal)) {
                problems = problems.append("Entry " + entry.number() + " is not as it was written");
            }
            before = entry.seal().getOrElse("");
        }
        return problems;
    }

    private Seq<String> counted(long entries) throws SQLException {
        return new Query(
                        "select entries from billing_account where tenant = ? and account = ?", tenant, account.value())
                .list(connection, Row::whole)
                .filter(written -> written != entries)
                .map(written -> "There were " + written + " entries, but are " + entries);
    }
}
