package dev.billing.usecase;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Standing;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;

/**
 * Changes how documents stand: computed from what is there, once for a key, and computed again when somebody else was faster.
 *
 * @param refused how a caller tells of what the store refuses
 * @param <E> what a caller tells of
 */
record Standings<E>(InvoiceStore store, Function<InvoiceId, E> unknown, Function<CommitRefused, E> refused) {

    private static final int ATTEMPTS = 20;

    /**
     * Changes how a document stands.
     *
     * @param content what is asked for; the same key with other content is refused
     * @param change the next standing and what else is written with it, or none if there is nothing to change
     * @return the document, as it stands then
     */
    Either<E, Stored> change(
            Access access,
            InvoiceId invoice,
            CommandKey key,
            String content,
            Function<Stored, Either<E, Option<Next>>> change) {
        for (int attempt = 1; ; attempt++) {
            Option<Stored> stored = store.find(access, invoice);
            if (stored.isEmpty()) {
                return Either.left(unknown.apply(invoice));
            }
            Either<E, Option<Next>> next = change.apply(stored.get());
            if (next.isLeft() && isDone(access, key, content, stored.get())) {
                return Either.right(stored.get());
            }
            if (next.isLeft() || next.get().isEmpty()) {
                return next.map(unchanged -> stored.get());
            }
            Either<CommitRefused, Stored> done = commit(
                            access, key, content, next.get().get())
                    .map(receipt -> store.find(access, invoice).get());
            if (done.isRight() || attempt == ATTEMPTS || !done.getLeft().isOvertaken()) {
                return done.mapLeft(refused);
            }
        }
    }

    /**
     * Whether this was done before: what a change leads to may be just what forbids it now. A commit that cannot be applied gets a
     * receipt only if its key has one.
     */
    private boolean isDone(Access access, CommandKey key, String content, Stored stored) {
        return commit(access, key, content, new Next(stored.standing(), Array.empty(), Array.empty()))
                .isRight();
    }

    private Either<CommitRefused, Receipt> commit(Access access, CommandKey key, String content, Next next) {
        return store.commit(access.tenant(), new Commit(key, content, next.writes(), next.events()));
    }

    /** How a document stands next, what is written in the same step, and what there is to tell. */
    record Next(Standing standing, Seq<Write> others, Seq<Event> events) {

        Seq<Write> writes() {
            return others.prepend(new Write.Stand(standing));
        }
    }
}
