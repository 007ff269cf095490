package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Metering;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.ReportedItems;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Stream;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import javax.money.CurrencyUnit;

/**
 * Bills a cloud's month to date, one running document for each thing: takes in what the provider reported, adds it up, meters the plan by
 * the times, projects both to the end of the month, and at last sums up the groups. A run can be repeated: what it did stays done, and
 * what it did not is done then. The steps themselves are pure functions of {@link ReportedItems} and {@link Morpheus}.
 */
public final class MeterCloud {

    private static final int ATTEMPTS = 20;

    private final InvoiceStore store;
    private final Profile profile;
    private final Clock clock;

    /**
     * Bills under a profile.
     *
     * @param profile {@link Morpheus#profile()}, on the calendar whose months are meant
     */
    public MeterCloud(InvoiceStore store, Profile profile, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Runs.
     *
     * @return how many documents there are of the run's objects
     */
    public Either<RunRefused, Integer> run(TenantId tenant, CloudRun run) {
        Period month = profile.calendar().period(run.month());
        Seq<BilledObject> there = run.objects().filter(object -> isThere(object, month));
        Option<RunRefused> stray = stray(run, there);
        if (stray.isDefined()) {
            return Either.left(stray.get());
        }
        Seq<BilledObject> groupsLast =
                there.reject(BilledObject::isSummary).appendAll(there.filter(BilledObject::isSummary));
        for (BilledObject object : groupsLast) {
            Either<RunRefused, Receipt> done = commit(tenant, run, month, object);
            if (done.isLeft()) {
                return Either.left(done.getLeft());
            }
        }
        return Either.right(there.size());
    }

    private static boolean isThere(BilledObject object, Period month) {
        return object.createdAt().isBefore(month.end())
                && object.deletedAt().forAll(deleted -> deleted.isAfter(month.start()));
    }

    private static Option<RunRefused> stray(CloudRun run, Seq<BilledObject> there) {
        return run.feed()
                .toArray()
                .flatMap(CloudRun.Feed::charges)
                .find(charge -> !there.exists(object -> charge.isFor(object) && !object.isSummary()))
                .map(charge -> new RunRefused.UnknownObject(charge.subjectType(), charge.subjectId()));
    }

    /** A document that somebody else revised meanwhile is computed again, a bounded number of times. */
    private Either<RunRefused, Receipt> commit(TenantId tenant, CloudRun run, Period month, BilledObject object) {
        InvoiceId id = object.invoice().getOrElse(() -> derivedId(tenant, object, month));
        if (!isFreeFor(tenant, id, object, month)) {
            return Either.left(new RunRefused.NotStored(new CommitRefused.AlreadyExists(id)));
        }
        CommandKey key = new CommandKey("cloud run/" + run.id() + "/" + id);
        Either<RunRefused, Receipt> result = Either.left(new RunRefused.NotStored(new CommitRefused.Stale(id, 0, 1)));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            result = writes(tenant, run, month, object, id)
                    .flatMap(writes ->
                            store.commit(tenant, new Commit(key, "run", writes)).mapLeft(RunRefused.NotStored::new));
            if (result.isRight() || !isStale(result.getLeft())) {
                return result;
            }
        }
        return result;
    }

    private static boolean isStale(RunRefused refused) {
        return refused instanceof RunRefused.NotStored stored && stored.why() instanceof CommitRefused.Stale;
    }

    /** A number that follows from the name; should another document have it, the next one that does. */
    private InvoiceId derivedId(TenantId tenant, BilledObject object, Period month) {
        String name = object.subject().type() + "/" + object.subject().id() + "/"
                + object.account().value() + "/" + month.start();
        return Stream.iterate(name, next -> next + "/")
                .map(next -> new InvoiceId(Long.toString(Morpheus.number(next))))
                .find(id -> isFreeFor(tenant, id, object, month))
                .get();
    }

