package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.DraftWorld.ACCESS;
import static dev.billing.testkit.usecase.DraftWorld.ACCOUNT;
import static dev.billing.testkit.usecase.DraftWorld.NOW;
import static dev.billing.testkit.usecase.DraftWorld.TENANT;
import static dev.billing.testkit.usecase.DraftWorld.id;
import static dev.billing.testkit.usecase.DraftWorld.line;
import static dev.billing.testkit.usecase.DraftWorld.lineId;
import static dev.billing.testkit.usecase.DraftWorld.lineOf;
import static dev.billing.testkit.usecase.DraftWorld.open;
import static dev.billing.testkit.usecase.DraftWorld.types;
import static dev.billing.testkit.usecase.DraftWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.Ref;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Spaces;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.tax.CreditableLine;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.port.Write;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.CreditCommand.Credit;
import dev.billing.usecase.CreditCommand.Part;
import dev.billing.usecase.CreditCommand.Void;
import dev.billing.usecase.CreditNotes;
import dev.billing.usecase.CreditRefused;
import dev.billing.usecase.DraftCommand.Finalise;
import dev.billing.usecase.PaymentCommand;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;

class CreditCommandTest {

    private static final CurrencyUnit USD = Monetary.getCurrency("USD");

    private final DraftWorld world = new DraftWorld();

    private static Credit credit(String note, Part... parts) {
        return new Credit(id("i"), id(note), Array.of(parts), "Not as agreed");
    }

    private static Void annul(String note) {
        return new Void(id("i"), id(note), "By mistake");
    }

    private static Part all(String line) {
        return new Part.Line(lineId(line));
    }

    private static Part units(String line, String quantity) {
        return new Part.Quantity(lineId(line), new BigDecimal(quantity));
    }

    private static Part amount(String line, String net) {
        return new Part.LineAmount(lineId(line), usd(net));
    }

    private static Part amount(String net) {
        return new Part.Amount(usd(net));
    }

    private static LineItem thirty(String net, String tax) {
        return lineOf("a")
                .quantity(new BigDecimal(30), "day")
                .price(usd(net))
                .tax(usd(tax))
                .build();
    }

    private void pay(String amount) {
        world.done(new PaymentCommand.Receive(
                ACCOUNT, "p " + amount, usd(amount), new PaymentCommand.Allocation.OldestFirst()));
    }

    private Money free() {
        return world.account().free(USD);
    }

    private Money unpaid(String invoice) {
        return world.account().items().get(id(invoice)).get().open();
    }

    /** Net and tax of a note's lines, as they stand there. */
    private Seq<String> lines(String note) {
        return lines(world, note);
    }

    private static Seq<String> lines(DraftWorld world, String note) {
        return world.lines(note)
                .map(line -> line.id() + " " + line.quantity().toPlainString() + " "
                        + line.net().get().amount().toPlainString() + " "
                        + line.tax().map(tax -> tax.amount().toPlainString()).getOrElse("-"));
    }

    // The note

    @Test
    void a_credit_note_is_a_final_document_of_negative_lines_with_a_number_of_its_own() {
        world.issued("i", line("a", "100.00", "19.00"), line("b", "50.00", "9.50"));
        Receipt receipt = world.done(credit("n", all("a")));
        assertThat(receipt.events().head().type()).isEqualTo("credit_note.issued");
        assertThat(receipt.events().head().subject()).isEqualTo("n");
        assertThat(receipt.events().head().data())
                .isEqualTo(HashMap.of(
                        "document", "i",
                        "amount", "119.00",
                        "currency", "USD",
                        "reason", "Not as agreed",
                        "number", "CN-000001"));
        Invoice.Issued note = (Invoice.Issued) world.stored("n").invoice();
        assertThat(note.number().map(InvoiceNumber::text)).contains("CN-000001");
        assertThat(CreditNotes.credited(note.head())).contains(id("i"));
        assertThat(note.head().account()).isEqualTo(ACCOUNT);
        assertThat(note.head().attributes().get(CreditNotes.REASON)).contains(Attribute.of("Not as agreed"));
        assertThat(world.status("n")).isEqualTo(InvoiceStatus.FREE);
        assertThat(lines("n")).containsExactly("a -1 -100.00 -19.00");
        assertThat(note.figures().amount(Standard.TOTAL)).isEqualTo(usd("-100.00"));
        assertThat(note.figures().amount(Settlement.TAX)).isEqualTo(usd("-19.00"));
        assertThat(note.figures().amount(Settlement.BILLED)).isEqualTo(usd("0"));
        assertThat(note.figures().amount(Settlement.ENDING_BALANCE)).isEqualTo(usd("119.00"));
        assertThat(note.figures().verify(world.lines("n"), Standard.profile().rules()))
                .isEmpty();
    }

