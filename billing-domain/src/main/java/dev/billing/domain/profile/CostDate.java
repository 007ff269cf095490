package dev.billing.domain.profile;

import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Up to when the costs of a running {@link Morpheus} month are known: the last second of the interval before. */
public final class CostDate {

    private CostDate() {}

    /** Of what is metered by the hour. */
    public static Instant hourly(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS).minusSeconds(1);
    }

    /** Of what a provider reports by the day. */
    public static Instant daily(Instant now, ZoneId zone) {
        return LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant().minusSeconds(1);
    }

    /**
     * Of a run that somebody asked for: in a month that is over its last second; in the running one the last second of the day, but not
     * beyond what is known anyway.
     *
     * @param asked an instant of the day that is meant
     * @param latest the cost date if nobody asks for another
     */
    public static Instant asked(Instant asked, Instant latest, ZoneId zone) {
        YearMonth month = YearMonth.from(asked.atZone(zone));
        if (month.isBefore(YearMonth.from(latest.atZone(zone)))) {
            Period period = BillingCalendar.monthly(zone).period(month);
            return Metering.lastSecond(period);
        }
        Instant endOfDay = daily(asked.atZone(zone).plusDays(1).toInstant(), zone);
        return endOfDay.isBefore(latest) ? endOfDay : latest;
    }
}
