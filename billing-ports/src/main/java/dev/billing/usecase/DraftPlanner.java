package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Settlement;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Plans what a {@link DraftCommand} does. Every change of a draft is its next revision, also where only its status changes, so that of
 * two changes made from one revision only one takes effect.
 */
final class DraftPlanner {

    private final Planning planning;
    private final Profile profile;
    private final DraftFigures figures;

    DraftPlanner(Planning planning) {
        // what is written back must be what is stored, also where the caller must not see what things cost
        Access access = new Access(planning.access().tenant(), planning.access().accounts(), Option.none());
        this.planning = planning.through(access);
        this.profile = planning.profile();
        this.figures = new DraftFigures(profile);
    }

    Either<BillingError, Plan> plan(DraftCommand command) {
        if (command instanceof DraftCommand.Open open) {
            return open(open);
        }
        return planning.draft(command.invoice()).flatMap(this::ofProfile).flatMap(draft -> plan(draft, command));
    }

    private Either<BillingError, Plan> plan(Planning.Draft draft, DraftCommand command) {
        if (command instanceof DraftCommand.AddLines add) {
            return change(draft, add.revision()).flatMap(same -> add(draft.invoice(), add.lines()));
        }
        if (command instanceof DraftCommand.RemoveLines remove) {
            return change(draft, remove.revision()).flatMap(same -> remove(draft.invoice(), remove.lines()));
        }
        DraftCommand.Step step = (DraftCommand.Step) command;
        return step.revision()
                .map(revision -> asSeen(draft, revision))
                .getOrElse(() -> Either.right(draft))
                .flatMap(same -> take(same, step));
    }

    private Either<BillingError, Plan> take(Planning.Draft draft, DraftCommand.Step step) {
        if (step instanceof DraftCommand.Review) {
            return become(draft, InvoiceStatus.IN_REVIEW, "invoice.reviewed");
        }
        if (step instanceof DraftCommand.SendBack) {
            return become(draft, InvoiceStatus.PENDING, "invoice.sent_back");
        }
        return step instanceof DraftCommand.Drop
                ? become(draft, InvoiceStatus.VOID, "invoice.dropped")
                : finalise(draft);
    }

    private Either<BillingError, Planning.Draft> ofProfile(Planning.Draft draft) {
        Head head = draft.invoice().head();
        return head.profile().equals(profile.name())
                ? Either.right(draft)
                : Either.left(new DraftRefused.OtherProfile(head.id(), profile.name(), head.profile()));
    }

    // Open

    private Either<BillingError, Plan> open(DraftCommand.Open open) {
        if (!planning.access().sees(open.account())) {
            return Either.left(new CommandRefused.NoAccess(open.account()));
        }
        if (exists(open.invoice())) {
            return Either.left(new DraftRefused.AlreadyExists(open.invoice()));
        }
        Option<String> reserved = open.attributes().keySet().find(Reserved::isAttribute);
        if (reserved.isDefined()) {
            return Either.left(new DraftRefused.ReservedAttribute(open.invoice(), reserved.get()));
        }
        Head head = head(open);
        return fit(head, open.lines()).map(lines -> {
            Seq<LineItem> placed = placed(lines, 0);
            Invoice.Running first = new Invoice.Running(head, figures.of(placed, head.currency()), 1, planning.now());
            return Plan.of(
                    new Write.Revise(first, placed, Write.Revise.Change.ADD_LINES), event("invoice.created", first));
        });
    }

    /** In all of the tenant, as its documents share their ids. */
    private boolean exists(InvoiceId id) {
        return planning.ports()
                .invoices()
                .find(Access.toAll(planning.access().tenant()), id)
                .isDefined();
    }

    private Head head(DraftCommand.Open open) {
        Option<AccountDetails> details = planning.details(open.account());
        return new Head(
                open.invoice(),
                profile.name(),
                open.account(),
                open.account(),
                Option.none(),
                open.period(),
                details.map(known -> open.places().merge(known.places())).getOrElse(open.places()),
                details.flatMap(AccountDetails::addressee),
                details.flatMap(AccountDetails::currency).getOrElse(profile.currency()),
                planning.now(),
                details.map(known -> open.attributes().merge(known.attributes()))
                        .getOrElse(open.attributes()));
    }

    // Lines

    private Either<BillingError, Planning.Draft> change(Planning.Draft draft, long revision) {
        InvoiceId id = draft.invoice().head().id();
        InvoiceStatus status = draft.stored().standing().status();
        if (status == InvoiceStatus.VOID) {
            return Either.left(new DraftRefused.Dropped(id));
        }
        if (status == InvoiceStatus.IN_REVIEW) {
            return Either.left(new DraftRefused.InReview(id));
        }
        return asSeen(draft, revision);
    }

    private static Either<BillingError, Planning.Draft> asSeen(Planning.Draft draft, long revision) {
        Invoice.Running latest = draft.invoice();
        return revision == latest.revision()
                ? Either.right(draft)
                : Either.left(new DraftRefused.Stale(latest.head().id(), revision, latest.revision()));
    }

    private Either<BillingError, Plan> add(Invoice.Running draft, Seq<LineItem> lines) {
        Head head = draft.head();
        return named(head.id(), lines)
                .flatMap(some -> fit(head, some))
                .flatMap(fit -> unknown(head.id(), fit))
                .map(added -> {
                    Figures next = figures.with(draft.figures(), added, head.currency());
                    return revised(draft, next, placed(added, nextPosition(head.id())), Write.Revise.Change.ADD_LINES);
                });
    }

