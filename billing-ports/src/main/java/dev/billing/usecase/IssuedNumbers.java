package dev.billing.usecase;

import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.Series;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The numbers that documents have, series by series, as ranges: a series without gaps becomes one range, however long it is. */
final class IssuedNumbers {

    /** Of each range its first and last number. */
    private final Map<String, NavigableMap<Long, Long>> ranges = new TreeMap<>();

    /**
     * Adds a number, unless its series allows gaps.
     *
     * @return whether it is new
     */
    boolean add(InvoiceNumber number) {
        return number.series().gaps() == Series.Gaps.ALLOWED
                || add(ranges.computeIfAbsent(number.series().scope(), scope -> new TreeMap<>()), number.value());
    }

    private static boolean add(NavigableMap<Long, Long> known, long number) {
        Map.Entry<Long, Long> before = known.floorEntry(number);
        if (before != null && before.getValue() >= number) {
            return false;
        }
        long first = before != null && before.getValue() == number - 1 ? before.getKey() : number;
        Long last = known.remove(number + 1);
        known.put(first, last == null ? number : last);
        return true;
    }

    /** The numbers from 1 to the highest one that nobody has. */
    Seq<Verification.NumberGap> gaps() {
        return Array.ofAll(ranges.entrySet()).flatMap(series -> gaps(series.getKey(), series.getValue()));
    }

    private static Seq<Verification.NumberGap> gaps(String series, NavigableMap<Long, Long> known) {
        Seq<Verification.NumberGap> gaps = Array.empty();
        long next = 1;
        for (Map.Entry<Long, Long> range : known.entrySet()) {
            if (range.getKey() > next) {
                gaps = gaps.append(new Verification.NumberGap(series, next, range.getKey() - 1));
            }
            next = range.getValue() + 1;
        }
        return gaps;
    }
}
