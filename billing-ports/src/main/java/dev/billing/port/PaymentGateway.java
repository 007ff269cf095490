package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;

/**
 * Collects money with a provider of yours: by card, direct debit or wallet. The library asks for it and records what it is told; it never
 * moves money itself. Prove yours by extending {@code PaymentGatewayContract} from the testkit.
 * <ol>
 *   <li>G1: An attempt moves money once. It has its first outcome again whenever it is sent again, whatever it asks for by then, and from
 *       however many threads at once.
 *   <li>G2: What is collected is more than nothing, at most what was asked for, and of that currency.
 *   <li>G3: Attempts differ in the ids of their payments, whatever became of them; so do attempts of two tenants.
 * </ol>
 * Implementations are safe for use by many threads. When the provider cannot be reached, or nobody knows what became of an attempt, they
 * throw {@link StorageException}, mostly as {@code RETRYABLE}: the attempt is sent again then. They never report that as declined.
 */
public interface PaymentGateway {

    /** Collects money, or tries to. */
    Outcome collect(TenantId tenant, Demand demand);

    /**
     * What is asked for.
     *
     * @param attempt names it among all attempts of the tenant; most providers call it an idempotency key
     * @param account who pays
     * @param document what for
     */
    record Demand(String attempt, AccountId account, InvoiceId document, Money amount) {
        /** Checks the amount. */
        public Demand {
            Checks.requireId(attempt, "Attempt");
            requireNonNull(account, "account");
            requireNonNull(document, "document");
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("What is asked for must be more than nothing, but was " + amount);
            }
        }
    }

    /** What became of an attempt. */
    sealed interface Outcome {

        /**
         * Money came.
         *
         * @param payment names it, also in what the provider tells later, such as that it was charged back
         */
        record Collected(String payment, Money amount) implements Outcome {
            public Collected {
                Checks.requireId(payment, "Payment id");
                requireNonNull(amount, "amount");
            }
        }

        /** No money came, and none will by this attempt. */
        record Declined(String payment, String reason) implements Outcome {
            public Declined {
                Checks.requireId(payment, "Payment id");
                Checks.requireText(reason, "Reason");
            }
        }

        /** The provider tells later, by a message of its own. Whoever takes that records it, as a payment command. */
        record Pending(String payment) implements Outcome {
            public Pending {
                Checks.requireId(payment, "Payment id");
            }
        }
    }
}
