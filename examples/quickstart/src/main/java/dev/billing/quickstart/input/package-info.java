/**
 * The quickstart's input files: a price book in JSON; places, lifetimes and usage in CSV; provider costs in FOCUS 1.0 CSV. What a line
 * cannot say is a {@link dev.billing.quickstart.input.Problem} with file, line, field, rule and value.
 */
@NullMarked
package dev.billing.quickstart.input;

import org.jspecify.annotations.NullMarked;
