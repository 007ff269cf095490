/**
 * Taxes on what is charged. A {@link dev.billing.domain.tax.TaxTable} of {@link dev.billing.domain.tax.TaxRate}s, with a
 * {@link dev.billing.domain.tax.TaxRounding}, turns {@link dev.billing.domain.tax.TaxableLine}s into
 * {@link dev.billing.domain.tax.Taxes}: per line and per rate, and the two always add up to the same. A
 * {@link dev.billing.domain.tax.Creditable} line gives parts of itself back, to the last cent.
 */
@NullMarked
package dev.billing.domain.tax;

import org.jspecify.annotations.NullMarked;