    private Either<BillingError, Plan> remove(Invoice.Running draft, Seq<LineId> ids) {
        InvoiceId id = draft.head().id();
        Set<LineId> unwanted = LinkedHashSet.ofAll(ids);
        return named(id, ids).flatMap(some -> {
            Seq<LineItem> removed = lines(id, unwanted);
            return unwanted.removeAll(removed.map(LineItem::id))
                    .headOption()
                    .<Either<BillingError, Plan>>map(missing -> Either.left(new DraftRefused.UnknownLine(id, missing)))
                    .getOrElse(() -> without(draft, removed, unwanted));
        });
    }

    private Either<BillingError, Plan> without(Invoice.Running draft, Seq<LineItem> removed, Set<LineId> unwanted) {
        Figures before = draft.figures();
        Seq<LineItem> remaining = remaining(draft.head().id(), unwanted);
        Figures after = figures.without(before, removed, remaining, draft.head().currency());
        return overdrawn(before, after)
                .<Either<BillingError, Plan>>map(tooMuch -> Either.left(
                        new DraftRefused.TooMuchCredit(draft.head().id(), after.amount(Settlement.CREDITS), tooMuch)))
                .getOrElse(() -> Either.right(revised(draft, after, remaining, Write.Revise.Change.REPLACE_LINES)));
    }

    /** By how much more the prepaid credit that a draft uses exceeds what it charges. */
    private static Option<Money> overdrawn(Figures before, Figures after) {
        return Option.when(
                        DraftFigures.credits(before).values().exists(Money::isPositive),
                        () -> after.amount(Settlement.ENDING_BALANCE).minus(before.amount(Settlement.ENDING_BALANCE)))
                .filter(Money::isPositive);
    }

    private Seq<LineItem> remaining(InvoiceId id, Set<LineId> unwanted) {
        return planning.ports()
                .invoices()
                .lines(
                        planning.access(),
                        LineItemQuery.of(id),
                        lines -> Array.ofAll(() -> lines).reject(line -> unwanted.contains(line.id())));
    }

    private static <T> Either<BillingError, Seq<T>> named(InvoiceId id, Seq<T> lines) {
        return lines.isEmpty() ? Either.left(new DraftRefused.NoLines(id)) : Either.right(lines);
    }

    private Either<BillingError, Seq<LineItem>> fit(Head head, Seq<LineItem> lines) {
        return DraftLines.problem(profile, figures.settles(), head, lines)
                .<Either<BillingError, Seq<LineItem>>>map(Either::left)
                .getOrElse(() -> Either.right(lines));
    }

    private Either<BillingError, Seq<LineItem>> unknown(InvoiceId id, Seq<LineItem> lines) {
        return lines(id, LinkedHashSet.ofAll(lines.map(LineItem::id)))
                .headOption()
                .<Either<BillingError, Seq<LineItem>>>map(
                        known -> Either.left(new DraftRefused.DuplicateLine(id, known.id())))
                .getOrElse(() -> Either.right(lines));
    }

    private Seq<LineItem> lines(InvoiceId id, Set<LineId> ids) {
        return planning.ports()
                .invoices()
                .lines(
                        planning.access(),
                        new LineItemQuery(InvoiceQuery.byId(id), Selection.of(new Selection.WithId(ids))),
                        lines -> Array.ofAll(() -> lines));
    }

    private long nextPosition(InvoiceId id) {
        LineItemOrder lastFirst = LineItemOrder.of(new LineItemOrder.Term(LineItemOrder.Field.POSITION, true));
        return planning.ports()
                .invoices()
                .searchLines(planning.access(), LineItemQuery.of(id), lastFirst, PageRequest.first(1))
                .rows()
                .headOption()
                .map(last -> last.line().position() + 1)
                .getOrElse(0L);
    }

    private static Seq<LineItem> placed(Seq<LineItem> lines, long first) {
        return lines.zipWithIndex((line, index) -> line.at(first + index));
    }

    private Plan revised(Invoice.Running draft, Figures next, Seq<LineItem> lines, Write.Revise.Change change) {
        Invoice.Running revision = next(draft, next);
        return Plan.of(new Write.Revise(revision, lines, change), event("invoice.updated", revision));
    }

    private Invoice.Running next(Invoice.Running draft, Figures next) {
        return new Invoice.Running(draft.head(), next, draft.revision() + 1, planning.now());
    }

    private Event event(String type, Invoice.Running revision) {
        Head head = revision.head();
        return Event.of(type, head.account(), head.id().value(), planning.now()).with("revision", revision.revision());
    }

    // Status

    private Either<BillingError, Plan> become(Planning.Draft draft, InvoiceStatus status, String eventType) {
        return step(draft, status).map(standing -> {
            Invoice.Running revision = next(draft.invoice(), draft.invoice().figures());
            Write unchanged = new Write.Revise(revision, Array.empty(), Write.Revise.Change.ADD_LINES);
            return new Plan(Array.of(unchanged, new Write.Stand(standing)), Array.of(event(eventType, revision)));
        });
    }

    private Either<BillingError, Standing> step(Planning.Draft draft, InvoiceStatus status) {
        Standing standing = draft.stored().standing();
        return profile.invoicing().lifeCycle().allows(standing.status(), status)
                ? Either.right(standing.becoming(status, planning.now()))
                : Either.left(new CommandRefused.StatusForbids(standing.invoice(), standing.status(), status));
    }

    private Either<BillingError, Plan> finalise(Planning.Draft draft) {
        return new Finalising(planning, figures).plan(draft);
    }
}
