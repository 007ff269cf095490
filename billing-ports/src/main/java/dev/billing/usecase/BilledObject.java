package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Plan;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import javax.money.CurrencyUnit;

/**
 * A thing that is billed by the month, or a group of such things, as a run finds it.
 *
 * @param invoice the id of its document, a whole number, where the host has given one; otherwise one is derived from the subject, the
 *     account and the month
 * @param subject what it is: type, id and name
 * @param account who is charged
 * @param owner who owns the cloud or resource, and may see what it costs
 * @param places where it belongs
 * @param plan what it costs by the month; a group is the sum of its members instead, and any other thing whose plan has no parts is not
 *     metered
 * @param offMillis how long it was powered off within the month, so far
 * @param power whether it is on, and since when; none for things without power
 * @param conversionRate to US dollars, from the currency of the plan or of what is reported, whichever is not that
 * @param facts what else is known, by the names of {@link Morpheus.Fact}
 * @param tags its own tags, which replace those of its document; none to leave them as they are. Their names differ
 */
public record BilledObject(
        Option<InvoiceId> invoice,
        Ref subject,
        AccountId account,
        AccountId owner,
        Map<Dimension, Ref> places,
        Instant createdAt,
        Option<Instant> deletedAt,
        Plan plan,
        long offMillis,
        Option<Power> power,
        BigDecimal conversionRate,
        Map<String, Attribute> facts,
        Option<Seq<Tag>> tags) {

    private static final String DOLLAR = "USD";

    /**
     * Checks that it is one.
     *
     * @throws IllegalArgumentException if the id of its document is not a whole number of at most 18 digits
     */
    public BilledObject {
        invoice.forEach(id -> Morpheus.requireNumber(id.value(), "Document id"));
        requireNonNull(subject, "subject");
        requireNonNull(account, "account");
        requireNonNull(owner, "owner");
        requireNonNull(places, "places");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(deletedAt, "deletedAt");
        requireNonNull(plan, "plan");
        requireNonNull(power, "power");
        requireNonNull(conversionRate, "conversionRate");
        requireNonNull(facts, "facts");
        requireNonNull(tags, "tags");
    }

    /** Whether a thing is powered, and when that changed last within the month. */
    public record Power(boolean on, Option<Instant> since) {
        public Power {
            requireNonNull(since, "since");
        }
    }

    /** Whether its times are looked at: those of a group are, and those of a thing with a plan that has parts. */
    boolean isMetered() {
        return isSummary() || plan.parts().nonEmpty();
    }

    /** A container is a place of its own. */
    Map<Dimension, Ref> allPlaces() {
        return subject.type().equals(Morpheus.CONTAINER_TYPE) ? places.put(Morpheus.CONTAINER, subject) : places;
    }

    /** One rate is given, so that of US dollars and one other currency is known. */
    boolean knowsRateOf(CurrencyUnit currency) {
        return currency.equals(plan.currency()) || isDollar(plan.currency()) || isDollar(currency);
    }

    BigDecimal rateOf(CurrencyUnit currency) {
        return isDollar(currency) ? BigDecimal.ONE : conversionRate;
    }

    private static boolean isDollar(CurrencyUnit currency) {
        return currency.getCurrencyCode().equals(DOLLAR);
    }

    /** Whether its document sums up those of others. */
    public boolean isSummary() {
        return Morpheus.SUMMARIES.containsKey(subject.type());
    }
}
