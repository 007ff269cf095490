/** Invoices of MongoDB Atlas, served as Atlas and Cloud Manager serve them: see {@link dev.billing.http.atlas.AtlasDialect}. */
@NullMarked
package dev.billing.http.atlas;

import org.jspecify.annotations.NullMarked;
