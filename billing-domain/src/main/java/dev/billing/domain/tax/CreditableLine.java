package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import java.math.BigDecimal;

/**
 * A line of a final document, and what credit notes have left of it: units, net amount and tax. It follows {@link Creditable} where the
 * taxes of a line are known as one sum: a part of the net amount has the part of that sum that it has of the line's, rounded once, and the
 * last part takes exactly what is left. So the credit notes of a fully credited line sum to it.
 * <p>
 * 29 of 30 days of 200.00 with 50.00 of tax are 193.33 and 48.33; the last day has what is left, 6.67 and 1.67.
 *
 * @param line as issued
 * @param issuedTax all of its taxes
 * @param quantity how many units are left
 * @param net what is left of its net amount
 * @param tax what is left of its taxes
 */
public record CreditableLine(LineItem line, Money issuedTax, BigDecimal quantity, Money net, Money tax) {

    /** Keeps the quantity without trailing zeros. */
    public CreditableLine {
        requireNonNull(line, "line");
        requireNonNull(issuedTax, "issuedTax");
        quantity = Decimals.canonical(quantity);
        requireNonNull(net, "net");
        requireNonNull(tax, "tax");
    }

    /**
     * A line of which nothing has been credited yet.
     *
     * @throws IllegalArgumentException if it charges nothing
     */
    public static CreditableLine of(LineItem line, Money tax) {
        return new CreditableLine(line, tax, line.quantity(), issuedNet(line), tax);
    }

    /** What one credit note gives back of a line, as positive amounts of what is charged. */
    public record Part(BigDecimal quantity, Money net, Money tax) {

        /** Keeps the quantity without trailing zeros. */
        public Part {
            quantity = Decimals.canonical(quantity);
            requireNonNull(net, "net");
            requireNonNull(tax, "tax");
        }

        /** Both together. */
        public Part plus(Part other) {
            return new Part(quantity.add(other.quantity), net.plus(other.net), tax.plus(other.tax));
        }

        /** Net and tax. */
        public Money total() {
            return net.plus(tax);
        }

        /** Whether it gives nothing back. */
        public boolean isNothing() {
            return quantity.signum() == 0 && net.isZero() && tax.isZero();
        }
    }

    /** The line's id. */
    public LineId id() {
        return line.id();
    }

    /** Whether there is nothing left of its amounts. */
    public boolean isUsedUp() {
        return net.isZero() && tax.isZero();
    }

    /** What is left after a part was given back. */
    public CreditableLine minus(Part part) {
        return new CreditableLine(
                line, issuedTax, quantity.subtract(part.quantity()), net.minus(part.net()), tax.minus(part.tax()));
    }

    /** The same of which only this is left. */
    public CreditableLine leaving(Part rest) {
        return new CreditableLine(line, issuedTax, rest.quantity(), rest.net(), rest.tax());
    }

    /** All that is left. */
    public Part rest() {
        return new Part(quantity, net, tax);
    }

    /** Whether so much of the net amount is left; what a line gives back has negative amounts. */
    public boolean has(Money part) {
        return Creditable.within(part, net).equals(part);
    }

    /**
     * Some units, with the share of the net amount as issued that they have; if less is left, with that. The last units take what is left.
     *
     * @param units from more than none to those that are left
     * @throws ArithmeticException if the rounding allows no loss and there is one
     */
    public Part units(BigDecimal units, Rounding rounding) {
        if (units.compareTo(quantity) == 0) {
            return rest();
        }
        Money share = issuedNet(line).times(units).dividedBy(line.quantity(), rounding);
        return new Part(
                units,
                Creditable.within(share, net),
                amount(Creditable.within(share, net), rounding).tax());
    }

    /**
     * A net amount and its tax, without giving back any unit. All that is left takes what is left of the tax.
     *
     * @param part as {@link #has} accepts it
     * @throws ArithmeticException if the rounding allows no loss and there is one
     */
    public Part amount(Money part, Rounding rounding) {
        if (part.equals(net)) {
            return new Part(BigDecimal.ZERO, net, tax);
        }
        Money share = issuedTax.times(part.amount()).dividedBy(issuedNet(line).amount(), rounding);
        return new Part(BigDecimal.ZERO, part, Creditable.within(share, tax));
    }

    private static Money issuedNet(LineItem line) {
        return line.net()
                .getOrElseThrow(() -> new IllegalArgumentException(
                        "A line must charge something to be credited, but " + line.id() + " does not"));
    }
}
