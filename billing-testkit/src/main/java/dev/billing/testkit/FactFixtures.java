package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.ACME;
import static dev.billing.testkit.InvoiceFixtures.ALICE;
import static dev.billing.testkit.InvoiceFixtures.APP;
import static dev.billing.testkit.InvoiceFixtures.ODD;
import static dev.billing.testkit.InvoiceFixtures.ORGANIZATION;
import static dev.billing.testkit.InvoiceFixtures.usd;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Existence;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.usage.Ending;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/** Facts that the contracts share. */
final class FactFixtures {

    /** When the facts are learned, unless it is said otherwise. */
    static final Instant LEARNED = Instant.parse("2024-02-15T12:34:56.789Z");

    private FactFixtures() {}

    /** An instant of February 2024, such as {@code on("03T04:05:06.007Z")}. */
    static Instant on(String dayAndTime) {
        return Instant.parse("2024-02-" + dayAndTime);
    }

    /** Midnight of a day of February 2024; days below 1 and above 29 lie outside. */
    static Instant day(int day) {
        return Instant.parse("2024-02-01T00:00:00Z").plusSeconds(86_400L * (day - 1));
    }

    static FactId fact(String id) {
        return new FactId(id);
    }

    static Rate rate(PricingRule rule) {
        return new Rate(new PriceBookVersion("main", 3), "gp2", "dyno", "month", rule);
    }

    static Rate rate(String price) {
        return rate(new PerUnit(usd(price)));
    }

    static Lifetime lifetime(String id, Instant from) {
        return lifetime(id, ALICE, Existence.since(from));
    }

    static Lifetime lifetime(String id, Instant from, Instant until) {
        return lifetime(id, ALICE, Existence.between(from, until));
    }

    static Lifetime lifetime(String id, AccountId account, Existence existence) {
        return lifetime(id, account, HashMap.empty(), existence);
    }

    static Lifetime lifetime(String id, AccountId account, Map<Dimension, Ref> places, Existence existence) {
        return new Lifetime(
                fact(id), account, rate("25.00"), BigDecimal.ONE, "description", places, existence, LEARNED);
    }

    static UsageRecord used(String id, Instant at) {
        return used(id, ALICE, at);
    }

    static UsageRecord used(String id, AccountId account, Instant at) {
        return used(id, account, HashMap.empty(), at);
    }

    static UsageRecord used(String id, AccountId account, Map<Dimension, Ref> places, Instant at) {
        return new UsageRecord(fact(id), account, "requests", BigDecimal.ONE, at, places, LEARNED);
    }

    /** Usage with one property. */
    static UsageRecord used(String id, String property, String value) {
        return new UsageRecord(
                fact(id),
                ALICE,
                "requests",
                BigDecimal.ONE,
                day(3),
                HashMap.empty(),
                HashMap.of(property, value),
                LEARNED);
    }

    static UsageRecord usedOf(String meter, String id, Instant at) {
        return new UsageRecord(fact(id), ALICE, meter, BigDecimal.ONE, at, HashMap.empty(), LEARNED);
    }

    static Ending ending(String id, String lifetime, Instant at) {
        return new Ending(fact(id), ALICE, fact(lifetime), at, LEARNED);
    }

    /** A lifetime with every part that a lifetime can have. */
    static Lifetime fullLifetime(String id) {
        return new Lifetime(
                fact(id),
                ALICE,
                new Rate(
                        new PriceBookVersion("main" + ODD, 17),
                        "sku" + ODD,
                        "category" + ODD,
                        "unit" + ODD,
                        new Flat(Money.of("KWD", "0.0014002692168963457"))),
                new BigDecimal("2.000000001"),
                "2 × large" + ODD,
                HashMap.of(
                        ORGANIZATION,
                        ACME,
                        APP,
                        new Ref("app" + ODD, "app-1" + ODD, ODD),
                        new Dimension("dimension" + ODD),
                        new Ref("server", "42", "")),
                new Existence(on("03T04:05:06.007Z"), Option.some(on("20T23:59:59.999Z"))),
                LEARNED);
    }

    /** A usage record with every part that one can have. */
    static UsageRecord fullUsage(String id) {
        return new UsageRecord(
                fact(id),
                ALICE,
                "meter" + ODD,
                new BigDecimal("0.0014002692168963457"),
                on("03T04:05:06.007Z"),
                HashMap.of(ORGANIZATION, ACME, APP, new Ref("app" + ODD, "app-1" + ODD, ODD)),
                HashMap.of("region", "eu", "property" + ODD, "value" + ODD, "empty", ""),
                LEARNED);
    }
}
