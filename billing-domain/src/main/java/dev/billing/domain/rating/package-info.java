/**
 * Facts × prices → lines. A {@link dev.billing.domain.rating.Rater} is a pure function of facts, price book, policies and instant: no
 * clock, locale, order of arrival or thread count changes a digit.
 */
@NullMarked
package dev.billing.domain.rating;

import org.jspecify.annotations.NullMarked;
