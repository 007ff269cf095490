package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;

/**
 * Puts tags on documents and takes them off, for callers who have no key to name their change by. Of several callers at once, each sees the
 * tags that the others left. Who repeats a change after somebody else made another one makes it again: to make it once, run
 * {@link DocumentCommand.Tag} under a key.
 */
public final class TagInvoice {

    /** The most tags that one document may have. */
    public static final int MAX_TAGS = 1_000;

    private static final int ATTEMPTS = 100;

    private final InvoiceStore store;
    private final Clock clock;

    public TagInvoice(InvoiceStore store, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * What is to change; first {@code set}, then {@code add}, then {@code remove}.
     *
     * @param set the only tags there are to be; none to keep those there are
     * @param add tags to add, or whose value to change
     * @param remove names of tags to take off, if they have that value, where one is given
     */
    public record Change(Option<Map<String, String>> set, Map<String, String> add, Map<String, Option<String>> remove) {
        public Change {
            requireNonNull(set, "set");
            requireNonNull(add, "add");
            requireNonNull(remove, "remove");
        }

        Seq<Tag> applyTo(Standing standing) {
            Tags before = Tags.of(standing);
            return before.with(set.map(before::replacedBy).getOrElse(standing.tags()))
                    .with(add)
                    .without(remove)
                    .all();
        }
    }

    /** Why tags were not changed. None of them was. */
    public sealed interface TagsRefused extends BillingError {

        /** There is no such document that the caller may see. */
        record UnknownInvoice(InvoiceId invoice) implements TagsRefused {
            @Override
            public String message() {
                return "A document must exist before it is tagged, but '" + invoice + "' does not";
            }
        }

        /** There would be too many. */
        record TooMany(InvoiceId invoice, int tags) implements TagsRefused {
            @Override
            public String message() {
                return "A document must have at most " + MAX_TAGS + " tags, but '" + invoice + "' would have " + tags;
            }
        }

        /** The store refused the change. */
        record NotStored(CommitRefused why) implements TagsRefused {
            @Override
            public String message() {
                return why.message();
            }
        }
    }

    /** Changes the tags of a document, and gives it as it is then. */
    public Either<TagsRefused, Stored> change(Access access, InvoiceId invoice, Change change) {
        Either<TagsRefused, Stored> result = Either.left(new TagsRefused.UnknownInvoice(invoice));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Option<Stored> known = store.find(access, invoice);
            if (known.isEmpty()) {
                return Either.left(new TagsRefused.UnknownInvoice(invoice));
            }
            result = tryOnce(access, known.get(), change);
            if (result.isRight() || !someoneWasFaster(result.getLeft())) {
                return result;
            }
        }
        return result;
    }

    private Either<TagsRefused, Stored> tryOnce(Access access, Stored known, Change change) {
        return new DocumentPlanner(store, access, clock.instant())
                .tag(known, change)
                .flatMap(plan -> plan.writes().isEmpty() ? Either.right(known) : commit(access, known, plan));
    }

    /** A version is written once: the command is named by it, so that of two callers one is refused and tries again. */
    private Either<TagsRefused, Stored> commit(Access access, Stored known, Plan plan) {
        Standing next = ((Write.Stand) plan.writes().head()).next();
        CommandKey key = new CommandKey("tags/" + Fingerprint.of(next.invoice(), next.version()));
        Commit commit = new Commit(key, Fingerprint.of(next.tags()), plan.writes(), plan.events());
        Either<CommitRefused, Receipt> committed = store.commit(access.tenant(), commit);
        return committed
                .<TagsRefused>mapLeft(TagsRefused.NotStored::new)
                .map(receipt -> new Stored(known.invoice(), next));
    }

    private static boolean someoneWasFaster(TagsRefused refused) {
        return refused instanceof TagsRefused.NotStored stored
                && (stored.why() instanceof CommitRefused.Stale || stored.why() instanceof CommitRefused.KeyReused);
    }
}
