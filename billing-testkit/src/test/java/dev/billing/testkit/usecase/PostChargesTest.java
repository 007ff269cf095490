package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.AtlasWorld.ACCESS;
import static dev.billing.testkit.usecase.AtlasWorld.ACCOUNT;
import static dev.billing.testkit.usecase.AtlasWorld.JUNE;
import static dev.billing.testkit.usecase.AtlasWorld.OTHER;
import static dev.billing.testkit.usecase.AtlasWorld.TAXED;
import static dev.billing.testkit.usecase.AtlasWorld.TENANT;
import static dev.billing.testkit.usecase.AtlasWorld.cents;
import static dev.billing.testkit.usecase.AtlasWorld.charge;
import static dev.billing.testkit.usecase.AtlasWorld.id;
import static dev.billing.testkit.usecase.AtlasWorld.month;
import static dev.billing.testkit.usecase.AtlasWorld.revision;
import static dev.billing.testkit.usecase.AtlasWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.CommitRefused;
import dev.billing.port.Recorded;
import dev.billing.port.Stored;
import dev.billing.testkit.AtOnce;
import dev.billing.usecase.Charge;
import dev.billing.usecase.Charge.Discount;
import dev.billing.usecase.ChargesRefused;
import dev.billing.usecase.PostCharges;
import dev.billing.usecase.ProvidedDocument;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostChargesTest {

    private final AtlasWorld world = new AtlasWorld();

    @Test
    void the_first_charge_opens_the_pending_document_of_its_month() {
        assertThat(world.post(charge("a", "2018-06-18", "12.0", "0.026"))).isEqualTo(new Recorded(1, 0));
        Stored stored = world.only();
        assertThat(stored.invoice()).isInstanceOf(Invoice.Running.class);
        assertThat(stored.standing().status()).isEqualTo(InvoiceStatus.PENDING);
        assertThat(stored.invoice().head().profile()).isEqualTo("atlas");
        assertThat(stored.invoice().head().period()).contains(month(JUNE));
        assertThat(id(stored).value()).matches("[a-f0-9]{24}");
        assertThat(id(stored)).isEqualTo(idOfJune());
        assertThat(cents(stored, Atlas.SUBTOTAL)).isEqualTo(31);
        assertThat(cents(stored, Atlas.BILLED)).isEqualTo(31);
        assertThat(cents(stored, Atlas.TAX)).isZero();
    }

    private static InvoiceId idOfJune() {
        return PostCharges.idOf(ACCOUNT, month(JUNE));
    }

    @Test
    void later_charges_go_to_the_same_document_behind_those_that_are_there() {
        world.post(charge("a", "2018-06-18", "12.0", "0.026"), charge("b", "2018-06-18", "1.0", "0.0351"));
        Instant later = Instant.parse("2018-06-20T04:06:14Z");
        world.clock.set(later);
        world.post(charge("c", "2018-06-19", "72.0", "0.54"), charge("d", "2018-06-01", "1", "-3.00"));
        Stored stored = world.only();
        assertThat(revision(stored)).isEqualTo(2);
        assertThat(stored.updatedAt()).isEqualTo(later);
        assertThat(world.linesOf(stored).map(line -> line.id().value())).containsExactly("a", "b", "c", "d");
        assertThat(world.linesOf(stored).map(LineItem::position)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(cents(stored, Atlas.SUBTOTAL)).isEqualTo(31 + 4 + 3888);
        assertThat(cents(stored, Atlas.CREDITS)).isEqualTo(300);
        assertThat(cents(stored, Atlas.BILLED)).isEqualTo(3623);
        assertFiguresFollowFromLines();
    }

    @Test
    void a_line_keeps_everything_that_its_charge_says() {
        Charge charge = charge("a", "2018-06-18", "150", "0.10")
                .named("Atlas Instance (M10)")
                .in(new Tier(BigDecimal.ZERO, Option.some(new BigDecimal("200"))))
                .less(new Discount(usd("1.50"), Option.some(new BigDecimal("10.0"))))
                .at(HashMap.of(Atlas.CLUSTER, Ref.named("cluster", "Cluster0")))
                .noted("first month");
        world.post(charge);
        LineItem line = world.linesOf(world.only()).head();
        assertThat(line.description()).isEqualTo("Atlas Instance (M10)");
        assertThat(line.tier()).isEqualTo(charge.tier());
        assertThat(line.price().get().gross()).isEqualTo(usd("15"));
        assertThat(line.net()).contains(usd("13.50"));
        assertThat(line.places()).isEqualTo(charge.places());
        assertThat(line.period()).contains(charge.period());
        assertThat(line.postedAt()).isEqualTo(charge.createdAt());
        assertThat(line.origin().toString()).contains("first month");
        assertThat(cents(world.only(), Atlas.SUBTOTAL)).isEqualTo(1350);
    }

    @Test
    void a_charge_is_posted_once_however_often_it_comes() {
        Charge a = charge("a", "2018-06-18", "12.0", "0.026");
        Charge b = charge("b", "2018-06-18", "1", "0.0351");
        assertThat(world.post(a, b, a)).isEqualTo(new Recorded(2, 1));
        Seq<Stored> before = world.documents();
        assertThat(world.post(a, b, a)).isEqualTo(new Recorded(0, 3));
        assertThat(world.post(b)).isEqualTo(new Recorded(0, 1));
        assertThat(world.documents()).isEqualTo(before);
        assertThat(world.post(b, charge("c", "2018-06-19", "1", "1"))).isEqualTo(new Recorded(1, 1));
        assertFiguresFollowFromLines();
    }

    @Test
    void an_id_with_other_content_is_refused_and_so_is_all_that_came_with_it() {
        Charge a = charge("a", "2018-06-18", "12.0", "0.026");
        world.post(a);
        Seq<Stored> before = world.documents();
        ChargesRefused expected = new ChargesRefused.OtherContent(ACCOUNT, "a");
        assertThat(post(charge("b", "2018-06-18", "1", "1"), a.noted("changed")))
                .isEqualTo(Either.left(expected));
        assertThat(post(charge("a", "2018-06-18", "12.1", "0.026"))).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains("'a'").contains(ACCOUNT.value());
        assertThat(world.documents()).isEqualTo(before);
    }

    @Test
    void an_id_that_comes_twice_at_once_with_other_content_is_refused() {
        assertThat(post(charge("a", "2018-06-18", "1", "1"), charge("a", "2018-06-18", "2", "1")))
                .isEqualTo(Either.left(new ChargesRefused.OtherContent(ACCOUNT, "a")));
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void every_account_and_month_has_a_document_of_its_own_and_they_change_together() {
        Charge june = charge("a", "2018-06-30", "1", "1.00");
        Charge july = charge("a", "2018-07-01", "1", "2.00");
        Charge other = charge(OTHER, "a", "2018-06-30", "1", "4.00");
        assertThat(world.post(june, july, other)).isEqualTo(new Recorded(3, 0));
        assertThat(world.documents().map(stored -> cents(stored, Atlas.BILLED)))
                .containsExactlyInAnyOrder(100L, 200L, 400L);
        Seq<Stored> before = world.documents();
        assertThat(post(charge("b", "2018-06-30", "1", "1"), july.noted("changed"))
                        .isLeft())
                .isTrue();
        assertThat(world.documents()).isEqualTo(before);
    }

    @Test
    void a_new_document_takes_the_id_that_the_caller_gives() {
        InvoiceId given = new InvoiceId("5b0000000000000000000003");
        Array<Charge> charges = Array.of(charge("a", "2018-06-18", "1", "1"));
        world.postCharges.post(TENANT, charges, (account, period) -> given).get();
        assertThat(id(world.only())).isEqualTo(given);
        world.post(charge("b", "2018-06-18", "1", "1"));
        assertThat(world.linesOf(world.only())).hasSize(2);
    }

    @Test
    void a_document_may_be_opened_before_there_is_a_charge() {
        Instant opened = Instant.parse("2018-06-01T04:05:10Z");
        world.clock.set(opened);
        assertThat(world.postCharges.open(TENANT, ACCOUNT, JUNE)).isEqualTo(Either.right(idOfJune()));
        assertThat(world.postCharges.open(TENANT, ACCOUNT, JUNE)).isEqualTo(Either.right(idOfJune()));
        Stored stored = world.only();
        assertThat(stored.invoice().head().createdAt()).isEqualTo(opened);
        assertThat(stored.updatedAt()).isEqualTo(opened);
        assertThat(cents(stored, Atlas.BILLED)).isZero();
        world.post(charge("a", "2018-06-18", "12.0", "0.026"));
        assertThat(world.only().invoice().head().createdAt()).isEqualTo(opened);
    }

    @Test
    void charges_of_a_month_that_is_settled_are_refused_and_old_ones_are_still_known() {
        Charge a = charge("a", "2018-06-18", "12.0", "0.026");
        world.post(a);
        Stored settled = world.settle(JUNE, TAXED);
        ChargesRefused expected = new ChargesRefused.MonthSettled(ACCOUNT, month(JUNE), id(settled));
        assertThat(post(a, charge("b", "2018-06-30", "1", "1"))).isEqualTo(Either.left(expected));
        assertThat(expected.message())
                .contains(ACCOUNT.value())
                .contains("2018-06-01")
                .contains("settled");
        assertThat(world.post(a)).isEqualTo(new Recorded(0, 1));
        assertThat(world.documents()).containsExactly(settled);
    }

    @Test
    void a_pending_document_starts_with_what_the_settled_one_before_left_over() {
        world.post(charge("a", "2018-06-18", "1", "2.00"), charge("c", "2018-06-18", "1", "-5.00"));
        world.settle(JUNE, TAXED);
        world.post(charge("a", "2018-07-02", "1", "2.00"));
        Stored july = world.documents()
                .find(stored -> stored.invoice() instanceof Invoice.Running)
                .get();
        assertThat(cents(july, Atlas.STARTING_BALANCE)).isEqualTo(500 - 200 - 17);
        assertThat(cents(july, Atlas.BILLED)).isZero();
        assertThat(cents(july, Atlas.ENDING_BALANCE)).isEqualTo(83);
    }

    @Test
    void a_pending_document_from_outside_is_summed_up_when_something_is_posted_to_it() {
        LineItem line = LineItem.builder(
                        new LineId("outside"), "sku", Atlas.USAGE, world.clock.instant(), Origin.Provided.of("outside"))
                .price(usd("10"))
                .build();
        Head head = Head.of(
                new InvoiceId("5b0000000000000000000003"),
                "atlas",
                ACCOUNT,
                month(JUNE),
                Atlas.profile().currency(),
                Instant.parse("2018-06-01T04:05:10Z"));
        world.importDocument
                .take(
                        TENANT,
                        new ProvidedDocument(
                                "outside",
                                head,
                                HashMap.of(Atlas.SUBTOTAL, usd("0"), Atlas.STARTING_BALANCE, usd("3")),
                                Array.of(line),
                                InvoiceStatus.PENDING,
                                world.clock.instant()))
                .get();
        world.post(charge("a", "2018-06-18", "1", "2.00"));
        assertThat(cents(world.only(), Atlas.SUBTOTAL)).isEqualTo(1200);
        assertThat(cents(world.only(), Atlas.BILLED)).isEqualTo(900);
        assertFiguresFollowFromLines();
    }

    @Test
    void a_charge_in_another_currency_is_refused() {
        Charge euros = Charge.of(
                ACCOUNT,
                "a",
                "sku",
                BigDecimal.ONE,
                "",
                Money.of("EUR", "1"),
                AtlasWorld.day("2018-06-18"),
                world.clock.instant());
        Either<ChargesRefused, Recorded> result = post(euros);
        assertThat(result.getLeft()).isInstanceOf(ChargesRefused.OtherCurrency.class);
        assertThat(result.getLeft().message()).contains("USD").contains("EUR").contains("'a'");
    }

    @ParameterizedTest
    @CsvSource({"10, -0.01", "10, 10.01", "10, 1.005", "-10, 0.01"})
    void a_discount_must_be_whole_cents_and_not_more_than_its_charge(String price, String discount) {
        Charge charge = charge("a", "2018-06-18", "1", price);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> charge.less(new Discount(usd(discount), Option.none())))
                .withMessageContaining(discount);
    }

    @Test
    void many_threads_post_to_one_document_and_nothing_is_lost_or_doubled() {
        Seq<Either<ChargesRefused, Recorded>> results = AtOnce.run(thread ->
                post(charge("own-" + thread, "2018-06-18", "1", "0.01"), charge("shared", "2018-06-18", "1", "1.00")));
        assertThat(results).allMatch(Either::isRight);
        Stored stored = world.only();
        assertThat(world.linesOf(stored)).hasSize(AtOnce.THREADS + 1);
        assertThat(cents(stored, Atlas.BILLED)).isEqualTo(100 + AtOnce.THREADS);
        assertFiguresFollowFromLines();
    }

    @Test
    void what_the_store_refuses_is_told() {
        CommitRefused.UnknownInvoice why = new CommitRefused.UnknownInvoice(new InvoiceId("x"));
        assertThat(new ChargesRefused.NotStored(why).message()).isEqualTo(why.message());
    }

    private Either<ChargesRefused, Recorded> post(Charge... charges) {
        return world.postCharges.post(TENANT, Array.of(charges));
    }

    private void assertFiguresFollowFromLines() {
        world.documents()
                .forEach(stored -> assertThat(stored.invoice()
                                .figures()
                                .verify(world.linesOf(stored), Atlas.profile().rules()))
                        .isEmpty());
        assertThat(world.store.find(ACCESS, id(world.documents().head()))).isNotEmpty();
    }
}
