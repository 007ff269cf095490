package dev.billing.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.rollup.Rollup;
import dev.billing.port.Access;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Tally;
import dev.billing.testkit.SearchedDocuments.Known;
import io.vavr.collection.Seq;
import java.util.Comparator;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link InvoiceStore} finds, in whatever order, for questions that nobody thought of: the same as a loop over all documents,
 * or all lines, that asks each of them. Extend it beside {@link InvoiceStoreContract}, with jqwik's engine in your tests.
 */
public abstract class InvoiceQueryProperties {

    private static final int TRIES = 2_000;

    private @Nullable InvoiceStore store;
    private @Nullable Known known;

    /** A store without documents. Called once for each property: to search changes nothing. */
    protected abstract InvoiceStore emptyStore();

    /** A question about documents, and through whose eyes. */
    record DocumentSearch(
            Access access,
            InvoiceQuery query,
            InvoiceOrder order,
            PageRequest page,
            Seq<FigureKey> figures,
            Seq<String> by) {}

    /** A question about lines, and through whose eyes. */
    record LineSearch(Access access, LineItemQuery query, LineItemOrder order, PageRequest page, Seq<String> by) {}

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void s9_s17_s18_documents_are_found_as_a_loop_over_all_of_them_finds_them(@ForAll("seeds") long seed) {
        DocumentSearch search = new RandomSearches(new Random(seed), known().documents()).documents();
        Seq<Stored> expected = seen(search.access()).filter(search.query()::isMetBy);
        assertThat(store().search(search.access(), search.query(), search.order(), search.page()))
                .as("S9, S18: search must find what a loop finds: %s", search)
                .isEqualTo(page(expected, search.order().comparator(), search.page()));
        assertThat(store().tally(search.access(), search.query(), search.figures(), search.by(), Tally.Digits.ALL))
                .as("S17, S18: tally must sum what a loop sums: %s", search)
                .isEqualTo(Tally.of(expected, search.figures(), search.by(), Tally.Digits.ALL));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void s16_s17_s18_lines_are_found_as_a_loop_over_all_of_them_finds_them(@ForAll("seeds") long seed) {
        LineSearch search = new RandomSearches(new Random(seed), known().documents()).lines();
        Seq<StoredLine> expected = seen(search.access())
                .filter(search.query().documents()::isMetBy)
                .flatMap(document -> seenLines(search.access(), document))
                .filter(found -> search.query().lines().includes(found.line()));
        assertThat(store().searchLines(search.access(), search.query(), search.order(), search.page()))
                .as("S16, S18: searchLines must find what a loop finds: %s", search)
                .isEqualTo(page(expected, search.order().comparator(), search.page()));
        assertThat(store().tallyLines(search.access(), search.query(), search.by()))
                .as("S17, S18: tallyLines must sum what a loop sums: %s", search)
                .isEqualTo(Tally.ofLines(expected, search.by(), Tally.Digits.ALL));
        assertThat(store().rollup(search.access(), search.query(), SearchedDocuments.DIMENSIONS.take(1)))
                .as("S11, S18: rollup must sum what a loop sums: %s", search)
                .isEqualTo(Rollup.of(expected.map(StoredLine::line), SearchedDocuments.DIMENSIONS.take(1)));
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().withDistribution(RandomDistribution.uniform());
    }

    private InvoiceStore store() {
        if (store == null) {
            store = emptyStore();
            known = SearchedDocuments.commitTo(store);
        }
        return store;
    }

    private Known known() {
        store();
        return requireNonNull(known, "known");
    }

    private static <T> Page<T> page(Seq<T> found, Comparator<T> order, PageRequest page) {
        Seq<T> rows = found.sorted(order).drop((int) page.offset()).take(page.size());
        return new Page<>(rows, found.size());
    }

    private Seq<Stored> seen(Access access) {
        return known().documents()
                .filter(stored -> access.sees(stored.invoice().head().account()))
                .map(access::shown);
    }

    private Seq<StoredLine> seenLines(Access access, Stored document) {
        Head head = document.invoice().head();
        return known().lines().get(head.id()).get().map(line -> new StoredLine(document, access.shown(head, line)));
    }
}
