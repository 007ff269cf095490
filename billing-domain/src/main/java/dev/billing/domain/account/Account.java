package dev.billing.domain.account;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Traversable;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;

/**
 * What an account owes and has, folded from its entries. Every amount is open on a document, free on a source, or both sides of an
 * allocation, so that {@code balance = what is open − what is free}. An invoice of 12 on which 15 were paid leaves nothing open, 3 free and
 * a balance of −3.
 *
 * @param entries how many there were
 * @param lastAt when the last one was recorded; the beginning of time if there was none
 * @param items the documents that were charged; in order they are {@link #openItems}
 * @param funds what came in; in order they are {@link #freeFunds}
 * @param grants prepaid credit that was granted, with what is left of it, in the order in which it was granted
 * @param parking why it is not billed, if it is not
 */
public record Account(
        AccountId id,
        long entries,
        Instant lastAt,
        Map<InvoiceId, Item> items,
        Map<Source, Fund> funds,
        Map<String, CreditGrant> grants,
        Option<Movement.Parked> parking) {

    public Account {
        requireNonNull(id, "id");
        requireNonNull(lastAt, "lastAt");
        requireNonNull(items, "items");
        requireNonNull(funds, "funds");
        requireNonNull(grants, "grants");
        requireNonNull(parking, "parking");
    }

    /**
     * A document that is to be paid.
     *
     * @param number of the entry that charged it
     * @param waived what is not expected any more
     * @param paid what each source pays of it, if it pays anything
     */
    public record Item(long number, Money charged, Money waived, Map<Source, Money> paid) {

        /** What is still to be paid. */
        public Money open() {
            return charged.minus(waived).minus(paidInAll());
        }

        /** What all sources pay of it. */
        public Money paidInAll() {
            return total(charged.currency(), paid.values());
        }

        private Item with(Money newWaived) {
            return new Item(number, charged, newWaived, paid);
        }

        private Item with(Map<Source, Money> newPaid) {
            return new Item(number, charged, waived, newPaid);
        }
    }

    /**
     * Money or credit that came in.
     *
     * @param number of the entry that says so
     * @param returns what went back, by its ids
     * @param uses what it pays of which document, the latest use last
     */
    public record Fund(
            long number, Money received, Map<String, Movement.Returned> returns, Map<InvoiceId, Money> uses) {

        /** What went back in all. */
        public Money returned() {
            return total(received.currency(), returns.values().map(Movement.Returned::amount));
        }

        /** What it pays of all documents. */
        public Money allocated() {
            return total(received.currency(), uses.values());
        }

        /** What no document has used and nobody got back. */
        public Money free() {
            return received.minus(returned()).minus(allocated());
        }

        private Fund with(Movement.Returned back) {
            return new Fund(number, received, returns.put(back.id(), back), uses);
        }

        private Fund with(Map<InvoiceId, Money> newUses) {
            return new Fund(number, received, returns, newUses);
        }
    }

    /** An account without entries. */
    public static Account of(AccountId id) {
        return new Account(
                id, 0, Instant.EPOCH, HashMap.empty(), HashMap.empty(), LinkedHashMap.empty(), Option.none());
    }

    /**
     * The state after these entries.
     *
     * @throws IllegalArgumentException if one of them cannot follow those before
     */
    public static Account of(AccountId id, Seq<Entry> entries) {
        return entries.foldLeft(of(id), Account::after);
    }

    /**
     * The state after one more entry.
     *
     * @throws IllegalArgumentException if it cannot follow those before: another number is next, a source or document is unknown, there
     *     already, of another currency, or has less than what is moved
     */
    public Account after(Entry entry) {
        if (entry.number() != entries + 1) {
            throw new IllegalArgumentException(
                    "The next entry of account " + id + " is number " + (entries + 1) + ", but was " + entry.number());
        }
        Instant at = entry.at().isAfter(lastAt) ? entry.at() : lastAt;
        return new Account(id, entry.number(), at, items, funds, grants, parking).moved(entry.movement());
    }

    /** What is owed in a currency; negative if the account has more than it owes. */
    public Money balance(CurrencyUnit currency) {
        return open(currency).minus(free(currency));
    }

    /** What is open on documents. */
    public Money open(CurrencyUnit currency) {
        return total(currency, openItems(currency).map(item -> item._2.open()));
    }

    /** What came in and no document has used. */
    public Money free(CurrencyUnit currency) {
        return total(currency, freeFunds(currency).map(fund -> fund._2.free()));
    }

    /** What is left of prepaid credit, used or not; it is no part of the balance. */
    public Money prepaid(CurrencyUnit currency) {
        return total(
                currency,
                grants.values()
                        .map(CreditGrant::available)
                        .filter(left -> left.currency().equals(currency)));
    }

    /** The documents of a currency on which something is open, the oldest first. */
    public Seq<Tuple2<InvoiceId, Item>> openItems(CurrencyUnit currency) {
        return items.toArray()
                .filter(item -> isPositive(item._2.open(), currency))
                .sortBy(item -> item._2.number());
    }

    /** What came in of a currency and has something free, the oldest first. */
    public Seq<Tuple2<Source, Fund>> freeFunds(CurrencyUnit currency) {
        return funds.toArray()
                .filter(fund -> isPositive(fund._2.free(), currency))
                .sortBy(fund -> fund._2.number());
    }

    private static boolean isPositive(Money amount, CurrencyUnit currency) {
        return amount.isPositive() && amount.currency().equals(currency);
    }

    private Account moved(Movement movement) {
        if (movement instanceof Movement.Charged charged) {
            requireNew(items.containsKey(charged.document()), "document", charged.document());
            Money none = Money.zero(charged.amount().currency());
            return with(charged.document(), new Item(entries, charged.amount(), none, HashMap.empty()));
        }
        if (movement instanceof Movement.Received received) {
            requireNew(funds.containsKey(received.source()), "source", received.source());
            return with(
                    received.source(),
                    new Fund(entries, received.amount(), LinkedHashMap.empty(), LinkedHashMap.empty()));
        }
        if (movement instanceof Movement.Allocated allocated) {
            return allocated(allocated);
        }
        if (movement instanceof Movement.Released released) {
            return released(released);
        }
        if (movement instanceof Movement.Returned returned) {
            Fund fund = fund(returned.source());
            requireNew(fund.returns().containsKey(returned.id()), "return", returned.id());
            requireAtMost(returned.amount(), fund.free(), "What is returned", "free of " + returned.source());
            return with(returned.source(), fund.with(returned));
        }
        return movement instanceof Movement.Waived || movement instanceof Movement.Reinstated
                ? waived(movement)
                : besides(movement);
    }

    private Account allocated(Movement.Allocated allocated) {
        Item item = item(allocated.document());
        Fund fund = fund(allocated.source());
        requireAtMost(allocated.amount(), fund.free(), "An allocation", "free of " + allocated.source());
        requireAtMost(allocated.amount(), item.open(), "An allocation", "open on " + allocated.document());
        return changing(allocated.source(), fund, allocated.document(), item, allocated.amount());
    }

    private Account released(Movement.Released released) {
        Item item = item(released.document());
        Fund fund = fund(released.source());
        Money paid = item.paid()
                .getOrElse(released.source(), Money.zero(item.charged().currency()));
        requireAtMost(
                released.amount(),
                paid,
                "What is released",
                "paid by " + released.source() + " on " + released.document());
        return changing(
                released.source(),
                fund,
                released.document(),
                item,
                released.amount().negated());
    }

    private Account changing(Source source, Fund fund, InvoiceId document, Item item, Money more) {
        Money now = item.paid().get(source).map(more::plus).getOrElse(more);
        if (now.isZero()) {
            return with(document, item.with(item.paid().remove(source)))
                    .with(source, fund.with(fund.uses().remove(document)));
        }
        // what was used again is the latest use; what is released in part stays where it was
        Map<InvoiceId, Money> others = more.isPositive() ? fund.uses().remove(document) : fund.uses();
        return with(document, item.with(item.paid().put(source, now)))
                .with(source, fund.with(others.put(document, now)));
    }

    private Account waived(Movement movement) {
        if (movement instanceof Movement.Waived waived) {
            Item item = item(waived.document());
            requireAtMost(waived.amount(), item.open(), "What is waived", "open on " + waived.document());
            return with(waived.document(), item.with(item.waived().plus(waived.amount())));
        }
        Movement.Reinstated reinstated = (Movement.Reinstated) movement;
        Item item = item(reinstated.document());
        requireAtMost(reinstated.amount(), item.waived(), "What is reinstated", "waived on " + reinstated.document());
        return with(reinstated.document(), item.with(item.waived().minus(reinstated.amount())));
    }

    /** What moves no money between the account and us. */
    private Account besides(Movement movement) {
        if (movement instanceof Movement.Failed failed) {
            requireCurrency(failed.amount(), item(failed.document()).charged().currency());
            return this;
        }
        if (movement instanceof Movement.Granted granted) {
            requireNew(
                    grants.containsKey(granted.grant().id()),
                    "grant",
                    granted.grant().id());
            return with(granted.grant());
        }
        if (movement instanceof Movement.Drawn drawn) {
            CreditGrant grant = known(grants.get(drawn.grant()), "grant", drawn.grant());
            requireAtMost(drawn.amount(), grant.available(), "What is drawn", "left of grant " + drawn.grant());
            return with(grant.withAvailable(grant.available().minus(drawn.amount())));
        }
        if (movement instanceof Movement.Resumed && parking.isEmpty()) {
            throw new IllegalArgumentException("Account " + id + " must be parked to be resumed, but is not");
        }
        return new Account(
                id, entries, lastAt, items, funds, grants, Option.when(movement instanceof Movement.Parked, () ->
                        (Movement.Parked) movement));
    }

    private Account with(InvoiceId document, Item item) {
        return new Account(id, entries, lastAt, items.put(document, item), funds, grants, parking);
    }

    private Account with(Source source, Fund fund) {
        return new Account(id, entries, lastAt, items, funds.put(source, fund), grants, parking);
    }

    private Account with(CreditGrant grant) {
        return new Account(id, entries, lastAt, items, funds, grants.put(grant.id(), grant), parking);
    }

    private Item item(InvoiceId document) {
        return known(items.get(document), "document", document);
    }

    private Fund fund(Source source) {
        return known(funds.get(source), "source", source);
    }

    private <T> T known(Option<T> found, String what, Object key) {
        return found.getOrElseThrow(() -> new IllegalArgumentException(
                "A " + what + " must be on account " + id + " before it is used, but " + key + " is not"));
    }

    private void requireNew(boolean known, String what, Object key) {
        if (known) {
            throw new IllegalArgumentException(
                    "A " + what + " must be new on account " + id + ", but " + key + " is there already");
        }
    }

    private void requireAtMost(Money amount, Money most, String what, String of) {
        if (amount.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    what + " on account " + id + " must be at most the " + most + " " + of + ", but was " + amount);
        }
    }

    private void requireCurrency(Money amount, CurrencyUnit currency) {
        if (!amount.currency().equals(currency)) {
            throw new IllegalArgumentException(
                    "An attempt on account " + id + " must be in " + currency + ", but was " + amount);
        }
    }

    private static Money total(CurrencyUnit currency, Traversable<Money> amounts) {
        return amounts.fold(Money.zero(currency), Money::plus);
    }
}
