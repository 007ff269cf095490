package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.CommitRefused;
import dev.billing.port.Ports;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.time.Clock;

/**
 * Places the orders of web shops: each is a document at once, sealed, with the next number of its shop. Runs {@link OrderCommand.Place}
 * under a key that the order's id gives.
 */
public final class PlaceOrder {

    private final Commands commands;

    public PlaceOrder(Ports ports, Clock clock) {
        this.commands = new Commands(ports, Spaces.profile(), clock);
    }

    /**
     * Places an order, once: placing it again gives the number that it has. Another order with the same id is refused.
     *
     * @return the number, or every reason why it is refused
     */
    public Either<Seq<OrderRefused>, InvoiceNumber> place(TenantId tenant, Order order) {
        // a digest, because a key has no more room than an id may take
        CommandKey key = new CommandKey("order/" + Fingerprint.of(order.id()));
        return commands.run(Access.toAll(tenant), key, new OrderCommand.Place(order))
                .mapLeft(PlaceOrder::refused)
                .map(receipt -> receipt.numbers().get(order.id()).get());
    }

    private static Seq<OrderRefused> refused(BillingError why) {
        if (why instanceof OrderRefused.Unsound unsound) {
            return unsound.problems();
        }
        return Array.of(why instanceof OrderRefused refused ? refused : notPlaced(why));
    }

    private static OrderRefused notPlaced(BillingError why) {
        if (why instanceof CommandRefused.KeyReused reused) {
            return new OrderRefused.NotStored(new CommitRefused.KeyReused(reused.key()));
        }
        return why instanceof CommandRefused.NotStored notStored
                ? new OrderRefused.NotStored(notStored.why())
                : new OrderRefused.NotPlaced(why);
    }
}
