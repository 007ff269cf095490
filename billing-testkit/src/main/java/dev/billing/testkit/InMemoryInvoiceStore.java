package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.TextOrder;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Seal;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.rollup.Rollup;
import dev.billing.port.Access;
import dev.billing.port.AccountStore;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Outbox;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Published;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Tally;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Documents, accounts and events in memory. Each tenant's state is one immutable value, so a commit swaps it whole or not at all. */
public final class InMemoryInvoiceStore implements InvoiceStore, AccountStore, Outbox {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Comparator<LineItem> LINE_ORDER = Comparator.comparing(LineItem::position)
            .thenComparing(line -> line.id().value(), TextOrder.CODE_POINTS);

    private record Kept(Invoice invoice, Standing standing, Map<LineId, LineItem> lines) {}

    /** An account: its entries, who it is, its events, and how many of those were delivered. */
    private record Owner(Seq<Entry> entries, Option<AccountDetails> details, Seq<Published> events, long delivered) {
        static final Owner NEW = new Owner(Vector.empty(), Option.none(), Vector.empty(), 0);

        long version() {
            return details.map(AccountDetails::version).getOrElse(0L);
        }
    }

    private record State(
            Map<InvoiceId, Kept> documents,
            Map<CommandKey, Answer> commands,
            Map<String, Long> numbers,
            Map<AccountId, Owner> owners) {
        static final State EMPTY = new State(TreeMap.empty(), HashMap.empty(), HashMap.empty(), TreeMap.empty(BY_ID));

        State with(Kept kept) {
            return new State(documents.put(kept.invoice().head().id(), kept), commands, numbers, owners);
        }

        State with(CommandKey key, Answer answer) {
            return new State(documents, commands.put(key, answer), numbers, owners);
        }

        State counting(InvoiceNumber number) {
            return new State(documents, commands, numbers.put(number.series().scope(), number.value()), owners);
        }

        State with(AccountId account, Owner owner) {
            return new State(documents, commands, numbers, owners.put(account, owner));
        }

        Owner owner(AccountId account) {
            return owners.getOrElse(account, Owner.NEW);
        }
    }

    private static final Comparator<AccountId> BY_ID = Comparator.comparing(AccountId::value, TextOrder.CODE_POINTS);

    /** A state in the making, and the numbers that were given on the way. */
    private record Step(State state, Map<InvoiceId, InvoiceNumber> numbers) {}

    private final ConcurrentMap<TenantId, AtomicReference<State>> tenants = new ConcurrentHashMap<>();

