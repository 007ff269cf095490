package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.ALL;
import static dev.billing.testkit.InvoiceFixtures.OTHER_TENANT;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.commit;
import static dev.billing.testkit.InvoiceFixtures.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import dev.billing.domain.rollup.Rollup;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * What every {@link InvoiceStore} does with documents and commands that nobody thought of. Extend it beside
 * {@link InvoiceStoreContract}, with jqwik's engine in your tests.
 */
@Domain(DomainContext.Global.class)
@Domain(BillingDomain.class)
public abstract class InvoiceStoreProperties {

    private static final int TRIES = 50;
    private static final PageRequest EVERYTHING = PageRequest.first(PageRequest.MAX_SIZE);

    private final BillingDomain domain = new BillingDomain();

    /** A store without documents. Called once for each try. */
    protected abstract InvoiceStore emptyStore();

    @Property(tries = TRIES)
    void s1_any_document_is_found_as_it_was_committed(
            @ForAll Invoice.Preview draft, @ForAll("uniqueLines") Seq<LineItem> lines, @ForAll InvoiceStatus status) {
        InvoiceStore store = emptyStore();
        if (isAccepted(store, commit(new Write.Issue(draft, lines, Option.none(), status)))) {
            InvoiceId id = draft.head().id();
            assertThat(store.find(ALL, id).map(InvoiceFixtures::unsealed))
                    .as("S1: find must give any document as committed")
                    .containsExactly(new Stored(
                            new Invoice.Issued(draft.head(), draft.figures(), Option.none(), draft.asOf()),
                            Standing.initial(id, status, draft.asOf())));
            assertThat(lines(store, ALL, LineItemQuery.of(id)))
                    .as("S1: lines must give any lines as committed")
                    .containsExactlyInAnyOrderElementsOf(lines);
            Invoice.Issued issued = (Invoice.Issued) store.find(ALL, id).get().invoice();
            assertThat(lines(store, issued, issued.seal().get()::isOf))
                    .as("S19: any document must have the seal of what it is")
                    .isTrue();
        }
    }

    private static boolean lines(
            InvoiceStore store, Invoice.Issued issued, BiPredicate<Invoice.Issued, Iterator<LineItem>> test) {
        return store.lines(ALL, LineItemQuery.of(issued.head().id()), found -> test.test(issued, found));
    }

    @Property(tries = TRIES)
    void s1_any_standing_is_found_as_it_was_committed(@ForAll Invoice.Running document, @ForAll Standing standing) {
        InvoiceStore store = emptyStore();
        Invoice.Running first = new Invoice.Running(document.head(), document.figures(), 1);
        InvoiceId id = first.head().id();
        Standing next = new Standing(
                id,
                2,
                standing.status(),
                standing.payments(),
                standing.refunds(),
                standing.shipment(),
                standing.tags(),
                standing.updatedAt());
        Commit commit = commit(new Write.Revise(first, Array.empty(), Change.ADD_LINES), new Write.Stand(next));
        if (isAccepted(store, commit)) {
            assertThat(store.find(ALL, id))
                    .as("S1: find must give any document and standing as committed")
                    .containsExactly(new Stored(first, next));
        }
    }

    @Property(tries = TRIES)
    void s10_lines_are_those_that_the_selection_includes(
            @ForAll("documents") Seq<Write> documents,
            @ForAll("queries") InvoiceQuery query,
            @ForAll Selection selection) {
        InvoiceStore store = storeWith(documents);
        assertThat(lines(store, ALL, new LineItemQuery(query, selection)))
                .as("S10: lines must be those of %s, in the same order, that are selected", query)
                .containsExactlyElementsOf(
                        lines(store, ALL, LineItemQuery.of(query)).filter(selection::includes));
    }

    @Property(tries = TRIES)
    void s11_a_rollup_is_the_fold_of_the_lines(
            @ForAll("documents") Seq<Write> documents,
            @ForAll("queries") InvoiceQuery query,
            @ForAll Selection selection,
            @ForAll("groupings") Seq<Dimension> by) {
        InvoiceStore store = storeWith(documents);
        for (LineItemQuery lines : Array.of(new LineItemQuery(query, selection), LineItemQuery.of(InvoiceQuery.ALL))) {
            assertThat(store.rollup(ALL, lines, by))
                    .as("S11: rollup must equal the fold of the lines, by %s for %s", by, lines)
                    .isEqualTo(Rollup.of(lines(store, ALL, lines), by));
        }
    }

