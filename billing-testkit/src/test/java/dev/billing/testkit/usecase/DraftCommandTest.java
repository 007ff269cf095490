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

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Balance;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.RecordedSum;
import dev.billing.domain.invoice.TaxId;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Spaces;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.DraftCommand.AddLines;
import dev.billing.usecase.DraftCommand.Drop;
import dev.billing.usecase.DraftCommand.Finalise;
import dev.billing.usecase.DraftCommand.RemoveLines;
import dev.billing.usecase.DraftCommand.Review;
import dev.billing.usecase.DraftCommand.SendBack;
import dev.billing.usecase.DraftRefused;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DraftCommandTest {

    private static final AccountId PAYER = new AccountId("payer");

    private final DraftWorld world = new DraftWorld();

    private static AddLines add(String invoice, long revision, LineItem... lines) {
        return new AddLines(id(invoice), revision, Array.of(lines));
    }

    private static RemoveLines remove(String invoice, long revision, String... lines) {
        return new RemoveLines(id(invoice), revision, Array.of(lines).map(DraftWorld::lineId));
    }

    private void commit(Write... writes) {
        world.ports
                .invoices()
                .commit(TENANT, Commit.of(new CommandKey("commit " + writes[0].hashCode()), "test", writes))
                .get();
    }

    private void enter(AccountId account, Movement... movements) {
        commit(new Write.Enter(account, Option.none(), NOW, Array.of(movements)));
    }

    private AccountDetails describe(AccountDetails details) {
        commit(new Write.Describe(details));
        return details;
    }

    // Open

    @Test
    void a_new_draft_is_the_first_revision_with_figures_of_its_lines() {
        Receipt receipt = world.done(open("i", line("a", "100.00", "19.00"), line("b", "50.00", "9.50")));
        assertThat(types(receipt)).containsExactly("invoice.created");
        assertThat(world.stored("i").invoice()).isInstanceOf(Invoice.Running.class);
        assertThat(world.revision("i")).isEqualTo(1);
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PENDING);
        assertThat(world.lines("i").map(LineItem::position)).containsExactly(0L, 1L);
        assertFigures("150.00", "28.50", "178.50", "0");
    }

    private void assertFigures(String subtotal, String tax, String billed, String ending) {
        Figures figures = world.figures("i");
        assertThat(figures.amount(Standard.TOTAL)).isEqualTo(usd(subtotal));
        assertThat(figures.amount(Settlement.SUBTOTAL)).isEqualTo(usd(subtotal));
        assertThat(figures.amount(Settlement.TAX)).isEqualTo(usd(tax));
        assertThat(figures.amount(Settlement.BILLED)).isEqualTo(usd(billed));
        assertThat(figures.amount(Settlement.ENDING_BALANCE)).isEqualTo(usd(ending));
        assertThat(figures.verify(world.lines("i"), Standard.profile().rules())).isEmpty();
    }

    @Test
    void a_draft_without_lines_bills_nothing() {
        world.done(open("i"));
        assertFigures("0", "0", "0", "0");
    }

    @Test
    void a_new_draft_takes_customer_and_currency_from_the_account() {
        Customer customer = new Customer("c", "Ada", "ada@example.org", NOW, Option.none(), Option.none());
        describe(new AccountDetails(
                ACCOUNT,
                1,
                Option.some(customer),
                Array.empty(),
                Array.empty(),
                Option.none(),
                Option.some(Monetary.getCurrency("EUR")),
                Option.none(),
                NOW));
        world.done(open("i", lineOf("a").price(Money.of("EUR", "5.00")).build()));
        Head head = world.stored("i").invoice().head();
        assertThat(head.billedTo()).contains(customer);
        assertThat(head.currency().getCurrencyCode()).isEqualTo("EUR");
        assertThat(world.figures("i").amount(Settlement.BILLED)).isEqualTo(Money.of("EUR", "5.00"));
    }

    @Test
    void a_new_draft_shows_the_tax_ids_of_customer_and_account_each_once() {
        TaxId german = new TaxId("eu_vat", "DE123456789");
        TaxId swiss = new TaxId("ch_vat", "CHE-123.456.789");
        Customer customer = new Customer("c", "Ada", "ada@example.org", NOW, Option.none(), Option.none());
        AccountDetails plain = AccountDetails.of(ACCOUNT, NOW);
        describe(new AccountDetails(
                ACCOUNT,
                1,
                Option.some(customer.with(Array.of(german))),
                Array.empty(),
                Array.of(swiss, german),
                plain.zone(),
                plain.currency(),
                plain.payer(),
                NOW));
        world.done(open("i"));
        assertThat(world.stored("i").invoice().head().billedTo()).contains(customer.with(Array.of(german, swiss)));
    }

    @Test
    void a_new_draft_has_places_and_attributes_of_its_own_and_of_the_account() {
        Dimension shop = new Dimension("shop");
        describe(AccountDetails.of(ACCOUNT, NOW)
                .in(shop, Ref.named("shop", "7"))
                .with("legal entity", Attribute.of("ACME GmbH"))
                .with("language", Attribute.of("de")));
        world.done(open("i").with("legal entity", Attribute.of("ACME AG")));
        Head head = world.stored("i").invoice().head();
        assertThat(head.places()).isEqualTo(HashMap.of(shop, Ref.named("shop", "7")));
        assertThat(head.attributes())
                .isEqualTo(HashMap.of("legal entity", Attribute.of("ACME AG"), "language", Attribute.of("de")));
    }

    @Test
    void a_new_draft_says_what_it_is_told_to() {
        Period march = Period.of(Instant.parse("2024-03-01T00:00:00Z"), Instant.parse("2024-04-01T00:00:00Z"));
        world.done(open("i").over(march).with("legal entity", Attribute.of("ACME GmbH")));
        Head head = world.stored("i").invoice().head();
        assertThat(head.period()).contains(march);
        assertThat(head.attributes()).isEqualTo(HashMap.of("legal entity", Attribute.of("ACME GmbH")));
    }

    @Test
    void an_id_is_given_once_whoever_has_it() {
        world.done(open("i"));
        assertThat(world.refused(open("i"))).isEqualTo(new DraftRefused.AlreadyExists(id("i")));
        AccountId stranger = new AccountId("stranger");
        assertThat(world.run(Access.to(TENANT, stranger), new DraftCommand.Open(id("i"), stranger, Array.empty())))
                .isEqualTo(Either.left(new DraftRefused.AlreadyExists(id("i"))));
    }

    @Test
    void nobody_opens_or_changes_drafts_of_accounts_that_they_do_not_see() {
        Access stranger = Access.to(TENANT, new AccountId("stranger"));
        assertThat(world.run(stranger, open("i"))).isEqualTo(Either.left(new CommandRefused.NoAccess(ACCOUNT)));
        world.done(open("i"));
        assertThat(world.run(stranger, new Finalise(id("i"))))
                .isEqualTo(Either.left(new CommandRefused.UnknownInvoice(id("i"))));
    }

    // Lines

    @Test
    void added_lines_come_behind_those_there_are_and_raise_the_figures() {
        world.done(open("i", line("a", "100.00", "19.00")));
        Receipt receipt = world.done(add("i", 1, line("b", "50.00", "9.50"), line("c", "-10.00", "-1.90")));
        assertThat(types(receipt)).containsExactly("invoice.updated");
        assertThat(receipt.events().head().data()).isEqualTo(HashMap.of("revision", "2"));
        assertThat(world.lines("i").map(line -> line.id().value())).containsExactly("a", "b", "c");
        assertFigures("140.00", "26.60", "166.60", "0");
    }

    @Test
    void lines_taken_off_lower_the_figures() {
        world.done(open("i", line("a", "100.00", "19.00"), line("b", "50.00", "9.50"), line("c", "7.00")));
        world.done(remove("i", 1, "a", "c"));
        assertThat(world.lines("i").map(line -> line.id().value())).containsExactly("b");
        assertFigures("50.00", "9.50", "59.50", "0");
        world.done(add("i", 2, line("d", "1.00")));
        assertThat(world.lines("i").map(line -> line.id().value())).containsExactly("b", "d");
        world.done(remove("i", 3, "b", "d"));
        assertFigures("0", "0", "0", "0");
    }

    @Test
    void a_change_of_another_revision_than_the_latest_is_refused_and_not_made_again() {
        world.done(open("i"));
        world.done(add("i", 1, line("a", "1.00")));
        DraftRefused expected = new DraftRefused.Stale(id("i"), 1, 2);
        assertThat(world.refused(add("i", 1, line("b", "1.00")))).isEqualTo(expected);
        assertThat(expected.message()).contains("revision 1").contains("2 is the latest");
        assertThat(world.refused(remove("i", 3, "a"))).isEqualTo(new DraftRefused.Stale(id("i"), 3, 2));
    }

    static Stream<BillingErrorOfLine> unfitLines() {
        return Stream.of(
                new BillingErrorOfLine(line("a", "1.00"), new DraftRefused.DuplicateLine(id("i"), lineId("a"))),
                new BillingErrorOfLine(
                        lineOf("b").price(Money.of("EUR", "1.00")).build(),
                        new DraftRefused.OtherCurrency(
                                id("i"), lineId("b"), Monetary.getCurrency("EUR"), Monetary.getCurrency("USD"))),
                new BillingErrorOfLine(
                        lineOf("b")
                                .price(usd("1.00"))
                                .tax(Money.of("EUR", "1.00"))
                                .build(),
                        new DraftRefused.OtherCurrency(
                                id("i"), lineId("b"), Monetary.getCurrency("EUR"), Monetary.getCurrency("USD"))),
                new BillingErrorOfLine(
                        line("b", "1.001"),
                        new DraftRefused.NotRounded(
                                id("i"),
                                lineId("b"),
                                usd("1.001"),
                                Standard.profile().rounding())),
                new BillingErrorOfLine(
                        lineOf("b").price(Amount.of(usd("1.00"), usd("0.005"))).build(),
                        new DraftRefused.NotRounded(
                                id("i"),
                                lineId("b"),
                                usd("0.995"),
                                Standard.profile().rounding())),
                new BillingErrorOfLine(
                        line("b", "1.00", "0.195"),
                        new DraftRefused.NotRounded(
                                id("i"),
                                lineId("b"),
                                usd("0.195"),
                                Standard.profile().rounding())));
    }

    record BillingErrorOfLine(LineItem line, BillingError error) {}

    @ParameterizedTest
    @MethodSource("unfitLines")
    void lines_that_do_not_fit_are_refused(BillingErrorOfLine unfit) {
        world.done(open("i", line("a", "1.00")));
        assertThat(world.refused(add("i", 1, unfit.line()))).isEqualTo(unfit.error());
        assertThat(unfit.error().message())
                .contains("'i'")
                .contains(unfit.line().id().value());
    }

    @Test
    void lines_given_twice_are_refused() {
        DraftRefused expected = new DraftRefused.DuplicateLine(id("i"), lineId("a"));
        assertThat(world.run(open("i", line("a", "1.00"), line("a", "2.00")))).isEqualTo(Either.left(expected));
        world.done(open("i"));
        assertThat(world.refused(add("i", 1, line("a", "1.00"), line("a", "1.00"))))
                .isEqualTo(expected);
    }

    @Test
    void a_change_without_lines_and_the_removal_of_unknown_lines_are_refused() {
        world.done(open("i", line("a", "1.00")));
        assertThat(world.refused(add("i", 1))).isEqualTo(new DraftRefused.NoLines(id("i")));
        assertThat(world.refused(remove("i", 1))).isEqualTo(new DraftRefused.NoLines(id("i")));
        assertThat(world.refused(remove("i", 1, "a", "b")))
                .isEqualTo(new DraftRefused.UnknownLine(id("i"), lineId("b")));
    }

    @Test
    void a_category_or_tax_that_the_profile_does_not_know_is_refused() {
        DraftWorld akkeris = new DraftWorld(Akkeris.profile());
        assertThat(akkeris.run(open("i", line("a", "1.00"))))
                .isEqualTo(Either.left(new DraftRefused.UnknownCategory(id("i"), lineId("a"), "service")));
        DraftWorld spaces = new DraftWorld(Spaces.profile());
        DraftRefused expected = new DraftRefused.TaxNotShown(id("i"), lineId("a"), "spaces");
        assertThat(spaces.run(open("i", line("a", "1.00", "0.10")))).isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains("spaces").contains("'a'");
    }

    @Test
    void a_draft_is_changed_with_its_own_profile_only() {
        world.done(open("i"));
        commit(new Write.Revise(
                new Invoice.Running(
                        Head.of(
                                id("foreign"),
                                "akkeris",
                                ACCOUNT,
                                Period.of(NOW, NOW.plusSeconds(1)),
                                Monetary.getCurrency("USD"),
                                NOW),
                        Figures.NONE,
                        1),
                Array.empty(),
                Write.Revise.Change.ADD_LINES));
        assertThat(world.refused(new Finalise(id("foreign"))))
                .isEqualTo(new DraftRefused.OtherProfile(id("foreign"), "standard", "akkeris"));
    }

    // Review, drop

    @Test
    void a_draft_in_review_does_not_change_until_it_is_sent_back() {
        world.done(open("i", line("a", "1.00")));
        assertThat(types(world.done(new Review(id("i"))))).containsExactly("invoice.reviewed");
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.IN_REVIEW);
        assertThat(world.refused(add("i", 2, line("b", "1.00")))).isEqualTo(new DraftRefused.InReview(id("i")));
        assertThat(world.refused(remove("i", 2, "a"))).isEqualTo(new DraftRefused.InReview(id("i")));
        assertThat(types(world.done(new SendBack(id("i"))))).containsExactly("invoice.sent_back");
        world.done(add("i", 3, line("b", "1.00")));
        assertThat(world.revision("i")).isEqualTo(4);
    }

    @Test
    void whoever_saw_a_draft_before_its_review_does_not_change_it_afterwards() {
        world.done(open("i"));
        world.done(new Review(id("i")));
        world.done(new SendBack(id("i")));
        assertThat(world.refused(add("i", 1, line("a", "1.00")))).isEqualTo(new DraftRefused.Stale(id("i"), 1, 3));
    }

    @Test
    void nothing_comes_of_a_draft_that_was_dropped() {
        world.done(open("i", line("a", "1.00")));
        assertThat(types(world.done(new Drop(id("i"))))).containsExactly("invoice.dropped");
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
        assertThat(world.refused(add("i", 2, line("b", "1.00")))).isEqualTo(new DraftRefused.Dropped(id("i")));
        assertThat(world.refused(new Finalise(id("i")))).isEqualTo(new DraftRefused.Dropped(id("i")));
        assertThat(world.refused(new Drop(id("i"))))
                .isEqualTo(new CommandRefused.StatusForbids(id("i"), InvoiceStatus.VOID, InvoiceStatus.VOID));
        assertThat(world.account().entries()).isZero();
    }

    @Test
    void steps_that_a_life_cycle_does_not_know_are_refused() {
        world.done(open("i"));
        assertThat(world.refused(new SendBack(id("i"))))
                .isEqualTo(new CommandRefused.StatusForbids(id("i"), InvoiceStatus.PENDING, InvoiceStatus.PENDING));
        DraftWorld atlas = new DraftWorld(Atlas.profile());
        atlas.done(open("i"));
        assertThat(atlas.refused(new Review(id("i"))))
                .isEqualTo(new CommandRefused.StatusForbids(id("i"), InvoiceStatus.PENDING, InvoiceStatus.IN_REVIEW));
        assertThat(atlas.refused(new Drop(id("i"))))
                .isEqualTo(new CommandRefused.StatusForbids(id("i"), InvoiceStatus.PENDING, InvoiceStatus.VOID));
    }

    static Stream<DraftCommand.Step> steps() {
        return Stream.of(
                new Review(id("i"), 1), new SendBack(id("i"), 1), new Finalise(id("i"), 1), new Drop(id("i"), 1));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void a_step_is_taken_from_the_revision_that_the_caller_has_seen_or_not_at_all(DraftCommand.Step step) {
        world.done(open("i", line("a", "1.00")));
        world.done(add("i", 1, line("b", "2.00")));
        assertThat(world.refused(step)).isEqualTo(new DraftRefused.Stale(id("i"), 1, 2));
        assertThat(world.revision("i")).isEqualTo(2);
    }

    @Test
    void whoever_names_the_latest_revision_goes_all_the_way() {
        world.done(open("i", line("a", "1.00")));
        world.done(new Review(id("i"), 1));
        world.done(new SendBack(id("i"), 2));
        world.done(add("i", 3, line("b", "2.00")));
        world.done(new Finalise(id("i"), 4));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.CLOSED);
        world.done(open("j"));
        world.done(new Drop(id("j"), 1));
        assertThat(world.status("j")).isEqualTo(InvoiceStatus.VOID);
    }

    /** Either the line comes too late, or whoever makes the draft final has not seen it and is told so. */
    @Test
    void nobody_makes_lines_final_that_they_have_not_seen() {
        for (int round = 0; round < 200; round++) {
            String draft = "race " + round;
            world.done(open(draft, line("seen", "1.00")));
            Seq<Either<BillingError, Receipt>> results = AtOnce.run(thread -> world.run(
                    draft + "/" + thread,
                    thread == 0 ? new Finalise(id(draft), 1) : add(draft, 1, line("line " + thread, "1.00"))));
            assertThat(results.count(Either::isRight)).as("of %s", results).isOne();
            boolean isFinal = results.head().isRight();
            assertThat(world.lines(draft)).hasSize(isFinal ? 1 : 2);
            if (!isFinal) {
                assertThat(results.head().getLeft()).isEqualTo(new DraftRefused.Stale(id(draft), 1, 2));
            }
            assertThat(world.status(draft)).isEqualTo(isFinal ? InvoiceStatus.CLOSED : InvoiceStatus.PENDING);
        }
    }

    // Finalise

    @Test
    void a_final_document_is_sealed_numbered_and_owed() {
        world.done(open("i", line("a", "100.00", "19.00")));
        world.clock.set(NOW.plusSeconds(60));
        Receipt receipt = world.done(new Finalise(id("i")));
        assertThat(types(receipt)).containsExactly("invoice.finalised");
        assertThat(receipt.events().head().data())
                .isEqualTo(
                        HashMap.of("amount", "119.00", "currency", "USD", "status", "CLOSED", "number", "INV-000001"));
        Invoice.Issued issued = (Invoice.Issued) world.stored("i").invoice();
        assertThat(issued.number().map(number -> number.text())).contains("INV-000001");
        assertThat(issued.issuedAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(issued.seal()).isNotEmpty();
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(world.account().balance(Monetary.getCurrency("USD"))).isEqualTo(usd("119.00"));
    }

    @Test
    void a_draft_in_review_becomes_final_when_it_is_approved() {
        world.done(open("i", line("a", "1.00")));
        world.done(new Review(id("i")));
        world.done(new Finalise(id("i")));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.CLOSED);
    }

    @Test
    void what_is_final_does_not_change() {
        world.issued("i", line("a", "1.00"));
        BillingError expected = new CommandRefused.NotADraft(id("i"), InvoiceStatus.CLOSED);
        assertThat(world.refused(add("i", 1, line("b", "1.00")))).isEqualTo(expected);
        assertThat(world.refused(remove("i", 1, "a"))).isEqualTo(expected);
        assertThat(world.refused(new Review(id("i")))).isEqualTo(expected);
        assertThat(world.refused(new Finalise(id("i")))).isEqualTo(expected);
        assertThat(world.refused(new Drop(id("i")))).isEqualTo(expected);
    }

    @Test
    void a_document_that_charges_nothing_is_free() {
        world.issued("i", line("a", "5.00"), line("b", "-5.00"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.FREE);
        assertThat(world.account().entries()).isZero();
    }

    @Test
    void a_document_that_gives_back_leaves_credit_on_the_account() {
        world.issued("i", line("a", "-5.00", "-0.95"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.FREE);
        assertThat(world.account().funds().get(Source.document(id("i"))).get().free())
                .isEqualTo(usd("5.95"));
    }

    @Test
    void the_numbers_of_final_documents_have_no_gaps_whatever_is_dropped_or_refused() {
        for (String invoice : Array.of("a", "b", "c", "d")) {
            world.done(open(invoice, line("a", "1.00")));
        }
        world.done(new Finalise(id("c")));
        world.done(new Drop(id("a")));
        world.refused(new Finalise(id("a")));
        world.done(new Finalise(id("d")));
        world.done(new Finalise(id("b")));
        assertThat(Array.of("c", "d", "b")
                        .map(invoice -> ((Invoice.Issued) world.stored(invoice).invoice())
                                .number()
                                .get()
                                .value()))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_parked_account_is_not_billed() {
        world.done(open("i", line("a", "1.00")));
        enter(ACCOUNT, new Movement.Parked("Two prices", "Correct the price book"));
        assertThat(world.refused(new Finalise(id("i"))))
                .isEqualTo(new CommandRefused.Parked(ACCOUNT, "Two prices", "Correct the price book"));
        enter(ACCOUNT, new Movement.Resumed("Corrected"));
        world.done(new Finalise(id("i")));
    }

    // Prepaid credit

    /** A draft of 100.00 that uses so much of a grant, as billing a month makes it. */
    private void draftUsing(String grant, String used) {
        world.done(open("i", line("a", "100.00")));
        Stored stored = world.stored("i");
        Figures paid = stored.invoice()
                .figures()
                .calculate(
                        Settlement.CREDITS,
                        RecordedSum.RECORDED_SUM,
                        Array.of(Settlement.SUBTOTAL),
                        HashMap.of(grant, new BigDecimal(used)));
        Figures settled = Array.of(Balance.Rule.BILLED, Balance.Rule.ENDING_BALANCE)
                .zip(Array.of(Settlement.BILLED, Settlement.ENDING_BALANCE))
                .foldLeft(
                        paid,
                        (figures, rule) -> figures.calculate(
                                rule._2,
                                rule._1,
                                Array.of(
                                        Settlement.SUBTOTAL,
                                        Settlement.TAX,
                                        Settlement.CREDITS,
                                        Settlement.STARTING_BALANCE),
                                HashMap.empty()));
        commit(new Write.Revise(
                new Invoice.Running(stored.invoice().head(), settled, 2, NOW),
                Array.empty(),
                Write.Revise.Change.ADD_LINES));
    }

    @Test
    void prepaid_credit_that_a_draft_uses_is_drawn_when_it_is_final() {
        enter(ACCOUNT, new Movement.Granted(CreditGrant.of("g", usd("150.00"), NOW)));
        draftUsing("g", "100.00");
        world.done(new Finalise(id("i")));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PREPAID);
        assertThat(world.account().grants().get("g").get().available()).isEqualTo(usd("50.00"));
        assertThat(world.account().balance(Monetary.getCurrency("USD"))).isEqualTo(usd("0"));
    }

    @Test
    void prepaid_credit_that_covers_a_part_leaves_the_rest_to_be_paid() {
        enter(ACCOUNT, new Movement.Granted(CreditGrant.of("g", usd("40.00"), NOW)));
        draftUsing("g", "40.00");
        world.done(new Finalise(id("i")));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(world.account().balance(Monetary.getCurrency("USD"))).isEqualTo(usd("60.00"));
    }

    @Test
    void prepaid_credit_that_others_used_first_is_refused() {
        enter(ACCOUNT, new Movement.Granted(CreditGrant.of("g", usd("150.00"), NOW)));
        draftUsing("g", "100.00");
        enter(ACCOUNT, new Movement.Drawn("g", id("other"), usd("60.00")));
        DraftRefused expected = new DraftRefused.CreditGone(id("i"), "g", usd("100.00"), usd("90.00"));
        assertThat(world.refused(new Finalise(id("i")))).isEqualTo(expected);
        assertThat(expected.message()).contains("bill its month again").contains("90.00");
    }

    @Test
    void lines_that_prepaid_credit_pays_are_not_taken_off() {
        draftUsing("g", "100.00");
        assertThat(world.refused(remove("i", 2, "a")))
                .isEqualTo(new DraftRefused.TooMuchCredit(id("i"), usd("100.00"), usd("100.00")));
        world.done(add("i", 2, line("b", "10.00", "1.00")));
        assertFigures("110.00", "1.00", "11.00", "0");
    }

    // Who pays

    private void paidBy(AccountDetails.Payer.Mode mode) {
        AccountDetails child = AccountDetails.of(ACCOUNT, NOW);
        describe(new AccountDetails(
                ACCOUNT,
                1,
                child.customer(),
                child.contacts(),
                child.taxIds(),
                child.zone(),
                child.currency(),
                Option.some(new AccountDetails.Payer(PAYER, mode)),
                NOW));
    }

    @Test
    void a_document_that_another_account_pays_stays_where_it_is_and_is_charged_there() {
        paidBy(AccountDetails.Payer.Mode.SEPARATE);
        world.issued("i", line("a", "5.00"));
        Head head = world.stored("i").invoice().head();
        assertThat(head.account()).isEqualTo(ACCOUNT);
        assertThat(head.attributes()).isEqualTo(HashMap.of("payer", Attribute.of("payer")));
        assertThat(world.account().entries()).isZero();
        assertThat(world.account(PAYER).open(Monetary.getCurrency("USD"))).isEqualTo(usd("5.00"));
    }

    @Test
    void whoever_must_pay_must_not_be_parked_and_must_be_within_the_access() {
        paidBy(AccountDetails.Payer.Mode.SEPARATE);
        world.done(open("i", line("a", "5.00")));
        assertThat(world.run(Access.to(TENANT, ACCOUNT), new Finalise(id("i"))))
                .isEqualTo(Either.left(new CommandRefused.NoAccess(PAYER)));
        enter(PAYER, new Movement.Parked("Insolvent", "Wait for the court"));
        assertThat(world.refused(new Finalise(id("i"))))
                .isEqualTo(new CommandRefused.Parked(PAYER, "Insolvent", "Wait for the court"));
    }

    // Keys and failures

    @Test
    void a_command_sent_again_under_its_key_gives_the_first_answer() {
        DraftCommand opening = open("i", line("a", "1.00"));
        Receipt first = world.run("open", opening).get();
        assertThat(world.run("open", opening)).isEqualTo(Either.right(first));
        Receipt added = world.run("add", add("i", 1, line("b", "1.00"))).get();
        world.done(new Finalise(id("i")));
        assertThat(world.run("add", add("i", 1, line("b", "1.00")))).isEqualTo(Either.right(added));
        assertThat(world.run("add", add("i", 1, line("c", "1.00"))))
                .isEqualTo(Either.left(new CommandRefused.KeyReused(new CommandKey("add"))));
    }

    static Stream<Seq<DraftCommand>> lives() {
        return Stream.of(
                Array.of(open("i", line("a", "1.00")), add("i", 1, line("b", "2.00")), new Finalise(id("i"))),
                Array.of(open("i", line("a", "1.00")), new Review(id("i")), new Finalise(id("i"))),
                Array.of(open("i", line("a", "1.00")), remove("i", 1, "a"), new Drop(id("i"))));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void a_command_whose_outcome_was_lost_has_one_effect_when_it_is_sent_again(Seq<DraftCommand> life) {
        DraftWorld calm = new DraftWorld();
        for (int i = 0; i < life.size(); i++) {
            String key = "key " + i;
            DraftCommand command = life.get(i);
            Receipt expected = calm.run(key, command).get();
            world.faults.before(Call.COMMIT, 1).after(Call.COMMIT, 2);
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> world.run(key, command));
            assertThatExceptionOfType(StorageException.class).isThrownBy(() -> world.run(key, command));
            assertThat(world.run(key, command)).isEqualTo(Either.right(expected));
        }
        assertThat(world.stored("i")).isEqualTo(calm.stored("i"));
        assertThat(world.account()).isEqualTo(calm.account());
        assertThat(world.ports.outbox().undelivered(TENANT, 100))
                .isEqualTo(calm.ports.outbox().undelivered(TENANT, 100));
    }

    // Atlas

    private static final Period FEBRUARY =
            Period.of(Instant.parse("2024-02-01T00:00:00Z"), Instant.parse("2024-03-01T00:00:00Z"));
    private static final Period MARCH =
            Period.of(Instant.parse("2024-03-01T00:00:00Z"), Instant.parse("2024-04-01T00:00:00Z"));

    @Test
    void what_a_month_of_atlas_leaves_over_starts_the_next_one() {
        DraftWorld atlas = new DraftWorld(Atlas.profile());
        atlas.done(open("feb", line("a", "10.00"), line("b", "-30.00")).over(FEBRUARY));
        atlas.done(open("mar", line("a", "25.00")).over(MARCH));
        atlas.clock.set(Instant.parse("2024-04-01T06:00:00Z"));
        assertThat(atlas.refused(new Finalise(id("mar"))))
                .isEqualTo(new DraftRefused.EarlierMonthPending(ACCOUNT, id("feb")));
        atlas.done(new Finalise(id("feb")));
        assertThat(atlas.status("feb")).isEqualTo(InvoiceStatus.PREPAID);
        assertThat(atlas.figures("feb").amount(Atlas.ENDING_BALANCE)).isEqualTo(usd("20.00"));
        assertThat(atlas.account().entries()).as("the next month has it").isZero();
        atlas.done(new Finalise(id("mar")));
        assertThat(atlas.figures("mar").amount(Atlas.STARTING_BALANCE)).isEqualTo(usd("20.00"));
        assertThat(atlas.figures("mar").amount(Atlas.BILLED)).isEqualTo(usd("5.00"));
        assertThat(atlas.status("mar")).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(atlas.account().balance(Monetary.getCurrency("USD"))).isEqualTo(usd("5.00"));
    }

    @Test
    void a_month_of_atlas_is_final_when_it_is_over() {
        DraftWorld atlas = new DraftWorld(Atlas.profile());
        atlas.done(open("mar", line("a", "25.00")).over(MARCH));
        assertThat(atlas.refused(new Finalise(id("mar"))))
                .isEqualTo(new DraftRefused.NotOver(id("mar"), MARCH.end(), NOW));
    }

    @Test
    void whoever_must_not_see_costs_leaves_them_as_they_are() {
        world.done(open("i", lineOf("a").price(usd("5.00")).cost(usd("3.00")).build(), line("b", "1.00")));
        Access seesPrices = ACCESS.through(new AccountId("reseller"));
        assertThat(world.run(seesPrices, remove("i", 1, "b")).isRight()).isTrue();
        assertThat(world.lines("i").head().cost()).contains(usd("3.00"));
    }
}
