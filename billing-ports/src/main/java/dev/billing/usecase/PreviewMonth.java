package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.Ports;
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
     * The document of an account's month, before any terms and taxes.
     *
     * @param month in the account's own calendar
     * @param asOf the instant at which it is seen: nothing after it has happened yet
     * @return none if the access does not see the account
     */
    public Option<MonthDocument> preview(Access access, AccountId account, YearMonth month, Instant asOf) {
        return rated(access, account, ports.accounts().details(access, account), month, asOf)
                .map(MonthRating::document);
    }

    /**
     * The document of an account's month under commercial terms: with discounts, minimums, maximums, taxes and prepaid credit. Those of the
     * price book hold too. It has the lines of the account alone, and the credit that the terms name: what its bill would be with the lines
     * of those it pays for and all credit that it was granted, {@link Commands#preview} tells.
     *
     * @param terms without tax rates where the ports have an engine for taxes
     * @return why it cannot be computed: the access does not see the account, a price is in another currency than the account is billed in,
     *     or there are no taxes ({@link dev.billing.port.TaxRefused})
     */
    public Either<BillingError, SettledMonth> preview(
            Access access, AccountId account, YearMonth month, Instant asOf, Terms terms) {
        Option<AccountDetails> details = ports.accounts().details(access, account);
        return rated(access, account, details, month, asOf)
                .<Either<BillingError, MonthRating>>map(Either::right)
                .getOrElse(() -> Either.left(new CommandRefused.NoAccess(account)))
                .flatMap(rated -> new Taxing(access.tenant(), ports.taxes())
                        .settle(rated, terms, details.flatMap(AccountDetails::addressee))
                        .map(settlement -> SettledMonth.of(rated, settlement)));
    }

    private Option<MonthRating> rated(
            Access access, AccountId account, Option<AccountDetails> details, YearMonth month, Instant asOf) {
        Profile local = MonthParties.profile(profile, details);
        return Option.when(
                access.sees(account),
                () -> MonthRating.of(
                        ports, local, access, account, local.calendar().period(month), asOf, Scenario.ACTUAL));
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
