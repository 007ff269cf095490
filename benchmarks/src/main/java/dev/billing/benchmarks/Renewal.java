package dev.billing.benchmarks;

import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Interval;
import dev.billing.domain.period.Period;
import dev.billing.domain.period.Residence;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.pricing.Recurring;
import dev.billing.domain.rating.SubscriptionRater;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Subscription;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;

/** Subscriptions that are billed by month in advance, and what is due for them in the next month. */
final class Renewal {

    private static final Period DOCUMENT = Period.of(Work.END, Work.monthsBeforeEnd(-1));
    private static final Residence UTC = Residence.in(ZoneOffset.UTC);

    private final SubscriptionRater rater =
            new SubscriptionRater(Recurring.inAdvance(Interval.MONTHLY), Rounding.toMinorUnit(RoundingMode.HALF_UP));
    private final Array<Subscription> subscriptions;

    private Renewal(Array<Subscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Subscriptions that began so many months ago. */
    static Renewal after(int subscriptions, int months) {
        Rate rate = new Rate(
                new PriceBookVersion("main", 1),
                "plan",
                "plan",
                "month",
                new Flat(Money.of(Ours.USD, Work.MONTHLY_PRICE)));
        return new Renewal(Array.range(0, subscriptions)
                .map(number -> Subscription.of(
                        new FactId("subscription-" + number),
                        Ours.ACCOUNT,
                        "Subscription " + number,
                        Work.monthsBeforeEnd(months),
                        rate,
                        BigDecimal.ONE)));
    }

    /** The lines of the next month. */
    Seq<LineItem> rate() {
        return subscriptions.flatMap(subscription -> rater.rate(subscription, UTC, DOCUMENT));
    }
}
