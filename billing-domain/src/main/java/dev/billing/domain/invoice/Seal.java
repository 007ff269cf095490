package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.line.LineItem;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Iterator;

/**
 * What proves that an issued document is as it was: a digest of all of it. Who it is addressed to goes into it as a digest of its own, made
 * with a secret salt: once customer and salt are erased, that digest tells nothing of them, and the seal still holds.
 *
 * @param content {@code v1:} and SHA-256 in lower-case hex, over head, figures, number, instant of issue and lines
 * @param addressee what it knows of who the document is addressed to; none if it is addressed to nobody
 */
public record Seal(String content, Option<Addressee> addressee) {

    /** A salt that nobody guesses has so many random bytes. */
    public static final int SALT_BYTES = 16;

    /** How a digest is made. Another way is another format, and documents that were sealed before keep theirs. */
    private static final String FORMAT = "v1";

    /** Checks the digest. */
    public Seal {
        Checks.requireId(content, "Seal");
        requireNonNull(addressee, "addressee");
    }

    /**
     * Who a document is addressed to, as digests.
     *
     * @param digest of the customer and the salt
     * @param salt none once the customer was erased
     * @param replacement the digest of what is shown since then; none if nothing is
     */
    public record Addressee(String digest, Option<String> salt, Option<String> replacement) {

        /**
         * @throws IllegalArgumentException if there is a replacement although nothing was erased
         */
        public Addressee {
            Checks.requireId(digest, "Addressee");
            salt.forEach(random -> Checks.requireId(random, "Salt"));
            replacement.forEach(shown -> Checks.requireId(shown, "Replacement"));
            if (salt.isDefined() && replacement.isDefined()) {
                throw new IllegalArgumentException("A customer that is replaced must not keep its salt: " + digest);
            }
        }

        private static Addressee of(Customer customer, String salt) {
            return new Addressee(digest(salt, customer), Option.some(salt), Option.none());
        }

        private Addressee erased(Option<Customer> shown) {
            return new Addressee(digest, Option.none(), shown.map(customer -> digest(digest, customer)));
        }

        private boolean isOf(Option<Customer> shown) {
            Option<String> expected = salt.isDefined() ? Option.some(digest) : replacement;
            return expected.equals(shown.map(customer -> digest(salt.getOrElse(digest), customer)));
        }

        private static String digest(String salt, Customer customer) {
            return Fingerprint.of(FORMAT, salt, customer);
        }
    }

    /** All that is sealed but the lines. */
    private record Sealed(
            String format,
            Head head,
            Option<String> addressee,
            Figures figures,
            Option<InvoiceNumber> number,
            Instant issuedAt) {}

    /**
     * The seal of a document.
     *
     * @param lines in the order of their positions, then of their ids
     * @param salt {@value #SALT_BYTES} random bytes in writing, drawn for this document
     */
    public static Seal of(
            Head head,
            Figures figures,
            Option<InvoiceNumber> number,
            Instant issuedAt,
            Iterator<LineItem> lines,
            String salt) {
        Option<Addressee> addressee = head.billedTo().map(customer -> Addressee.of(customer, salt));
        return new Seal(content(head, figures, number, issuedAt, lines, addressee), addressee);
    }

    private static String content(
            Head head,
            Figures figures,
            Option<InvoiceNumber> number,
            Instant issuedAt,
            Iterator<LineItem> lines,
            Option<Addressee> addressee) {
        Fingerprint fingerprint = Fingerprint.start()
                .and(new Sealed(
                        FORMAT,
                        head.addressedTo(Option.none()),
                        addressee.map(Addressee::digest),
                        figures,
                        number,
                        issuedAt));
        lines.forEachRemaining(fingerprint::and);
        return FORMAT + ":" + fingerprint.hex();
    }

    /**
     * Whether a document is as it was when it was sealed with this, but for a customer that was erased since.
     *
     * @param lines in the order of their positions, then of their ids
     */
    public boolean isOf(Invoice.Issued document, Iterator<LineItem> lines) {
        return isOfAddressee(document.head().billedTo())
                && content.equals(content(
                        document.head(), document.figures(), document.number(), document.issuedAt(), lines, addressee));
    }

    private boolean isOfAddressee(Option<Customer> shown) {
        return addressee.map(known -> known.isOf(shown)).getOrElse(shown.isEmpty());
    }

    /** The seal after the customer was erased. */
    Seal erased(Option<Customer> replacement) {
        return new Seal(content, addressee.map(known -> known.erased(replacement)));
    }
}
