package dev.billing.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Event;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.Plan;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** A service with documents that are to be paid, on 10 March 2024 at noon; each one, and each command, a second after the one before. */
final class PaymentWorld {

    static final TenantId TENANT = new TenantId("tenant");
    static final AccountId ACCOUNT = new AccountId("account");
    static final AccountId OTHER = new AccountId("other account");
    static final Access ACCESS = Access.to(TENANT, ACCOUNT);
    static final CurrencyUnit USD = Monetary.getCurrency("USD");
    static final Instant NOON = Instant.parse("2024-03-10T12:00:00Z");

    final SettableClock clock = new SettableClock(NOON);
    final FaultInjection faults = new FaultInjection();
    final Ports ports = faults.in(InMemoryPorts.create());
    final Billing billing;
    private int keys;

    PaymentWorld() {
        this(Standard.profile());
    }

    PaymentWorld(Profile profile) {
        billing = Billing.on(ports).with(profile).with(clock);
    }

    /** Documents that are closed and charged: {@code a 10.00, b 5.00}. */
    PaymentWorld issued(String documents) {
        Array.of(documents.split(", ", -1))
                .map(document -> document.split(" ", -1))
                .forEach(document -> issue(document[0], usd(document[1]), InvoiceStatus.CLOSED, ACCOUNT));
        return this;
    }

    void issue(String id, Money due, InvoiceStatus status, AccountId debtor) {
        Head head = Head.of(
                id(id),
                billing.profile().name(),
                ACCOUNT,
                Period.of(NOON.minusSeconds(60), NOON),
                due.currency(),
                clock.instant());
        Head owed =
                debtor.equals(ACCOUNT) ? head : head.with(head.attributes().put("payer", Attribute.of(debtor.value())));
        commit(
                new Write.Issue(
                        new Invoice.Preview(owed, Figures.NONE, clock.instant()), Array.empty(), Option.none(), status),
                entering(debtor, new Movement.Charged(id(id), due)));
    }

    /** A credit note of a document that is worth something. */
    void credit(String id, String document, Money worth) {
        Head head = Head.of(
                id(id),
                billing.profile().name(),
                ACCOUNT,
                Period.of(NOON.minusSeconds(60), NOON),
                worth.currency(),
                clock.instant());
        Head crediting = head.with(head.attributes().put("credited document", Attribute.of(document)));
        commit(
                new Write.Issue(
                        new Invoice.Preview(crediting, Figures.NONE, clock.instant()),
                        Array.empty(),
                        Option.none(),
                        InvoiceStatus.FREE),
                entering(ACCOUNT, new Movement.Received(Source.creditNote(id(id)), worth)));
    }

    /** A document's standing becomes what no command makes of it here. */
    void stand(String id, InvoiceStatus status) {
        commit(new Write.Stand(standing(id).becoming(status, clock.instant())));
    }

    void enter(Movement... movements) {
        commit(entering(ACCOUNT, movements));
    }

    private Write entering(AccountId account, Movement... movements) {
        return new Write.Enter(account, Option.none(), clock.instant(), Array.of(movements));
    }

    private void commit(Write... writes) {
        CommandKey key = new CommandKey("commit " + ++keys);
        ports.invoices().commit(TENANT, Commit.of(key, "test", writes)).get();
        clock.advance(Duration.ofSeconds(1));
    }

    /** Under a key of its own, after a preview that must tell just what happens. */
    Either<BillingError, Receipt> run(PaymentCommand command) {
        return run(ACCESS, command);
    }

    Either<BillingError, Receipt> run(Access access, PaymentCommand command) {
        Either<BillingError, Plan> preview = billing.commands().preview(access, command);
        Either<BillingError, Receipt> receipt =
                billing.commands().run(access, new CommandKey("key " + ++keys), command);
        assertThat(receipt.map(Receipt::events))
                .as("what %s does is what its preview says", command)
                .isEqualTo(preview.map(Plan::events));
        clock.advance(Duration.ofSeconds(1));
        return receipt;
    }

