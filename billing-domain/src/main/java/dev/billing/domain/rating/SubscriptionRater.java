package dev.billing.domain.rating;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Cycle;
import dev.billing.domain.period.Period;
import dev.billing.domain.period.Proration;
import dev.billing.domain.period.Residence;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.pricing.Recurring;
import dev.billing.domain.usage.Subscription;
import dev.billing.domain.usage.Subscription.Change;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Finds what is due for subscriptions. It looks at no earlier document: documents that follow each other without gap bill every instant
 * of a subscription's life exactly once, however they are cut, and each of them takes the same time whatever came before.
 * <p>
 * In advance a period is due at its start, so on the document that contains its first instant; in arrear at its end, so on the document
 * in which it ends, that document's own end included. What begins in mid-period is prorated in both.
 * <p>
 * A change in the middle of a period that was billed in advance is due when it happens: a credit for the share that is not used of the
 * old price, which is never more than was charged for it, and a charge for the same share of the new price. In arrear each price is
 * billed for its own time. An end is credited when it happens, if the terms say so. No instant ever has two prices: where a policy
 * counts days, the last change of a day has it; where it counts time, each change counts from its instant.
 */
public final class SubscriptionRater {

    private final Recurring terms;
    private final Proration proration;
    private final Rounding rounding;

    public SubscriptionRater(Recurring terms, Rounding rounding) {
        this.terms = requireNonNull(terms, "terms");
        this.proration = terms.proration();
        this.rounding = requireNonNull(rounding, "rounding");
    }

    /**
     * The lines that are due in a document's period, in the order of time; a credit stands before the charge that takes its place.
     *
     * @param residence where the customer lives: what a day is, and when periods begin
     */
    public Seq<LineItem> rate(Subscription subscription, Residence residence, Period document) {
        return new Billing(subscription, residence, document).lines();
    }

    /** One subscription on one document. */
    private final class Billing {

        private final Subscription subscription;
        private final Residence residence;
        private final Period document;
        private final Instant paidFrom;

        Billing(Subscription subscription, Residence residence, Period document) {
            this.subscription = requireNonNull(subscription, "subscription");
            this.residence = requireNonNull(residence, "residence");
            this.document = requireNonNull(document, "document");
            this.paidFrom = terms.paidFrom(subscription.start(), residence);
        }

        Seq<LineItem> lines() {
            return terms.zeroLines() ? unpaid().appendAll(paid()) : paid();
        }

        private Seq<LineItem> unpaid() {
            Instant start = subscription.start();
            Instant trialEnd = terms.trialEnd(start, residence);
            return phase("TRIAL", start, trialEnd).appendAll(phase("FREE", trialEnd, paidFrom));
        }

        private Seq<LineItem> phase(String name, Instant from, Instant until) {
            if (!from.isBefore(until) || !startsBeforeEnd(from) || !isDue(from, earlierOfEnd(until))) {
                return Array.empty();
            }
            Change held = subscription.at(from);
            PricingRule nothing = new Flat(Money.zero(held.rate().rule().currency()));
            Period service = Period.of(from, until);
            return Array.of(line(
                    "charge", held, service, dueAt(service), why(held, nothing, held.quantity(), name, Ratio.ONE)));
        }

        private Seq<LineItem> paid() {
            if (!paidFrom.isBefore(document.end()) || !subscription.lastsUntil(document.start())) {
                return Array.empty();
            }
            Instant first = paidFrom.isAfter(document.start()) ? paidFrom : document.start();
            return terms.schedule(paidFrom, residence)
                    .cycles(Period.of(first, document.end()))
                    .toArray()
                    .flatMap(this::paid);
        }

        private Seq<LineItem> paid(Cycle cycle) {
            Instant start = cycle.period().start();
            Instant from = start.isBefore(paidFrom) ? paidFrom : start;
            if (!startsBeforeEnd(from)) {
                return Array.empty();
            }
            return terms.timing() == Recurring.Timing.IN_ADVANCE ? inAdvance(cycle, from) : inArrear(cycle, from);
        }

        private Seq<Run> runs(Cycle cycle, Period billed) {
            return subscription
                    .changesBetween(billed.start(), billed.end())
                    .map(change -> new Run(cycle, change, Period.of(change.from(), billed.end())))
                    .prepend(new Run(cycle, subscription.at(billed.start()), billed));
        }

        private Seq<LineItem> inAdvance(Cycle cycle, Instant from) {
            Instant until = cycle.period().end();
            Seq<Run> runs = runs(cycle, Period.of(from, until));
            return charged(runs.head())
                    .appendAll(runs.zip(runs.tail()).flatMap(pair -> changed(pair._1, pair._2)))
                    .appendAll(ended(runs.last()));
        }

