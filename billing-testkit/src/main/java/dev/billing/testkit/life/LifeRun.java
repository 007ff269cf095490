package dev.billing.testkit.life;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Commands;
import dev.billing.usecase.Plan;
import dev.billing.usecase.Verification;
import dev.billing.usecase.VerifyTenant;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** One sequence of steps on a storage, beside the model. */
final class LifeRun {

    /** Steps from which on they come with a failure of the storage, together with the next one, or twice at once. */
    private static final int WITH_FAILURE = 820;

    private static final int WITH_NEXT = 920;
    private static final int TWICE = 985;
    private static final int ATTEMPTS = 100;
    private static final String METER = "requests";
    private static final Seq<Call> CALLS = Array.of(
            Call.COMMIT,
            Call.ANSWER,
            Call.FIND,
            Call.ENTRIES,
            Call.LINES,
            Call.SEARCH,
            Call.SEARCH_LINES,
            Call.DETAILS,
            Call.RECORD,
            Call.USAGE,
            Call.LIFETIMES,
            Call.PAID_BY,
            Call.UNDELIVERED,
            Call.DELIVERED);

    private final Ports ports;
    private final TenantId tenant;
    private final Executor threads;
    private final int checkEvery;
    private final SettableClock clock = SettableClock.at("2024-03-10T12:00:00Z");
    private final FaultInjection faults = new FaultInjection();
    private final Ports failing;
    private final Commands commands;

    private LifeModel model = new LifeModel();
    private Map<String, Done> done = HashMap.empty();
    private Seq<Done> history = Vector.empty();
    private final Deliveries deliveries;

    /** A command that took effect. */
    private record Done(Deed deed, Receipt receipt) {}

    /**
     * @param threads runs a step beside another
     * @param checkEvery after how many steps all that is stored is compared
     */
    LifeRun(Ports ports, TenantId tenant, Executor threads, int checkEvery) {
        this.ports = ports;
        this.tenant = tenant;
        this.threads = threads;
        this.checkEvery = checkEvery;
        this.failing = faults.in(ports);
        this.commands = new Commands(failing, profile(), clock);
        Product requests = new Product(
                "requests",
                "usage",
                "request",
                new PerUnit(Money.ofMinor(Choices.USD, MonthModel.PRICE)),
                Option.some(METER));
        ports.priceBooks()
                .put(
                        tenant,
                        PriceBook.of(new PriceBookVersion("main", 1), Choices.USD, Instant.EPOCH, Array.of(requests)));
        model.now = clock.instant();
        this.deliveries = new Deliveries(failing.outbox(), tenant);
    }

    private static Profile profile() {
        return Standard.profile();
    }

