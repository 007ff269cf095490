package dev.billing.http;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The nonces that are given out, and how often each of them was used. Safe for use by many threads. They live in one process: several
 * processes behind one address need a balancer that sends a client to the same one.
 */
final class Nonces {

    static final int MOST = 10_000;
    static final Duration LIFE = Duration.ofSeconds(60);
    static final int LAST_COUNT = 0x400;

    private final Clock clock;
    private final Supplier<String> source;

    /** In the order in which they were given out. */
    private final Map<String, Use> uses = new LinkedHashMap<>();

    private record Use(Instant issuedAt, long count) {}

    Nonces(Clock clock, Supplier<String> source) {
        this.clock = requireNonNull(clock, "clock");
        this.source = requireNonNull(source, "source");
    }

    /** A fresh nonce; beyond {@link #MOST} the oldest is forgotten. */
    String issue() {
        String nonce = source.get();
        Instant now = clock.instant();
        synchronized (uses) {
            uses.put(nonce, new Use(now, 0));
            if (uses.size() > MOST) {
                uses.remove(uses.keySet().iterator().next());
            }
        }
        return nonce;
    }

    /** Whether it is ours, young enough, and was never used with this count or a higher one; if so, now it was. */
    boolean use(String nonce, long count) {
        Instant now = clock.instant();
        synchronized (uses) {
            Option<Use> fresh = Option.of(uses.get(nonce))
                    .filter(last -> !now.isAfter(last.issuedAt().plus(LIFE)))
                    .filter(last -> count > last.count() && count <= LAST_COUNT);
            fresh.forEach(last -> uses.put(nonce, new Use(last.issuedAt(), count)));
            return fresh.isDefined();
        }
    }
}
