package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.YearMonth;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.money.CurrencyUnit;

/** Shows what the facts of a month would come to under other prices, policies or terms. Stores nothing. */
public final class WhatIf {

    private final Ports ports;
    private final Profile profile;

    public WhatIf(Ports ports, Profile profile) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
    }

    /**
     * Rates a month twice, as it is and as it would be, for accounts without terms, as
     * {@link #compare(Access, Seq, YearMonth, Instant, Function, Scenario, Executor)} does.
     */
    public Either<WhatIfRefused, Comparison> compare(
            Access access,
            Seq<AccountId> accounts,
            YearMonth month,
            Instant asOf,
            Scenario scenario,
            Executor executor) {
        return compare(access, accounts, month, asOf, account -> Terms.NONE, scenario, executor);
    }

    /**
     * Rates a month twice, as it is and as it would be: each as {@link PreviewMonth} shows it, with discounts, the minimums and maximums of
     * terms and price book, taxes, and the prepaid credit that the terms name. Accounts that the access does not see are left out.
     *
     * @param month in each account's own calendar, else that of the profile in force; the scenario's own calendar is not asked
     * @param asOf the instant at which both are seen
     * @param terms of each account as they are; the scenario may have others. Where the ports have an engine for taxes, it computes those of
     *     both sides, and neither terms may have tax rates
     * @param executor rates one account in each task, while the caller waits: not one whose threads all wait like this. The result does
     *     not depend on it
     */
    public Either<WhatIfRefused, Comparison> compare(
            Access access,
            Seq<AccountId> accounts,
            YearMonth month,
            Instant asOf,
            Function<AccountId, Terms> terms,
            Scenario scenario,
            Executor executor) {
        return refusal(scenario)
                .map(Either::<WhatIfRefused, Comparison>left)
                .getOrElse(() -> Either.sequenceRight(Parallel.map(
                                accounts.distinct().filter(access::sees),
                                account -> month(access, account, month, asOf)
                                        .flatMap(both -> both.lines(terms, scenario)),
                                executor))
                        .map(found -> new Comparison(profile.currency(), found.flatMap(lines -> lines))));
    }

    private Option<WhatIfRefused> refusal(Scenario scenario) {
        return Array.of(
                        scenario.prices().map(PriceBook::currency),
                        scenario.profile().map(Profile::currency))
                .flatMap(currency -> currency)
                .find(currency -> !currency.equals(profile.currency()))
                .map(currency -> new WhatIfRefused.OtherCurrency(currency, profile.currency()));
    }

    private Either<WhatIfRefused, AccountMonth> month(Access access, AccountId account, YearMonth month, Instant asOf) {
        Option<AccountDetails> details = ports.accounts().details(access, account);
        Profile local = MonthParties.profile(profile, details);
        CurrencyUnit currency = local.currency();
        return currency.equals(profile.currency())
                ? Either.right(new AccountMonth(
                        ports, access, account, details, local, local.calendar().period(month), asOf))
                : Either.left(new WhatIfRefused.AccountInOtherCurrency(account, currency, profile.currency()));
    }

    /** What is the same now and then. */
    private record AccountMonth(
            Ports ports,
            Access access,
            AccountId account,
            Option<AccountDetails> details,
            Profile actual,
            Period period,
            Instant asOf) {

        Either<WhatIfRefused, Seq<Comparison.Line>> lines(Function<AccountId, Terms> terms, Scenario scenario) {
            return sides(Scenario.under(terms))
                    .flatMap(now -> sides(scenario.under(details, terms)).map(then -> lines(now, then)))
                    .mapLeft(why -> new WhatIfRefused.NotSettled(account, why));
        }

        private Seq<Comparison.Line> lines(Map<LineId, Comparison.Side> now, Map<LineId, Comparison.Side> then) {
            Set<LineId> ids = LinkedHashSet.ofAll(now.keysIterator()).addAll(then.keysIterator());
            return ids.toArray().map(id -> new Comparison.Line(account, id, now.get(id), then.get(id)));
        }

        private Either<BillingError, Map<LineId, Comparison.Side>> sides(Scenario scenario) {
            MonthRating rated = MonthRating.of(ports, actual, access, account, period, asOf, scenario);
            return new Taxing(access.tenant(), ports.taxes())
                    .settle(rated, scenario.termsOf(account), details.flatMap(AccountDetails::addressee))
                    .map(this::sides);
        }

        private Map<LineId, Comparison.Side> sides(Settlement settlement) {
            Money nothing = Money.zero(actual.currency());
            Map<LineId, Money> credit = settlement
                    .credits()
                    .foldLeft(HashMap.empty(), (all, use) -> all.put(use.line(), use.amount(), Money::plus));
            return settlement
                    .lines()
                    .toLinkedMap(
                            LineItem::id,
                            line -> new Comparison.Side(
                                    line, credit.get(line.id()).getOrElse(nothing)));
        }
    }
}
