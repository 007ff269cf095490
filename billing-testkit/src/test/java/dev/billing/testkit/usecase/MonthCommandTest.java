package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.APRIL;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.ended;
import static dev.billing.testkit.usecase.World.usd;
import static dev.billing.testkit.usecase.World.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.testkit.AtOnce;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.LateChanges;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.MonthRefused;
import dev.billing.usecase.Plan;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MonthCommandTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final InvoiceId FEBRUARYS = new InvoiceId("month/account/2024-02-01T00:00:00Z");
    private static final InvoiceId MARCHS = new InvoiceId("month/account/2024-03-01T00:00:00Z");
    private static final InvoiceId OWN = new InvoiceId("correction/1/" + FEBRUARYS);
    private static final Terms VAT =
            Terms.NONE.taxes(TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "GB", "20")));

    private final World world = new World();
    private final Billing billing = world.billing.with(Standard.profile());
    private final AtomicInteger keys = new AtomicInteger();

    @Test
    void makes_a_draft_of_what_is_known_and_brings_it_up_to_date() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        run(bill(FEBRUARY, VAT));
        assertThat(billed(FEBRUARYS)).isEqualTo(usd("30.00"));
        assertThat(revision(FEBRUARYS)).isEqualTo(1);
        world.record(begun("database", "database", "2024-02-01T00:00:00Z"));
        run(bill(FEBRUARY, VAT));
        assertThat(billed(FEBRUARYS)).isEqualTo(usd("90.00"));
        assertThat(revision(FEBRUARYS)).isEqualTo(2);
        assertThat(stored(FEBRUARYS).invoice().figures().verify(lines(FEBRUARYS), Settlement.RULES))
                .isEmpty();
        assertThat(events()).containsExactly("invoice.created 1", "invoice.updated 2");
    }

    @Test
    void what_is_not_new_is_no_revision() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        run(bill(FEBRUARY, VAT));
        world.clock.advance(java.time.Duration.ofDays(1));
        assertThat(billing.commands().preview(ALL, bill(FEBRUARY, VAT))).isEqualTo(Either.right(Plan.NOTHING));
        run(bill(FEBRUARY, VAT));
        assertThat(revision(FEBRUARYS)).isEqualTo(1);
    }

    @Test
    void lines_that_somebody_added_stay() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        run(bill(FEBRUARY, VAT));
        run(new DraftCommand.AddLines(FEBRUARYS, 1, Array.of(extra("setup", "10.00", "1.00"))));
        assertThat(billed(FEBRUARYS)).isEqualTo(usd("41.00"));
        world.record(begun("database", "database", "2024-02-01T00:00:00Z"));
        run(bill(FEBRUARY, VAT));
        assertThat(lines(FEBRUARYS).map(line -> line.id().value()))
                .containsExactly("lifetime/dyno", "lifetime/database", "setup");
        assertThat(billed(FEBRUARYS)).isEqualTo(usd("101.00"));
        assertThat(stored(FEBRUARYS).invoice().figures().verify(lines(FEBRUARYS), Settlement.RULES))
                .isEmpty();
        run(bill(FEBRUARY, VAT));
        assertThat(revision(FEBRUARYS)).as("nothing was new").isEqualTo(3);
    }

    @Test
    void a_month_that_is_final_or_has_not_begun_or_was_dropped_or_is_in_review_is_refused() {
        assertThat(refusal(bill(APRIL, VAT))).isInstanceOf(MonthRefused.NotBegun.class);
        run(bill(FEBRUARY, VAT));
        run(new DraftCommand.Review(FEBRUARYS));
        assertThat(refusal(bill(FEBRUARY, VAT))).isEqualTo(new MonthRefused.InReview(FEBRUARYS));
        run(new DraftCommand.Finalise(FEBRUARYS));
        assertThat(refusal(bill(FEBRUARY, VAT))).isEqualTo(new MonthRefused.AlreadyFinal(FEBRUARYS));
        assertThat(refusal(bill(FEBRUARY, VAT)).message()).contains("Correct");
        run(bill(MARCH, VAT));
        run(new DraftCommand.Drop(MARCHS));
        assertThat(refusal(bill(MARCH, VAT))).isEqualTo(new MonthRefused.Dropped(MARCHS));
        assertThat(refusal(Access.to(TENANT, OTHER), bill(FEBRUARY, VAT)))
                .isEqualTo(new CommandRefused.NoAccess(ACCOUNT));
    }

    @Test
    void credit_of_the_account_lowers_what_is_billed() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        run(new AccountCommand.Grant(ACCOUNT, gift("gift")));
        run(bill(FEBRUARY, VAT.grants(gift("another").withPriority(1))));
        assertThat(stored(FEBRUARYS).invoice().figures().amount(Settlement.CREDITS))
                .isEqualTo(usd("10.00"));
        assertThat(billed(FEBRUARYS)).isEqualTo(usd("20.00"));
    }

    @Test
    void documents_that_show_no_taxes_are_not_made_under_terms_that_have_some() {
        Either<BillingError, Receipt> refused =
                billing.with(Akkeris.profile()).commands().run(ALL, new CommandKey("akkeris"), bill(FEBRUARY, VAT));
        assertThat(refused).isEqualTo(Either.left(new MonthRefused.TermsNotShown(ACCOUNT, "akkeris")));
    }

    @Test
    void the_document_of_a_payer_has_the_lines_of_those_it_pays_for_together() {
        run(new AccountCommand.Describe(paidBy(OTHER, ACCOUNT)));
        world.record(
                begun("mine", "dyno", "2024-02-01T00:00:00Z"),
                begun("theirs", OTHER, "database", World.API, "2024-02-01T00:00:00Z", Option.none()));
        assertThat(refusal(new MonthCommand.Bill(OTHER, FEBRUARY, VAT)))
                .isEqualTo(new MonthRefused.BilledWithPayer(OTHER, ACCOUNT));
        run(bill(FEBRUARY, VAT));
        assertThat(lines(FEBRUARYS).map(line -> line.id().value()))
                .containsExactly("lifetime/mine", "of/other account/lifetime/theirs");
        assertThat(lines(FEBRUARYS)
                        .map(line -> line.places()
                                .get(new dev.billing.domain.Dimension("account"))
                                .map(account -> account.id())
                                .getOrElse("")))
                .containsExactly("", "other account");
        assertThat(billed(FEBRUARYS)).isEqualTo(usd("90.00"));
        run(new DraftCommand.Finalise(FEBRUARYS));
        world.record(begun("late", OTHER, "dyno", World.API, "2024-02-01T00:00:00Z", Option.none()));
        assertThat(refusal(new MonthCommand.Correct(OTHER, FEBRUARY, Policy.NEXT_INVOICE, VAT)))
                .isEqualTo(new MonthRefused.BilledWithPayer(OTHER, ACCOUNT));
        assertThat(late().total()).isEqualTo(usd("30.00"));
    }

    @Test
    void what_was_billed_to_an_account_itself_is_not_billed_to_its_payer_too() {
        world.record(begun("theirs", OTHER, "database", World.API, "2024-02-01T00:00:00Z", Option.none()));
        run(new MonthCommand.Bill(OTHER, FEBRUARY, VAT));
        run(new AccountCommand.Describe(paidBy(OTHER, ACCOUNT)));
        run(bill(FEBRUARY, VAT));
        assertThat(lines(FEBRUARYS)).isEmpty();
    }

    @Test
    void what_comes_late_goes_to_the_month_that_runs_and_stays_there() {
        closeFebruary();
        world.record(begun("late", "database", "2024-02-01T00:00:00Z"), ended("end", "dyno", "2024-02-15T00:00:00Z"));
        LateChanges late = late();
        assertThat(late.lines()
                        .map(change -> change.line() + " " + change.difference().net()))
                .containsExactly("lifetime/dyno USD -12.93", "lifetime/late USD 50.00");
        run(correct(Policy.NEXT_INVOICE));
        assertThat(late().lines()).isEmpty();
        assertThat(lines(MARCHS).map(line -> line.net().get() + " " + line.tax().get()))
                .containsExactly("USD -12.93 USD -2.59", "USD 50.00 USD 10.00");
        assertThat(lines(MARCHS).map(LineItem::origin))
                .allSatisfy(
                        origin -> assertThat(((Origin.Provided) origin).text().get("invoice"))
                                .containsExactly(FEBRUARYS.value()));
        run(bill(MARCH, VAT));
        assertThat(lines(MARCHS))
                .as("the database of March, and the corrections")
                .hasSize(3);
        assertThat(late().lines()).isEmpty();
        assertThat(stored(FEBRUARYS).invoice()).isInstanceOf(Invoice.Issued.class);
        assertThat(events().filter(event -> event.startsWith("invoice.corrected")))
                .hasSize(1);
        Receipt again = run(correct(Policy.NEXT_INVOICE));
        assertThat(again.events()).as("there is nothing more to correct").isEmpty();
    }

    @Test
    void more_is_an_invoice_of_its_own_and_less_a_credit_note_that_pays_the_month() {
        closeFebruary();
        world.record(ended("end", "dyno", "2024-02-15T00:00:00Z"));
        run(correct(Policy.OWN_DOCUMENT));
        Stored note = stored(OWN);
        assertThat(note.invoice().head().attributes().get("corrects")).containsExactly(Attribute.of(FEBRUARYS.value()));
        assertThat(note.standing().status()).isEqualTo(InvoiceStatus.FREE);
        assertThat(account().items().get(FEBRUARYS).get().open()).isEqualTo(usd("14.48"));
        assertThat(account().funds().get(Source.creditNote(OWN)).get().free()).isEqualTo(usd("0"));
        assertThat(stored(FEBRUARYS).standing().status()).isEqualTo(InvoiceStatus.PARTLY_PAID);
        world.record(begun("late", "database", "2024-02-01T00:00:00Z"));
        run(correct(Policy.OWN_DOCUMENT));
        InvoiceId second = new InvoiceId("correction/2/" + FEBRUARYS);
        assertThat(stored(second).standing().status()).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(account().items().get(second).get().open()).isEqualTo(usd("60.00"));
        assertThat(late().lines()).isEmpty();
    }

    @Test
    void a_price_book_that_was_corrected_backwards_is_learned_late_too() {
        world.record(used("use", "gigabytes", "2024-02-20T00:00:00Z"));
        closeFebruary();
        world.put(2, "2024-02-10T00:00:00Z", "25.00", "1.00");
        assertThat(late().total())
                .as("12.5 gigabytes for 1.00 each, in place of 0.13")
                .isEqualTo(usd("14.84"));
        run(correct(Policy.NEXT_INVOICE));
        assertThat(late().lines()).isEmpty();
    }

    @Test
    void what_somebody_added_by_hand_is_not_corrected() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        run(bill(FEBRUARY, VAT));
        run(new DraftCommand.AddLines(FEBRUARYS, 1, Array.of(extra("setup", "10.00", "1.00"))));
        run(new DraftCommand.Finalise(FEBRUARYS));
        assertThat(late().lines()).isEmpty();
    }

    @Test
    void a_correction_that_is_dropped_with_its_draft_is_to_be_made_again() {
        closeFebruary();
        world.record(begun("late", "database", "2024-02-01T00:00:00Z"));
        run(correct(Policy.NEXT_INVOICE));
        run(new DraftCommand.Drop(MARCHS));
        assertThat(late().total()).isEqualTo(usd("60.00"));
        assertThat(refusal(correct(Policy.NEXT_INVOICE)))
                .isEqualTo(new MonthRefused.NextNotOpen(MARCHS, InvoiceStatus.VOID));
        run(correct(Policy.OWN_DOCUMENT));
        assertThat(late().lines()).isEmpty();
    }

    @Test
    void only_a_final_month_of_the_same_profile_is_corrected() {
        assertThat(refusal(correct(Policy.NEXT_INVOICE))).isEqualTo(new MonthRefused.NotBilled(ACCOUNT, FEBRUARY));
        run(bill(FEBRUARY, VAT));
        assertThat(refusal(correct(Policy.NEXT_INVOICE))).isEqualTo(new MonthRefused.NotFinal(FEBRUARYS));
        run(new DraftCommand.Finalise(FEBRUARYS));
        assertThat(billing.with(Akkeris.profile()).commands().preview(ALL, correct(Policy.NEXT_INVOICE)))
                .isEqualTo(Either.left(new MonthRefused.OtherProfile(FEBRUARYS, "standard", "akkeris")));
        assertThat(refusal(Access.to(TENANT, OTHER), correct(Policy.NEXT_INVOICE)))
                .isEqualTo(new CommandRefused.NoAccess(ACCOUNT));
    }

    @Test
    void the_months_of_a_tenant_that_would_be_corrected_are_listed() {
        closeFebruary();
        run(new MonthCommand.Bill(OTHER, FEBRUARY, VAT));
        run(new DraftCommand.Finalise(new InvoiceId("month/other account/2024-02-01T00:00:00Z")));
        world.record(begun("late", "database", "2024-02-01T00:00:00Z"));
        java.util.List<LateChanges> told = new java.util.ArrayList<>();
        billing.lateFacts().report(ALL, account -> VAT, told::add);
        assertThat(told).extracting(LateChanges::invoice).containsExactly(FEBRUARYS);
        assertThat(billing.lateFacts().report(ALL, ACCOUNT, VAT)).containsExactlyElementsOf(told);
        assertThat(billing.lateFacts().report(ALL, OTHER, VAT)).isEmpty();
        assertThat(billing.lateFacts().report(Access.to(TENANT, OTHER), ACCOUNT, VAT))
                .isEmpty();
    }

    @Test
    void a_month_is_corrected_once_by_many_threads() {
        closeFebruary();
        world.record(begun("late", "database", "2024-02-01T00:00:00Z"));
        AtOnce.run(thread -> run(correct(thread % 2 == 0 ? Policy.NEXT_INVOICE : Policy.OWN_DOCUMENT)));
        Money all = world.documents()
                .flatMap(world::linesOf)
                .filter(line -> line.id().value().startsWith("correction/"))
                .flatMap(LineItem::net)
                .fold(usd("0"), Money::plus);
        assertThat(all).isEqualTo(usd("50.00"));
    }

    private void closeFebruary() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        run(bill(FEBRUARY, VAT));
        run(new DraftCommand.Finalise(FEBRUARYS));
    }

    private static MonthCommand bill(java.time.YearMonth month, Terms terms) {
        return new MonthCommand.Bill(ACCOUNT, month, terms);
    }

    private static MonthCommand correct(Policy policy) {
        return new MonthCommand.Correct(ACCOUNT, FEBRUARY, policy, VAT);
    }

    private LateChanges late() {
        return billing.lateFacts().report(ALL, ACCOUNT, FEBRUARY, VAT).get();
    }

    private static CreditGrant gift(String id) {
        return CreditGrant.of(id, usd("5.00"), at("2024-01-01T00:00:00Z"));
    }

    private LineItem extra(String id, String net, String tax) {
        return LineItem.builder(new LineId(id), id, "extra", world.clock.instant(), Origin.Provided.of(id))
                .price(usd(net))
                .tax(usd(tax))
                .build();
    }

    private static AccountDetails paidBy(AccountId account, AccountId payer) {
        AccountDetails plain = AccountDetails.of(account, at("2024-01-01T00:00:00Z"));
        return new AccountDetails(
                account,
                1,
                plain.customer(),
                plain.contacts(),
                plain.taxIds(),
                Option.none(),
                Option.none(),
                Option.some(new Payer(payer, Payer.Mode.CONSOLIDATED)),
                plain.updatedAt());
    }

    private Stored stored(InvoiceId id) {
        return world.ports.invoices().find(ALL, id).get();
    }

    private Seq<LineItem> lines(InvoiceId id) {
        return world.linesOf(stored(id));
    }

    private Money billed(InvoiceId id) {
        return stored(id).invoice().figures().amount(Settlement.BILLED);
    }

    private long revision(InvoiceId id) {
        return ((Invoice.Running) stored(id).invoice()).revision();
    }

    private Account account() {
        return Account.of(ACCOUNT, world.ports.accounts().entries(ALL, ACCOUNT));
    }

    private Receipt run(Command command) {
        return result(ALL, command).getOrElseThrow(refused -> new AssertionError(refused.message()));
    }

    private BillingError refusal(Command command) {
        return refusal(ALL, command);
    }

    private BillingError refusal(Access access, Command command) {
        BillingError refused = result(access, command).getLeft();
        assertThat(refused.message()).isNotBlank();
        return refused;
    }

    private Either<BillingError, Receipt> result(Access access, Command command) {
        return billing.commands().run(access, new CommandKey("command " + keys.incrementAndGet()), command);
    }

    private Seq<String> events() {
        return world.ports.outbox().undelivered(TENANT, 1_000).map(published -> text(published.event()));
    }

    private static String text(Event event) {
        return event.type()
                + event.data().get("revision").map(number -> " " + number).getOrElse("");
    }
}
