package dev.billing.testkit;

import static dev.billing.testkit.FactFixtures.LEARNED;
import static dev.billing.testkit.FactFixtures.day;
import static dev.billing.testkit.FactFixtures.ending;
import static dev.billing.testkit.FactFixtures.fact;
import static dev.billing.testkit.FactFixtures.fullLifetime;
import static dev.billing.testkit.FactFixtures.fullUsage;
import static dev.billing.testkit.FactFixtures.lifetime;
import static dev.billing.testkit.FactFixtures.rate;
import static dev.billing.testkit.FactFixtures.used;
import static dev.billing.testkit.FactFixtures.usedOf;
import static dev.billing.testkit.InvoiceFixtures.ACME;
import static dev.billing.testkit.InvoiceFixtures.ALICE;
import static dev.billing.testkit.InvoiceFixtures.ALL;
import static dev.billing.testkit.InvoiceFixtures.API;
import static dev.billing.testkit.InvoiceFixtures.APP;
import static dev.billing.testkit.InvoiceFixtures.BOB;
import static dev.billing.testkit.InvoiceFixtures.FEBRUARY;
import static dev.billing.testkit.InvoiceFixtures.ODD;
import static dev.billing.testkit.InvoiceFixtures.ORGANIZATION;
import static dev.billing.testkit.InvoiceFixtures.OTHER_TENANT;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.USD;
import static dev.billing.testkit.InvoiceFixtures.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.usage.Ending;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.FactQuery;
import dev.billing.port.FactsRefused;
import dev.billing.port.Recorded;
import dev.billing.port.TenantId;
import dev.billing.port.UsageStore;
import io.vavr.Tuple;
import io.vavr.Tuple2;
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
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link UsageStore} keeps: at least one test for each number in its Javadoc. Extend it in your tests and return
 * your store.
 * <p>
 * A test looks at one rule alone, so what fails names what is broken. Where threads meet, a store may ask for a call to be repeated with
 * a {@link dev.billing.port.StorageException} that says so; the contract repeats it, for a while.
 * <p>
 * Two things are left open: whether ids with characters beyond U+FFFF sort by code point or by UTF-16 unit, and whether an ending may
 * stand before its lifetime in one call.
 */
public abstract class UsageStoreContract {