    @Test
    void units_have_their_share_of_net_and_tax_and_the_last_ones_what_is_left() {
        world.issued("i", thirty("200.00", "50.00"));
        world.done(credit("n", units("a", "29")));
        assertThat(lines("n")).containsExactly("a -29 -193.33 -48.33");
        world.done(credit("m", units("a", "1")));
        assertThat(lines("m")).containsExactly("a -1 -6.67 -1.67");
    }

    @Test
    void thirds_make_up_the_whole() {
        world.issued(
                "i",
                lineOf("a")
                        .quantity(new BigDecimal(3), "day")
                        .price(usd("10.00"))
                        .tax(usd("1.00"))
                        .build());
        Array.of("n", "m", "o").forEach(note -> world.done(credit(note, units("a", "1"))));
        assertThat(Array.of("n", "m", "o").flatMap(this::lines))
                .containsExactly("a -1 -3.33 -0.33", "a -1 -3.33 -0.33", "a -1 -3.34 -0.34");
    }

    @Test
    void an_amount_has_its_share_of_the_tax_and_the_last_one_what_is_left() {
        world.issued("i", line("a", "769.00", "153.80"));
        world.done(credit("n", amount("a", "726.86")));
        assertThat(lines("n")).containsExactly("a 0 -726.86 -145.37");
        world.done(credit("m", all("a")));
        assertThat(lines("m")).containsExactly("a -1 -42.14 -8.43");
    }

    @Test
    void an_amount_of_the_document_is_spread_over_what_is_left_of_its_lines() {
        world.issued("i", line("a", "30.00", "3.00"), line("b", "60.00", "12.00"), line("c", "10.00"));
        world.done(credit("n", all("c")));
        world.done(credit("m", amount("10.00")));
        assertThat(lines("m")).containsExactly("a 0 -3.33 -0.33", "b 0 -6.67 -1.33");
        world.done(credit("o", amount("80.00")));
        assertThat(lines("o")).containsExactly("a -1 -26.67 -2.67", "b -1 -53.33 -10.67");
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
    }

    @Test
    void parts_of_one_note_come_one_after_the_other() {
        world.issued("i", thirty("300.00", "30.00"), line("b", "5.00"));
        world.done(credit("n", units("a", "10"), amount("a", "50.00"), amount("31.00")));
        assertThat(lines("n")).containsExactly("a -10 -180.00 -18.00", "b 0 -1.00 -");
        assertThat(world.refused(credit("m", all("b"), amount("b", "1.00"))))
                .isEqualTo(new CreditRefused.NothingLeft(id("i"), lineId("b")));
    }

    @Test
    void discounts_are_not_given_back() {
        world.issued(
                "i",
                lineOf("a")
                        .price(Amount.of(usd("100.00"), usd("25.00")))
                        .tax(usd("7.50"))
                        .build());
        world.done(credit("n", all("a")));
        assertThat(lines("n")).containsExactly("a -1 -75.00 -7.50");
        assertThat(world.account().balance(USD)).isEqualTo(usd("0"));
    }

    @Test
    void what_is_left_can_be_read() {
        world.issued(
                "i", thirty("200.00", "50.00"), lineOf("c").cost(usd("3.00")).build());
        world.done(credit("n", units("a", "29")));
        Seq<CreditableLine> left = notes().left(ACCESS, id("i")).get();
        assertThat(left).hasSize(1);
        assertThat(left.head().rest()).isEqualTo(new CreditableLine.Part(BigDecimal.ONE, usd("6.67"), usd("1.67")));
        assertThat(notes().left(Access.to(TENANT, new AccountId("stranger")), id("i")))
                .isEmpty();
        world.done(open("draft"));
        assertThat(notes().left(ACCESS, id("draft"))).isEmpty();
    }

    private CreditNotes notes() {
        return new CreditNotes(world.ports.invoices());
    }

    // Money

