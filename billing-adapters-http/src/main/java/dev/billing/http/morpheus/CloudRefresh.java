package dev.billing.http.morpheus;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.port.Principal;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.time.Instant;

/** What the host does when somebody asks for clouds to be billed again. Must return at once; the work goes on by itself. */
public interface CloudRefresh {

    /** Who owns a cloud; none if there is no such cloud. */
    Option<AccountId> ownerOf(Principal caller, String cloudId);

    /** Starts the work. */
    void refresh(Request request);

    /**
     * What is asked for.
     *
     * @param caller a caller that does not see all accounts means its own clouds only
     * @param clouds none for all
     * @param date the last second of the month or day that was named, or the instant; none for the latest there is. What it means for
     *     the costs of a month says {@link dev.billing.domain.profile.CostDate#asked}
     * @param rebuild whether what was reported before is dropped first
     */
    record Request(Principal caller, Option<Set<String>> clouds, Option<Instant> date, boolean rebuild) {
        public Request {
            requireNonNull(caller, "caller");
            requireNonNull(clouds, "clouds");
            requireNonNull(date, "date");
        }
    }

    /** Knows no cloud, and does nothing when all are asked for. */
    static CloudRefresh none() {
        return new CloudRefresh() {
            @Override
            public Option<AccountId> ownerOf(Principal caller, String cloudId) {
                return Option.none();
            }

            @Override
            public void refresh(Request request) {
                // There is nothing to refresh.
            }
        };
    }
}
