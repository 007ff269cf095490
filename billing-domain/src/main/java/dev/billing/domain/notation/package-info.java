/**
 * Values in writing: a {@link dev.billing.domain.notation.Notation} is a tree of texts, lists and named fields that any format of files or
 * messages can carry. Numbers are texts, so that no reader takes a digit away.
 */
@NullMarked
package dev.billing.domain.notation;

import org.jspecify.annotations.NullMarked;
