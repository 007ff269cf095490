package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.line.LineItem;
import io.vavr.collection.HashSet;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/**
 * What a caller may see: one tenant, and all or some of its accounts. What lies outside is not returned, counted, summed or revealed to
 * exist.
 *
 * @param accounts the accounts that may be seen; none for all of the tenant's
 * @param costsSeenBy whose costs may be seen: on what others own, costs look like the prices beside them; none for all
 */
public record Access(TenantId tenant, Option<Set<AccountId>> accounts, Option<AccountId> costsSeenBy) {

    public Access {
        requireNonNull(tenant, "tenant");
        requireNonNull(accounts, "accounts");
        requireNonNull(costsSeenBy, "costsSeenBy");
    }

    /** All accounts of a tenant. */
    public static Access toAll(TenantId tenant) {
        return new Access(tenant, Option.none(), Option.none());
    }

    /** Some accounts of a tenant. */
    public static Access to(TenantId tenant, AccountId... accounts) {
        return new Access(tenant, Option.some(HashSet.of(accounts)), Option.none());
    }

    /** The same, through the eyes of an account that must not see what things of others cost. */
    public Access through(AccountId eyes) {
        return new Access(tenant, accounts, Option.some(eyes));
    }

    /** Whether costs of a document look like its prices. */
    public boolean hidesCostsOf(Head document) {
        return costsSeenBy.exists(eyes -> !eyes.equals(document.owner()));
    }

    /** A document as it looks through this access. */
    public Stored shown(Stored stored) {
        Invoice invoice = stored.invoice();
        return hidesCostsOf(invoice.head())
                ? new Stored(invoice.with(invoice.figures().withCostsOfPrices()), stored.standing())
                : stored;
    }

    /** A line of a document as it looks through this access. */
    public LineItem shown(Head document, LineItem line) {
        return hidesCostsOf(document) ? line.withCostsOfPrices() : line;
    }

    public boolean sees(AccountId account) {
        return accounts.forAll(seen -> seen.contains(account));
    }
}
