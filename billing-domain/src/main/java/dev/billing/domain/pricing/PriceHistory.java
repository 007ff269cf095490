package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.function.Function;

/** The price books that hold one after the other in some time: each from its own start until that of the next. */
public record PriceHistory(Seq<PriceBook> books) {

    /** Nothing has a price. */
    public static final PriceHistory NONE = new PriceHistory(Array.empty());

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if a book does not begin after the one before it
     */
    public PriceHistory {
        if (!books.zip(books.drop(1)).forAll(pair -> pair._1.from().isBefore(pair._2.from()))) {
            throw new IllegalArgumentException("Price books must begin one after the other, but were "
                    + books.map(book -> book.version() + " from " + book.from()));
        }
    }

    public static PriceHistory of(PriceBook... books) {
        return new PriceHistory(Array.of(books));
    }

    /**
     * The books that hold at some instant of a period.
     *
     * @param inForce finds the book that holds at an instant; asked once for each book, from the last to the first
     */
    public static PriceHistory of(Period period, Function<Instant, Option<PriceBook>> inForce) {
        requireNonNull(period, "period");
        List<PriceBook> books = List.empty();
        Option<PriceBook> next = inForce.apply(period.end().minusMillis(1));
        while (next.isDefined()) {
            PriceBook book = next.get();
            books = books.prepend(book);
            next = book.from().isAfter(period.start())
                    ? inForce.apply(book.from().minusMillis(1))
                    : Option.none();
        }
        return new PriceHistory(books);
    }

    /** The book that holds at an instant. */
    public Option<PriceBook> at(Instant instant) {
        return books.findLast(book -> !book.from().isAfter(instant));
    }
}
