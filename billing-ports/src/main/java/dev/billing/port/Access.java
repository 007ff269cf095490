package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import io.vavr.collection.HashSet;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/**
 * What a caller may see: one tenant, and all or some of its accounts. What lies outside is not returned, counted, summed or revealed to
 * exist.
 *
 * @param accounts the accounts that may be seen; none for all of the tenant's
 */
public record Access(TenantId tenant, Option<Set<AccountId>> accounts) {

    public Access {
        requireNonNull(tenant, "tenant");
        requireNonNull(accounts, "accounts");
    }

    /** All accounts of a tenant. */
    public static Access toAll(TenantId tenant) {
        return new Access(tenant, Option.none());
    }

    /** Some accounts of a tenant. */
    public static Access to(TenantId tenant, AccountId... accounts) {
        return new Access(tenant, Option.some(HashSet.of(accounts)));
    }

    public boolean sees(AccountId account) {
        return accounts.forAll(seen -> seen.contains(account));
    }
}
