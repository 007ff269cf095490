package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Side;
import io.vavr.control.Option;

/**
 * Names a figure on a document.
 *
 * @param basis the basis it is of, where a document has several
 */
public record FigureKey(String name, Option<Basis> basis, Side side) {

    public FigureKey {
        Checks.requireId(name, "Figure name");
        requireNonNull(basis, "basis");
        requireNonNull(side, "side");
    }

    /** A price, on a document with one basis. */
    public static FigureKey price(String name) {
        return new FigureKey(name, Option.none(), Side.PRICE);
    }

    public static FigureKey price(String name, Basis basis) {
        return new FigureKey(name, Option.some(basis), Side.PRICE);
    }

    public static FigureKey cost(String name, Basis basis) {
        return new FigureKey(name, Option.some(basis), Side.COST);
    }

    @Override
    public String toString() {
        return name + basis.map(of -> " " + of).getOrElse("") + " " + side;
    }
}
