package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.collection.Seq;
import javax.money.CurrencyUnit;

/** What a final month would be corrected by; nothing if nothing was learned that changes it. */
public record LateChanges(
        AccountId account, InvoiceId invoice, Period period, CurrencyUnit currency, Seq<LateChange> lines) {

    public LateChanges {
        requireNonNull(account, "account");
        requireNonNull(invoice, "invoice");
        requireNonNull(period, "period");
        requireNonNull(currency, "currency");
        requireNonNull(lines, "lines");
    }

    /** How much more is to be paid, with taxes; negative if less. */
    public Money total() {
        return lines.map(LateChange::difference)
                .map(difference -> difference.net().plus(difference.tax()))
                .fold(Money.zero(currency), Money::plus);
    }
}
