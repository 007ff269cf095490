package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import io.vavr.control.Option;

/**
 * Whose months are meant: an account's, or the part of them that belongs to one place.
 *
 * @param place only what belongs here; none for all of the account
 */
public record Scope(AccountId account, Option<Selection.At> place) {

    public Scope {
        requireNonNull(account, "account");
        requireNonNull(place, "place");
    }

    public static Scope of(AccountId account) {
        return new Scope(account, Option.none());
    }

    public static Scope of(AccountId account, Dimension dimension, Ref place) {
        return new Scope(account, Option.some(new Selection.At(dimension, place.id())));
    }

    Selection lines() {
        return place.map(Selection::of).getOrElse(Selection.ALL);
    }
}
