package dev.billing.jdbc;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Rows that are read some at a time, each time from after the last one. So no database and no driver holds all of them. */
abstract class Chunks<T> implements Iterator<T> {

    static final int SIZE = 1_000;

    private Iterator<T> current = Collections.emptyIterator();
    private Option<T> last = Option.none();
    private boolean ended;

    /** Reads the first {@code size} rows, or those after the last one; fewer at the end. */
    abstract Seq<T> read(Option<T> after, int size) throws SQLException;

    @Override
    public final boolean hasNext() {
        if (!current.hasNext() && !ended) {
            readOn();
        }
        return current.hasNext();
    }

    @Override
    public final T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }

    private void readOn() {
        try {
            Seq<T> chunk = read(last, SIZE);
            ended = chunk.size() < SIZE;
            last = chunk.lastOption();
            current = chunk.iterator();
        } catch (SQLException e) {
            throw Failures.of("read on", e);
        }
    }
}
