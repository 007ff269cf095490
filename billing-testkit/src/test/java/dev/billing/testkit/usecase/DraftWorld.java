package dev.billing.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.Plan;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that writes invoices by hand, on 10 March 2024 at noon. */
final class DraftWorld {

    static final TenantId TENANT = new TenantId("tenant");
    static final AccountId ACCOUNT = new AccountId("account");
    static final Access ACCESS = Access.toAll(TENANT);
    static final Instant NOW = Instant.parse("2024-03-10T12:00:00Z");

    private static final AtomicInteger KEYS = new AtomicInteger();

    final SettableClock clock;
    final FaultInjection faults;
    final Ports ports;
    private final Billing billing;

    DraftWorld() {
        this(Standard.profile());
    }

    DraftWorld(Profile profile) {
        this(profile, new FaultInjection());
    }

    private DraftWorld(Profile profile, FaultInjection faults) {
        this(profile, SettableClock.at(NOW.toString()), faults, faults.in(InMemoryPorts.create()));
    }

    private DraftWorld(Profile profile, SettableClock clock, FaultInjection faults, Ports ports) {
        this.clock = clock;
        this.faults = faults;
        this.ports = ports;
        this.billing = Billing.on(ports).with(profile).with(clock);
    }

    /** The same service under another profile. */
    DraftWorld under(Profile profile) {
        return new DraftWorld(profile, clock, faults, ports);
    }

    /** Under a key of its own, after a preview that must tell just what happens. */
    Either<BillingError, Receipt> run(Command command) {
        Either<BillingError, Plan> preview = preview(command);
        Either<BillingError, Receipt> receipt = run("key " + KEYS.incrementAndGet(), command);
        assertThat(receipt.map(done -> told(done.events())))
                .as("what %s does is what its preview says", command)
                .isEqualTo(preview.map(plan -> told(plan.events())));
        return receipt;
    }

    /** The number is given last. */
    private static Seq<Event> told(Seq<Event> events) {
        return events.map(event -> new Event(
                event.type(),
                event.account(),
                event.subject(),
                event.at(),
                event.data().remove(Event.NUMBER)));
    }

    Either<BillingError, Receipt> run(String key, Command command) {
        return billing.commands().run(ACCESS, new CommandKey(key), command);
    }

    Either<BillingError, Receipt> run(Access access, Command command) {
        return billing.commands().run(access, new CommandKey("key " + KEYS.incrementAndGet()), command);
    }

    Either<BillingError, Plan> preview(Command command) {
        return billing.commands().preview(ACCESS, command);
    }

    Receipt done(Command command) {
        return run(command).getOrElseThrow(refused -> new AssertionError("Refused: " + refused.message()));
    }

    BillingError refused(Command command) {
        Stored before = ports.invoices().find(ACCESS, idOf(command)).getOrNull();
        Either<BillingError, Receipt> result = run(command);
        assertThat(result.isLeft()).as("%s must be refused", command).isTrue();
        assertThat(ports.invoices().find(ACCESS, idOf(command)).getOrNull()).isEqualTo(before);
        return result.getLeft();
    }

    private static InvoiceId idOf(Command command) {
        return command instanceof DraftCommand draft ? draft.invoice() : ((CreditCommand) command).invoice();
    }

    /** A draft that was made final. */
    Stored issued(String invoice, LineItem... lines) {
        done(open(invoice, lines));
        done(new DraftCommand.Finalise(id(invoice)));
        return stored(invoice);
    }

    static DraftCommand.Open open(String invoice, LineItem... lines) {
        return new DraftCommand.Open(id(invoice), ACCOUNT, Array.of(lines));
    }

    static InvoiceId id(String value) {
        return new InvoiceId(value);
    }

    static LineId lineId(String value) {
        return new LineId(value);
    }

    /** One unit. */
    static LineItem line(String id, String net, String tax) {
        return lineOf(id).price(usd(net)).tax(usd(tax)).build();
    }

    static LineItem line(String id, String net) {
        return lineOf(id).price(usd(net)).build();
    }

    static LineItem.Builder lineOf(String id) {
        return LineItem.builder(lineId(id), "work", "service", NOW, Origin.Provided.of(id))
                .quantity(BigDecimal.ONE, "piece");
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }

    Stored stored(String invoice) {
        return ports.invoices().find(ACCESS, id(invoice)).get();
    }

    Figures figures(String invoice) {
        return stored(invoice).invoice().figures();
    }

    long revision(String invoice) {
        return ((Invoice.Running) stored(invoice).invoice()).revision();
    }

    InvoiceStatus status(String invoice) {
        return stored(invoice).standing().status();
    }

    Seq<LineItem> lines(String invoice) {
        return ports.invoices().lines(ACCESS, LineItemQuery.of(id(invoice)), lines -> Array.ofAll(() -> lines));
    }

    Account account() {
        return account(ACCOUNT);
    }

    Account account(AccountId id) {
        return Account.of(id, ports.accounts().entries(ACCESS, id));
    }

    static Seq<String> types(Receipt receipt) {
        return receipt.events().map(Event::type);
    }
}
