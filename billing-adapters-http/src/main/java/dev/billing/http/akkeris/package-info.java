/** Akkeris invoices, served as the Akkeris platform serves them: see {@link dev.billing.http.akkeris.AkkerisDialect}. */
@NullMarked
package dev.billing.http.akkeris;

import org.jspecify.annotations.NullMarked;
