package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.LifeCycle;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.tax.CreditableLine;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.Write;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Plans what a {@link CreditCommand} does: a credit note, which is final at once, and what it is {@linkplain CreditWorth worth} on the
 * account.
 */
final class CreditPlanner {

    private final Planning planning;
    private final Profile profile;

    CreditPlanner(Planning planning) {
        this.planning = planning;
        this.profile = planning.profile();
    }

    Either<BillingError, Plan> plan(CreditCommand command) {
        return planning.issued(command.invoice())
                .flatMap(document -> creditable(document, command.note()))
                .flatMap(document -> planning.account(
                                Debtor.of(document.invoice().head()))
                        .flatMap(account -> charged(document, account))
                        .flatMap(account -> plan(document, account, command)));
    }

    private Either<BillingError, Planning.Final> creditable(Planning.Final document, InvoiceId note) {
        Head head = document.invoice().head();
        if (!head.profile().equals(profile.name())) {
            return Either.left(new CreditRefused.OtherProfile(head.id(), profile.name(), head.profile()));
        }
        if (CreditNotes.credited(head).isDefined()) {
            return Either.left(new CreditRefused.OfCreditNote(head.id()));
        }
        if (due(document.invoice()).isEmpty()) {
            return Either.left(new CreditRefused.NotOwed(head.id()));
        }
        return exists(note) ? Either.left(new CreditRefused.AlreadyExists(note)) : Either.right(document);
    }

    private Option<Money> due(Invoice document) {
        return profile.invoicing().due(document.figures());
    }

    /** In all of the tenant, as its documents share their ids. */
    private boolean exists(InvoiceId id) {
        return planning.ports()
                .invoices()
                .find(Access.toAll(planning.access().tenant()), id)
                .isDefined();
    }

    private Either<BillingError, Account> charged(Planning.Final document, Account account) {
        InvoiceId id = document.invoice().head().id();
        return due(document.invoice())
                .filter(due -> due.isPositive() && !account.items().containsKey(id))
                .<Either<BillingError, Account>>map(
                        due -> Either.left(new CreditRefused.NotCharged(id, account.id(), due)))
                .getOrElse(() -> Either.right(account));
    }

    private Either<BillingError, Plan> plan(Planning.Final document, Account account, CreditCommand command) {
        Seq<CreditableLine> left =
                new CreditNotes(planning.ports().invoices()).left(planning.access(), document.invoice());
        Crediting crediting = new Crediting(
                document.invoice().head().id(), document.invoice().head().currency(), profile.rounding(), left);
        return command instanceof CreditCommand.Credit credit
                ? crediting
                        .give(credit.parts())
                        .flatMap(given -> worthy(command.invoice(), given, crediting.rest()))
                        .flatMap(given -> note(document, account, command, credit.reason(), given, crediting.rest()))
                : annul(document, account, (CreditCommand.Void) command, crediting);
    }

    private static Either<BillingError, Crediting> worthy(InvoiceId invoice, Crediting given, Money left) {
        if (!given.total().isPositive()) {
            return Either.left(new CreditRefused.GivesNothing(invoice, given.total()));
        }
        return given.total().compareTo(left) > 0
                ? Either.left(new CreditRefused.MoreThanLeft(invoice, given.total(), left))
                : Either.right(given);
    }

    private Either<BillingError, Plan> annul(
            Planning.Final document, Account account, CreditCommand.Void command, Crediting crediting) {
        Standing standing = document.stored().standing();
        if (!mayBeVoid(standing) && !isVoidAndLeft(standing, crediting)) {
            return Either.left(
                    new CommandRefused.StatusForbids(standing.invoice(), standing.status(), InvoiceStatus.VOID));
        }
        Option<InvoiceId> by = correctedBy(document);
        if (by.isDefined()) {
            return Either.left(new CreditRefused.Corrected(command.invoice(), by.get()));
        }
        Money left = crediting.rest();
        return left.isNegative()
                ? Either.left(new CreditRefused.GivesNothing(command.invoice(), left))
                : note(document, account, command, command.reason(), crediting.giveRest(), left);
    }

    /** What lowered a void document may have been taken back after it, so that something of it is left again. */
    private static boolean isVoidAndLeft(Standing standing, Crediting crediting) {
        return standing.status() == InvoiceStatus.VOID && !crediting.isAll();
    }

    private Option<InvoiceId> correctedBy(Planning.Final document) {
        return new CreditNotes(planning.ports().invoices())
                .correctedBy(planning.access(), document.invoice().head());
    }