    Either<BillingError, Receipt> run(String key, PaymentCommand command) {
        return billing.commands().run(ACCESS, new CommandKey(key), command);
    }

    /** What a command tells, such as {@code payment.received p USD 10.00}. */
    Seq<String> done(PaymentCommand command) {
        return run(command)
                .getOrElseThrow(refused -> new AssertionError("Refused: " + refused.message()))
                .events()
                .map(PaymentWorld::text);
    }

    BillingError refused(PaymentCommand command) {
        Account before = account();
        Either<BillingError, Receipt> result = run(command);
        assertThat(result.isLeft()).as("%s must be refused", command).isTrue();
        assertThat(account()).as("%s must change nothing", command).isEqualTo(before);
        return result.getLeft();
    }

    static String text(Event event) {
        Map<String, String> data = event.data();
        return event.type() + " " + event.subject()
                + data.get("amount").map(amount -> " " + amount).getOrElse("")
                + data.get("document").map(document -> " on " + document).getOrElse("")
                + data.get("status").map(status -> " " + status).getOrElse("")
                + data.get("reason").map(reason -> ": " + reason).getOrElse("");
    }

    static PaymentCommand.Receive receive(String payment, String amount, PaymentCommand.Allocation to) {
        return new PaymentCommand.Receive(ACCOUNT, payment, usd(amount), to);
    }

    static PaymentCommand.Receive receive(String payment, String amount) {
        return receive(payment, amount, new PaymentCommand.Allocation.OldestFirst());
    }

    static PaymentCommand.Refund refund(String payment, String refund, String amount) {
        return new PaymentCommand.Refund(ACCOUNT, Source.payment(payment), refund, usd(amount), Option.none());
    }

    static PaymentCommand.ChargeBack chargeBack(String payment, String chargeBack, String amount) {
        return new PaymentCommand.ChargeBack(ACCOUNT, payment, chargeBack, usd(amount), Option.some("stolen card"));
    }

    static PaymentCommand.Fail fail(String document, String payment, String amount) {
        return new PaymentCommand.Fail(id(document), payment, usd(amount), Option.some("declined"));
    }

    static PaymentCommand.Forgive forgive(String document) {
        return new PaymentCommand.Forgive(id(document), Option.some("goodwill"));
    }

    static PaymentCommand.WriteOff writeOff(String document) {
        return new PaymentCommand.WriteOff(id(document), Option.some("bankrupt"));
    }

    /** Such as {@code a 10.00, b 5.00}. */
    static PaymentCommand.Allocation to(String documents) {
        return new PaymentCommand.Allocation.To(Array.of(documents.split(", ", -1))
                .map(document -> document.split(" ", -1))
                .foldLeft(LinkedHashMap.empty(), (map, part) -> map.put(id(part[0]), usd(part[1]))));
    }

    static InvoiceId id(String value) {
        return new InvoiceId(value);
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }

    Standing standing(String id) {
        return ports.invoices().find(Access.toAll(TENANT), id(id)).get().standing();
    }

    InvoiceStatus status(String id) {
        return standing(id).status();
    }

    /** What was paid on a document, and given back of that: {@code p 10.00, q 5.00 - p 2.00}. */
    String payments(String id) {
        Standing standing = standing(id);
        String paid = standing.payments()
                .map(payment -> payment.id() + " " + payment.paid().amount())
                .mkString(", ");
        String back = standing.refunds()
                .map(refund -> refund.paymentId() + " " + refund.amount().amount())
                .mkString(", ");
        return back.isEmpty() ? paid : paid + " - " + back;
    }

    Account account() {
        return account(ACCOUNT);
    }

    Account account(AccountId id) {
        return Account.of(id, ports.accounts().entries(Access.toAll(TENANT), id));
    }

    /** What is open on a document. */
    String open(String id) {
        return account().items().get(id(id)).get().open().amount().toPlainString();
    }

    String free() {
        return account().free(USD).amount().toPlainString();
    }
}
