/**
 * Proves the whole life of documents and accounts on a storage: {@link dev.billing.testkit.life.LifeContract} runs any sequences of
 * commands, with failures and in several threads, against a small model that was written for nothing else;
 * {@link dev.billing.testkit.life.RaceContract} and {@link dev.billing.testkit.life.ErasureRaceContract} let threads meet where it hurts;
 * {@link dev.billing.testkit.life.RunContract} kills a billing run at any call, and {@link dev.billing.testkit.life.ErasureContract} looks for
 * a person everywhere after they were erased.
 */
@NullMarked
package dev.billing.testkit.life;

import org.jspecify.annotations.NullMarked;
