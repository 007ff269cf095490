/**
 * For tests of services that embed billing, and of storage that somebody plugs in.
 * <p>
 * {@link dev.billing.testkit.InMemoryPorts} is a working set of ports without a database.
 * {@link dev.billing.testkit.SettableClock} moves when it is told to.
 */
@NullMarked
package dev.billing.testkit;

import org.jspecify.annotations.NullMarked;
