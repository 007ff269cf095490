package dev.billing.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Time is small here, a dozen ticks, so that books begin together and with the period. */
class PriceHistoryProperties {

    private static final int TICKS = 12;

    @Property(tries = 1_000)
    void at_every_instant_of_the_period_the_book_holds_that_began_last(
            @ForAll("books") List<PriceBook> books,
            @ForAll @IntRange(max = TICKS) int start,
            @ForAll @IntRange(min = 1, max = 5) int length) {
        PriceHistory history = history(books, start, start + length);
        for (int tick = start; tick < start + length; tick++) {
            assertThat(history.at(at(tick))).isEqualTo(holdingAt(books, at(tick)));
        }
    }

    @Property(tries = 1_000)
    void it_lists_each_book_that_holds_in_the_period_once_and_in_order(
            @ForAll("books") List<PriceBook> books,
            @ForAll @IntRange(max = TICKS) int start,
            @ForAll @IntRange(min = 1, max = 5) int length) {
        Seq<PriceBook> holding = Array.ofAll(
                        IntStream.range(start, start + length).boxed().toList())
                .flatMap(tick -> holdingAt(books, at(tick)))
                .distinct();
        assertThat(history(books, start, start + length).books()).containsExactlyElementsOf(holding);
    }

    @Provide
    Arbitrary<List<PriceBook>> books() {
        Arbitrary<PriceBookVersion> versions = Combinators.combine(
                        Arbitraries.of("main", "other"), Arbitraries.integers().between(1, 4))
                .as(PriceBookVersion::new);
        return Combinators.combine(versions, Arbitraries.integers().between(0, TICKS))
                .as((version, tick) -> PriceBook.of(version, DomainArbitraries.USD, at(tick), Array.empty()))
                .list()
                .ofMaxSize(6)
                .uniqueElements(PriceBook::version);
    }

    private static PriceHistory history(List<PriceBook> books, int start, int end) {
        return PriceHistory.of(Period.of(at(start), at(end)), instant -> holdingAt(books, instant));
    }

    /** Looks at every book: a later beginning wins, then a higher version, then a later name. */
    private static Option<PriceBook> holdingAt(List<PriceBook> books, Instant instant) {
        PriceBook best = null;
        for (PriceBook book : books) {
            boolean begun = !book.from().isAfter(instant);
            if (begun && (best == null || wins(book, best))) {
                best = book;
            }
        }
        return Option.of(best);
    }

    private static boolean wins(PriceBook one, PriceBook other) {
        if (!one.from().equals(other.from())) {
            return one.from().isAfter(other.from());
        }
        if (one.version().version() != other.version().version()) {
            return one.version().version() > other.version().version();
        }
        return one.version().book().compareTo(other.version().book()) > 0;
    }

    private static Instant at(int tick) {
        return Instant.parse("2026-11-01T00:00:00Z").plusSeconds(tick);
    }
}
