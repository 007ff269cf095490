package dev.billing.domain.profile;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.FigureRule;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoicing;
import dev.billing.domain.line.LineOrder;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Proration;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import javax.money.CurrencyUnit;

/**
 * A named set of policies. A document carries the name of its profile.
 *
 * @param currency of its documents; a line in another one is refused
 * @param calendar what a month is
 * @param proration the share of a period that is billed
 * @param rounding of each line, once
 * @param order of the lines
 * @param firstPlace the places whose creation begins an account's months, even before anything is billed there
 * @param categories the categories a line may have; empty for any
 * @param figures what is folded from the lines
 * @param counts named sums of line quantities
 * @param rules the rules by which other figures may be calculated
 * @param invoicing how its documents live once they are priced
 */
public record Profile(
        String name,
        CurrencyUnit currency,
        BillingCalendar calendar,
        Proration proration,
        Rounding rounding,
        LineOrder order,
        Option<Dimension> firstPlace,
        Set<String> categories,
        Seq<Figures.Fold> figures,
        Map<String, Selection> counts,
        Seq<FigureRule> rules,
        Invoicing invoicing) {

    public Profile {
        Checks.requireId(name, "Profile");
        requireNonNull(currency, "currency");
        requireNonNull(calendar, "calendar");
        requireNonNull(proration, "proration");
        requireNonNull(rounding, "rounding");
        requireNonNull(order, "order");
        requireNonNull(firstPlace, "firstPlace");
        requireNonNull(categories, "categories");
        requireNonNull(figures, "figures");
        requireNonNull(counts, "counts");
        requireNonNull(rules, "rules");
        requireNonNull(invoicing, "invoicing");
    }

    /** Whether documents of this profile can have lines of this category. */
    public boolean allows(String category) {
        return categories.isEmpty() || categories.contains(category);
    }

    /** The same policies under another name, with another proration. */
    public Profile with(String newName, Proration newProration) {
        return new Profile(
                newName,
                currency,
                calendar,
                newProration,
                rounding,
                order,
                firstPlace,
                categories,
                figures,
                counts,
                rules,
                invoicing);
    }

    /** The same policies for documents in another currency. */
    public Profile in(CurrencyUnit newCurrency) {
        return new Profile(
                name,
                newCurrency,
                calendar,
                proration,
                rounding,
                order,
                firstPlace,
                categories,
                figures,
                counts,
                rules,
                invoicing);
    }

    /** The same policies with months of another zone or anchor. */
    public Profile on(BillingCalendar newCalendar) {
        return new Profile(
                name,
                currency,
                newCalendar,
                proration,
                rounding,
                order,
                firstPlace,
                categories,
                figures,
                counts,
                rules,
                invoicing);
    }

    /** The same policies for documents that live in another way. */
    public Profile with(Invoicing newInvoicing) {
        return new Profile(
                name,
                currency,
                calendar,
                proration,
                rounding,
                order,
                firstPlace,
                categories,
                figures,
                counts,
                rules,
                newInvoicing);
    }
}
