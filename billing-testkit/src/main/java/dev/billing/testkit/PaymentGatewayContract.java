package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.port.PaymentGateway;
import dev.billing.port.PaymentGateway.Demand;
import dev.billing.port.PaymentGateway.Outcome;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The rules that all {@link PaymentGateway}s keep: at least one test for each number in their Javadoc. Extend it in your tests and return
 * yours, on what your provider has for tests; override the rest where it knows other accounts and amounts.
 */
public abstract class PaymentGatewayContract {

    private final String run = UUID.randomUUID().toString();

    /** A gateway that collects what is asked for. */
    protected abstract PaymentGateway gateway();

    /** An account that can pay. */
    protected AccountId account() {
        return new AccountId("account");
    }

    /** An amount that the account can pay many times; three quarters of it are worth asking for, too. */
    protected Money amount() {
        return Money.of("USD", "12.00");
    }

    private Demand demand(String attempt, Money amount) {
        return new Demand(attempt + "/" + run, account(), new InvoiceId("invoice " + attempt), amount);
    }

    @Test
    void g1_an_attempt_has_its_first_outcome_again() {
        PaymentGateway gateway = gateway();
        Outcome first = gateway.collect(TENANT, demand("one", amount()));
        gateway.collect(TENANT, demand("other", amount()));
        assertThat(gateway.collect(TENANT, demand("one", amount())))
                .as("G1: an attempt must move money once; is its name given to the provider as an idempotency key?")
                .isEqualTo(first);
    }

    @Test
    void g1_an_attempt_has_its_first_outcome_although_it_asks_for_less_by_then() {
        PaymentGateway gateway = gateway();
        Outcome first = gateway.collect(TENANT, demand("one", amount()));
        Money less = amount().minus(amount().times(new BigDecimal("0.25")));
        assertThat(gateway.collect(TENANT, demand("one", less)))
                .as("G1: what was collected must be told as it was, although something else is open by then")
                .isEqualTo(first);
    }

    @Test
    void g1_threads_that_make_one_attempt_move_money_once() {
        PaymentGateway gateway = gateway();
        Demand demand = demand("one", amount());
        assertThat(Together.run(thread -> gateway.collect(TENANT, demand)).distinct())
                .as("G1: an attempt must move money once, however many make it")
                .hasSize(1);
    }

    @Test
    void g2_what_is_collected_was_asked_for() {
        Outcome outcome = gateway().collect(TENANT, demand("one", amount()));
        if (outcome instanceof Outcome.Collected collected) {
            assertThat(collected.amount().currency())
                    .as("G2: money must be of the currency that was asked for")
                    .isEqualTo(amount().currency());
            assertThat(collected.amount())
                    .as("G2: what is collected must be more than nothing, and at most what was asked for")
                    .isGreaterThan(Money.zero(amount().currency()))
                    .isLessThanOrEqualTo(amount());
        }
        assertThat(outcome)
                .as("G2: an account that can pay must not be declined")
                .isNotInstanceOf(Outcome.Declined.class);
    }

    @Test
    void g3_each_attempt_is_a_payment_of_its_own() {
        PaymentGateway gateway = gateway();
        Seq<Outcome> outcomes = Array.of(
                gateway.collect(TENANT, demand("one", amount())),
                gateway.collect(TENANT, demand("other", amount())),
                gateway.collect(new TenantId("another tenant"), demand("one", amount())));
        assertThat(outcomes.map(PaymentGatewayContract::payment))
                .as("G3: attempts must differ in the ids of their payments; do tenants share their attempts?")
                .doesNotHaveDuplicates();
    }

    private static String payment(Outcome outcome) {
        if (outcome instanceof Outcome.Collected collected) {
            return collected.payment();
        }
        return outcome instanceof Outcome.Declined declined
                ? declined.payment()
                : ((Outcome.Pending) outcome).payment();
    }
}
