package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;

/**
 * What else a document says about what it bills, under a name that its profile gives: the state of a machine, the creation of a shop. It
 * has a type, so that documents can be found and sorted by it.
 */
public sealed interface Attribute {

    /** A text for people or machines; may be empty. */
    record Text(String value) implements Attribute {
        /** At most 100,000 characters, and of control characters only line breaks and tabs. */
        public Text {
            Checks.requireLines(value, 100_000, "Attribute");
        }
    }

    /** An exact number. */
    @SuppressWarnings("JavaLangClash")
    record Number(BigDecimal value) implements Attribute {
        /** Keeps the number without trailing zeros. */
        public Number {
            value = Decimals.canonical(value);
        }
    }

    /** An instant. */
    record Instant(java.time.Instant value) implements Attribute {
        /** Keeps the instant in milliseconds. */
        public Instant {
            value = value.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** Yes or no. */
    record Flag(boolean value) implements Attribute {}

    static Attribute of(String value) {
        return new Text(value);
    }

    static Attribute of(BigDecimal value) {
        return new Number(value);
    }

    static Attribute of(long value) {
        return new Number(BigDecimal.valueOf(value));
    }

    static Attribute of(java.time.Instant value) {
        return new Instant(value);
    }

    static Attribute of(boolean value) {
        return new Flag(value);
    }
}