    @Property(tries = TRIES)
    void s12_what_an_account_sees_is_what_all_accounts_have_without_the_others(
            @ForAll("documents") Seq<Write> documents, @ForAll AccountId account) {
        InvoiceStore store = storeWith(documents);
        Access access = Access.to(TENANT, account);
        LineItemQuery own = LineItemQuery.of(InvoiceQuery.ALL.of(account));
        assertThat(store.search(access, InvoiceQuery.ALL, EVERYTHING))
                .as("S12: search must find and count what lies within the access")
                .isEqualTo(store.search(ALL, InvoiceQuery.ALL.of(account), EVERYTHING));
        assertThat(lines(store, access, LineItemQuery.of(InvoiceQuery.ALL)))
                .as("S12: lines must be those within the access")
                .isEqualTo(lines(store, ALL, own));
        assertThat(store.rollup(access, LineItemQuery.of(InvoiceQuery.ALL), Array.empty()))
                .as("S12: rollup must sum what lies within the access")
                .isEqualTo(store.rollup(ALL, own, Array.empty()));
    }

    /** Runs any commands against the store and against the one in memory. */
    @Property(tries = 2 * TRIES, edgeCases = EdgeCasesMode.NONE)
    void any_commands_have_the_effect_that_they_have_in_memory(@ForAll("commands") List<Command> commands) {
        InvoiceStore store = emptyStore();
        InvoiceStore model = new InMemoryInvoiceStore();
        for (Command command : commands) {
            Either<CommitRefused, Receipt> result = store.commit(command.tenant(), command.commit());
            assertThat(result.toOption())
                    .as(
                            "S2 to S8: a command must be accepted and answered as it is in memory: %s gave %s",
                            command, result)
                    .isEqualTo(model.commit(command.tenant(), command.commit()).toOption());
        }
        for (TenantId tenant : Array.of(TENANT, OTHER_TENANT)) {
            Access access = Access.toAll(tenant);
            assertThat(store.search(access, InvoiceQuery.ALL, EVERYTHING))
                    .as("S2 to S9: documents must be as they are in memory")
                    .isEqualTo(model.search(access, InvoiceQuery.ALL, EVERYTHING));
            assertThat(lines(store, access, LineItemQuery.of(InvoiceQuery.ALL)))
                    .as("S2 to S10: lines must be as they are in memory")
                    .isEqualTo(lines(model, access, LineItemQuery.of(InvoiceQuery.ALL)));
        }
    }

    record Command(TenantId tenant, Commit commit) {}

    @Provide
    Arbitrary<Seq<LineItem>> uniqueLines() {
        return domain.lines()
                .list()
                .ofMaxSize(6)
                .map(lines -> Array.ofAll(lines).distinctBy(LineItem::id));
    }

    @Provide
    Arbitrary<Seq<Write>> documents() {
        Arbitrary<Write> issues = Combinators.combine(
                        domain.previews(), uniqueLines(), Arbitraries.of(InvoiceStatus.class))
                .as((draft, lines, status) -> new Write.Issue(draft, lines, Option.none(), status));
        Arbitrary<Write> revisions = Combinators.combine(domain.running(), uniqueLines())
                .as((document, lines) -> new Write.Revise(
                        new Invoice.Running(document.head(), document.figures(), 1), lines, Change.ADD_LINES));
        return Arbitraries.oneOf(issues, revisions)
                .list()
                .ofMaxSize(5)
                .map(writes -> Array.ofAll(writes).distinctBy(InvoiceFixtures::invoiceOf));
    }

    @Provide
    Arbitrary<InvoiceQuery> queries() {
        return Combinators.combine(
                        domain.accounts().optional(0.5),
                        Arbitraries.of(InvoiceQuery.Form.class).optional(0.3),
                        domain.periods().optional(0.3))
                .as((account, form, period) -> {
                    InvoiceQuery query = account.map(InvoiceQuery.ALL::of).orElse(InvoiceQuery.ALL);
                    query = form.map(query::in).orElse(query);
                    return period.map(query::overlapping).orElse(query);
                });
    }

    @Provide
    Arbitrary<Seq<Dimension>> groupings() {
        return domain.dimensions().list().ofMaxSize(3).map(Array::ofAll);
    }

    @Provide
    Arbitrary<List<Command>> commands() {
        Arbitrary<CommandKey> keys = Arbitraries.integers().between(1, 30).map(n -> new CommandKey("key-" + n));
        Arbitrary<String> contents = Arbitraries.of("content", "content", "content", "other content");
        Arbitrary<Seq<Write>> writes = Arbitraries.frequencyOf(
                        Tuple.of(3, write()), Tuple.of(1, sealing()), Tuple.of(1, ofAccount()))
                .list()
                .ofMaxSize(3)
                .map(Array::ofAll);
        Arbitrary<Seq<Event>> events = Combinators.combine(accounts(), Arbitraries.of("a", "A", "b"))
                .as((account, subject) -> Event.of("happened", account, subject, InvoiceFixtures.NOW))
                .list()
                .ofMaxSize(2)
                .map(Array::ofAll);
        Arbitrary<TenantId> tenants = Arbitraries.of(TENANT, TENANT, TENANT, OTHER_TENANT);
        return Combinators.combine(tenants, keys, contents, writes, events)
                .as((tenant, key, content, all, told) -> new Command(tenant, new Commit(key, content, all, told)))
                .list()
                .ofMaxSize(20);
    }

