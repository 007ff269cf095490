package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import io.vavr.collection.Seq;
import javax.money.CurrencyUnit;

/**
 * What an account owes, and the credit it has, over all its documents. Kill Bill's arithmetic: credit is generated on a document that is
 * paid or given back beyond what it charges, and used on one that is open.
 * <ul>
 *   <li>balance of a document = charges + credit generated − credit used − payments
 *   <li>credit of the account = credit generated − credit used
 *   <li>balance of the account = the sum of the balances of its documents − its credit
 * </ul>
 * A document with 12 charged, 15 paid and 3 of credit generated has a balance of 0; the account's is −3.
 *
 * @param documents in the order in which they were issued
 */
public record AccountBalance(CurrencyUnit currency, Seq<Document> documents) {

    /**
     * Checks the currencies.
     *
     * @throws IllegalArgumentException if a document is of another currency
     */
    public AccountBalance {
        requireNonNull(currency, "currency");
        documents.forEach(document -> Money.zero(currency).plus(document.charged()));
    }

    /**
     * One document.
     *
     * @param charged the sum of its lines and adjustments, credit apart
     * @param credited credit generated here less credit used here: positive if it gave, negative if it took
     * @param paid payments less refunds
     */
    public record Document(Money charged, Money credited, Money paid) {

        /**
         * @throws IllegalArgumentException if the currencies differ
         */
        public Document {
            charged.plus(credited).plus(paid);
        }

        /** A document that is open. */
        public static Document of(Money charged) {
            Money none = Money.zero(charged.currency());
            return new Document(charged, none, none);
        }

        /** What is still to be paid; negative if too much was. */
        public Money balance() {
            return charged.plus(credited).minus(paid);
        }

        /** The same after a payment; a refund is negative. */
        public Document paid(Money amount) {
            return new Document(charged, credited, paid.plus(amount));
        }

        /** The same after credit moved here from the account; negative if from here to the account. */
        private Document using(Money credit) {
            return new Document(charged, credited.minus(credit), paid);
        }
    }

    /** The credit that no document has used yet. */
    public Money credit() {
        return sum(documents.map(Document::credited));
    }

    /** What is owed in all; negative if the account has more credit than it owes. */
    public Money balance() {
        return sum(documents.map(Document::balance)).minus(credit());
    }

    /** The same with one more document. */
    public AccountBalance issue(Document document) {
        return new AccountBalance(currency, documents.append(document));
    }

    /** Turns what was paid or given back too much into credit, then pays open documents with credit, the oldest first. */
    public AccountBalance settle() {
        return new AccountBalance(currency, documents.map(AccountBalance::generating)).useCredit();
    }

    private static Document generating(Document document) {
        Money surplus = document.balance().negated().notBelowZero();
        return document.using(surplus.negated());
    }

    private AccountBalance useCredit() {
        AccountBalance settled = this;
        for (int i = 0; i < documents.size(); i++) {
            Money open = documents.get(i).balance().notBelowZero();
            settled = settled.using(i, least(open, settled.credit().notBelowZero()));
        }
        return settled;
    }

    /**
     * A payment of a document is paid back. Credit of the account is taken back first, as far as the account still has it and no more than
     * is refunded, so that nothing is given back twice; the document is open for that again.
     *
     * @throws IllegalArgumentException if more is to be refunded than was paid, or the amount is not positive
     */
    public AccountBalance refund(int document, Money amount) {
        Money paid = documents.get(document).paid();
        if (!amount.isPositive() || amount.compareTo(paid) > 0) {
            throw new IllegalArgumentException(
                    "A refund must be positive and at most what was paid, " + paid + ", but was " + amount);
        }
        Money back = least(amount, credit().notBelowZero());
        Document refunded = documents.get(document).paid(amount.negated());
        return new AccountBalance(currency, documents.update(document, refunded)).using(document, back);
    }

    private AccountBalance using(int document, Money credit) {
        return new AccountBalance(
                currency, documents.update(document, documents.get(document).using(credit)));
    }

    private Money sum(Seq<Money> parts) {
        return parts.fold(Money.zero(currency), Money::plus);
    }

    private static Money least(Money one, Money other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