        private Seq<LineItem> charged(Run run) {
            return document.contains(run.from()) ? charge(run, run.billed(), share(run)) : Array.empty();
        }

        private Seq<LineItem> changed(Run before, Run after) {
            if (!document.contains(after.from())) {
                return Array.empty();
            }
            if (terms.onChange() == Recurring.OnChange.NET) {
                return difference(before, after);
            }
            Ratio unused = smaller(share(before), share(after));
            return credit(before, after.billed(), unused).appendAll(charge(after, after.billed(), share(after)));
        }

        private Seq<LineItem> ended(Run last) {
            return subscription
                    .end()
                    .filter(end -> terms.onEnd() == Recurring.OnEnd.CREDIT)
                    .filter(end -> document.contains(end) && last.billed().contains(end))
                    .toArray()
                    .flatMap(end -> credit(
                            last,
                            Period.of(end, last.billed().end()),
                            proration.unusedShare(end, last.cycle(), last.billed())));
        }

        private Seq<LineItem> inArrear(Cycle cycle, Instant from) {
            Instant until = earlierOfEnd(cycle.period().end());
            if (!isDue(from, until)) {
                return Array.empty();
            }
            Seq<Run> runs = runs(cycle, Period.of(from, until));
            Run last = runs.last();
            return runs.zip(runs.tail())
                    .flatMap(pair -> replaced(pair._1, pair._2.from()))
                    .appendAll(charge(last, last.billed(), share(last)));
        }

        private Seq<LineItem> replaced(Run run, Instant change) {
            Ratio share = proration.shareUntil(change, run.cycle(), run.billed());
            return charge(run, Period.of(run.from(), change), share);
        }

        private Seq<LineItem> charge(Run run, Period service, Ratio share) {
            return share.isZero()
                    ? Array.empty()
                    : Array.of(line("charge", run.held(), service, dueAt(run.billed()), agreed(run.held(), share)));
        }

        private Seq<LineItem> credit(Run run, Period unused, Ratio share) {
            Derivation why = agreed(run.held(), share).asCredit();
            return share.isZero() ? Array.empty() : Array.of(line("credit", run.held(), unused, unused.start(), why));
        }

        private Seq<LineItem> difference(Run before, Run after) {
            Change held = after.held();
            Money more = held.price().minus(before.held().price());
            PricingRule rule = new Flat(more.isNegative() ? more.negated() : more);
            Derivation charge = why(held, rule, BigDecimal.ONE, proration.name(), share(after));
            Derivation why = more.isNegative() ? charge.asCredit() : charge;
            return more.isZero() || why.share().isZero()
                    ? Array.empty()
                    : Array.of(line("change", held, after.billed(), after.from(), why));
        }

        private Ratio share(Run run) {
            return proration.share(run.cycle(), run.billed());
        }

        private Derivation agreed(Change held, Ratio share) {
            return why(held, held.rate().rule(), held.quantity(), proration.name(), share);
        }

        private Derivation why(Change held, PricingRule rule, BigDecimal quantity, String policy, Ratio share) {
            return new Derivation(held.rate().source(), rule, Measure.of(quantity), policy, share, rounding);
        }

        private LineItem line(String kind, Change held, Period service, Instant due, Derivation why) {
            Rate rate = held.rate();
            LineId id = new LineId("subscription/" + subscription.id() + "/" + service.start() + "/" + kind);
            return LineItem.builder(id, rate.sku(), rate.category(), due, new Origin.Rated(why))
                    .description(subscription.description())
                    .quantity(held.quantity(), rate.unit())
                    .unitPrice(why.rule().unitPrice())
                    .share(why.share())
                    .price(why.amount())
                    .period(service)
                    .places(subscription.places())
                    .build();
        }

        private Instant dueAt(Period billed) {
            return terms.timing() == Recurring.Timing.IN_ADVANCE ? billed.start() : billed.end();
        }

        private boolean isDue(Instant from, Instant until) {
            return terms.timing() == Recurring.Timing.IN_ADVANCE
                    ? document.contains(from)
                    : until.isAfter(document.start()) && !until.isAfter(document.end());
        }

        private boolean startsBeforeEnd(Instant from) {
            return subscription.end().forAll(from::isBefore);
        }

        private Instant earlierOfEnd(Instant until) {
            return subscription.end().filter(until::isAfter).getOrElse(until);
        }
    }

    private static Ratio smaller(Ratio one, Ratio other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /**
     * What holds from an instant of a cycle on.
     *
     * @param billed from that instant until the cycle's or the subscription's end, as if nothing else came after it
     */
    private record Run(Cycle cycle, Change held, Period billed) {

        Instant from() {
            return billed.start();
        }
    }
}
