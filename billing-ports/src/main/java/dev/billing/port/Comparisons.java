package dev.billing.port;

import dev.billing.domain.invoice.Head;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.function.Function;

/** Comparisons of what may be missing: that comes first. */
final class Comparisons {

    private Comparisons() {}

    static <S, T> Comparator<S> by(Function<S, Option<T>> value, Comparator<T> comparator) {
        return Comparator.comparing(found -> value.apply(found).getOrNull(), Comparator.nullsFirst(comparator));
    }

    static <T> Comparator<Stored> byHead(Function<Head, Option<T>> value, Comparator<T> comparator) {
        return by(stored -> value.apply(stored.invoice().head()), comparator);
    }

    static <T extends Comparable<? super T>> Comparator<Stored> byHead(Function<Head, Option<T>> value) {
        return byHead(value, Comparator.naturalOrder());
    }
}
