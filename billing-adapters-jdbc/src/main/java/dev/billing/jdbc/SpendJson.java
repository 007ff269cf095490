package dev.billing.jdbc;

import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.SpendNotation;
import io.vavr.control.Option;

/** The minimums and maximums of a price book. */
final class SpendJson {

    private static final SpendNotation SPEND = SpendNotation.naming(Currencies::code, Currencies::of);
    private static final String MINIMUMS = "minimums";
    private static final String MAXIMUMS = "maximums";

    private SpendJson() {}

    /** None if there are none. */
    static Option<String> write(PriceBook book) {
        return Option.when(
                book.commitments().nonEmpty() || book.limits().nonEmpty(),
                () -> Json.object(json -> {
                    Json.notation(json, MINIMUMS, Notation.of(book.commitments().map(SPEND::write)));
                    Json.notation(json, MAXIMUMS, Notation.of(book.limits().map(SPEND::write)));
                }));
    }

    /** The book, with its minimums and maximums. */
    static PriceBook read(String text, PriceBook book) {
        return Json.kept(NotationReader.read(
                Json.parse(text).notation(),
                in -> Option.some(book.with(in.list(MINIMUMS, SPEND::minimum), in.list(MAXIMUMS, SPEND::maximum)))));
    }
}
