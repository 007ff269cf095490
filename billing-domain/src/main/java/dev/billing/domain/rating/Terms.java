package dev.billing.domain.rating;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.tax.TaxTable;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;

/**
 * The commercial terms of an account, beyond its prices. The order within each list does not matter.
 *
 * @param discounts what is taken off
 * @param commitments the least that is charged
 * @param limits the most that is charged
 * @param taxes the rates, and how they are rounded
 * @param grants prepaid credit
 */
public record Terms(
        Seq<Discount> discounts,
        Seq<Commitment> commitments,
        Seq<SpendLimit> limits,
        TaxTable taxes,
        Seq<CreditGrant> grants) {

    /** Prices, and nothing else. */
    public static final Terms NONE =
            new Terms(Array.empty(), Array.empty(), Array.empty(), TaxTable.NONE, Array.empty());

    /**
     * @throws IllegalArgumentException if two terms of a kind have the same id
     */
    public Terms {
        requireDistinct("Discounts", discounts.map(Discount::id));
        requireDistinct("Commitments", commitments.map(Commitment::id));
        requireDistinct("Limits", limits.map(SpendLimit::id));
        requireNonNull(taxes, "taxes");
        requireDistinct("Grants", grants.map(CreditGrant::id));
    }

    public Terms discounts(Discount... newDiscounts) {
        return new Terms(Array.of(newDiscounts), commitments, limits, taxes, grants);
    }

    public Terms commitments(Commitment... newCommitments) {
        return new Terms(discounts, Array.of(newCommitments), limits, taxes, grants);
    }

    public Terms limits(SpendLimit... newLimits) {
        return new Terms(discounts, commitments, Array.of(newLimits), taxes, grants);
    }

    public Terms taxes(TaxTable newTaxes) {
        return new Terms(discounts, commitments, limits, newTaxes, grants);
    }

    public Terms grants(CreditGrant... newGrants) {
        return new Terms(discounts, commitments, limits, taxes, Array.of(newGrants));
    }

    /** These terms, and the minimums and maximums of a price book. */
    public Terms and(PriceBook book) {
        return new Terms(
                discounts, commitments.appendAll(book.commitments()), limits.appendAll(book.limits()), taxes, grants);
    }

    private static void requireDistinct(String what, Seq<String> ids) {
        if (ids.distinct().size() < ids.size()) {
            throw new IllegalArgumentException(what + " of an account must have different ids, but had " + ids);
        }
    }
}
