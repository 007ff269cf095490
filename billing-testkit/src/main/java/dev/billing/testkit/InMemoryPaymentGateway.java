package dev.billing.testkit;

import static java.util.Objects.requireNonNull;

import dev.billing.port.PaymentGateway;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A gateway without a provider: it decides by itself, and remembers. */
public final class InMemoryPaymentGateway implements PaymentGateway {

    private record Attempt(TenantId tenant, String name) {}

    private final BiFunction<String, Demand, Outcome> deciding;
    private final ConcurrentMap<Attempt, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Queue<Demand> demands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger payments = new AtomicInteger();

    /**
     * A gateway that decides so.
     *
     * @param deciding is given the id of the payment, and what is asked for
     */
    public InMemoryPaymentGateway(BiFunction<String, Demand, Outcome> deciding) {
        this.deciding = requireNonNull(deciding, "deciding");
    }

    /** Gets all that it asks for. */
    public static InMemoryPaymentGateway collecting() {
        return new InMemoryPaymentGateway((payment, demand) -> new Outcome.Collected(payment, demand.amount()));
    }

    /** Gets nothing. */
    public static InMemoryPaymentGateway declining(String reason) {
        return new InMemoryPaymentGateway((payment, demand) -> new Outcome.Declined(payment, reason));
    }

    @Override
    public Outcome collect(TenantId tenant, Demand demand) {
        demands.add(demand);
        return outcomes.computeIfAbsent(
                new Attempt(tenant, demand.attempt()),
                attempt -> deciding.apply("payment-" + payments.incrementAndGet(), demand));
    }

    /** All that it was asked for, in order. */
    public Seq<Demand> demands() {
        return Array.ofAll(demands);
    }
}
