package dev.billing.domain.tax;

/** How a tax relates to the price of a line. */
public enum TaxBehavior {
    /** It comes on top: 19 % of 100.00 make 119.00. */
    EXCLUSIVE,
    /** The price has it already: 119.00 with 19 % are 100.00 and 19.00. */
    INCLUSIVE
}
