package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Head;
import io.vavr.control.Option;

/**
 * On whose account a document is charged: that of the account it bills, unless another one pays for it. Who pays is decided when the
 * document becomes final, and is part of it from then on, whoever pays later.
 */
final class Debtor {

    /** The attribute of a document that names the account that pays it, where that is another one. */
    static final String PAYER = "payer";

    private Debtor() {}

    /** Who owes a final document. */
    static AccountId of(Head head) {
        return head.attributes()
                .get(PAYER)
                .flatMap(payer ->
                        payer instanceof Attribute.Text text ? Option.some(new AccountId(text.value())) : Option.none())
                .getOrElse(head.account());
    }

    /** The head of a document that this account owes. */
    static Head named(Head head, AccountId debtor) {
        return debtor.equals(head.account())
                ? head.with(head.attributes().remove(PAYER))
                : head.with(head.attributes().put(PAYER, Attribute.of(debtor.value())));
    }
}
