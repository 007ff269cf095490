package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.port.Outbox;
import dev.billing.port.Published;
import dev.billing.port.TenantId;
import io.vavr.collection.Seq;
import io.vavr.control.Either;

/** What is to be told, in a database. */
final class JdbcOutbox implements Outbox {

    private final Database database;

    JdbcOutbox(Database database) {
        this.database = database;
    }

    @Override
    public Seq<Published> undelivered(TenantId tenant, int max) {
        return database.read("find events", connection -> AccountTable.events(connection, tenant.value(), max));
    }

    @Override
    public void delivered(TenantId tenant, AccountId account, long upTo) {
        database.change("mark events of account " + account + " as delivered", connection -> {
            AccountTable.delivered(connection, tenant.value(), account, upTo);
            return Either.right(account);
        });
    }
}
