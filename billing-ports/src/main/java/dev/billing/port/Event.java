package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Checks;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that happened, for whoever wants to know. It is stored in the same step as what it tells of.
 *
 * @param type such as {@code invoice.finalised}
 * @param account whose events it is in order with
 * @param subject what it happened to, such as the id of a document
 * @param data what else there is to tell, by names
 */
public record Event(String type, AccountId account, String subject, Instant at, Map<String, String> data) {

    /** The name under which the store tells the number that the subject got in the same step. */
    public static final String NUMBER = "number";

    /** Keeps {@code at} in milliseconds. */
    public Event {
        Checks.requireId(type, "Event type");
        requireNonNull(account, "account");
        Checks.requireId(subject, 500, "Event subject");
        at = at.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(data, "data");
    }

    /** An event with nothing more to tell. */
    public static Event of(String type, AccountId account, String subject, Instant at) {
        return new Event(type, account, subject, at, HashMap.empty());
    }

    /** The same with one more thing to tell. */
    public Event with(String name, Object value) {
        return new Event(type, account, subject, at, data.put(name, value.toString()));
    }
}
