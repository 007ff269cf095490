package dev.billing.http.akkeris;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;

/**
 * How the Akkeris wire looks. None of it changes what is billed.
 *
 * @param basePath where the routes begin; empty by default
 * @param account whose months are served
 * @param stateInProgress the {@code state} of a month in progress: 1 as in Akkeris' document, 2 as its public controller sends and its UI
 *     expects. A closed month is always 1
 * @param doubleSums adds the totals as binary doubles in item order and prints all their digits, as Akkeris' document shows them;
 *     otherwise totals are exact
 */
public record AkkerisOptions(String basePath, AccountId account, int stateInProgress, boolean doubleSums) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the state is neither 1 nor 2
     */
    public AkkerisOptions {
        requireNonNull(basePath, "basePath");
        requireNonNull(account, "account");
        if (stateInProgress != 1 && stateInProgress != 2) {
            throw new IllegalArgumentException(
                    "The state of a month in progress must be 1 or 2, but was " + stateInProgress);
        }
    }

    /** As in Akkeris' document. */
    public static AkkerisOptions of(AccountId account) {
        return new AkkerisOptions("", account, 1, false);
    }

    /** As the public controller has it. */
    public static AkkerisOptions upstream(AccountId account) {
        return of(account).withStateInProgress(2);
    }

    public AkkerisOptions withBasePath(String path) {
        return new AkkerisOptions(path, account, stateInProgress, doubleSums);
    }

    public AkkerisOptions withStateInProgress(int state) {
        return new AkkerisOptions(basePath, account, state, doubleSums);
    }

    public AkkerisOptions withDoubleSums(boolean on) {
        return new AkkerisOptions(basePath, account, stateInProgress, on);
    }
}
