package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.port.Recorded;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Posts charges to the one pending document that an account has for a month. The document is there from the first charge on, or from when
 * it is opened, and shows at any time what the month comes to so far; there is no tax on it before it is settled.
 * <p>
 * A charge is posted once, however often it comes.
 */
public final class PostCharges {

    private static final int ID_DIGITS = 24;

    private final InvoiceStore store;
    private final Profile profile;
    private final Clock clock;
    private final AtlasMonths months;

    /**
     * Posts to documents of a profile that has the figures of {@link Atlas}.
     *
     * @param profile {@link Atlas#profile}, or one made from it
     */
    public PostCharges(InvoiceStore store, Profile profile, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
        this.months = new AtlasMonths(store, profile);
    }

    /** The id that a month's document gets unless another is given: 24 hex digits, the same each time. */
    public static InvoiceId idOf(AccountId account, Period month) {
        return new InvoiceId(Fingerprint.of(account, month.start()).substring(0, ID_DIGITS));
    }

    /** Opens the pending document of a month, unless there is one. It bears no charge yet. */
    public Either<ChargesRefused, InvoiceId> open(TenantId tenant, AccountId account, YearMonth month) {
        return open(tenant, account, month, PostCharges::idOf);
    }

    /**
     * Opens the pending document of a month, unless the month has a document.
     *
     * @param ids gives it its id
     */
    public Either<ChargesRefused, InvoiceId> open(
            TenantId tenant, AccountId account, YearMonth month, BiFunction<AccountId, Period, InvoiceId> ids) {
        Target target = new Target(tenant, account, profile.calendar().period(month), ids);
        return persistently(() -> find(target)
                .<Either<ChargesRefused, InvoiceId>>map(
                        known -> Either.right(known.invoice().head().id()))
                .getOrElse(() -> open(target)));
    }

    private Either<ChargesRefused, InvoiceId> open(Target target) {
        Write.Revise opened = revision(new Posting(target, Option.none(), Array.empty()));
        return commit(target.tenant(), "open/" + Fingerprint.of(opened.invoice()), Array.of(opened))
                .map(receipt -> opened.invoice());
    }

    /** Posts charges, of any accounts and months, all or none. */
    public Either<ChargesRefused, Recorded> post(TenantId tenant, Seq<Charge> charges) {
        return post(tenant, charges, PostCharges::idOf);
    }

    /**
     * Posts charges, of any accounts and months, all or none.
     *
     * @param ids gives a document that is not there yet its id
     */
    public Either<ChargesRefused, Recorded> post(
            TenantId tenant, Seq<Charge> charges, BiFunction<AccountId, Period, InvoiceId> ids) {
        return charges.find(charge -> !charge.unitPrice().currency().equals(profile.currency()))
                .<Either<ChargesRefused, Recorded>>map(charge -> Either.left(new ChargesRefused.OtherCurrency(
                        charge.id(), charge.unitPrice().currency(), profile.currency())))
                .getOrElse(() -> persistently(() -> attempt(tenant, charges, ids)));
    }

    private Either<ChargesRefused, Recorded> attempt(
            TenantId tenant, Seq<Charge> charges, BiFunction<AccountId, Period, InvoiceId> ids) {
        Seq<Either<ChargesRefused, Posting>> postings = charges.groupBy(
                        charge -> new Target(tenant, charge.account(), monthOf(charge), ids))
                .toArray()
                .sortBy(found -> found._1.sortKey())
                .map(found -> posting(found._1, found._2));
        return Either.sequenceRight(postings).flatMap(all -> commit(tenant, charges, all));
    }

    private Either<ChargesRefused, Recorded> commit(TenantId tenant, Seq<Charge> charges, Seq<Posting> postings) {
        Seq<Posting> changes = postings.filter(posting -> !posting.added().isEmpty());
        long added =
                changes.foldLeft(0L, (sum, posting) -> sum + posting.added().size());
        Recorded recorded = new Recorded(added, charges.size() - added);
        return changes.isEmpty()
                ? Either.right(recorded)
                : commit(tenant, "charges/" + Fingerprint.of(charges), changes.map(posting -> revision(posting)))
                        .map(receipt -> recorded);
    }

    private Either<ChargesRefused, Receipt> commit(TenantId tenant, String key, Seq<Write> writes) {
        return store.commit(tenant, new Commit(new CommandKey(key), "charges", writes))
                .mapLeft(ChargesRefused.NotStored::new);
    }

    /** What somebody else changed meanwhile is computed again, a bounded number of times. */
    private static <T> Either<ChargesRefused, T> persistently(Supplier<Either<ChargesRefused, T>> attempt) {
        Either<ChargesRefused, T> result = attempt.get();
        for (int again = 1; again < AtlasMonths.ATTEMPTS && isOvertaken(result); again++) {
            result = attempt.get();
        }
        return result;
    }

    private static boolean isOvertaken(Either<ChargesRefused, ?> result) {
        return result.isLeft()
                && result.getLeft() instanceof ChargesRefused.NotStored refused
                && AtlasMonths.isOvertaken(refused.why());
    }

