package dev.billing.port;

import dev.billing.domain.internal.Checks;

/** Names a command, so that it takes effect once however often it is sent. */
public record CommandKey(String value) {

    /**
     * @throws IllegalArgumentException if the value is blank, longer than 500 characters or holds a control character
     */
    public CommandKey {
        Checks.requireId(value, 500, "Command key");
    }

    @Override
    public String toString() {
        return value;
    }
}
