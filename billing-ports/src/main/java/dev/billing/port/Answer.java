package dev.billing.port;

import static java.util.Objects.requireNonNull;

/** What a command was and what came of it. */
public record Answer(String content, Receipt receipt) {
    public Answer {
        requireNonNull(content, "content");
        requireNonNull(receipt, "receipt");
    }
}
