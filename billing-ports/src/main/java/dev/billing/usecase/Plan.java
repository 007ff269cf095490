package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.port.Event;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;

/**
 * What a command does, before it is done.
 *
 * @param writes what is stored
 * @param events what is told of it; numbers of documents are not known before they are given
 */
public record Plan(Seq<Write> writes, Seq<Event> events) {

    /** Nothing is to be done. */
    public static final Plan NOTHING = new Plan(Array.empty(), Array.empty());

    public Plan {
        requireNonNull(writes, "writes");
        requireNonNull(events, "events");
    }

    static Plan of(Write write, Event... events) {
        return new Plan(Array.of(write), Array.of(events));
    }

    /** This, and then the other. */
    Plan and(Plan other) {
        return new Plan(writes.appendAll(other.writes), events.appendAll(other.events));
    }
}
