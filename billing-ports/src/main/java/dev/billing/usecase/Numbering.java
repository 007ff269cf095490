package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.NumberSeries;
import dev.billing.domain.invoice.Series;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;

/** Where documents get their numbers from. */
final class Numbering {

    private Numbering() {}

    /** The series of a document, if its profile has one for it. */
    static Either<BillingError, Option<Series>> series(Option<NumberSeries> rule, Head head, Instant issuedAt) {
        return rule.<Either<BillingError, Option<Series>>>map(numbers -> numbers.of(head, issuedAt)
                        .<BillingError>mapLeft(missing -> missing)
                        .map(Option::some))
                .getOrElse(() -> Either.right(Option.none()));
    }
}
