package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

/** Asks for what becomes of an order. */
public sealed interface OrderCommand extends Command {

    /** The order. */
    Order order();

    /** Makes a final document of an order, with the next number of its shop. */
    record Place(Order order) implements OrderCommand {
        public Place {
            requireNonNull(order, "order");
        }
    }
}