    /** Whether a document with this id would be new, or is that of the object and month. */
    private boolean isFreeFor(TenantId tenant, InvoiceId id, BilledObject object, Period month) {
        return store.find(Access.toAll(tenant), id)
                .map(stored -> stored.invoice().head())
                .forAll(head -> head.account().equals(object.account())
                        && head.period().contains(month)
                        && head.subject()
                                .exists(subject -> subject.type()
                                                .equals(object.subject().type())
                                        && subject.id().equals(object.subject().id())));
    }

    private Either<RunRefused, Seq<Write>> writes(
            TenantId tenant, CloudRun run, Period month, BilledObject object, InvoiceId id) {
        Access access = Access.toAll(tenant);
        Option<Stored> known = store.find(access, id);
        Metering metering =
                Metering.of(month, object.createdAt(), object.deletedAt(), run.meteredTo(), object.offMillis());
        Either<RunRefused, Content> content =
                object.isSummary() ? summed(access, month, object) : billed(access, run, object, id, metering, known);
        return content.map(found -> {
            Head head = head(month, object, id, known, metering, found);
            Figures figures = withInvoiced(found.figures(), known);
            Invoice.Running next = new Invoice.Running(head, figures, revisionAfter(known), now());
            Seq<Write> revise = Array.of(new Write.Revise(next, found.lines(), Change.REPLACE_LINES));
            return revise.appendAll(tagged(object, id, known));
        });
    }

    private static long revisionAfter(Option<Stored> known) {
        return known.map(Stored::invoice)
                        .filter(Invoice.Running.class::isInstance)
                        .map(invoice -> ((Invoice.Running) invoice).revision())
                        .getOrElse(0L)
                + 1;
    }

    /** What the host stored as invoiced is none of a run's business, so it stays. */
    private static Figures withInvoiced(Figures figures, Option<Stored> known) {
        return new Figures(known.map(stored -> ofBasis(stored, Basis.INVOICED))
                .fold(figures::byKey, invoiced -> figures.byKey().merge(invoiced)));
    }

    private static Map<FigureKey, Figure> ofBasis(Stored stored, Basis basis) {
        return stored.invoice().figures().byKey().filterKeys(key -> key.basis().contains(basis));
    }

    /**
     * What a document says beside its head.
     *
     * @param reported whether anything was ever reported
     */
    private record Content(
            Figures figures,
            Seq<LineItem> lines,
            boolean reported,
            Option<Instant> reportedAt,
            CurrencyUnit estimated,
            CurrencyUnit actual) {}

    private Either<RunRefused, Content> billed(
            Access access, CloudRun run, BilledObject object, InvoiceId id, Metering metering, Option<Stored> known) {
        Seq<LineItem> before = store.lines(access, LineItemQuery.of(id), lines -> Array.ofAll(() -> lines));
        Seq<LineItem> reportedBefore =
                run.rebuild() ? Array.empty() : before.filter(line -> line.basis() == Basis.ACTUAL);
        Seq<LineItem> news = run.news(object);
        return currency(object, reportedBefore.appendAll(news)).map(actual -> {
            Seq<LineItem> items = ReportedItems.merge(reportedBefore, news);
            Figures figures = Morpheus.meter(Figures.NONE, object.plan(), metering);
            figures = plus(figures, actual(run, items, news, metering, actual, known));
            Seq<LineItem> lines = items.isEmpty()
                    ? ReportedItems.keepCreation(before, Morpheus.meteredLines(object.plan(), metering, id, now()))
                    : items;
            return new Content(
                    Morpheus.show(figures, items.isEmpty() ? Basis.ESTIMATED : Basis.ACTUAL),
                    lines,
                    items.nonEmpty(),
                    news.isEmpty() ? Option.none() : run.feed().map(CloudRun.Feed::knownAt),
                    object.plan().currency(),
                    actual);
        });
    }

    /** The one currency of what is reported, or of the plan if nothing is. */
    private static Either<RunRefused, CurrencyUnit> currency(BilledObject object, Seq<LineItem> reported) {
        return one(object, reported.flatMap(line -> line.cost().toArray().appendAll(line.net())));
    }

