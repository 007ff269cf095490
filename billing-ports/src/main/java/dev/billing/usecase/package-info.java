/**
 * What you call. {@link dev.billing.Billing} makes one object of each use case over the ports that you plug in:
 * {@link dev.billing.usecase.RecordFacts} takes in what was used, {@link dev.billing.usecase.ReadMonth} shows a month as it stands and
 * seals it when it is over, {@link dev.billing.usecase.ImportCosts} takes in what providers charge, and
 * {@link dev.billing.usecase.ReadInvoices} finds, lists and rolls up what is stored.
 */
@NullMarked
package dev.billing.usecase;

import org.jspecify.annotations.NullMarked;
