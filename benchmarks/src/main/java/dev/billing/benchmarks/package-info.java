/** What is fast and what is not, side by side with the peers: see the README of this module. */
@NullMarked
package dev.billing.benchmarks;

import org.jspecify.annotations.NullMarked;
