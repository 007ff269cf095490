package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.control.Either;

/**
 * What a credit note is worth. It pays what is open on the document that it credits, then what was given up of it, and the rest is free:
 * nobody gets credit for what was never to be paid. What prepaid credit paid comes back in this way too. Where another account pays, it
 * gets no more than it was charged, and what is beyond that belongs to the account whose prepaid credit it was.
 *
 * @param document that is credited
 * @param left what is left of it before the note
 */
record CreditWorth(Planning planning, Invoice document, Money left) {

    CreditWorth {
        requireNonNull(planning, "planning");
        requireNonNull(document, "document");
        requireNonNull(left, "left");
    }

    /** What the account that was charged gets of an amount. */
    Settling pay(Settling debtor, InvoiceId note, Money amount) {
        Money part = amount.minus(prepaid(amount));
        return part.isPositive() ? paying(debtor, Source.creditNote(note), part) : debtor;
    }

    /** What an account gets of it whose prepaid credit paid a document that another account was charged for. */
    Either<BillingError, Plan> comeBack(InvoiceId note, Money amount) {
        Money part = prepaid(amount);
        return part.isPositive()
                ? planning.account(head().account()).map(account -> comeBack(account, Source.creditNote(note), part))
                : Either.right(Plan.NOTHING);
    }

    private Plan comeBack(Account account, Source note, Money part) {
        return Settling.of(planning, account).receive(note, part).plan();
    }

    private Settling paying(Settling debtor, Source note, Money amount) {
        InvoiceId credited = head().id();
        debtor.receive(note, amount);
        debtor.account().items().get(credited).forEach(item -> {
            Money again = amount.minus(item.open()).notBelowZero().atMost(item.waived());
            if (again.isPositive()) {
                debtor.enter(new Movement.Reinstated(credited, again));
            }
        });
        return debtor.pay(note, credited);
    }

    /** The part of an amount that prepaid credit of another account than the debtor paid; it comes last. */
    private Money prepaid(Money amount) {
        if (Debtor.of(head()).equals(head().account())) {
            return Money.zero(amount.currency());
        }
        Money drawn = DraftFigures.credits(document.figures())
                .values()
                .map(Money::notBelowZero)
                .fold(Money.zero(amount.currency()), Money::plus);
        return amount.minus(left.minus(drawn).notBelowZero()).notBelowZero().atMost(drawn);
    }

    private Head head() {
        return document.head();
    }
}
