package dev.billing.domain.rating;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** What a document has for usage that was reported, counted and priced. */
public final class Metered {

    private static final Period MONTH = Period.ofMonth(YearMonth.of(2026, 11), ZoneOffset.UTC);
    private static final String METER = "usage";

    private Metered() {}

    /**
     * What is reported.
     *
     * @param properties what it says about itself
     */
    public record Report(BigDecimal quantity, Map<String, String> properties) {}

    /** The lines for one report of so much, of category {@code usage}. */
    public static Seq<LineItem> lines(PricingRule rule, BigDecimal quantity) {
        return lines(rule, Array.of(new Report(quantity, HashMap.empty())));
    }

    /** The lines for several reports, one after the other. */
    public static Seq<LineItem> lines(PricingRule rule, Seq<Report> reports) {
        return new Rater(Standard.profile().in(rule.currency()), MONTH, MONTH.end())
                .rate(Array.empty(), reports.zipWithIndex(Metered::record), PriceHistory.of(book(rule)));
    }

    private static UsageRecord record(Report report, int number) {
        Instant at = MONTH.start().plusSeconds(number);
        return new UsageRecord(
                new FactId("report " + number),
                new AccountId("account"),
                METER,
                report.quantity(),
                at,
                HashMap.empty(),
                report.properties(),
                at);
    }

    private static PriceBook book(PricingRule rule) {
        return PriceBook.of(
                new PriceBookVersion("main", 1),
                rule.currency(),
                Instant.EPOCH,
                Array.of(new Product("sku", METER, "unit", rule, Option.some(METER))));
    }
}
