package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.period.Period;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.money.CurrencyUnit;

/**
 * What a document is about.
 *
 * @param profile the name of the policies it was computed with
 * @param account who is billed
 * @param owner who owns what is billed; the account itself unless it is said otherwise
 * @param subject the one thing it is for, where it is for one
 * @param period the time it bills for; none for an order
 * @param places where all of it belongs
 * @param billedTo who it is addressed to
 * @param currency of its prices
 * @param attributes what else there is to say, by names that the profile gives
 */
public record Head(
        InvoiceId id,
        String profile,
        AccountId account,
        AccountId owner,
        Option<Ref> subject,
        Option<Period> period,
        Map<Dimension, Ref> places,
        Option<Customer> billedTo,
        CurrencyUnit currency,
        Instant createdAt,
        Map<String, Attribute> attributes) {

    /** Keeps {@code createdAt} in milliseconds. */
    public Head {
        requireNonNull(id, "id");
        Checks.requireId(profile, "Profile");
        requireNonNull(account, "account");
        requireNonNull(owner, "owner");
        requireNonNull(subject, "subject");
        requireNonNull(period, "period");
        requireNonNull(places, "places");
        requireNonNull(billedTo, "billedTo");
        requireNonNull(currency, "currency");
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        attributes.keySet().forEach(name -> Checks.requireId(name, "Attribute name"));
    }

    /** A head without attributes. */
    public Head(
            InvoiceId id,
            String profile,
            AccountId account,
            AccountId owner,
            Option<Ref> subject,
            Option<Period> period,
            Map<Dimension, Ref> places,
            Option<Customer> billedTo,
            CurrencyUnit currency,
            Instant createdAt) {
        this(id, profile, account, owner, subject, period, places, billedTo, currency, createdAt, HashMap.empty());
    }

    /** The same head with these attributes. */
    public Head with(Map<String, Attribute> newAttributes) {
        return new Head(
                id, profile, account, owner, subject, period, places, billedTo, currency, createdAt, newAttributes);
    }

    /** The same head, addressed to somebody else or nobody. */
    public Head addressedTo(Option<Customer> customer) {
        return new Head(
                id, profile, account, owner, subject, period, places, customer, currency, createdAt, attributes);
    }

    /** The document of an account and period. */
    public static Head of(
            InvoiceId id, String profile, AccountId account, Period period, CurrencyUnit currency, Instant createdAt) {
        return new Head(
                id,
                profile,
                account,
                account,
                Option.none(),
                Option.some(period),
                HashMap.empty(),
                Option.none(),
                currency,
                createdAt);
    }
}
