package dev.billing.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.TaxId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AddresseeTest {

    private static final TaxId GERMAN = new TaxId("eu_vat", "DE123456789");
    private static final TaxId SWISS = new TaxId("ch_vat", "CHE-123.456.789");
    private static final Customer ADA =
            new Customer("ada", "Ada", "ada@example.com", Instant.EPOCH, Option.none(), Option.none());

    private static AccountDetails details(Option<Customer> customer, Seq<TaxId> taxIds) {
        return new AccountDetails(
                new AccountId("account"),
                1,
                customer,
                Array.empty(),
                taxIds,
                Option.none(),
                Option.none(),
                Option.none(),
                Instant.EPOCH);
    }

    @Test
    void documents_show_the_tax_ids_of_the_account_behind_those_of_the_customer() {
        assertThat(details(Option.some(ADA), Array.of(SWISS, GERMAN)).addressee())
                .containsExactly(ADA.with(Array.of(SWISS, GERMAN)));
        assertThat(details(Option.some(ADA.with(Array.of(GERMAN))), Array.of(SWISS, GERMAN))
                        .addressee())
                .containsExactly(ADA.with(Array.of(GERMAN, SWISS)));
    }

    @Test
    void without_a_customer_documents_are_addressed_to_nobody() {
        assertThat(details(Option.none(), Array.of(SWISS)).addressee()).isEmpty();
    }

    @Test
    void what_is_known_of_the_account_stays_as_it_was_said() {
        assertThat(details(Option.some(ADA), Array.of(SWISS)).customer()).containsExactly(ADA);
    }
}
