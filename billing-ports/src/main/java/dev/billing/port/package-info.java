/**
 * What you implement to plug in your own storage and directory. Start with {@link dev.billing.port.InvoiceStore} and
 * {@link dev.billing.port.UsageStore}; each port numbers its rules, and the testkit has a contract with a test for each.
 * {@link dev.billing.port.PaymentGateway} and {@link dev.billing.port.TaxCalculator} are for engines of others.
 * <p>
 * A change is a value: a {@link dev.billing.port.Commit} of {@link dev.billing.port.Write}s that a store applies whole or not at all, once
 * for its {@link dev.billing.port.CommandKey}. Every read takes an {@link dev.billing.port.Access}.
 */
@NullMarked
package dev.billing.port;

import org.jspecify.annotations.NullMarked;