    private boolean mayBeVoid(Standing standing) {
        LifeCycle lifeCycle = profile.invoicing().lifeCycle();
        return lifeCycle.allows(standing.status(), InvoiceStatus.VOID);
    }

    private Either<BillingError, Plan> note(
            Planning.Final document,
            Account account,
            CreditCommand command,
            String reason,
            Crediting given,
            Money left) {
        Head head = head(document.invoice().head(), command.note(), reason);
        return Numbering.series(profile.invoicing().creditNotes(), head, planning.now())
                .flatMap(series -> effect(document, account, head, given, left)
                        .map(effect -> given.given().isEmpty()
                                ? effect
                                : noted(
                                        document,
                                        given,
                                        issued(document, head, reason, given, series)
                                                .and(effect))));
    }

    /** What it was of, as it was; not its period, which is billed once. Nobody is addressed after they were erased. */
    private Head head(Head invoice, InvoiceId note, String reason) {
        planning.details(invoice.account());
        return new Head(
                note,
                invoice.profile(),
                invoice.account(),
                invoice.owner(),
                invoice.subject(),
                Option.none(),
                invoice.places(),
                invoice.billedTo(),
                invoice.currency(),
                planning.now(),
                invoice.attributes()
                        .put(CreditNotes.CREDITED, Attribute.of(invoice.id().value()))
                        .put(CreditNotes.REASON, Attribute.of(reason)));
    }

    private Plan issued(Planning.Final document, Head head, String reason, Crediting given, Option<Series> series) {
        Seq<LineItem> lines = given.given().map(part -> line(document.invoice(), part._1, part._2));
        Invoice.Preview note = new Invoice.Preview(
                head, new DraftFigures(profile).ofCreditNote(lines, head.currency()), planning.now());
        Event event = Event.of("credit_note.issued", head.account(), head.id().value(), planning.now())
                .with("document", document.invoice().head().id())
                .with("amount", given.total().amount().toPlainString())
                .with("currency", head.currency())
                .with("reason", reason);
        return Plan.of(new Write.Issue(note, lines, series, InvoiceStatus.FREE), event);
    }

    /** What is given back changes what is left of the document, and of the months that its lines correct. */
    private Plan noted(Planning.Final document, Crediting given, Plan plan) {
        return given.given()
                .flatMap(part -> Corrections.month(part._1.line()))
                .distinct()
                .flatMap(month -> planning.ports()
                        .invoices()
                        .find(Access.toAll(planning.access().tenant()), month))
                .append(document.stored())
                .foldLeft(plan, (noted, stored) -> Corrections.noted(noted, stored.standing(), planning.now()));
    }

    private LineItem line(Invoice.Issued invoice, CreditableLine credited, CreditableLine.Part part) {
        LineItem line = credited.line();
        LineItem.Builder builder = LineItem.builder(
                        line.id(),
                        line.sku(),
                        line.category(),
                        planning.now(),
                        CreditNotes.origin(invoice.head().id()))
                .position(line.position())
                .description(line.description())
                .quantity(part.quantity().negate(), line.unit())
                .unitPrice(line.unitPrice())
                .share(line.share())
                .basis(line.basis())
                .price(part.net().negated())
                .tax(Option.some(part.tax().negated()).filter(tax -> line.tax().isDefined() || !tax.isZero()))
                .places(line.places())
                .tags(line.tags());
        line.tier().forEach(builder::tier);
        line.period().forEach(builder::period);
        line.existence().forEach(builder::existence);
        return builder.build();
    }

    /** What it is worth, and what comes of the document that it credits. */
    private Either<BillingError, Plan> effect(
            Planning.Final document, Account account, Head note, Crediting given, Money left) {
        CreditWorth worth = new CreditWorth(planning, document.invoice(), left);
        Settling settling =
                worth.pay(Settling.of(planning, account).knowing(document.stored()), note.id(), given.total());
        boolean isVoid = given.isAll()
                && mayBeVoid(document.stored().standing())
                && correctedBy(document).isEmpty();
        return (isVoid ? settle(settling, document) : Either.<BillingError, Settling>right(settling))
                .flatMap(settled -> worth.comeBack(note.id(), given.total()).map(settled.plan()::and));
    }

    private Either<BillingError, Settling> settle(Settling settling, Planning.Final document) {
        Head head = document.invoice().head();
        return settling.become(head.id(), InvoiceStatus.VOID)
                .map(done -> done.tell(
                        Event.of("invoice.voided", head.account(), head.id().value(), planning.now())));
    }
}
