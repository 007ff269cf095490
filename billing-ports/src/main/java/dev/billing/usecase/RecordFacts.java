package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.line.Selection;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.PricingError;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.usage.Ending;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Event;
import dev.billing.port.FactQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.PriceBooks;
import dev.billing.port.Recorded;
import dev.billing.port.StorageException;
import dev.billing.port.TenantId;
import dev.billing.port.UsageStore;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Takes in what was used: agrees prices, checks every report, and keeps all of them or none. */
public final class RecordFacts {

    private final UsageStore usage;
    private final PriceBooks priceBooks;
    private final Profile profile;
    private final Clock clock;
    private final Option<InvoiceStore> events;

    /** Takes in facts, and tells nobody of those that it refuses. */
    public RecordFacts(UsageStore usage, PriceBooks priceBooks, Profile profile, Clock clock) {
        this(usage, priceBooks, profile, clock, Option.none());
    }

    /**
     * Takes in facts, and tells of each report that it refuses, once, however often it is made.
     *
     * @param events where that is told
     */
    public RecordFacts(UsageStore usage, PriceBooks priceBooks, Profile profile, Clock clock, InvoiceStore events) {
        this(usage, priceBooks, profile, clock, Option.some(events));
    }

    private RecordFacts(
            UsageStore usage, PriceBooks priceBooks, Profile profile, Clock clock, Option<InvoiceStore> events) {
        this.events = requireNonNull(events, "events");
        this.usage = requireNonNull(usage, "usage");
        this.priceBooks = requireNonNull(priceBooks, "priceBooks");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Records reports, learned now. A report recorded before changes nothing.
     *
     * @return how many were new, or every reason why they are refused
     * @throws StorageException also if what was refused could not be told; nothing was recorded then, and recording it again tells it
     */
    public Either<Seq<ReportRefused>, Recorded> record(TenantId tenant, Seq<Report> reports) {
        Instant now = clock.instant();
        PriceHistory prices = prices(tenant, reports);
        Either<Seq<ReportRefused>, Recorded> result = Validation.traverse(
                        reports, report -> fact(prices, report, now).mapError(Array::of))
                .toEither()
                .flatMap(facts -> keep(tenant, facts));
        result.swap().forEach(refused -> refused.forEach(why -> tell(tenant, reports, why, now)));
        return result;
    }

    /** The same report, refused for the same reason, is the same event. */
    private void tell(TenantId tenant, Seq<Report> reports, ReportRefused why, Instant now) {
        for (Report report : reports.filter(one -> one.id().equals(why.report()))) {
            Event event = Event.of(
                            "usage.rejected", report.account(), report.id().value(), now)
                    .with("reason", why.message());
            CommandKey key = new CommandKey("rejected/" + Fingerprint.of(report, why.message()));
            events.forEach(store -> tell(tenant, store, new Commit(key, "rejected", Array.empty(), Array.of(event))));
        }
    }

    /** Nothing is written that could be overtaken, so it can be refused only where somebody else uses the key. */
    private static void tell(TenantId tenant, InvoiceStore store, Commit told) {
        store.commit(tenant, told)
                .getOrElseThrow(refused -> new StorageException(StorageException.Kind.FATAL, refused.message()));
    }

    /**
     * Ends everything that an account has at a place and that is there at an instant, such as all of an app when the app is deleted.
     * What begins later stays. Repeating it changes nothing.
     */
    public Either<Seq<ReportRefused>, Recorded> endAllAt(
            TenantId tenant, AccountId account, Selection.At place, Instant at) {
        Instant now = clock.instant();
        Instant end = at.truncatedTo(ChronoUnit.MILLIS);
        Seq<Fact> endings = usage.lifetimes(
                Access.to(tenant, account),
                FactQuery.of(account, Period.of(end, end.plusMillis(1))).at(place),
                lifetimes -> Array.ofAll(() -> lifetimes).map(lifetime -> ending(lifetime, end, now)));
        return keep(tenant, endings);
    }

    private static Fact ending(Lifetime lifetime, Instant at, Instant now) {
        // the lifetime's id may be as long as an id can be
        UUID digest = UUID.nameUUIDFromBytes(lifetime.id().value().getBytes(StandardCharsets.UTF_8));
        FactId id = new FactId("end/" + digest + "/" + at.toEpochMilli());
        return new Ending(id, lifetime.account(), lifetime.id(), at, now);
    }

    private Either<Seq<ReportRefused>, Recorded> keep(TenantId tenant, Seq<Fact> facts) {
        return usage.record(tenant, facts).mapLeft(refused -> Array.of(new ReportRefused.NotKept(refused)));
    }

    private Validation<ReportRefused, Fact> fact(PriceHistory prices, Report report, Instant now) {
        if (report instanceof Report.Begun begun) {
            return lifetime(prices, begun, now);
        }
        if (report instanceof Report.Used used) {
            return usage(prices, used, now);
        }
        Report.Ended ended = (Report.Ended) report;
        return Validation.valid(new Ending(ended.id(), ended.account(), ended.lifetime(), ended.at(), now));
    }

    private Validation<ReportRefused, Fact> lifetime(PriceHistory prices, Report.Begun begun, Instant now) {
        if (begun.until().exists(end -> end.isBefore(begun.from()))) {
            return Validation.invalid(new ReportRefused.EndsBeforeItBegins(
                    begun.id(), begun.from(), begun.until().get()));
        }
        return Validation.fromEither(book(prices, begun.from())
                .flatMap(book -> book.rate(begun.sku()).mapLeft(PricingError.class::cast))
                .<ReportRefused>mapLeft(why -> new ReportRefused.NotPriced(begun.id(), why))
                .flatMap(rate -> billable(begun, rate))
                .map(rate -> lifetime(begun, rate, now)));
    }

    private static Fact lifetime(Report.Begun begun, Rate rate, Instant now) {
        return new Lifetime(
                begun.id(),
                begun.account(),
                rate,
                begun.quantity(),
                begun.description(),
                begun.places(),
                new Existence(begun.from(), begun.until()),
                now);
    }

    private Validation<ReportRefused, Fact> usage(PriceHistory prices, Report.Used used, Instant now) {
        return Validation.fromEither(book(prices, used.at())
                .<ReportRefused>mapLeft(why -> new ReportRefused.NotPriced(used.id(), why))
                .flatMap(book -> countable(used, book)
                        .map(rates -> record(used, now))
                        .flatMap(record -> unpricedCell(record, book)
                                .map(why ->
                                        Either.<ReportRefused, Fact>left(new ReportRefused.NotPriced(used.id(), why)))
                                .getOrElse(() -> Either.right(record)))));
    }

    private static UsageRecord record(Report.Used used, Instant now) {
        return new UsageRecord(
                used.id(),
                used.account(),
                used.meter(),
                used.quantity(),
                used.at(),
                used.places(),
                used.properties(),
                now);
    }

    /** The first cell of a price matrix that would have to price it and does not. */
    private static Option<PricingError> unpricedCell(UsageRecord record, PriceBook book) {
        return book.products()
                .values()
                .filter(product -> product.meters()
                        .map(book::meter)
                        .exists(meter -> meter.counts().equals(record.meter()) && meter.accepts(record)))
                .toArray()
                .flatMap(product -> unpricedCell(record, product, book))
                .headOption();
    }

    private static Option<PricingError> unpricedCell(UsageRecord record, Product product, PriceBook book) {
        if (!(product.rule() instanceof Matrix matrix)) {
            return Option.none();
        }
        Seq<String> values = matrix.dimensions().map(name -> record.says(name).getOrElse(""));
        return Option.when(
                matrix.at(values).isEmpty(),
                () -> new PricingError.UnpricedCell(product.sku(), matrix.dimensions(), values, book.version()));
    }

    private Either<ReportRefused, Seq<Rate>> countable(Report.Used used, PriceBook book) {
        return priced(used, book)
                .<ReportRefused>mapLeft(why -> new ReportRefused.NotPriced(used.id(), why))
                .flatMap(rates -> billable(used, rates))
                .filterOrElse(
                        rates -> isOfAnAllowedSign(used, book),
                        rates -> new ReportRefused.NegativeQuantity(
                                used.id(), used.meter(), used.quantity(), book.version()));
    }

    private static boolean isOfAnAllowedSign(Report.Used used, PriceBook book) {
        return used.quantity().signum() >= 0 || book.metersFor(used.meter()).exists(Meter::takesNegative);
    }

    private static Either<PricingError, Seq<Rate>> priced(Report.Used used, PriceBook book) {
        Seq<Rate> rates = book.ratesFor(used.meter());
        return rates.isEmpty()
                ? Either.left(new PricingError.UnpricedMeter(used.meter(), book.version()))
                : Either.right(rates);
    }

    private Either<ReportRefused, Rate> billable(Report report, Rate rate) {
        return profile.allows(rate.category())
                ? Either.right(rate)
                : Either.left(new ReportRefused.CategoryNotBilled(report.id(), rate.category(), profile.name()));
    }

    private Either<ReportRefused, Seq<Rate>> billable(Report report, Seq<Rate> rates) {
        return Either.sequenceRight(rates.map(rate -> billable(report, rate)));
    }

    private static Either<PricingError, PriceBook> book(PriceHistory prices, Instant at) {
        return prices.at(at).toEither(() -> new PricingError.NoPriceBook(at));
    }

    /** All books that the reports may need, found once. */
    private PriceHistory prices(TenantId tenant, Seq<Report> reports) {
        Seq<Instant> agreed = reports.flatMap(RecordFacts::agreedAt);
        return agreed.isEmpty()
                ? PriceHistory.NONE
                : PriceHistory.of(
                        Period.of(agreed.min().get(), agreed.max().get().plusMillis(1)),
                        at -> priceBooks.inForce(tenant, at));
    }

    private static Option<Instant> agreedAt(Report report) {
        if (report instanceof Report.Begun begun) {
            return Option.some(begun.from());
        }
        return report instanceof Report.Used used ? Option.some(used.at()) : Option.none();
    }
}
