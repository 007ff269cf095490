package dev.billing.domain.usage;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Rate;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that is paid period by period from its start until its end, if it has one, under a plan and in a quantity that may change on
 * the way. Of several changes at one instant the last given counts; changes at its end or later have no effect.
 *
 * @param description what a person reads on its lines
 * @param places where it belongs
 * @param changes what was agreed, in the order of time; the first is the start
 */
public record Subscription(
        FactId id,
        AccountId account,
        String description,
        Map<Dimension, Ref> places,
        Seq<Change> changes,
        Option<Instant> end) {

    /**
     * What holds from an instant on.
     *
     * @param rate the price of one whole period
     * @param quantity how many of it there are, such as seats; zero is allowed
     */
    public record Change(Instant from, Rate rate, BigDecimal quantity) {

        /**
         * Keeps the instant in milliseconds, and the quantity without trailing zeros.
         *
         * @throws IllegalArgumentException if the quantity is negative
         */
        public Change {
            from = from.truncatedTo(ChronoUnit.MILLIS);
            requireNonNull(rate, "rate");
            if (quantity.signum() < 0) {
                throw new IllegalArgumentException("A quantity must not be negative, but was " + quantity);
            }
            quantity = Decimals.canonical(quantity);
        }

        /** The exact price of one whole period. */
        public Money price() {
            return rate.rule().price(quantity);
        }
    }

    /**
     * Keeps changes in the order of time, one for each instant, and the end in milliseconds.
     *
     * @throws IllegalArgumentException if there is no change, they are priced in several currencies, or the end is before the start
     */
    public Subscription {
        requireNonNull(id, "id");
        requireNonNull(account, "account");
        Checks.requireText(description, "Description");
        requireNonNull(places, "places");
        changes = inOrder(changes);
        end = end.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
        requireEndAfter(changes.head().from(), end);
    }

    /** A subscription that has no places, no changes and no end yet. */
    public static Subscription of(
            FactId id, AccountId account, String description, Instant start, Rate rate, BigDecimal quantity) {
        return new Subscription(
                id, account, description, HashMap.empty(), Array.of(new Change(start, rate, quantity)), Option.none());
    }

    /** The same subscription, with one more change. */
    public Subscription changed(Instant from, Rate rate, BigDecimal quantity) {
        return new Subscription(
                id, account, description, places, changes.append(new Change(from, rate, quantity)), end);
    }

    /** The same subscription at another end. */
    public Subscription endedAt(Instant newEnd) {
        return new Subscription(id, account, description, places, changes, Option.some(newEnd));
    }

    /** When it begins. */
    public Instant start() {
        return changes.head().from();
    }

    /** Whether it has not ended by an instant. */
    public boolean lastsUntil(Instant instant) {
        return end.forAll(last -> !last.isBefore(instant));
    }

    /** What holds at an instant; what held first, if that is before the start. */
    public Change at(Instant instant) {
        return changes.get(numberAt(instant));
    }

    /** The changes after one instant and before another, and before the end. */
    public Seq<Change> changesBetween(Instant after, Instant before) {
        Instant limit = end.filter(last -> last.isBefore(before)).getOrElse(before);
        int first = numberAt(after) + 1;
        int last = numberAt(limit.minusNanos(1)) + 1;
        return first < last ? changes.slice(first, last) : Array.empty();
    }

    /** The number of the last change that is not after an instant, found by halving. */
    private int numberAt(Instant instant) {
        int low = 0;
        int high = changes.size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (changes.get(middle).from().isAfter(instant)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private static Array<Change> inOrder(Seq<Change> changes) {
        Array<Change> sorted = changes.sortBy(Change::from).toArray();
        if (sorted.map(change -> change.rate().rule().currency()).distinct().size() != 1) {
            throw new IllegalArgumentException(
                    "A subscription must be priced in one currency, but had the changes " + changes);
        }
        return sorted.zipWithIndex()
                .filter(change -> change._2 + 1 == sorted.size()
                        || !sorted.get(change._2 + 1).from().equals(change._1.from()))
                .map(change -> change._1);
    }

    private static void requireEndAfter(Instant start, Option<Instant> end) {
        if (end.exists(last -> last.isBefore(start))) {
            throw new IllegalArgumentException(
                    "A subscription must not end before it begins, but was " + start + "/" + end.get());
        }
    }
}
