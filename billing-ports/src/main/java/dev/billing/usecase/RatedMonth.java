package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;

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

    /** What is known of the facts at an instant. */
    static MonthRating rate(
            Planning planning,
            Profile profile,
            AccountId account,
            Seq<AccountId> members,
            Period period,
            Instant asOf) {
        Access access = Access.toAll(planning.access().tenant());
        return rate(planning, profile, access, account, period, asOf)
                .and(members.map(member -> rate(planning, profile, access, member, period, asOf)));
    }

    private static MonthRating rate(
            Planning planning, Profile profile, Access access, AccountId account, Period period, Instant asOf) {
        return MonthRating.of(planning.ports(), profile, access, account, period, asOf, Scenario.ACTUAL);
    }

    /** A price in another currency than the profile's, if there is one. */
    static Option<CurrencyUnit> otherCurrency(MonthRating rated) {
        return rated.lines()
                .flatMap(LineItem::net)
                .map(Money::currency)
                .find(currency -> !currency.equals(rated.profile().currency()));
    }

    static RatedMonth of(MonthRating rated, Terms terms) {
        return new RatedMonth(rated.profile(), rated.settle(terms));
    }

    /** Terms with the credit that an account has; of a grant that both name, the account knows what is left. */
    static Terms with(Terms terms, Seq<CreditGrant> grants) {
        return terms.grants(
                grants.appendAll(terms.grants()).distinctBy(CreditGrant::id).toJavaArray(CreditGrant[]::new));
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
