package dev.billing.testkit.life;

import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.collection.Seq;

/** Reads the entries of an account as simply as can be, checking nothing. */
final class Ledger {

    private final LifeModel.Account account = new LifeModel.Account();

    private Ledger() {}

    /** What an account with these entries is. */
    static LifeModel.Account of(Seq<Entry> entries) {
        Ledger ledger = new Ledger();
        entries.map(Entry::movement).forEach(ledger::add);
        return ledger.account;
    }

    private void add(Movement movement) {
        if (movement instanceof Movement.Charged charged) {
            account.items.put(charged.document().value(), new LifeModel.Item(LifeModel.cents(charged.amount())));
        } else if (movement instanceof Movement.Received received) {
            account.funds.put(received.source().toString(), new LifeModel.Fund(LifeModel.cents(received.amount())));
        } else if (movement instanceof Movement.Allocated allocated) {
            pay(allocated.source(), allocated.document(), allocated.amount());
        } else if (movement instanceof Movement.Released released) {
            pay(released.source(), released.document(), released.amount().negated());
        } else if (movement instanceof Movement.Returned returned) {
            account.fund(returned.source().toString()).returned += LifeModel.cents(returned.amount());
        } else if (movement instanceof Movement.Waived waived) {
            account.item(waived.document().value()).waived += LifeModel.cents(waived.amount());
        } else if (movement instanceof Movement.Reinstated reinstated) {
            account.item(reinstated.document().value()).waived -= LifeModel.cents(reinstated.amount());
        } else if (movement instanceof Movement.Granted granted) {
            account.grants.put(
                    granted.grant().id(), LifeModel.cents(granted.grant().available()));
        } else if (movement instanceof Movement.Drawn drawn) {
            account.grants.merge(drawn.grant(), -LifeModel.cents(drawn.amount()), Long::sum);
        } else if (!(movement instanceof Movement.Failed)) {
            account.isParked = movement instanceof Movement.Parked;
        }
    }

    private void pay(Source source, InvoiceId document, Money amount) {
        LifeModel.pay(account, source.toString(), document.value(), LifeModel.cents(amount));
    }
}
