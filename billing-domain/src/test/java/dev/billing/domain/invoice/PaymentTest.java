package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.money.Money;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private static final Instant NOON = Instant.parse("2024-03-10T12:00:00Z");

    @Test
    void what_failed_may_be_paid_after_all() {
        Payment failed = Payment.failed("p", usd("10"), NOON);
        assertThat(failed.status()).isEqualTo(Payment.Status.FAILED);
        assertThat(failed.billed()).isEqualTo(usd("10"));
        assertThat(failed.paid()).isEqualTo(usd("0"));
        assertThat(failed.plus(usd("4"), NOON.plusSeconds(1)))
                .isEqualTo(new Payment(
                        "p", Payment.Status.PAID, usd("4"), usd("0"), usd("4"), usd("4"), NOON, NOON.plusSeconds(1)));
    }

    @Test
    void more_of_a_payment_adds_up() {
        Payment payment = new Payment("p", Payment.Status.PAID, usd("9"), usd("1"), usd("10"), usd("10"), NOON, NOON);
        assertThat(payment.plus(usd("4"), NOON.plusSeconds(1)))
                .isEqualTo(new Payment(
                        "p",
                        Payment.Status.PAID,
                        usd("13"),
                        usd("1"),
                        usd("14"),
                        usd("14"),
                        NOON,
                        NOON.plusSeconds(1)));
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}
