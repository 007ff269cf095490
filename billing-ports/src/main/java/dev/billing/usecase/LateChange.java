package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import java.math.BigDecimal;

/**
 * What a line of a final month differs by from what is known now.
 *
 * @param line its id, on the document or as it would be
 * @param sku what was sold
 * @param before what the document and its corrections so far come to
 * @param after what it comes to when it is rated again
 */
public record LateChange(LineId line, String sku, Sums before, Sums after) {

    public LateChange {
        requireNonNull(line, "line");
        requireNonNull(sku, "sku");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
    }

    /** What lines come to. */
    public record Sums(BigDecimal quantity, Money net, Money tax) {
        public Sums {
            requireNonNull(quantity, "quantity");
            requireNonNull(net, "net");
            requireNonNull(tax, "tax");
        }

        Sums plus(Sums other) {
            return new Sums(quantity.add(other.quantity), net.plus(other.net), tax.plus(other.tax));
        }

        Sums minus(Sums other) {
            return new Sums(quantity.subtract(other.quantity), net.minus(other.net), tax.minus(other.tax));
        }

        boolean isFree() {
            return net.isZero() && tax.isZero();
        }
    }

    /** After less before. */
    public Sums difference() {
        return after.minus(before);
    }
}
