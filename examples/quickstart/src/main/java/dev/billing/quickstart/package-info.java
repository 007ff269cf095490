/**
 * The smallest real service around the library: it reads files, bills the months in them, prints a table and serves the Akkeris API, on
 * an H2 database in a folder. Start reading at {@link dev.billing.quickstart.Quickstart}.
 */
@NullMarked
package dev.billing.quickstart;

import org.jspecify.annotations.NullMarked;
