/** The invoices of web shops, served as the Spaces service serves them: see {@link dev.billing.http.spaces.SpacesDialect}. */
@NullMarked
package dev.billing.http.spaces;

import org.jspecify.annotations.NullMarked;
