package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.rating.Settlement;

/**
 * The document of an account's month under its commercial terms.
 *
 * @param document its lines have discounts and taxes; its figures are those of the profile and those of the settlement
 * @param settlement which discount took what, the taxes by line and rate, and which grant paid what
 */
public record SettledMonth(MonthDocument document, Settlement settlement) {

    public SettledMonth {
        requireNonNull(document, "document");
        requireNonNull(settlement, "settlement");
    }

    static SettledMonth of(MonthRating rated, Settlement settlement) {
        MonthDocument document = rated.document(settlement.lines());
        Invoice.Preview preview = document.invoice();
        Figures figures = preview.figures().and(settlement.figures());
        return new SettledMonth(
                new MonthDocument(new Invoice.Preview(preview.head(), figures, preview.asOf()), document.lines()),
                settlement);
    }
}
