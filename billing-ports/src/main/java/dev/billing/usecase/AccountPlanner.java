package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneId;
import javax.money.CurrencyUnit;

/** Plans what a {@link AccountCommand} does. */
final class AccountPlanner {

    private final Planning planning;

    AccountPlanner(Planning planning) {
        this.planning = planning;
    }

    Either<BillingError, Plan> plan(AccountCommand command) {
        if (command instanceof AccountCommand.Describe describe) {
            return describe(describe.details());
        }
        if (command instanceof AccountCommand.Grant grant) {
            return grant(grant);
        }
        if (command instanceof AccountCommand.Park park) {
            return park(park);
        }
        return command instanceof AccountCommand.Resume resume ? resume(resume) : erase((AccountCommand.Erase) command);
    }

    private Either<BillingError, Plan> describe(AccountDetails details) {
        AccountId account = details.account();
        if (!planning.access().sees(account)) {
            return Either.left(new CommandRefused.NoAccess(account));
        }
        Option<AccountDetails> known = planning.details(account);
        return refusal(details, known)
                .<Either<BillingError, Plan>>map(Either::left)
                .getOrElse(() -> Either.right(Plan.of(
                        new Write.Describe(details),
                        event("account.described", account).with("version", details.version()))));
    }

    private Option<BillingError> refusal(AccountDetails details, Option<AccountDetails> known) {
        long next = known.map(AccountDetails::version).getOrElse(0L) + 1;
        if (details.version() != next) {
            return Option.some(new AccountRefused.StaleDetails(details.account(), details.version(), next));
        }
        Option<String> reserved = details.attributes().keySet().find(Reserved::isAttribute);
        if (reserved.isDefined()) {
            return Option.some(new AccountRefused.ReservedAttribute(details.account(), reserved.get()));
        }
        return details.payer()
                .flatMap(payer -> refusedPayer(details.account(), payer.account()))
                .orElse(() -> zoneInUse(details, known.flatMap(AccountDetails::zone)));
    }

    private Option<BillingError> refusedPayer(AccountId account, AccountId payer) {
        if (!planning.access().sees(payer)) {
            return Option.some(new CommandRefused.NoAccess(payer));
        }
        Payers payers =
                new Payers(planning.ports().accounts(), planning.access().tenant(), planning::details);
        return Option.when(payers.chain(payer).contains(account), () -> new AccountRefused.PayerCycle(account, payer));
    }

    /** Months of two zones overlap, or leave hours between them that nobody bills. */
    private Option<BillingError> zoneInUse(AccountDetails details, Option<ZoneId> known) {
        ZoneId zone = details.zone().getOrElse(ownZone());
        return known.getOrElse(ownZone()).equals(zone)
                ? Option.none()
                : anyDocument(details.account())
                        .map(found -> new AccountRefused.ZoneInUse(details.account(), zone, found));
    }

    private ZoneId ownZone() {
        return planning.profile().calendar().zone();
    }

    private Option<InvoiceId> anyDocument(AccountId account) {
        return planning.ports()
                .invoices()
                .search(
                        planning.access(),
                        InvoiceQuery.of(new InvoiceCondition.StartsFrom(Instant.EPOCH))
                                .of(account),
                        PageRequest.first(1))
                .rows()
                .headOption()
                .map(stored -> stored.invoice().head().id());
    }

    private Either<BillingError, Plan> grant(AccountCommand.Grant command) {
        CreditGrant grant = command.grant();
        return planning.account(command.account())
                .flatMap(account -> refused(account, grant)
                        .<Either<BillingError, Plan>>map(Either::left)
                        .getOrElse(() -> Either.right(entering(
                                account,
                                new Movement.Granted(grant),
                                event("credit.granted", account.id())
                                        .with("grant", grant.id())
                                        .with("amount", grant.available())))));
    }

    private Option<BillingError> refused(Account account, CreditGrant grant) {
        if (account.grants().containsKey(grant.id())) {
            return Option.some(new AccountRefused.DuplicateGrant(account.id(), grant.id()));
        }
        CurrencyUnit given = grant.available().currency();
        CurrencyUnit billed = MonthParties.profile(planning.profile(), planning.details(account.id()))
                .currency();
        return Option.when(
                !given.equals(billed),
                () -> new AccountRefused.GrantInOtherCurrency(account.id(), grant.id(), given, billed));
    }

    private Either<BillingError, Plan> park(AccountCommand.Park command) {
        return planning.account(command.account())
                .flatMap(account -> account.parking()
                        .<Either<BillingError, Plan>>map(
                                parked -> Either.left(new AccountRefused.AlreadyParked(account.id(), parked.reason())))
                        .getOrElse(() -> Either.right(entering(
                                account,
                                new Movement.Parked(command.reason(), command.release()),
                                event("account.parked", account.id())
                                        .with("reason", command.reason())
                                        .with("release", command.release())))));
    }

