package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import io.vavr.Tuple2;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;

/**
 * A selection of one document's lines, with the figures folded over them: an organization's invoice is an extract of its account's.
 * All extracts of a document that share no lines and have all of them add up to it.
 *
 * @param quantities sums of line quantities, by name; not money
 */
public record Extract(Head head, Selection selection, Figures figures, Map<String, BigDecimal> quantities) {

    public Extract {
        requireNonNull(head, "head");
        requireNonNull(selection, "selection");
        requireNonNull(figures, "figures");
        requireNonNull(quantities, "quantities");
    }

    /**
     * Folds the selected lines, in one pass. The figures' own selections are narrowed to this one, so they can be verified against all
     * lines of the document.
     *
     * @param counts which lines' quantities are added up under which name
     * @param lines at least all selected lines of the document; others are left out
     * @throws IllegalArgumentException if a selected line has an amount of another currency than the document
     */
    public static Extract of(
            Head head,
            Selection selection,
            Seq<Figures.Fold> folds,
            Map<String, Selection> counts,
            Iterable<LineItem> lines) {
        Figures.Folding folding = new Figures.Folding(
                folds.map(fold -> new Figures.Fold(fold.key(), fold.lines().and(selection))), head.currency());
        Map<String, BigDecimal> quantities = counts.mapValues(counted -> BigDecimal.ZERO);
        for (LineItem line : lines) {
            if (selection.includes(line)) {
                folding.add(line);
                quantities = quantities.map((name, sum) -> new Tuple2<>(
                        name,
                        counts.get(name).exists(counted -> counted.includes(line)) ? sum.add(line.quantity()) : sum));
            }
        }
        return new Extract(head, selection, folding.figures(), quantities);
    }
}
