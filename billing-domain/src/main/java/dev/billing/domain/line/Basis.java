package dev.billing.domain.line;

/** How sure a figure is. The three are views of the same money and are never added up. */
public enum Basis {
    /** Computed by us from plans and time, before a bill exists. */
    ESTIMATED,
    /** What we charge on a document. */
    INVOICED,
    /** Reported by the provider. */
    ACTUAL
}
