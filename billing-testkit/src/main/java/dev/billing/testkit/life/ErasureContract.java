package dev.billing.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Contact;
import dev.billing.domain.account.Statement;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.TaxId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.AccountCommand.Describe;
import dev.billing.usecase.AccountCommand.Erase;
import dev.billing.usecase.Command;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import dev.billing.usecase.Plan;
import dev.billing.usecase.Verification;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who is erased is nowhere any more, and the books say what they said before: nothing is found to be wrong, nothing is owed that was not, and
 * the account lives on. Extend it for a storage of your own.
 */
public abstract class ErasureContract {

    private static final AccountId ACCOUNT = new AccountId("account");
    private static final YearMonth FEBRUARY = YearMonth.of(2024, 2);
    private static final InvoiceId MONTH = new InvoiceId("month/account/2024-02-01T00:00:00Z");
    private static final InvoiceId OLD = new InvoiceId("old");
    private static final InvoiceId YOUNG = new InvoiceId("young");
    private static final InvoiceId DRAFT = new InvoiceId("draft");
    private static final Instant OLD_ISSUED = Instant.parse("2024-03-10T12:00:00Z");
    private static final Instant YOUNG_ISSUED = Instant.parse("2024-03-11T12:00:00Z");
    private static final Money TEN = Money.of("USD", "10");

    /** Parts of all that is said of the person. */
    private static final Seq<String> PERSONAL = Array.of("Lovelace", "ada@", "12 St James", "+44 20", "GB123456789");

    private static final Customer ADA = new Customer(
            "c-1",
            "Ada Lovelace",
            "ada@example.com",
            Instant.EPOCH,
            Option.some(new Address("12 St James's Square", "", "", "SW1Y 4JH", "London", "", "GB")),
            Option.none());

    private static final Seq<TaxId> TAX_IDS = Array.of(new TaxId("gb_vat", "GB123456789"));

    private static final Customer NOBODY =
            new Customer("c-1", "A customer", "", Instant.EPOCH, Option.none(), Option.none());

    private final TenantId tenant = new TenantId("erasure " + UUID.randomUUID());
    private final Access access = Access.toAll(tenant);
    private final SettableClock clock = SettableClock.at(OLD_ISSUED.toString());
    private int keys;

    /** Ports of the storage. Every test has a tenant of its own, so that they may be the same ones each time. */
    protected abstract Ports ports();

    /** All that the storage keeps of a tenant, in words, where that can be read without the ports; override it to have that searched, too. */
    protected String kept(TenantId of) {
        return "";
    }

    /** An account with two documents that are final, the older one credited in part and the younger one paid in part, and with a draft. */
    @BeforeEach
    final void live() {
        run(new Describe(new AccountDetails(
                ACCOUNT,
                1,
                Option.some(ADA),
                Array.of(new Contact("Ada Lovelace", "ada@example.org", "+44 20 7946 0000")),
                TAX_IDS,
                Option.none(),
                Option.none(),
                Option.none(),
                OLD_ISSUED)));
        issue(OLD);
        run(credit(OLD, "note", "1"));
        clock.set(YOUNG_ISSUED);
        issue(YOUNG);
        run(new PaymentCommand.Receive(
                ACCOUNT, "payment", Money.of("USD", "4"), new Allocation.To(HashMap.of(YOUNG, Money.of("USD", "4")))));
        open(DRAFT);
    }

    /** No seal breaks, no number is missing, and no sum, line, status or statement changes. */
    @Test
    void what_is_in_the_books_stays() {
        Map<InvoiceId, Stored> before = documents();
        Map<InvoiceId, Seq<LineItem>> lines = before.map((id, stored) -> Tuple.of(id, lines(id)));
        Statement statement = statement();
        run(new Erase(ACCOUNT));
        assertThat(documents().mapValues(ErasureContract::books))
                .as("Numbers, instants, figures and standings must be as they were")
                .isEqualTo(before.mapValues(ErasureContract::books));
        assertThat(documents().map((id, stored) -> Tuple.of(id, lines(id))))
                .as("Lines must be as they were")
                .isEqualTo(lines);
        assertThat(statement()).as("A statement must be as it was").isEqualTo(statement);
        assertClean(3);
    }

    /** Neither in what is read, nor in what is told from then on. */
    @Test
    void nothing_is_left_of_who_is_erased() {
        assertThat(all()).as("There must be something to erase").contains(PERSONAL);
        assertThat(addressees())
                .as("Documents must show who they are addressed to, and their tax ids")
                .containsOnly(ADA.with(TAX_IDS));
        run(new Erase(ACCOUNT));
        assertThat(all()).as("All that is personal must be gone").doesNotContain(PERSONAL);
        assertThat(addressees()).as("Nothing must be addressed to anybody").isEmpty();
    }

