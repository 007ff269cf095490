/**
 * What you call. {@link dev.billing.Billing} makes one object of each use case over the ports that you plug in:
 * <ul>
 *   <li>By the month: {@link dev.billing.usecase.RecordFacts} takes in what was used, {@link dev.billing.usecase.ReadMonth} shows a month
 *       as it stands and seals it when it is over, {@link dev.billing.usecase.ImportCosts} takes in what providers charge.
 *   <li>Orders: {@link dev.billing.usecase.PlaceOrder}, {@link dev.billing.usecase.ShipOrder}.
 *   <li>Daily charges: {@link dev.billing.usecase.PostCharges}, {@link dev.billing.usecase.SettlePeriod}.
 *   <li>Clouds: {@link dev.billing.usecase.MeterCloud}.
 *   <li>Accounts: {@link dev.billing.usecase.ReadStatement} tells what one owes, and how that came about.
 *   <li>Any document: {@link dev.billing.usecase.RecordPayment}, {@link dev.billing.usecase.TagInvoice},
 *       {@link dev.billing.usecase.ImportDocument} for those from outside, and {@link dev.billing.usecase.ReadInvoices}, which finds,
 *       lists and rolls up what is stored.
 * </ul>
 */
@NullMarked
package dev.billing.usecase;

import org.jspecify.annotations.NullMarked;
