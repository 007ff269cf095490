/**
 * Named sets of policies. A {@link dev.billing.domain.profile.Profile} decides how a document is computed: its calendar, proration,
 * rounding, order of lines and figures. {@link dev.billing.domain.profile.Standard} is ours; the others reproduce a system to the digit:
 * {@link dev.billing.domain.profile.Akkeris}, {@link dev.billing.domain.profile.Spaces}, {@link dev.billing.domain.profile.Morpheus},
 * {@link dev.billing.domain.profile.Atlas}.
 */
@NullMarked
package dev.billing.domain.profile;

import org.jspecify.annotations.NullMarked;
