package dev.billing.domain.rating;

import dev.billing.domain.line.LineItem;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.Iterator;

/**
 * Counts the usage of one account and period, in one pass and in any order, and prices what it comes to. Keeps a sum for each group, and
 * not the records; only rules that price single events keep an amount for each. For use by one thread.
 */
public final class UsageRater {

    private final Rater rater;
    private final Array<PriceBook> books;
    private final Array<BookCounts> counts;

    UsageRater(Rater rater, PriceHistory prices) {
        this.rater = rater;
        this.books = Array.ofAll(prices.books());
        this.counts = books.foldLeft(
                Array.empty(),
                (earlier, book) -> earlier.append(new BookCounts(rater, book, earlier.size(), earlier.lastOption())));
    }

    /** Counts some records. */
    public UsageRater addAll(Iterator<UsageRecord> records) {
        while (records.hasNext()) {
            add(records.next());
        }
        return this;
    }

    /** Counts a record; not one that the period does not see, or that no product prices. */
    public void add(UsageRecord record) {
        if (rater.hasHappened(record.at())) {
            // what happened before the period only sets the level that it begins with
            Instant start = rater.period().start();
            boolean earlier = record.at().isBefore(start);
            int book = holdingAt(earlier ? start : record.at());
            if (book >= 0) {
                counts.get(book).add(record, earlier);
            }
        }
    }

    private int holdingAt(Instant at) {
        int book = books.size() - 1;
        while (book >= 0 && books.get(book).from().isAfter(at)) {
            book--;
        }
        return book;
    }

    /** The lines of what was counted so far, by meter and place. */
    public Seq<LineItem> lines() {
        return counts.flatMap(BookCounts::products)
                .distinct()
                .flatMap(ProductCounts::groups)
                .sortBy(UsageGroup::sortKey)
                .flatMap(UsageGroup::line);
    }
}
