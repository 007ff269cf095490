package dev.billing.domain.line;

/** Whose money an amount is. The two are never added up. */
public enum Side {
    /** What a provider charges us. */
    COST,
    /** What we charge. */
    PRICE
}
