package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import dev.billing.port.TaxCalculator;
import dev.billing.port.TaxRefused;
import dev.billing.port.TenantId;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.YearMonth;
import java.util.concurrent.Executor;

/** Shows what a month would come to, from the facts that are known. Stores nothing. */
public final class PreviewMonth {

    private final Ports ports;
    private final Profile profile;

    public PreviewMonth(Ports ports, Profile profile) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
    }

    /**
     * The document of an account's month.
     *
     * @param asOf the instant at which it is seen: nothing after it has happened yet
     * @return none if the access does not see the account
     */
    public Option<MonthDocument> preview(Access access, AccountId account, YearMonth month, Instant asOf) {
        return rated(access, account, month, asOf).map(MonthRating::document);
    }

    /**
     * The document of an account's month under commercial terms: with discounts, minimums, maximums, taxes and prepaid credit. Those of the
     * price book hold too.
     *
     * @return none if the access does not see the account
     */
    public Option<SettledMonth> preview(Access access, AccountId account, YearMonth month, Instant asOf, Terms terms) {
        return rated(access, account, month, asOf).map(rated -> SettledMonth.of(rated, rated.settle(terms)));
    }

    /**
     * As {@link #preview(Access, AccountId, YearMonth, Instant, Terms)}, with the taxes of an engine in place of those of the terms.
     *
     * @return what the engine refuses; or none if the access does not see the account
     */
    public Either<TaxRefused, Option<SettledMonth>> preview(
            Access access, AccountId account, YearMonth month, Instant asOf, Terms terms, TaxCalculator taxes) {
        return rated(access, account, month, asOf)
                .map(rated -> settled(access.tenant(), rated, terms, taxes).map(Option::some))
                .getOrElse(() -> Either.right(Option.none()));
    }

    private static Either<TaxRefused, SettledMonth> settled(
            TenantId tenant, MonthRating rated, Terms terms, TaxCalculator taxes) {
        Settlement.Untaxed untaxed = rated.untaxed(terms);
        return taxes.taxes(
                        tenant,
                        new TaxCalculator.Question(
                                rated.account(),
                                Option.none(),
                                rated.profile().currency(),
                                rated.period().end().minusMillis(1),
                                untaxed.lines()))
                .map(levied -> SettledMonth.of(rated, untaxed.taxed(levied)));
    }

    private Option<MonthRating> rated(Access access, AccountId account, YearMonth month, Instant asOf) {
        return Option.when(
                access.sees(account),
                () -> MonthRating.of(
                        ports, profile, access, account, profile.calendar().period(month), asOf, Scenario.ACTUAL));
    }

    /**
     * The documents of several accounts' months, in the order of the accounts. Those that the access does not see are left out.
     *
     * @param executor computes one account in each task, while the caller waits: not one whose threads all wait like this. The documents
     *     do not depend on it
     */
    public Seq<MonthDocument> preview(
            Access access, Seq<AccountId> accounts, YearMonth month, Instant asOf, Executor executor) {
        return Parallel.map(accounts, account -> preview(access, account, month, asOf), executor)
                .flatMap(document -> document);
    }
}
