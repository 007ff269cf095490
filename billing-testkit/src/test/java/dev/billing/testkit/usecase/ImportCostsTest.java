package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.usecase.ImportCosts;
import dev.billing.usecase.ProvidedCost;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportCostsTest {

    private static final Seq<ProvidedCost> TWELVE_THOUSAND =
            Array.range(0, 12_000).map(n -> cost("line-" + n, "0.00" + n));

    private final World world = new World();

    @Test
    void takes_costs_in_chunks_and_tells_of_each() {
        List<Long> progress = new ArrayList<>();
        assertThat(world.billing.importCosts().take(TENANT, "source", TWELVE_THOUSAND.iterator(), progress::add))
                .isEqualTo(Either.right(12_000L));
        assertThat(progress).containsExactly(5_000L, 10_000L, 12_000L);
        assertThat(world.faults.calls(Call.COMMIT)).isEqualTo(3);
        assertThat(world.documents()).hasSize(1);
        assertThat(((Invoice.Running) only().invoice()).revision()).isEqualTo(3);
        assertThat(world.linesOf(only()).toSet())
                .isEqualTo(TWELVE_THOUSAND.map(ProvidedCost::line).toSet());
        assertFiguresFollowFromLines();
    }

    @Test
    void takes_nothing_from_an_empty_source() {
        assertThat(take("source", Array.empty())).isEqualTo(Either.right(0L));
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void takes_a_source_once_however_often_it_comes() {
        take("source", TWELVE_THOUSAND).get();
        Seq<Stored> before = world.documents();
        assertThat(take("source", TWELVE_THOUSAND)).isEqualTo(Either.right(12_000L));
        assertThat(world.documents()).isEqualTo(before);
        assertThat(world.linesOf(only())).hasSize(12_000);
    }

    @Test
    void goes_on_where_a_fault_stopped_it() {
        take("source", TWELVE_THOUSAND).get();
        for (int chunk = 1; chunk <= 3; chunk++) {
            World before = new World();
            before.faults.before(Call.COMMIT, chunk);
            assertGoesOn(before, chunk - 1);
            World after = new World();
            after.faults.after(Call.COMMIT, chunk);
            assertGoesOn(after, chunk);
        }
    }

    private void assertGoesOn(World stopped, int chunksIn) {
        assertThatThrownBy(() -> take(stopped, "source", TWELVE_THOUSAND)).isInstanceOf(StorageException.class);
        assertThat(stopped.documents().flatMap(stopped::linesOf)).hasSize(Math.min(chunksIn * 5_000, 12_000));
        assertThat(take(stopped, "source", TWELVE_THOUSAND)).isEqualTo(Either.right(12_000L));
        assertThat(stopped.documents()).isEqualTo(world.documents());
        assertThat(stopped.documents().flatMap(stopped::linesOf)).isEqualTo(world.linesOf(only()));
    }

    @Test
    void adds_another_source_to_the_same_document() {
        take("first", Array.of(cost("a", "1.25"))).get();
        take("second", Array.of(cost("b", "0.0014002692168963457"))).get();
        assertThat(totalOf(only())).isEqualTo(usd("1.2514002692168963457"));
        assertThat(((Invoice.Running) only().invoice()).revision()).isEqualTo(2);
        assertFiguresFollowFromLines();
    }

    @Test
    void makes_a_document_for_each_provider_account_period_and_currency() {
        Period march = period(MARCH);
        Seq<ProvidedCost> costs = Array.of(
                cost("aws", ACCOUNT, period(FEBRUARY), "a", usd("1")),
                cost("aws", ACCOUNT, period(FEBRUARY), "b", usd("2")),
                cost("azure", ACCOUNT, period(FEBRUARY), "a", usd("4")),
                cost("aws", OTHER, period(FEBRUARY), "a", usd("8")),
                cost("aws", ACCOUNT, march, "a", usd("16")),
                cost("aws", ACCOUNT, period(FEBRUARY), "c", Money.of("JPY", "32")));
        take("source", costs).get();
        assertThat(world.faults.calls(Call.COMMIT))
                .as("all of it in one commit")
                .isEqualTo(1);
        assertThat(world.documents().map(stored -> totalOf(stored).toString()))
                .containsExactlyInAnyOrder("USD 3", "USD 4", "USD 8", "USD 16", "JPY 32");
        assertThat(world.documents()).allMatch(stored -> stored.standing().status() == InvoiceStatus.PENDING);
        assertFiguresFollowFromLines();
    }

    @Test
    void does_not_mix_up_names_with_slashes() {
        Seq<ProvidedCost> costs = Array.of(
                cost("a/b", new AccountId("c"), period(FEBRUARY), "line", usd("1")),
                cost("a", new AccountId("b/c"), period(FEBRUARY), "line", usd("2")),
                cost("a%2Fb", new AccountId("c"), period(FEBRUARY), "line", usd("4")));
        assertThat(take("source", costs)).isEqualTo(Either.right(3L));
        assertThat(world.documents()).hasSize(3);
    }

    @Test
    void adds_up_only_what_the_provider_reported() {
        LineItem estimated = LineItem.builder(
                        new LineId("estimated"), "sku", "compute", at("2024-02-01T00:00:00Z"), Origin.Provided.of("x"))
                .basis(Basis.ESTIMATED)
                .cost(usd("5"))
                .build();
        take("source", Array.of(cost("a", "1"), new ProvidedCost("aws", ACCOUNT, period(FEBRUARY), estimated)))
                .get();
        assertThat(totalOf(only())).isEqualTo(usd("1"));
        assertFiguresFollowFromLines();
    }

    @Test
    void tells_why_a_chunk_was_refused_and_keeps_those_before() {
        Seq<ProvidedCost> costs = TWELVE_THOUSAND.update(9_999, cost("line-3", "1"));
        assertThat(take("source", costs))
                .isEqualTo(Either.left(new CommitRefused.DuplicateLine(
                        world.documents().head().invoice().head().id(), new LineId("line-3"))));
        assertThat(world.linesOf(only())).hasSize(5_000);
        assertFiguresFollowFromLines();
    }

    @Test
    void adds_nothing_to_a_document_that_is_issued() {
        take("first", Array.of(cost("a", "1"))).get();
        var id = only().invoice().head().id();
        World sealed = new World();
        sealed.ports
                .invoices()
                .commit(
                        TENANT,
                        Commit.of(
                                new CommandKey("issue"),
                                "issue",
                                new Write.Issue(
                                        new Invoice.Preview(
                                                only().invoice().head(), Figures.NONE, sealed.clock.instant()),
                                        Array.empty(),
                                        Option.none(),
                                        InvoiceStatus.CLOSED)))
                .get();
        assertThat(take(sealed, "second", Array.of(cost("b", "2"))))
                .isEqualTo(Either.left(new CommitRefused.Sealed(id)));
    }

    @Test
    void takes_sources_from_many_threads_into_one_document() {
        World meeting = World.ofMeetingThreads();
        Seq<Either<CommitRefused, Long>> results = AtOnce.run(thread -> take(
                meeting,
                "source-" + thread % 4,
                Array.range(0, 50).map(n -> cost("line-" + thread % 4 + "-" + n, "0.01"))));
        assertThat(results).allMatch(result -> result.equals(Either.right(50L)));
        assertThat(meeting.documents()).hasSize(1);
        Stored all = meeting.documents().head();
        assertThat(meeting.linesOf(all)).hasSize(200);
        assertThat(totalOf(all)).isEqualTo(usd("2.00"));
        assertThat(all.invoice().figures().verify(meeting.linesOf(all), Array.empty()))
                .isEmpty();
    }

    @Test
    void is_a_cost_only_with_a_cost_and_without_a_price() {
        LineItem priced = LineItem.builder(
                        new LineId("a"), "sku", "compute", at("2024-02-01T00:00:00Z"), Origin.Provided.of("x"))
                .price(usd("1"))
                .build();
        assertThatThrownBy(() -> new ProvidedCost("aws", ACCOUNT, period(FEBRUARY), priced))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Either<CommitRefused, Long> take(String source, Seq<ProvidedCost> costs) {
        return take(world, source, costs);
    }

    private static Either<CommitRefused, Long> take(World world, String source, Seq<ProvidedCost> costs) {
        return world.billing.importCosts().take(TENANT, source, costs.iterator(), taken -> {});
    }

    private Stored only() {
        assertThat(world.documents()).hasSize(1);
        return world.documents().head();
    }

    private static Money totalOf(Stored stored) {
        return stored.invoice().figures().amount(ImportCosts.TOTAL_COST);
    }

    private void assertFiguresFollowFromLines() {
        world.documents().forEach(stored -> {
            Seq<LineItem> lines = world.linesOf(stored);
            assertThat(stored.invoice().figures().verify(lines, Array.empty())).isEmpty();
            assertThat(stored.invoice().figures())
                    .isEqualTo(Figures.fold(
                            Array.of(new Figures.Fold(ImportCosts.TOTAL_COST, Selection.ALL)),
                            lines,
                            stored.invoice().head().currency()));
        });
    }

    private static ProvidedCost cost(String id, String amount) {
        return cost("aws", ACCOUNT, period(FEBRUARY), id, Money.of(USD, new BigDecimal(amount)));
    }

    private static ProvidedCost cost(String provider, AccountId account, Period period, String id, Money amount) {
        return new ProvidedCost(
                provider,
                account,
                period,
                LineItem.builder(
                                new LineId(id),
                                "sku",
                                "compute",
                                at("2024-02-01T00:00:00Z"),
                                Origin.Provided.of("ext-" + id))
                        .basis(Basis.ACTUAL)
                        .cost(amount)
                        .build());
    }

    private static Period period(YearMonth month) {
        return Period.ofMonth(month, ZoneOffset.UTC);
    }
}
