package dev.billing.port;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Seal;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.rollup.Rollup;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Keeps documents, their lines and how they stand. Implement this to plug in your own storage, and prove it by extending
 * {@code InvoiceStoreContract} from the testkit.
 * <ol>
 *   <li>S1: What was committed is found again, equal to the last digit: head, figures, standing and lines.
 *   <li>S2: A commit is applied whole or not at all; a refused one changes nothing.
 *   <li>S3: A commit with a key and content that was applied before changes nothing and gives the first receipt; a key with other
 *       content is refused.
 *   <li>S4: A document's id is issued once; issuing an id that exists is refused.
 *   <li>S5: A revision must be the one after the latest, the first being 1, and its document must not be issued.
 *   <li>S6: A revision adds its lines to those there are, or replaces them, as it says; the id of a line is unique on its document.
 *   <li>S7: A standing must be the version after the latest; it changes nothing else of the document.
 *   <li>S8: Numbers of a series are 1, 2, 3, … in the order of issue, without gap or duplicate, whatever was refused in between and
 *       however many threads issue.
 *   <li>S9: {@code search} finds the documents that meet the query, as {@link InvoiceCondition#isMetBy} says, in the order, as
 *       {@link InvoiceOrder#compare} says; it counts all of them and returns the page.
 *   <li>S10: {@code lines} gives the selected lines of the documents that are found, ordered by the start of their
 *       documents' period and the documents' ids, and within a document by their position and then their id.
 *   <li>S11: {@code rollup} equals {@link Rollup#of} over the lines that {@code lines} gives.
 *   <li>S12: Nothing crosses a tenant, and nothing of an account outside the access is found, counted, given or summed.
 *   <li>S13: A number is kept to the last digit or the commit is refused, never rounded.
 *   <li>S14: Of many threads that commit one key, or revise one document from one revision, exactly one takes effect.
 *   <li>S15: {@code Seal} issues a running document from its latest revision, with the lines it has; its standing becomes the next
 *       version with the status that the write gives, of the instant of the draft.
 *   <li>S16: {@code searchLines} finds the lines that {@code lines} gives, in the order, as {@link LineItemOrder#compare} says, each
 *       with its document; it counts all of them and returns the page.
 *   <li>S17: {@code tally} equals {@link Tally#of} over the documents that {@code search} finds, and {@code tallyLines}
 *       {@link Tally#ofLines} over the lines that {@code searchLines} finds.
 *   <li>S18: Whatever is found, ordered, summed or rolled up looks as {@link Access#shown} says.
 *   <li>S19: What is issued has the {@link Seal} of its content, as {@link Seal#of} computes it from the lines that {@code lines}
 *       gives; nothing changes either of them but {@code Erase}, which removes who the document is addressed to, and no more.
 *   <li>S20: {@code answer} gives the content and the receipt of a command that was applied, and nothing of one that was not.
 *   <li>S21: A series that allows gaps gives numbers that are unique and ascending, and nobody who draws one waits.
 * </ol>
 * Implementations are safe for use by many threads. When the storage itself fails they throw {@link StorageException}; they never
 * report a failure as an absence.
 */
public interface InvoiceStore {

    /** Applies a commit, all or nothing, once for its key. */
    Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit);

    /** What a command was and what came of it, if it was applied. */
    Option<Answer> answer(TenantId tenant, CommandKey key);

    /** The document and its standing. */
    Option<Stored> find(Access access, InvoiceId id);

    /** A page of the documents that meet the query, in an order. */
    Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page);

    /** A page of the documents that meet the query, by the start of their period. */
    default Page<Stored> search(Access access, InvoiceQuery query, PageRequest page) {
        return search(access, query, InvoiceOrder.BY_PERIOD, page);
    }

    /**
     * The sums of some figures over all documents that meet the query.
     *
     * @param by the attributes of the documents by which sums are kept apart
     * @param digits what is summed of each amount
     */
    Tally tally(Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits);

    /** The sums of some figures, of all their digits. */
    default Tally tally(Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by) {
        return tally(access, query, figures, by, Tally.Digits.ALL);
    }

    /**
     * Streams lines: the iterator is valid only while {@code reader} runs.
     *
     * @return what the reader makes of them
     */
    <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader);

    /** A page of the lines that are found, in an order, each with its document. */
    Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page);

    /**
     * The sums of the costs, prices and taxes of all lines that are found.
     *
     * @param by the attributes of their documents by which sums are kept apart
     * @param digits what is summed of each amount
     */
    Tally tallyLines(Access access, LineItemQuery query, Seq<String> by, Tally.Digits digits);

    /** The sums of the costs, prices and taxes of lines, of all their digits. */
    default Tally tallyLines(Access access, LineItemQuery query, Seq<String> by) {
        return tallyLines(access, query, by, Tally.Digits.ALL);
    }

    /** The rollup of the lines that are found, by these dimensions. */
    Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by);

    /**
     * What is wrong with how a document is kept, beyond what reading it and its lines shows: whatever a store keeps a second time, or
     * never reads. Nothing if all is as the store has written it.
     */
    default Seq<String> problems(TenantId tenant, InvoiceId id) {
        return Array.empty();
    }

    /** What a store keeps of a tenant that belongs to no document, although it must. */
    default Seq<String> problems(TenantId tenant) {
        return Array.empty();
    }
}
