package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;

/** A number under which a tax authority knows somebody, such as {@code eu_vat DE123456789}. */
public record TaxId(String type, String value) {
    /** Checks both. */
    public TaxId {
        Checks.requireId(type, "Tax id type");
        Checks.requireId(value, "Tax id");
    }
}