    private static Either<RunRefused, CurrencyUnit> one(BilledObject object, Seq<Money> amounts) {
        Seq<CurrencyUnit> currencies = amounts.map(Money::currency).distinct();
        return currencies.size() <= 1 && currencies.forAll(object::knowsRateOf)
                ? Either.right(currencies.headOption().getOrElse(object.plan().currency()))
                : Either.left(new RunRefused.MixedCurrencies(object.subject()));
    }

    /** What a run without a feed does not know stays as the last feed left it. */
    private static Figures actual(
            CloudRun run,
            Seq<LineItem> items,
            Seq<LineItem> news,
            Metering metering,
            CurrencyUnit currency,
            Option<Stored> known) {
        if (run.feed().isEmpty() && !run.rebuild() && known.isDefined()) {
            return new Figures(ofBasis(known.get(), Basis.ACTUAL));
        }
        Metering reported = metering.asOf(run.feed().map(CloudRun.Feed::to).getOrElse(metering.costDate()));
        boolean isStale = news.isEmpty() && items.nonEmpty();
        return Morpheus.project(Morpheus.reconcile(items, currency), reported, isStale);
    }

    private static Figures plus(Figures some, Figures others) {
        return new Figures(some.byKey().merge(others.byKey()));
    }

    private Instant now() {
        return clock.instant();
    }

    /** Sums up the documents of the same account and month that belong to the group. */
    private Either<RunRefused, Content> summed(Access access, Period month, BilledObject group) {
        Dimension dimension = Morpheus.SUMMARIES.get(group.subject().type()).get();
        Selection.At place = new Selection.At(dimension, group.subject().id());
        Seq<Stored> leaves = leaves(everything(
                access,
                InvoiceQuery.ofProfile(profile.name())
                        .of(group.account())
                        .and(new InvoiceCondition.StartsWithin(HashSet.of(month)))
                        .and(new InvoiceCondition.At(dimension, HashSet.of(place.placeId())))));
        Seq<Figures> figures = leaves.map(stored -> stored.invoice().figures());
        boolean reported = leaves.exists(MeterCloud::isReported);
        return currencyOf(group, figures, Basis.ESTIMATED)
                .flatMap(estimated -> currencyOf(group, figures, Basis.ACTUAL).map(actual -> {
                    Figures all = plus(
                            Morpheus.summarize(place, figures, Basis.ESTIMATED, estimated),
                            Morpheus.summarize(place, figures, Basis.ACTUAL, actual));
                    return new Content(
                            Morpheus.show(all, reported ? Basis.ACTUAL : Basis.ESTIMATED),
                            Array.empty(),
                            reported,
                            leaves.flatMap(stored -> instant(stored, Fact.LAST_ACTUAL_DATE))
                                    .max(),
                            estimated,
                            actual);
                }));
    }

    private static Either<RunRefused, CurrencyUnit> currencyOf(BilledObject group, Seq<Figures> leaves, Basis basis) {
        return one(
                group,
                leaves.flatMap(figures -> Array.of(Side.values())
                        .flatMap(side -> figures.find(Morpheus.running(basis, side)))
                        .map(Figure::amount)));
    }

    private static Seq<Stored> leaves(Seq<Stored> members) {
        Set<InvoiceId> leaves = Morpheus.leaves(
                        members.map(stored -> stored.invoice().head()))
                .map(Head::id)
                .toSet();
        return members.filter(stored -> leaves.contains(stored.invoice().head().id()));
    }

    private static boolean isReported(Stored stored) {
        return stored.invoice().head().attributes().get(Fact.ESTIMATE).contains(Attribute.of(false));
    }

    private static Option<Instant> instant(Stored stored, String fact) {
        return stored.invoice()
                .head()
                .attributes()
                .get(fact)
                .filter(Attribute.Instant.class::isInstance)
                .map(attribute -> ((Attribute.Instant) attribute).value());
    }

    private Seq<Stored> everything(Access access, InvoiceQuery query) {
        Seq<Stored> found = Array.empty();
        while (true) {
            Seq<Stored> page = store.search(access, query, new PageRequest(found.size(), PageRequest.MAX_SIZE))
                    .rows();
            found = found.appendAll(page);
            if (page.size() < PageRequest.MAX_SIZE) {
                return found;
            }
        }
    }

