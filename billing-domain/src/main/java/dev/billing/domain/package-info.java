/**
 * The billing domain: what was used, what it costs, and the documents that say so. Pure functions and values, no input or output.
 * <p>
 * This package holds the few words that all others use: {@link dev.billing.domain.AccountId}, {@link dev.billing.domain.Ref},
 * {@link dev.billing.domain.Dimension} and {@link dev.billing.domain.BillingError}. Read on in the order in which an invoice comes about:
 * <ol>
 *   <li>{@link dev.billing.domain.money}: exact amounts, ratios, rounding, allocation;
 *   <li>{@link dev.billing.domain.period}: months, calendars, proration;
 *   <li>{@link dev.billing.domain.usage}: the facts that are billed;
 *   <li>{@link dev.billing.domain.meter}: how facts become a quantity;
 *   <li>{@link dev.billing.domain.pricing}: price books and the rules in them, and how they are written as a
 *       {@link dev.billing.domain.notation};
 *   <li>{@link dev.billing.domain.rating}: facts and prices become lines;
 *   <li>{@link dev.billing.domain.tax}: what is levied on them;
 *   <li>{@link dev.billing.domain.line}: the lines, and why they cost what they cost;
 *   <li>{@link dev.billing.domain.rollup}: sums of lines by where they belong;
 *   <li>{@link dev.billing.domain.invoice}: documents, their figures and their standing;
 *   <li>{@link dev.billing.domain.profile}: the named sets of policies that decide how all this is done.
 * </ol>
 */
@NullMarked
package dev.billing.domain;

import org.jspecify.annotations.NullMarked;
