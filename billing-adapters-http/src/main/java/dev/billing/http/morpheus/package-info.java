/**
 * Morpheus Data, as its command line, its SDKs and its documents expect it: running documents of each month with costs and prices in three
 * groups, their lines, filters, totals and tags. See {@link dev.billing.http.morpheus.MorpheusDialect}.
 */
@NullMarked
package dev.billing.http.morpheus;

import org.jspecify.annotations.NullMarked;
