/**
 * Proves the whole life of documents and accounts on a storage: {@link dev.billing.testkit.life.LifeContract} runs any sequences of
 * commands, with failures and in several threads, against a small model that was written for nothing else;
 * {@link dev.billing.testkit.life.RaceContract} lets threads meet where it hurts.
 */
@NullMarked
package dev.billing.testkit.life;

import org.jspecify.annotations.NullMarked;
