package dev.billing.testkit;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Period;
import dev.billing.domain.rollup.Rollup;
import dev.billing.domain.rollup.Slot;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Tally;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Invoice stores, each with one defect that somebody might make. */
final class BrokenInvoiceStores {

    private static final int MAX = PageRequest.MAX_SIZE;

    private BrokenInvoiceStores() {}

    static Seq<Defect<InvoiceStore>> all() {
        return Array.<Defect<InvoiceStore>>of(
                        new Defect<>("rounds to cents", "S1 S13", () -> keeping(money(BrokenInvoiceStores::toCents))),
                        new Defect<>(
                                "forgets the tags of a line",
                                "S1",
                                () -> keeping(line ->
                                        builder(line).tags(HashMap.empty()).build())),
                        new Defect<>(
                                "forgets the record of the source",
                                "S1",
                                () -> keeping(BrokenInvoiceStores::withoutRaw)),
                        new Defect<>(
                                "keeps shares in lowest terms",
                                "S1",
                                () -> keeping(BrokenInvoiceStores::inLowestTerms)),
                        new Defect<>("takes an empty name for the id", "S1", () -> keeping(BrokenInvoiceStores::named)),
                        new Defect<>("reads lines twice", "S1", () -> writing(BrokenInvoiceStores::lookedAtFirst)),
                        new Defect<>(
                                "forgets the subject",
                                "S1",
                                () -> giving(stored -> new Stored(
                                        with(stored.invoice(), BrokenInvoiceStores::withoutSubject),
                                        stored.standing()))),
                        new Defect<>("keeps the figures of the first revision", "S1", FirstFigures::new),
                        new Defect<>("sorts payments", "S1", () -> giving(BrokenInvoiceStores::withSortedPayments)),
                        new Defect<>(
                                "lets a new document stand from the epoch",
                                "S1",
                                () -> giving(BrokenInvoiceStores::sinceTheEpoch)),
                        new Defect<>(
                                "takes one status for another",
                                "S1",
                                () -> giving(BrokenInvoiceStores::withoutForgiven)),
                        new Defect<>("finds ids by their beginning", "S1", FindsBeginnings::new),
                        new Defect<>("gives 1,000 lines at most", "S1", () -> reading(lines -> lines.take(1_000))),
                        new Defect<>(
                                "applies standings first",
                                "S2",
                                () -> committing((tenant, commit) -> withWrites(
                                        commit, commit.writes().sortBy(write -> !(write instanceof Write.Stand))))),
                        new Defect<>("keeps the writes before the refused one", "S2", KeepsThePrefix::new),
                        new Defect<>("keeps the writes after the refused one", "S2", KeepsTheRest::new),
                        new Defect<>(
                                "keeps the lines before the source failed",
                                "S2",
                                () -> writing(BrokenInvoiceStores::untilItFails)),
                        new Defect<>("forgets keys", "S3 S14 S20", ForgetsKeys::new),
                        new Defect<>(
                                "takes every content for the same",
                                "S3 S20",
                                () -> committing((tenant, commit) ->
                                        new Commit(commit.key(), "the same", commit.writes(), commit.events()))),
                        new Defect<>(
                                "takes keys that differ by case for one",
                                "S3 S20",
                                () -> committing((tenant, commit) -> new Commit(
                                        new CommandKey(commit.key().value().toLowerCase(Locale.ROOT)),
                                        commit.content(),
                                        commit.writes(),
                                        commit.events()))),
                        new Defect<>("uses up the keys of refused commands", "S3", BurnsKeys::new),
                        new Defect<>(
                                "says yes to an id that exists",
                                "S4",
                                () -> committing((store, tenant, commit) -> withWrites(
                                        commit,
                                        commit.writes()
                                                .reject(write -> write instanceof Write.Issue
                                                        && store.stored(tenant, InvoiceFixtures.invoiceOf(write))
                                                                .isDefined())))),
                        new Defect<>("overwrites an id that exists", "S4", Overwrites::new),
                        new Defect<>(
                                "keeps the first of two documents of one id",
                                "S4",
                                () -> committing((tenant, commit) -> withWrites(
                                        commit,
                                        commit.writes()
                                                .zipWithIndex()
                                                .filter(write -> !(write._1 instanceof Write.Issue)
                                                        || commit.writes()
                                                                .take(write._2)
                                                                .forAll(earlier -> !InvoiceFixtures.invoiceOf(earlier)
                                                                        .equals(InvoiceFixtures.invoiceOf(write._1))))
                                                .map(Tuple2::_1)))),
                        new Defect<>("takes ids of one normal form for one", "S4", NormalizesIds::new),
                        new Defect<>(
                                "takes revision 10 for less than 9",
                                "S5",
                                () -> refusing((store, tenant, write) -> write instanceof Write.Revise revise
                                                && revise.next().revision() > 9
                                        ? Option.some(new CommitRefused.Stale(
                                                InvoiceFixtures.invoiceOf(write),
                                                revise.next().revision(),
                                                9))
                                        : Option.none())),
                        new Defect<>(
                                "accepts revisions that skip one", "S5", () -> revising((given, next) -> given > next)),
                        new Defect<>("accepts stale revisions", "S5 S14", () -> revising((given, next) -> true)),
                        new Defect<>(
                                "says yes to revising what is issued",
                                "S5",
                                () -> committing((store, tenant, commit) -> withWrites(
                                        commit,
                                        commit.writes()
                                                .reject(write -> write instanceof Write.Revise
                                                        && store.stored(tenant, InvoiceFixtures.invoiceOf(write))
                                                                .exists(BrokenInvoiceStores::isIssued))))),
                        new Defect<>(
                                "drops old lines when it adds",
                                "S6",
                                () -> changing(Change.ADD_LINES, Change.REPLACE_LINES)),
                        new Defect<>(
                                "keeps old lines when it replaces",
                                "S6",
                                () -> changing(Change.REPLACE_LINES, Change.ADD_LINES)),
                        new Defect<>(
                                "keeps one of two lines of one id",
                                "S6",
                                () -> writing(BrokenInvoiceStores::withoutDoubles)),
                        new Defect<>("lets documents of one commit share no line ids", "S6", SharesNoLineIds::new),
                        new Defect<>(
                                "replaces no lines where there is no document",
                                "S6",
                                () -> refusing((store, tenant, write) -> write instanceof Write.Revise revise
                                                && revise.change() == Change.REPLACE_LINES
                                                && store.stored(tenant, InvoiceFixtures.invoiceOf(write))
                                                        .isEmpty()
                                        ? Option.some(
                                                new CommitRefused.UnknownInvoice(InvoiceFixtures.invoiceOf(write)))
                                        : Option.none())),
                        new Defect<>("takes line ids of one normal form for one", "S6", TakesLineIdsForOne::new),
                        new Defect<>(
                                "takes version 10 for less than 9",
                                "S7",
                                () -> refusing((store, tenant, write) -> write instanceof Write.Stand stand
                                                && stand.next().version() > 9
                                        ? Option.some(new CommitRefused.Stale(
                                                InvoiceFixtures.invoiceOf(write),
                                                stand.next().version(),
                                                9))
                                        : Option.none())),
                        new Defect<>("changes the standings of all documents", "S7", ChangesAllStandings::new),
                        new Defect<>(
                                "finds the document of a standing without regard to case",
                                "S7",
                                () -> writing(write -> write instanceof Write.Stand stand
                                                && InvoiceFixtures.invoiceOf(write)
                                                        .value()
                                                        .equals("Invoice")
                                        ? new Write.Stand(Standing.initial(
                                                        new InvoiceId("invoice"),
                                                        stand.next().status(),
                                                        stand.next().updatedAt())
                                                .becoming(
                                                        stand.next().status(),
                                                        stand.next().updatedAt()))
                                        : write)),
                        new Defect<>("accepts stale standings", "S7", AcceptsAnyVersion::new),
                        new Defect<>(
                                "changes the head when the standing changes",
                                "S7",
                                () -> giving(stored -> stored.standing().version() == 1
                                        ? stored
                                        : new Stored(
                                                with(stored.invoice(), BrokenInvoiceStores::ownedByBob),
                                                stored.standing()))),
                        new Defect<>(
                                "sets the standing back when it revises",
                                "S7",
                                () -> committing((store, tenant, commit) -> withWrites(
                                        commit,
                                        commit.writes()
                                                .flatMap(write -> write instanceof Write.Revise
                                                        ? store.stored(tenant, InvoiceFixtures.invoiceOf(write))
                                                                .filter(stored -> stored.standing()
                                                                                .version()
                                                                        > 1)
                                                                .map(stored -> (Write) new Write.Stand(stored.standing()
                                                                        .becoming(
                                                                                InvoiceStatus.PENDING,
                                                                                InvoiceFixtures.LATER)))
                                                                .toArray()
                                                                .prepend(write)
                                                        : Array.of(write))))),
                        new Defect<>(
                                "leaves a gap when a commit is refused",
                                "S8",
                                () -> new Renumbering((result, again) -> result.isLeft())),
                        new Defect<>(
                                "leaves a gap when a commit is sent again",
                                "S8",
                                () -> new Renumbering((result, again) -> again)),
                        new Defect<>("uses up a number for a document without series", "S8", UsesUpNumbers::new),
                        new Defect<>("takes number 10 for less than 9", "S8 S21", RepeatsTen::new),
                        new Defect<>(
                                "numbers the documents of a commit by id",
                                "S8 S21",
                                () -> committing((tenant, commit) -> withWrites(
                                        commit,
                                        commit.writes().forAll(Write.Issue.class::isInstance)
                                                ? commit.writes().sortBy(InvoiceFixtures::invoiceOf)
                                                : commit.writes()))),
                        new Defect<>(
                                "takes series that differ by case for one",
                                "S8",
                                () -> writing(BrokenInvoiceStores::inLowerCaseSeries)),
                        new Defect<>("numbers for each thread", "S8 S21", NumbersForEachThread::new),
                        new Defect<>(
                                "orders documents without regard to case",
                                "S9",
                                () -> searching(rows -> rows.sorted(start().thenComparing(
                                                stored -> idOf(stored).value(), String.CASE_INSENSITIVE_ORDER)))),
                        new Defect<>(
                                "gives documents without a period last",
                                "S9",
                                () -> searching(rows -> rows.sortBy(stored ->
                                        stored.invoice().head().period().isEmpty()))),
                        new Defect<>("counts the page", "S9", CountsThePage::new),
                        new Defect<>("finds periods that only touch", "S9", FindsWhatTouches::new),
                        new Defect<>("finds documents under the period of the first revision", "S9", KeepsPeriods::new),
                        new Defect<>(
                                "orders positions as texts",
                                "S10",
                                () -> reading(lines ->
                                        lines.sorted(Comparator.comparing(line -> Long.toString(line.position()))))),
                        new Defect<>(
                                "orders lines by id",
                                "S10",
                                () -> reading(lines -> lines.sorted(
                                        Comparator.comparing(line -> line.id().value())))),
                        new Defect<>("ignores selections", "S10", IgnoresSelections::new),
                        new Defect<>(
                                "searches descriptions without regard to case",
                                "S10",
                                () -> selecting((line, text) -> line.description()
                                        .toLowerCase(Locale.ROOT)
                                        .contains(text.toLowerCase(Locale.ROOT)))),
                        new Defect<>(
                                "takes _ for any character",
                                "S10",
                                () -> selecting((line, text) -> Pattern.compile(
                                                Pattern.quote(text).replace("_", "\\E.\\Q"))
                                        .matcher(line.description())
                                        .find())),
                        new Defect<>(
                                "keeps lines under the period of their revision", "S10", KeepsLinesUnderPeriods::new),
                        new Defect<>("wants lines read to the end", "S10", WantsAllRead::new),
                        new Defect<>("keeps what a failing reader held", "S10", Leaks::new),
                        new Defect<>("sums up no lines to zero", "S11", SumsUpNothing::new),
                        new Defect<>(
                                "adds up what is of different basis",
                                "S11",
                                () -> rollingUp(slot -> new Slot(
                                        slot.group(), Basis.ACTUAL, slot.side(), slot.category(), slot.currency()))),
                        new Defect<>(
                                "groups places by id alone",
                                "S11",
                                () -> rollingUp(slot -> new Slot(
                                        slot.group().mapValues(ref -> Ref.named("any", ref.id())),
                                        slot.basis(),
                                        slot.side(),
                                        slot.category(),
                                        slot.currency()))),
                        new Defect<>(
                                "takes costs for prices",
                                "S11",
                                () -> rollingUp(slot -> new Slot(
                                        slot.group(), slot.basis(), Side.PRICE, slot.category(), slot.currency()))),
                        new Defect<>("leaves out sums of zero", "S11", LeavesOutZero::new),
                        new Defect<>("groups by two dimensions at most", "S11", GroupsByTwo::new),
                        new Defect<>("rolls up whatever the access", "S12", RollsUpAll::new),
                        new Defect<>(
                                "keeps lines under the account of their revision", "S12", KeepsLinesUnderAccounts::new),
                        new Defect<>("gives lines of any account", "S12", GivesAllLines::new),
                        new Defect<>("changes standings of other tenants", "S12", ChangesOtherTenants::new),
                        new Defect<>("counts what it hides", "S12", CountsAll::new),
                        new Defect<>("takes no accounts for all", "S12", TakesNoneForAll::new),
                        new Defect<>("finds documents of any account", "S12", FindsAll::new),
                        new Defect<>("shares keys among tenants", "S12", SharesKeys::new),
                        new Defect<>(
                                "keeps 20 decimals", "S13", () -> keeping(money(BrokenInvoiceStores::to20Decimals))),
                        new Defect<>(
                                "keeps amounts as doubles",
                                "S1 S13",
                                () -> keeping(money(amount -> Money.of(
                                        amount.currency(),
                                        BigDecimal.valueOf(amount.amount().doubleValue()))))),
                        new Defect<>(
                                "keeps 20 decimals of payments",
                                "S13",
                                () -> giving(BrokenInvoiceStores::withRoundedPayments)),
                        new Defect<>("refuses digits for another reason", "S13", RefusesForAnotherReason::new),
                        new Defect<>("knows keys in the thread that used them", "S14 S20", KnowsKeysInTheThread::new),
                        new Defect<>("lets each thread revise", "S14", LetsEachThreadRevise::new),
                        new Defect<>(
                                "revises what was sealed",
                                "S5",
                                () -> committing((store, tenant, commit) -> withWrites(
                                        commit,
                                        commit.writes()
                                                .reject(write -> write instanceof Write.Revise
                                                        && store.stored(tenant, InvoiceFixtures.invoiceOf(write))
                                                                .exists(stored -> isIssued(stored)
                                                                        && stored.standing()
                                                                                        .version()
                                                                                > 1))))),
                        new Defect<>(
                                "finds the ends of texts only",
                                "S9",
                                () -> finding(
                                        condition -> condition instanceof InvoiceCondition.SubjectNameContains part
                                                ? new InvoiceCondition.SubjectName(part.parts())
                                                : condition)),
                        new Defect<>(
                                "finds attributes by their names",
                                "S9",
                                () -> meeting((condition, stored) -> condition
                                                instanceof InvoiceCondition.WithAttribute with
                                        ? stored.invoice().head().attributes().containsKey(with.name())
                                        : condition.isMetBy(stored))),
                        new Defect<>(
                                "finds the document after itself",
                                "S9",
                                () -> meeting((condition, stored) -> condition instanceof InvoiceCondition.After after
                                        ? after.order().compare(stored, after.document()) >= 0
                                        : condition.isMetBy(stored))),
                        new Defect<>(
                                "orders ids as texts",
                                "S9",
                                () -> ordering((wanted, rows) ->
                                        wanted.complete().head().key() == InvoiceOrder.Field.ID
                                                ? rows.sortBy(
                                                        stored -> idOf(stored).value())
                                                : rows.sorted(wanted))),
                        new Defect<>(
                                "orders what is missing last",
                                "S9",
                                () -> ordering((wanted, rows) ->
                                        wanted.complete().head().key() == InvoiceOrder.Field.SUBJECT_NAME
                                                ? rows.sorted(wanted)
                                                        .sortBy(stored -> stored.invoice()
                                                                .head()
                                                                .subject()
                                                                .isEmpty())
                                                : rows.sorted(wanted))),
                        new Defect<>(
                                "finds documents by the attributes of the first revision",
                                "S9",
                                KeepsFirstAttributes::new),
                        new Defect<>("searches lines of any account", "S12", SearchesAllLines::new),
                        new Defect<>("sums up figures of any account", "S12", SumsUpAll::new),
                        new Defect<>("seals whatever revision", "S15", SealsAnyRevision::new),
                        new Defect<>(
                                "forgets the status of what it seals",
                                "S15",
                                () -> sealing(seal -> new Write.Seal(
                                        seal.draft(), seal.revision(), seal.series(), InvoiceStatus.CLOSED))),
                        new Defect<>(
                                "gives no number to what it seals",
                                "S15",
                                () -> sealing(seal ->
                                        new Write.Seal(seal.draft(), seal.revision(), Option.none(), seal.status()))),
                        new Defect<>(
                                "says yes to sealing what is not there",
                                "S15",
                                () -> committing((store, tenant, commit) -> withWrites(
                                        commit,
                                        commit.writes()
                                                .reject(write -> write instanceof Write.Seal
                                                        && store.stored(tenant, InvoiceFixtures.invoiceOf(write))
                                                                .isEmpty())))),
                        new Defect<>("loses the lines of what it seals", "S15", SealsWithoutLines::new),
                        new Defect<>(
                                "finds lines in no order", "S16 S18", () -> searchingLines((order, lines) -> lines)),
                        new Defect<>(
                                "orders lines with regard to case",
                                "S16",
                                () -> searchingLines((order, lines) -> order.terms()
                                                .headOption()
                                                .exists(term -> term.key() == LineItemOrder.Field.DESCRIPTION)
                                        ? lines.sortBy(found -> found.line().description())
                                        : lines.sorted(order))),
                        new Defect<>("counts the page of lines", "S16", CountsThePageOfLines::new),
                        new Defect<>("searches all lines", "S16", SearchesUnselectedLines::new),
                        new Defect<>(
                                "gives lines with documents as they were issued", "S16 S18", GivesFirstStandings::new),
                        new Defect<>("sums up each figure once", "S17", SumsUpOnce::new),
                        new Defect<>("sums up whatever the attributes", "S17", SumsUpTogether::new),
                        new Defect<>("sums up no taxes", "S17", SumsUpNoTaxes::new),
                        new Defect<>("sums up all digits of figures", "S17", SumsUpAllDigitsOfFigures::new),
                        new Defect<>("sums up all digits of lines", "S17", SumsUpAllDigitsOfLines::new),
                        new Defect<>(
                                "finds documents with their costs", "S18", () -> new SeesCosts(SeesCosts.Where.FIND)),
                        new Defect<>(
                                "searches documents with their costs",
                                "S18",
                                () -> new SeesCosts(SeesCosts.Where.SEARCH)),
                        new Defect<>("gives lines with their costs", "S18", () -> new SeesCosts(SeesCosts.Where.LINES)),
                        new Defect<>(
                                "searches lines with their costs",
                                "S18",
                                () -> new SeesCosts(SeesCosts.Where.SEARCH_LINES)),
                        new Defect<>(
                                "sums up costs that are hidden", "S18", () -> new SeesCosts(SeesCosts.Where.TALLY)),
                        new Defect<>(
                                "rolls up costs that are hidden", "S18", () -> new SeesCosts(SeesCosts.Where.ROLLUP)))
                .appendAll(BrokenSeals.all());
    }