    @Test
    void a_credit_note_pays_what_is_open_on_its_document() {
        world.issued("other", line("a", "10.00"));
        world.issued("i", line("a", "100.00"));
        Receipt receipt = world.done(credit("n", amount("40.00")));
        assertThat(types(receipt)).containsExactly("credit_note.issued", "payment.allocated", "invoice.partly_paid");
        assertThat(unpaid("i")).isEqualTo(usd("60.00"));
        assertThat(unpaid("other")).isEqualTo(usd("10.00"));
        assertThat(free()).isEqualTo(usd("0"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PARTLY_PAID);
    }

    @Test
    void what_is_more_than_open_is_credit_on_the_account() {
        world.issued("i", line("a", "100.00"));
        pay("70.00");
        world.done(credit("n", amount("40.00")));
        assertThat(unpaid("i")).isEqualTo(usd("0"));
        assertThat(world.account().funds().get(Source.creditNote(id("n"))).get().free())
                .isEqualTo(usd("10.00"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void credit_on_the_account_pays_the_next_document() {
        world.issued("i", line("a", "100.00"));
        pay("100.00");
        world.done(credit("n", amount("40.00")));
        world.done(open("next", line("a", "30.00")));
        Receipt receipt = world.done(new Finalise(id("next")));
        assertThat(types(receipt)).containsExactly("invoice.finalised", "payment.allocated", "invoice.paid");
        assertThat(world.status("next")).isEqualTo(InvoiceStatus.PAID);
        assertThat(free()).isEqualTo(usd("10.00"));
    }

    @Test
    void what_was_written_off_is_not_credited_to_whoever_never_paid_it() {
        world.issued("i", line("a", "100.00"));
        pay("60.00");
        world.done(new PaymentCommand.WriteOff(id("i"), Option.none()));
        world.done(credit("n", amount("30.00")));
        assertThat(free()).isEqualTo(usd("0"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.WRITTEN_OFF);
        world.done(annul("m"));
        assertThat(free()).isEqualTo(usd("60.00"));
        assertThat(world.account().balance(USD)).isEqualTo(usd("-60.00"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
    }

    @Test
    void what_was_forgiven_stays_so_and_is_not_credited() {
        world.issued("i", line("a", "100.00"));
        pay("60.00");
        world.done(new PaymentCommand.Forgive(id("i"), Option.none()));
        world.done(credit("n", all("a")));
        assertThat(free()).isEqualTo(usd("60.00"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.FORGIVEN);
    }

    @Test
    void credit_of_a_document_that_another_account_pays_is_that_accounts() {
        AccountId payer = new AccountId("payer");
        AccountDetails child = AccountDetails.of(ACCOUNT, NOW);
        world.ports
                .invoices()
                .commit(
                        TENANT,
                        Commit.of(
                                new CommandKey("describe"),
                                "test",
                                new Write.Describe(new AccountDetails(
                                        ACCOUNT,
                                        1,
                                        child.customer(),
                                        child.contacts(),
                                        child.taxIds(),
                                        child.zone(),
                                        child.currency(),
                                        Option.some(
                                                new AccountDetails.Payer(payer, AccountDetails.Payer.Mode.SEPARATE)),
                                        NOW))))
                .get();
        world.issued("i", line("a", "100.00"));
        world.done(credit("n", amount("40.00")));
        assertThat(world.account().entries()).isZero();
        assertThat(world.account(payer).open(USD)).isEqualTo(usd("60.00"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PARTLY_PAID);
        assertThat(world.run(Access.to(TENANT, ACCOUNT), credit("m", amount("40.00"))))
                .isEqualTo(Either.left(new CommandRefused.NoAccess(payer)));
    }

    // Void

    @Test
    void a_document_that_is_taken_back_is_void() {
        world.issued("i", line("a", "100.00", "19.00"), line("b", "-20.00", "-3.80"));
        Receipt receipt = world.done(annul("n"));
        assertThat(types(receipt)).containsExactly("credit_note.issued", "payment.allocated", "invoice.voided");
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
        assertThat(lines("n")).containsExactly("a -1 -100.00 -19.00", "b -1 20.00 3.80");
        assertThat(world.account().balance(USD)).isEqualTo(usd("0"));
        assertThat(unpaid("i")).isEqualTo(usd("0"));
        BillingError expected = new CommandRefused.StatusForbids(id("i"), InvoiceStatus.VOID, InvoiceStatus.VOID);
        assertThat(world.refused(annul("m"))).isEqualTo(expected);
        assertThat(world.refused(credit("m", all("a")))).isEqualTo(new CreditRefused.NothingLeft(id("i"), lineId("a")));
    }

    @Test
    void a_document_is_taken_back_as_far_as_it_was_not_before() {
        world.issued("i", line("a", "100.00", "19.00"), line("b", "50.00", "9.50"));
        world.done(credit("n", all("a"), amount("b", "10.00")));
        world.done(annul("m"));
        assertThat(lines("m")).containsExactly("b -1 -40.00 -7.60");
    }

    @Test
    void a_paid_document_that_is_given_back_in_full_is_void_and_its_money_is_free() {
        world.issued("i", line("a", "100.00", "19.00"));
        pay("119.00");
        Receipt receipt = world.done(credit("n", all("a")));
        assertThat(types(receipt)).containsExactly("credit_note.issued", "invoice.voided");
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
        assertThat(free()).isEqualTo(usd("119.00"));
    }

    @Test
    void a_document_without_anything_to_give_back_becomes_void_without_a_note() {
        world.issued("i");
        Receipt receipt = world.done(annul("n"));
        assertThat(types(receipt)).containsExactly("invoice.voided");
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
        assertThat(world.ports.invoices().find(ACCESS, id("n"))).isEmpty();
    }

    @Test
    void a_document_that_sums_to_nothing_becomes_void_with_a_note() {
        world.issued("i", line("a", "5.00"), line("b", "-5.00"));
        world.done(annul("n"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
        assertThat(lines("n")).containsExactly("a -1 -5.00 -", "b -1 5.00 -");
        assertThat(world.account().entries()).isZero();
    }

    @Test
    void a_document_that_gives_back_is_not_taken_back() {
        world.issued("i", line("a", "-5.00"));
        CreditRefused expected = new CreditRefused.GivesNothing(id("i"), usd("-5.00"));
        assertThat(world.refused(annul("n"))).isEqualTo(expected);
        assertThat(world.refused(credit("n", all("a")))).isEqualTo(expected);
        assertThat(expected.message()).contains("-5.00").contains("'i'");
    }

    // Profiles

    @Test
    void the_tax_of_an_atlas_document_is_taken_back_with_its_lines() {
        DraftWorld atlas = new DraftWorld(Atlas.profile());
        Period february = Period.of(Instant.parse("2024-02-01T00:00:00Z"), Instant.parse("2024-03-01T00:00:00Z"));
        atlas.done(open("i", line("a", "1.00"), line("b", "2.00")).over(february));
        Invoice.Running draft = (Invoice.Running) atlas.stored("i").invoice();
        atlas.ports
                .invoices()
                .commit(
                        TENANT,
                        Commit.of(
                                new CommandKey("tax"),
                                "test",
                                new Write.Revise(
                                        new Invoice.Running(
                                                draft.head(),
                                                Atlas.settle(draft.figures(), new BigDecimal("0.0333"), usd("0")),
                                                2,
                                                NOW),
                                        Array.empty(),
                                        Write.Revise.Change.ADD_LINES)))
                .get();
        atlas.done(new Finalise(id("i")));
        assertThat(atlas.figures("i").amount(Atlas.BILLED)).isEqualTo(usd("3.10"));
        assertThat(atlas.refused(annul("n")))
                .isEqualTo(new CommandRefused.StatusForbids(id("i"), InvoiceStatus.CLOSED, InvoiceStatus.VOID));
        atlas.done(credit("n", amount("1.00")));
        assertThat(lines(atlas, "n")).containsExactly("a 0 -0.33 -0.01", "b 0 -0.67 -0.02");
        atlas.done(credit("m", amount("2.00")));
        assertThat(lines(atlas, "m")).containsExactly("a -1 -0.67 -0.02", "b -1 -1.33 -0.05");
        assertThat(Array.of("n", "m")
                        .map(note -> atlas.figures(note).amount(Atlas.ENDING_BALANCE))
                        .reduce(Money::plus))
                .isEqualTo(usd("3.10"));
        assertThat(atlas.status("i")).isEqualTo(InvoiceStatus.PAID);
        assertThat(atlas.account().balance(USD)).isEqualTo(usd("0"));
    }

    @Test
    void a_credit_note_of_an_atlas_month_does_not_start_the_next_one() {
        DraftWorld atlas = new DraftWorld(Atlas.profile());
        Period february = Period.of(Instant.parse("2024-02-01T00:00:00Z"), Instant.parse("2024-03-01T00:00:00Z"));
        Period march = Period.of(february.end(), Instant.parse("2024-04-01T00:00:00Z"));
        atlas.done(open("i", line("a", "10.00")).over(february));
        atlas.done(new Finalise(id("i")));
        atlas.done(credit("n", amount("4.00")));
        atlas.done(open("mar", line("a", "7.00")).over(march));
        atlas.clock.set(march.end());
        atlas.done(new Finalise(id("mar")));
        assertThat(atlas.figures("mar").amount(Atlas.BILLED)).isEqualTo(usd("7.00"));
    }

    @Test
    void where_nothing_is_rounded_an_amount_that_would_have_to_be_is_refused() {
        DraftWorld spaces = new DraftWorld(Spaces.profile());
        spaces.done(open(
                        "i",
                        lineOf("a")
                                .quantity(new BigDecimal(3), "")
                                .price(usd("10.00"))
                                .build())
                .in(Spaces.SPACE, new Ref("space", "7", "")));
        spaces.done(new Finalise(id("i")));
        CreditRefused expected =
                new CreditRefused.NotRounded(id("i"), Spaces.profile().rounding());
        assertThat(spaces.refused(credit("n", units("a", "1")))).isEqualTo(expected);
        spaces.done(credit("n", units("a", "1.5")));
        assertThat(spaces.figures("n").amount(Spaces.TOTAL)).isEqualTo(usd("-5.00"));
        assertThat(((Invoice.Issued) spaces.stored("n").invoice()).number().map(InvoiceNumber::value))
                .contains(2L);
    }

    @Test
    void a_document_for_information_is_not_credited() {
        DraftWorld morpheus = new DraftWorld(Morpheus.profile());
        morpheus.issued("i", line("a", "1.00"));
        assertThat(morpheus.refused(credit("n", all("a")))).isEqualTo(new CreditRefused.NotOwed(id("i")));
    }

    // Refusals

    private void refuse(BillingError expected, Part... parts) {
        assertThat(world.refused(credit("n", parts))).isEqualTo(expected);
        assertThat(expected.message()).contains("'i'");
        assertThat(world.ports.invoices().find(ACCESS, id("n"))).isEmpty();
    }

    @Test
    void never_more_than_is_left_is_credited() {
        world.issued("i", thirty("200.00", "50.00"), line("b", "10.00"));
        world.done(credit("m", units("a", "10")));
        refuse(
                new CreditRefused.QuantityNotLeft(id("i"), lineId("a"), new BigDecimal("21"), new BigDecimal("20")),
                units("a", "21"));
        refuse(
                new CreditRefused.AmountNotLeft(id("i"), lineId("a"), usd("133.34"), usd("133.33")),
                amount("a", "133.34"));
        refuse(new CreditRefused.TotalNotLeft(id("i"), usd("143.34"), usd("143.33")), amount("143.34"));
        refuse(new CreditRefused.TotalNotLeft(id("i"), usd("10.01"), usd("10.00")), all("a"), amount("10.01"));
    }

    @Test
    void no_more_is_credited_of_a_line_than_its_document_charges_in_all() {
        world.issued("i", line("a", "10.00", "1.00"), line("b", "-8.00"));
        refuse(new CreditRefused.MoreThanLeft(id("i"), usd("11.00"), usd("3.00")), all("a"));
        world.done(credit("n", all("a"), all("b")));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
    }

    @Test
    void nothing_and_less_than_nothing_are_not_credited() {
        world.issued("i", thirty("200.00", "50.00"));
        refuse(new CreditRefused.NoParts(id("i")));
        for (String wrong : Array.of("0", "-1")) {
            refuse(
                    new CreditRefused.QuantityNotLeft(
                            id("i"), lineId("a"), new BigDecimal(wrong), new BigDecimal("30")),
                    units("a", wrong));
            refuse(
                    new CreditRefused.AmountNotLeft(id("i"), lineId("a"), usd(wrong), usd("200.00")),
                    amount("a", wrong));
            refuse(new CreditRefused.TotalNotLeft(id("i"), usd(wrong), usd("200.00")), amount(wrong));
        }
        refuse(new CreditRefused.GivesNothing(id("i"), usd("0")), units("a", "0.0001"));
    }

    @Test
    void amounts_that_do_not_fit_the_document_are_refused() {
        world.issued("i", line("a", "10.00"));
        CurrencyUnit euro = Monetary.getCurrency("EUR");
        refuse(new CreditRefused.OtherCurrency(id("i"), euro, USD), new Part.Amount(Money.of(euro, BigDecimal.ONE)));
        refuse(
                new CreditRefused.OtherCurrency(id("i"), euro, USD),
                new Part.LineAmount(lineId("a"), Money.of(euro, BigDecimal.ONE)));
        refuse(new CreditRefused.NotRounded(id("i"), Standard.profile().rounding()), amount("1.001"));
        refuse(new CreditRefused.NotRounded(id("i"), Standard.profile().rounding()), amount("a", "1.001"));
    }

    @Test
    void lines_that_charge_nothing_or_are_unknown_are_not_credited() {
        world.issued("i", line("a", "10.00"), lineOf("c").cost(usd("3.00")).build());
        refuse(new CreditRefused.UnknownLine(id("i"), lineId("b")), all("b"));
        refuse(new CreditRefused.UnknownLine(id("i"), lineId("c")), all("c"));
    }

    @Test
    void only_final_documents_of_the_profile_that_are_no_notes_are_credited() {
        world.done(open("i", line("a", "10.00")));
        assertThat(world.refused(credit("n", all("a"))))
                .isEqualTo(new CommandRefused.NotFinal(id("i"), InvoiceStatus.PENDING));
        world.done(new Finalise(id("i")));
        assertThat(world.under(Spaces.profile()).refused(credit("n", all("a"))))
                .isEqualTo(new CreditRefused.OtherProfile(id("i"), "spaces", "standard"));
        world.done(credit("n", amount("4.00")));
        assertThat(world.refused(new Credit(id("n"), id("m"), Array.of(all("a")), "")))
                .isEqualTo(new CreditRefused.OfCreditNote(id("n")));
        assertThat(world.refused(credit("n", all("a")))).isEqualTo(new CreditRefused.AlreadyExists(id("n")));
        assertThat(world.refused(credit("i", all("a")))).isEqualTo(new CreditRefused.AlreadyExists(id("i")));
    }

    @Test
    void a_document_that_its_account_does_not_know_is_not_credited() {
        Invoice.Preview foreign = new Invoice.Preview(
                Head.of(id("i"), "standard", ACCOUNT, Period.of(NOW, NOW.plusSeconds(1)), USD, NOW),
                Figures.NONE.declare(Standard.TOTAL, "outside", usd("10.00")),
                NOW);
        world.ports
                .invoices()
                .commit(
                        TENANT,
                        Commit.of(
                                new CommandKey("import"),
                                "test",
                                new Write.Issue(
                                        foreign, Array.of(line("a", "10.00")), Option.none(), InvoiceStatus.CLOSED)))
                .get();
        assertThat(world.refused(credit("n", all("a"))))
                .isEqualTo(new CreditRefused.NotCharged(id("i"), ACCOUNT, usd("10.00")));
    }

    @Test
    void a_reason_without_control_characters_is_needed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Void(id("i"), id("n"), "\u0007"))
                .withMessageContaining("Reason");
    }

    // Keys, races and failures

    @Test
    void a_command_sent_again_under_its_key_gives_the_first_answer() {
        world.issued("i", line("a", "10.00"));
        Receipt first = world.run("credit", credit("n", all("a"))).get();
        assertThat(world.run("credit", credit("n", all("a")))).isEqualTo(Either.right(first));
        assertThat(world.run("credit", credit("n", amount("1.00"))))
                .isEqualTo(Either.left(new CommandRefused.KeyReused(new CommandKey("credit"))));
        assertThat(world.account().funds()).hasSize(1);
    }

    @Test
    void a_command_whose_outcome_was_lost_has_one_effect_when_it_is_sent_again() {
        world.issued("i", line("a", "10.00"));
        world.faults.before(Call.COMMIT, 1).after(Call.COMMIT, 2);
        for (int lost = 1; lost <= 2; lost++) {
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> world.run("void", annul("n")));
        }
        Receipt receipt = world.run("void", annul("n")).get();
        assertThat(receipt.numbers().get(new InvoiceId("n")).map(InvoiceNumber::text))
                .contains("CN-000001");
        assertThat(world.account().funds()).hasSize(1);
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
    }

    @Test
    void of_two_notes_at_once_none_gives_back_what_the_other_did() {
        world.issued("i", line("a", "10.00"));
        Seq<Either<BillingError, Receipt>> results =
                AtOnce.run(thread -> world.run("credit " + thread, credit("n " + thread, amount("6.00"))));
        assertThat(results.filter(Either::isRight)).hasSize(1);
        assertThat(results.filter(Either::isLeft).map(Either::getLeft))
                .allMatch(new CreditRefused.TotalNotLeft(id("i"), usd("6.00"), usd("4.00"))::equals);
    }
}
