package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import javax.money.CurrencyUnit;

/**
 * An order of a customer in a web shop.
 *
 * @param id of the document that it becomes
 * @param account the user whose shop it is
 * @param customer with the addresses, as known when the order is placed
 * @param items in the order in which they are shown; shipping is an item like any other
 * @param currency of all amounts
 */
public record Order(
        InvoiceId id,
        AccountId account,
        Space space,
        Customer customer,
        Seq<Item> items,
        CurrencyUnit currency,
        Instant createdAt) {

    /** Keeps {@code createdAt} in seconds: orders are listed by it, and it is shown so. */
    public Order {
        requireNonNull(id, "id");
        requireNonNull(account, "account");
        requireNonNull(space, "space");
        requireNonNull(customer, "customer");
        requireNonNull(items, "items");
        requireNonNull(currency, "currency");
        createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * The shop, as it is when the order is placed.
     *
     * @param id orders are numbered for each id on its own
     * @param url where it is; none if it is not public
     */
    public record Space(long id, Instant createdAt, Option<String> url) {

        /**
         * Keeps {@code createdAt} in milliseconds.
         *
         * @throws IllegalArgumentException if the id is not 1 or more, or the URL is too long or holds a control character
         */
        public Space {
            if (id < 1) {
                throw new IllegalArgumentException("The id of a space must be 1 or more, but was " + id);
            }
            createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
            url.forEach(text -> Checks.requireText(text, "Space URL"));
        }
    }

    /**
     * A thing that is sold.
     *
     * @param unitAmount the price of one
     * @param discount what is taken off the whole line
     * @param period the time it is for, where it is for one
     */
    public record Item(
            ItemId id, String description, long quantity, Money unitAmount, Money discount, Option<Period> period) {

        /**
         * Checks the texts; whether the amounts can be billed is told when the order is placed.
         *
         * @throws IllegalArgumentException if the description is too long or holds a control character
         */
        public Item {
            requireNonNull(id, "id");
            Checks.requireText(description, "Item description");
            requireNonNull(unitAmount, "unitAmount");
            requireNonNull(discount, "discount");
            requireNonNull(period, "period");
        }

        /** An item without discount and period. */
        public static Item of(ItemId id, String description, long quantity, Money unitAmount) {
            return new Item(id, description, quantity, unitAmount, Money.zero(unitAmount.currency()), Option.none());
        }

        /** What is due for it: the price of all of them, less the discount. */
        Money net() {
            return gross().minus(discount);
        }

        Money gross() {
            return unitAmount.times(quantity);
        }
    }

    /**
     * What the shop calls an item, which it may do by a text or by a whole number; {@code "101"} and {@code 101} are not the same.
     *
     * @param value the text, or the digits
     */
    public record ItemId(String value, boolean isNumber) {

        private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]*");

        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException if it is blank, too long or holds a control character, or is not written as numbers are
         */
        public ItemId {
            Checks.requireId(value, "Item id");
            if (isNumber && !NUMBER.matcher(value).matches()) {
                throw new IllegalArgumentException("An item id that is a number must be a whole one, but was " + value);
            }
        }

        public static ItemId of(String text) {
            return new ItemId(text, false);
        }

        public static ItemId of(long number) {
            return new ItemId(Long.toString(number), true);
        }
    }
}
