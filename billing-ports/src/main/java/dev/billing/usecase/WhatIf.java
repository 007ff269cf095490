package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.YearMonth;
import java.util.concurrent.Executor;

/** Shows what the facts of a month would come to under other prices or policies. Stores nothing. */
public final class WhatIf {

    private final Ports ports;
    private final Profile profile;

    public WhatIf(Ports ports, Profile profile) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
    }

    /**
     * Rates a month twice, as it is and as it would be. Accounts that the access does not see are left out.
     *
     * @param month in the calendar of the profile in force; the scenario's own calendar is not asked
     * @param asOf the instant at which both are seen
     * @param executor rates one account in each task, while the caller waits: not one whose threads all wait like this. The result does
     *     not depend on it
     */
    public Either<WhatIfRefused, Comparison> compare(
            Access access,
            Seq<AccountId> accounts,
            YearMonth month,
            Instant asOf,
            Scenario scenario,
            Executor executor) {
        return refusal(scenario)
                .map(Either::<WhatIfRefused, Comparison>left)
                .getOrElse(() -> Either.right(new Comparison(
                        profile.currency(),
                        Parallel.map(
                                        accounts.distinct().filter(access::sees),
                                        account -> lines(
                                                access,
                                                account,
                                                profile.calendar().period(month),
                                                asOf,
                                                scenario),
                                        executor)
                                .flatMap(lines -> lines))));
    }

    private Option<WhatIfRefused> refusal(Scenario scenario) {
        return Array.of(
                        scenario.prices().map(PriceBook::currency),
                        scenario.profile().map(Profile::currency))
                .flatMap(currency -> currency)
                .find(currency -> !currency.equals(profile.currency()))
                .map(currency -> new WhatIfRefused.OtherCurrency(currency, profile.currency()));
    }

    private Seq<Comparison.Line> lines(
            Access access, AccountId account, Period period, Instant asOf, Scenario scenario) {
        Map<LineId, LineItem> now = byId(access, account, period, asOf, Scenario.ACTUAL);
        Map<LineId, LineItem> then = byId(access, account, period, asOf, scenario);
        Set<LineId> ids = LinkedHashSet.ofAll(now.keysIterator()).addAll(then.keysIterator());
        return ids.toArray().map(id -> new Comparison.Line(account, id, now.get(id), then.get(id)));
    }

    private Map<LineId, LineItem> byId(
            Access access, AccountId account, Period period, Instant asOf, Scenario scenario) {
        return MonthRating.of(ports, profile, access, account, period, asOf, scenario)
                .document()
                .lines()
                .toLinkedMap(LineItem::id, line -> line);
    }
}
