package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import io.vavr.collection.Seq;
import java.time.Instant;

/**
 * The document of an account's month as it computes from the facts that are known.
 *
 * @param lines in their order
 */
public record MonthDocument(Invoice.Preview invoice, Seq<LineItem> lines) {

    public MonthDocument {
        requireNonNull(invoice, "invoice");
        requireNonNull(lines, "lines");
    }

    /** The id under which a month is issued. It does not depend on the profile, so a month is issued once whatever the profile. */
    static InvoiceId id(AccountId account, Period period) {
        return new InvoiceId("month/" + account + "/" + period.start());
    }

    static MonthDocument compute(
            Ports ports, Profile profile, Access access, AccountId account, Period period, Instant asOf) {
        return MonthRating.of(ports, profile, access, account, period, asOf, Scenario.ACTUAL)
                .document();
    }
}
