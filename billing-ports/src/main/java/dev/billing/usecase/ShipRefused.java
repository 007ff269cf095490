package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Shipment;

/** Why an order was not marked as shipped. */
public sealed interface ShipRefused extends BillingError {

    /** There is no such order that the caller may see. */
    record UnknownOrder(InvoiceId order) implements ShipRefused {
        @Override
        public String message() {
            return "An order must exist before it is shipped, but '" + order + "' does not";
        }
    }

    /** It is shipped, and its customer was told something else. */
    record AlreadyShipped(InvoiceId order, Shipment shipment) implements ShipRefused {
        @Override
        public String message() {
            return "An order is shipped once, but '" + order + "' was shipped at " + shipment.at()
                    + " with the message '" + shipment.message() + "'";
        }
    }

    /** It was not stored. */
    record NotShipped(BillingError why) implements ShipRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}
