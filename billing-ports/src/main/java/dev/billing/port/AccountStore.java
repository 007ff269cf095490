package dev.billing.port;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/**
 * Reads accounts. Part of the same storage as {@link InvoiceStore}, which writes them.
 * <ol>
 *   <li>A1: Entries are found again as they were committed, equal to the last digit, in the order of their numbers 1, 2, 3, …
 *   <li>A2: {@code Enter} that expects another number of entries than there are is refused as stale; one that expects nothing is
 *       appended.
 *   <li>A3: Details are those of the latest version; a version must follow the latest one, the first being 1.
 *   <li>A4: Nothing crosses a tenant, and nothing outside the access is found.
 *   <li>A5: {@code accounts} gives all accounts that have entries or details, ordered by their ids.
 *   <li>A6: Of many threads that enter on one account from one number of entries, exactly one takes effect.
 *   <li>A7: {@code Expect} is refused as stale if the details' version is another one, and changes nothing otherwise.
 *   <li>A8: {@code paidBy} gives the accounts whose latest details name that payer, ordered by their ids.
 * </ol>
 */
public interface AccountStore {

    /** All entries of an account. */
    Seq<Entry> entries(Access access, AccountId account);

    /** Who an account is, if that was ever said. */
    Option<AccountDetails> details(Access access, AccountId account);

    /**
     * Accounts that are known.
     *
     * @param after those whose ids come after this one; none to begin
     * @param max at most so many
     */
    Seq<AccountId> accounts(Access access, Option<AccountId> after, int max);

    /** The accounts for which another one pays. */
    Seq<AccountId> paidBy(Access access, AccountId payer);

    /** What is wrong with how the entries of an account are kept, beyond what reading them shows. Nothing if all is as it was written. */
    default Seq<String> problems(TenantId tenant, AccountId account) {
        return Array.empty();
    }
}
