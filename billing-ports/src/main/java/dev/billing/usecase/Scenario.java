package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.usage.Lifetime;
import io.vavr.control.Option;
import java.util.function.Function;

/**
 * Other prices, other policies or other terms, for facts that stay as they are.
 *
 * @param prices a book that holds instead of all others; none to leave prices as they are. Usage that it does not price costs nothing;
 *     what is there for a while and is not in it stays at the price that was agreed
 * @param profile policies instead of those in force; none to leave them as they are
 * @param terms discounts, minimums, maximums, taxes and prepaid credit of each account, instead of those that hold; none to leave them as
 *     they are
 */
public record Scenario(Option<PriceBook> prices, Option<Profile> profile, Option<Function<AccountId, Terms>> terms) {

    /** Everything as it is. */
    static final Scenario ACTUAL = new Scenario(Option.none(), Option.none(), Option.none());

    public Scenario {
        requireNonNull(prices, "prices");
        requireNonNull(profile, "profile");
        requireNonNull(terms, "terms");
    }

    /** A scenario in which all accounts have the terms that they have. */
    public Scenario(Option<PriceBook> prices, Option<Profile> profile) {
        this(prices, profile, Option.none());
    }

    public static Scenario pricedBy(PriceBook book) {
        return new Scenario(Option.some(book), Option.none());
    }

    public static Scenario under(Profile profile) {
        return new Scenario(Option.none(), Option.some(profile));
    }

    /** The same prices and policies, under these terms of each account. */
    public static Scenario under(Function<AccountId, Terms> terms) {
        return new Scenario(Option.none(), Option.none(), Option.some(terms));
    }

    /** The same prices, under these policies. */
    public Scenario and(Profile other) {
        return new Scenario(prices, Option.some(other), terms);
    }

    /** The same, under these terms of each account. */
    public Scenario and(Function<AccountId, Terms> other) {
        return new Scenario(prices, profile, Option.some(other));
    }

    /** For one account: with policies in its own calendar, and these terms where there are no others. */
    Scenario under(Option<AccountDetails> details, Function<AccountId, Terms> actual) {
        return new Scenario(
                prices, profile.map(other -> MonthParties.profile(other, details)), terms.orElse(Option.some(actual)));
    }

    Terms termsOf(AccountId account) {
        return terms.map(own -> own.apply(account)).getOrElse(Terms.NONE);
    }

    PriceHistory prices(PriceHistory actual) {
        return prices.map(PriceHistory::of).getOrElse(actual);
    }

    Lifetime repriced(Lifetime lifetime) {
        return prices.flatMap(book -> book.rate(lifetime.rate().sku()).toOption())
                .map(rate -> repriced(lifetime, rate))
                .getOrElse(lifetime);
    }

    private static Lifetime repriced(Lifetime lifetime, Rate rate) {
        return new Lifetime(
                lifetime.id(),
                lifetime.account(),
                rate,
                lifetime.quantity(),
                lifetime.description(),
                lifetime.places(),
                lifetime.existence(),
                lifetime.recordedAt());
    }
}
