package dev.billing.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Page;
import dev.billing.port.Ports;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.usecase.Verification;
import dev.billing.usecase.VerifyTenant;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyTenantTest {

    private static final TenantId TENANT = new TenantId("tenant");
    private static final AccountId ALICE = new AccountId("alice");
    private static final Profile PROFILE = Standard.profile();
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Series SERIES = new Series("R");
    private static final Money TWELVE = Money.of("USD", "12");
    private static final FigureKey TOTAL = FigureKey.price("all");
    private static final int COUNT = 250;

    private final Ports ports = InMemoryPorts.create();
    private int commands;

    @BeforeEach
    void issue_documents() {
        for (int i = 1; i <= COUNT; i++) {
            commit(issue(i));
        }
    }

    @Test
    void what_was_never_touched_is_clean() {
        List<Long> read = new ArrayList<>();
        Verification verification =
                new VerifyTenant(ports, Array.of(PROFILE)).run(TENANT, progress -> read.add(progress.read()));
        assertThat(verification).isEqualTo(new Verification(COUNT, COUNT, 0, 0, Array.empty()));
        assertThat(verification.isClean()).isTrue();
        assertThat(read).containsExactly(200L, 250L, 250L);
    }

    @Test
    void a_changed_document_has_a_broken_seal_and_a_wrong_figure() {
        Money more = Money.of("USD", "13");
        Seq<Verification.Finding> findings = tampered(
                7, issued -> issued.with(issued.figures().with(TOTAL, new Figure.Folded(Selection.ALL, more))));
        assertThat(findings)
                .containsExactly(
                        new Verification.BrokenSeal(id(7)),
                        new Verification.WrongFigure(id(7), new Figures.Mismatch(TOTAL, more, TWELVE)));
    }

    @Test
    void a_document_without_a_seal_is_told() {
        assertThat(tampered(
                        7,
                        issued -> new Invoice.Issued(
                                issued.head(), issued.figures(), issued.number(), issued.issuedAt())))
                .containsExactly(new Verification.Unsealed(id(7)));
    }

    @Test
    void numbers_have_neither_gaps_nor_duplicates() {
        assertThat(tampered(7, issued -> numbered(issued, 9)))
                .containsExactlyInAnyOrder(
                        new Verification.BrokenSeal(id(7)),
                        new Verification.DuplicateNumber("R", 9, id(9)),
                        new Verification.NumberGap("R", 7, 7));
        assertThat(tampered(7, issued -> numbered(issued, 255)))
                .containsExactlyInAnyOrder(
                        new Verification.BrokenSeal(id(7)),
                        new Verification.NumberGap("R", 7, 7),
                        new Verification.NumberGap("R", 251, 254));
    }

    @Test
    void a_document_that_cannot_be_read_is_told_and_all_others_are_checked() {
        Verification verification = new VerifyTenant(
                        with(7, issued -> {
                            throw new StorageException(StorageException.Kind.FATAL, "broken");
                        }),
                        Array.of(PROFILE))
                .run(TENANT);
        assertThat(verification.findings())
                .containsExactly(
                        new Verification.Unreadable(Option.none(), "broken"), new Verification.NumberGap("R", 7, 7));
        assertThat(verification.documents()).isEqualTo(COUNT - 1);
    }

    @Test
    void a_storage_that_is_away_ends_it() {
        VerifyTenant verify = new VerifyTenant(
                with(7, issued -> {
                    throw new StorageException(StorageException.Kind.RETRYABLE, "away");
                }),
                Array.of(PROFILE));
        assertThatThrownBy(() -> verify.run(TENANT)).hasMessage("away");
    }

    @Test
    void a_charge_must_be_what_is_due() {
        AccountId bob = new AccountId("bob");
        commit(new Write.Enter(
                bob,
                Option.none(),
                NOW,
                Array.of(new Movement.Charged(new InvoiceId("unknown"), TWELVE), new Movement.Charged(id(1), TWELVE))));
        Verification verification = new VerifyTenant(ports, Array.empty()).run(TENANT);
        assertThat(verification.accounts()).isEqualTo(1);
        assertThat(verification.findings())
                .containsExactly(new Verification.WrongCharge(bob, new InvoiceId("unknown"), TWELVE, Option.none()));
        assertThat(verification.findings().head().message())
                .isEqualTo("Account bob was charged USD 12 for document unknown, which is no final document");
    }

    @Test
    void what_is_due_must_have_been_charged() {
        commit(issue(COUNT + 1, Settlement.BILLED));
        assertThat(findings()).containsExactly(new Verification.NotCharged(ALICE, TWELVE));
        assertThat(findings().head().message())
                .isEqualTo("Account alice was not charged USD 12 that is due on its documents");
        commit(new Write.Enter(
                ALICE, Option.none(), NOW, Array.of(new Movement.Charged(id(COUNT + 1), Money.of("USD", "11")))));
        assertThat(findings())
                .containsExactly(
                        new Verification.WrongCharge(ALICE, id(COUNT + 1), Money.of("USD", "11"), Option.some(TWELVE)));
    }

    private Seq<Verification.Finding> findings() {
        return new VerifyTenant(ports, Array.of(PROFILE)).run(TENANT).findings();
    }

    @Test
    void a_storage_that_reads_nothing_ends_it() {
        InvoiceStore broken = (InvoiceStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {InvoiceStore.class}, (proxy, method, arguments) -> {
                    throw new StorageException(StorageException.Kind.FATAL, "no right to read");
                });
        VerifyTenant verify = new VerifyTenant(with(broken), Array.of(PROFILE));
        assertThatThrownBy(() -> verify.run(TENANT)).hasMessage("no right to read");
    }

    private Seq<Verification.Finding> tampered(int document, UnaryOperator<Invoice.Issued> change) {
        return new VerifyTenant(with(document, change), Array.of(PROFILE))
                .run(TENANT)
                .findings();
    }

    private static Invoice.Issued numbered(Invoice.Issued issued, long number) {
        return new Invoice.Issued(
                issued.head(),
                issued.figures(),
                Option.some(new InvoiceNumber(SERIES, number)),
                issued.issuedAt(),
                issued.seal());
    }

    /** A store that gives one document otherwise than it was issued. */
    private Ports with(int document, UnaryOperator<Invoice.Issued> change) {
        InvoiceStore store = (InvoiceStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {InvoiceStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(ports.invoices(), arguments);
                        return result instanceof Page<?> page ? changed(page, id(document), change) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return with(store);
    }

    private Ports with(InvoiceStore store) {
        return new Ports(
                store,
                ports.accounts(),
                ports.outbox(),
                ports.usage(),
                ports.priceBooks(),
                ports.directory(),
                ports.aggregations());
    }

    private static Page<Stored> changed(Page<?> page, InvoiceId document, UnaryOperator<Invoice.Issued> change) {
        return new Page<>(
                page.rows()
                        .map(Stored.class::cast)
                        .map(stored -> stored.invoice().head().id().equals(document)
                                ? new Stored(change.apply((Invoice.Issued) stored.invoice()), stored.standing())
                                : stored),
                page.total());
    }

    private static InvoiceId id(int number) {
        return new InvoiceId("" + number);
    }

    private static Write issue(int number) {
        return issue(number, TOTAL);
    }

    private static Write issue(int number, FigureKey total) {
        LineItem line = LineItem.builder(new LineId("line"), "sku", "compute", NOW, Origin.Provided.of("x"))
                .price(TWELVE)
                .build();
        Head head =
                Head.of(id(number), PROFILE.name(), ALICE, Period.of(NOW.minusSeconds(9), NOW), TWELVE.currency(), NOW);
        Figures figures =
                Figures.fold(Array.of(new Figures.Fold(total, Selection.ALL)), Array.of(line), TWELVE.currency());
        return new Write.Issue(
                new Invoice.Preview(head, figures, NOW), Array.of(line), Option.some(SERIES), InvoiceStatus.CLOSED);
    }

    private void commit(Write write) {
        commands++;
        ports.invoices()
                .commit(TENANT, Commit.of(new CommandKey("command " + commands), "content", write))
                .get();
    }
}
