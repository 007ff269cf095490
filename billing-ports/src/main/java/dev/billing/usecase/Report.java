package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/** What a host tells us: a fact without price and without the instant at which we learned of it. */
public sealed interface Report {

    /** The reporter's id of it; a report sent again has the same id. */
    FactId id();

    AccountId account();

    /**
     * A thing began to exist; the price in force at that instant is agreed for it.
     *
     * @param sku what it is sold as
     * @param quantity how many of it there are
     * @param until its end, if it has ended already
     */
    record Begun(
            FactId id,
            AccountId account,
            String sku,
            BigDecimal quantity,
            String description,
            Map<Dimension, Ref> places,
            Instant from,
            Option<Instant> until)
            implements Report {

        /**
         * Checks what every lifetime must keep.
         *
         * @throws IllegalArgumentException if the quantity is negative, or a text is blank, too long or holds a control character
         */
        public Begun {
            requireNonNull(id, "id");
            requireNonNull(account, "account");
            Checks.requireId(sku, "Sku");
            quantity = requireNotNegative(quantity);
            Checks.requireText(description, "Description");
            requireNonNull(places, "places");
            requireNonNull(from, "from");
            requireNonNull(until, "until");
        }
    }

    /**
     * A thing ceased to exist.
     *
     * @param lifetime the id under which its beginning was reported
     */
    record Ended(FactId id, AccountId account, FactId lifetime, Instant at) implements Report {
        public Ended {
            requireNonNull(id, "id");
            requireNonNull(account, "account");
            requireNonNull(lifetime, "lifetime");
            requireNonNull(at, "at");
        }
    }

    /**
     * So much was used.
     *
     * @param meter the name under which it is reported; a meter of that name or others count it
     * @param quantity below zero where something is taken back or a level falls, if a meter that counts it allows that
     * @param properties what else it says about itself, such as its region
     */
    record Used(
            FactId id,
            AccountId account,
            String meter,
            BigDecimal quantity,
            Instant at,
            Map<Dimension, Ref> places,
            Map<String, String> properties)
            implements Report {

        /**
         * Checks what every usage record must keep.
         *
         * @throws IllegalArgumentException if a text is blank, too long or holds a control character, or there are too many properties
         */
        public Used {
            requireNonNull(id, "id");
            requireNonNull(account, "account");
            Checks.requireId(meter, "Meter");
            quantity = Decimals.canonical(quantity);
            requireNonNull(at, "at");
            requireNonNull(places, "places");
            UsageRecord.requireProperties(properties);
        }

        /** Usage that says nothing else about itself. */
        public Used(
                FactId id,
                AccountId account,
                String meter,
                BigDecimal quantity,
                Instant at,
                Map<Dimension, Ref> places) {
            this(id, account, meter, quantity, at, places, HashMap.empty());
        }
    }

    private static BigDecimal requireNotNegative(BigDecimal quantity) {
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("A quantity must not be negative, but was " + quantity);
        }
        return Decimals.canonical(quantity);
    }
}
