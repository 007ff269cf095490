package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Shipment;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;

/** Marks orders as shipped. Runs {@link DocumentCommand.Ship} under a key that the order's id gives. */
public final class ShipOrder {

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
        DocumentCommand.Ship command = new DocumentCommand.Ship(order, message);
        // a digest, because a key has no more room than an id may take
        CommandKey key = new CommandKey("ship/" + Fingerprint.of(order));
        Either<BillingError, Receipt> done = new RunOnce(store)
                .run(access, key, command, () -> planner(access).plan(command));
        return find(access, order)
                .<Either<ShipRefused, Stored>>map(known -> shipped(known, message, done))
                .getOrElse(() -> Either.left(new ShipRefused.UnknownOrder(order)));
    }

    private Option<Stored> find(Access access, InvoiceId order) {
        return planner(access).order(order);
    }

    private DocumentPlanner planner(Access access) {
        return new DocumentPlanner(store, access, clock.instant());
    }

    /** Whoever shipped it first has told the customer, whatever came of this. */
    private static Either<ShipRefused, Stored> shipped(
            Stored known, String message, Either<BillingError, Receipt> done) {
        return known.standing()
                .shipment()
                .<Either<ShipRefused, Stored>>map(shipment -> shipment.message().equals(message)
                        ? Either.right(known)
                        : Either.left(
                                new ShipRefused.AlreadyShipped(known.standing().invoice(), shipment)))
                .getOrElse(() -> Either.left(refused(done.getLeft())));
    }

    private static ShipRefused refused(BillingError why) {
        return why instanceof ShipRefused refused ? refused : new ShipRefused.NotShipped(why);
    }
}
