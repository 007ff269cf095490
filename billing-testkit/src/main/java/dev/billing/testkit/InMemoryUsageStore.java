package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.TextOrder;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import dev.billing.domain.usage.Ending;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.FactQuery;
import dev.billing.port.FactsRefused;
import dev.billing.port.Recorded;
import dev.billing.port.TenantId;
import dev.billing.port.UsageStore;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.function.Function;

/** Facts in memory. */
public final class InMemoryUsageStore implements UsageStore {

    private static final Comparator<AccountId> BY_ID = Comparator.comparing(AccountId::value, TextOrder.CODE_POINTS);

    private final java.util.Map<TenantId, Map<FactId, Fact>> facts = new HashMap<>();

    @Override
    public synchronized Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> reported) {
        Map<FactId, Fact> known = of(tenant);
        Recorded recorded = Recorded.NOTHING;
        for (Fact fact : reported) {
            Option<Fact> same = known.get(fact.id());
            if (same.exists(old -> !old.saysTheSameAs(fact))) {
                return Either.left(new FactsRefused.IdReused(fact.id()));
            }
            recorded = recorded.plus(same.isDefined() ? new Recorded(0, 1) : new Recorded(1, 0));
            known = same.isDefined() ? known : known.put(fact.id(), fact);
        }
        Option<FactsRefused> refused = refusal(known, reported);
        if (refused.isDefined()) {
            return Either.left(refused.get());
        }
        facts.put(tenant, known);
        return Either.right(recorded);
    }

    private static Option<FactsRefused> refusal(Map<FactId, Fact> known, Seq<Fact> reported) {
        return reported.filter(Ending.class::isInstance)
                .map(Ending.class::cast)
                .flatMap(ending -> refusal(known, ending))
                .headOption();
    }

    private static Option<FactsRefused> refusal(Map<FactId, Fact> known, Ending ending) {
        Option<Lifetime> lifetime = known.get(ending.lifetime())
                .filter(Lifetime.class::isInstance)
                .map(Lifetime.class::cast)
                .filter(found -> found.account().equals(ending.account()));
        if (lifetime.isEmpty()) {
            return Option.some(new FactsRefused.UnknownLifetime(ending.id(), ending.lifetime()));
        }
        Instant from = lifetime.get().existence().from();
        return Option.when(
                ending.at().isBefore(from), () -> new FactsRefused.EndsBeforeItBegins(ending.id(), from, ending.at()));
    }

    @Override
    public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
        Seq<Fact> seen = seen(access, query);
        Map<FactId, Instant> ends = seen.filter(Ending.class::isInstance)
                .map(Ending.class::cast)
                .foldLeft(
                        LinkedHashMap.empty(),
                        (earliest, ending) -> earliest.put(
                                ending.lifetime(), ending.at(), (one, other) -> one.isBefore(other) ? one : other));
        return reader.apply(seen.filter(Lifetime.class::isInstance)
                .map(Lifetime.class::cast)
                .map(lifetime -> ends.get(lifetime.id()).map(lifetime::endedAt).getOrElse(lifetime))
                .filter(lifetime -> isThere(lifetime, query.period()) && isAt(lifetime.places(), query.at()))
                .iterator());
    }

    private static boolean isThere(Lifetime lifetime, Period period) {
        Instant from = lifetime.existence().from();
        return from.isBefore(period.end())
                && (!from.isBefore(period.start())
                        || lifetime.existence().until().forAll(end -> end.isAfter(period.start())));
    }

    @Override
    public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
        return reader.apply(seen(access, query)
                .filter(UsageRecord.class::isInstance)
                .map(UsageRecord.class::cast)
                .filter(record -> query.period().contains(record.at()) && isAt(record.places(), query.at()))
                .filter(record -> query.meters().forAll(names -> names.contains(record.meter())))
                .sorted(Comparator.comparing(UsageRecord::at)
                        .thenComparing(record -> record.id().value()))
                .iterator());
    }

    @Override
    public Option<Instant> earliest(Access access, AccountId account, Option<Selection.At> at, Instant notAfter) {
        return visible(access, account)
                .flatMap(fact -> beginning(fact, at))
                .filter(instant -> !instant.isAfter(notAfter))
                .min();
    }

    @Override
    public synchronized Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
        return of(access.tenant())
                .values()
                .map(Fact::account)
                .toSortedSet(BY_ID)
                .filter(access::sees)
                .filter(account -> after.forAll(last -> BY_ID.compare(account, last) > 0))
                .toVector()
                .take(max);
    }

    private static Option<Instant> beginning(Fact fact, Option<Selection.At> at) {
        if (fact instanceof Lifetime lifetime) {
            return Option.when(isAt(lifetime.places(), at), lifetime.existence().from());
        }
        if (fact instanceof UsageRecord used) {
            return Option.when(isAt(used.places(), at), used.at());
        }
        return Option.none();
    }

    private Seq<Fact> seen(Access access, FactQuery query) {
        return visible(access, query.account())
                .filter(fact ->
                        query.recordedBy().forAll(by -> !fact.recordedAt().isAfter(by)));
    }

    private synchronized Seq<Fact> visible(Access access, AccountId account) {
        return access.sees(account)
                ? of(access.tenant()).values().filter(fact -> fact.account().equals(account))
                : Array.empty();
    }

    private Map<FactId, Fact> of(TenantId tenant) {
        return facts.getOrDefault(tenant, LinkedHashMap.empty());
    }

    private static boolean isAt(Map<Dimension, Ref> places, Option<Selection.At> at) {
        return at.forAll(scope ->
                places.get(scope.dimension()).exists(place -> place.id().equals(scope.placeId())));
    }
}