    private Period monthOf(Charge charge) {
        return profile.calendar().periodAt(charge.period().start());
    }

    /** The month of an account, and how its document is named if it is a new one. */
    private record Target(
            TenantId tenant, AccountId account, Period month, BiFunction<AccountId, Period, InvoiceId> ids) {

        Access access() {
            return Access.to(tenant, account);
        }

        String sortKey() {
            return account + " " + month;
        }
    }

    /** What is to be added to a document, which may be a new one. */
    private record Posting(Target target, Option<Invoice.Running> document, Seq<LineItem> added) {}

    private Option<Stored> find(Target target) {
        return months.of(target.access(), target.account(), target.month());
    }

    private Either<ChargesRefused, Posting> posting(Target target, Seq<Charge> charges) {
        Option<Stored> stored = find(target);
        return added(target, charges, known(target, stored, charges))
                .flatMap(added -> stored.map(Stored::invoice)
                        .filter(invoice -> invoice instanceof Invoice.Issued && !added.isEmpty())
                        .<Either<ChargesRefused, Posting>>map(settled -> Either.left(new ChargesRefused.MonthSettled(
                                target.account(), target.month(), settled.head().id())))
                        .getOrElse(() -> Either.right(new Posting(
                                target,
                                stored.map(Stored::invoice)
                                        .filter(Invoice.Running.class::isInstance)
                                        .map(Invoice.Running.class::cast),
                                added))));
    }

    /** The lines of the charges that the document has already. */
    private Map<LineId, LineItem> known(Target target, Option<Stored> stored, Seq<Charge> charges) {
        Set<LineId> ids = charges.map(charge -> new LineId(charge.id())).toSet();
        return stored.map(document -> new LineItemQuery(
                        InvoiceQuery.byId(document.invoice().head().id()), Selection.of(new Selection.WithId(ids))))
                .map(query -> store.lines(
                        target.access(),
                        query,
                        lines -> LinkedHashMap.ofEntries(
                                Array.ofAll(() -> lines).map(line -> new Tuple2<>(line.id(), line.at(0))))))
                .getOrElse(LinkedHashMap.empty());
    }

    /** The lines of the charges that are new, in their order. */
    private static Either<ChargesRefused, Seq<LineItem>> added(
            Target target, Seq<Charge> charges, Map<LineId, LineItem> known) {
        Map<LineId, LineItem> all = known;
        Seq<LineItem> added = Array.empty();
        for (LineItem line : charges.map(Charge::line)) {
            Option<LineItem> same = all.get(line.id());
            if (same.exists(other -> !other.equals(line))) {
                return Either.left(new ChargesRefused.OtherContent(
                        target.account(), line.id().value()));
            }
            added = same.isEmpty() ? added.append(line) : added;
            all = all.put(line.id(), line);
        }
        return Either.right(added);
    }

    /** The next revision, which bears the running sums of all its lines. */
    private Write.Revise revision(Posting posting) {
        Instant now = clock.instant();
        Figures folded = Figures.fold(profile.figures(), posting.added(), profile.currency());
        return posting.document()
                .map(running -> revision(posting, running, folded, now))
                .getOrElse(() -> first(posting, folded, now));
    }

    private Write.Revise first(Posting posting, Figures folded, Instant now) {
        Target target = posting.target();
        Head head = Head.of(
                target.ids().apply(target.account(), target.month()),
                profile.name(),
                target.account(),
                target.month(),
                profile.currency(),
                now);
        Figures settled = settled(target, folded, Option.none());
        return new Write.Revise(
                new Invoice.Running(head, settled, 1, now), placed(posting.added(), 0), Change.ADD_LINES);
    }

    private Write.Revise revision(Posting posting, Invoice.Running running, Figures folded, Instant now) {
        Figures own = running.figures();
        Figures before = isFolded(own) ? own : months.folded(posting.target().access(), running);
        Figures settled = settled(posting.target(), before.plusFolded(folded), Option.some(own));
        return new Write.Revise(
                new Invoice.Running(running.head(), settled, running.revision() + 1, now),
                placed(posting.added(), countLines(posting.target(), running)),
                Change.ADD_LINES);
    }

    /** Figures of a document from outside are declared, and no sums of its lines. */
    private boolean isFolded(Figures figures) {
        return profile.figures()
                .forAll(fold -> figures.find(fold.key()).exists(figure -> figure instanceof Figure.Folded));
    }

    private Figures settled(Target target, Figures folded, Option<Figures> own) {
        Money balance = months.startingBalance(target.access(), target.account(), target.month(), own);
        return Atlas.settle(folded, BigDecimal.ZERO, balance);
    }

    private static Seq<LineItem> placed(Seq<LineItem> lines, long first) {
        return lines.zipWithIndex((line, index) -> line.at(first + index));
    }

    private long countLines(Target target, Invoice document) {
        return store.searchLines(
                        target.access(),
                        LineItemQuery.of(document.head().id()),
                        LineItemOrder.of(),
                        PageRequest.first(0))
                .total();
    }
}
