package dev.billing.domain.account;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.TaxId;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import javax.money.CurrencyUnit;

/**
 * Who an account is, and how it is billed. It may change at any time; documents keep what held when they were issued.
 * <p>
 * Places and attributes are those of its documents: each document that is made from then on has them, and a draft of a month gets them
 * when it is billed again. So a {@link dev.billing.domain.invoice.NumberSeries} may count by the legal entity that bills the account, or by
 * the space that the account is: {@code details.with("legal entity", Attribute.of("ACME-GMBH"))}.
 *
 * @param version 1 at first, then one more with each change
 * @param customer who its documents are addressed to
 * @param contacts people to talk to
 * @param taxIds under which tax authorities know it; its documents show them with the customer
 * @param zone whose days and months it is billed by; none for that of the profile
 * @param currency in which it is billed; none for that of the profile
 * @param payer who pays for it, if another account does
 * @param places where all of what its documents bill belongs
 * @param attributes what else its documents say of themselves
 */
public record AccountDetails(
        AccountId account,
        long version,
        Option<Customer> customer,
        Seq<Contact> contacts,
        Seq<TaxId> taxIds,
        Option<ZoneId> zone,
        Option<CurrencyUnit> currency,
        Option<Payer> payer,
        Map<Dimension, Ref> places,
        Map<String, Attribute> attributes,
        Instant updatedAt) {

    /** With what the names of attributes begin under which documents name the accounts that they bill beside their own. */
    public static final String MEMBER = "account ";

    /**
     * Keeps {@code updatedAt} in milliseconds.
     *
     * @throws IllegalArgumentException if the version is not 1 or more, the account is to pay for itself, or an attribute has a name that
     *     documents need for themselves
     */
    public AccountDetails {
        requireNonNull(account, "account");
        if (version < 1) {
            throw new IllegalArgumentException("A version must be 1 or more, but was " + version);
        }
        requireNonNull(customer, "customer");
        requireNonNull(contacts, "contacts");
        requireNonNull(taxIds, "taxIds");
        requireNonNull(zone, "zone");
        requireNonNull(currency, "currency");
        if (payer.exists(other -> other.account().equals(account))) {
            throw new IllegalArgumentException("An account must not be named as its own payer, but " + account + " is");
        }
        requireNonNull(places, "places");
        attributes.keySet().forEach(AccountDetails::requireName);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    private static void requireName(String attribute) {
        Checks.requireId(attribute, "Attribute name");
        if (attribute.startsWith(MEMBER)) {
            throw new IllegalArgumentException("An attribute's name must not begin with '" + MEMBER
                    + "', which documents need for themselves, but was '" + attribute + "'");
        }
    }

    /** Details of an account whose documents have no places and attributes of their own. */
    public AccountDetails(
            AccountId account,
            long version,
            Option<Customer> customer,
            Seq<Contact> contacts,
            Seq<TaxId> taxIds,
            Option<ZoneId> zone,
            Option<CurrencyUnit> currency,
            Option<Payer> payer,
            Instant updatedAt) {
        this(
                account,
                version,
                customer,
                contacts,
                taxIds,
                zone,
                currency,
                payer,
                HashMap.empty(),
                HashMap.empty(),
                updatedAt);
    }

    /** Details of which nothing is known yet. */
    public static AccountDetails of(AccountId account, Instant at) {
        return new AccountDetails(
                account,
                1,
                Option.none(),
                Array.empty(),
                Array.empty(),
                Option.none(),
                Option.none(),
                Option.none(),
                at);
    }

    /** Who its documents are addressed to, with the tax ids of the customer and of the account. */
    public Option<Customer> addressee() {
        return customer.map(known -> known.with(known.taxIds().appendAll(taxIds).distinct()));
    }

    /** The next version, of which all is the same so far. */
    public AccountDetails next(Instant at) {
        return new AccountDetails(
                account, version + 1, customer, contacts, taxIds, zone, currency, payer, places, attributes, at);
    }

    /** The same, with documents in one more place, or in another one of that dimension. */
    public AccountDetails in(Dimension dimension, Ref place) {
        return sayingOfDocuments(places.put(dimension, place), attributes);
    }

    /** The same, with documents that say one more thing of themselves, or another one under that name. */
    public AccountDetails with(String name, Attribute value) {
        return sayingOfDocuments(places, attributes.put(name, value));
    }

    private AccountDetails sayingOfDocuments(Map<Dimension, Ref> newPlaces, Map<String, Attribute> newAttributes) {
        return new AccountDetails(
                account,
                version,
                customer,
                contacts,
                taxIds,
                zone,
                currency,
                payer,
                newPlaces,
                newAttributes,
                updatedAt);
    }

    /** The same, paid for by another account. */
    public AccountDetails paidBy(AccountId other, Payer.Mode mode) {
        return new AccountDetails(
                account,
                version,
                customer,
                contacts,
                taxIds,
                zone,
                currency,
                Option.some(new Payer(other, mode)),
                places,
                attributes,
                updatedAt);
    }

    /** A person to talk to. */
    public record Contact(String name, String email, String phone) {
        /** Checks the texts; those that there are none of are empty. */
        public Contact {
            Checks.requireText(name, "Contact name");
            Checks.requireText(email, "Contact email");
            Checks.requireText(phone, "Contact phone");
        }
    }

    /** Another account that pays. */
    public record Payer(AccountId account, Mode mode) {

        /** How it is billed for it. */
        public enum Mode {
            /** One document of the payer has the lines of all. */
            CONSOLIDATED,
            /** Each has a document of its own, which the payer owes. */
            SEPARATE
        }

        public Payer {
            requireNonNull(account, "account");
            requireNonNull(mode, "mode");
        }
    }
}
