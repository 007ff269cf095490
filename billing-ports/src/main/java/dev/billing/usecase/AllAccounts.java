package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.TextOrder;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import dev.billing.port.TenantId;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.function.Function;

/** The accounts of a tenant: those that are known, and those of which all that there is are facts. */
record AllAccounts(Ports ports, TenantId tenant) {

    private static final int PAGE = 1_000;

    AllAccounts {
        requireNonNull(ports, "ports");
        requireNonNull(tenant, "tenant");
    }

    /** Each of them once, in the order of their ids. */
    Vector<AccountId> inOrder() {
        Access access = Access.toAll(tenant);
        return all(after -> ports.accounts().accounts(access, after, PAGE))
                .appendAll(all(after -> ports.usage().accounts(access, after, PAGE)))
                .distinct()
                .sortBy(TextOrder.CODE_POINTS, AccountId::value);
    }

    private static Vector<AccountId> all(Function<Option<AccountId>, Seq<AccountId>> pages) {
        Vector<AccountId> all = Vector.empty();
        Seq<AccountId> page = pages.apply(Option.none());
        while (page.nonEmpty()) {
            all = all.appendAll(page);
            page = pages.apply(page.lastOption());
        }
        return all;
    }
}
