package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.AtlasWorld.ACCESS;
import static dev.billing.testkit.usecase.AtlasWorld.ACCOUNT;
import static dev.billing.testkit.usecase.AtlasWorld.JUNE;
import static dev.billing.testkit.usecase.AtlasWorld.OTHER;
import static dev.billing.testkit.usecase.AtlasWorld.TAXED;
import static dev.billing.testkit.usecase.AtlasWorld.TENANT;
import static dev.billing.testkit.usecase.AtlasWorld.charge;
import static dev.billing.testkit.usecase.AtlasWorld.id;
import static dev.billing.testkit.usecase.AtlasWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.account.Account;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.LifeCycle;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.Access;
import dev.billing.port.AccountStore;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.ForwardingInvoiceStore;
import dev.billing.usecase.ProvidedDocument;
import dev.billing.usecase.RecordPayment;
import dev.billing.usecase.RecordRefused;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordPaymentTest {

    private static final Instant PAID_AT = Instant.parse("2018-07-01T07:00:54Z");

    private final AtlasWorld world = new AtlasWorld();
    private final InvoiceId closed = closed();

    /** An invoice over 7.26 that waits for its payment. */
    private InvoiceId closed() {
        world.post(charge("a", "2018-06-18", "1", "6.69"));
        return id(world.settle(JUNE, TAXED));
    }

    @Test
    void a_payment_of_all_that_is_due_makes_a_document_paid() {
        Stored paid = record(paid("p", "7.26")).get();
        assertThat(paid.standing().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(paid.standing().payments()).containsExactly(paid("p", "7.26"));
        assertThat(paid.standing().version()).isEqualTo(3);
        assertThat(paid.updatedAt()).isEqualTo(PAID_AT);
        assertThat(paid).isEqualTo(world.only());
    }

    @Test
    void parts_leave_a_document_as_it_is_until_they_make_up_the_whole() {
        assertThat(record(paid("p", "7.00")).get().standing().status()).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(record(paid("q", "0.26")).get().standing().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(world.only().standing().paid(usd("1").currency())).isEqualTo(usd("7.26"));
    }

    @Test
    void more_than_is_due_is_refused() {
        record(paid("p", "7.00")).get();
        RecordRefused expected = new RecordRefused.MoreThanDue(closed, usd("7.27"), usd("7.26"));
        assertThat(record(paid("q", "0.27"))).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains("7.27").contains("7.26").contains(closed.value());
    }

    @Test
    void an_attempt_that_failed_makes_a_document_failed_and_it_may_still_be_paid() {
        Stored failed = record(failed("p")).get();
        assertThat(failed.standing().status()).isEqualTo(InvoiceStatus.FAILED);
        assertThat(record(failed("again")).getLeft())
                .isEqualTo(new RecordRefused.StatusForbids(closed, InvoiceStatus.FAILED, InvoiceStatus.FAILED));
        assertThat(record(paid("q", "7.26")).get().standing().status()).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void a_payment_is_recorded_once_however_often_it_comes() {
        Stored once = record(paid("p", "7.26")).get();
        assertThat(record(paid("p", "7.26"))).isEqualTo(Either.right(once));
        RecordRefused expected = new RecordRefused.OtherContent(closed, "p");
        assertThat(record(paid("p", "7.25"))).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains("'p'");
        assertThat(world.only()).isEqualTo(once);
    }

    @ParameterizedTest
    @EnumSource(
            value = Payment.Status.class,
            names = {"NEW", "FORGIVEN", "CANCELLED"})
    void what_is_not_decided_is_not_recorded(Payment.Status status) {
        Money due = usd("7.26");
        RecordRefused expected = new RecordRefused.NotDecided("p", status);
        assertThat(record(new Payment("p", status, due, usd("0"), due, due, PAID_AT, PAID_AT)))
                .isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains(status.name());
    }

    @Test
    void a_failed_attempt_with_money_is_no_failed_attempt() {
        Money due = usd("7.26");
        assertThat(record(new Payment("p", Payment.Status.FAILED, due, usd("0"), due, usd("1"), PAID_AT, PAID_AT)))
                .isEqualTo(Either.left(new RecordRefused.NotDecided("p", Payment.Status.FAILED)));
    }

    @ParameterizedTest
    @EnumSource(InvoiceStatus.class)
    void nothing_is_recorded_where_the_status_forbids_it(InvoiceStatus status) {
        InvoiceId id = provided(status);
        assertAllowed(status, InvoiceStatus.PAID, world.recordPayment.record(ACCESS, id, paid("p", "1.00")));
        assertAllowed(status, InvoiceStatus.FAILED, world.recordPayment.record(ACCESS, provided(status), failed("p")));
        if (status != InvoiceStatus.FORGIVEN) {
            assertAllowed(status, InvoiceStatus.FORGIVEN, world.recordPayment.forgive(ACCESS, provided(status)));
        }
    }

    private static void assertAllowed(InvoiceStatus from, InvoiceStatus to, Either<RecordRefused, Stored> result) {
        assertThat(result.isRight()).isEqualTo(LifeCycle.ATLAS.allows(from, to));
        if (result.isRight()) {
            assertThat(result.get().standing().status()).isEqualTo(to);
        } else {
            assertThat(result.getLeft()).isInstanceOf(RecordRefused.StatusForbids.class);
            assertThat(result.getLeft().message()).contains(from.name()).contains(to.name());
        }
    }

    private int provided;

    private InvoiceId provided(InvoiceStatus status) {
        InvoiceId id = new InvoiceId("provided-" + provided++);
        Head head = Head.of(
                id, "atlas", ACCOUNT, AtlasWorld.month(JUNE), Atlas.profile().currency(), world.clock.instant());
        world.importDocument
                .take(
                        TENANT,
                        new ProvidedDocument(
                                "outside",
                                head,
                                HashMap.of(Atlas.BILLED, usd("1.00")),
                                Array.empty(),
                                status,
                                world.clock.instant()))
                .get();
        return id;
    }

    @Test
    void a_waiver_is_recorded_once_and_lasts() {
        Stored forgiven = world.recordPayment.forgive(ACCESS, closed).get();
        assertThat(forgiven.standing().status()).isEqualTo(InvoiceStatus.FORGIVEN);
        assertThat(forgiven.updatedAt()).isEqualTo(world.clock.instant());
        assertThat(world.recordPayment.forgive(ACCESS, closed)).isEqualTo(Either.right(forgiven));
        assertThat(record(paid("p", "7.26")).isLeft()).isTrue();
    }

    @Test
    void refunds_are_recorded_up_to_what_was_paid() {
        record(paid("p", "7.26")).get();
        Stored refunded = refund("r1", refund("p", "7.00")).get();
        assertThat(refunded.standing().refunds()).containsExactly(refund("p", "7.00"));
        assertThat(refunded.standing().status()).isEqualTo(InvoiceStatus.PAID);
        RecordRefused expected = new RecordRefused.MoreThanPaid(closed, "p", usd("7.27"), usd("7.26"));
        assertThat(refund("r2", refund("p", "0.27"))).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains("7.27").contains("7.26").contains("'p'");
        assertThat(refund("r3", refund("p", "0.26")).get().standing().refunds()).hasSize(2);
    }

    @Test
    void a_refund_is_recorded_once_for_its_key_even_if_it_was_all_there_was() {
        record(paid("p", "7.26")).get();
        Stored once = refund("r", refund("p", "7.26")).get();
        assertThat(refund("r", refund("p", "7.26"))).isEqualTo(Either.right(once));
        assertThat(refund("r", refund("p", "7.25")).isLeft()).isTrue();
        assertThat(world.only()).isEqualTo(once);
    }

    @Test
    void equal_refunds_under_other_keys_are_two() {
        record(paid("p", "7.26")).get();
        refund("r1", refund("p", "1.00")).get();
        assertThat(refund("r2", refund("p", "1.00")).get().standing().refunds()).hasSize(2);
    }

    @Test
    void a_key_with_another_refund_is_refused() {
        record(paid("p", "7.26")).get();
        refund("r", refund("p", "1.00")).get();
        RecordRefused refused = refund("r", refund("p", "2.00")).getLeft();
        assertThat(refused).isInstanceOf(RecordRefused.NotStored.class);
        assertThat(((RecordRefused.NotStored) refused).why()).isInstanceOf(CommitRefused.KeyReused.class);
        assertThat(refused.message()).contains("key");
    }

    @Test
    void a_refund_must_be_of_a_payment() {
        RecordRefused expected = new RecordRefused.UnknownPayment(closed, "x");
        assertThat(refund("r", refund("x", "1"))).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains("'x'");
    }

    @Test
    void other_currencies_are_refused() {
        record(paid("p", "7.26")).get();
        Either<RecordRefused, Stored> refund =
                refund("r", new Refund("p", Money.of("EUR", "1"), Option.none(), PAID_AT));
        assertThat(refund.getLeft()).isInstanceOf(RecordRefused.OtherCurrency.class);
        assertThat(refund.getLeft().message()).contains("EUR").contains("USD");
        assertThat(record(new Payment("q", Money.of("EUR", "1"), PAID_AT)).getLeft())
                .isInstanceOf(RecordRefused.OtherCurrency.class);
    }

    @Test
    void what_a_caller_may_not_see_is_as_unknown_as_what_does_not_exist() {
        Access foreign = Access.to(TENANT, OTHER);
        RecordRefused expected = new RecordRefused.UnknownInvoice(closed);
        assertThat(world.recordPayment.record(foreign, closed, paid("p", "7.26")))
                .isEqualTo(Either.left(expected));
        assertThat(world.recordPayment.forgive(foreign, closed)).isEqualTo(Either.left(expected));
        assertThat(world.recordPayment.refund(foreign, closed, new CommandKey("r"), refund("p", "1")))
                .isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains(closed.value());
        InvoiceId unknown = new InvoiceId("unknown");
        assertThat(world.recordPayment.forgive(ACCESS, unknown))
                .isEqualTo(Either.left(new RecordRefused.UnknownInvoice(unknown)));
    }

    @Test
    void of_many_threads_that_pay_all_at_once_one_pays() {
        Seq<Either<RecordRefused, Stored>> results = AtOnce.run(thread -> record(paid("p-" + thread, "7.26")));
        assertThat(results.count(Either::isRight)).isEqualTo(1);
        assertThat(world.only().standing().payments()).hasSize(1);
    }

    @Test
    void many_threads_that_record_one_payment_all_see_it_recorded() {
        Seq<Either<RecordRefused, Stored>> results = AtOnce.run(thread -> record(paid("p", "7.26")));
        assertThat(results.distinct()).containsExactly(Either.right(world.only()));
        assertThat(world.only().standing().payments()).hasSize(1);
    }

    @Test
    void parts_from_many_threads_are_all_recorded() {
        AtOnce.run(thread -> record(paid("p-" + thread, "0.10")).get());
        assertThat(world.only().standing().payments()).hasSize(AtOnce.THREADS);
    }

    @Test
    void a_change_that_somebody_else_overtakes_is_computed_again() {
        AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
        AtlasWorld racing = new AtlasWorld(
                new ForwardingInvoiceStore() {
                    @Override
                    public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
                        before.getAndSet(() -> {}).run();
                        return super.commit(tenant, commit);
                    }
                }.inPorts());
        racing.post(charge("a", "2018-06-18", "1", "6.69"));
        InvoiceId id = id(racing.settle(JUNE, TAXED));
        before.set(
                () -> racing.recordPayment.record(ACCESS, id, paid("p", "7.00")).get());
        assertThat(racing.recordPayment
                        .record(ACCESS, id, paid("q", "0.26"))
                        .get()
                        .standing()
                        .status())
                .isEqualTo(InvoiceStatus.PAID);
        assertThat(racing.only().standing().payments()).hasSize(2);
    }

    @Test
    void the_account_that_was_charged_has_it_too() {
        RecordPayment accounted = accounted();
        accounted.record(ACCESS, closed, failed("f")).get();
        accounted.record(ACCESS, closed, paid("p", "5.00")).get();
        assertThat(account().balance(usd("0").currency())).isEqualTo(usd("2.26"));
        accounted.record(ACCESS, closed, paid("q", "2.26")).get();
        assertThat(account().balance(usd("0").currency())).isEqualTo(usd("0"));
        accounted
                .refund(ACCESS, closed, new CommandKey("r"), refund("p", "1.00"))
                .get();
        accounted
                .refund(ACCESS, closed, new CommandKey("r"), refund("p", "1.00"))
                .get();
        assertThat(account().balance(usd("0").currency())).isEqualTo(usd("1.00"));
        accounted.forgive(ACCESS, closed).get();
        accounted
                .refund(ACCESS, closed, new CommandKey("s"), refund("p", "2.00"))
                .get();
        assertThat(account().balance(usd("0").currency())).isEqualTo(usd("0"));
        assertThat(account().items().get(closed).get().waived()).isEqualTo(usd("3.00"));
    }

    @Test
    void a_payment_that_the_account_has_already_is_another_one() {
        InvoiceId other = provided(InvoiceStatus.CLOSED);
        RecordPayment accounted = accounted();
        accounted.record(ACCESS, other, paid("p", "1.00")).get();
        assertThat(accounted.record(ACCESS, closed, paid("p", "1.00")).getLeft())
                .isEqualTo(new RecordRefused.OtherContent(closed, "p"));
    }

    @Test
    void what_was_paid_before_the_account_was_asked_for_is_refunded_on_the_document_alone() {
        record(paid("p", "7.26")).get();
        long entries = account().entries();
        accounted()
                .refund(ACCESS, closed, new CommandKey("r"), refund("p", "1.00"))
                .get();
        assertThat(account().entries()).isEqualTo(entries);
        assertThat(world.only().standing().refunds()).hasSize(1);
    }

    @Test
    void money_of_many_threads_is_on_the_account_too() {
        RecordPayment accounted = accounted();
        AtOnce.run(thread ->
                accounted.record(ACCESS, closed, paid("p-" + thread, "0.10")).get());
        assertThat(account().balance(usd("0").currency()))
                .isEqualTo(usd("7.26").minus(usd("0.10").times(AtOnce.THREADS)));
    }

    private RecordPayment accounted() {
        return new RecordPayment(world.store, (AccountStore) world.store, Atlas.BILLED, world.clock);
    }

    private Account account() {
        return Account.of(ACCOUNT, ((AccountStore) world.store).entries(ACCESS, ACCOUNT));
    }

    private Either<RecordRefused, Stored> record(Payment payment) {
        return world.recordPayment.record(ACCESS, closed, payment);
    }

    private Either<RecordRefused, Stored> refund(String key, Refund refund) {
        return world.recordPayment.refund(ACCESS, closed, new CommandKey(key), refund);
    }

    private static Payment paid(String id, String amount) {
        return new Payment(id, usd(amount), PAID_AT);
    }

    private static Payment failed(String id) {
        Money due = usd("7.26");
        return new Payment(id, Payment.Status.FAILED, due, usd("0"), due, usd("0"), PAID_AT, PAID_AT);
    }

    private static Refund refund(String payment, String amount) {
        return new Refund(payment, usd(amount), Option.some("goodwill"), PAID_AT.plusSeconds(60));
    }
}
