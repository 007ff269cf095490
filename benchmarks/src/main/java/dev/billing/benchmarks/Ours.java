package dev.billing.benchmarks;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Rater;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** Our rating of the same work: the records are in memory, as Kill Bill's are. */
final class Ours {

    static final CurrencyUnit USD = Monetary.getCurrency("USD");

    private static final Dimension SUBSCRIPTION = new Dimension("subscription");
    static final AccountId ACCOUNT = new AccountId("1");
    private static final Profile PROFILE = Standard.profile();
    static final Period MONTH = new Period(Work.START, Work.END);

    static final PricingRule TIERS = tiers();

    static final PriceHistory PRICES = PriceHistory.of(PriceBook.of(
            new PriceBookVersion("main", 1),
            USD,
            Work.START,
            Array.of(new Product("usage", "usage", "request", TIERS, Option.some(Work.METER)))));

    private final Array<UsageRecord> records;

    private Ours(Array<UsageRecord> records) {
        this.records = records;
    }

    static Ours withUsage(Work.Month month) {
        List<Map<Dimension, Ref>> places =
                IntStream.range(0, month.subscriptions()).mapToObj(Ours::places).toList();
        return new Ours(Array.ofAll(month.uses()).map(use -> record(use, places.get(use.subscription()))));
    }

    static Rater rater() {
        return new Rater(PROFILE, MONTH, Work.END);
    }

    private static PricingRule tiers() {
        Array<PriceTier> tiers = Array.empty();
        BigDecimal bound = BigDecimal.ZERO;
        for (Work.Tier tier : Work.TIERS) {
            Money unitPrice = Money.of(USD, tier.price());
            bound = bound.add(tier.size().orElse(BigDecimal.ZERO));
            tiers = tiers.append(
                    tier.size().isPresent() ? PriceTier.upTo(bound, unitPrice) : PriceTier.beyond(unitPrice));
        }
        return new Graduated(tiers, false);
    }

    static Map<Dimension, Ref> places(int subscription) {
        String id = Integer.toString(subscription);
        return HashMap.of(SUBSCRIPTION, new Ref("subscription", id, "Subscription " + id));
    }

    static UsageRecord record(Work.Use use, Map<Dimension, Ref> places) {
        return new UsageRecord(new FactId(use.id()), ACCOUNT, Work.METER, use.quantity(), use.at(), places, use.at());
    }

    /** The lines of the month, each with its derivation. */
    Seq<LineItem> rate() {
        return rater().rate(Array.empty(), records, PRICES);
    }

    /** The same, where the records may hold an id twice. */
    Seq<LineItem> rateEachIdOnce() {
        Ids seen = new Ids(records.size());
        return rater().rate(
                        Array.empty(),
                        records.filter(record -> seen.add(record.id().value())),
                        PRICES);
    }

    /** All ids, as what is known after the month was billed. */
    Ids ids() {
        Ids ids = new Ids(records.size());
        records.forEach(record -> ids.add(record.id().value()));
        return ids;
    }

    /** What the month comes to beyond the lines that were billed, and how many records were not known. */
    Again rateAgain(Seq<LineItem> billed, Ids known) {
        int unknown = 0;
        for (UsageRecord record : records) {
            unknown += known.contains(record.id().value()) ? 0 : 1;
        }
        return new Again(unknown, total(rate()).minus(total(billed)));
    }

    /** What a second rating found. */
    record Again(int unknown, Money more) {}

    static Money total(Seq<LineItem> lines) {
        return amounts(lines).fold(Money.zero(USD), Money::plus);
    }

    static Seq<Money> amounts(Seq<LineItem> lines) {
        return lines.flatMap(LineItem::net);
    }
}
