package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.port.Access;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.PaymentGateway;
import dev.billing.port.PaymentGateway.Demand;
import dev.billing.port.PaymentGateway.Outcome;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import io.vavr.collection.HashMap;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Asks a gateway for what is open on documents, and records what becomes of it. As a sink of {@link DeliverEvents} it does so for each
 * document that becomes final; whoever wants to try again does so under the name of another attempt.
 * <p>
 * An attempt moves money once and is recorded once, wherever it is interrupted: the gateway gives its first outcome again, and the command
 * that records it has the attempt as its key.
 */
public final class CollectPayments implements DeliverEvents.Sink {

    /** Of what a document is tried to be collected by first. */
    public static final String FIRST = "first";

    private static final String FINALISED = "invoice.finalised";

    private final Ports ports;
    private final Commands commands;
    private final TenantId tenant;
    private final Access access;
    private final PaymentGateway gateway;

    /** Collects what is owed in a tenant. */
    public CollectPayments(Ports ports, Commands commands, TenantId tenant, PaymentGateway gateway) {
        this.ports = requireNonNull(ports, "ports");
        this.commands = requireNonNull(commands, "commands");
        this.tenant = requireNonNull(tenant, "tenant");
        this.access = Access.toAll(tenant);
        this.gateway = requireNonNull(gateway, "gateway");
    }

    /**
     * Asks for what is open on a document that became final; other events are passed over.
     *
     * @throws IllegalStateException if what became of it is not recorded
     */
    @Override
    public void take(Published published) {
        Event event = published.event();
        if (event.type().equals(FINALISED)) {
            collect(new InvoiceId(event.subject()), FIRST)
                    .getOrElseThrow(refused -> new IllegalStateException(refused.message()));
        }
    }

    /**
     * Asks for what is open on a document now.
     *
     * @param attempt names it among those of the document: the same one has one effect, however often it is made
     * @return what was recorded; none if nothing is open, or the gateway will tell later
     */
    public Either<BillingError, Option<Receipt>> collect(InvoiceId document, String attempt) {
        // a digest, because a key has no more room than an id may take
        CommandKey key = new CommandKey("collect/" + Fingerprint.of(document, attempt));
        Option<Answer> known = ports.invoices().answer(tenant, key);
        return known.isDefined()
                ? Either.right(known.map(Answer::receipt))
                : debtor(document).flatMap(account -> collect(key, account, document));
    }

    private Either<BillingError, AccountId> debtor(InvoiceId document) {
        return ports.invoices()
                .find(access, document)
                .map(stored -> Debtor.of(stored.invoice().head()))
                .toEither(() -> new CommandRefused.UnknownInvoice(document));
    }

    private Either<BillingError, Option<Receipt>> collect(CommandKey key, AccountId account, InvoiceId document) {
        return open(account, document)
                .map(open -> new Demand(key.value(), account, document, open))
                .map(demand -> record(key, demand, gateway.collect(tenant, demand)))
                .map(recorded -> recorded.orElse(() -> byOther(key, recorded)))
                .getOrElse(() -> Either.right(Option.none()));
    }

    /** Whoever makes the same attempt at the same time may have recorded it with what was open then. */
    private Either<BillingError, Option<Receipt>> byOther(
            CommandKey key, Either<BillingError, Option<Receipt>> refused) {
        return ports.invoices()
                .answer(tenant, key)
                .<Either<BillingError, Option<Receipt>>>map(known -> Either.right(Option.some(known.receipt())))
                .getOrElse(refused);
    }

    private Option<Money> open(AccountId account, InvoiceId document) {
        return Account.of(account, ports.accounts().entries(access, account))
                .items()
                .get(document)
                .map(Account.Item::open)
                .filter(Money::isPositive);
    }

    private Either<BillingError, Option<Receipt>> record(CommandKey key, Demand demand, Outcome outcome) {
        if (outcome instanceof Outcome.Collected collected) {
            return received(key, demand, collected).map(Option::some);
        }
        return outcome instanceof Outcome.Declined declined
                ? commands.run(
                                access,
                                key,
                                new PaymentCommand.Fail(
                                        demand.document(),
                                        declined.payment(),
                                        demand.amount(),
                                        Option.some(declined.reason())))
                        .map(Option::some)
                : Either.right(Option.none());
    }

    /** What is open may have become less while the gateway was asked; what is left over is credit then, and no money is forgotten. */
    private Either<BillingError, Receipt> received(CommandKey key, Demand demand, Outcome.Collected collected) {
        Option<Money> open = open(demand.account(), demand.document());
        PaymentCommand receive = new PaymentCommand.Receive(
                demand.account(), collected.payment(), collected.amount(), allocation(demand, collected, open));
        Either<BillingError, Receipt> done = commands.run(access, key, receive);
        return done.isLeft() && !open.equals(open(demand.account(), demand.document()))
                ? received(key, demand, collected)
                : done;
    }

    private static PaymentCommand.Allocation allocation(
            Demand demand, Outcome.Collected collected, Option<Money> open) {
        return open.<PaymentCommand.Allocation>map(most -> new PaymentCommand.Allocation.To(
                        HashMap.of(demand.document(), collected.amount().atMost(most))))
                .getOrElse(PaymentCommand.Allocation.Nothing::new);
    }
}
