/**
 * What you call. {@link dev.billing.Billing} makes one object of each use case over the ports that you plug in:
 * <ul>
 *   <li>The life of invoices: {@link dev.billing.usecase.Commands} previews and runs all that is done to documents and accounts, each once
 *       for a key: {@link dev.billing.usecase.MonthCommand} bills and corrects months, {@link dev.billing.usecase.DraftCommand} makes drafts
 *       and finalises them, {@link dev.billing.usecase.PaymentCommand} records money, {@link dev.billing.usecase.CreditCommand} gives it back,
 *       {@link dev.billing.usecase.AccountCommand} describes, grants to, parks and erases accounts, {@link dev.billing.usecase.DocumentCommand} tags
 *       and ships, {@link dev.billing.usecase.OrderCommand} places orders, and {@link dev.billing.usecase.PeriodCommand} closes and settles.
 *   <li>All accounts at once: {@link dev.billing.usecase.RunMonth} bills a month, {@link dev.billing.usecase.LateFacts} tells what would be
 *       corrected, {@link dev.billing.usecase.DeliverEvents} hands on what happened, and {@link dev.billing.usecase.VerifyTenant} checks that
 *       all that is final is as it was.
 *   <li>What if: {@link dev.billing.usecase.PreviewMonth} shows a month with discounts and taxes, {@link dev.billing.usecase.WhatIf} compares it
 *       with other prices; nothing is stored.
 *   <li>By the month: {@link dev.billing.usecase.RecordFacts} takes in what was used, {@link dev.billing.usecase.ReadMonth} shows a month
 *       as it stands and seals it when it is over, {@link dev.billing.usecase.ImportCosts} takes in what providers charge.
 *   <li>Orders: {@link dev.billing.usecase.PlaceOrder}, {@link dev.billing.usecase.ShipOrder}.
 *   <li>Daily charges: {@link dev.billing.usecase.PostCharges}, {@link dev.billing.usecase.SettlePeriod}.
 *   <li>Clouds: {@link dev.billing.usecase.MeterCloud}.
 *   <li>Accounts: {@link dev.billing.usecase.ReadStatement} tells what one owes, and how that came about;
 *       {@link dev.billing.usecase.CollectPayments} asks a gateway for it.
 *   <li>Any document: {@link dev.billing.usecase.RecordPayment}, {@link dev.billing.usecase.TagInvoice},
 *       {@link dev.billing.usecase.ImportDocument} for those from outside, and {@link dev.billing.usecase.ReadInvoices}, which finds,
 *       lists and rolls up what is stored.
 * </ul>
 */
@NullMarked
package dev.billing.usecase;

import org.jspecify.annotations.NullMarked;
