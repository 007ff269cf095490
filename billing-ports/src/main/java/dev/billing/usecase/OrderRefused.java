package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.port.CommitRefused;
import io.vavr.collection.Seq;
import javax.money.CurrencyUnit;

/** Why an order was not placed. */
public sealed interface OrderRefused extends BillingError {

    /** Nothing can be paid in the order's currency. */
    record NoMinorUnit(CurrencyUnit currency) implements OrderRefused {
        @Override
        public String message() {
            return "An order's currency must have a minor unit, but " + currency.getCurrencyCode() + " has none";
        }
    }

    /** An order has one currency. */
    record OtherCurrency(String what, Money amount, CurrencyUnit currency) implements OrderRefused {
        @Override
        public String message() {
            return "All amounts of an order must be in " + currency.getCurrencyCode() + ", but the " + what + " was "
                    + amount;
        }
    }

    /** Nothing is rounded: an amount that would need it is refused. */
    record NotWhole(String what, Money amount) implements OrderRefused {
        @Override
        public String message() {
            return "An amount must be a whole number of minor units, but the " + what + " was " + amount;
        }
    }

    /** An amount is below zero. */
    record NegativeAmount(String what, Money amount) implements OrderRefused {
        @Override
        public String message() {
            return "An amount must not be negative, but the " + what + " was " + amount;
        }
    }

    /** A quantity is below zero. */
    record NegativeQuantity(String what, long quantity) implements OrderRefused {
        @Override
        public String message() {
            return "A quantity must not be negative, but the " + what + " was " + quantity;
        }
    }

    /** A discount takes off more than there is. */
    record DiscountAboveLine(String what, Money discount, Money line) implements OrderRefused {
        @Override
        public String message() {
            return "A discount must not be above its line of " + line + ", but the " + what + " was " + discount;
        }
    }

    /** An amount has too many digits to be shown. */
    record TooLarge(String what, Money amount) implements OrderRefused {
        @Override
        public String message() {
            return "An amount must have at most " + Long.MAX_VALUE + " minor units, but the " + what + " was " + amount;
        }
    }

    /** All that is wrong with an order. */
    record Unsound(InvoiceId order, Seq<OrderRefused> problems) implements OrderRefused {
        @Override
        public String message() {
            return "Order '" + order + "' cannot be placed: "
                    + problems.map(OrderRefused::message).mkString("; ");
        }
    }

    /** What is asked of every document that becomes final does not hold, such as that its account is not parked. */
    record NotPlaced(BillingError why) implements OrderRefused {
        @Override
        public String message() {
            return why.message();
        }
    }

    /** The store refused it: there is another order or document with this id. */
    record NotStored(CommitRefused why) implements OrderRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}
