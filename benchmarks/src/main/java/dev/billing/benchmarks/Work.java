package dev.billing.benchmarks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** What is rated, in nobody's types: so both sides are given the same. */
final class Work {

    static final String METER = "requests";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant END = Instant.parse("2026-02-01T00:00:00Z");
    static final BigDecimal MONTHLY_PRICE = new BigDecimal("19.99");

    /** A month of one hundred thousand records uses all three. */
    static final List<Tier> TIERS = List.of(
            new Tier(Optional.of(new BigDecimal("100000")), new BigDecimal("0.0127")),
            new Tier(Optional.of(new BigDecimal("200000")), new BigDecimal("0.0091")),
            new Tier(Optional.empty(), new BigDecimal("0.0043")));

    private static final long MILLIS = END.toEpochMilli() - START.toEpochMilli();

    private Work() {}

    /** The start of the month that is so many months before the one that begins at {@link #END}. */
    static Instant monthsBeforeEnd(int months) {
        return END.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }

    /** The part of a quantity that one price holds for; the last has no size. */
    record Tier(Optional<BigDecimal> size, BigDecimal price) {}

    /** So much was used by one of the subscriptions. */
    record Use(int subscription, String id, Instant at, BigDecimal quantity) {

        /** One of a subscription's records, which are spread evenly over the month. */
        static Use of(int subscription, int number, int recordsEach) {
            Instant at = START.plusMillis(MILLIS * number / recordsEach);
            // Whole numbers from 1 to 9, because Kill Bill rounds each sum up to whole blocks.
            BigDecimal quantity = BigDecimal.valueOf(1 + (number * 7L + subscription) % 9);
            return new Use(subscription, id(subscription, number, at), at, quantity);
        }

        /** Ids begin with the time, as those of version 7 do: then a database appends to its index. */
        private static String id(int subscription, int number, Instant at) {
            long scattered = (number * 0x10000L + subscription) * 0x9E3779B97F4A7C15L;
            return new UUID(at.toEpochMilli() << 16, scattered).toString();
        }
    }

    /** What the subscriptions of one account used in the month. */
    record Month(int subscriptions, List<Use> uses) {

        static Month of(int subscriptions, int recordsEach) {
            return new Month(
                    subscriptions,
                    IntStream.range(0, subscriptions * recordsEach)
                            .mapToObj(number -> Use.of(number % subscriptions, number / subscriptions, recordsEach))
                            .toList());
        }
    }
}
