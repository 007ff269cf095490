package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.math.BigDecimal;

/**
 * An issued line, and what credit notes have left of it. A credit note takes a part: the net amount by exact share, each tax by its rate
 * on that net amount, both rounded once. The last credit note takes exactly what is left of net and of each tax. So the credit notes of a
 * fully credited invoice sum to it, line by line and rate by rate.
 * <p>
 * 29 of 30 days of 200.00 with 25 % are 193.33 and 48.33. 726.86 of 769.00 with 20 % (153.80) are 726.86 and 145.37; the rest is 42.14
 * and 8.43, which the rate alone would not give for every rest. This is Lago's arithmetic.
 *
 * @param line as issued
 * @param net what is left of its net amount
 * @param taxes what is left of its taxes, rate by rate
 */
public record Creditable(TaxedLine line, Money net, Seq<LineTax> taxes) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Creditable {
        requireNonNull(line, "line");
        requireNonNull(net, "net");
        requireNonNull(taxes, "taxes");
    }

    /** A line of which nothing has been credited yet. */
    public static Creditable of(TaxedLine line) {
        return new Creditable(line, line.net(), line.taxes());
    }

    /**
     * What one credit note gives back of a line.
     *
     * @param rest what is left of the line after it
     */
    public record Part(Money net, Seq<LineTax> taxes, Creditable rest) {
        public Part {
            requireNonNull(net, "net");
            requireNonNull(taxes, "taxes");
            requireNonNull(rest, "rest");
        }

        /** Net and all taxes. */
        public Money total() {
            return taxes.map(LineTax::amount).fold(net, Money::plus);
        }
    }

    /** A share of the line as issued, such as the days that were not used; if that is more than is left, what is left. */
    public Part credit(Ratio share, Rounding rounding) {
        return part(within(line.net().times(share, rounding), net), rounding);
    }

    /** A net amount. The last one, which is all that is left, takes what is left of the taxes too. */
    public Either<TaxError.TooMuchCredited, Part> credit(Money part, Rounding rounding) {
        return within(part, net).equals(part)
                ? Either.right(part(part, rounding))
                : Either.left(new TaxError.TooMuchCredited(part, net));
    }

    /** All that is left. */
    public Part rest() {
        return new Part(net, taxes, new Creditable(line, net.minus(net), taxes.map(Creditable::nothingOf)));
    }

    private Part part(Money part, Rounding rounding) {
        if (part.equals(net)) {
            return rest();
        }
        Seq<LineTax> taken = taxes.map(left -> new LineTax(
                left.rate(), within(part.times(left.rate().percent()).dividedBy(HUNDRED, rounding), left.amount())));
        Seq<LineTax> remaining = taxes.zipWith(
                taken, (left, tax) -> new LineTax(left.rate(), left.amount().minus(tax.amount())));
        return new Part(part, taken, new Creditable(line, net.minus(part), remaining));
    }

    private static LineTax nothingOf(LineTax tax) {
        return new LineTax(tax.rate(), Money.zero(tax.amount().currency()));
    }

    /** The amount, or the bound it goes beyond: it lies between zero and what is left, whatever the sign of that is. */
    static Money within(Money amount, Money left) {
        if (left.isNegative()) {
            return within(amount.negated(), left.negated()).negated();
        }
        Money notNegative = amount.notBelowZero();
        return notNegative.compareTo(left) > 0 ? left : notNegative;
    }
}