    /** Runs all steps; fails at the first one after which something is not as it should be. */
    void run(Seq<Step> steps) {
        Seq<Step> some = steps.reject(Step::isNothing);
        for (int number = 0; number < some.size(); number++) {
            Step step = some.get(number);
            Option<Step> next = Option.when(
                            step.between() >= WITH_NEXT && step.between() < TWICE && number + 1 < some.size(),
                            some.get(Math.min(number + 1, some.size() - 1)))
                    .filter(LifeRun::isDeed);
            String doing = described(some, number)
                    + (next.isDefined() ? " beside " + described(some, number + 1) : "")
                    + (step.between() >= TWICE ? " twice at once" : "");
            try {
                if (next.isDefined() && isDeed(step)) {
                    letFail(next.get());
                    together(deed(step, number), deed(next.get(), number + 1));
                    number++;
                } else {
                    alone(step, number);
                }
                if (number % checkEvery == 0) {
                    check();
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("After step " + number + ", " + doing + ": " + e.getMessage(), e);
            }
        }
        check();
        checkEvents();
        verify();
    }

    private String described(Seq<Step> steps, int number) {
        Step step = steps.get(number);
        return isDeed(step)
                ? Kind.of(step) + " " + deed(step, number)
                : Kind.of(step).toString();
    }

    private static boolean isDeed(Step step) {
        return switch (Kind.of(step)) {
            case NOTHING, USE, DELIVER, WAIT -> false;
            default -> true;
        };
    }

    private void alone(Step step, int number) {
        letFail(step);
        switch (Kind.of(step)) {
            case WAIT -> {
                clock.advance(Duration.ofHours(1 + step.amount()));
                model.now = clock.instant();
            }
            case USE -> use(step, number);
            case DELIVER -> deliveries.deliver(1 + step.amount() % 7);
            default -> sequential(deed(step, number), step.between() >= TWICE);
        }
    }

    /** Something is used, or is heard of late. */
    private void use(Step step, int number) {
        Instant at = clock.instant().minus(Duration.ofHours(1 + step.which() * 3L / 2));
        long quantity = 1L + step.amount() % 20;
        UsageRecord used = new UsageRecord(
                new FactId("fact-" + number),
                new AccountId(Choices.BILLED_BY_USE),
                METER,
                BigDecimal.valueOf(quantity),
                at,
                HashMap.empty(),
                clock.instant());
        persistently(() -> failing.usage().record(tenant, Array.of(used)));
        model.usage.merge(
                Choices.BILLED_BY_USE + " " + YearMonth.from(at.atOffset(ZoneOffset.UTC)), quantity, Long::sum);
    }

    private void letFail(Step step) {
        int code = step.between() - WITH_FAILURE;
        if (code >= 0 && step.between() < WITH_NEXT) {
            Call call = CALLS.get(code % CALLS.size());
            int nth = 1 + code / (2 * CALLS.size());
            if (code / CALLS.size() % 2 == 0) {
                faults.before(call, nth);
            } else {
                faults.after(call, nth);
            }
        }
    }

    private Deed deed(Step step, int number) {
        Kind kind = Kind.of(step);
        boolean again = kind == Kind.REPLAY || kind == Kind.REUSE;
        if (!again) {
            return new Choices(model, step, number, clock.instant()).deed();
        }
        Deed park = new Deed(
                new dev.billing.port.CommandKey("key-" + number),
                Option.none(),
                new AccountCommand.Park(new AccountId("alice"), "Something is odd", "Look at it"));
        if (history.isEmpty()) {
            return park;
        }
        Deed earlier = history.get(step.which() % history.size()).deed();
        return kind == Kind.REPLAY ? earlier : new Deed(earlier.key(), Option.none(), park.command());
    }

    // One after the other

    private void sequential(Deed deed, boolean twice) {
        Either<BillingError, Plan> preview = preview(deed);
        Either<BillingError, Receipt> result = twice ? atOnce(deed) : run(deed);
        Option<Done> known = done.get(deed.key().value());
        if (known.isDefined()) {
            checkAnswer(deed, known.get(), result);
            return;
        }
        boolean allowed = model.apply(deed);
        learn(model);
        if (allowed != result.isRight()) {
            throw new AssertionError(deed.command() + " is " + (allowed ? "allowed" : "not allowed") + ", but gave "
                    + result.mapLeft(BillingError::message));
        }
        if (preview.isRight() != allowed) {
            throw new AssertionError(
                    "The preview of " + deed.command() + " gave " + preview + " where running it gave " + result);
        }
        result.forEach(receipt -> {
            checkPreview(preview.get(), receipt.events());
            remember(deed, receipt);
        });
    }

    /** The same from two places: both get the one answer. */
    private Either<BillingError, Receipt> atOnce(Deed deed) {
        CompletableFuture<Either<BillingError, Receipt>> beside =
                CompletableFuture.supplyAsync(() -> run(deed), threads);
        Either<BillingError, Receipt> one = run(deed);
        Either<BillingError, Receipt> other = beside.join();
        if ((one.isRight() || other.isRight()) && !one.equals(other)) {
            throw new AssertionError(deed + " sent twice at once gave " + one + " and " + other);
        }
        return one;
    }

    private Either<BillingError, Plan> preview(Deed deed) {
        return new Commands(ports, profile(), clock).preview(deed.access(tenant), deed.command());
    }

    private Either<BillingError, Receipt> run(Deed deed) {
        return persistently(() -> commands.run(deed.access(tenant), deed.key(), deed.command()));
    }

    static <T> T persistently(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.FATAL || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void checkAnswer(Deed deed, Done known, Either<BillingError, Receipt> result) {
        boolean isSame = deed.asksLike(known.deed());
        if (isSame ? !result.contains(known.receipt()) : result.isRight()) {
            throw new AssertionError(
                    "Key " + deed.key() + " was used for " + known + " and now for " + deed + ", which gave " + result);
        }
    }

    private void checkPreview(Plan plan, Seq<Event> happened) {
        checkEvents(plan.events(), happened);
        new Foretold(ports, Access.toAll(tenant)).differences(plan.writes()).forEach(difference -> {
            throw new AssertionError("The preview was wrong: " + difference);
        });
    }

    private static void checkEvents(Seq<Event> planned, Seq<Event> happened) {
        Seq<Event> unnumbered = happened.map(event -> new Event(
                event.type(),
                event.account(),
                event.subject(),
                event.at(),
                event.data().remove(Event.NUMBER)));
        if (!unnumbered.equals(planned)) {
            throw new AssertionError("The preview told " + planned + ", but what happened was " + happened);
        }
    }

    private void remember(Deed deed, Receipt receipt) {
        Done now = new Done(deed, receipt);
        done = done.put(deed.key().value(), now);
        history = history.append(now);
        deliveries.expect(receipt.events());
        receipt.numbers().forEach((document, number) -> {
            LifeModel.Document expected = model.documents.get(document.value());
            if (expected == null || expected.number != number.value()) {
                throw new AssertionError(document + " was numbered " + number);
            }
        });
    }

    // Two at once

    private void together(Deed first, Deed second) {
        CompletableFuture<Either<BillingError, Receipt>> beside =
                CompletableFuture.supplyAsync(() -> run(second), threads);
        Either<BillingError, Receipt> one = run(first);
        Either<BillingError, Receipt> other = beside.join();
        LifeModel before = model.copy();
        Option<String> inOrder = difference(before, first, one, second, other);
        if (inOrder.isDefined()) {
            Option<String> turned = difference(before, second, other, first, one);
            if (turned.isDefined()) {
                throw new AssertionError(first + " at once with " + second + " gave " + one + " and " + other
                        + ", which is neither the one after the other: " + inOrder.get() + "; nor the other way round: "
                        + turned.get());
            }
        }
    }

    /** What speaks against two commands having been run in this order; if nothing does, they were. */
    private Option<String> difference(
            LifeModel before,
            Deed first,
            Either<BillingError, Receipt> one,
            Deed second,
            Either<BillingError, Receipt> other) {
        LifeModel after = before.copy();
        Option<String> wrong = after(after, first, one).orElse(() -> after(after, second, other));
        if (wrong.isDefined()) {
            return wrong;
        }
        Option<String> difference = difference(after);
        if (difference.isEmpty()) {
            model = after;
            remember(first, one, second, other);
        }
        return difference;
    }

    /** What a command made happen, unless it did so before. */
    private Seq<Event> events(Deed deed, Either<BillingError, Receipt> result) {
        return done.containsKey(deed.key().value())
                ? Array.empty()
                : result.map(Receipt::events).getOrElse(Array.empty());
    }

    /** In the order in which the outbox tells of them, where nothing else tells which was first. */
    private void remember(
            Deed first, Either<BillingError, Receipt> one, Deed second, Either<BillingError, Receipt> other) {
        if (isLatest(events(first, one).appendAll(events(second, other)))) {
            note(first, one);
            note(second, other);
        } else {
            note(second, other);
            note(first, one);
        }
    }

    private boolean isLatest(Seq<Event> events) {
        Seq<Event> latest =
                ports.outbox().undelivered(tenant, Integer.MAX_VALUE).map(Published::event);
        return events.map(Event::account)
                .distinct()
                .forAll(account -> latest.filter(event -> event.account().equals(account))
                        .endsWith(events.filter(event -> event.account().equals(account))));
    }

    private Option<String> after(LifeModel now, Deed deed, Either<BillingError, Receipt> result) {
        Option<Done> known = done.get(deed.key().value());
        boolean right = known.isDefined()
                ? deed.asksLike(known.get().deed())
                        ? result.contains(known.get().receipt())
                        : result.isLeft()
                : now.apply(deed) == result.isRight();
        return Option.when(!right, () -> deed + " gave " + result);
    }

    private void note(Deed deed, Either<BillingError, Receipt> result) {
        if (!done.containsKey(deed.key().value())) {
            result.forEach(receipt -> remember(deed, receipt));
        }
    }

    // What is stored

    private void check() {
        difference(model).forEach(difference -> {
            throw new AssertionError(difference);
        });
    }

    private void learn(LifeModel expected) {
        expected.documents.values().stream()
                .filter(document -> document.mayBeRevised)
                .forEach(document -> {
                    document.mayBeRevised = false;
                    ports.invoices()
                            .find(Access.toAll(tenant), new InvoiceId(document.id))
                            .map(Stored::invoice)
                            .filter(invoice -> invoice instanceof Invoice.Running running
                                    && running.revision() == document.revision + 1)
                            .forEach(revised -> document.revision++);
                });
    }

    private Option<String> difference(LifeModel expected) {
        learn(expected);
        Map<String, String> should = Report.of(expected);
        Map<String, String> is = Report.of(ports, Access.toAll(tenant));
        String nothing = Report.of(new LifeModel.Account());
        return should.keySet()
                .addAll(is.keySet())
                .find(name -> !should.getOrElse(name, nothing).equals(is.getOrElse(name, nothing)))
                .map(name -> name + " should be " + should.getOrElse(name, nothing) + ", but is "
                        + is.getOrElse(name, nothing));
    }

    /** What is final is as it was sealed, and goes with what was charged for it. */
    private void verify() {
        Seq<Verification.Finding> findings =
                new VerifyTenant(ports, Array.of(profile())).run(tenant).findings();
        if (findings.nonEmpty()) {
            throw new AssertionError(findings.map(Verification.Finding::message).mkString("; "));
        }
    }

    // Events

    private void checkEvents() {
        while (deliveries.deliver(10) > 0) {
            // all that are left
        }
        deliveries.check();
        Map<String, Event> last = deliveries
                .all()
                .map(Published::event)
                .filter(event -> status(event).isDefined())
                .toLinkedMap(Event::subject, event -> event);
        for (LifeModel.Document document : model.documents.values()) {
            if (!document.isNote()
                    && !last.get(document.id).flatMap(LifeRun::status).contains(document.status)) {
                throw new AssertionError(
                        document.id + " is " + document.status + ", but its last event is " + last.get(document.id));
            }
        }
    }

    /** Where a document stands after an event, if that tells. */
    private static Option<InvoiceStatus> status(Event event) {
        return switch (event.type()) {
            case "invoice.created", "invoice.sent_back" -> Option.some(InvoiceStatus.PENDING);
            case "invoice.reviewed" -> Option.some(InvoiceStatus.IN_REVIEW);
            case "invoice.dropped", "invoice.voided" -> Option.some(InvoiceStatus.VOID);
            case "invoice.finalised" -> event.data().get("status").map(InvoiceStatus::valueOf);
            case "invoice.paid" -> Option.some(InvoiceStatus.PAID);
            case "invoice.partly_paid" -> Option.some(InvoiceStatus.PARTLY_PAID);
            case "invoice.payment_failed" -> Option.some(InvoiceStatus.FAILED);
            case "invoice.reopened" ->
                event.data().get("status").map(InvoiceStatus::valueOf).orElse(Option.some(InvoiceStatus.CLOSED));
            case "invoice.forgiven" -> Option.some(InvoiceStatus.FORGIVEN);
            case "invoice.written_off" -> Option.some(InvoiceStatus.WRITTEN_OFF);
            default -> Option.none();
        };
    }
}
