package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.port.Outbox;
import dev.billing.port.Published;
import dev.billing.port.TenantId;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/**
 * Hands on what happened, at least once, and each account's events in their order. An event is handed on again when nobody knows whether it
 * arrived; whoever takes it tells by its number, or by the id of the {@link CloudEvent}, whether it was there before.
 * <p>
 * Let one of these deliver the events of a tenant at a time. Where several do, each of them hands on an account's events in their order, so
 * that each event arrives for the first time after the one before it did; but what one of them is late with arrives once more, after later
 * ones.
 */
public final class DeliverEvents {

    private final Outbox outbox;
    private final TenantId tenant;
    private final Sink sink;

    /** Delivers the events of a tenant. */
    public DeliverEvents(Outbox outbox, TenantId tenant, Sink sink) {
        this.outbox = requireNonNull(outbox, "outbox");
        this.tenant = requireNonNull(tenant, "tenant");
        this.sink = requireNonNull(sink, "sink");
    }

    /** Takes events, such as a queue or a webhook. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes one event. When this returns, the event is delivered.
         *
         * @throws RuntimeException if it is not
         */
        void take(Published event);
    }

    /**
     * What became of the events that were looked at.
     *
     * @param delivered how many were handed on and marked
     * @param left how many are still to be delivered
     * @param failed why an account's next event was not taken, for those where it was not
     */
    public record Delivery(long delivered, long left, Map<AccountId, RuntimeException> failed) {
        public Delivery {
            requireNonNull(failed, "failed");
        }

        private Delivery and(Delivery other) {
            return new Delivery(delivered + other.delivered, left + other.left, failed.merge(other.failed));
        }
    }

    /**
     * Hands on what was not delivered yet. An account whose event is not taken keeps that one and all after it; the others go on.
     *
     * @param max reads so many events at once, or more where accounts that are stuck have so many
     * @throws IllegalArgumentException if that is not 1 or more
     */
    public Delivery deliver(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("Events must be read 1 or more at once, but were " + max);
        }
        Delivery all = new Delivery(0, 0, LinkedHashMap.empty());
        int read = max;
        boolean more = true;
        while (more) {
            Seq<Published> page = outbox.undelivered(tenant, read);
            Delivery step = deliver(page, all.failed().keySet());
            all = new Delivery(
                    all.delivered() + step.delivered(),
                    page.size() - step.delivered(),
                    all.failed().merge(step.failed()));
            more = page.size() == read;
            read = step.delivered() == 0 ? Math.multiplyExact(read, 2) : read;
        }
        return all;
    }

    private Delivery deliver(Seq<Published> events, Set<AccountId> stuck) {
        Map<AccountId, ? extends Seq<Published>> byAccount = events.toArray()
                .reject(published -> stuck.contains(published.event().account()))
                .groupBy(published -> published.event().account());
        return byAccount.foldLeft(
                new Delivery(0, 0, LinkedHashMap.empty()), (done, of) -> done.and(deliver(of._1, of._2)));
    }

    private Delivery deliver(AccountId account, Seq<Published> events) {
        long delivered = 0;
        Option<RuntimeException> failure = Option.none();
        while (failure.isEmpty() && delivered < events.size()) {
            failure = failure(events.get((int) delivered));
            delivered += failure.isEmpty() ? 1 : 0;
        }
        if (delivered > 0) {
            outbox.delivered(tenant, account, events.get((int) delivered - 1).number());
        }
        return new Delivery(
                delivered,
                events.size() - delivered,
                failure.map(why -> LinkedHashMap.of(account, why)).getOrElse(LinkedHashMap.empty()));
    }

    private Option<RuntimeException> failure(Published event) {
        try {
            sink.take(event);
            return Option.none();
        } catch (RuntimeException notTaken) {
            return Option.some(notTaken);
        }
    }
}
