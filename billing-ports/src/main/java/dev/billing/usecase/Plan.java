package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.port.Event;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;

/**
 * What a command does, before it is done. Plans that do the same are equal, and running a command stores and tells what its preview says, if
 * nothing that it is planned from has changed by then.
 * <p>
 * A document's number is not part of it: a series without gaps gives the next number to whoever is final next, which nobody can promise in
 * advance. Nor is the seal, which the store computes from what it has kept. The instant of a plan is that of planning it.
 *
 * @param writes what is stored, in order; first come those that change nothing, and are refused if somebody else changes what was read
 * @param events what is told of it, in order, without the numbers that the store adds to them
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
