package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Allocation;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.tax.CreditableLine;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.function.Supplier;
import javax.money.CurrencyUnit;

/**
 * A credit note in the making: what is left of each line of the document that it credits, and what it gives back of each.
 *
 * @param parts what it gives back so far
 */
record Crediting(
        InvoiceId invoice,
        CurrencyUnit currency,
        Rounding rounding,
        Map<LineId, CreditableLine> left,
        Map<LineId, CreditableLine.Part> parts) {

    Crediting {
        requireNonNull(invoice, "invoice");
        requireNonNull(currency, "currency");
        requireNonNull(rounding, "rounding");
        requireNonNull(left, "left");
        requireNonNull(parts, "parts");
    }

    Crediting(InvoiceId invoice, CurrencyUnit currency, Rounding rounding, Seq<CreditableLine> left) {
        this(invoice, currency, rounding, left.toLinkedMap(CreditableLine::id, line -> line), LinkedHashMap.empty());
    }

    /** What it gives back of which line, in the order of the lines. */
    Seq<Tuple2<CreditableLine, CreditableLine.Part>> given() {
        return left.values()
                .toArray()
                .flatMap(line -> parts.get(line.id()).map(part -> new Tuple2<>(line, part)))
                .reject(given -> given._2.isNothing());
    }

    /** Net and taxes of all that it gives back. */
    Money total() {
        return parts.values().map(CreditableLine.Part::total).fold(Money.zero(currency), Money::plus);
    }

    /** Net and taxes of all that is left. */
    Money rest() {
        return left.values().map(line -> line.rest().total()).fold(Money.zero(currency), Money::plus);
    }

    /** Whether nothing is left of the document. */
    boolean isAll() {
        return left.values().forAll(CreditableLine::isUsedUp);
    }

    /** All that is left of everything. */
    Crediting giveRest() {
        return left.values().foldLeft(this, (crediting, line) -> crediting.with(line, line.rest()));
    }

    /** Parts, each of what those before have left. */
    Either<BillingError, Crediting> give(Seq<CreditCommand.Part> wanted) {
        Either<BillingError, Crediting> start =
                wanted.isEmpty() ? Either.left(new CreditRefused.NoParts(invoice)) : Either.right(this);
        return wanted.foldLeft(start, (crediting, part) -> crediting.flatMap(before -> before.give(part)));
    }

    private Either<BillingError, Crediting> give(CreditCommand.Part part) {
        if (part instanceof CreditCommand.Part.Line whole) {
            return line(whole.line()).map(line -> with(line, line.rest()));
        }
        if (part instanceof CreditCommand.Part.Quantity units) {
            return line(units.line()).flatMap(line -> units(line, units.quantity()));
        }
        if (part instanceof CreditCommand.Part.LineAmount amount) {
            return line(amount.line()).flatMap(line -> amount(line, amount.net()));
        }
        return spread(((CreditCommand.Part.Amount) part).net());
    }

    private Either<BillingError, CreditableLine> line(LineId id) {
        Option<CreditableLine> line = left.get(id);
        if (line.isEmpty()) {
            return Either.left(new CreditRefused.UnknownLine(invoice, id));
        }
        return line.get().isUsedUp()
                ? Either.left(new CreditRefused.NothingLeft(invoice, id))
                : Either.right(line.get());
    }

    private Crediting with(CreditableLine line, CreditableLine.Part part) {
        return new Crediting(
                invoice,
                currency,
                rounding,
                left.put(line.id(), line.minus(part)),
                parts.put(line.id(), part, CreditableLine.Part::plus));
    }

    private Either<BillingError, Crediting> units(CreditableLine line, BigDecimal units) {
        return units.signum() > 0 && units.compareTo(line.quantity()) <= 0
                ? rounded(() -> with(line, line.units(units, rounding)))
                : Either.left(new CreditRefused.QuantityNotLeft(invoice, line.id(), units, line.quantity()));
    }

    private Either<BillingError, Crediting> amount(CreditableLine line, Money net) {
        return fit(net).flatMap(amount -> !amount.isZero() && line.has(amount)
                ? rounded(() -> with(line, line.amount(amount, rounding)))
                : Either.left(new CreditRefused.AmountNotLeft(invoice, line.id(), amount, line.net())));
    }

    /** Over what is left of the lines that charge something, in proportion. All that is left takes what others give back too. */
    private Either<BillingError, Crediting> spread(Money net) {
        Money all = left.values().map(CreditableLine::net).fold(Money.zero(currency), Money::plus);
        return fit(net).flatMap(amount -> {
            if (!amount.isPositive() || amount.compareTo(all) > 0) {
                return Either.left(new CreditRefused.TotalNotLeft(invoice, amount, all));
            }
            return amount.equals(all) ? Either.right(giveRest()) : rounded(() -> spreadOver(amount));
        });
    }

    private Crediting spreadOver(Money amount) {
        Seq<CreditableLine> charging =
                left.values().toArray().filter(line -> line.net().isPositive());
        Seq<Money> shares =
                Allocation.split(amount, charging.map(line -> line.net().amount()), rounding.digits(currency));
        return charging.zip(shares)
                .foldLeft(
                        this,
                        (crediting, share) -> share._2.isZero()
                                ? crediting
                                : crediting.with(share._1, share._1.amount(share._2, rounding)));
    }

    private Either<BillingError, Money> fit(Money amount) {
        if (!amount.currency().equals(currency)) {
            return Either.left(new CreditRefused.OtherCurrency(invoice, amount.currency(), currency));
        }
        return amount.amount().stripTrailingZeros().scale() > rounding.digits(currency)
                ? Either.left(new CreditRefused.NotRounded(invoice, rounding))
                : Either.right(amount);
    }

    /** A profile may bill whole minor units only. */
    private Either<BillingError, Crediting> rounded(Supplier<Crediting> change) {
        try {
            return Either.right(change.get());
        } catch (ArithmeticException inexact) {
            return Either.left(new CreditRefused.NotRounded(invoice, rounding));
        }
    }
}
