package dev.billing.http.morpheus;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.function.Function;

/** Reads {@code sort} and {@code direction}: terms parted by commas, each a property that may name its own direction. */
final class Sorting {

    private Sorting() {}

    /**
     * A term.
     *
     * @param <K> what sorts
     */
    record Term<K>(K key, boolean descending) {}

    /**
     * The terms that are asked for; by default {@code startDate}, the latest first.
     *
     * @param keys what a property sorts by
     */
    static <K> Seq<Term<K>> read(QueryReader reader, Problems problems, Function<String, Option<K>> keys) {
        Option<Boolean> direction = reader.single("direction").flatMap(text -> descending("direction", text, problems));
        Option<String> sort = reader.single("sort");
        if (sort.isEmpty()) {
            return Array.of(new Term<>(keys.apply("startDate").get(), direction.getOrElse(true)));
        }
        return Array.of(sort.get().split(",", -1))
                .map(String::strip)
                .flatMap(term -> term(term, direction.getOrElse(false), problems, keys));
    }

    private static <K> Option<Term<K>> term(
            String term, boolean otherwise, Problems problems, Function<String, Option<K>> keys) {
        String[] words = term.split("\\s+", -1);
        Option<K> key = keys.apply(words[0]);
        if (key.isEmpty()) {
            problems.add("sort", "unknown property " + shortened(words[0]));
            return Option.none();
        }
        if (words.length > 2) {
            problems.add("sort", "must be asc or desc");
            return Option.none();
        }
        Option<Boolean> descending =
                words.length == 1 ? Option.some(otherwise) : descending("sort", words[1], problems);
        return descending.map(down -> new Term<>(key.get(), down));
    }

    private static String shortened(String property) {
        return property.length() > 100 ? property.substring(0, 100) : property;
    }

    private static Option<Boolean> descending(String name, String text, Problems problems) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "asc" -> Option.some(false);
            case "desc" -> Option.some(true);
            default -> {
                problems.add(name, "must be asc or desc");
                yield Option.none();
            }
        };
    }
}
