package dev.billing.domain.account;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.Customer;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import javax.money.CurrencyUnit;

/**
 * Who an account is, and how it is billed. It may change at any time; documents keep what held when they were issued.
 *
 * @param version 1 at first, then one more with each change
 * @param customer who its documents are addressed to
 * @param contacts people to talk to
 * @param taxIds under which tax authorities know it
 * @param zone whose days and months it is billed by; none for that of the profile
 * @param currency in which it is billed; none for that of the profile
 * @param payer who pays for it, if another account does
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
        Instant updatedAt) {

    /**
     * Keeps {@code updatedAt} in milliseconds.
     *
     * @throws IllegalArgumentException if the version is not 1 or more, or the account is to pay for itself
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
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
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

    /** A person to talk to. */
    public record Contact(String name, String email, String phone) {
        /** Checks the texts; those that there are none of are empty. */
        public Contact {
            Checks.requireText(name, "Contact name");
            Checks.requireText(email, "Contact email");
            Checks.requireText(phone, "Contact phone");
        }
    }

    /** A number under which a tax authority knows the account, such as {@code eu_vat DE123456789}. */
    public record TaxId(String type, String value) {
        /** Checks both. */
        public TaxId {
            Checks.requireId(type, "Tax id type");
            Checks.requireId(value, "Tax id");
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
