package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.TextOrder;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.Comparator;

/**
 * The order of lines on a document: by the names of some places, in the order of Unicode code points. Lines of the same places keep
 * the order in which they were recorded.
 */
public record LineOrder(Seq<Dimension> by) {

    /** As recorded. */
    public static final LineOrder AS_RECORDED = new LineOrder(Array.empty());

    public LineOrder {
        requireNonNull(by, "by");
    }

    public static LineOrder by(Dimension... dimensions) {
        return new LineOrder(Array.of(dimensions));
    }

    /** The lines in this order, with positions from 0. */
    public Seq<LineItem> arrange(Seq<LineItem> lines) {
        return by.map(LineOrder::byName)
                .reduceOption(Comparator::thenComparing)
                .map(lines::sorted)
                .getOrElse(lines)
                .zipWithIndex(LineItem::at);
    }

    private static Comparator<LineItem> byName(Dimension dimension) {
        return Comparator.comparing(line -> name(line, dimension), TextOrder.CODE_POINTS);
    }

    private static String name(LineItem line, Dimension dimension) {
        return line.places().get(dimension).map(Ref::name).getOrElse("");
    }
}
