package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.TaxCalculator;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * An account's month, with the lines of those it pays for, settled under terms.
 *
 * @param profile with the account's own currency and calendar
 */
record RatedMonth(Profile profile, Settlement settlement) {

    RatedMonth {
        requireNonNull(profile, "profile");
        requireNonNull(settlement, "settlement");
    }

    /** What is known of the facts at an instant: of each account those of the time that the document bills it for. */
    static MonthRating rate(
            Planning planning,
            Profile profile,
            AccountId account,
            Seq<AccountId> members,
            Period period,
            Instant asOf) {
        Access access = Access.toAll(planning.access().tenant());
        MonthsBilled billed = MonthsBilled.in(planning);
        MonthRating own =
                rate(planning, profile, access, account, billed.timeOf(account, account, period, planning.now()), asOf);
        return new MonthRating(profile, account, period, asOf, own.lines(), own.book(), own.since())
                .and(members.map(member -> rate(
                        planning,
                        profile,
                        access,
                        member,
                        billed.timeOf(member, account, period, planning.now()),
                        asOf)));
    }

    private static MonthRating rate(
            Planning planning, Profile profile, Access access, AccountId account, Period time, Instant asOf) {
        return MonthRating.of(planning.ports(), profile, access, account, time, asOf, Scenario.ACTUAL);
    }

    /**
     * With the taxes of the engine that the ports have, or else of the terms.
     *
     * @param customer who the document is addressed to
     */
    static Either<BillingError, RatedMonth> of(
            Planning planning, MonthRating rated, Terms terms, Option<Customer> customer) {
        Option<TaxCalculator> engine = planning.ports().taxes();
        return engine.isDefined() && !new DraftFigures(rated.profile()).settles()
                ? Either.left(new MonthRefused.TermsNotShown(
                        rated.account(), rated.profile().name()))
                : new Taxing(planning.access().tenant(), engine)
                        .settle(rated, terms, customer)
                        .map(settlement -> new RatedMonth(rated.profile(), settlement));
    }

    /**
     * Terms with the credit that an account has, as far as it can be used; of a grant that both name, the account knows what is left, also
     * if that is nothing.
     */
    static Terms with(Terms terms, Seq<CreditGrant> grants, Predicate<CreditGrant> usable) {
        return terms.grants(grants.appendAll(terms.grants())
                .distinctBy(CreditGrant::id)
                .filter(usable)
                .toJavaArray(CreditGrant[]::new));
    }

    Seq<LineItem> lines() {
        return settlement.lines();
    }

    /** The figures of a document that has other lines too. Those count as they are: no terms hold for them. */
    Figures figures(Seq<LineItem> added) {
        DraftFigures drafts = new DraftFigures(profile);
        Figures folded = Figures.fold(profile.figures(), lines(), profile.currency());
        Figures own = drafts.settles() ? folded.and(settlement.figures()) : folded;
        return added.isEmpty() ? own : drafts.with(own, added, profile.currency());
    }
}
