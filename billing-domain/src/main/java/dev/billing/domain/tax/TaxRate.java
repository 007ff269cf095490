package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import io.vavr.collection.HashSet;
import io.vavr.collection.Set;
import java.math.BigDecimal;

/**
 * A tax in percent of the net amount. Several may be due on one line; each is levied on the net amount, none on another tax.
 *
 * @param name such as {@code VAT}
 * @param jurisdiction who levies it, such as {@code DE}
 * @param percent of the net amount, such as 19
 * @param behavior whether prices have it already
 * @param categories of the lines it is due on; empty for all
 */
public record TaxRate(
        String name, String jurisdiction, BigDecimal percent, TaxBehavior behavior, Set<String> categories) {

    /**
     * @throws IllegalArgumentException if a name is blank, or the percentage negative
     */
    public TaxRate {
        Checks.requireId(name, "Tax name");
        Checks.requireId(jurisdiction, "Jurisdiction");
        percent = Decimals.canonical(percent);
        if (percent.signum() < 0) {
            throw new IllegalArgumentException("A tax rate must not be negative, but was " + percent);
        }
        requireNonNull(behavior, "behavior");
        categories.forEach(category -> Checks.requireId(category, "Category"));
    }

    /** A tax on lines of all categories that comes on top of the price. */
    public static TaxRate exclusive(String name, String jurisdiction, String percent) {
        return new TaxRate(name, jurisdiction, Decimals.parse(percent), TaxBehavior.EXCLUSIVE, HashSet.empty());
    }

    /** A tax on lines of all categories that the price has already. */
    public static TaxRate inclusive(String name, String jurisdiction, String percent) {
        return new TaxRate(name, jurisdiction, Decimals.parse(percent), TaxBehavior.INCLUSIVE, HashSet.empty());
    }

    /** The same tax, on lines of these categories only. */
    public TaxRate on(String... newCategories) {
        return new TaxRate(name, jurisdiction, percent, behavior, HashSet.of(newCategories));
    }

    public boolean isInclusive() {
        return behavior == TaxBehavior.INCLUSIVE;
    }

    /** Whether it is due on lines of this category. */
    public boolean isDueOn(String category) {
        return categories.isEmpty() || categories.contains(category);
    }

    /** How a document names it: {@code VAT DE 19%}, {@code VAT DE 19% included}. */
    public String label() {
        return name + " " + jurisdiction + " " + percent.toPlainString() + "%" + (isInclusive() ? " included" : "");
    }
}
