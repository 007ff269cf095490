package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final Instant MONDAY = Instant.parse("2026-11-02T09:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-03T09:00:00Z");

    private static final Standing CLOSED = Standing.initial(new InvoiceId("1"), InvoiceStatus.CLOSED, MONDAY);
    private static final Payment PAYMENT = new Payment("p1", Money.of("USD", "7.26"), TUESDAY);
    private static final Refund REFUND = new Refund("p1", Money.of("USD", "1"), Option.some("late"), TUESDAY);
    private static final Shipment SHIPMENT = new Shipment("It is on its way.", TUESDAY);
    private static final Tag TAG = new Tag(1, "team", "blue");

    @Test
    void at_first_nothing_has_happened() {
        assertThat(CLOSED)
                .isEqualTo(new Standing(
                        new InvoiceId("1"),
                        1,
                        InvoiceStatus.CLOSED,
                        Array.empty(),
                        Array.empty(),
                        Option.none(),
                        Array.empty(),
                        MONDAY));
        assertThat(CLOSED.paid(Monetary.getCurrency("USD"))).isEqualTo(Money.of("USD", "0"));
    }

    @Test
    void each_change_adds_one_to_the_version_sets_its_instant_and_keeps_the_rest() {
        Standing failed = CLOSED.becoming(InvoiceStatus.FAILED, TUESDAY);
        assertThat(failed)
                .isEqualTo(with(2, InvoiceStatus.FAILED, Array.empty(), Array.empty(), Option.none(), Array.empty()));
        Standing paid = failed.receiving(PAYMENT, InvoiceStatus.PAID);
        assertThat(paid)
                .isEqualTo(with(3, InvoiceStatus.PAID, Array.of(PAYMENT), Array.empty(), Option.none(), Array.empty()));
        Standing refunded = paid.refunding(REFUND);
        assertThat(refunded)
                .isEqualTo(
                        with(4, InvoiceStatus.PAID, Array.of(PAYMENT), Array.of(REFUND), Option.none(), Array.empty()));
        Standing shipped = refunded.shipped(SHIPMENT);
        assertThat(shipped)
                .isEqualTo(with(
                        5,
                        InvoiceStatus.PAID,
                        Array.of(PAYMENT),
                        Array.of(REFUND),
                        Option.some(SHIPMENT),
                        Array.empty()));
        assertThat(shipped.tagged(Array.of(TAG), TUESDAY))
                .isEqualTo(with(
                        6,
                        InvoiceStatus.PAID,
                        Array.of(PAYMENT),
                        Array.of(REFUND),
                        Option.some(SHIPMENT),
                        Array.of(TAG)));
    }

    @Test
    void tags_are_replaced_and_payments_gather() {
        Standing standing = CLOSED.tagged(Array.of(TAG), MONDAY)
                .tagged(Array.empty(), TUESDAY)
                .receiving(PAYMENT, InvoiceStatus.CLOSED)
                .receiving(new Payment("p2", Money.of("USD", "0.005"), TUESDAY), InvoiceStatus.PAID)
                .refunding(REFUND);
        assertThat(standing.tags()).isEmpty();
        assertThat(standing.payments().map(Payment::id)).containsExactly("p1", "p2");
        assertThat(standing.paid(Monetary.getCurrency("USD")))
                .as("refunds are not deducted")
                .isEqualTo(Money.of("USD", "7.265"));
    }

    @Test
    void a_sum_of_payments_is_of_one_currency() {
        Standing inYen = CLOSED.receiving(new Payment("p2", Money.of("JPY", "1"), TUESDAY), InvoiceStatus.PAID);
        assertThatIllegalArgumentException().isThrownBy(() -> inYen.paid(Monetary.getCurrency("USD")));
    }

    @Test
    void versions_begin_at_one() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Standing(
                        new InvoiceId("1"),
                        0,
                        InvoiceStatus.PAID,
                        Array.empty(),
                        Array.empty(),
                        Option.none(),
                        Array.empty(),
                        MONDAY));
    }

    private static Standing with(
            long version,
            InvoiceStatus status,
            Array<Payment> payments,
            Array<Refund> refunds,
            Option<Shipment> shipment,
            Array<Tag> tags) {
        return new Standing(new InvoiceId("1"), version, status, payments, refunds, shipment, tags, TUESDAY);
    }
}
