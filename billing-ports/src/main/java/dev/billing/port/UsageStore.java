package dev.billing.port;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Keeps facts. Prove your own by extending {@code UsageStoreContract} from the testkit.
 * <ol>
 *   <li>U1: A recorded fact is given again, equal to the last digit.
 *   <li>U2: A fact recorded again with the same id and content, whenever it was learned, changes nothing and is counted as known; within
 *       one call too.
 *   <li>U3: If one fact is refused, because its id has other content, its lifetime is not known in its account or it ends before it begins,
 *       none of the call is kept.
 *   <li>U4: A lifetime is given with the earliest end that is known of it, in whatever order the endings were recorded; an ending may
 *       follow its lifetime in the same call.
 *   <li>U5: {@code lifetimes} gives those that are there for some instant of the period, or begin in it, in the order in which they were
 *       recorded.
 *   <li>U6: {@code usage} gives the records in the period, ordered by instant and then by id.
 *   <li>U7: With {@code recordedBy}, facts learned after that instant are not seen, endings included.
 *   <li>U8: {@code earliest} is the first instant, not after the one given, at which a lifetime began or something was used.
 *   <li>U9: Nothing crosses a tenant, and nothing of an account outside the access is given.
 *   <li>U10: A number is kept to the last digit or refused, never rounded.
 *   <li>U11: With {@code meters}, {@code usage} gives only what was reported under one of these names, and {@code lifetimes} all the same.
 *   <li>U12: {@code accounts} gives each account that has facts once, ordered by their ids.
 * </ol>
 * Implementations are safe for use by many threads. When the storage itself fails they throw {@link StorageException}.
 */
public interface UsageStore {

    /** Keeps facts, all or none. */
    Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts);

    /** Streams lifetimes: the iterator is valid only while {@code reader} runs. */
    <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader);

    /** Streams usage records: the iterator is valid only while {@code reader} runs. */
    <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader);

    /**
     * When an account's first fact begins.
     *
     * @param at only facts of one place
     * @param notAfter later facts do not count
     */
    Option<Instant> earliest(Access access, AccountId account, Option<Selection.At> at, Instant notAfter);

    /**
     * Accounts that have facts.
     *
     * @param after those whose ids come after this one; none to begin
     * @param max at most so many
     */
    Seq<AccountId> accounts(Access access, Option<AccountId> after, int max);
}
