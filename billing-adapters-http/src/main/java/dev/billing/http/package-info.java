/**
 * Serves billing over HTTP in the words of other systems. A {@link dev.billing.http.Dialect} is one system's wire format below a base path;
 * {@link dev.billing.http.BillingServlet} mounts any number of them in a servlet container. Dialects select, rename and format; they
 * compute no money.
 */
@NullMarked
package dev.billing.http;

import org.jspecify.annotations.NullMarked;
