package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.profile.Morpheus;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.YearMonth;

/**
 * One look at a cloud in one month.
 *
 * @param id identifies the run: the same run takes effect once
 * @param cloud whose it is
 * @param meteredTo the end of the last hour that is metered, its last second
 * @param feed what the provider reported; none if it reports nothing
 * @param rebuild whether what was reported of the month before is dropped first
 * @param objects what there is in the cloud, groups too
 */
public record CloudRun(
        String id,
        Ref cloud,
        YearMonth month,
        Instant meteredTo,
        Option<Feed> feed,
        boolean rebuild,
        Seq<BilledObject> objects) {

    /**
     * Checks that it is one.
     *
     * @throws IllegalArgumentException if the same thing of the same account is there twice
     */
    public CloudRun {
        Checks.requireId(id, "Run");
        requireNonNull(cloud, "cloud");
        requireNonNull(month, "month");
        requireNonNull(meteredTo, "meteredTo");
        requireNonNull(feed, "feed");
        objects.groupBy(object ->
                        object.subject().type() + ":" + object.subject().id() + " of " + object.account())
                .find(same -> same._2.size() > 1)
                .forEach(same -> {
                    throw new IllegalArgumentException(
                            "A run must name a thing once, but " + same._1 + " is there twice");
                });
    }

    /** What is reported of an object, to be added to what was before. */
    Seq<LineItem> news(BilledObject object) {
        return feed.toArray()
                .flatMap(Feed::charges)
                .filter(charge -> charge.isFor(object))
                .map(ReportedCharge::numbered);
    }

    /**
     * What a provider reported.
     *
     * @param to up to when
     * @param knownAt what is shown as the date of the report: {@code to} of an hourly feed, the instant of the run of a daily one
     */
    public record Feed(Instant to, Instant knownAt, Seq<ReportedCharge> charges) {
        public Feed {
            requireNonNull(to, "to");
            requireNonNull(knownAt, "knownAt");
            requireNonNull(charges, "charges");
        }
    }

    /**
     * A charge as it was reported; it is kept, and never computed again.
     *
     * @param subjectType of the object that it is for
     * @param subjectId of the object that it is for
     * @param line has a number for an id, a cost and a period, and an origin outside whose external id identifies the item that it adds
     *     to; on the document it stands in the order of its id
     */
    public record ReportedCharge(String subjectType, String subjectId, LineItem line) {
        /**
         * Checks that it is one.
         *
         * @throws IllegalArgumentException if the line has no cost, no period or no origin outside, or its id is not a whole number of
         *     at most 18 digits
         */
        public ReportedCharge {
            Checks.requireId(subjectType, "Subject type");
            Checks.requireId(subjectId, "Subject id");
            Morpheus.requireNumber(line.id().value(), "Line id");
            if (line.cost().isEmpty() || line.period().isEmpty() || !(line.origin() instanceof Origin.Provided)) {
                throw new IllegalArgumentException(
                        "A reported charge must have a cost, a period and an external id, but was " + line);
            }
        }

        private LineItem numbered() {
            return line.toBuilder()
                    .basis(Basis.ACTUAL)
                    .position(Long.parseLong(line.id().value()))
                    .build();
        }

        boolean isFor(BilledObject object) {
            return object.subject().type().equals(subjectType)
                    && object.subject().id().equals(subjectId);
        }
    }
}
