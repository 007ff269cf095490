package dev.billing.domain.usage;

import dev.billing.domain.AccountId;
import java.time.Instant;

/** Something that happened and may be billed. Facts are kept as they were reported; a document computes from them. */
public sealed interface Fact permits UsageRecord, Lifetime, Ending {

    /** Makes recording idempotent. */
    FactId id();

    AccountId account();

    /** When we learned of it. A fact is late for a document that was issued before. */
    Instant recordedAt();

    /** The same fact, learned at another instant. */
    Fact recordedAt(Instant instant);

    /** Whether both report the same thing, whenever they were learned. */
    default boolean saysTheSameAs(Fact other) {
        return equals(other.recordedAt(recordedAt()));
    }
}
