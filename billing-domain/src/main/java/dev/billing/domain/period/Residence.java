package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.ZoneId;

/** The zones that a customer lives in, one after the other. */
public record Residence(ZoneId first, Seq<Move> moves) {

    /** From an instant on, the customer's days are those of another zone. */
    public record Move(Instant at, ZoneId to) {
        public Move {
            requireNonNull(at, "at");
            requireNonNull(to, "to");
        }
    }

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if a move is not after the one before it
     */
    public Residence {
        requireNonNull(first, "first");
        if (!moves.zip(moves.drop(1)).forAll(pair -> pair._1.at().isBefore(pair._2.at()))) {
            throw new IllegalArgumentException("Moves must follow each other in time, but were " + moves);
        }
    }

    public static Residence in(ZoneId zone) {
        return new Residence(zone, Array.empty());
    }

    /** The same, with one more move. */
    public Residence movedTo(ZoneId zone, Instant at) {
        return new Residence(first, moves.append(new Move(at, zone)));
    }

    /** The zone at an instant. */
    public ZoneId at(Instant instant) {
        return moves.findLast(move -> !move.at().isAfter(instant)).map(Move::to).getOrElse(first);
    }

    /**
     * The billing periods of what is billed by a recurrence from an instant on.
     *
     * @param recurrence in the zone of that instant
     */
    public Schedule schedule(Recurrence recurrence, Instant since) {
        return moves.dropWhile(move -> !move.at().isAfter(since))
                .foldLeft(Schedule.of(recurrence), (schedule, move) -> schedule.movedTo(move.to(), move.at()));
    }
}
