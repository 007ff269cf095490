package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Rater;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.FactQuery;
import dev.billing.port.Ports;
import io.vavr.collection.Array;
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
        FactQuery facts = FactQuery.of(account, period);
        Seq<Lifetime> lifetimes = ports.usage().lifetimes(access, facts, found -> Array.ofAll(() -> found));
        Seq<UsageRecord> usage = ports.usage().usage(access, facts, found -> Array.ofAll(() -> found));
        PriceHistory prices = PriceHistory.of(period, at -> ports.priceBooks().inForce(access.tenant(), at));
        Seq<LineItem> lines = new Rater(profile, period, asOf).rate(lifetimes, usage, prices);
        Head head = Head.of(id(account, period), profile.name(), account, period, profile.currency(), asOf);
        Figures figures = Figures.fold(profile.figures(), lines, profile.currency());
        return new MonthDocument(new Invoice.Preview(head, figures, asOf), lines);
    }
}
