/**
 * The lines of a document. A {@link dev.billing.domain.line.LineItem} is one priced or costed thing; its
 * {@link dev.billing.domain.line.Origin} says whether we rated it, with the {@link dev.billing.domain.line.Derivation} that explains every
 * digit, or received it as it is. A {@link dev.billing.domain.line.Selection} states which lines are meant.
 */
@NullMarked
package dev.billing.domain.line;

import org.jspecify.annotations.NullMarked;
