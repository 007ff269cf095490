package dev.billing.port;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;

/**
 * A part of a result.
 *
 * @param total how many there are in all
 */
public record Page<T>(Seq<T> rows, long total) {

    public Page {
        requireNonNull(rows, "rows");
    }
}