    /** What was erased is erased once, whoever asks again. */
    @Test
    void an_erasure_tells_what_it_did() {
        Receipt receipt = run(new Erase(ACCOUNT));
        assertThat(receipt.events().map(event -> event.type() + " " + event.subject() + " " + event.data()))
                .as("Events must tell of the account and of its draft")
                .containsExactlyInAnyOrder(
                        "account.erased account " + HashMap.of("documents", "4"),
                        "invoice.updated draft " + HashMap.of("revision", "2"));
        assertThat(run(new Erase(ACCOUNT)).events())
                .as("There must be nothing left to erase")
                .isEmpty();
    }

    /** With or without somebody instead. */
    @Test
    void a_preview_says_what_an_erasure_then_does() {
        for (Erase erase : Array.of(new Erase(ACCOUNT, Option.some(NOBODY)), new Erase(ACCOUNT))) {
            String before = all();
            Plan plan = billing().commands().preview(access, erase).get();
            assertThat(all()).as("A preview must change nothing").isEqualTo(before);
            Seq<Event> told = run(erase).events();
            assertThat(told).as("An erasure must do what its preview says").isEqualTo(plan.events());
        }
    }

    /** A key stands for one erasure, and for who is shown instead. */
    @Test
    void an_erasure_that_is_sent_again_has_its_first_answer() {
        CommandKey key = new CommandKey("erase");
        Receipt first = billing()
                .commands()
                .run(access, key, new Erase(ACCOUNT, Option.some(NOBODY)))
                .get();
        assertThat(billing().commands().run(access, key, new Erase(ACCOUNT, Option.some(NOBODY))))
                .as("The same command must have the same answer")
                .isEqualTo(Either.right(first));
        assertThat(billing().commands().run(access, key, new Erase(ACCOUNT)))
                .as("Nobody instead of somebody is another command")
                .isEqualTo(Either.left(new CommandRefused.KeyReused(key)));
    }

    /** On the account and on every document; and the next ones are addressed to them, too. */
    @Test
    void somebody_else_is_shown_instead() {
        run(new Erase(ACCOUNT, Option.some(NOBODY)));
        assertThat(all()).as("All that is personal must be gone").doesNotContain(PERSONAL);
        assertThat(addressees()).as("All must be addressed to the replacement").containsOnly(NOBODY);
        assertThat(ports().accounts().details(access, ACCOUNT).flatMap(AccountDetails::customer))
                .containsExactly(NOBODY);
        assertClean(3);
        issue(new InvoiceId("next"));
        assertThat(addressee(new InvoiceId("next"))).containsExactly(NOBODY);
        run(new Erase(ACCOUNT));
        assertThat(addressees())
                .as("A replacement must be erased like everybody else")
                .isEmpty();
        assertClean(4);
    }

    /** Until its time is over. */
    @Test
    void what_the_law_still_demands_stays_until_it_does_not() {
        run(new Erase(ACCOUNT).retaining(YOUNG_ISSUED));
        assertThat(addressee(YOUNG)).as("What is retained must stay").containsExactly(ADA.with(TAX_IDS));
        assertThat(addressees()).as("All else must be gone").containsExactly(ADA.with(TAX_IDS));
        assertThat(ports().accounts().details(access, ACCOUNT).get())
                .as("Nothing retains what an account is known by")
                .extracting(AccountDetails::customer, AccountDetails::contacts, AccountDetails::taxIds)
                .containsExactly(Option.none(), Array.empty(), Array.empty());
        assertClean(2);
        run(new Erase(ACCOUNT).retaining(YOUNG_ISSUED.plusMillis(1)));
        assertThat(all()).as("All that is personal must be gone").doesNotContain(PERSONAL);
        assertClean(3);
    }

    /** It is addressed as it was left, sealed and owed. */
    @Test
    void a_draft_becomes_final_after_an_erasure() {
        run(new Erase(ACCOUNT));
        run(new DraftCommand.Finalise(DRAFT));
        assertThat(addressee(DRAFT)).isEmpty();
        assertThat(ports().invoices().find(access, DRAFT).get().invoice())
                .isInstanceOfSatisfying(
                        Invoice.Issued.class,
                        document -> assertThat(document.number().map(number -> number.text()))
                                .containsExactly("INV-000003"));
        assertClean(3);
    }

    /** A credit note is addressed as its document is by then. */
    @Test
    void documents_are_credited_and_taken_back_after_an_erasure() {
        run(new Erase(ACCOUNT, Option.some(NOBODY)));
        run(credit(OLD, "second note", "2"));
        run(new CreditCommand.Void(YOUNG, new InvoiceId("third note"), "because"));
        assertThat(addressee(new InvoiceId("second note"))).containsExactly(NOBODY);
        assertThat(addressee(new InvoiceId("third note"))).containsExactly(NOBODY);
        assertThat(all()).as("Nothing must come back").doesNotContain(PERSONAL);
        assertClean(3);
    }

