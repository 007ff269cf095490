/**
 * Documents. An {@link dev.billing.domain.invoice.Invoice} is a preview, running or issued; it has a
 * {@link dev.billing.domain.invoice.Head} and {@link dev.billing.domain.invoice.Figures}, each of which says where it comes from. Its lines
 * are not inside it: they stream from the store. All that may change after issue is its
 * {@link dev.billing.domain.invoice.Standing}. Prepaid credit is a {@link dev.billing.domain.invoice.CreditGrant}; what an account owes over
 * all of its documents tells its {@link dev.billing.domain.account.Account}.
 */
@NullMarked
package dev.billing.domain.invoice;

import org.jspecify.annotations.NullMarked;