    private static final Period EVER =
            Period.of(Instant.parse("1900-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));
    /** How often threads meet, because they do not always meet in time. */
    private static final int ROUNDS = 5;

    private static final FactQuery ALL_OF_ALICE = FactQuery.of(ALICE, EVER);

    /** A store without facts. Called once for each test. */
    protected abstract UsageStore emptyStore();

    // U1: a recorded fact is given again

    @Test
    void u1_gives_usage_equal_to_what_was_recorded() {
        UsageStore store = emptyStore();
        record(store, used("plain", day(3)), fullUsage("full" + ODD));
        assertThat(usage(store, ALL_OF_ALICE))
                .as("U1: usage must be given as recorded; is a digit, a place or an odd character lost on the way?")
                .containsExactlyInAnyOrder(used("plain", day(3)), fullUsage("full" + ODD));
    }

    @Test
    void u1_gives_lifetimes_equal_to_what_was_recorded() {
        UsageStore store = emptyStore();
        Seq<Lifetime> recorded = Array.of(
                lifetime("plain", day(3)),
                fullLifetime("full" + ODD),
                with(lifetime("none of it", day(4)), BigDecimal.ZERO, rate(new Flat(usd("20.00")))),
                lifetime("never lasted", day(5), day(5)),
                lifetime("long ago", Instant.parse("1969-12-31T23:59:59.999Z")));
        record(store, recorded);
        assertThat(lifetimes(store, ALL_OF_ALICE))
                .as(
                        "U1: lifetimes must be given as recorded; is a part of the rate, a place or an odd character lost on the way?")
                .containsExactlyInAnyOrderElementsOf(recorded);
    }

    @Test
    void u1_keeps_every_digit() {
        UsageStore store = emptyStore();
        Seq<BigDecimal> numbers = Array.of(
                        "0.0014002692168963457", "1.10", "0", "0.00", "99999999999.99", "0.0000000000000000001", "1E+3")
                .map(BigDecimal::new);
        Seq<UsageRecord> usage =
                numbers.zipWithIndex((number, index) -> with(used("usage-" + index, day(index + 1)), number));
        Seq<Lifetime> lifetimes = numbers.zipWithIndex((number, index) ->
                with(lifetime("lifetime-" + index, day(3)), number, rate(new PerUnit(Money.of(USD, number)))));
        record(store, usage);
        record(store, lifetimes);
        assertThat(usage(store, ALL_OF_ALICE))
                .as("U1: quantities must be kept to the last digit; is a column too narrow, or a double on the way?")
                .containsExactlyInAnyOrderElementsOf(usage);
        assertThat(lifetimes(store, ALL_OF_ALICE))
                .as(
                        "U1: quantities and prices must be kept to the last digit; is a column too narrow, or a double on the way?")
                .containsExactlyInAnyOrderElementsOf(lifetimes);
    }

    @Test
    void u1_keeps_what_usage_says_about_itself() {
        UsageStore store = emptyStore();
        Seq<UsageRecord> recorded = Array.of(
                used("none", day(3)),
                used("region", "region", "eu"),
                used("another region", "region", "EU"),
                used("another name", "Region", "eu"),
                used("empty", "region", ""),
                used("blanks", " region ", " eu "),
                used("number", "size", "1.10"),
                used("odd", "a.b\"c\\" + ODD, "{\"a\": 1}" + ODD),
                used("none again", day(4)));
        record(store, recorded);
        assertThat(usage(store, ALL_OF_ALICE).map(UsageRecord::properties))
                .as("U1: properties must be given as recorded, and to their own record; are empty values forgotten?")
                .containsExactlyInAnyOrderElementsOf(recorded.map(UsageRecord::properties));
        assertThat(usage(store, ALL_OF_ALICE))
                .as("U1: properties must be given as recorded, and to their own record; are empty values forgotten?")
                .containsExactlyInAnyOrderElementsOf(recorded);
    }

    @Test
    void u1_keeps_usage_that_takes_something_back() {
        UsageStore store = emptyStore();
        UsageRecord back = with(used("back", day(3)), new BigDecimal("-0.1"));
        record(store, back);
        assertThat(usage(store, ALL_OF_ALICE))
                .as("U1: a quantity below zero must be kept; which meters allow one is not for the store to say")
                .containsExactly(back);
    }

    @Test
    void u1_keeps_long_texts_and_ids() {
        UsageStore store = emptyStore();
        Lifetime lifetime = new Lifetime(
                fact("\u4e2d".repeat(200)),
                ALICE,
                rate("1"),
                BigDecimal.ONE,
                "\ud83d\ude00".repeat(1_000),
                HashMap.of(APP, new Ref("t".repeat(200), "i".repeat(200), "n".repeat(2_000))),
                Existence.since(day(3)),
                LEARNED);
        UsageRecord usage = new UsageRecord(
                fact("\u00e9".repeat(200)),
                ALICE,
                "m".repeat(200),
                BigDecimal.ONE,
                day(3),
                lifetime.places(),
                HashMap.ofEntries(Array.range(0, 64)
                        .map(n -> Tuple.of("\u4e2d".repeat(198) + (10 + n), "\ud83d\ude00".repeat(1_000)))),
                LEARNED);
        record(store, lifetime, usage);
        assertThat(lifetimes(store, ALL_OF_ALICE))
                .as("U1: texts as long as they may be must not be cut")
                .containsExactly(lifetime);
        assertThat(usage(store, ALL_OF_ALICE))
                .as("U1: texts as long as they may be must not be cut")
                .containsExactly(usage);
    }

    @Test
    void u1_keeps_many_facts() {
        UsageStore store = emptyStore();
        Seq<Fact> facts = Array.range(0, 1_234)
                .flatMap(n -> Array.<Fact>of(
                        lifetime("lifetime-" + n, day(3)),
                        used("usage-" + n, day(3)),
                        ending("ending-" + n, "lifetime-" + n, day(4))));
        record(store, facts);
        assertThat(lifetimes(store, ALL_OF_ALICE))
                .as("U1: all lifetimes must be given; is the last batch lost?")
                .hasSize(1_234);
        assertThat(usage(store, ALL_OF_ALICE))
                .as("U1: all usage must be given; is the last batch lost?")
                .hasSize(1_234);
    }

    @Test
    void u1_records_nothing_of_nothing() {
        UsageStore store = emptyStore();
        assertThat(store.record(TENANT, Array.empty()))
                .as("U1: a call without facts must be accepted")
                .isEqualTo(Either.right(Recorded.NOTHING));
        assertThat(lifetimes(store, ALL_OF_ALICE))
                .as("U1: nothing was recorded")
                .isEmpty();
        assertThat(usage(store, ALL_OF_ALICE)).as("U1: nothing was recorded").isEmpty();
    }

    // U2: a fact recorded again changes nothing

    @Test
    void u2_counts_a_fact_recorded_again_as_known() {
        UsageStore store = emptyStore();
        Seq<Fact> facts = Array.of(
                fullLifetime("lifetime"),
                fullUsage("usage"),
                ending("ending", "lifetime", day(10)),
                lifetime("other", day(2)));
        assertThat(store.record(TENANT, facts))
                .as("U2: facts that are new must be counted as added")
                .isEqualTo(Either.right(new Recorded(4, 0)));
        for (int again = 0; again < 3; again++) {
            assertThat(store.record(TENANT, facts))
                    .as("U2: facts recorded again must be counted as known")
                    .isEqualTo(Either.right(new Recorded(0, 4)));
        }
        assertThat(store.record(TENANT, facts.append(used("new", day(3)))))
                .as("U2: new facts and known ones may come in one call")
                .isEqualTo(Either.right(new Recorded(1, 4)));
        assertThat(lifetimeIds(store, ALL_OF_ALICE))
                .as("U2: a fact recorded again must not be there twice")
                .containsExactlyInAnyOrder("lifetime", "other");
        assertThat(usageIds(store, ALL_OF_ALICE))
                .as("U2: a fact recorded again must not be there twice")
                .containsExactlyInAnyOrder("usage", "new");
    }

    @Test
    void u2_knows_a_fact_that_is_learned_again_later() {
        UsageStore store = emptyStore();
        Seq<Fact> facts = Array.of(
                lifetime("lifetime", day(3)),
                used("usage", day(3)),
                lifetime("ended", day(3)),
                ending("ending", "ended", day(10)));
        record(store, facts);
        assertThat(store.record(TENANT, facts.map(fact -> fact.recordedAt(LEARNED.plusSeconds(60)))))
                .as("U2: the instant at which a fact was learned is not a part of what it says")
                .isEqualTo(Either.right(new Recorded(0, 4)));
        assertThat(usage(store, ALL_OF_ALICE).map(UsageRecord::recordedAt))
                .as("U2: a fact stays learned at the instant of the first time")
                .containsExactly(LEARNED);
        assertThat(lifetimes(store, ALL_OF_ALICE)
                        .filter(lifetime -> lifetime.id().equals(fact("lifetime")))
                        .map(Lifetime::recordedAt))
                .as("U2: a fact stays learned at the instant of the first time")
                .containsExactly(LEARNED);
    }

    @Test
    void u2_knows_a_fact_that_comes_twice_in_one_call() {
        UsageStore store = emptyStore();
        Lifetime lifetime = lifetime("lifetime", day(3));
        UsageRecord usage = used("usage", day(3));
        Ending ending = ending("ending", "lifetime", day(10));
        assertThat(store.record(
                        TENANT,
                        Array.of(
                                lifetime,
                                usage,
                                lifetime,
                                ending,
                                usage.recordedAt(LEARNED.plusSeconds(1)),
                                ending,
                                usage)))
                .as("U2: a fact that comes twice in one call must be counted once as added")
                .isEqualTo(Either.right(new Recorded(3, 4)));
        assertThat(lifetimeIds(store, ALL_OF_ALICE))
                .as("U2: a fact that comes twice in one call must not be there twice")
                .containsExactly("lifetime");
        assertThat(usage(store, ALL_OF_ALICE).map(UsageRecord::recordedAt))
                .as("U2: a fact that comes twice in one call must not be there twice; the first one counts")
                .containsExactly(LEARNED);
    }

    @Test
    void u2_compares_numbers_by_value() {
        UsageStore store = emptyStore();
        record(
                store,
                with(lifetime("lifetime", day(3)), new BigDecimal("1.10"), rate("1.10")),
                with(used("usage", day(3)), new BigDecimal("1.10")));
        assertThat(store.record(
                        TENANT,
                        Array.of(
                                with(lifetime("lifetime", day(3)), new BigDecimal("1.1"), rate("1.1")),
                                with(used("usage", day(3)), new BigDecimal("1.1")))))
                .as("U2: 1.10 and 1.1 are the same number")
                .isEqualTo(Either.right(new Recorded(0, 2)));
    }

    @Test
    void u2_tells_ids_apart_by_every_character() {
        UsageStore store = emptyStore();
        Seq<String> ids = Array.of(
                "fact", "Fact", "FACT", "fact ", " fact", "f\u00e4ct", "fa\u0308ct", "fact%", "fac_", "\ud83d\ude00");
        assertThat(store.record(TENANT, ids.map(id -> used(id, day(3)))))
                .as("U2: ids that differ in case, blanks or accents are different ids")
                .isEqualTo(Either.right(new Recorded(ids.size(), 0)));
        assertThat(usageIds(store, ALL_OF_ALICE))
                .as("U2: ids that differ in case, blanks or accents are different ids")
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void u2_records_facts_once_from_many_threads() {
        UsageStore store = emptyStore();
        Seq<Seq<Fact>> batches = Array.range(0, 12)
                .map(batch -> Array.range(0, 4)
                        .flatMap(n -> Array.of(
                                used("usage-" + batch + "-" + n, day(3)),
                                lifetime("lifetime-" + batch + "-" + n, day(3)))));
        int count = batches.map(Seq::size).sum().intValue();
        Seq<Recorded> results = Together.run(thread -> batches.rotateLeft(thread % 3)
                .map(batch -> persistently(
                                store,
                                batch.rotateLeft(thread).map(fact -> fact.recordedAt(LEARNED.plusSeconds(thread))))
                        .get())
                .fold(Recorded.NOTHING, Recorded::plus));
        assertThat(results.fold(Recorded.NOTHING, Recorded::plus))
                .as("U2: facts that many threads record must be added once in all, and be known to the others")
                .isEqualTo(new Recorded(count, (long) count * (Together.THREADS - 1)));
        assertThat(usageIds(store, ALL_OF_ALICE).appendAll(lifetimeIds(store, ALL_OF_ALICE)))
                .as("U2: facts that many threads record must be there once")
                .containsExactlyInAnyOrderElementsOf(
                        batches.flatMap(batch -> batch.map(fact -> fact.id().value())));
    }

    // U3: all facts of a call are kept, or none

    @Test
    void u3_refuses_an_id_with_other_content() {
        UsageStore store = storeWithFacts();
        Snapshot before = Snapshot.of(store);
        otherContents()
                .forEach(other -> assertThat(store.record(TENANT, Array.of(other)))
                        .as("U3: an id that was used for another fact must be refused: %s", other)
                        .isEqualTo(Either.left(new FactsRefused.IdReused(other.id()))));
        assertThat(Snapshot.of(store))
                .as("U3: a refused fact must change nothing")
                .isEqualTo(before);
    }

    @Test
    void u3_refuses_an_id_with_two_contents_in_one_call() {
        UsageStore store = emptyStore();
        assertThat(store.record(TENANT, Array.of(used("same", day(3)), used("other", day(3)), used("same", day(4)))))
                .as("U3: an id must not be used for two facts in one call")
                .isEqualTo(Either.left(new FactsRefused.IdReused(fact("same"))));
        assertThat(store.record(TENANT, Array.of(lifetime("same", day(3)), used("same", day(3)))))
                .as("U3: an id must not be used for two kinds of facts in one call")
                .isEqualTo(Either.left(new FactsRefused.IdReused(fact("same"))));
    }

    @Test
    void u3_refuses_the_end_of_a_lifetime_that_is_not_known() {
        UsageStore store = storeWithFacts();
        Seq<Ending> endings = Array.of(
                ending("new", "unknown", day(20)),
                ending("new", "Lifetime", day(20)),
                ending("new", "usage", day(20)),
                ending("new", "ending", day(20)),
                new Ending(fact("new"), BOB, fact("lifetime"), day(20), LEARNED));
        endings.forEach(ending -> assertThat(store.record(TENANT, Array.of(ending)))
                .as("U3: a lifetime of the same account must be known before it ends: %s", ending)
                .isEqualTo(Either.left(new FactsRefused.UnknownLifetime(fact("new"), ending.lifetime()))));
    }

    @Test
    void u3_refuses_an_end_before_the_beginning() {
        UsageStore store = emptyStore();
        record(store, lifetime("lifetime", day(3)));
        Instant before = day(3).minusMillis(1);
        assertThat(store.record(TENANT, Array.of(ending("new", "lifetime", before))))
                .as("U3: a lifetime must not end before it begins")
                .isEqualTo(Either.left(new FactsRefused.EndsBeforeItBegins(fact("new"), day(3), before)));
        assertThat(store.record(TENANT, Array.of(lifetime("other", day(3)), ending("new", "other", before))))
                .as("U3: a lifetime must not end before it begins, even if it is new")
                .isEqualTo(Either.left(new FactsRefused.EndsBeforeItBegins(fact("new"), day(3), before)));
    }

    @Test
    void u3_keeps_none_of_a_call_that_is_refused() {
        UsageStore store = storeWithFacts();
        Snapshot before = Snapshot.of(store);
        Seq<Fact> good = Array.of(
                lifetime("new lifetime", day(3)),
                used("new usage", day(3)),
                ending("new ending", "new lifetime", day(4)),
                ending("another ending", "lifetime", day(5)),
                used("usage", day(3)));
        Seq<Fact> bad = Array.of(
                used("usage", day(4)),
                ending("bad", "unknown", day(20)),
                ending("bad", "lifetime", day(2)),
                ending("bad", "new lifetime", day(2)));
        for (Fact last : bad) {
            assertThat(store.record(TENANT, good.append(last)).isLeft())
                    .as("U3: a call with a fact that breaks a rule must be refused: %s", last)
                    .isTrue();
            assertThat(Snapshot.of(store))
                    .as(
                            "U3: of a refused call nothing must be kept; are the facts before the refused one undone? Refused: %s",
                            last)
                    .isEqualTo(before);
        }
        assertThat(store.record(TENANT, bad.take(1).appendAll(good)).isLeft())
                .as("U3: a call with a fact that breaks a rule must be refused")
                .isTrue();
        assertThat(Snapshot.of(store))
                .as("U3: of a refused call nothing must be kept, nor of the facts after the refused one")
                .isEqualTo(before);
        record(store, good);
        assertThat(lifetimeIds(store, ALL_OF_ALICE))
                .as("U3: of a refused call nothing must be kept, and its good facts can be recorded again")
                .contains("new lifetime");
    }

    @Test
    void u3_keeps_one_of_many_contents_that_threads_record() {
        UsageStore store = emptyStore();
        for (int round = 0; round < ROUNDS; round++) {
            UsageRecord used = used("same-" + round, day(3));
            Seq<Either<FactsRefused, Recorded>> results =
                    Together.run(thread -> persistently(store, Array.of(with(used, BigDecimal.valueOf(thread)))));
            assertThat(results.count(Either::isRight))
                    .as("U3: of threads that record other contents under one id, one must succeed")
                    .isEqualTo(1);
            assertThat(usage(store, ALL_OF_ALICE)
                            .filter(found -> found.id().equals(used.id()))
                            .map(UsageRecord::quantity))
                    .as("U3: what is kept must be that of the thread that succeeded")
                    .containsExactly(BigDecimal.valueOf(results.indexWhere(Either::isRight)));
        }
    }

    // U4: the earliest end counts

    @Test
    void u4_gives_a_lifetime_with_its_earliest_end_in_any_order() {
        UsageStore store = emptyStore();
        Seq<Seq<Integer>> orders = Array.of(10, 11, 12)
                .permutations()
                .map(order -> (Seq<Integer>) order)
                .toArray();
        orders.forEachWithIndex((days, index) -> {
            String id = "lifetime-" + index;
            record(store, lifetime(id, day(3)));
            days.forEach(day -> record(store, ending(id + "/end/" + day, id, day(day))));
            assertThat(end(store, id))
                    .as("U4: the earliest end must count, in whatever order the endings were recorded: %s", days)
                    .containsExactly(day(10));
        });
    }

    @Test
    void u4_takes_endings_in_the_call_of_their_lifetime() {
        UsageStore store = emptyStore();
        record(
                store,
                lifetime("lifetime", day(3)),
                ending("later", "lifetime", day(12)),
                ending("earliest", "lifetime", day(10)),
                lifetime("other", day(3)),
                ending("latest", "lifetime", day(14)));
        assertThat(end(store, "lifetime"))
                .as("U4: an ending may follow its lifetime in the same call, and the earliest counts")
                .containsExactly(day(10));
        assertThat(end(store, "other"))
                .as("U4: an ending must not end another lifetime")
                .isEmpty();
    }

    @Test
    void u4_lets_the_end_that_a_lifetime_was_recorded_with_count_too() {
        UsageStore store = emptyStore();
        record(store, lifetime("ends earlier", day(3), day(10)), lifetime("ends later", day(3), day(20)));
        record(store, ending("1", "ends earlier", day(15)), ending("2", "ends later", day(15)));
        assertThat(end(store, "ends earlier"))
                .as("U4: an ending after the end that is known must change nothing")
                .containsExactly(day(10));
        assertThat(end(store, "ends later"))
                .as("U4: an ending before the end that is known must count")
                .containsExactly(day(15));
    }

    @Test
    void u4_lets_a_lifetime_end_when_it_begins() {
        UsageStore store = emptyStore();
        record(store, lifetime("lifetime", day(3)));
        record(store, ending("ending", "lifetime", day(3)));
        assertThat(end(store, "lifetime"))
                .as("U4: a lifetime may end at the instant at which it begins")
                .containsExactly(day(3));
    }

    @Test
    void u4_keeps_all_else_of_a_lifetime_that_ends() {
        UsageStore store = emptyStore();
        Lifetime lifetime = fullLifetime("lifetime");
        record(store, lifetime);
        record(store, ending("ending", "lifetime", day(10)));
        assertThat(lifetimes(store, ALL_OF_ALICE).head().recordedAt())
                .as("U4: an ending must not change when its lifetime was learned")
                .isEqualTo(LEARNED);
        assertThat(lifetimes(store, ALL_OF_ALICE).map(found -> found.existence().from()))
                .as("U4: an ending must not change when its lifetime began")
                .containsExactly(lifetime.existence().from());
        assertThat(store.record(TENANT, Array.of(lifetime)).isRight())
                .as("U4: a lifetime that ended is still the fact that was recorded")
                .isTrue();
        assertThat(end(store, "lifetime"))
                .as("U4: a lifetime that is recorded again must not lose its ending")
                .containsExactly(day(10));
    }

    @Test
    void u4_gives_the_earliest_end_that_threads_record() {
        UsageStore store = emptyStore();
        record(store, lifetime("lifetime", day(3)));
        Together.run(thread -> persistently(
                store, Array.of(ending("ending-" + thread, "lifetime", day(20 - (thread * 3) % Together.THREADS)))));
        assertThat(end(store, "lifetime"))
                .as("U4: the earliest of the ends that threads record must count")
                .containsExactly(day(21 - Together.THREADS));
    }

    // U5: lifetimes of a period

    @Test
    void u5_gives_the_lifetimes_that_are_there_or_begin() {
        UsageStore store = emptyStore();
        Instant start = FEBRUARY.start();
        Instant end = FEBRUARY.end();
        Seq<Instant> edges = Array.of(
                start.minusSeconds(86_400),
                start.minusMillis(1),
                start,
                start.plusMillis(1),
                day(15),
                end.minusMillis(1),
                end,
                end.plusMillis(1));
        Seq<Lifetime> all = edges.flatMap(from -> edges.filter(until -> !until.isBefore(from))
                .map(until -> lifetime(from + "/" + until, from, until))
                .append(lifetime(from + "/open", from)));
        record(store, all);
        assertThat(lifetimeIds(store, FactQuery.of(ALICE, FEBRUARY)))
                .as(
                        "U5: lifetimes must be those that are there for some instant of the period, its end excluded, or begin in it")
                .containsExactlyInAnyOrderElementsOf(all.filter(lifetime -> concerns(lifetime, FEBRUARY))
                        .map(found -> found.id().value()));
    }

    @Test
    void u5_gives_no_lifetime_that_an_ending_ended_before() {
        UsageStore store = emptyStore();
        record(store, lifetime("before", day(-5)), lifetime("at the start", day(-5)), lifetime("after", day(-5)));
        record(
                store,
                ending("1", "before", day(1).minusMillis(1)),
                ending("2", "at the start", day(1)),
                ending("3", "after", day(1).plusMillis(1)));
        assertThat(lifetimeIds(store, FactQuery.of(ALICE, FEBRUARY)))
                .as("U5: whether a lifetime is there depends on its endings too; its end is excluded")
                .containsExactly("after");
    }

    @Test
    void u5_gives_lifetimes_in_the_order_in_which_they_were_recorded() {
        UsageStore store = emptyStore();
        record(store, lifetime("c", day(9)), lifetime("B", day(2)), lifetime("10", day(5)));
        record(store, lifetime("a", day(4)).recordedAt(LEARNED.minusSeconds(1_000)));
        record(store, lifetime("B", day(2)), lifetime("9", day(1)), lifetime("c", day(9)), lifetime("0", day(-1)));
        record(store, ending("ending", "10", day(20)));
        assertThat(lifetimeIds(store, ALL_OF_ALICE))
                .as("U5: lifetimes must come in the order in which they were recorded, not by id, beginning or instant")
                .containsExactly("c", "B", "10", "a", "9", "0");
    }

    @Test
    void u5_gives_the_lifetimes_of_a_place() {
        UsageStore store = emptyStore();
        places().forEach((id, places) -> record(store, lifetime(id, ALICE, places, Existence.since(day(3)))));
        ats().forEach(at -> assertThat(lifetimeIds(store, ALL_OF_ALICE.at(at)))
                .as("U5: lifetimes must be those at the place that is asked for: %s", at)
                .containsExactlyInAnyOrderElementsOf(idsAt(at)));
    }

    @Test
    void u5_gives_the_lifetimes_of_the_account() {
        UsageStore store = emptyStore();
        Seq<AccountId> accounts = Array.of(ALICE, BOB, new AccountId("Alice"), new AccountId("alice "));
        accounts.forEach(account -> record(store, lifetime("of " + account, account, Existence.since(day(3)))));
        accounts.forEach(account -> assertThat(lifetimeIds(store, FactQuery.of(account, EVER)))
                .as("U5: lifetimes must be those of the account that is asked for")
                .containsExactly("of " + account));
    }

    @Test
    void u5_gives_what_the_reader_makes_of_the_lifetimes() {
        UsageStore store = emptyStore();
        record(store, lifetime("first", day(3)), lifetime("second", day(3)));
        String first =
                store.lifetimes(ALL, ALL_OF_ALICE, found -> found.next().id().value());
        assertThat(first)
                .as("U5: lifetimes must give what the reader makes of them, and a reader may stop before the end")
                .isEqualTo("first");
        assertThatThrownBy(() -> store.lifetimes(ALL, ALL_OF_ALICE, found -> {
                    throw new IllegalStateException("The reader fails after " + found.next());
                }))
                .as("U5: what the reader throws must reach the caller")
                .isInstanceOf(RuntimeException.class);
    }

    // U6: usage in a period

    @Test
    void u6_gives_the_usage_in_the_period() {
        UsageStore store = emptyStore();
        Seq<UsageRecord> all = Array.of(
                        day(-3),
                        day(1).minusMillis(1),
                        day(1),
                        day(1).plusMillis(1),
                        day(29),
                        day(30).minusMillis(1),
                        day(30),
                        day(33))
                .map(at -> used("at " + at, at));
        record(store, all);
        assertThat(usageIds(store, FactQuery.of(ALICE, FEBRUARY)))
                .as("U6: usage must be that in the period, its start included and its end excluded")
                .containsExactlyInAnyOrderElementsOf(all.filter(used -> FEBRUARY.contains(used.at()))
                        .map(used -> used.id().value()));
    }

    @Test
    void u6_orders_usage_by_instant_and_then_by_id() {
        UsageStore store = emptyStore();
        Seq<UsageRecord> ordered = Array.of(
                used("z", day(2)),
                used("y", day(2).plusMillis(1)),
                used("10", day(3)),
                used("9", day(3)),
                used("A", day(3)),
                used("B", day(3)),
                used("a", day(3)),
                used("a ", day(3)),
                used("aa", day(3)),
                used("b", day(3)),
                used("\u00c4", day(3)),
                used("\u00e9", day(3)),
                used("\u4e2d", day(3)),
                used("\ud83d\ude00", day(3)),
                used("0", day(4)));
        ordered.zipWithIndex()
                .sortBy(used -> (used._2 * 7) % ordered.size())
                .forEach(used -> record(store, used._1.recordedAt(LEARNED.minusSeconds(used._2))));
        assertThat(usageIds(store, ALL_OF_ALICE))
                .as(
                        "U6: usage must be ordered by instant and then by id, character by character; does a locale or a collation have "
                                + "a say?")
                .containsExactlyElementsOf(ordered.map(used -> used.id().value()));
    }

    @Test
    void u6_gives_the_usage_of_a_place() {
        UsageStore store = emptyStore();
        places().forEach((id, places) -> record(store, used(id, ALICE, places, day(3))));
        ats().forEach(at -> assertThat(usageIds(store, ALL_OF_ALICE.at(at)))
                .as("U6: usage must be that at the place that is asked for: %s", at)
                .containsExactlyInAnyOrderElementsOf(idsAt(at)));
    }

    @Test
    void u6_gives_the_usage_of_the_account() {
        UsageStore store = emptyStore();
        Seq<AccountId> accounts = Array.of(ALICE, BOB, new AccountId("Alice"), new AccountId("alice "));
        accounts.forEach(account -> record(store, used("of " + account, account, day(3))));
        accounts.forEach(account -> assertThat(usageIds(store, FactQuery.of(account, EVER)))
                .as("U6: usage must be that of the account that is asked for")
                .containsExactly("of " + account));
    }

    @Test
    void u6_gives_what_the_reader_makes_of_the_usage() {
        UsageStore store = emptyStore();
        record(store, used("first", day(3)), used("second", day(4)));
        String first = store.usage(ALL, ALL_OF_ALICE, found -> found.next().id().value());
        assertThat(first)
                .as("U6: usage must give what the reader makes of it, and a reader may stop before the end")
                .isEqualTo("first");
        assertThatThrownBy(() -> store.usage(ALL, ALL_OF_ALICE, found -> {
                    throw new IllegalStateException("The reader fails after " + found.next());
                }))
                .as("U6: what the reader throws must reach the caller")
                .isInstanceOf(RuntimeException.class);
    }

    // U7: what was known at an instant

    @Test
    void u7_does_not_show_facts_that_were_learned_later() {
        UsageStore store = emptyStore();
        record(
                store,
                lifetime("in time", day(3)).recordedAt(day(10)),
                lifetime("late", day(3)).recordedAt(day(10).plusMillis(1)),
                used("in time too", day(3)).recordedAt(day(10)),
                used("late too", day(3)).recordedAt(day(10).plusMillis(1)));
        assertThat(lifetimeIds(store, ALL_OF_ALICE.recordedBy(day(10))))
                .as("U7: lifetimes learned at the instant must be seen, and later ones not")
                .containsExactly("in time");
        assertThat(usageIds(store, ALL_OF_ALICE.recordedBy(day(10))))
                .as("U7: usage learned at the instant must be seen, and later usage not")
                .containsExactly("in time too");
        assertThat(lifetimeIds(store, ALL_OF_ALICE.recordedBy(day(9))))
                .as("U7: nothing was learned by then")
                .isEmpty();
        assertThat(usageIds(store, ALL_OF_ALICE.recordedBy(day(9))))
                .as("U7: nothing was learned by then")
                .isEmpty();
        assertThat(lifetimeIds(store, ALL_OF_ALICE))
                .as("U7: without an instant all that is known must be seen")
                .containsExactlyInAnyOrder("in time", "late");
    }

    @Test
    void u7_does_not_show_endings_that_were_learned_later() {
        UsageStore store = emptyStore();
        record(
                store,
                lifetime("lifetime", day(-5)).recordedAt(day(1)),
                ending("first", "lifetime", day(20)).recordedAt(day(2)),
                ending("second", "lifetime", day(5)).recordedAt(day(4)),
                ending("third", "lifetime", day(-2)).recordedAt(day(6)));
        Seq<Tuple2<Integer, Option<Instant>>> known = Array.of(
                Tuple.of(1, Option.none()),
                Tuple.of(2, Option.some(day(20))),
                Tuple.of(3, Option.some(day(20))),
                Tuple.of(4, Option.some(day(5))),
                Tuple.of(6, Option.some(day(-2))));
        known.forEach(then -> assertThat(lifetimes(store, ALL_OF_ALICE.recordedBy(day(then._1)))
                        .map(lifetime -> lifetime.existence().until()))
                .as(
                        "U7: an ending that was learned later must not be seen, not even an earlier end; known by day %s",
                        then._1)
                .containsExactly(then._2));
        FactQuery february = FactQuery.of(ALICE, FEBRUARY);
        assertThat(lifetimeIds(store, february.recordedBy(day(5))))
                .as("U7: a lifetime is there in a period unless an end before it was known by then")
                .containsExactly("lifetime");
        assertThat(lifetimeIds(store, february.recordedBy(day(6))))
                .as("U7: a lifetime is there in a period unless an end before it was known by then")
                .isEmpty();
    }

    @Test
    void u7_shows_a_fact_from_the_first_time_that_it_was_learned() {
        UsageStore store = emptyStore();
        Seq<Fact> facts = Array.of(lifetime("lifetime", day(3)), used("usage", day(3)));
        record(store, facts.map(fact -> fact.recordedAt(day(10))));
        store.record(TENANT, facts.map(fact -> fact.recordedAt(day(5))));
        store.record(TENANT, facts.map(fact -> fact.recordedAt(day(15))));
        assertThat(lifetimeIds(store, ALL_OF_ALICE.recordedBy(day(10))))
                .as("U7: a fact recorded again later stays known from the first time")
                .containsExactly("lifetime");
        assertThat(usageIds(store, ALL_OF_ALICE.recordedBy(day(9))))
                .as("U7: a fact recorded again with an earlier instant stays known from the first time it was recorded")
                .isEmpty();
    }

    // U8: the first instant

    @Test
    void u8_gives_when_the_first_fact_began() {
        UsageStore store = emptyStore();
        assertThat(store.earliest(ALL, ALICE, Option.none(), day(20)))
                .as("U8: without facts there is no first instant")
                .isEmpty();
        record(store, lifetime("lifetime", day(5)));
        record(store, used("usage", day(7)));
        assertThat(store.earliest(ALL, ALICE, Option.none(), day(20)))
                .as("U8: the beginning of a lifetime counts")
                .containsExactly(day(5));
        record(store, used("earlier usage", day(3).plusMillis(1)));
        assertThat(store.earliest(ALL, ALICE, Option.none(), day(20)))
                .as("U8: usage counts, and the first instant comes first, not the fact recorded first")
                .containsExactly(day(3).plusMillis(1));
        record(store, lifetime("before 1970", Instant.parse("1969-07-20T20:17:40Z")));
        assertThat(store.earliest(ALL, ALICE, Option.none(), day(20)))
                .as("U8: instants before 1970 count")
                .containsExactly(Instant.parse("1969-07-20T20:17:40Z"));
    }

    @Test
    void u8_does_not_count_what_begins_later() {
        UsageStore store = emptyStore();
        record(store, lifetime("lifetime", day(5)), used("usage", day(7)));
        assertThat(store.earliest(ALL, ALICE, Option.none(), day(5)))
                .as("U8: what begins at the instant given counts")
                .containsExactly(day(5));
        assertThat(store.earliest(ALL, ALICE, Option.none(), day(5).minusMillis(1)))
                .as("U8: what begins after the instant given does not count")
                .isEmpty();
    }

    @Test
    void u8_counts_a_lifetime_that_never_lasted() {
        UsageStore store = emptyStore();
        record(store, lifetime("lifetime", day(5), day(5)), lifetime("another", day(6)));
        assertThat(store.earliest(ALL, ALICE, Option.none(), day(20)))
                .as("U8: a lifetime counts even if it ended when it began")
                .containsExactly(day(5));
    }

    @Test
    void u8_gives_when_the_first_fact_of_a_place_began() {
        UsageStore store = emptyStore();
        Seq<String> ids = places().keySet().toArray().sorted();
        ids.forEachWithIndex((id, index) -> {
            Map<Dimension, Ref> at = places().get(id).get();
            record(
                    store,
                    index % 2 == 0
                            ? lifetime(id, ALICE, at, Existence.since(day(20 - index)))
                            : used(id, ALICE, at, day(20 - index)));
        });
        ats().forEach(at -> assertThat(store.earliest(ALL, ALICE, Option.some(at), day(25)))
                .as("U8: the first instant must be that of the place that is asked for: %s", at)
                .isEqualTo(idsAt(at).map(id -> day(20 - ids.indexOf(id))).min()));
    }

    @Test
    void u8_gives_when_the_first_fact_of_the_account_began() {
        UsageStore store = emptyStore();
        record(store, lifetime("alice's", ALICE, Existence.since(day(5))), used("bob's", BOB, day(3)));
        assertThat(store.earliest(ALL, ALICE, Option.none(), day(20)))
                .as("U8: the first instant must be that of the account that is asked for")
                .containsExactly(day(5));
        assertThat(store.earliest(ALL, BOB, Option.none(), day(20)))
                .as("U8: the first instant must be that of the account that is asked for")
                .containsExactly(day(3));
    }

    // U9: tenants and accounts

    @Test
    void u9_gives_nothing_outside_the_access() {
        UsageStore store = emptyStore();
        AccountId otherCase = new AccountId("Alice");
        Seq<AccountId> accounts = Array.of(ALICE, BOB, otherCase);
        accounts.forEach(account -> record(
                store,
                lifetime("lifetime of " + account, account, Existence.since(day(3))),
                used("usage of " + account, account, day(3))));
        Seq<Tuple2<Access, Seq<AccountId>>> accesses = Array.of(
                Tuple.of(ALL, accounts),
                Tuple.of(Access.to(TENANT, ALICE), Array.of(ALICE)),
                Tuple.of(Access.to(TENANT, BOB, otherCase), Array.of(BOB, otherCase)),
                Tuple.of(Access.to(TENANT, new AccountId("stranger")), Array.empty()),
                Tuple.of(Access.to(TENANT), Array.empty()),
                Tuple.of(Access.toAll(OTHER_TENANT), Array.empty()),
                Tuple.of(Access.to(OTHER_TENANT, ALICE), Array.empty()));
        accesses.forEach(seen -> accounts.forEach(account -> {
            boolean visible = seen._2.contains(account);
            FactQuery query = FactQuery.of(account, EVER);
            Seq<Fact> found =
                    Array.<Fact>ofAll(readLifetimes(store, seen._1, query)).appendAll(readUsage(store, seen._1, query));
            assertThat(found.map(Fact::account))
                    .as("U9: facts must be those within the access and no others: %s, %s", seen._1, account)
                    .allMatch(seen._2::contains);
            assertThat(found.count(fact -> fact.account().equals(account)))
                    .as("U9: facts within the access must be given: %s, %s", seen._1, account)
                    .isEqualTo(visible ? 2 : 0);
            assertThat(store.earliest(seen._1, account, Option.none(), day(20)).isDefined())
                    .as("U9: earliest must not tell of facts outside the access: %s, %s", seen._1, account)
                    .isEqualTo(visible);
        }));
        accesses.forEach(seen -> assertThat(store.accounts(seen._1, Option.none(), 10))
                .as("U9: accounts must be those within the access: %s", seen._1)
                .containsExactlyInAnyOrderElementsOf(seen._2));
    }

    @Test
    void u9_keeps_tenants_apart() {
        UsageStore store = emptyStore();
        TenantId[] tenants = {TENANT, OTHER_TENANT, new TenantId("Tenant"), new TenantId("tenant ")};
        for (int i = 0; i < tenants.length; i++) {
            assertThat(store.record(
                                    tenants[i],
                                    Array.of(
                                            lifetime("lifetime", day(i + 2)),
                                            used("usage", day(i + 3)),
                                            ending("ending", "lifetime", day(i + 4))))
                            .isRight())
                    .as("U9: the ids of one tenant must not meet those of another")
                    .isTrue();
        }
        for (int i = 0; i < tenants.length; i++) {
            Access access = Access.toAll(tenants[i]);
            assertThat(readLifetimes(store, access, ALL_OF_ALICE)
                            .map(lifetime -> lifetime.existence().until().getOrNull()))
                    .as("U9: a tenant must see its own lifetimes, ended by its own endings")
                    .containsExactly(day(i + 4));
            assertThat(readUsage(store, access, ALL_OF_ALICE).map(UsageRecord::at))
                    .as("U9: a tenant must see its own usage")
                    .containsExactly(day(i + 3));
            assertThat(store.earliest(access, ALICE, Option.none(), day(20)))
                    .as("U9: a tenant must see its own first instant")
                    .containsExactly(day(i + 2));
        }
    }

    @Test
    void u9_ends_no_lifetime_of_another_tenant() {
        UsageStore store = emptyStore();
        record(store, lifetime("lifetime", day(3)));
        assertThat(store.record(OTHER_TENANT, Array.of(ending("ending", "lifetime", day(10)))))
                .as("U9: a lifetime of another tenant is not known")
                .isEqualTo(Either.left(new FactsRefused.UnknownLifetime(fact("ending"), fact("lifetime"))));
        assertThat(end(store, "lifetime"))
                .as("U9: a lifetime must not be ended by another tenant")
                .isEmpty();
    }

    // U10: numbers are kept or refused

    @Test
    void u10_keeps_every_digit_or_refuses() {
        UsageStore store = emptyStore();
        Seq<String> numbers = Array.of(
                "1234567890123456.789012345678901234",
                "0.1234567890123456789012345678901234",
                "1234567890123456789012345678901234",
                "0.00000000000000000000000000000000000000012345",
                "12345678901234567890123456789012345678901234567890.12345678901234567890123456789012345678901234567890",
                "1E+60",
                "1E-90");
        for (String digits : numbers) {
            BigDecimal number = new BigDecimal(digits);
            Money price = Money.of(USD, number);
            Seq<Fact> facts = Array.of(
                    with(used("usage " + digits, day(3)), number),
                    with(lifetime("quantity " + digits, day(3)), number, rate("1")),
                    with(lifetime("per unit " + digits, day(3)), BigDecimal.ONE, rate(new PerUnit(price))),
                    with(lifetime("flat " + digits, day(3)), BigDecimal.ONE, rate(new Flat(price))));
            for (Fact fact : facts) {
                Either<FactsRefused, Recorded> result = store.record(TENANT, Array.of(fact));
                assertThat(numbersOf(store, fact))
                        .as("U10: a number must be kept to the last digit or refused, never rounded: %s", fact.id())
                        .isEqualTo(result.isRight() ? numbersOf(fact) : Array.empty());
                if (result.isLeft()) {
                    assertThat(result.getLeft())
                            .as("U10: a number that does not fit must be refused for its digits")
                            .isInstanceOf(FactsRefused.TooManyDigits.class);
                }
            }
        }
    }

    // U11: usage by the name under which it was reported

    @Test
    void u11_gives_what_was_reported_under_these_names() {
        UsageStore store = emptyStore();
        Seq<String> names = Array.of("requests", "Requests", "requests ", "bytes", "byte%", "meter" + ODD);
        names.forEachWithIndex((name, index) -> record(
                store, usedOf(name, "early " + index, day(3 + index)), usedOf(name, "late " + index, day(20 - index))));
        Seq<Set<String>> asked = Array.of(
                HashSet.of("requests"),
                HashSet.of("bytes", "Requests"),
                HashSet.of("byte%", "unknown"),
                HashSet.of("meter" + ODD),
                HashSet.of("unknown"),
                HashSet.ofAll(names),
                HashSet.empty());
        asked.forEach(meters -> assertThat(usage(store, ALL_OF_ALICE.reportedAs(meters)))
                .as(
                        "U11: usage must be what was reported under one of these names, character by character, in its order: %s",
                        meters)
                .isEqualTo(usage(store, ALL_OF_ALICE).filter(used -> meters.contains(used.meter()))));
        assertThat(usageIds(
                        store,
                        FactQuery.of(ALICE, Period.of(day(4), day(19))).reportedAs(HashSet.of("requests", "bytes"))))
                .as("U11: usage of some names must be of the period, too")
                .containsExactly("early 3", "late 3");
    }

    @Test
    void u11_gives_much_usage_of_a_name_among_others() {
        UsageStore store = emptyStore();
        record(
                store,
                Array.range(0, 2_468)
                        .map(n -> usedOf(
                                n % 2 == 0 ? "requests" : "bytes", "usage-" + (10_000 + n), day(3 + n / 1_200))));
        assertThat(usageIds(store, ALL_OF_ALICE.reportedAs(HashSet.of("bytes"))))
                .as("U11: all usage of a name must be given, in its order; is it cut before it is chosen?")
                .containsExactlyElementsOf(Array.range(0, 1_234).map(n -> "usage-" + (10_001 + 2 * n)));
    }

    @Test
    void u11_gives_all_lifetimes_whatever_usage_is_asked_for() {
        UsageStore store = emptyStore();
        record(store, lifetime("lifetime", day(3)), used("usage", day(3)));
        assertThat(lifetimeIds(store, ALL_OF_ALICE.reportedAs(HashSet.of("bytes"))))
                .as("U11: lifetimes are not reported under a name and must be given all the same")
                .containsExactly("lifetime");
    }

    // U12: accounts that have facts

    @Test
    void u12_gives_accounts_in_the_order_of_their_ids() {
        UsageStore store = emptyStore();
        Seq<AccountId> accounts = Array.of(
                        "10", "9", "A", "Alice", "a", "a ", "a-", "aa", "alice", "b", "z", "\u00c4", "\u00e9", "\uff61")
                .map(AccountId::new);
        accounts.zipWithIndex()
                .sortBy(account -> (account._2 * 5) % accounts.size())
                .forEach(account -> recordOf(store, account._1, account._2 % 3));
        assertThat(store.accounts(ALL, Option.none(), 100))
                .as(
                        "U12: each account that has lifetimes or usage must be given once, ordered by its id, character by character; "
                                + "does a locale or a collation have a say?")
                .isEqualTo(accounts);
        for (int max = 0; max <= accounts.size() + 1; max++) {
            assertThat(store.accounts(ALL, Option.none(), max))
                    .as("U12: there must be at most as many as are asked for")
                    .isEqualTo(accounts.take(max));
            for (int after = 0; after < accounts.size(); after++) {
                assertThat(store.accounts(ALL, Option.some(accounts.get(after)), max))
                        .as("U12: those that come after an id must be given")
                        .isEqualTo(accounts.drop(after + 1).take(max));
            }
        }
        assertThat(store.accounts(ALL, Option.some(new AccountId("al")), 1))
                .as("U12: what comes after an id that is no account must be given")
                .containsExactly(ALICE);
    }

    /** Two facts of an account: lifetimes, usage, or one of each. */
    private static void recordOf(UsageStore store, AccountId account, int kinds) {
        Fact lifetime = lifetime("lifetime of " + account, account, Existence.since(day(3)));
        Fact usage = used("usage of " + account, account, day(3));
        record(
                store,
                kinds == 1 ? used("more usage of " + account, account, day(4)) : lifetime,
                kinds == 0 ? lifetime("more of " + account, account, Existence.since(day(4))) : usage);
    }

    // What the tests share

    /** Everything of an account that can be read. */
    private record Snapshot(Seq<Lifetime> lifetimes, Seq<UsageRecord> usage) {

        static Snapshot of(UsageStore store) {
            return new Snapshot(readLifetimes(store, ALL, ALL_OF_ALICE), readUsage(store, ALL, ALL_OF_ALICE));
        }
    }

    private static void record(UsageStore store, Fact... facts) {
        record(store, Array.of(facts));
    }

    private static void record(UsageStore store, Seq<? extends Fact> facts) {
        store.record(TENANT, Array.ofAll(facts))
                .getOrElseThrow(refused -> new AssertionError(
                        "Facts that break no rule must be kept, but were refused: " + refused.message()));
    }

    private static Either<FactsRefused, Recorded> persistently(UsageStore store, Seq<Fact> facts) {
        return Together.persistently(() -> store.record(TENANT, facts));
    }

    private static Seq<Lifetime> lifetimes(UsageStore store, FactQuery query) {
        return readLifetimes(store, ALL, query);
    }

    private static Seq<Lifetime> readLifetimes(UsageStore store, Access access, FactQuery query) {
        return store.lifetimes(access, query, found -> Array.ofAll(() -> found));
    }

    private static Seq<UsageRecord> usage(UsageStore store, FactQuery query) {
        return readUsage(store, ALL, query);
    }

    private static Seq<UsageRecord> readUsage(UsageStore store, Access access, FactQuery query) {
        return store.usage(access, query, found -> Array.ofAll(() -> found));
    }

    private static Seq<Object> numbersOf(UsageStore store, Fact fact) {
        return Array.<Fact>ofAll(lifetimes(store, ALL_OF_ALICE))
                .appendAll(usage(store, ALL_OF_ALICE))
                .filter(found -> found.id().equals(fact.id()))
                .flatMap(UsageStoreContract::numbersOf);
    }

    private static Seq<Object> numbersOf(Fact fact) {
        return fact instanceof Lifetime lifetime
                ? Array.of(lifetime.quantity(), lifetime.rate().rule())
                : Array.of(((UsageRecord) fact).quantity());
    }

    private static Seq<String> lifetimeIds(UsageStore store, FactQuery query) {
        return lifetimes(store, query).map(lifetime -> lifetime.id().value());
    }

    private static Seq<String> usageIds(UsageStore store, FactQuery query) {
        return usage(store, query).map(used -> used.id().value());
    }

    private static Option<Instant> end(UsageStore store, String lifetime) {
        return lifetimes(store, ALL_OF_ALICE)
                .find(found -> found.id().equals(fact(lifetime)))
                .getOrElseThrow(
                        () -> new AssertionError("A recorded lifetime must be given, but '" + lifetime + "' is not"))
                .existence()
                .until();
    }

    private static boolean concerns(Lifetime lifetime, Period period) {
        Instant from = lifetime.existence().from();
        boolean there = from.isBefore(period.end())
                && lifetime.existence().until().forAll(until -> until.isAfter(period.start()) && until.isAfter(from));
        return there || period.contains(from);
    }

    private static UsageRecord with(UsageRecord used, BigDecimal quantity) {
        return new UsageRecord(
                used.id(),
                used.account(),
                used.meter(),
                quantity,
                used.at(),
                used.places(),
                used.properties(),
                used.recordedAt());
    }

    private static Lifetime with(Lifetime lifetime, BigDecimal quantity, Rate rate) {
        return new Lifetime(
                lifetime.id(),
                lifetime.account(),
                rate,
                quantity,
                lifetime.description(),
                lifetime.places(),
                lifetime.existence(),
                lifetime.recordedAt());
    }

    private UsageStore storeWithFacts() {
        UsageStore store = emptyStore();
        record(store, lifetime("lifetime", day(3)), used("usage", day(3)), ending("ending", "lifetime", day(20)));
        return store;
    }

    /** Facts under the ids of those of {@link #storeWithFacts}, each with one thing that is different. */
    private static Seq<Fact> otherContents() {
        Lifetime lifetime = lifetime("lifetime", day(3));
        UsageRecord used = used("usage", day(3));
        Map<Dimension, Ref> places = HashMap.of(APP, API);
        return Array.of(
                used("usage", day(3).plusMillis(1)),
                used("usage", BOB, day(3)),
                used("usage", ALICE, places, day(3)),
                with(used, new BigDecimal("1.0000000000000000001")),
                with(used, new BigDecimal("-1")),
                used("usage", "region", ""),
                new UsageRecord(used.id(), ALICE, "Requests", BigDecimal.ONE, day(3), used.places(), LEARNED),
                lifetime("usage", day(3)),
                ending("usage", "lifetime", day(20)),
                lifetime("lifetime", day(3).plusMillis(1)),
                lifetime("lifetime", day(3), day(20)),
                lifetime("lifetime", BOB, Existence.since(day(3))),
                lifetime("lifetime", ALICE, places, Existence.since(day(3))),
                with(lifetime, new BigDecimal("2"), lifetime.rate()),
                with(lifetime, lifetime.quantity(), rate("25.01")),
                with(lifetime, lifetime.quantity(), rate(new Flat(usd("25.00")))),
                new Lifetime(
                        lifetime.id(),
                        ALICE,
                        lifetime.rate(),
                        lifetime.quantity(),
                        "Description",
                        lifetime.places(),
                        lifetime.existence(),
                        LEARNED),
                used("lifetime", day(3)),
                ending("lifetime", "lifetime", day(20)),
                ending("ending", "lifetime", day(20).plusMillis(1)),
                used("ending", day(20)),
                lifetime("ending", day(20)));
    }

    private static Map<String, Map<Dimension, Ref>> places() {
        return HashMap.of(
                "nowhere", HashMap.empty(),
                "acme", HashMap.of(ORGANIZATION, ACME),
                "acme api", HashMap.of(ORGANIZATION, ACME, APP, API),
                "renamed api", HashMap.of(APP, new Ref("app", API.id(), "renamed")),
                "ACME", HashMap.of(ORGANIZATION, Ref.named("organization", "ACME")),
                "app acme", HashMap.of(APP, ACME),
                "odd", HashMap.of(APP, Ref.named("app", ODD)));
    }

    private static Seq<Selection.At> ats() {
        return Array.of(
                new Selection.At(ORGANIZATION, "acme"),
                new Selection.At(ORGANIZATION, "ACME"),
                new Selection.At(ORGANIZATION, "acm%"),
                new Selection.At(APP, "acme"),
                new Selection.At(APP, API.id()),
                new Selection.At(APP, API.name()),
                new Selection.At(APP, ODD),
                new Selection.At(new Dimension("App"), API.id()));
    }

    private static Seq<String> idsAt(Selection.At at) {
        return places().filterValues(places ->
                        places.get(at.dimension()).exists(place -> place.id().equals(at.placeId())))
                .keySet()
                .toArray();
    }
}
