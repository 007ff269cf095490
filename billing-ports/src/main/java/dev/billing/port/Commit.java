package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;

/**
 * A change as a value: writes that are applied all or not at all, once for the key.
 *
 * @param content what the command asks for, in words or as a digest. The same key with the same content is the same command, even if
 *     what was computed for it differs because facts have come in; with other content it is refused
 * @param events what it makes happen, in order
 */
public record Commit(CommandKey key, String content, Seq<Write> writes, Seq<Event> events) {

    public Commit {
        requireNonNull(key, "key");
        Checks.requireText(content, "Command content");
        requireNonNull(writes, "writes");
        requireNonNull(events, "events");
    }

    /** A change that nobody is told of. */
    public Commit(CommandKey key, String content, Seq<Write> writes) {
        this(key, content, writes, Array.empty());
    }

    public static Commit of(CommandKey key, String content, Write... writes) {
        return new Commit(key, content, Array.of(writes));
    }
}
