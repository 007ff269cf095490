package dev.billing.domain.pricing;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationProblem;
import dev.billing.domain.notation.NotationReader;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * Measures in writing: an object with one field, which names what was measured, such as {@code {"quantity": "12.5"}} or
 * {@code {"increment": {"billed": "10", "quantity": "2.5"}}}. Numbers have any number of digits.
 */
public final class MeasureNotation {

    private static final Map<String, NotationReader.Reading<Measure>> KINDS = LinkedHashMap.of(
            "quantity", in -> in.text(text -> Measure.of(new BigDecimal(text))),
            "increment", MeasureNotation::increment,
            "events", MeasureNotation::events,
            "several", MeasureNotation::several);

    private MeasureNotation() {}

    /** A measure in writing. */
    public static Notation.Fields write(Measure measure) {
        if (measure instanceof Measure.Increment more) {
            return Notation.fields()
                    .with(
                            "increment",
                            Notation.fields()
                                    .with("billed", text(more.billed()))
                                    .with("quantity", text(more.quantity())));
        }
        if (measure instanceof Measure.Events events) {
            return Notation.fields().with("events", write(events));
        }
        if (measure instanceof Measure.Several several) {
            return Notation.fields().with("several", write(several));
        }
        return Notation.fields().with("quantity", text(measure.quantity()));
    }

    private static Notation write(Measure.Events events) {
        return Notation.fields()
                .with("charged", text(events.charged()))
                .with("fees", Long.toString(events.fees()))
                .with("raised", Long.toString(events.raised()))
                .with("capped", Long.toString(events.capped()));
    }

    private static Notation write(Measure.Several several) {
        return several.byUnit()
                .toArray()
                .sortBy(Tuple2::_1)
                .foldLeft(Notation.fields(), (fields, unit) -> fields.with(unit._1, text(unit._2)));
    }

    private static String text(BigDecimal number) {
        return Decimals.toText(number);
    }

    /** The measure that is written, or all that is wrong with it. */
    public static Either<Seq<NotationProblem>, Measure> read(Notation written) {
        return NotationReader.read(written, MeasureNotation::read);
    }

    /** The measure that is written here. */
    public static Option<Measure> read(NotationReader in) {
        return in.oneOf(KINDS);
    }

    private static Option<Measure> increment(NotationReader in) {
        Option<BigDecimal> billed = in.value("billed", BigDecimal::new);
        Option<BigDecimal> quantity = in.value("quantity", BigDecimal::new);
        return in.make(() -> new Measure.Increment(billed.get(), quantity.get()));
    }

    private static Option<Measure> events(NotationReader in) {
        Option<BigDecimal> charged = in.value("charged", BigDecimal::new);
        Option<Long> fees = in.value("fees", Long::parseLong);
        Option<Long> raised = in.value("raised", Long::parseLong);
        Option<Long> capped = in.value("capped", Long::parseLong);
        return in.make(() -> new Measure.Events(charged.get(), fees.get(), raised.get(), capped.get()));
    }

    private static Option<Measure> several(NotationReader in) {
        Map<String, BigDecimal> byUnit = in.entries(unit -> unit.text(BigDecimal::new));
        return in.make(() -> new Measure.Several(byUnit));
    }
}
