/**
 * For tests of services that embed billing, and of storage that somebody plugs in.
 * <p>
 * To prove a store of your own, extend its contract: {@link dev.billing.testkit.InvoiceStoreContract},
 * {@link dev.billing.testkit.AccountStoreContract}, {@link dev.billing.testkit.OutboxContract},
 * {@link dev.billing.testkit.UsageStoreContract}, {@link dev.billing.testkit.PriceBooksContract},
 * {@link dev.billing.testkit.DirectoryContract} or {@link dev.billing.testkit.PrincipalsContract}; an aggregation of your own has
 * {@link dev.billing.testkit.CustomAggregationContract}. Each has a test for every numbered rule
 * of its port and says in a failure what to look for. {@link dev.billing.testkit.InvoiceStoreProperties} and
 * {@link dev.billing.testkit.UsageStoreProperties} add documents and facts that nobody thought of;
 * {@link dev.billing.testkit.life.LifeContract} and {@link dev.billing.testkit.life.RaceContract} lead whole lives of documents on it.
 * <p>
 * To test a service, {@link dev.billing.testkit.InMemoryPorts} is a working set of ports without a database;
 * {@link dev.billing.testkit.SettableClock} moves when it is told to; {@link dev.billing.testkit.FaultInjection} lets storage fail when it
 * is told to; {@link dev.billing.testkit.BillingDomain} teaches jqwik the types of the domain.
 * <p>
 * The test libraries that a class here needs come from you: JUnit Jupiter and AssertJ for the contracts, jqwik for the properties.
 */
@NullMarked
package dev.billing.testkit;

import org.jspecify.annotations.NullMarked;
