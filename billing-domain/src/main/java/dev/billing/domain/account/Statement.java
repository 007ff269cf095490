package dev.billing.domain.account;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;

/**
 * What happened on an account in a span of time, in one currency. It always ties: {@code opening + rows = closing = open − free}, and the
 * next statement opens with what this one closes with.
 * <p>
 * Example: owed 10.00 at the start, an invoice of 5.00, a payment of 12.00: it closes with 3.00, which is open on the second invoice.
 * Where a payment goes moves nothing between the account and us, so it has no row. Entries count in the order of their numbers: where
 * clocks differ, one counts from the instant at which it and all before it were recorded.
 *
 * @param from its start; none for all that ever was
 * @param until its end, which it excludes
 * @param opening what was owed at the start; negative if there was credit
 * @param closing what is owed at the end
 * @param open the documents on which something is open at the end, the oldest first
 * @param free what came in by the end and no document has used
 * @param prepaid what is left of prepaid credit at the end; it lowers what documents bill, and is no part of the balance
 * @param numbers those of the documents that have one
 */
public record Statement(
        AccountId account,
        CurrencyUnit currency,
        Option<Instant> from,
        Instant until,
        Money opening,
        Seq<Row> rows,
        Money closing,
        Seq<Open> open,
        Money free,
        Money prepaid,
        Map<InvoiceId, InvoiceNumber> numbers) {

    /**
     * Checks that it ties.
     *
     * @throws IllegalArgumentException if it does not, or ends before it starts
     */
    public Statement {
        requireNonNull(account, "account");
        requireNonNull(until, "until");
        requireNonNull(numbers, "numbers");
        if (from.exists(until::isBefore)) {
            throw new IllegalArgumentException(
                    "A statement must not end before it starts, but was " + from.get() + "/" + until);
        }
        requireTie("opening + rows", rows.map(Row::change).fold(opening, Money::plus), closing);
        requireTie("open − free", open.map(Open::amount).fold(free.negated(), Money::plus), closing);
    }

    private static void requireTie(String what, Money sum, Money closing) {
        if (!sum.equals(closing)) {
            throw new IllegalArgumentException(
                    "A statement must tie, but " + what + " is " + sum + " where the closing balance is " + closing);
        }
    }

    /**
     * One thing that moved money between the account and us.
     *
     * @param change what is owed more by it; negative if less
     * @param balance what is owed after it
     */
    public record Row(Entry entry, Money change, Money balance) {
        public Row {
            requireNonNull(entry, "entry");
            requireNonNull(change, "change");
            requireNonNull(balance, "balance");
        }
    }

    /** A document on which an amount is open, of what it charged. */
    public record Open(InvoiceId document, Money charged, Money amount) {
        public Open {
            requireNonNull(document, "document");
            requireNonNull(charged, "charged");
            requireNonNull(amount, "amount");
        }
    }

    /**
     * The statement of an account.
     *
     * @param entries all that it has, or at least those before the end
     */
    public static Statement of(
            AccountId account, Seq<Entry> entries, CurrencyUnit currency, Option<Instant> from, Instant until) {
        Seq<Entry> known = entries.takeWhile(entry -> entry.at().isBefore(until));
        Seq<Entry> before = from.map(
                        start -> known.takeWhile(entry -> entry.at().isBefore(start)))
                .getOrElse(Array.empty());
        Account end = Account.of(account, known);
        Money opening = Account.of(account, before).balance(currency);
        return new Statement(
                account,
                currency,
                from,
                until,
                opening,
                rows(known.drop(before.size()), opening),
                end.balance(currency),
                end.openItems(currency).map(item -> new Open(item._1, item._2.charged(), item._2.open())),
                end.free(currency),
                end.prepaid(currency),
                HashMap.empty());
    }

    private static Seq<Row> rows(Seq<Entry> entries, Money opening) {
        Seq<Entry> moving = entries.filter(entry ->
                entry.movement().change().exists(change -> change.currency().equals(opening.currency())));
        Seq<Money> changes = moving.map(entry -> entry.movement().change().get());
        return moving.zip(changes.zip(changes.scanLeft(opening, Money::plus).tail()))
                .map(row -> new Row(row._1, row._2._1, row._2._2))
                .toArray();
    }

    /** The same, with the numbers of its documents. */
    public Statement numbered(Map<InvoiceId, InvoiceNumber> newNumbers) {
        return new Statement(account, currency, from, until, opening, rows, closing, open, free, prepaid, newNumbers);
    }

    /** The documents that it tells of. */
    public Set<InvoiceId> documents() {
        return LinkedHashSet.ofAll(
                rows.flatMap(row -> document(row.entry().movement())).appendAll(open.map(Open::document)));
    }

    /** What a row is about, as its reader knows it: the number of a document, or its id if it has none, or the id of a payment. */
    public String reference(Row row) {
        Movement movement = row.entry().movement();
        return document(movement)
                .map(this::reference)
                .getOrElse(() -> source(movement).map(Source::id).getOrElse(""));
    }

    /** How a document is referred to: by its number, or its id if it has none. */
    public String reference(InvoiceId document) {
        return numbers.get(document).map(InvoiceNumber::text).getOrElse(document.value());
    }

    private static Option<InvoiceId> document(Movement movement) {
        if (movement instanceof Movement.Charged charged) {
            return Option.some(charged.document());
        }
        if (movement instanceof Movement.Waived waived) {
            return Option.some(waived.document());
        }
        return movement instanceof Movement.Reinstated reinstated
                ? Option.some(reinstated.document())
                : source(movement)
                        .filter(source -> source.kind() != Source.Kind.PAYMENT)
                        .map(source -> new InvoiceId(source.id()));
    }

    private static Option<Source> source(Movement movement) {
        if (movement instanceof Movement.Received received) {
            return Option.some(received.source());
        }
        return movement instanceof Movement.Returned returned ? Option.some(returned.source()) : Option.none();
    }
}