    private static Arbitrary<Write> sealing() {
        Arbitrary<String> ids = Arbitraries.of("a", "A", "b");
        return Arbitraries.oneOf(
                Combinators.combine(
                                ids,
                                Arbitraries.longs().between(1, 3),
                                Arbitraries.of(Option.<Series>none(), Option.some(new Series("s"))))
                        .as((id, revision, series) -> new Write.Seal(
                                new Invoice.Preview(InvoiceFixtures.head(id), total("3"), InvoiceFixtures.LATER),
                                revision,
                                series,
                                InvoiceStatus.CLOSED)),
                ids.map(id -> new Write.Erase(new InvoiceId(id), Option.none())));
    }

    private static Arbitrary<Write> ofAccount() {
        Arbitrary<Option<Long>> expected =
                Arbitraries.longs().between(0, 3).optional(0.5).map(Option::ofOptional);
        return Arbitraries.oneOf(
                Combinators.combine(accounts(), expected, Arbitraries.integers().between(0, 2))
                        .as((account, entries, count) -> new Write.Enter(
                                account,
                                entries,
                                InvoiceFixtures.NOW,
                                Array.range(0, count).map(n -> new Movement.Resumed("note " + n)))),
                Combinators.combine(accounts(), Arbitraries.longs().between(1, 3))
                        .as((account, version) -> new Write.Describe(AccountFixtures.details(account, version))));
    }

    private static Arbitrary<AccountId> accounts() {
        return Arbitraries.of(InvoiceFixtures.ALICE, InvoiceFixtures.BOB);
    }

    private Arbitrary<Write> write() {
        Arbitrary<Head> heads = Combinators.combine(
                        Arbitraries.of("a", "A", "b"),
                        domain.accounts(),
                        Arbitraries.of(
                                Option.<Period>none(),
                                Option.some(InvoiceFixtures.FEBRUARY),
                                Option.some(InvoiceFixtures.MARCH)))
                .as(InvoiceFixtures::head);
        Arbitrary<Seq<LineItem>> lines = Combinators.combine(
                        Arbitraries.of("1", "2", "3", "4", "5"),
                        Arbitraries.longs().between(0, 2))
                .as((id, position) -> InvoiceFixtures.line(id).at(position))
                .list()
                .ofMaxSize(2)
                .map(Array::ofAll);
        Arbitrary<Long> next = Arbitraries.longs().between(1, 4);
        Arbitrary<Option<Series>> series =
                Arbitraries.of(Option.none(), Option.some(new Series("s")), Option.some(new Series("S")));
        return Arbitraries.oneOf(
                Combinators.combine(heads, lines, series)
                        .as((head, added, numbers) -> new Write.Issue(
                                new Invoice.Preview(head, total("1"), InvoiceFixtures.NOW),
                                added,
                                numbers,
                                InvoiceStatus.CLOSED)),
                Combinators.combine(heads, lines, next, Arbitraries.of(Change.class))
                        .as((head, added, revision, change) ->
                                new Write.Revise(new Invoice.Running(head, total("2"), revision), added, change)),
                Combinators.combine(Arbitraries.of("a", "A", "b"), next, Arbitraries.of(InvoiceStatus.class))
                        .as(InvoiceFixtures::stand));
    }

    /** Not accepted is what has too many digits for the store, which it may refuse. */
    private static boolean isAccepted(InvoiceStore store, Commit commit) {
        Either<CommitRefused, Receipt> result = store.commit(TENANT, commit);
        if (result.isLeft()) {
            assertThat(result.getLeft())
                    .as("S13: a document that breaks no rule may be refused only for its digits")
                    .isInstanceOf(CommitRefused.TooManyDigits.class);
        }
        return result.isRight();
    }

    private InvoiceStore storeWith(Seq<Write> documents) {
        InvoiceStore store = emptyStore();
        documents.forEach(document -> isAccepted(store, commit(document)));
        return store;
    }

    private static Seq<LineItem> lines(InvoiceStore store, Access access, LineItemQuery query) {
        return store.lines(access, query, found -> Array.ofAll(() -> found));
    }
}
