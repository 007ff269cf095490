package dev.billing.domain.notation;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;

/**
 * Something in writing that cannot be read.
 *
 * @param path where it is, such as {@code products[3].price.graduated.tiers[1].upTo}; empty for all of it
 * @param rule what it breaks, in one sentence
 * @param value what it says; empty where that says nothing
 */
public record NotationProblem(String path, String rule, String value) implements BillingError {

    private static final int SHOWN = 100;

    public NotationProblem {
        requireNonNull(path, "path");
        requireNonNull(rule, "rule");
        requireNonNull(value, "value");
    }

    @Override
    public String message() {
        String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
        return (path.isEmpty() ? "" : path + ": ") + rule + (value.isEmpty() ? "" : " [" + shown + "]");
    }
}
