package dev.billing.domain.pricing;

import dev.billing.domain.internal.Checks;

/** Names one version of a price book: {@code main@3}. */
public record PriceBookVersion(String book, int version) {

    /**
     * @throws IllegalArgumentException if the name is blank or holds an {@code @}, or the version is not 1 or more
     */
    public PriceBookVersion {
        Checks.requireId(book, "Price book name");
        if (book.indexOf('@') >= 0 || version < 1) {
            throw new IllegalArgumentException(
                    "A price book version must be a name without @ and a number from 1, but was " + book + "@"
                            + version);
        }
    }

    /** Reads exactly what {@link #toString} writes: {@code main@3}. */
    public static PriceBookVersion parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException(
                    "A price book version must be written like 'main@3', but was '" + text + "'");
        }
        return new PriceBookVersion(text.substring(0, at), Integer.parseInt(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return book + "@" + version;
    }
}
