package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Extract;
import dev.billing.domain.period.Period;
import java.time.Instant;

/**
 * A month, or a part of it, as it reads at an instant.
 *
 * @param period the month
 * @param extract the selected lines' figures
 * @param now the instant of the request
 */
public record MonthView(Period period, Extract extract, Instant now) {

    public MonthView {
        requireNonNull(period, "period");
        requireNonNull(extract, "extract");
        requireNonNull(now, "now");
    }

    /** Whether the month is over, and with that sealed. */
    public boolean isClosed() {
        return !now.isBefore(period.end());
    }
}
