package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.TextOrder;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.port.Access;
import dev.billing.port.AccountStore;
import dev.billing.port.TenantId;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.function.Function;

/**
 * Who pays for whom in a tenant, whoever asks.
 *
 * @param details how it is read who an account is
 */
record Payers(AccountStore accounts, TenantId tenant, Function<AccountId, Option<AccountDetails>> details) {

    private static final int PAGE = 1_000;

    Payers {
        requireNonNull(accounts, "accounts");
        requireNonNull(tenant, "tenant");
        requireNonNull(details, "details");
    }

    Payers(AccountStore accounts, TenantId tenant) {
        this(accounts, tenant, account -> accounts.details(Access.toAll(tenant), account));
    }

    Option<Payer> of(AccountId account) {
        return details.apply(account).flatMap(AccountDetails::payer);
    }

    /** The account, who pays for it, who pays for that one, and so on; in a circle each of them once. */
    Set<AccountId> chain(AccountId account) {
        return follow(account, one -> of(one).map(Payer::account));
    }

    private static Set<AccountId> follow(AccountId first, Function<AccountId, Option<AccountId>> step) {
        Set<AccountId> chain = LinkedHashSet.of(first);
        Option<AccountId> next = step.apply(first);
        while (next.isDefined() && !chain.contains(next.get())) {
            chain = chain.add(next.get());
            next = step.apply(next.get());
        }
        return chain;
    }

    /** The account on whose documents an account's lines are; itself, unless it is consolidated. */
    AccountId billing(AccountId account) {
        return follow(account, this::consolidatedBy).last();
    }

    private Option<AccountId> consolidatedBy(AccountId account) {
        return of(account)
                .filter(payer -> payer.mode() == Payer.Mode.CONSOLIDATED)
                .map(Payer::account);
    }

    /** The accounts whose lines are on the documents of an account beside its own, in the order of their ids. */
    Vector<AccountId> consolidatedIn(AccountId account) {
        Set<AccountId> members = LinkedHashSet.of(account);
        Vector<AccountId> next = Vector.of(account);
        while (next.nonEmpty()) {
            next = next.flatMap(this::consolidatedDirectlyIn).distinct().removeAll(members);
            members = members.addAll(next);
        }
        return members.remove(account).toVector().sortBy(TextOrder.CODE_POINTS, AccountId::value);
    }

    private Seq<AccountId> consolidatedDirectlyIn(AccountId account) {
        return accounts.paidBy(Access.toAll(tenant), account)
                .filter(member -> consolidatedBy(member).contains(account));
    }

    /** All accounts that are known, in the order of their ids. */
    Vector<AccountId> all(Access access) {
        Vector<AccountId> all = Vector.empty();
        Vector<AccountId> page = page(access, Option.none());
        while (page.nonEmpty()) {
            all = all.appendAll(page);
            page = page(access, page.lastOption());
        }
        return all;
    }

    private Vector<AccountId> page(Access access, Option<AccountId> after) {
        return accounts.accounts(access, after, PAGE).toVector();
    }
}
