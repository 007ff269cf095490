package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.port.Access;
import dev.billing.port.AccountStore;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** Accounts in a database. */
final class JdbcAccountStore implements AccountStore {

    private final Database database;

    JdbcAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public Seq<Entry> entries(Access access, AccountId account) {
        return access.sees(account)
                ? database.read(
                        "read the entries of account " + account,
                        connection ->
                                AccountTable.entries(connection, access.tenant().value(), account))
                : Array.empty();
    }

    @Override
    public Option<AccountDetails> details(Access access, AccountId account) {
        return access.sees(account)
                ? database.read(
                        "read account " + account,
                        connection ->
                                AccountTable.details(connection, access.tenant().value(), account))
                : Option.none();
    }

    @Override
    public Seq<String> problems(TenantId tenant, AccountId account) {
        return database.snapshot(
                "verify account " + account,
                connection -> new EntryChain(connection, tenant.value(), account).problems());
    }

    @Override
    public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
        Query query = visible(
                access,
                new Query(
                        "select account from billing_account where tenant = ? and (entries > 0 or version > 0)",
                        access.tenant().value()));
        after.forEach(last -> query.add("and account_key > ?", (Object) AccountTable.key(last)));
        query.add("order by tenant, account_key fetch first ? rows only", max);
        return database.read("find accounts", connection -> query.list(connection, row -> new AccountId(row.text())));
    }

    @Override
    public Seq<AccountId> paidBy(Access access, AccountId payer) {
        Query query = visible(
                        access,
                        new Query(
                                "select account from billing_account where tenant = ? and payer = ?",
                                access.tenant().value(),
                                payer.value()))
                .add("order by tenant, payer, account_key");
        return database.read(
                "find who account " + payer + " pays for",
                connection -> query.list(connection, row -> new AccountId(row.text())));
    }

    private static Query visible(Access access, Query query) {
        access.accounts()
                .forEach(seen -> query.add("and").add(Conditions.isOneOf("account", seen.map(AccountId::value))));
        return query;
    }
}
