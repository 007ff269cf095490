package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.period.Existence;
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
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Usage stores, each with one defect that somebody might make. */
final class BrokenUsageStores {

    private static final Period EVER =
            Period.of(Instant.parse("1900-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59.999Z"));

    private BrokenUsageStores() {}

    static Seq<Defect<UsageStore>> all() {
        return Array.of(
                new Defect<>("keeps 10 decimals", "U1 U10", () -> giving(rounding(10))),
                new Defect<>(
                        "forgets descriptions",
                        "U1",
                        () -> givingLifetimes(
                                lifetimes -> lifetimes.map(lifetime -> with(lifetime, "", lifetime.existence())))),
                new Defect<>(
                        "forgets the names of places",
                        "U1",
                        () -> givingUsage(usage -> usage.map(used -> new UsageRecord(
                                used.id(),
                                used.account(),
                                used.meter(),
                                used.quantity(),
                                used.at(),
                                used.places().mapValues(place -> Ref.named(place.type(), place.id())),
                                used.properties(),
                                used.recordedAt())))),
                new Defect<>(
                        "forgets properties", "U1", () -> saying(properties -> io.vavr.collection.HashMap.empty())),
                new Defect<>(
                        "forgets properties without a value",
                        "U1",
                        () -> saying(properties -> properties.filterValues(value -> !value.isEmpty()))),
                new Defect<>(
                        "writes the names of properties in small letters",
                        "U1",
                        () -> saying(properties -> properties.mapKeys(name -> name.toLowerCase(Locale.ROOT)))),
                new Defect<>("trims properties", "U1", () -> saying(properties -> properties.mapValues(String::strip))),
                new Defect<>(
                        "cuts properties to 255 characters",
                        "U1",
                        () -> saying(properties ->
                                properties.mapValues(value -> value.substring(0, Math.min(255, value.length()))))),
                new Defect<>(
                        "lets nothing be taken back", "U1", () -> giving(quantity -> quantity.max(BigDecimal.ZERO))),
                new Defect<>(
                        "gives 1,000 lifetimes at most",
                        "U1",
                        () -> givingLifetimes(lifetimes -> lifetimes.take(1_000))),
                new Defect<>("wants facts", "U1", WantsFacts::new),
                new Defect<>(
                        "counts known facts as added",
                        "U2",
                        () -> answering(result ->
                                result.map(recorded -> new Recorded(recorded.added() + recorded.known(), 0)))),
                new Defect<>("takes a fact learned again for another", "U2", TakesLaterForOther::new),
                new Defect<>(
                        "forgets when a fact was learned first",
                        "U2 U7",
                        () -> new Relearning((first, again) -> again)),
                new Defect<>("takes ids of one normal form for one", "U2", NormalizesIds::new),
                new Defect<>("keeps the facts before the refused one", "U3", KeepsThePrefix::new),
                new Defect<>("keeps the first of two contents", "U3", KeepsTheFirst::new),
                new Defect<>(
                        "keeps the first of two contents in a call",
                        "U3",
                        () -> recording(BrokenUsageStores::withoutSecondContents)),
                new Defect<>("ends lifetimes of other accounts", "U3", EndsForOthers::new),
                new Defect<>("ignores an end before the beginning", "U3", IgnoresEarlyEnds::new),
                new Defect<>("lets the last ending count", "U4", () -> new Ends((known, added) -> added)),
                new Defect<>(
                        "lets the latest end count",
                        "U4",
                        () -> new Ends((known, added) -> known.isAfter(added) ? known : added)),
                new Defect<>("takes an ending for what is learned of its lifetime", "U4", LearnsFromEndings::new),
                new Defect<>("lets nothing end when it begins", "U4", LetsNothingEndAtOnce::new),
                new Defect<>(
                        "orders lifetimes by beginning",
                        "U5",
                        () -> givingLifetimes(lifetimes -> lifetimes.sorted(Comparator.comparing(
                                lifetime -> lifetime.existence().from())))),
                new Defect<>(
                        "orders lifetimes by id",
                        "U5",
                        () -> givingLifetimes(lifetimes -> lifetimes.sorted(
                                Comparator.comparing(lifetime -> lifetime.id().value())))),
                new Defect<>(
                        "gives lifetimes that ended when the period starts",
                        "U5",
                        () -> queryingLifetimes(query -> query.in(Period.of(
                                query.period().start().minusMillis(1),
                                query.period().end())))),
                new Defect<>(
                        "gives lifetimes of any place",
                        "U5",
                        () -> queryingLifetimes(query -> new FactQuery(
                                query.account(), query.period(), Option.none(), query.recordedBy(), query.meters()))),
                new Defect<>("gives lifetimes of all accounts", "U5", () -> new OfAllAccounts(true, false)),
                new Defect<>("wants lifetimes read to the end", "U5", WantsLifetimesRead::new),
                new Defect<>(
                        "orders usage by id",
                        "U6",
                        () -> givingUsage(usage -> usage.sorted(
                                Comparator.comparing(used -> used.id().value())))),
                new Defect<>(
                        "orders usage of an instant without regard to case",
                        "U6",
                        () -> givingUsage(usage -> usage.sorted(Comparator.comparing(UsageRecord::at)
                                .thenComparing(used -> used.id().value(), String.CASE_INSENSITIVE_ORDER)))),
                new Defect<>(
                        "includes the end of the period",
                        "U6",
                        () -> queryingUsage(query -> query.in(Period.of(
                                query.period().start(), query.period().end().plusMillis(1))))),
                new Defect<>(
                        "gives usage of any place",
                        "U6",
                        () -> queryingUsage(query -> new FactQuery(
                                query.account(), query.period(), Option.none(), query.recordedBy(), query.meters()))),
                new Defect<>("gives usage of all accounts", "U6", () -> new OfAllAccounts(false, true)),
                new Defect<>("wants usage read to the end", "U6", WantsUsageRead::new),
                new Defect<>(
                        "shows usage learned later",
                        "U7",
                        () -> queryingUsage(query -> new FactQuery(
                                query.account(), query.period(), query.at(), Option.none(), query.meters()))),
                new Defect<>("shows endings learned later", "U7", ShowsLaterEndings::new),
                new Defect<>(
                        "hides what was learned at the instant",
                        "U7",
                        () -> queryingLifetimes(query -> new FactQuery(
                                query.account(),
                                query.period(),
                                query.at(),
                                query.recordedBy().map(by -> by.minusMillis(1)),
                                query.meters()))),
                new Defect<>(
                        "takes no usage for a beginning",
                        "U8",
                        () -> beginning((store, asked) -> store.lifetimesOf(asked.access(), asked.query())
                                .map(lifetime -> lifetime.existence().from())
                                .filter(from -> !from.isAfter(asked.notAfter()))
                                .min())),
                new Defect<>(
                        "gives a first instant that is later",
                        "U8",
                        () -> beginning((store, asked) ->
                                store.intact.earliest(asked.access(), asked.account(), asked.at(), EVER.end()))),
                new Defect<>(
                        "gives the first instant of any place",
                        "U8",
                        () -> beginning((store, asked) -> store.intact.earliest(
                                asked.access(), asked.account(), Option.none(), asked.notAfter()))),
                new Defect<>(
                        "does not count what never lasted",
                        "U8",
                        () -> beginning((store, asked) -> store.lifetimesOf(asked.access(), asked.query())
                                .filter(lifetime -> !lifetime.existence()
                                        .until()
                                        .contains(lifetime.existence().from()))
                                .map(lifetime -> lifetime.existence().from())
                                .appendAll(store.usageOf(asked.access(), asked.query())
                                        .map(UsageRecord::at))
                                .filter(from -> !from.isAfter(asked.notAfter()))
                                .min())),
                new Defect<>("tells when the first fact of any account began", "U8", BeginsWithAnyAccount::new),
                new Defect<>(
                        "tells when facts of any account began",
                        "U9",
                        () -> beginning((store, asked) -> store.intact.earliest(
                                Access.toAll(asked.access().tenant()), asked.account(), asked.at(), asked.notAfter()))),
                new Defect<>("gives lifetimes of any account", "U9", GivesAllLifetimes::new),
                new Defect<>("ends lifetimes of other tenants", "U9", EndsForOtherTenants::new),
                new Defect<>("takes tenants that differ by case for one", "U9", TakesTenantsForOne::new),
                new Defect<>("keeps 20 decimals", "U10", () -> giving(rounding(20))),
                new Defect<>(
                        "keeps quantities as doubles",
                        "U10",
                        () -> giving(quantity -> BigDecimal.valueOf(quantity.doubleValue()))),
                new Defect<>(
                        "gives usage of any name", "U11", () -> queryingUsage(query -> ofNames(query, Option.none()))),
                new Defect<>(
                        "gives usage of any name when asked for none",
                        "U11",
                        () -> queryingUsage(
                                query -> ofNames(query, query.meters().filter(names -> !names.isEmpty())))),
                new Defect<>("takes names that differ by case for one", "U11", TakesMetersForOne::new),
                new Defect<>("gives 1,000 records of a name at most", "U11", CutsUsageOfNames::new),
                new Defect<>("gives no lifetimes of names", "U11", GivesNoLifetimesOfNames::new),
                new Defect<>(
                        "forgets accounts that only have lifetimes",
                        "U12",
                        () -> listing((store, asked) -> asked.all()
                                .filter(account -> store.usageOf(asked.access(), FactQuery.of(account, EVER))
                                        .nonEmpty()))),
                new Defect<>(
                        "forgets accounts that only have usage",
                        "U12",
                        () -> listing((store, asked) -> asked.all()
                                .filter(account -> store.lifetimesOf(asked.access(), FactQuery.of(account, EVER))
                                        .nonEmpty()))),
                new Defect<>(
                        "gives the last account again",
                        "U12",
                        () -> listing((store, asked) -> asked.after()
                                .toVector()
                                .filter(asked.all()::contains)
                                .appendAll(asked.rest()))),
                new Defect<>(
                        "gives one account too many",
                        "U12",
                        () -> listing((store, asked) -> store.intact.accounts(
                                asked.access(), asked.after(), asked.max() == 0 ? 1 : asked.max()))),
                new Defect<>(
                        "lists accounts outside the access",
                        "U9",
                        () -> listing((store, asked) -> store.intact.accounts(
                                Access.toAll(asked.access().tenant()), asked.after(), asked.max()))));
    }