    private Either<BillingError, Plan> resume(AccountCommand.Resume command) {
        return planning.account(command.account())
                .flatMap(account -> account.parking().isEmpty()
                        ? Either.left(new AccountRefused.NotParked(account.id()))
                        : Either.right(entering(
                                account,
                                new Movement.Resumed(command.note()),
                                event("account.resumed", account.id()).with("note", command.note()))));
    }

    private Plan entering(Account account, Movement movement, Event event) {
        return Plan.of(planning.enter(account, Array.of(movement)), event);
    }

    private Either<BillingError, Plan> erase(AccountCommand.Erase command) {
        AccountId account = command.account();
        if (!planning.access().sees(account)) {
            return Either.left(new CommandRefused.NoAccess(account));
        }
        Seq<Stored> addressed = addressed(account).filter(stored -> isErased(stored.invoice(), command));
        Option<AccountDetails> details =
                planning.details(account).filter(known -> isPersonal(known, command.replacement()));
        return Either.right(
                details.isEmpty() && addressed.isEmpty()
                        ? Plan.NOTHING
                        : details.toArray()
                                .map(known -> erased(known, command.replacement()))
                                .appendAll(addressed.map(stored -> erased(stored, command.replacement())))
                                .foldLeft(Plan.NOTHING, Plan::and)
                                .and(new Plan(
                                        Array.empty(),
                                        Array.of(event("account.erased", account)
                                                .with("documents", addressed.length())))));
    }

    /** Whether a document shows somebody else than it is to show, and nobody has to keep it as it is. */
    private static boolean isErased(Invoice document, AccountCommand.Erase command) {
        Option<Customer> shown = document.head().billedTo();
        return !shown.equals(instead(shown, command.replacement())) && !isRetained(document, command.retainedFrom());
    }

    private static boolean isRetained(Invoice document, Option<Instant> from) {
        return document instanceof Invoice.Issued issued
                && from.exists(first -> !issued.issuedAt().isBefore(first));
    }

    private static boolean isPersonal(AccountDetails details, Option<Customer> replacement) {
        return !details.customer().equals(instead(details.customer(), replacement))
                || details.contacts().nonEmpty()
                || details.taxIds().nonEmpty();
    }

    /** Where nobody was shown, nobody is to be replaced. */
    private static Option<Customer> instead(Option<Customer> shown, Option<Customer> replacement) {
        return shown.flatMap(gone -> replacement);
    }

    private Plan erased(AccountDetails details, Option<Customer> replacement) {
        return Plan.of(new Write.Describe(new AccountDetails(
                details.account(),
                details.version() + 1,
                instead(details.customer(), replacement),
                Array.empty(),
                Array.empty(),
                details.zone(),
                details.currency(),
                details.payer(),
                details.places(),
                details.attributes(),
                planning.now())));
    }

    private Plan erased(Stored stored, Option<Customer> replacement) {
        Head head = stored.invoice().head();
        return stored.invoice() instanceof Invoice.Running running
                ? Plan.of(
                        new Write.Revise(
                                new Invoice.Running(
                                        head.addressedTo(replacement),
                                        running.figures(),
                                        running.revision() + 1,
                                        planning.now()),
                                Array.empty(),
                                Change.ADD_LINES),
                        Event.of("invoice.updated", head.account(), head.id().value(), planning.now())
                                .with("revision", running.revision() + 1))
                : Plan.of(new Write.Erase(head.id(), replacement))
                        // so that no credit note of it that was planned before shows who it was addressed to
                        .and(Plan.of(new Write.Stand(
                                stored.standing().becoming(stored.standing().status(), planning.now()))));
    }

    /** All documents of an account that are addressed to somebody. */
    private Seq<Stored> addressed(AccountId account) {
        // a draft is written back as it is, with what it costs
        Access access = new Access(planning.access().tenant(), planning.access().accounts(), Option.none());
        Seq<Stored> all = Vector.empty();
        Page<Stored> page;
        do {
            page = planning.ports()
                    .invoices()
                    .search(access, InvoiceQuery.ALL.of(account), new PageRequest(all.size(), PageRequest.MAX_SIZE));
            all = all.appendAll(page.rows());
        } while (page.rows().nonEmpty() && all.size() < page.total());
        return all.filter(stored -> stored.invoice().head().billedTo().isDefined());
    }

    private Event event(String type, AccountId account) {
        return Event.of(type, account, account.value(), planning.now());
    }
}
