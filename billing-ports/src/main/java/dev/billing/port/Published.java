package dev.billing.port;

import static java.util.Objects.requireNonNull;

/**
 * An event as it was stored.
 *
 * @param number 1, 2, 3, … within its account: tells its place, and whether it was seen before
 */
public record Published(Event event, long number) {
    public Published {
        requireNonNull(event, "event");
    }
}