    @Override
    public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
        AtomicReference<State> current = tenants.computeIfAbsent(tenant, id -> new AtomicReference<>(State.EMPTY));
        synchronized (current) {
            State before = current.get();
            Option<Answer> done = before.commands().get(commit.key());
            if (done.isDefined()) {
                return done.filter(known -> known.content().equals(commit.content()))
                        .map(Answer::receipt)
                        .toEither(new CommitRefused.KeyReused(commit.key()));
            }
            return apply(before, commit.writes()).map(after -> {
                Seq<Event> events = commit.events().map(event -> numbered(event, after.numbers()));
                Receipt receipt = new Receipt(commit.key(), after.numbers(), events);
                current.set(events.foldLeft(after.state(), InMemoryInvoiceStore::publish)
                        .with(commit.key(), new Answer(commit.content(), receipt)));
                return receipt;
            });
        }
    }

    private static Event numbered(Event event, Map<InvoiceId, InvoiceNumber> numbers) {
        return numbers.find(number -> number._1.value().equals(event.subject()))
                .map(number -> event.with(Event.NUMBER, number._2.text()))
                .getOrElse(event);
    }

    private static State publish(State state, Event event) {
        Owner owner = state.owner(event.account());
        Seq<Published> events =
                owner.events().append(new Published(event, owner.events().size() + 1L));
        return state.with(event.account(), new Owner(owner.entries(), owner.details(), events, owner.delivered()));
    }

    @Override
    public Option<Answer> answer(TenantId tenant, CommandKey key) {
        return state(tenant).commands().get(key);
    }

    @Override
    public Seq<Entry> entries(Access access, AccountId account) {
        return access.sees(account) ? state(access.tenant()).owner(account).entries() : Vector.empty();
    }

    @Override
    public Option<AccountDetails> details(Access access, AccountId account) {
        return access.sees(account) ? state(access.tenant()).owner(account).details() : Option.none();
    }

    @Override
    public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
        return state(access.tenant())
                .owners()
                .filter((account, owner) ->
                        !owner.entries().isEmpty() || owner.details().isDefined())
                .keySet()
                .toVector()
                .filter(access::sees)
                .filter(account -> after.forAll(last -> BY_ID.compare(account, last) > 0))
                .take(max);
    }

    @Override
    public Seq<AccountId> paidBy(Access access, AccountId payer) {
        return state(access.tenant())
                .owners()
                .filter((account, owner) -> owner.details()
                        .flatMap(AccountDetails::payer)
                        .exists(other -> other.account().equals(payer)))
                .keySet()
                .toVector()
                .filter(access::sees);
    }

    @Override
    public Seq<Published> undelivered(TenantId tenant, int max) {
        return state(tenant)
                .owners()
                .values()
                .toVector()
                .flatMap(owner -> owner.events().drop((int) owner.delivered()))
                .take(max);
    }

    @Override
    public void delivered(TenantId tenant, AccountId account, long upTo) {
        AtomicReference<State> current = tenants.computeIfAbsent(tenant, id -> new AtomicReference<>(State.EMPTY));
        synchronized (current) {
            Owner owner = current.get().owner(account);
            long delivered =
                    Math.max(owner.delivered(), Math.min(upTo, owner.events().size()));
            current.set(current.get()
                    .with(account, new Owner(owner.entries(), owner.details(), owner.events(), delivered)));
        }
    }

    private static Either<CommitRefused, Step> apply(State before, Seq<Write> writes) {
        Either<CommitRefused, Step> start = Either.right(new Step(before, LinkedHashMap.empty()));
        return writes.foldLeft(start, (step, write) -> step.flatMap(done -> apply(done, write)));
    }

    private static Either<CommitRefused, Step> apply(Step step, Write write) {
        if (write instanceof Write.OfAccount change) {
            return changed(step.state().owner(change.account()), change)
                    .map(owner -> new Step(step.state().with(change.account(), owner), step.numbers()));
        }
        return apply(step, (Write.OfDocument) write);
    }

    private static Either<CommitRefused, Owner> changed(Owner owner, Write.OfAccount change) {
        if (change instanceof Write.Enter enter) {
            return enter(owner, enter);
        }
        return change instanceof Write.Describe describe
                ? describe(owner, describe)
                : expect(owner, (Write.Expect) change);
    }

    private static Either<CommitRefused, Owner> expect(Owner owner, Write.Expect expect) {
        long known = owner.version();
        return known == expect.version()
                ? Either.right(owner)
                : Either.left(new CommitRefused.StaleAccount(expect.account(), expect.version(), known));
    }

    private static Either<CommitRefused, Owner> enter(Owner owner, Write.Enter enter) {
        long known = owner.entries().size();
        if (enter.expected().exists(expected -> expected != known)) {
            return Either.left(new CommitRefused.StaleAccount(
                    enter.account(), enter.expected().get(), known));
        }
        Seq<Entry> added =
                enter.movements().zipWithIndex((movement, index) -> new Entry(known + index + 1, enter.at(), movement));
        return Either.right(
                new Owner(owner.entries().appendAll(added), owner.details(), owner.events(), owner.delivered()));
    }

    private static Either<CommitRefused, Owner> describe(Owner owner, Write.Describe describe) {
        long known = owner.version();
        return describe.next().version() == known + 1
                ? Either.right(
                        new Owner(owner.entries(), Option.some(describe.next()), owner.events(), owner.delivered()))
                : Either.left(new CommitRefused.StaleAccount(
                        describe.account(), describe.next().version() - 1, known));
    }

    private static Either<CommitRefused, Step> apply(Step step, Write.OfDocument write) {
        if (write instanceof Write.Issue issue) {
            return issue(step, issue);
        }
        Option<Kept> known = step.state().documents().get(write.invoice());
        if (write instanceof Write.Seal seal) {
            return seal(step, known, seal);
        }
        return changed(known, write).map(kept -> new Step(step.state().with(kept), step.numbers()));
    }

    private static Either<CommitRefused, Kept> changed(Option<Kept> known, Write.OfDocument write) {
        if (write instanceof Write.Revise revise) {
            return revise(known, revise);
        }
        return write instanceof Write.Erase erase ? erase(known, erase) : stand(known, (Write.Stand) write);
    }

    private static Either<CommitRefused, Kept> erase(Option<Kept> known, Write.Erase erase) {
        if (known.isEmpty()) {
            return Either.left(new CommitRefused.UnknownInvoice(erase.invoice()));
        }
        Kept kept = known.get();
        return kept.invoice() instanceof Invoice.Issued issued
                ? Either.right(new Kept(issued.erased(erase.replacement()), kept.standing(), kept.lines()))
                : Either.left(new CommitRefused.NotIssued(erase.invoice()));
    }

    private static Either<CommitRefused, Step> issue(Step step, Write.Issue issue) {
        InvoiceId id = issue.invoice();
        if (step.state().documents().containsKey(id)) {
            return Either.left(new CommitRefused.AlreadyExists(id));
        }
        Invoice.Preview draft = issue.draft();
        Standing standing = Standing.initial(id, issue.status(), draft.asOf());
        return add(id, LinkedHashMap.empty(), issue.lines())
                .map(lines -> issued(step, draft, issue.series(), standing, lines));
    }

    private static Either<CommitRefused, Step> seal(Step step, Option<Kept> known, Write.Seal seal) {
        InvoiceId id = seal.invoice();
        if (known.isEmpty()) {
            return Either.left(new CommitRefused.UnknownInvoice(id));
        }
        Kept kept = known.get();
        if (!(kept.invoice() instanceof Invoice.Running running)) {
            return Either.left(new CommitRefused.Sealed(id));
        }
        if (running.revision() != seal.revision()) {
            return Either.left(new CommitRefused.Stale(id, seal.revision(), running.revision()));
        }
        Standing standing = kept.standing().becoming(seal.status(), seal.draft().asOf());
        return Either.right(issued(step, seal.draft(), seal.series(), standing, kept.lines()));
    }

    private static Step issued(
            Step step, Invoice.Preview draft, Option<Series> series, Standing standing, Map<LineId, LineItem> lines) {
        Option<InvoiceNumber> number = series.map(in -> next(step.state(), in));
        Seal seal = Seal.of(
                draft.head(),
                draft.figures(),
                number,
                draft.asOf(),
                inOrder(lines).iterator(),
                newSalt());
        Invoice issued = new Invoice.Issued(draft.head(), draft.figures(), number, draft.asOf(), Option.some(seal));
        State state = step.state().with(new Kept(issued, standing, lines));
        return number.map(given -> new Step(
                        state.counting(given), step.numbers().put(draft.head().id(), given)))
                .getOrElse(new Step(state, step.numbers()));
    }

    private static String newSalt() {
        byte[] salt = new byte[Seal.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    private static InvoiceNumber next(State state, Series series) {
        return new InvoiceNumber(series, state.numbers().getOrElse(series.scope(), 0L) + 1);
    }

    private static Seq<LineItem> inOrder(Map<LineId, LineItem> lines) {
        return lines.values().toArray().sorted(LINE_ORDER);
    }

    private static Either<CommitRefused, Kept> revise(Option<Kept> known, Write.Revise revise) {
        InvoiceId id = revise.invoice();
        if (known.exists(kept -> kept.invoice() instanceof Invoice.Issued)) {
            return Either.left(new CommitRefused.Sealed(id));
        }
        long next =
                known.map(kept -> ((Invoice.Running) kept.invoice()).revision()).getOrElse(0L) + 1;
        if (revise.next().revision() != next) {
            return Either.left(new CommitRefused.Stale(id, revise.next().revision(), next));
        }
        Standing standing = known.map(Kept::standing)
                .getOrElse(() -> Standing.initial(
                        id, InvoiceStatus.PENDING, revise.next().head().createdAt()));
        Map<LineId, LineItem> start = revise.change() == Change.REPLACE_LINES
                ? LinkedHashMap.empty()
                : known.map(Kept::lines).getOrElse(LinkedHashMap.empty());
        return add(id, start, revise.lines()).map(lines -> new Kept(revise.next(), standing, lines));
    }

    private static Either<CommitRefused, Map<LineId, LineItem>> add(
            InvoiceId id, Map<LineId, LineItem> known, Iterable<LineItem> added) {
        Map<LineId, LineItem> lines = known;
        for (LineItem line : added) {
            if (lines.containsKey(line.id())) {
                return Either.left(new CommitRefused.DuplicateLine(id, line.id()));
            }
            lines = lines.put(line.id(), line);
        }
        return Either.right(lines);
    }

    private static Either<CommitRefused, Kept> stand(Option<Kept> known, Write.Stand stand) {
        if (known.isEmpty()) {
            return Either.left(new CommitRefused.UnknownInvoice(stand.invoice()));
        }
        Kept kept = known.get();
        long next = kept.standing().version() + 1;
        return stand.next().version() == next
                ? Either.right(new Kept(kept.invoice(), stand.next(), kept.lines()))
                : Either.left(
                        new CommitRefused.Stale(stand.invoice(), stand.next().version(), next));
    }

    @Override
    public Option<Stored> find(Access access, InvoiceId id) {
        return kept(access.tenant())
                .get(id)
                .filter(kept -> access.sees(kept.invoice().head().account()))
                .map(kept -> access.shown(stored(kept)));
    }

    @Override
    public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
        return page(documents(access, query).sorted(order.comparator()), page);
    }

    @Override
    public Tally tally(Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
        return Tally.of(documents(access, query), figures, by, digits);
    }

    @Override
    public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
        return page(lines(access, query).sorted(order.comparator()), page);
    }

    @Override
    public Tally tallyLines(Access access, LineItemQuery query, Seq<String> by, Tally.Digits digits) {
        return Tally.ofLines(lines(access, query), by, digits);
    }

    private static <T> Page<T> page(Seq<T> found, PageRequest page) {
        int offset = (int) Math.min(page.offset(), found.size());
        return new Page<>(found.drop(offset).take(page.size()), found.size());
    }

    @Override
    public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
        return reader.apply(lines(access, query).map(StoredLine::line).iterator());
    }

    @Override
    public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
        return Rollup.of(lines(access, query).map(StoredLine::line), by);
    }

    private Seq<Stored> documents(Access access, InvoiceQuery query) {
        return found(access, query).map(Shown::document);
    }

    private Seq<StoredLine> lines(Access access, LineItemQuery query) {
        return found(access, query.documents())
                .sorted(Comparator.comparing(Shown::document, InvoiceOrder.BY_PERIOD))
                .flatMap(shown -> shown.lines(access, query.lines()));
    }

    private Seq<Shown> found(Access access, InvoiceQuery query) {
        return Vector.ofAll(kept(access.tenant()).values())
                .filter(kept -> access.sees(kept.invoice().head().account()))
                .map(kept -> new Shown(access.shown(stored(kept)), kept.lines()))
                .filter(shown -> query.isMetBy(shown.document()));
    }

    /** A document as it looks, and its lines as they are. */
    private record Shown(Stored document, Map<LineId, LineItem> lines) {

        Seq<StoredLine> lines(Access access, Selection selection) {
            return inOrder(lines)
                    .map(line -> access.shown(document.invoice().head(), line))
                    .filter(selection::includes)
                    .map(line -> new StoredLine(document, line));
        }
    }

    private Map<InvoiceId, Kept> kept(TenantId tenant) {
        return state(tenant).documents();
    }

    private State state(TenantId tenant) {
        return Option.of(tenants.get(tenant)).map(AtomicReference::get).getOrElse(State.EMPTY);
    }

    private static Stored stored(Kept kept) {
        return new Stored(kept.invoice(), kept.standing());
    }
}
