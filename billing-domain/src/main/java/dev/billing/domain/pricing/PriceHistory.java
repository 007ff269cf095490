package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.period.Period;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Comparator;

/**
 * The price books of some time, in the order in which they come to hold.
 * <p>
 * A book holds until a later one begins. Of several that begin together, the highest version holds, and of equal ones the last name in
 * the alphabet.
 */
public record PriceHistory(Seq<PriceBook> books) {

    private static final Comparator<PriceBook> PRECEDENCE = Comparator.comparing(PriceBook::from)
            .thenComparing(book -> book.version().version())
            .thenComparing(book -> book.version().book());

    public PriceHistory {
        requireNonNull(books, "books");
    }

    /** Those of some books that hold at an instant of the period. */
    public static PriceHistory of(Seq<PriceBook> books, Period period) {
        Seq<PriceBook> begun = books.filter(book -> book.from().isBefore(period.end())).sorted(PRECEDENCE);
        Option<Instant> first = begun.findLast(book -> !book.from().isAfter(period.start())).map(PriceBook::from);
        Seq<PriceBook> overlapping = begun.filter(book -> first.forAll(from -> !book.from().isBefore(from)));
        return new PriceHistory(overlapping.zipWithIndex()
                .filter(book -> book._2 + 1 == overlapping.size()
                        || overlapping.get(book._2 + 1).from().isAfter(book._1.from()))
                .map(book -> book._1));
    }

    /** The book that holds at an instant. */
    public Option<PriceBook> at(Instant instant) {
        return books.findLast(book -> !book.from().isAfter(instant));
    }
}