    private Head head(
            Period month, BilledObject object, InvoiceId id, Option<Stored> known, Metering metering, Content content) {
        Instant createdAt =
                known.map(stored -> stored.invoice().head().createdAt()).getOrElse(this::now);
        Option<Instant> reportedAt = content.reportedAt()
                .orElse(() -> known.flatMap(stored -> instant(stored, Fact.LAST_ACTUAL_DATE))
                        .filter(before -> content.reported()));
        return new Head(
                id,
                profile.name(),
                object.account(),
                object.owner(),
                Option.some(object.subject()),
                Option.some(month),
                object.allPlaces(),
                Option.none(),
                object.plan().currency(),
                createdAt,
                factsOf(object)
                        .merge(meter(object, metering), (ours, theirs) -> theirs)
                        .merge(money(object, content), (ours, theirs) -> theirs)
                        .merge(HashMap.ofEntries(
                                reportedAt.map(at -> new Tuple2<>(Fact.LAST_ACTUAL_DATE, Attribute.of(at))))));
    }

    /** Only a provider's resource is known as one. */
    private static Map<String, Attribute> factsOf(BilledObject object) {
        boolean isResource = object.subject().type().equals("AccountResource");
        return isResource ? object.facts() : object.facts().removeAll(Fact.OF_RESOURCES);
    }

    private static Map<String, Attribute> meter(BilledObject object, Metering metering) {
        Map<String, Attribute> facts = HashMap.of(
                Fact.ACTIVE, Attribute.of(object.deletedAt().isEmpty()),
                Fact.SUMMARY, Attribute.of(object.isSummary()),
                Fact.FROM, Attribute.of(metering.from()),
                Fact.UNTIL, Attribute.of(metering.until()),
                Fact.OFF_TIME, Attribute.of(object.offMillis()),
                Fact.POWER_DATE, Attribute.of(powerDate(object, metering)),
                Fact.RUNNING_MULTIPLIER,
                        Attribute.of(object.isMetered() ? metering.runningMultiplier() : BigDecimal.ZERO));
        Map<String, Attribute> metered =
                object.isMetered() ? facts.put(Fact.LAST_COST_DATE, Attribute.of(metering.lastCostDate())) : facts;
        return object.power()
                .map(power -> metered.put(Fact.POWER_STATE, Attribute.of(power.on() ? "on" : "off")))
                .getOrElse(metered);
    }

    private static Instant powerDate(BilledObject object, Metering metering) {
        return object.deletedAt().isDefined()
                ? metering.until()
                : object.power().flatMap(BilledObject.Power::since).getOrElse(metering.from());
    }

    private static Map<String, Attribute> money(BilledObject object, Content content) {
        Basis shown = content.reported() ? Basis.ACTUAL : Basis.ESTIMATED;
        return HashMap.<String, Attribute>of(
                        Fact.ESTIMATE, Attribute.of(!content.reported()),
                        Fact.SHOWN_BASIS, Attribute.of(shown.name()),
                        Fact.LINES, Attribute.of(content.lines().size()))
                .merge(money(object, Option.some(Basis.ESTIMATED), content.estimated()))
                .merge(money(object, Option.some(Basis.ACTUAL), content.actual()))
                .merge(money(object, Option.none(), content.reported() ? content.actual() : content.estimated()));
    }

    private static Map<String, Attribute> money(BilledObject object, Option<Basis> basis, CurrencyUnit currency) {
        return HashMap.of(
                Fact.currency(basis), Attribute.of(currency.getCurrencyCode()),
                Fact.conversionRate(basis), Attribute.of(object.rateOf(currency)));
    }

    private Option<Write> tagged(BilledObject object, InvoiceId id, Option<Stored> known) {
        Standing standing =
                known.map(Stored::standing).getOrElse(() -> Standing.initial(id, InvoiceStatus.PENDING, now()));
        return object.tags()
                .filter(tags -> !tags.equals(standing.tags()))
                .map(tags -> new Write.Stand(standing.tagged(tags, now())));
    }
}
