package dev.billing.domain.line;

import dev.billing.domain.money.Decimals;
import io.vavr.control.Option;
import java.math.BigDecimal;

/** The part of a tiered price that a line bills: what is above one bound, up to and including the next if there is one. */
public record Tier(BigDecimal above, Option<BigDecimal> upTo) {

    /**
     * @throws IllegalArgumentException if the upper bound is not above the lower one
     */
    public Tier {
        if (upTo.isDefined() && upTo.get().compareTo(above) <= 0) {
            throw new IllegalArgumentException(
                    "A tier must end above its start, but was " + above + " to " + upTo.get());
        }
        above = Decimals.canonical(above);
        upTo = upTo.map(Decimals::canonical);
    }
}