    /** A correction is addressed as the account is by then. */
    @Test
    void months_are_corrected_after_an_erasure() {
        Product requests = new Product("requests", "usage", "request", new PerUnit(TEN), Option.some("requests"));
        ports().priceBooks()
                .put(
                        tenant,
                        PriceBook.of(
                                new PriceBookVersion("main", 1), TEN.currency(), Instant.EPOCH, Array.of(requests)));
        use("early");
        run(new MonthCommand.Bill(ACCOUNT, FEBRUARY, Terms.NONE));
        run(new DraftCommand.Finalise(MONTH));
        run(new Erase(ACCOUNT));
        use("late");
        Receipt receipt = run(new MonthCommand.Correct(ACCOUNT, FEBRUARY, Policy.OWN_DOCUMENT, Terms.NONE));
        assertThat(receipt.events()).as("The month must be corrected").isNotEmpty();
        assertThat(addressees()).as("Nothing must be addressed to anybody").isEmpty();
        assertClean(4);
    }

    private void assertClean(long erased) {
        Verification found = billing().verifyTenant().run(tenant);
        assertThat(found.findings()).as("Nothing must be found to be wrong").isEmpty();
        assertThat(found.erased())
                .as("So many documents must be known to be erased")
                .isEqualTo(erased);
    }

    // What happens

    private Billing billing() {
        return Billing.on(ports()).with(Standard.profile()).with(clock);
    }

    private Receipt run(Command command) {
        Either<BillingError, Receipt> result =
                billing().commands().run(access, new CommandKey("command " + ++keys), command);
        return result.getOrElseThrow(refused -> new AssertionError(command + ": " + refused.message()));
    }

    private void open(InvoiceId id) {
        LineItem line = LineItem.builder(new LineId("line"), "work", "service", OLD_ISSUED, Origin.Provided.of("line"))
                .quantity(BigDecimal.ONE, "piece")
                .price(TEN)
                .build();
        run(new DraftCommand.Open(id, ACCOUNT, Array.of(line)));
    }

    private void issue(InvoiceId id) {
        open(id);
        run(new DraftCommand.Finalise(id));
    }

    private static CreditCommand credit(InvoiceId id, String note, String amount) {
        return new CreditCommand.Credit(
                id,
                new InvoiceId(note),
                Array.of(new CreditCommand.Part.LineAmount(new LineId("line"), Money.of("USD", amount))),
                "because");
    }

    private void use(String id) {
        ports().usage()
                .record(
                        tenant,
                        Array.of(new UsageRecord(
                                new FactId(id),
                                ACCOUNT,
                                "requests",
                                BigDecimal.ONE,
                                Instant.parse("2024-02-10T00:00:00Z"),
                                HashMap.empty(),
                                clock.instant())));
    }

    // What there is

    private Map<InvoiceId, Stored> documents() {
        return ports().invoices()
                .search(access, InvoiceQuery.ALL, PageRequest.first(PageRequest.MAX_SIZE))
                .rows()
                .toMap(stored -> stored.invoice().head().id(), stored -> stored);
    }

    /** A document without whom it is addressed to, which revision it is and what it is sealed with. */
    private static Object books(Stored stored) {
        Head head = stored.invoice().head().addressedTo(Option.none());
        return stored.invoice() instanceof Invoice.Issued issued
                ? Array.of(
                        new Invoice.Issued(head, issued.figures(), issued.number(), issued.issuedAt()),
                        issued.seal().map(seal -> seal.content()),
                        standing(stored.standing()))
                : Array.of(head, stored.invoice().figures(), standing(stored.standing()));
    }

    /** But for its version, which tells others that something was erased. */
    private static Object standing(Standing standing) {
        return Array.of(
                standing.status(), standing.payments(), standing.refunds(), standing.shipment(), standing.tags());
    }

    private Seq<LineItem> lines(InvoiceId id) {
        return ports().invoices().lines(access, LineItemQuery.of(id), lines -> Array.ofAll(() -> lines));
    }

    private Statement statement() {
        return billing()
                .readStatement()
                .until(access, ACCOUNT, TEN.currency(), YOUNG_ISSUED.plusSeconds(1))
                .get();
    }

    private Option<Customer> addressee(InvoiceId id) {
        return documents().get(id).get().invoice().head().billedTo();
    }

    private Seq<Customer> addressees() {
        return documents().values().flatMap(stored -> stored.invoice().head().billedTo());
    }

    /** All that there is, in words. */
    private String all() {
        return Array.of(
                        documents(),
                        documents().keySet().toArray().map(this::lines),
                        ports().accounts().details(access, ACCOUNT),
                        ports().accounts().entries(access, ACCOUNT),
                        ports().outbox().undelivered(tenant, 1_000),
                        kept(tenant))
                .mkString("\n");
    }
}
