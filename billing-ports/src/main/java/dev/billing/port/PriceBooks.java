package dev.billing.port;

import dev.billing.domain.BillingError;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * Keeps price books. Prove your own by extending {@code PriceBooksContract} from the testkit.
 * <ol>
 *   <li>B1: A book that was put is given again, equal to the last digit.
 *   <li>B2: Putting the same book again changes nothing; another one under the same name and version is refused.
 *   <li>B3: In force is the book with the latest start that is not after the instant; of several, that with the highest version, and
 *       of equal ones the last name in the alphabet.
 *   <li>B4: Nothing crosses a tenant.
 * </ol>
 * Implementations are safe for use by many threads. When the storage itself fails they throw {@link StorageException}.
 */
public interface PriceBooks {

    Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book);

    Option<PriceBook> inForce(TenantId tenant, Instant at);

    /** There is another book of this name and version. */
    record VersionReused(PriceBookVersion version) implements BillingError {
        @Override
        public String message() {
            return "A price book's version must be new, but " + version + " has other content";
        }
    }
}
