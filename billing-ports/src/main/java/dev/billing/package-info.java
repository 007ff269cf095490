/** Where to start: {@link dev.billing.Billing}. */
@NullMarked
package dev.billing;

import org.jspecify.annotations.NullMarked;
