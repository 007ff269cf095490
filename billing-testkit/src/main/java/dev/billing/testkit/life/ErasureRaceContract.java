package dev.billing.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Receipt;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * An account is erased while something is done that shows who it is: nobody is addressed afterwards, whichever was first. Extend it for a
 * storage of your own.
 */
public abstract class ErasureRaceContract extends Races {

    /** It is addressed and then erased, or opened when there is nobody to address it to. */
    @Test
    void a_draft_is_erased_or_opened_later() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            describe(round);
            InvoiceId invoice = new InvoiceId("invoice-" + round);
            erases(round, invoice, new DraftCommand.Open(invoice, accountId(round), Array.of(line("line"))));
        }
        checkOutcomes(1L, 2L);
    }

    /** As with any other draft. */
    @Test
    void the_draft_of_a_month_is_erased_or_billed_later() throws Exception {
        price();
        for (int round = 0; round < rounds(); round++) {
            describe(round);
            AccountId account = accountId(round);
            erases(round, monthOf(account), new MonthCommand.Bill(account, MONTH, Terms.NONE));
        }
        checkOutcomes(1L, 2L);
    }

    /** The draft is erased and then sealed, or sealed and then erased with its seal intact. */
    @Test
    void a_draft_is_erased_before_it_is_final_or_after_it() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            describe(round);
            InvoiceId invoice = open("invoice", round);
            erases(round, invoice, new DraftCommand.Finalise(invoice));
        }
        checkNumbers(rounds());
    }

    /** A credit note is addressed like what it credits. */
    @Test
    void a_credit_note_is_erased_with_what_it_credits() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            describe(round);
            InvoiceId invoice = issue("invoice", round);
            InvoiceId note = new InvoiceId("note-" + round);
            Command credit = new CreditCommand.Credit(
                    invoice, note, Array.of(new CreditCommand.Part.Line(new LineId("line"))), "because");
            erases(round, invoice, credit);
            assertThat(addressee(note))
                    .as("Who the credit note is addressed to")
                    .isEmpty();
        }
    }

    private void describe(int round) {
        Customer ann = new Customer("c-1", "Ann", "ann@example.com", Instant.EPOCH, Option.none(), Option.none());
        did(
                "describe",
                round,
                new AccountCommand.Describe(new AccountDetails(
                        accountId(round),
                        1,
                        Option.some(ann),
                        Array.empty(),
                        Array.empty(),
                        Option.none(),
                        Option.none(),
                        Option.none(),
                        NOW)));
    }

    private void erases(int round, InvoiceId document, Command command) throws Exception {
        Seq<Either<BillingError, Receipt>> results = race(round, new AccountCommand.Erase(accountId(round)), command);
        assertThat(results.forAll(Either::isRight))
                .as("Erasing must not keep anything else from being done: %s", results)
                .isTrue();
        assertThat(addressee(document)).as("Who %s is addressed to", document).isEmpty();
        if (stored(document).invoice() instanceof Invoice.Running draft) {
            count(draft.revision());
        }
    }

    private Option<Customer> addressee(InvoiceId document) {
        return stored(document).invoice().head().billedTo();
    }
}
