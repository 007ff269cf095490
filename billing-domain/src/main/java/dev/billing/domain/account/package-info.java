/**
 * What an account owes and has: its entries, one after the other, and what they fold to. {@link dev.billing.domain.account.Account} is the
 * state, {@link dev.billing.domain.account.Entry} the record it is computed from, and a
 * {@link dev.billing.domain.account.Statement} tells what happened in a span of time.
 */
@NullMarked
package dev.billing.domain.account;

import org.jspecify.annotations.NullMarked;
