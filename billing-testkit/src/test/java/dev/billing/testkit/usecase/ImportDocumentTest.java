package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.AtlasWorld.ACCESS;
import static dev.billing.testkit.usecase.AtlasWorld.ACCOUNT;
import static dev.billing.testkit.usecase.AtlasWorld.TENANT;
import static dev.billing.testkit.usecase.AtlasWorld.cents;
import static dev.billing.testkit.usecase.AtlasWorld.charge;
import static dev.billing.testkit.usecase.AtlasWorld.month;
import static dev.billing.testkit.usecase.AtlasWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.CommitRefused;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.testkit.AtOnce;
import dev.billing.usecase.PostCharges;
import dev.billing.usecase.ProvidedDocument;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImportDocumentTest {

    private static final Instant CREATED = Instant.parse("2018-02-01T06:05:04Z");
    private static final Instant UPDATED = Instant.parse("2018-03-01T07:00:54Z");
    private static final YearMonth FEBRUARY = YearMonth.of(2018, 2);
    private static final Seq<FigureKey> FIGURES =
            Array.of(Atlas.SUBTOTAL, Atlas.TAX, Atlas.STARTING_BALANCE, Atlas.BILLED);

    private final AtlasWorld world = new AtlasWorld();

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            I1, PAID,    669,  57, 0,  726, 726, 2018-02, 2018-02-01T06:05:04Z, 2018-03-01T07:00:54Z, ''
            I2, PENDING, 0,    0,  0,  0,   0,   2018-06, 2018-06-01T04:05:10Z, 2018-06-01T04:05:10Z, ''
            I4, PENDING, 0,    0,  0,  0,   0,   2018-06, 2018-06-01T04:05:10Z, 2018-06-19T04:06:14Z, 0.31 0.04 0
            I5, PENDING, 0,    0,  0,  0,   0,   2024-10, 2024-10-01T04:05:10Z, 2024-10-02T04:06:14Z, 0
            C1, CLOSED,  1150, 98, 50, 898, 0,   2018-06, 2018-06-01T04:05:10Z, 2018-07-01T04:06:14Z, 10 2.5 -3
            """)
    void a_document_is_kept_as_it_comes(
            String vector,
            InvoiceStatus status,
            long subtotal,
            long tax,
            long balance,
            long billed,
            long paid,
            YearMonth month,
            Instant created,
            Instant updated,
            String prices) {
        Seq<LineItem> lines = Array.of(prices.split(" ", -1))
                .filter(price -> !price.isEmpty())
                .map(ImportDocumentTest::line);
        Seq<Long> declared = Array.of(subtotal, tax, balance, billed);
        ProvidedDocument document =
                new ProvidedDocument("outside", head(month, created), figures(declared), lines, status, updated);
        Seq<Payment> payments = paid == 0 ? Array.empty() : Array.of(new Payment("p", money(paid), updated));
        take(document.paid(payments, Array.empty())).get();
        Stored stored = world.only();
        assertThat(stored.standing().status()).isEqualTo(status);
        assertThat(stored.invoice() instanceof Invoice.Running).isEqualTo(status == InvoiceStatus.PENDING);
        assertThat(FIGURES.map(key -> cents(stored, key))).isEqualTo(declared);
        assertThat(stored.standing().paid(usd("1").currency()).minorUnits()).isEqualTo(paid);
        assertThat(stored.invoice().head().period()).contains(month(month));
        assertThat(stored.invoice().head().createdAt()).isEqualTo(created);
        assertThat(stored.updatedAt()).isEqualTo(updated);
        assertThat(world.linesOf(stored)).isEqualTo(lines.zipWithIndex(LineItem::at));
        assertThat(stored.invoice().figures().verify(lines, Array.empty()))
                .as("declared figures are what they are")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(InvoiceStatus.class)
    void everything_is_there_whatever_the_status(InvoiceStatus status) {
        ProvidedDocument document = full(status);
        take(document).get();
        Stored stored = world.only();
        assertThat(stored.invoice().head()).isEqualTo(document.head());
        assertThat(stored.invoice().figures().byKey().mapValues(Figure::amount)).isEqualTo(document.figures());
        assertThat(stored.invoice().figures().byKey().values())
                .allMatch(figure -> figure instanceof Figure.Declared declared
                        && declared.source().equals("outside"));
        assertThat(stored.standing().status()).isEqualTo(status);
        assertThat(stored.standing().payments()).isEqualTo(document.payments());
        assertThat(stored.standing().refunds()).isEqualTo(document.refunds());
        assertThat(stored.standing().tags()).isEqualTo(document.tags());
        assertThat(stored.updatedAt()).isEqualTo(UPDATED);
    }

    @ParameterizedTest
    @EnumSource(InvoiceStatus.class)
    void a_document_is_taken_in_once_whatever_happened_to_it_since(InvoiceStatus status) {
        ProvidedDocument document = full(status);
        Receipt receipt = take(document).get();
        assertThat(take(full(status))).isEqualTo(Either.right(receipt));
        if (status == InvoiceStatus.PAID) {
            world.recordPayment.forgive(ACCESS, document.head().id()).get();
        }
        Stored before = world.only();
        assertThat(take(document)).isEqualTo(Either.right(receipt));
        assertThat(world.only()).isEqualTo(before);
    }

    @Test
    void the_same_document_in_other_digits_and_another_order_is_the_same() {
        take(provided(LinkedHashMap.of(Atlas.TAX, usd("1.10"), Atlas.BILLED, usd("2")), Array.empty()))
                .get();
        ProvidedDocument other =
                provided(LinkedHashMap.of(Atlas.BILLED, usd("2.00"), Atlas.TAX, usd("1.1")), Array.empty());
        assertThat(take(other).isRight()).isTrue();
    }

    @Test
    void an_id_with_other_content_is_refused_and_nothing_changes() {
        ProvidedDocument document = full(InvoiceStatus.CLOSED);
        take(document).get();
        Stored before = world.only();
        Seq<ProvidedDocument> others = Array.of(
                full(InvoiceStatus.PAID),
                document.tagged(Array.empty()),
                document.paid(document.payments(), Array.empty()),
                new ProvidedDocument(
                        "elsewhere", document.head(), document.figures(), document.lines(), document.status(), UPDATED),
                provided(document.figures(), Array.of(line("9"))));
        for (ProvidedDocument other : others) {
            assertThat(take(other).getLeft()).isInstanceOf(CommitRefused.KeyReused.class);
        }
        assertThat(world.only()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = InvoiceStatus.class,
            names = {"PENDING", "CLOSED"})
    void a_document_that_came_about_otherwise_is_left_alone(InvoiceStatus status) {
        world.post(charge("a", "2018-06-18", "1", "1"));
        Stored before = world.only();
        InvoiceId id = PostCharges.idOf(ACCOUNT, month(AtlasWorld.JUNE));
        Head head = Head.of(
                id, "atlas", ACCOUNT, month(AtlasWorld.JUNE), Atlas.profile().currency(), CREATED);
        ProvidedDocument document =
                new ProvidedDocument("outside", head, HashMap.empty(), Array.empty(), status, UPDATED);
        assertThat(take(document)).isEqualTo(Either.left(new CommitRefused.AlreadyExists(id)));
        assertThat(world.only()).isEqualTo(before);
    }

    @Test
    void two_lines_of_one_id_are_refused() {
        assertThat(take(provided(HashMap.empty(), Array.of(line("1"), line("1"))))
                        .getLeft())
                .isInstanceOf(CommitRefused.DuplicateLine.class);
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void many_threads_take_in_one_document_once() {
        Seq<Either<CommitRefused, Receipt>> results = AtOnce.run(thread -> take(full(InvoiceStatus.PENDING)));
        assertThat(results.distinct()).hasSize(1);
        assertThat(results.head().isRight()).isTrue();
        assertThat(world.only().standing().version()).isEqualTo(2);
    }

    @Test
    void documents_of_any_profile_and_figures_are_taken_in() {
        Head head = Head.of(
                        new InvoiceId("row 1"),
                        "other",
                        ACCOUNT,
                        month(FEBRUARY),
                        Atlas.profile().currency(),
                        CREATED)
                .with(HashMap.of("active", Attribute.of(true), "size", Attribute.of(4)));
        FigureKey cost = FigureKey.cost("actual", Basis.ACTUAL);
        Money amount = usd("0.0014002692168963457");
        take(new ProvidedDocument(
                        "outside", head, HashMap.of(cost, amount), Array.empty(), InvoiceStatus.PENDING, UPDATED))
                .get();
        assertThat(world.only().invoice().head()).isEqualTo(head);
        assertThat(world.only().invoice().figures().amount(cost)).isEqualTo(amount);
    }

    private Either<CommitRefused, Receipt> take(ProvidedDocument document) {
        return world.importDocument.take(TENANT, document);
    }

    private static ProvidedDocument full(InvoiceStatus status) {
        Payment payment = new Payment("p", usd("7.26"), UPDATED);
        Refund refund = new Refund("p", usd("1"), Option.some("goodwill"), UPDATED);
        return new ProvidedDocument(
                        "outside",
                        head(FEBRUARY, CREATED),
                        figures(Array.of(669L, 57L, 0L, 726L)),
                        Array.of(line("6.69"), line("-1")),
                        status,
                        UPDATED)
                .paid(Array.of(payment), Array.of(refund))
                .tagged(Array.of(new Tag(1, "team", "blue")));
    }

    private static ProvidedDocument provided(Map<FigureKey, Money> figures, Seq<LineItem> lines) {
        return new ProvidedDocument("outside", head(FEBRUARY, CREATED), figures, lines, InvoiceStatus.CLOSED, UPDATED);
    }

    private static Head head(YearMonth month, Instant created) {
        return Head.of(
                new InvoiceId("5b0000000000000000000004"),
                "atlas",
                ACCOUNT,
                month(month),
                Atlas.profile().currency(),
                created);
    }

    private static Map<FigureKey, Money> figures(Seq<Long> cents) {
        return HashMap.ofEntries(FIGURES.zip(cents.map(ImportDocumentTest::money)));
    }

    private static Money money(long cents) {
        return Money.ofMinor(Atlas.profile().currency(), cents);
    }

    private static LineItem line(String price) {
        return LineItem.builder(new LineId("line " + price), "SKU", Atlas.USAGE, CREATED, Origin.Provided.of(price))
                .price(usd(price))
                .build();
    }
}
