/** Not for callers: what the packages of the domain share among themselves. */
@NullMarked
package dev.billing.domain.internal;

import org.jspecify.annotations.NullMarked;
