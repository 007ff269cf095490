package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is previewed of each command on months, drafts, credit, payments and accounts is what is stored and told. */
class CommandPreviewTest {

    private static final InvoiceId MONTH = new InvoiceId("month/account/2024-02-01T00:00:00Z");
    private static final InvoiceId ORDER = new InvoiceId("by hand");

    private final World world = new World();
    private final KeyedCommands commands =
            new KeyedCommands(world.ports, Standard.profile(), world.clock, Access.toAll(TENANT));
    private int keys;

    @Test
    void of_a_month_from_its_draft_to_its_correction() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        done(
                new AccountCommand.Grant(ACCOUNT, CreditGrant.of("gift", usd("4.00"), at("2024-01-01T00:00:00Z"))),
                new MonthCommand.Bill(ACCOUNT, FEBRUARY, Terms.NONE),
                new DraftCommand.AddLines(MONTH, 1, Array.of(line("setup", "9.99"))),
                new DraftCommand.RemoveLines(MONTH, 2, Array.of(new LineId("setup"))),
                new DraftCommand.Review(MONTH),
                new DraftCommand.SendBack(MONTH),
                new DraftCommand.Finalise(MONTH),
                new PaymentCommand.Receive(ACCOUNT, "card", usd("30.00"), new Allocation.OldestFirst()),
                new PaymentCommand.Refund(ACCOUNT, Source.payment("card"), "back", usd("20.00"), Option.none()),
                new CreditCommand.Credit(
                        MONTH, new InvoiceId("note"), Array.of(new CreditCommand.Part.Amount(usd("1.00"))), "Outage"));
        world.record(begun("late", "dyno", "2024-02-01T00:00:00Z"));
        done(
                new MonthCommand.Correct(ACCOUNT, FEBRUARY, MonthCommand.Correct.Policy.OWN_DOCUMENT, Terms.NONE),
                new MonthCommand.Correct(ACCOUNT, FEBRUARY, MonthCommand.Correct.Policy.NEXT_INVOICE, Terms.NONE));
        assertThat(world.documents()).hasSize(3);
    }

    @Test
    void of_a_draft_that_is_written_by_hand_and_its_payments() {
        done(
                new DraftCommand.Open(ORDER, ACCOUNT, Array.of(line("one", "5.00"))),
                new DraftCommand.Finalise(ORDER),
                new PaymentCommand.Fail(ORDER, "direct debit", usd("5.00"), Option.some("No funds")),
                new PaymentCommand.Receive(ACCOUNT, "card", usd("2.00"), new Allocation.Nothing()),
                new PaymentCommand.Allocate(
                        ACCOUNT, Source.payment("card"), new Allocation.To(HashMap.of(ORDER, usd("2.00")))),
                new PaymentCommand.ChargeBack(ACCOUNT, "card", "back", usd("2.00"), Option.none()),
                new PaymentCommand.WriteOff(ORDER, Option.none()),
                new CreditCommand.Void(ORDER, new InvoiceId("note"), "By mistake"),
                new DraftCommand.Open(new InvoiceId("next"), ACCOUNT, Array.of(line("one", "5.00"))),
                new DraftCommand.Finalise(new InvoiceId("next")),
                new PaymentCommand.Forgive(new InvoiceId("next"), Option.some("Good will")),
                new DraftCommand.Open(new InvoiceId("last"), ACCOUNT, Array.empty()),
                new DraftCommand.Drop(new InvoiceId("last")));
    }

    @Test
    void of_an_account() {
        done(
                new AccountCommand.Describe(new AccountDetails(
                        ACCOUNT,
                        1,
                        Option.some(Orders.CUSTOMER),
                        Array.empty(),
                        Array.empty(),
                        Option.none(),
                        Option.none(),
                        Option.none(),
                        at("2024-01-01T00:00:00Z"))),
                new DraftCommand.Open(ORDER, ACCOUNT, Array.of(line("one", "5.00"))),
                new DraftCommand.Finalise(ORDER),
                new AccountCommand.Park(ACCOUNT, "Address unknown", "Ask for the address"),
                new AccountCommand.Resume(ACCOUNT, "moved"),
                new AccountCommand.Erase(ACCOUNT));
    }

    private void done(Command... all) {
        for (Command command : all) {
            commands.done("key " + ++keys, command);
        }
    }

    private static LineItem line(String id, String amount) {
        return LineItem.builder(
                        new LineId(id),
                        "work",
                        "work",
                        Instant.parse("2024-02-10T00:00:00Z"),
                        new Origin.Provided(id, HashMap.empty(), Option.none()))
                .quantity(BigDecimal.ONE, "")
                .unitPrice(usd(amount))
                .price(Amount.of(usd(amount), usd("0")))
                .build();
    }
}
