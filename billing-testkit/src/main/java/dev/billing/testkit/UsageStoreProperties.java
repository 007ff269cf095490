package dev.billing.testkit;

import static dev.billing.testkit.FactFixtures.fact;
import static dev.billing.testkit.FactFixtures.rate;
import static dev.billing.testkit.InvoiceFixtures.ALICE;
import static dev.billing.testkit.InvoiceFixtures.ALL;
import static dev.billing.testkit.InvoiceFixtures.APP;
import static dev.billing.testkit.InvoiceFixtures.BOB;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.usage.Ending;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.FactQuery;
import dev.billing.port.FactsRefused;
import dev.billing.port.Recorded;
import dev.billing.port.UsageStore;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * What every {@link UsageStore} does with facts that nobody thought of. Extend it beside {@link UsageStoreContract}, with jqwik's engine
 * in your tests.
 */
@Domain(DomainContext.Global.class)
@Domain(BillingDomain.class)
public abstract class UsageStoreProperties {

    private static final int TRIES = 50;
    private static final Period EVER =
            Period.of(Instant.parse("1900-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));

    /** A store without facts. Called once for each try. */
    protected abstract UsageStore emptyStore();

    @Property(tries = TRIES)
    void u1_any_fact_is_given_as_it_was_recorded(@ForAll Lifetime lifetime, @ForAll UsageRecord used) {
        UsageStore store = emptyStore();
        if (isAccepted(store, lifetime)) {
            assertThat(lifetimes(store, FactQuery.of(lifetime.account(), EVER)))
                    .as("U1: lifetimes must give any lifetime as recorded")
                    .containsExactly(lifetime);
        }
        if (!used.id().equals(lifetime.id()) && isAccepted(store, used)) {
            assertThat(usage(store, FactQuery.of(used.account(), EVER)))
                    .as("U1: usage must give any record as recorded")
                    .containsExactly(used);
        }
    }

    /** Records any facts in the store and in the one in memory. */
    @Property(tries = 4 * TRIES, edgeCases = EdgeCasesMode.NONE)
    void any_facts_have_the_effect_that_they_have_in_memory(
            @ForAll("batches") List<Seq<Fact>> batches, @ForAll("factQueries") List<FactQuery> queries) {
        UsageStore store = emptyStore();
        UsageStore model = new InMemoryUsageStore();
        for (Seq<Fact> batch : batches) {
            Either<FactsRefused, Recorded> result = store.record(TENANT, batch);
            assertThat(result.toOption())
                    .as(
                            "U2 and U3: facts must be accepted and counted as they are in memory: %s gave %s",
                            batch, result)
                    .isEqualTo(model.record(TENANT, batch).toOption());
        }
        for (FactQuery query : queries) {
            assertThat(lifetimes(store, query))
                    .as("U3 to U7: lifetimes must be as they are in memory, for %s", query)
                    .isEqualTo(lifetimes(model, query));
            assertThat(usage(store, query))
                    .as("U3 to U7 and U11: usage must be as it is in memory, for %s", query)
                    .isEqualTo(usage(model, query));
            Instant end = query.period().end();
            assertThat(store.earliest(ALL, query.account(), query.at(), end))
                    .as("U8: the first instant must be as it is in memory, for %s", query)
                    .isEqualTo(model.earliest(ALL, query.account(), query.at(), end));
        }
    }

    /** Some facts are recorded again, some ids are used again; endings come after the lifetimes of their call. */
    @Provide
    Arbitrary<List<Seq<Fact>>> batches() {
        return facts().list()
                .ofMaxSize(6)
                .map(facts -> (Seq<Fact>) Array.ofAll(facts).sortBy(fact -> fact instanceof Ending))
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<FactQuery>> factQueries() {
        Arbitrary<Period> periods = Combinators.combine(
                        days(), Arbitraries.integers().between(1, 9))
                .as((start, days) -> Period.of(start, start.plusSeconds(days * 86_400L)));
        Arbitrary<Option<Selection.At>> ats = Arbitraries.of(
                Option.none(), Option.some(new Selection.At(APP, "a")), Option.some(new Selection.At(APP, "b")));
        Arbitrary<Option<Instant>> recordedBy = days().optional(0.5).map(Option::ofOptional);
        Arbitrary<Option<Set<String>>> meters = meters().set()
                .ofMaxSize(2)
                .optional(0.5)
                .map(names -> Option.ofOptional(names).map(HashSet::ofAll));
        return Combinators.combine(accounts(), periods, ats, recordedBy, meters)
                .as(FactQuery::new)
                .list()
                .ofSize(6);
    }

    private static Arbitrary<Fact> facts() {
        Arbitrary<String> ids = Arbitraries.integers().between(1, 40).map(String::valueOf);
        Arbitrary<String> lifetimeIds = Arbitraries.of("L1", "L2", "L3", "L4");
        Arbitrary<Fact> lifetimes = Combinators.combine(lifetimeIds, existences(), days())
                .as((id, existence, learned) -> new Lifetime(
                        fact(id), accountOf(id), rate("1"), BigDecimal.ONE, "", placesOf(id), existence, learned));
        Arbitrary<Map<String, String>> properties = Arbitraries.of("", "eu", "us")
                .map(region -> region.isEmpty() ? HashMap.empty() : HashMap.of("region", region));
        Arbitrary<Fact> used = Combinators.combine(ids, accounts(), meters(), days(), properties, days())
                .as((id, account, meter, at, saying, learned) -> new UsageRecord(
                        fact("U" + id), account, meter, BigDecimal.ONE, at, placesOf(id), saying, learned));
        Arbitrary<Fact> endings = Combinators.combine(ids, lifetimeIds, days(), days())
                .as((id, lifetime, at, learned) ->
                        new Ending(fact("E" + id), accountOf(lifetime), fact(lifetime), at, learned));
        return Arbitraries.oneOf(lifetimes, used, endings);
    }

    private static Arbitrary<String> meters() {
        return Arbitraries.of("bytes", "requests", "Requests");
    }

    private static Arbitrary<Existence> existences() {
        Arbitrary<Instant> from = Arbitraries.of(1, 2, 3).map(FactFixtures::day);
        return Arbitraries.oneOf(
                from.map(Existence::since),
                from.map(begin -> Existence.between(begin, begin.plusSeconds(5 * 86_400L))));
    }

    private static Arbitrary<Instant> days() {
        return Arbitraries.integers().between(1, 12).map(FactFixtures::day);
    }

    private static Arbitrary<AccountId> accounts() {
        return Arbitraries.of(ALICE, ALICE, BOB);
    }

    private static AccountId accountOf(String lifetime) {
        return lifetime.equals("L4") ? BOB : ALICE;
    }

    private static Map<Dimension, Ref> placesOf(String id) {
        return id.endsWith("3") ? HashMap.empty() : HashMap.of(APP, Ref.named("app", id.endsWith("1") ? "a" : "b"));
    }

    /** Not accepted is what has too many digits for the store, which it may refuse. */
    private static boolean isAccepted(UsageStore store, Fact fact) {
        Either<FactsRefused, Recorded> result = store.record(TENANT, Array.of(fact));
        if (result.isLeft()) {
            assertThat(result.getLeft())
                    .as("U10: a fact that breaks no rule may be refused only for its digits")
                    .isInstanceOf(FactsRefused.TooManyDigits.class);
        }
        return result.isRight();
    }

    private static Seq<Lifetime> lifetimes(UsageStore store, FactQuery query) {
        return store.lifetimes(ALL, query, found -> Array.ofAll(() -> found));
    }

    private static Seq<UsageRecord> usage(UsageStore store, FactQuery query) {
        return store.usage(ALL, query, found -> Array.ofAll(() -> found));
    }
}