    private record Listing(ForwardingUsageStore store, Access access, Option<AccountId> after, int max) {

        Seq<AccountId> all() {
            return store.intact.accounts(access, Option.none(), Integer.MAX_VALUE);
        }

        Seq<AccountId> rest() {
            return store.intact.accounts(access, after, max);
        }
    }

    private static UsageStore listing(BiFunction<ForwardingUsageStore, Listing, Seq<AccountId>> accounts) {
        return new ForwardingUsageStore() {
            @Override
            public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
                return accounts.apply(this, new Listing(this, access, after, max));
            }
        };
    }

    private static FactQuery ofNames(FactQuery query, Option<io.vavr.collection.Set<String>> names) {
        return new FactQuery(query.account(), query.period(), query.at(), query.recordedBy(), names);
    }

    private static final class TakesMetersForOne extends ForwardingUsageStore {
        @Override
        public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
            return reader.apply(usageOf(access, ofNames(query, Option.none()))
                    .filter(used ->
                            query.meters().forAll(names -> names.exists(name -> name.equalsIgnoreCase(used.meter()))))
                    .iterator());
        }
    }

    private static final class CutsUsageOfNames extends ForwardingUsageStore {
        @Override
        public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
            return reader.apply(
                    query.meters().isEmpty()
                            ? usageOf(access, query).iterator()
                            : usageOf(access, query).take(1_000).iterator());
        }
    }

    private static final class GivesNoLifetimesOfNames extends ForwardingUsageStore {
        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            return query.meters().isEmpty()
                    ? super.lifetimes(access, query, reader)
                    : reader.apply(Collections.emptyIterator());
        }
    }

    private static UsageStore answering(UnaryOperator<Either<FactsRefused, Recorded>> rewriting) {
        return new ForwardingUsageStore() {
            @Override
            public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
                return rewriting.apply(super.record(tenant, facts));
            }
        };
    }

    private static UsageStore recording(UnaryOperator<Seq<Fact>> rewriting) {
        return new ForwardingUsageStore() {
            @Override
            public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
                return super.record(tenant, rewriting.apply(facts));
            }
        };
    }

    private static Seq<Fact> withoutSecondContents(Seq<Fact> facts) {
        Map<FactId, Fact> first = new HashMap<>();
        return facts.filter(fact -> {
            Fact known = first.putIfAbsent(fact.id(), fact);
            return known == null || known.saysTheSameAs(fact);
        });
    }

    private static UsageStore givingLifetimes(UnaryOperator<Seq<Lifetime>> rewriting) {
        return new ForwardingUsageStore() {
            @Override
            public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
                return reader.apply(rewriting.apply(lifetimesOf(access, query)).iterator());
            }
        };
    }

    private static UsageStore givingUsage(UnaryOperator<Seq<UsageRecord>> rewriting) {
        return new ForwardingUsageStore() {
            @Override
            public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
                return reader.apply(rewriting.apply(usageOf(access, query)).iterator());
            }
        };
    }

    private static UsageStore queryingLifetimes(UnaryOperator<FactQuery> rewriting) {
        return new ForwardingUsageStore() {
            @Override
            public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
                return super.lifetimes(access, rewriting.apply(query), reader);
            }
        };
    }

    private static UsageStore queryingUsage(UnaryOperator<FactQuery> rewriting) {
        return new ForwardingUsageStore() {
            @Override
            public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
                return super.usage(access, rewriting.apply(query), reader);
            }
        };
    }

    private record Asked(Access access, AccountId account, Option<Selection.At> at, Instant notAfter) {
        FactQuery query() {
            return new FactQuery(account, EVER, at, Option.none());
        }
    }

    private static UsageStore beginning(BiFunction<ForwardingUsageStore, Asked, Option<Instant>> answer) {
        return new ForwardingUsageStore() {
            @Override
            public Option<Instant> earliest(
                    Access access, AccountId account, Option<Selection.At> at, Instant notAfter) {
                return answer.apply(this, new Asked(access, account, at, notAfter));
            }
        };
    }

    private static UsageStore giving(UnaryOperator<BigDecimal> quantities) {
        return givingUsage(usage -> usage.map(used -> new UsageRecord(
                used.id(),
                used.account(),
                used.meter(),
                quantities.apply(used.quantity()),
                used.at(),
                used.places(),
                used.properties(),
                used.recordedAt())));
    }

    private static UsageStore saying(UnaryOperator<io.vavr.collection.Map<String, String>> properties) {
        return givingUsage(usage -> usage.map(used -> new UsageRecord(
                used.id(),
                used.account(),
                used.meter(),
                used.quantity(),
                used.at(),
                used.places(),
                properties.apply(used.properties()),
                used.recordedAt())));
    }

    private static UnaryOperator<BigDecimal> rounding(int decimals) {
        return quantity -> Decimals.canonical(quantity.setScale(decimals, RoundingMode.HALF_UP));
    }

    private static Lifetime with(Lifetime lifetime, String description, Existence existence) {
        return new Lifetime(
                lifetime.id(),
                lifetime.account(),
                lifetime.rate(),
                lifetime.quantity(),
                description,
                lifetime.places(),
                existence,
                lifetime.recordedAt());
    }

    private static final class WantsFacts extends ForwardingUsageStore {
        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            if (facts.isEmpty()) {
                throw new IllegalArgumentException("There must be facts");
            }
            return super.record(tenant, facts);
        }
    }

    private static final class NormalizesIds extends ForwardingUsageStore {
        private final Map<String, FactId> known = new ConcurrentHashMap<>();

        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            return super.record(
                    tenant,
                    facts.filter(fact -> known.computeIfAbsent(
                                    Normalizer.normalize(fact.id().value(), Normalizer.Form.NFC), any -> fact.id())
                            .equals(fact.id())));
        }
    }

    private static final class LearnsFromEndings extends ForwardingUsageStore {
        private final Map<FactId, Instant> ends = new ConcurrentHashMap<>();

        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            return super.record(tenant, facts)
                    .peek(recorded -> facts.filter(Ending.class::isInstance)
                            .map(Ending.class::cast)
                            .forEach(ending -> ends.put(ending.lifetime(), ending.at())));
        }

        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            return reader.apply(lifetimesOf(access, query)
                    .map(lifetime -> lifetime.recordedAt(ends.getOrDefault(lifetime.id(), lifetime.recordedAt())))
                    .iterator());
        }
    }

    private static final class LetsNothingEndAtOnce extends ForwardingUsageStore {
        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            Option<Ending> atOnce = facts.size() > 1
                    ? Option.none()
                    : facts.filter(Ending.class::isInstance)
                            .map(Ending.class::cast)
                            .find(ending -> lifetimesOf(Access.toAll(tenant), FactQuery.of(ending.account(), EVER))
                                    .exists(lifetime -> lifetime.id().equals(ending.lifetime())
                                            && lifetime.existence().from().equals(ending.at())));
            return atOnce.isDefined()
                    ? Either.left(new FactsRefused.EndsBeforeItBegins(
                            atOnce.get().id(), atOnce.get().at(), atOnce.get().at()))
                    : super.record(tenant, facts);
        }
    }

    private static final class OfAllAccounts extends ForwardingUsageStore {
        private final boolean lifetimes;
        private final boolean usage;
        private final Set<AccountId> accounts = ConcurrentHashMap.newKeySet();

        OfAllAccounts(boolean lifetimes, boolean usage) {
            this.lifetimes = lifetimes;
            this.usage = usage;
        }

        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            facts.forEach(fact -> accounts.add(fact.account()));
            return super.record(tenant, facts);
        }

        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            return lifetimes
                    ? reader.apply(Array.ofAll(accounts)
                            .flatMap(account -> lifetimesOf(access, of(account, query)))
                            .iterator())
                    : super.lifetimes(access, query, reader);
        }

        @Override
        public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
            return usage
                    ? reader.apply(Array.ofAll(accounts)
                            .flatMap(account -> usageOf(access, of(account, query)))
                            .iterator())
                    : super.usage(access, query, reader);
        }

        private static FactQuery of(AccountId account, FactQuery query) {
            return new FactQuery(account, query.period(), query.at(), query.recordedBy(), query.meters());
        }
    }

    private static final class BeginsWithAnyAccount extends ForwardingUsageStore {
        private final Set<AccountId> accounts = ConcurrentHashMap.newKeySet();

        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            facts.forEach(fact -> accounts.add(fact.account()));
            return super.record(tenant, facts);
        }

        @Override
        public Option<Instant> earliest(Access access, AccountId account, Option<Selection.At> at, Instant notAfter) {
            return access.sees(account)
                    ? Array.ofAll(accounts)
                            .flatMap(any -> super.earliest(access, any, at, notAfter))
                            .min()
                    : Option.none();
        }
    }

    private static <T, R> Function<Iterator<T>, R> wantingAllRead(Function<Iterator<T>, R> reader) {
        return facts -> {
            R result = reader.apply(facts);
            if (facts.hasNext()) {
                throw new IllegalStateException("Facts must be read to the end");
            }
            return result;
        };
    }

    private static final class WantsLifetimesRead extends ForwardingUsageStore {
        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            return super.lifetimes(access, query, wantingAllRead(reader));
        }
    }

    private static final class WantsUsageRead extends ForwardingUsageStore {
        @Override
        public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
            return super.usage(access, query, wantingAllRead(reader));
        }
    }

    private static final class EndsForOtherTenants extends ForwardingUsageStore {
        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            Either<FactsRefused, Recorded> result = super.record(tenant, facts);
            return result.isLeft() && tenant.equals(InvoiceFixtures.OTHER_TENANT)
                    ? super.record(InvoiceFixtures.TENANT, facts)
                    : result;
        }
    }

    private static final class TakesLaterForOther extends ForwardingUsageStore {
        private final Map<FactId, Instant> learned = new ConcurrentHashMap<>();

        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            Option<Fact> other = facts.find(
                    fact -> !learned.getOrDefault(fact.id(), fact.recordedAt()).equals(fact.recordedAt()));
            return other.isDefined()
                    ? Either.left(new FactsRefused.IdReused(other.get().id()))
                    : super.record(tenant, facts)
                            .peek(recorded -> facts.forEach(fact -> learned.put(fact.id(), fact.recordedAt())));
        }
    }

    /** Gives usage with another instant than the first at which it was learned. */
    private static final class Relearning extends ForwardingUsageStore {
        private final BinaryOperator<Instant> choice;
        private final Map<FactId, Instant> learned = new ConcurrentHashMap<>();

        Relearning(BinaryOperator<Instant> choice) {
            this.choice = choice;
        }

        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            return super.record(tenant, facts)
                    .peek(recorded -> facts.forEach(fact -> learned.merge(fact.id(), fact.recordedAt(), choice)));
        }

        @Override
        public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
            FactQuery whenever =
                    new FactQuery(query.account(), query.period(), query.at(), Option.none(), query.meters());
            return reader.apply(usageOf(access, whenever)
                    .map(used -> used.recordedAt(learned.getOrDefault(used.id(), used.recordedAt())))
                    .filter(used ->
                            query.recordedBy().forAll(by -> !used.recordedAt().isAfter(by)))
                    .iterator());
        }

        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            FactQuery whenever =
                    new FactQuery(query.account(), query.period(), query.at(), Option.none(), query.meters());
            return reader.apply(lifetimesOf(access, query.recordedBy().isDefined() ? query : whenever)
                    .filter(lifetime -> query.recordedBy()
                            .forAll(by ->
                                    !learned.getOrDefault(lifetime.id(), by).isAfter(by)))
                    .iterator());
        }
    }

    private static final class KeepsThePrefix extends ForwardingUsageStore {
        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            Either<FactsRefused, Recorded> result = super.record(tenant, facts);
            if (result.isLeft()) {
                Array.range(1, facts.size())
                        .reverse()
                        .find(size -> super.record(tenant, facts.take(size)).isRight());
            }
            return result;
        }
    }

    private static final class KeepsTheFirst extends ForwardingUsageStore {
        private final Map<FactId, Fact> first = new ConcurrentHashMap<>();

        @Override
        public synchronized Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            Seq<Fact> accepted = tenant.equals(InvoiceFixtures.TENANT)
                    ? facts.filter(fact -> first.getOrDefault(fact.id(), fact).saysTheSameAs(fact))
                    : facts;
            return super.record(tenant, accepted)
                    .peek(recorded -> accepted.filter(fact -> tenant.equals(InvoiceFixtures.TENANT))
                            .forEach(fact -> first.putIfAbsent(fact.id(), fact)));
        }
    }

    private static final class EndsForOthers extends ForwardingUsageStore {
        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            return super.record(
                    tenant,
                    facts.map(fact ->
                            fact instanceof Ending ending && ending.account().equals(InvoiceFixtures.BOB)
                                    ? new Ending(
                                            ending.id(),
                                            InvoiceFixtures.ALICE,
                                            ending.lifetime(),
                                            ending.at(),
                                            ending.recordedAt())
                                    : fact));
        }
    }

    private static final class IgnoresEarlyEnds extends ForwardingUsageStore {
        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            Either<FactsRefused, Recorded> result = super.record(tenant, facts);
            return result.isLeft() && result.getLeft() instanceof FactsRefused.EndsBeforeItBegins early
                    ? super.record(tenant, facts.reject(fact -> fact.id().equals(early.fact())))
                    : result;
        }
    }

    /** Lets one of the ends of a lifetime count that need not be the earliest. */
    private static final class Ends extends ForwardingUsageStore {
        private final BinaryOperator<Instant> choice;
        private final Map<FactId, Instant> ends = new ConcurrentHashMap<>();

        Ends(BinaryOperator<Instant> choice) {
            this.choice = choice;
        }

        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            return super.record(tenant, facts)
                    .peek(recorded -> facts.filter(
                                    fact -> tenant.equals(InvoiceFixtures.TENANT) && fact instanceof Ending)
                            .map(Ending.class::cast)
                            .forEach(ending -> ends.merge(ending.lifetime(), ending.at(), choice)));
        }

        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            return access.tenant().equals(InvoiceFixtures.TENANT)
                            && query.recordedBy().isEmpty()
                    ? reader.apply(lifetimesOf(access, query).map(this::ended).iterator())
                    : super.lifetimes(access, query, reader);
        }

        private Lifetime ended(Lifetime lifetime) {
            return Option.of(ends.get(lifetime.id()))
                    .map(end -> with(
                            lifetime,
                            lifetime.description(),
                            Existence.between(lifetime.existence().from(), end)))
                    .getOrElse(lifetime);
        }
    }

    private static final class ShowsLaterEndings extends ForwardingUsageStore {
        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            var now =
                    lifetimesOf(access, FactQuery.of(query.account(), EVER)).toMap(Lifetime::id, lifetime -> lifetime);
            return reader.apply(lifetimesOf(access, query)
                    .map(then -> now.getOrElse(then.id(), then))
                    .iterator());
        }
    }

    private static final class GivesAllLifetimes extends ForwardingUsageStore {
        @Override
        public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
            return super.lifetimes(Access.toAll(access.tenant()), query, reader);
        }
    }

    private static final class TakesTenantsForOne extends ForwardingUsageStore {
        @Override
        public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
            return super.record(new TenantId(tenant.value().toLowerCase(Locale.ROOT)), facts);
        }
    }
}
