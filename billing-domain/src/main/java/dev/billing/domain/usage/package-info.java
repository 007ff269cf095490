/**
 * The facts that are billed. A {@link dev.billing.domain.usage.UsageRecord} is something counted once; a
 * {@link dev.billing.domain.usage.Lifetime} is a thing that exists for a while at an agreed rate; an
 * {@link dev.billing.domain.usage.Ending} says when it stopped. Each {@link dev.billing.domain.usage.Fact} has an id, so that recording it
 * again changes nothing, and remembers when we learned of it. A {@link dev.billing.domain.usage.Subscription} is a thing whose plan and
 * quantity change on the way.
 */
@NullMarked
package dev.billing.domain.usage;

import org.jspecify.annotations.NullMarked;
