package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.AtlasWorld.ACCESS;
import static dev.billing.testkit.usecase.AtlasWorld.ACCOUNT;
import static dev.billing.testkit.usecase.AtlasWorld.JULY;
import static dev.billing.testkit.usecase.AtlasWorld.JUNE;
import static dev.billing.testkit.usecase.AtlasWorld.OTHER;
import static dev.billing.testkit.usecase.AtlasWorld.TAXED;
import static dev.billing.testkit.usecase.AtlasWorld.TENANT;
import static dev.billing.testkit.usecase.AtlasWorld.cents;
import static dev.billing.testkit.usecase.AtlasWorld.charge;
import static dev.billing.testkit.usecase.AtlasWorld.id;
import static dev.billing.testkit.usecase.AtlasWorld.month;
import static dev.billing.testkit.usecase.AtlasWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.Access;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.ForwardingInvoiceStore;
import dev.billing.usecase.Charge.Discount;
import dev.billing.usecase.SettlePeriod.Terms;
import dev.billing.usecase.SettleRefused;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlePeriodTest {

    private static final YearMonth MAY = YearMonth.of(2018, 5);

    private final AtlasWorld world = new AtlasWorld();

    @Test
    void a_month_with_discount_credit_and_a_balance_is_closed_with_all_of_them() {
        world.post(charge("may", "2018-05-10", "1", "-0.50"));
        world.settle(MAY, TAXED);
        world.post(
                charge("a", "2018-06-18", "1", "10.00").less(new Discount(usd("1.00"), Option.some(BigDecimal.TEN))),
                charge("b", "2018-06-18", "1", "2.50"),
                charge("c", "2018-06-18", "1", "-3.00"));
        Stored closed = world.settle(JUNE, TAXED);
        assertThat(closed.standing().status()).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(cents(closed, Atlas.SUBTOTAL)).isEqualTo(1150);
        assertThat(cents(closed, Atlas.TAX)).isEqualTo(98);
        assertThat(cents(closed, Atlas.CREDITS)).isEqualTo(300);
        assertThat(cents(closed, Atlas.STARTING_BALANCE)).isEqualTo(50);
        assertThat(cents(closed, Atlas.BILLED)).isEqualTo(898);
        assertThat(cents(closed, Atlas.ENDING_BALANCE)).isZero();
    }

    @ParameterizedTest(name = "{0} at {1}, elastic {2}: {3}")
    @CsvSource({
        "0,     0,     false, FREE",
        "0,     -5.00, true,  FREE",
        "2.00,  -5.00, false, PREPAID",
        "6.69,  0,     false, CLOSED",
        "6.69,  0,     true,  INVOICED"
    })
    void the_charges_and_the_terms_decide_the_status(
            String price, String credit, boolean elastic, InvoiceStatus status) {
        world.post(charge("a", "2018-06-18", "1", price), charge("b", "2018-06-18", "1", credit));
        Stored settled = world.settle(JUNE, new Terms(new BigDecimal("0.085"), elastic));
        assertThat(settled.standing().status()).isEqualTo(status);
        assertThat(settled.invoice()).isInstanceOf(Invoice.Issued.class);
        assertThat(settled.updatedAt()).isEqualTo(world.clock.instant());
    }

    @Test
    void a_month_is_settled_from_its_last_instant_on_and_not_before() {
        world.post(charge("a", "2018-06-18", "1", "1"));
        Instant last = month(JUNE).end().minusMillis(1);
        world.clock.set(last);
        SettleRefused expected = new SettleRefused.NotOver(month(JUNE), last);
        assertThat(settle(TAXED)).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains(last.toString()).contains("2018-06-01");
        world.clock.set(month(JUNE).end());
        assertThat(settle(TAXED).isRight()).isTrue();
    }

    @Test
    void a_month_is_settled_once_whatever_the_terms_are_later() {
        world.post(charge("a", "2018-06-18", "1", "6.69"));
        Stored first = world.settle(JUNE, TAXED);
        assertThat(world.settle(JUNE, Terms.PLAIN)).isEqualTo(first);
        assertThat(cents(first, Atlas.BILLED)).isEqualTo(726);
    }

    @Test
    void of_many_threads_one_settles_and_all_see_the_same() {
        world.post(charge("a", "2018-06-18", "1", "6.69"));
        world.clock.set(month(JUNE).end());
        Seq<Either<SettleRefused, Stored>> results =
                AtOnce.run(thread -> settle(new Terms(new BigDecimal("0.0" + (thread + 1)), false)));
        assertThat(results.distinct()).containsExactly(Either.right(world.only()));
    }

    @Test
    void a_charge_that_is_posted_while_the_month_is_settled_is_on_it() {
        AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
        AtlasWorld racing = new AtlasWorld(
                new ForwardingInvoiceStore() {
                    @Override
                    public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
                        if (commit.writes().exists(Write.Seal.class::isInstance)) {
                            before.getAndSet(() -> {}).run();
                        }
                        return super.commit(tenant, commit);
                    }
                }.inPorts());
        racing.post(charge("a", "2018-06-18", "1", "1.00"));
        before.set(() -> racing.post(charge("b", "2018-06-18", "1", "2.00")));
        Stored settled = racing.settle(JUNE, Terms.PLAIN);
        assertThat(cents(settled, Atlas.BILLED)).isEqualTo(300);
        assertThat(racing.linesOf(settled)).hasSize(2);
    }

    @Test
    void what_is_left_over_outlives_a_month_without_a_document() {
        world.post(charge("a", "2018-05-10", "1", "-5.00"));
        world.settle(MAY, TAXED);
        world.post(charge("b", "2018-07-10", "1", "2.00"));
        assertThat(cents(world.settle(JULY, Terms.PLAIN), Atlas.ENDING_BALANCE)).isEqualTo(300);
    }

    @Test
    void months_are_settled_in_their_order() {
        world.post(charge("a", "2018-06-18", "1", "1"), charge("b", "2018-07-18", "1", "1"));
        world.clock.set(month(JULY).end());
        Stored june = world.documents().head();
        SettleRefused expected = new SettleRefused.EarlierMonthPending(ACCOUNT, id(june));
        assertThat(world.settlePeriod.settle(ACCESS, ACCOUNT, JULY, TAXED)).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains(id(june).value());
        world.settle(JUNE, TAXED);
        world.settle(JULY, TAXED);
    }

    @Test
    void a_month_without_a_document_is_refused_and_an_opened_one_is_free() {
        world.clock.set(month(JUNE).end());
        SettleRefused expected = new SettleRefused.NothingToSettle(ACCOUNT, month(JUNE));
        assertThat(settle(TAXED)).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains(ACCOUNT.value());
        world.postCharges.open(TENANT, ACCOUNT, JUNE).get();
        assertThat(settle(TAXED).get().standing().status()).isEqualTo(InvoiceStatus.FREE);
    }

    @Test
    void an_account_outside_the_access_is_refused() {
        world.post(charge("a", "2018-06-18", "1", "1"));
        world.clock.set(month(JUNE).end());
        SettleRefused expected = new SettleRefused.NoAccess(ACCOUNT);
        assertThat(world.settlePeriod.settle(Access.to(TENANT, OTHER), ACCOUNT, JUNE, TAXED))
                .isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains(ACCOUNT.value());
    }

    @Test
    void a_tax_rate_is_not_negative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Terms(new BigDecimal("-0.01"), false))
                .withMessageContaining("-0.01");
    }

    private Either<SettleRefused, Stored> settle(Terms terms) {
        return world.settlePeriod.settle(ACCESS, ACCOUNT, JUNE, terms);
    }
}
