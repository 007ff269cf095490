package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;

/** Marks orders as shipped. */
public final class ShipOrder {

    private static final int ATTEMPTS = 20;

    private final InvoiceStore store;
    private final Clock clock;

    public ShipOrder(InvoiceStore store, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Marks an order as shipped, once, at the instant of the first call: shipping it again with the same message changes nothing, with
     * another one it is refused, because the customer was told the first.
     *
     * @param message what the customer is told
     * @return the order as it stands, or why it was not shipped
     * @throws IllegalArgumentException as the constructor of {@link Shipment}
     */
    public Either<ShipRefused, Stored> ship(Access access, InvoiceId order, String message) {
        Shipment shipment = new Shipment(message, clock.instant());
        Either<ShipRefused, Stored> result = Either.left(new ShipRefused.UnknownOrder(order));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Option<Stored> known = find(access, order);
            if (known.isEmpty()) {
                return Either.left(new ShipRefused.UnknownOrder(order));
            }
            if (known.get().standing().shipment().isDefined()) {
                return shipped(known.get(), message);
            }
            result = commit(access.tenant(), known.get().standing(), shipment)
                    .<ShipRefused>mapLeft(ShipRefused.NotStored::new)
                    .map(receipt -> find(access, order).get());
            if (!isOvertaken(result)) {
                return result;
            }
        }
        return result;
    }

    private Option<Stored> find(Access access, InvoiceId order) {
        return store.find(access, order)
                .filter(stored -> stored.invoice()
                        .head()
                        .profile()
                        .equals(Spaces.profile().name()));
    }

    private static Either<ShipRefused, Stored> shipped(Stored known, String message) {
        Shipment shipment = known.standing().shipment().get();
        return shipment.message().equals(message)
                ? Either.right(known)
                : Either.left(new ShipRefused.AlreadyShipped(known.standing().invoice(), shipment));
    }

    private Either<CommitRefused, Receipt> commit(TenantId tenant, Standing standing, Shipment shipment) {
        CommandKey key = new CommandKey("ship/" + Fingerprint.of(standing.invoice()));
        String content = Fingerprint.of(shipment.message());
        return store.commit(tenant, Commit.of(key, content, new Write.Stand(standing.shipped(shipment))));
    }

    /** Somebody else changed how it stands, or shipped it: it is looked at again. */
    private static boolean isOvertaken(Either<ShipRefused, Stored> result) {
        return result.isLeft()
                && result.getLeft() instanceof ShipRefused.NotStored refused
                && (refused.why() instanceof CommitRefused.Stale || refused.why() instanceof CommitRefused.KeyReused);
    }
}