    // Stores with something changed on the way in

    private interface Rewriting {
        Commit rewrite(ForwardingInvoiceStore store, TenantId tenant, Commit commit);
    }

    private static InvoiceStore committing(Rewriting rewriting) {
        return new ForwardingInvoiceStore() {
            @Override
            public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
                return super.commit(tenant, rewriting.rewrite(this, tenant, commit));
            }
        };
    }

    private static InvoiceStore committing(BiFunction<TenantId, Commit, Commit> rewriting) {
        return committing((store, tenant, commit) -> rewriting.apply(tenant, commit));
    }

    private static InvoiceStore writing(UnaryOperator<Write> rewriting) {
        return committing((tenant, commit) -> withWrites(commit, commit.writes().map(rewriting)));
    }

    private static InvoiceStore keeping(UnaryOperator<LineItem> rewriting) {
        return writing(write -> withLines(
                write,
                lines -> () ->
                        io.vavr.collection.Iterator.ofAll(lines.iterator()).map(rewriting)));
    }

    private interface Refusing {
        Option<CommitRefused> refuse(ForwardingInvoiceStore store, TenantId tenant, Write write);
    }

    private static InvoiceStore refusing(Refusing rule) {
        return new ForwardingInvoiceStore() {
            @Override
            public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
                Option<CommitRefused> refused = commit.writes()
                        .flatMap(write -> rule.refuse(this, tenant, write))
                        .headOption();
                return refused.isDefined() ? Either.left(refused.get()) : super.commit(tenant, commit);
            }
        };
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static Commit withWrites(Commit commit, Seq<Write> writes) {
        return new Commit(commit.key(), commit.content(), writes, commit.events());
    }

    private static Write withLines(Write write, UnaryOperator<Iterable<LineItem>> rewriting) {
        if (write instanceof Write.Issue issue) {
            return new Write.Issue(issue.draft(), rewriting.apply(issue.lines()), issue.series(), issue.status());
        }
        return write instanceof Write.Revise revise
                ? new Write.Revise(revise.next(), rewriting.apply(revise.lines()), revise.change())
                : write;
    }

    /** Revisions that are accepted although they do not follow the latest, given theirs and the next one. */
    private static InvoiceStore revising(BiPredicate<Long, Long> accepted) {
        return committing((store, tenant, commit) -> {
            Map<InvoiceId, Long> latest = new java.util.HashMap<>();
            return withWrites(commit, commit.writes().map(write -> {
                if (!(write instanceof Write.Revise revise)) {
                    return write;
                }
                long next = 1 + latest.computeIfAbsent(revise.invoice(), id -> revision(store, tenant, id));
                long given = revise.next().revision();
                if (given != next && !accepted.test(given, next)) {
                    return write;
                }
                latest.put(revise.invoice(), next);
                return numbered(revise, next);
            }));
        });
    }

    private static Write numbered(Write.Revise revise, long revision) {
        return new Write.Revise(
                new Invoice.Running(
                        revise.next().head(),
                        revise.next().figures(),
                        revision,
                        revise.next().asOf()),
                revise.lines(),
                revise.change());
    }

    private static long revision(ForwardingInvoiceStore store, TenantId tenant, InvoiceId id) {
        return store.stored(tenant, id)
                .map(Stored::invoice)
                .filter(Invoice.Running.class::isInstance)
                .map(running -> ((Invoice.Running) running).revision())
                .getOrElse(0L);
    }

    private static InvoiceStore changing(Change from, Change to) {
        return writing(write -> write instanceof Write.Revise revise && revise.change() == from
                ? new Write.Revise(revise.next(), revise.lines(), to)
                : write);
    }

    private static Write untilItFails(Write write) {
        return withLines(write, lines -> () -> {
            Iterator<LineItem> source = lines.iterator();
            return io.vavr.collection.Iterator.continually(() -> {
                        try {
                            return Option.when(source.hasNext(), source::next);
                        } catch (RuntimeException e) {
                            return Option.<LineItem>none();
                        }
                    })
                    .takeWhile(Option::isDefined)
                    .map(Option::get);
        });
    }

    private static Write lookedAtFirst(Write write) {
        return withLines(write, lines -> lines.iterator().hasNext() ? lines : Array.empty());
    }

    private static Write withoutDoubles(Write write) {
        return withLines(write, lines -> () -> {
            Set<LineId> known = new HashSet<>();
            return io.vavr.collection.Iterator.ofAll(lines.iterator()).filter(line -> known.add(line.id()));
        });
    }

    private static Write inLowerCaseSeries(Write write) {
        return write instanceof Write.Issue issue
                ? new Write.Issue(
                        issue.draft(),
                        issue.lines(),
                        issue.series()
                                .map(series -> new Series(
                                        series.scope().toLowerCase(Locale.ROOT), series.format(), series.gaps())),
                        issue.status())
                : write;
    }

    private static UnaryOperator<LineItem> money(UnaryOperator<Money> rewriting) {
        return line -> {
            LineItem.Builder changed = builder(line).unitPrice(line.unitPrice().map(rewriting));
            line.price()
                    .forEach(price -> changed.price(new Amount(
                            rewriting.apply(price.gross()), rewriting.apply(price.discount()), price.percent())));
            line.tax().forEach(tax -> changed.tax(rewriting.apply(tax)));
            line.unitCost().forEach(cost -> changed.unitCost(rewriting.apply(cost)));
            line.cost().forEach(cost -> changed.cost(rewriting.apply(cost)));
            return changed.build();
        };
    }

    private static Money toCents(Money amount) {
        return amount.rounded(Rounding.toMinorUnit(RoundingMode.HALF_UP));
    }

    private static Money to20Decimals(Money amount) {
        return amount.rounded(Rounding.toDecimals(20, RoundingMode.HALF_UP));
    }

    private static LineItem withoutRaw(LineItem line) {
        return line.origin() instanceof Origin.Provided provided
                ? builder(line, new Origin.Provided(provided.externalId(), provided.text(), Option.none()))
                        .build()
                : line;
    }

    private static LineItem inLowestTerms(LineItem line) {
        return line.share().equals(Ratio.of(1, 2))
                ? builder(line).share(Ratio.of(1, 2)).build()
                : line;
    }

    private static LineItem named(LineItem line) {
        return builder(line)
                .places(line.places()
                        .mapValues(ref -> ref.name().isEmpty() ? new Ref(ref.type(), ref.id(), ref.id()) : ref))
                .build();
    }

    private static LineItem.Builder builder(LineItem line) {
        return builder(line, line.origin());
    }

    private static LineItem.Builder builder(LineItem line, Origin origin) {
        LineItem.Builder same = LineItem.builder(line.id(), line.sku(), line.category(), line.postedAt(), origin)
                .position(line.position())
                .description(line.description())
                .quantity(line.quantity(), line.unit())
                .unitPrice(line.unitPrice())
                .share(line.share())
                .basis(line.basis())
                .places(line.places())
                .settled(line.settled())
                .tags(line.tags());
        line.tier().forEach(same::tier);
        line.price().forEach(same::price);
        line.tax().forEach(same::tax);
        line.unitCost().forEach(same::unitCost);
        line.cost().forEach(same::cost);
        line.period().forEach(same::period);
        line.existence().forEach(same::existence);
        return same;
    }

    private static final class KeepsThePrefix extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Either<CommitRefused, Receipt> result = super.commit(tenant, commit);
            if (result.isLeft() && !(result.getLeft() instanceof CommitRefused.KeyReused)) {
                Array.range(1, commit.writes().size())
                        .reverse()
                        .find(size -> super.commit(
                                        tenant,
                                        new Commit(
                                                InvoiceFixtures.newKey(),
                                                "",
                                                commit.writes().take(size)))
                                .isRight());
            }
            return result;
        }
    }

    private static final class KeepsTheRest extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Either<CommitRefused, Receipt> result = super.commit(tenant, commit);
            if (result.isLeft() && !(result.getLeft() instanceof CommitRefused.KeyReused)) {
                commit.writes()
                        .reverse()
                        .dropRight(1)
                        .forEach(write -> super.commit(tenant, Commit.of(InvoiceFixtures.newKey(), "", write)));
            }
            return result;
        }
    }

    private static final class ForgetsKeys extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(
                            tenant,
                            new Commit(InvoiceFixtures.newKey(), commit.content(), commit.writes(), commit.events()))
                    .map(receipt -> new Receipt(commit.key(), receipt.numbers(), receipt.events()));
        }
    }

    /** Has another key for each thread. */
    private static final class KnowsKeysInTheThread extends ForwardingInvoiceStore {
        private final Map<String, CommandKey> keys = new ConcurrentHashMap<>();

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            CommandKey key = keys.computeIfAbsent(
                    commit.key() + " in " + Thread.currentThread().getId(), any -> InvoiceFixtures.newKey());
            return super.commit(tenant, new Commit(key, commit.content(), commit.writes(), commit.events()))
                    .map(receipt -> new Receipt(commit.key(), receipt.numbers(), receipt.events()))
                    .mapLeft(refused -> refused instanceof CommitRefused.KeyReused
                            ? new CommitRefused.KeyReused(commit.key())
                            : refused);
        }
    }

    private static final class BurnsKeys extends ForwardingInvoiceStore {
        private final Map<CommandKey, CommitRefused> refused = new ConcurrentHashMap<>();

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return Option.of(refused.get(commit.key()))
                    .<Either<CommitRefused, Receipt>>map(Either::left)
                    .getOrElse(
                            () -> super.commit(tenant, commit).peekLeft(reason -> refused.put(commit.key(), reason)));
        }
    }

    /** Forgets what it knows of a document when its id is issued again. */
    private static final class Overwrites extends ForwardingInvoiceStore {
        private Seq<Tuple2<TenantId, Commit>> accepted = Array.empty();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Seq<Tuple2<TenantId, Commit>> acceptedBefore = accepted;
            InvoiceStore before = intact;
            if (accepted.forAll(
                    done -> !done._1.equals(tenant) || !done._2.key().equals(commit.key()))) {
                commit.writes()
                        .filter(write -> write instanceof Write.Issue
                                && stored(tenant, InvoiceFixtures.invoiceOf(write))
                                        .isDefined())
                        .forEach(write -> forget(tenant, InvoiceFixtures.invoiceOf(write)));
            }
            return super.commit(tenant, commit)
                    .peek(receipt -> accepted = accepted.append(new Tuple2<>(tenant, commit)))
                    .peekLeft(refused -> {
                        accepted = acceptedBefore;
                        intact = before;
                    });
        }

        private void forget(TenantId tenant, InvoiceId id) {
            accepted = accepted.map(done -> done._1.equals(tenant)
                    ? done.map2(known -> withWrites(
                            known,
                            known.writes()
                                    .reject(write ->
                                            InvoiceFixtures.invoiceOf(write).equals(id))))
                    : done);
            intact = new InMemoryInvoiceStore();
            accepted.forEach(done -> intact.commit(done._1, done._2));
        }
    }

    private static final class AcceptsAnyVersion extends ForwardingInvoiceStore {
        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Map<InvoiceId, Long> latest = new java.util.HashMap<>();
            return super.commit(tenant, withWrites(commit, commit.writes().map(write -> {
                if (!(write instanceof Write.Stand stand)) {
                    return write;
                }
                Standing given = stand.next();
                long next = 1
                        + latest.computeIfAbsent(
                                InvoiceFixtures.invoiceOf(write),
                                id -> stored(tenant, id)
                                        .map(stored -> stored.standing().version())
                                        .getOrElse(1L));
                latest.put(InvoiceFixtures.invoiceOf(write), next);
                return new Write.Stand(new Standing(
                        given.invoice(),
                        next,
                        given.status(),
                        given.payments(),
                        given.refunds(),
                        given.shipment(),
                        given.tags(),
                        given.updatedAt()));
            })));
        }
    }

    private static final class RefusesForAnotherReason extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Option<Write> tooLong = commit.writes()
                    .find(write -> write instanceof Write.Issue issue
                            && issue.draft()
                                    .figures()
                                    .byKey()
                                    .values()
                                    .exists(figure -> figure.amount().amount().precision() > 30));
            return tooLong.isDefined()
                    ? Either.left(new CommitRefused.UnknownInvoice(InvoiceFixtures.invoiceOf(tooLong.get())))
                    : super.commit(tenant, commit);
        }
    }

    private static final class SharesKeys extends ForwardingInvoiceStore {
        private final Map<CommandKey, Tuple2<String, Receipt>> known = new ConcurrentHashMap<>();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return Option.of(known.get(commit.key()))
                    .filter(done -> done._1.equals(commit.content()))
                    .<Either<CommitRefused, Receipt>>map(done -> Either.right(done._2))
                    .getOrElse(() -> super.commit(tenant, commit)
                            .peek(receipt -> known.put(commit.key(), new Tuple2<>(commit.content(), receipt))));
        }
    }

    private static final class NormalizesIds extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Seq<InvoiceId> known = super.search(Access.toAll(tenant), InvoiceQuery.ALL, PageRequest.first(MAX))
                    .rows()
                    .map(BrokenInvoiceStores::idOf);
            Option<Write> taken = commit.writes()
                    .find(write -> known.exists(id -> !id.equals(InvoiceFixtures.invoiceOf(write))
                            && normal(id.value())
                                    .equals(normal(
                                            InvoiceFixtures.invoiceOf(write).value()))));
            return taken.isDefined()
                    ? Either.left(new CommitRefused.AlreadyExists(InvoiceFixtures.invoiceOf(taken.get())))
                    : super.commit(tenant, commit);
        }
    }

    private static final class SharesNoLineIds extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Seq<Write> issues = commit.writes()
                    .filter(write -> write instanceof Write.Issue
                            && !InvoiceFixtures.invoiceOf(write).value().equals("failing"));
            Set<LineId> known = new HashSet<>();
            Option<LineId> shared = issues.size() < 2
                    ? Option.none()
                    : issues.flatMap(write -> ((Write.Issue) write).lines())
                            .map(LineItem::id)
                            .find(id -> !known.add(id));
            return shared.isDefined()
                    ? Either.left(
                            new CommitRefused.DuplicateLine(InvoiceFixtures.invoiceOf(issues.last()), shared.get()))
                    : super.commit(tenant, commit);
        }
    }

    private static final class TakesLineIdsForOne extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Seq<Write> read = commit.writes()
                    .map(write -> InvoiceFixtures.invoiceOf(write).value().equals("invoice")
                            ? withLines(write, Array::ofAll)
                            : write);
            Option<LineId> twice = read.filter(
                            write -> InvoiceFixtures.invoiceOf(write).value().equals("invoice"))
                    .filter(Write.Issue.class::isInstance)
                    .flatMap(write -> ((Write.Issue) write).lines())
                    .groupBy(line -> normal(line.id().value()))
                    .values()
                    .find(same -> same.map(LineItem::id).distinct().size() > 1)
                    .map(same -> same.head().id());
            return twice.isDefined()
                    ? Either.left(new CommitRefused.DuplicateLine(
                            InvoiceFixtures.invoiceOf(commit.writes().head()), twice.get()))
                    : super.commit(tenant, withWrites(commit, read));
        }
    }

    private static final class ChangesAllStandings extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, commit).peek(receipt -> {
                if (commit.writes().size() == 1 && commit.writes().head() instanceof Write.Stand stand) {
                    super.search(Access.toAll(tenant), InvoiceQuery.ALL, PageRequest.first(MAX))
                            .rows()
                            .filter(other ->
                                    other.standing().version() == stand.next().version() - 1)
                            .forEach(other -> super.commit(
                                    tenant,
                                    InvoiceFixtures.commit(new Write.Stand(other.standing()
                                            .becoming(
                                                    stand.next().status(),
                                                    stand.next().updatedAt())))));
                }
            });
        }
    }

    private static final class ChangesOtherTenants extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            if (tenant.equals(InvoiceFixtures.OTHER_TENANT)) {
                commit.writes()
                        .filter(Write.Stand.class::isInstance)
                        .forEach(write -> super.commit(InvoiceFixtures.TENANT, InvoiceFixtures.commit(write)));
            }
            return super.commit(tenant, commit);
        }
    }

    /** Accepts a revision that another thread has made already. */
    private static final class LetsEachThreadRevise extends ForwardingInvoiceStore {
        private final Map<InvoiceId, Thread> revisedBy = new java.util.HashMap<>();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Commit rewritten = withWrites(commit, commit.writes().map(write -> rewrite(tenant, write)));
            return super.commit(tenant, rewritten)
                    .peek(receipt -> commit.writes()
                            .filter(Write.Revise.class::isInstance)
                            .forEach(write -> revisedBy.put(InvoiceFixtures.invoiceOf(write), Thread.currentThread())));
        }

        private Write rewrite(TenantId tenant, Write write) {
            if (write instanceof Write.Revise revise) {
                long next = revision(this, tenant, InvoiceFixtures.invoiceOf(write)) + 1;
                boolean byAnother = revisedBy.getOrDefault(InvoiceFixtures.invoiceOf(write), Thread.currentThread())
                        != Thread.currentThread();
                return byAnother && revise.next().revision() < next ? numbered(revise, next) : write;
            }
            return write;
        }
    }

    /** Shows other numbers than the intact store gives. */
    private static class Renumbering extends ForwardingInvoiceStore {

        private record Numbered(TenantId tenant, InvoiceId invoice) {}

        private record Scope(TenantId tenant, Series series) {}

        private final BiPredicate<Either<CommitRefused, Receipt>, Boolean> uselesslyUsed;
        private final Map<Scope, Long> gaps = new java.util.HashMap<>();
        private final Map<Numbered, InvoiceNumber> shown = new java.util.HashMap<>();
        private final Set<Tuple2<TenantId, CommandKey>> keys = new HashSet<>();

        Renumbering(BiPredicate<Either<CommitRefused, Receipt>, Boolean> uselesslyUsed) {
            this.uselesslyUsed = uselesslyUsed;
        }

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Either<CommitRefused, Receipt> result = super.commit(tenant, commit);
            if (uselesslyUsed.test(result, result.isRight() && keys.contains(new Tuple2<>(tenant, commit.key())))) {
                commit.writes()
                        .filter(Write.Issue.class::isInstance)
                        .flatMap(write -> ((Write.Issue) write).series())
                        .forEach(series -> leaveGap(tenant, series));
            }
            result.forEach(receipt -> keys.add(new Tuple2<>(tenant, commit.key())));
            return result.map(receipt -> new Receipt(
                    receipt.key(),
                    receipt.numbers().map((id, number) -> new Tuple2<>(id, show(tenant, id, number))),
                    receipt.events()));
        }

        final void leaveGap(TenantId tenant, Series series) {
            gaps.merge(new Scope(tenant, series), 1L, Long::sum);
        }

        InvoiceNumber show(TenantId tenant, InvoiceId id, InvoiceNumber number) {
            return shown.computeIfAbsent(
                    new Numbered(tenant, id),
                    any -> new InvoiceNumber(
                            number.series(),
                            number.value() + gaps.getOrDefault(new Scope(tenant, number.series()), 0L)));
        }

        @Override
        public synchronized Option<Stored> find(Access access, InvoiceId id) {
            return super.find(access, id).map(stored -> show(access, stored));
        }

        @Override
        public synchronized Page<Stored> search(
                Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            Page<Stored> found = super.search(access, query, order, page);
            return new Page<>(found.rows().map(stored -> show(access, stored)), found.total());
        }

        private Stored show(Access access, Stored stored) {
            return stored.invoice() instanceof Invoice.Issued issued
                    ? new Stored(
                            new Invoice.Issued(
                                    issued.head(),
                                    issued.figures(),
                                    issued.number()
                                            .map(number -> show(
                                                    access.tenant(),
                                                    issued.head().id(),
                                                    number)),
                                    issued.issuedAt(),
                                    issued.seal()),
                            stored.standing())
                    : stored;
        }
    }

    private static final class UsesUpNumbers extends Renumbering {
        UsesUpNumbers() {
            super((result, again) -> false);
        }

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Either<CommitRefused, Receipt> result = super.commit(tenant, commit);
            if (result.isRight()
                    && commit.writes()
                            .exists(write -> write instanceof Write.Issue issue
                                    && issue.series().isEmpty())) {
                leaveGap(tenant, new Series("series"));
            }
            return result;
        }
    }

    private static final class RepeatsTen extends Renumbering {
        RepeatsTen() {
            super((result, again) -> false);
        }

        @Override
        InvoiceNumber show(TenantId tenant, InvoiceId id, InvoiceNumber number) {
            return new InvoiceNumber(number.series(), Math.min(number.value(), 10));
        }
    }

    private static final class NumbersForEachThread extends Renumbering {

        private final Map<String, Long> next = new java.util.HashMap<>();
        private final Map<InvoiceId, InvoiceNumber> given = new java.util.HashMap<>();

        NumbersForEachThread() {
            super((result, again) -> false);
        }

        @Override
        InvoiceNumber show(TenantId tenant, InvoiceId id, InvoiceNumber number) {
            String counter = Thread.currentThread().getId() + tenant.value() + " " + number.series();
            return tenant.equals(InvoiceFixtures.TENANT)
                    ? given.computeIfAbsent(
                            id, any -> new InvoiceNumber(number.series(), next.merge(counter, 1L, Long::sum)))
                    : number;
        }
    }

    // Stores with something changed on the way out

    private static InvoiceStore giving(UnaryOperator<Stored> rewriting) {
        return new ForwardingInvoiceStore() {
            @Override
            public Option<Stored> find(Access access, InvoiceId id) {
                return super.find(access, id).map(rewriting);
            }

            @Override
            public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
                Page<Stored> found = super.search(access, query, order, page);
                return new Page<>(found.rows().map(rewriting), found.total());
            }
        };
    }

    private static InvoiceStore searching(UnaryOperator<Seq<Stored>> order) {
        return new ForwardingInvoiceStore() {
            @Override
            public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder wanted, PageRequest page) {
                Seq<Stored> found = super.search(access, query, wanted, PageRequest.first(MAX))
                        .rows();
                Seq<Stored> all = wanted.equals(InvoiceOrder.BY_PERIOD) ? order.apply(found) : found;
                int from = (int) Math.min(page.offset(), all.size());
                return new Page<>(all.drop(from).take(page.size()), all.size());
            }
        };
    }

    private static InvoiceStore reading(UnaryOperator<Seq<LineItem>> order) {
        return new ForwardingInvoiceStore() {
            @Override
            public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
                return reader.apply(order.apply(linesOf(access, query)).iterator());
            }
        };
    }

    /** Lines selected otherwise, and rolled up as they are given, so that only the lines are wrong. */
    private static InvoiceStore selecting(BiPredicate<LineItem, String> contains) {
        return new ForwardingInvoiceStore() {
            @Override
            public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
                return reader.apply(linesOf(access, LineItemQuery.of(query.documents()))
                        .filter(line -> query.lines().criteria().forAll(criterion -> isMet(criterion, line)))
                        .iterator());
            }

            private boolean isMet(Selection.Criterion criterion, LineItem line) {
                return criterion instanceof Selection.DescriptionContains part
                        ? contains.test(line, part.text())
                        : criterion.isMetBy(line);
            }

            @Override
            public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
                return lines(access, query, found -> Rollup.of(() -> found, by));
            }
        };
    }

    private static InvoiceStore rollingUp(UnaryOperator<Slot> rewriting) {
        return new ForwardingInvoiceStore() {
            @Override
            public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
                return super.rollup(access, query, by)
                        .sums()
                        .foldLeft(Rollup.EMPTY, (all, sum) -> all.plus(Rollup.of(rewriting.apply(sum._1), sum._2)));
            }
        };
    }

    /** To all accounts, through the same eyes. */
    private static Access toAll(Access access) {
        return new Access(access.tenant(), Option.none(), access.costsSeenBy());
    }

    private static Option<Period> overlapping(InvoiceQuery query) {
        return query.conditions()
                .find(InvoiceCondition.Overlapping.class::isInstance)
                .map(condition -> ((InvoiceCondition.Overlapping) condition).period());
    }

    private static InvoiceQuery whenever(InvoiceQuery query) {
        return new InvoiceQuery(query.conditions().reject(InvoiceCondition.Overlapping.class::isInstance));
    }

    private static boolean isIssued(Stored stored) {
        return stored.invoice() instanceof Invoice.Issued;
    }

    private static InvoiceId idOf(Stored stored) {
        return stored.invoice().head().id();
    }

    private static Comparator<Stored> start() {
        return Comparator.comparing(
                stored -> stored.invoice().head().period().map(Period::start).getOrElse(Instant.MIN));
    }

    private static Invoice with(Invoice invoice, UnaryOperator<Head> rewriting) {
        Head head = rewriting.apply(invoice.head());
        return invoice instanceof Invoice.Issued issued
                ? new Invoice.Issued(head, issued.figures(), issued.number(), issued.issuedAt(), issued.seal())
                : new Invoice.Running(head, invoice.figures(), ((Invoice.Running) invoice).revision(), invoice.asOf());
    }

    private static Head withoutSubject(Head head) {
        return new Head(
                head.id(),
                head.profile(),
                head.account(),
                head.owner(),
                Option.none(),
                head.period(),
                head.places(),
                head.billedTo(),
                head.currency(),
                head.createdAt(),
                head.attributes());
    }

    private static Head ownedByBob(Head head) {
        return new Head(
                head.id(),
                head.profile(),
                head.account(),
                InvoiceFixtures.BOB,
                head.subject(),
                head.period(),
                head.places(),
                head.billedTo(),
                head.currency(),
                head.createdAt(),
                head.attributes());
    }

    private static Stored withSortedPayments(Stored stored) {
        return withPayments(stored, stored.standing().payments().sortBy(Payment::id));
    }

    private static Stored withRoundedPayments(Stored stored) {
        return withPayments(
                stored,
                stored.standing()
                        .payments()
                        .map(payment -> new Payment(
                                payment.id(),
                                payment.status(),
                                to20Decimals(payment.subtotal()),
                                to20Decimals(payment.tax()),
                                to20Decimals(payment.billed()),
                                to20Decimals(payment.paid()),
                                payment.createdAt(),
                                payment.updatedAt())));
    }

    private static Stored withPayments(Stored stored, Seq<Payment> payments) {
        Standing standing = stored.standing();
        return new Stored(
                stored.invoice(),
                new Standing(
                        standing.invoice(),
                        standing.version(),
                        standing.status(),
                        payments,
                        standing.refunds(),
                        standing.shipment(),
                        standing.tags(),
                        standing.updatedAt()));
    }

    private static Stored sinceTheEpoch(Stored stored) {
        Standing standing = stored.standing();
        return standing.version() > 1
                ? stored
                : new Stored(stored.invoice(), Standing.initial(standing.invoice(), standing.status(), Instant.EPOCH));
    }

    private static final class FirstFigures extends ForwardingInvoiceStore {
        private io.vavr.collection.Map<InvoiceId, Figures> first = LinkedHashMap.empty();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, withWrites(commit, commit.writes().map(write -> {
                if (write instanceof Write.Revise revise && tenant.equals(InvoiceFixtures.TENANT)) {
                    first = first.put(
                            InvoiceFixtures.invoiceOf(write), revise.next().figures(), (known, added) -> known);
                    return new Write.Revise(
                            new Invoice.Running(
                                    revise.next().head(),
                                    first.get(InvoiceFixtures.invoiceOf(write)).get(),
                                    revise.next().revision(),
                                    revise.next().asOf()),
                            revise.lines(),
                            revise.change());
                }
                return write;
            })));
        }
    }

    private static Stored withoutForgiven(Stored stored) {
        Standing standing = stored.standing();
        return new Stored(
                stored.invoice(),
                new Standing(
                        standing.invoice(),
                        standing.version(),
                        standing.status() == InvoiceStatus.FORGIVEN ? InvoiceStatus.FREE : standing.status(),
                        standing.payments(),
                        standing.refunds(),
                        standing.shipment(),
                        standing.tags(),
                        standing.updatedAt()));
    }

    private static final class FindsBeginnings extends ForwardingInvoiceStore {
        @Override
        public Option<Stored> find(Access access, InvoiceId id) {
            return super.find(access, id)
                    .orElse(() -> super.search(access, InvoiceQuery.ALL, PageRequest.first(MAX))
                            .rows()
                            .find(stored -> idOf(stored).value().startsWith(id.value())));
        }
    }

    private static final class KeepsPeriods extends ForwardingInvoiceStore {
        private final Map<InvoiceId, Option<Period>> first = new ConcurrentHashMap<>();

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            commit.writes()
                    .filter(Write.Revise.class::isInstance)
                    .forEach(write -> first.putIfAbsent(
                            InvoiceFixtures.invoiceOf(write),
                            ((Write.Revise) write).next().head().period()));
            return super.commit(tenant, commit);
        }

        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            Seq<Stored> found = super.search(access, whenever(query), order, PageRequest.first(MAX))
                    .rows()
                    .filter(stored -> overlapping(query)
                            .forAll(period -> first.getOrDefault(
                                            idOf(stored),
                                            stored.invoice().head().period())
                                    .exists(period::overlaps)));
            int from = (int) Math.min(page.offset(), found.size());
            return new Page<>(found.drop(from).take(page.size()), found.size());
        }
    }

    private static final class IgnoresSelections extends ForwardingInvoiceStore {
        @Override
        public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
            return super.lines(access, LineItemQuery.of(query.documents()), reader);
        }

        @Override
        public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
            return super.rollup(access, LineItemQuery.of(query.documents()), by);
        }
    }

    /** Takes the head of the first revision for that of a line. */
    private abstract static class KeepsFirstHeads extends ForwardingInvoiceStore {
        private final Map<InvoiceId, Head> first = new ConcurrentHashMap<>();

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            commit.writes()
                    .filter(Write.Revise.class::isInstance)
                    .forEach(write -> first.putIfAbsent(
                            InvoiceFixtures.invoiceOf(write),
                            ((Write.Revise) write).next().head()));
            return super.commit(tenant, commit);
        }

        abstract boolean isSeen(Access access, InvoiceQuery query, Head first, Head now);

        @Override
        public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
            InvoiceQuery whenever = whenever(query.documents());
            return reader.apply(super.search(toAll(access), whenever, PageRequest.first(MAX))
                    .rows()
                    .map(Stored::invoice)
                    .map(Invoice::head)
                    .filter(now -> isSeen(access, query.documents(), first.getOrDefault(now.id(), now), now))
                    .flatMap(now ->
                            linesOf(toAll(access), new LineItemQuery(InvoiceQuery.byId(now.id()), query.lines())))
                    .iterator());
        }

        @Override
        public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
            return lines(access, query, lines -> Rollup.of(() -> lines, by));
        }
    }

    private static final class KeepsLinesUnderPeriods extends KeepsFirstHeads {
        @Override
        boolean isSeen(Access access, InvoiceQuery query, Head first, Head now) {
            return access.sees(now.account())
                    && overlapping(query).forAll(period -> first.period().exists(period::overlaps));
        }
    }

    private static final class KeepsLinesUnderAccounts extends KeepsFirstHeads {
        @Override
        boolean isSeen(Access access, InvoiceQuery query, Head first, Head now) {
            return access.sees(first.account())
                    && overlapping(query).forAll(period -> now.period().exists(period::overlaps));
        }
    }

    private static final class WantsAllRead extends ForwardingInvoiceStore {
        @Override
        public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
            return super.lines(access, query, lines -> {
                R result = reader.apply(lines);
                if (lines.hasNext()) {
                    throw new IllegalStateException("Lines must be read to the end");
                }
                return result;
            });
        }
    }

    /** Has ten of what reading needs. */
    private static final class Leaks extends ForwardingInvoiceStore {
        private final AtomicInteger left = new AtomicInteger(10);

        @Override
        public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
            if (left.getAndDecrement() <= 0) {
                throw new StorageException(StorageException.Kind.RETRYABLE, "There is nothing left to read with");
            }
            R result = super.lines(access, query, reader);
            left.incrementAndGet();
            return result;
        }
    }

    private static final class SumsUpNothing extends ForwardingInvoiceStore {
        @Override
        public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
            Rollup rollup = super.rollup(access, query, by);
            Slot slot = new Slot(HashMap.empty(), Basis.INVOICED, Side.PRICE, "none", InvoiceFixtures.USD);
            return rollup.equals(Rollup.EMPTY) ? Rollup.of(slot, Money.zero(InvoiceFixtures.USD)) : rollup;
        }
    }

    private static final class GivesAllLines extends ForwardingInvoiceStore {
        @Override
        public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
            return super.lines(toAll(access), query, reader);
        }
    }

    private static final class CountsThePage extends ForwardingInvoiceStore {
        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            Seq<Stored> rows = super.search(access, query, order, page).rows();
            return new Page<>(rows, rows.size());
        }
    }

    private static final class FindsWhatTouches extends ForwardingInvoiceStore {
        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            InvoiceQuery wider = overlapping(query)
                    .map(period -> whenever(query)
                            .overlapping(Period.of(
                                    period.start().minusMillis(1), period.end().plusMillis(1))))
                    .getOrElse(query);
            return super.search(access, wider, order, page);
        }
    }

    private static final class LeavesOutZero extends ForwardingInvoiceStore {
        @Override
        public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
            return new Rollup(super.rollup(access, query, by).sums().filterValues(sum -> !sum.isZero()));
        }
    }

    private static final class GroupsByTwo extends ForwardingInvoiceStore {
        @Override
        public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
            return super.rollup(access, query, by.take(2));
        }
    }

    private static final class RollsUpAll extends ForwardingInvoiceStore {
        @Override
        public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
            return super.rollup(toAll(access), query, by);
        }
    }

    private static final class CountsAll extends ForwardingInvoiceStore {
        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            return new Page<>(
                    super.search(access, query, order, page).rows(),
                    super.search(toAll(access), query, order, page).total());
        }
    }

    private static final class TakesNoneForAll extends ForwardingInvoiceStore {
        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            return super.search(
                    access.accounts().exists(io.vavr.collection.Set::isEmpty) ? toAll(access) : access,
                    query,
                    order,
                    page);
        }
    }

    private static final class FindsAll extends ForwardingInvoiceStore {
        @Override
        public Option<Stored> find(Access access, InvoiceId id) {
            return super.find(toAll(access), id);
        }
    }

    // Stores that search otherwise

    private static InvoiceStore finding(UnaryOperator<InvoiceCondition> rewriting) {
        return new ForwardingInvoiceStore() {
            @Override
            public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
                return super.search(access, new InvoiceQuery(query.conditions().map(rewriting)), order, page);
            }
        };
    }

    private static InvoiceStore meeting(BiPredicate<InvoiceCondition, Stored> isMet) {
        return new ForwardingInvoiceStore() {
            @Override
            public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
                return part(
                        super.search(access, InvoiceQuery.ALL, order, PageRequest.first(MAX))
                                .rows()
                                .filter(stored ->
                                        query.conditions().forAll(condition -> isMet.test(condition, stored))),
                        page);
            }
        };
    }

    private static InvoiceStore ordering(BiFunction<InvoiceOrder, Seq<Stored>, Seq<Stored>> sorting) {
        return new ForwardingInvoiceStore() {
            @Override
            public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
                return part(
                        sorting.apply(
                                order,
                                super.search(access, query, order, PageRequest.first(MAX))
                                        .rows()),
                        page);
            }
        };
    }

    private static InvoiceStore searchingLines(BiFunction<LineItemOrder, Seq<StoredLine>, Seq<StoredLine>> sorting) {
        return new ForwardingInvoiceStore() {
            @Override
            public Page<StoredLine> searchLines(
                    Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
                return part(
                        sorting.apply(
                                order,
                                super.searchLines(access, query, LineItemOrder.of(), PageRequest.first(MAX))
                                        .rows()),
                        page);
            }
        };
    }

    private static <T> Page<T> part(Seq<T> all, PageRequest page) {
        int from = (int) Math.min(page.offset(), all.size());
        return new Page<>(all.drop(from).take(page.size()), all.size());
    }

    private static InvoiceStore sealing(UnaryOperator<Write.Seal> rewriting) {
        return writing(write -> write instanceof Write.Seal seal ? rewriting.apply(seal) : write);
    }

    private static final class KeepsFirstAttributes extends ForwardingInvoiceStore {
        private final Map<InvoiceId, Head> first = new ConcurrentHashMap<>();

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            commit.writes()
                    .filter(Write.Revise.class::isInstance)
                    .forEach(write -> first.putIfAbsent(
                            InvoiceFixtures.invoiceOf(write),
                            ((Write.Revise) write).next().head()));
            return super.commit(tenant, commit);
        }

        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            return part(
                    super.search(access, InvoiceQuery.ALL, order, PageRequest.first(MAX))
                            .rows()
                            .filter(stored -> query.conditions().forAll(condition -> isMet(condition, stored))),
                    page);
        }

        private boolean isMet(InvoiceCondition condition, Stored stored) {
            return condition instanceof InvoiceCondition.WithAttribute with
                    ? with.isMetBy(
                            first.getOrDefault(idOf(stored), stored.invoice().head()))
                    : condition.isMetBy(stored);
        }
    }

    private static final class SealsAnyRevision extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(
                    tenant,
                    withWrites(
                            commit,
                            commit.writes()
                                    .map(write -> write instanceof Write.Seal seal
                                            ? new Write.Seal(
                                                    seal.draft(),
                                                    revision(this, tenant, InvoiceFixtures.invoiceOf(write)),
                                                    seal.series(),
                                                    seal.status())
                                            : write)));
        }
    }

    private static final class SealsWithoutLines extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, withWrites(commit, commit.writes().flatMap(write -> rewrite(tenant, write))));
        }

        private Seq<Write> rewrite(TenantId tenant, Write write) {
            if (write instanceof Write.Seal seal
                    && revision(this, tenant, InvoiceFixtures.invoiceOf(write)) == seal.revision()) {
                long next = seal.revision() + 1;
                Invoice.Running empty =
                        new Invoice.Running(seal.draft().head(), seal.draft().figures(), next);
                return Array.of(
                        new Write.Revise(empty, Array.empty(), Change.REPLACE_LINES),
                        new Write.Seal(seal.draft(), next, seal.series(), seal.status()));
            }
            return Array.of(write);
        }
    }

    private static final class SearchesAllLines extends ForwardingInvoiceStore {
        @Override
        public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
            return super.searchLines(toAll(access), query, order, page);
        }
    }

    private static final class SumsUpAll extends ForwardingInvoiceStore {
        @Override
        public Tally tally(
                Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
            return super.tally(toAll(access), query, figures, by, digits);
        }

        @Override
        public Tally tallyLines(Access access, LineItemQuery query, Seq<String> by, Tally.Digits digits) {
            return super.tallyLines(toAll(access), query, by, digits);
        }
    }

    private static final class CountsThePageOfLines extends ForwardingInvoiceStore {
        @Override
        public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
            Seq<StoredLine> rows = super.searchLines(access, query, order, page).rows();
            return new Page<>(rows, rows.size());
        }
    }

    private static final class SearchesUnselectedLines extends ForwardingInvoiceStore {
        @Override
        public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
            return super.searchLines(access, LineItemQuery.of(query.documents()), order, page);
        }
    }

    private static final class GivesFirstStandings extends ForwardingInvoiceStore {
        @Override
        public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
            Page<StoredLine> found = super.searchLines(access, query, order, page);
            return new Page<>(
                    found.rows().map(line -> new StoredLine(initially(line.document()), line.line())), found.total());
        }

        private static Stored initially(Stored stored) {
            Standing standing = stored.standing();
            return new Stored(
                    stored.invoice(), Standing.initial(standing.invoice(), standing.status(), standing.updatedAt()));
        }
    }

    private static final class SumsUpOnce extends ForwardingInvoiceStore {
        @Override
        public Tally tally(
                Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
            return super.tally(access, query, figures.distinct(), by, digits);
        }
    }

    private static final class SumsUpTogether extends ForwardingInvoiceStore {
        @Override
        public Tally tally(
                Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
            return super.tally(access, query, figures, Array.empty(), digits);
        }
    }

    private static final class SumsUpNoTaxes extends ForwardingInvoiceStore {
        @Override
        public Tally tallyLines(Access access, LineItemQuery query, Seq<String> by, Tally.Digits digits) {
            Tally tally = super.tallyLines(access, query, by, digits);
            return query.lines().equals(Selection.ALL)
                    ? tally
                    : new Tally(tally.sums().filterKeys(slot -> !slot.figure().equals(Tally.LINE_TAX)));
        }
    }

    private static final class SumsUpAllDigitsOfFigures extends ForwardingInvoiceStore {
        @Override
        public Tally tally(
                Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
            return super.tally(access, query, figures, by, Tally.Digits.ALL);
        }
    }

    private static final class SumsUpAllDigitsOfLines extends ForwardingInvoiceStore {
        @Override
        public Tally tallyLines(Access access, LineItemQuery query, Seq<String> by, Tally.Digits digits) {
            return super.tallyLines(access, query, by, Tally.Digits.ALL);
        }
    }

    /** Forgets through whose eyes something is seen, somewhere. */
    private static final class SeesCosts extends ForwardingInvoiceStore {

        enum Where {
            FIND,
            SEARCH,
            LINES,
            SEARCH_LINES,
            TALLY,
            ROLLUP
        }

        private final Where where;

        SeesCosts(Where where) {
            this.where = where;
        }

        private Access seeing(Where here, Access access) {
            return where == here ? new Access(access.tenant(), access.accounts(), Option.none()) : access;
        }

        @Override
        public Option<Stored> find(Access access, InvoiceId id) {
            return super.find(seeing(Where.FIND, access), id);
        }

        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            return super.search(seeing(Where.SEARCH, access), query, order, page);
        }

        @Override
        public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
            return super.lines(seeing(Where.LINES, access), query, reader);
        }

        @Override
        public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
            return super.searchLines(seeing(Where.SEARCH_LINES, access), query, order, page);
        }

        @Override
        public Tally tally(
                Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
            return super.tally(seeing(Where.TALLY, access), query, figures, by, digits);
        }

        @Override
        public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
            return super.rollup(seeing(Where.ROLLUP, access), query, by);
        }
    }
}
