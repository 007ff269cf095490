package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceStore;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import javax.money.CurrencyUnit;

/**
 * Takes in what providers charge, as it is: each cost becomes a line of the running document of its provider, account, billing period
 * and currency.
 * <p>
 * Costs come in as a stream and go out in chunks of one commit each, so memory does not grow with the stream. A source that was taken
 * in before, whole or in part, is known by its identity: what is there already is not added again.
 */
public final class ImportCosts {

    /** What the documents' costs add up to. */
    public static final FigureKey TOTAL_COST = FigureKey.cost("total", Basis.ACTUAL);

    private static final int CHUNK = 5_000;
    private static final int ATTEMPTS = 20;

    private final InvoiceStore store;
    private final Profile profile;
    private final Clock clock;

    public ImportCosts(InvoiceStore store, Profile profile, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Takes in a source.
     *
     * @param source identifies the content, such as the digest of a file: the same source always has the same costs in the same order
     * @param progress is told how many costs are in, after each chunk
     * @return how many costs the source has, or why a chunk was refused; the chunks before it are in
     */
    public Either<CommitRefused, Long> take(
            TenantId tenant, String source, Iterator<ProvidedCost> costs, LongConsumer progress) {
        long taken = 0;
        while (costs.hasNext()) {
            List<ProvidedCost> chunk = next(costs);
            Either<CommitRefused, ?> committed = commit(tenant, source, taken, Array.ofAll(chunk));
            if (committed.isLeft()) {
                return Either.left(committed.getLeft());
            }
            taken += chunk.size();
            progress.accept(taken);
        }
        return Either.right(taken);
    }

    private static List<ProvidedCost> next(Iterator<ProvidedCost> costs) {
        List<ProvidedCost> chunk = new ArrayList<>(CHUNK);
        while (costs.hasNext() && chunk.size() < CHUNK) {
            chunk.add(costs.next());
        }
        return chunk;
    }

    /** A document that somebody else revised meanwhile is computed again, a bounded number of times. */
    private Either<CommitRefused, ?> commit(TenantId tenant, String source, long offset, Seq<ProvidedCost> chunk) {
        CommandKey key = new CommandKey("costs/" + source + "/" + offset);
        Either<CommitRefused, ?> result = Either.right(key);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            result = store.commit(tenant, new Commit(key, "costs", revisions(tenant, chunk)));
            if (result.isRight() || !(result.getLeft() instanceof CommitRefused.Stale)) {
                return result;
            }
        }
        return result;
    }

    private Seq<Write> revisions(TenantId tenant, Seq<ProvidedCost> chunk) {
        return chunk.groupBy(Target::of)
                .toArray()
                .sortBy(costs -> costs._1.id())
                .map(costs -> revision(tenant, costs._1, costs._2.map(ProvidedCost::line)));
    }

    private Write revision(TenantId tenant, Target target, Seq<LineItem> lines) {
        Figures added = Figures.fold(Array.of(new Figures.Fold(TOTAL_COST, Selection.ALL)), lines, target.currency());
        Option<Invoice> known =
                store.find(Access.to(tenant, target.account()), target.id()).map(stored -> stored.invoice());
        Invoice.Running next = known.filter(Invoice.Running.class::isInstance)
                .map(Invoice.Running.class::cast)
                .map(running -> new Invoice.Running(
                        running.head(), running.figures().plusFolded(added), running.revision() + 1))
                .getOrElse(() -> new Invoice.Running(head(target), added, 1));
        return new Write.Revise(next, lines, Change.ADD_LINES);
    }

    private Head head(Target target) {
        return Head.of(
                target.id(), profile.name(), target.account(), target.period(), target.currency(), clock.instant());
    }

    /** The document that a cost goes to. */
    private record Target(String provider, AccountId account, Period period, CurrencyUnit currency) {

        static Target of(ProvidedCost cost) {
            return new Target(
                    cost.provider(),
                    cost.account(),
                    cost.billingPeriod(),
                    cost.line().cost().get().currency());
        }

        InvoiceId id() {
            return new InvoiceId("costs/" + escaped(provider) + "/" + account + "/" + period + "/" + currency);
        }

        /** Without the separator, so that two targets never have one id. */
        private static String escaped(String provider) {
            return provider.replace("%", "%25").replace("/", "%2F");
        }
    }
}
