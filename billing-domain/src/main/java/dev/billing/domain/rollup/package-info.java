/**
 * Sums of lines by where they belong. A {@link dev.billing.domain.rollup.Rollup} maps a {@link dev.billing.domain.rollup.Slot} to a sum;
 * two rollups of different lines always merge, because what must not be added up is part of the slot.
 */
@NullMarked
package dev.billing.domain.rollup;

import org.jspecify.annotations.NullMarked;
