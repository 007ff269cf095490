package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;

/** Where a line comes from. */
public sealed interface Origin {

    /** We computed it, and can say how. */
    record Rated(Derivation why) implements Origin {
        public Rated {
            requireNonNull(why, "why");
        }
    }

    /**
     * Somebody else did; amounts are kept as received and never recomputed.
     *
     * @param externalId its identity where it comes from
     * @param text what else came with it, by name
     * @param raw the source's own record, unread
     */
    record Provided(String externalId, Map<String, String> text, Option<String> raw) implements Origin {
        public Provided {
            requireNonNull(externalId, "externalId");
            requireNonNull(text, "text");
            requireNonNull(raw, "raw");
        }

        public static Provided of(String externalId) {
            return new Provided(externalId, HashMap.empty(), Option.none());
        }
    }
}
