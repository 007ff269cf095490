package dev.billing.port;

import dev.billing.domain.AccountId;
import io.vavr.collection.Seq;

/**
 * Keeps what happened until it was delivered. Part of the same storage as {@link InvoiceStore}, which writes it.
 * <ol>
 *   <li>O1: The events of a commit are there if the commit took effect, and not otherwise.
 *   <li>O2: Events of an account are numbered 1, 2, 3, … in the order of commits, and within a commit in the order given.
 *   <li>O3: {@code undelivered} gives each account's events in the order of their numbers, without a gap, until they are marked.
 *   <li>O4: What was marked as delivered is never given again.
 *   <li>O5: Nothing crosses a tenant.
 * </ol>
 */
public interface Outbox {

    /** Events that were not delivered, at most so many. */
    Seq<Published> undelivered(TenantId tenant, int max);

    /** Marks the events of an account, up to and with a number, as delivered. Doing it again changes nothing. */
    void delivered(TenantId tenant, AccountId account, long upTo);
}
