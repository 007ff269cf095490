package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.invoice.SealedSamples.Document;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PerUnit;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final Money AMOUNT = Money.of("USD", "12.34");
    private static final Document DOCUMENT = SealedSamples.document(
            AMOUNT, new PerUnit(Money.of("USD", "0.09")), Array.of(SealedSamples.provided(AMOUNT)));
    private static final Customer NOBODY = new Customer("erased", "", "", Instant.EPOCH, Option.none(), Option.none());

    /** Seals are kept for years: if this changes, what was sealed before can no longer be checked. */
    @Test
    void a_seal_is_the_same_in_every_version() {
        assertThat(addressedTo(SealedSamples.CUSTOMER.with(Array.empty()))
                        .seal()
                        .content())
                .isEqualTo("v1:6458c088b345449c4df0fb58f1bb32a413c42703a3341e6b31dccab597bd1e21");
    }

    @Test
    void tax_ids_are_sealed_with_the_customer() {
        Customer customer = SealedSamples.CUSTOMER;
        assertThat(DOCUMENT.seal().content())
                .isEqualTo("v1:11c36183d9dc710ab9b5a7beb44323e3b4b4ebbcd67a42d2b8ab22c3943722a2");
        for (Customer other : Array.of(
                customer.with(Array.empty()),
                customer.with(customer.taxIds().tail()),
                customer.with(customer.taxIds().reverse()),
                customer.with(Array.of(new TaxId("ch_vat", "CHE-123.456.788"))))) {
            Invoice.Issued changed = new Invoice.Issued(
                    addressedTo(other).head(),
                    DOCUMENT.figures(),
                    DOCUMENT.number(),
                    DOCUMENT.issuedAt(),
                    DOCUMENT.issued().seal());
            assertThat(isSealed(changed)).as("%s", other.taxIds()).isFalse();
        }
    }

    private static Document addressedTo(Customer customer) {
        return new Document(
                DOCUMENT.head().addressedTo(Option.some(customer)),
                DOCUMENT.figures(),
                DOCUMENT.number(),
                DOCUMENT.issuedAt(),
                DOCUMENT.lines());
    }

    @Test
    void a_seal_says_how_it_was_made() {
        assertThat(DOCUMENT.seal().content()).matches("v1:[0-9a-f]{64}");
    }

    @Test
    void the_order_of_lines_counts() {
        Document reversed = new Document(
                DOCUMENT.head(),
                DOCUMENT.figures(),
                DOCUMENT.number(),
                DOCUMENT.issuedAt(),
                DOCUMENT.lines().reverse());
        assertThat(reversed.seal()).isNotEqualTo(DOCUMENT.seal());
    }

    @Test
    void nothing_but_the_digest_is_left_of_a_customer_who_is_erased() {
        Invoice.Issued erased = DOCUMENT.issued().erased(Option.none());
        assertThat(erased.head().billedTo()).isEmpty();
        assertThat(erased.seal().get().content()).isEqualTo(DOCUMENT.seal().content());
        assertThat(erased.seal().get().addressee().get())
                .isEqualTo(
                        new Seal.Addressee(DOCUMENT.seal().addressee().get().digest(), Option.none(), Option.none()));
        assertThat(isSealed(erased)).isTrue();
        assertThat(isSealed(new Invoice.Issued(
                        DOCUMENT.head(), DOCUMENT.figures(), DOCUMENT.number(), DOCUMENT.issuedAt(), erased.seal())))
                .isFalse();
    }

    @Test
    void what_replaces_a_customer_is_guarded_too() {
        Invoice.Issued replaced = DOCUMENT.issued().erased(Option.some(NOBODY));
        assertThat(isSealed(replaced)).isTrue();
        Invoice.Issued other = new Invoice.Issued(
                replaced.head().addressedTo(Option.some(SealedSamples.CUSTOMER)),
                replaced.figures(),
                replaced.number(),
                replaced.issuedAt(),
                replaced.seal());
        assertThat(isSealed(other)).isFalse();
    }

    @Test
    void erasing_again_replaces_what_is_shown() {
        Invoice.Issued once = DOCUMENT.issued().erased(Option.some(SealedSamples.CUSTOMER));
        Invoice.Issued twice = once.erased(Option.some(NOBODY));
        assertThat(twice.head().billedTo()).contains(NOBODY);
        assertThat(isSealed(twice)).isTrue();
    }

    @Test
    void who_is_addressed_to_nobody_cannot_be_erased() {
        Document nobody = new Document(
                DOCUMENT.head().addressedTo(Option.none()),
                DOCUMENT.figures(),
                DOCUMENT.number(),
                DOCUMENT.issuedAt(),
                DOCUMENT.lines());
        assertThat(nobody.seal().addressee()).isEmpty();
        assertThat(nobody.issued().erased(Option.some(NOBODY))).isEqualTo(nobody.issued());
        assertThat(isSealed(nobody.issued())).isTrue();
    }

    @Test
    void a_customer_cannot_be_recognised_without_the_salt() {
        Seal other = Seal.of(
                DOCUMENT.head(),
                DOCUMENT.figures(),
                DOCUMENT.number(),
                DOCUMENT.issuedAt(),
                DOCUMENT.lines().iterator(),
                "another");
        assertThat(other.addressee().get().digest())
                .isNotEqualTo(DOCUMENT.seal().addressee().get().digest());
        assertThat(other.content()).isNotEqualTo(DOCUMENT.seal().content());
    }

    @Test
    void a_replacement_excludes_a_salt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Seal.Addressee("digest", Option.some("salt"), Option.some("other")))
                .withMessageContaining("must not keep its salt");
    }

    private static boolean isSealed(Invoice.Issued document) {
        return document.seal().get().isOf(document, DOCUMENT.lines().iterator());
    }
}
