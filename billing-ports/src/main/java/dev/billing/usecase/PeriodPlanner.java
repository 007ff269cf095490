package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.YearMonth;

/** Plans what a {@link PeriodCommand} does. */
final class PeriodPlanner {

    private final Planning planning;
    private final Consolidation consolidation;

    PeriodPlanner(Planning planning, Consolidation consolidation) {
        this.planning = requireNonNull(planning, "planning");
        this.consolidation = requireNonNull(consolidation, "consolidation");
    }

    Either<BillingError, Plan> plan(PeriodCommand command) {
        if (!planning.access().sees(command.account())) {
            return Either.left(new CommandRefused.NoAccess(command.account()));
        }
        return command instanceof PeriodCommand.Close close
                ? close(close.account(), close.month())
                : settle((PeriodCommand.Settle) command);
    }

    // Close

    /** The final document of an account's month. */
    Option<Stored> closed(AccountId account, YearMonth month) {
        return planning.ports()
                .invoices()
                .find(planning.access(), MonthDocument.id(account, ownPeriod(account, month)))
                .filter(stored -> stored.invoice() instanceof Invoice.Issued);
    }

    private Period ownPeriod(AccountId account, YearMonth month) {
        return MonthParties.profile(planning.profile(), planning.details(account))
                .calendar()
                .period(month);
    }

    private Either<BillingError, Plan> close(AccountId account, YearMonth month) {
        Period period = ownPeriod(account, month);
        if (planning.now().isBefore(period.end())) {
            return Either.left(new CloseRefused.NotOver(period, planning.now()));
        }
        if (closed(account, month).isDefined()) {
            return Either.right(Plan.NOTHING);
        }
        DraftFigures figures = new DraftFigures(planning.profile());
        return figures.isChained()
                ? Either.left(
                        new CloseRefused.Settled(account, planning.profile().name()))
                : new MonthPlanner(planning, consolidation)
                        .plan(new MonthCommand.Bill(account, month, Terms.NONE))
                        .flatMap(billed -> close(billed, MonthDocument.id(account, period), figures));
    }

    /** The draft as it is once it is billed becomes final in the same step. */
    private Either<BillingError, Plan> close(Plan billed, InvoiceId id, DraftFigures figures) {
        return drafted(billed, id)
                .flatMap(draft -> new Finalising(planning, figures).plan(draft))
                .map(billed::and);
    }

    private Either<BillingError, Planning.Draft> drafted(Plan billed, InvoiceId id) {
        return billed.writes()
                .find(Write.Revise.class::isInstance)
                .map(write -> ((Write.Revise) write).next())
                .<Either<BillingError, Planning.Draft>>map(next -> Either.right(drafted(next)))
                .getOrElse(() -> planning.draft(id));
    }

    private Planning.Draft drafted(Invoice.Running next) {
        Head head = next.head();
        Standing standing = planning.ports()
                .invoices()
                .find(Access.toAll(planning.access().tenant()), head.id())
                .map(Stored::standing)
                .getOrElse(() -> Standing.initial(head.id(), InvoiceStatus.PENDING, head.createdAt()));
        return new Planning.Draft(new Stored(next, standing), next);
    }

    // Settle

    private Either<BillingError, Plan> settle(PeriodCommand.Settle command) {
        AccountId account = command.account();
        Period month = planning.profile().calendar().period(command.month());
        if (planning.now().isBefore(month.end())) {
            return Either.left(new SettleRefused.NotOver(month, planning.now()));
        }
        return months().of(of(account), account, month)
                .<Either<BillingError, Plan>>map(stored -> stored.invoice() instanceof Invoice.Running running
                        ? settle(stored.standing(), running, month, command.terms())
                        : Either.right(Plan.NOTHING))
                .getOrElse(() -> Either.left(new SettleRefused.NothingToSettle(account, month)));
    }

    private Either<BillingError, Plan> settle(
            Standing pending, Invoice.Running running, Period month, SettlePeriod.Terms terms) {
        AccountId account = running.head().account();
        return months().unsettledBefore(of(account), account, month)
                .<Either<BillingError, Plan>>map(earlier -> Either.left(new SettleRefused.EarlierMonthPending(
                        account, earlier.invoice().head().id())))
                .getOrElse(() -> seal(pending, running, month, terms));
    }

    private Either<BillingError, Plan> seal(
            Standing pending, Invoice.Running running, Period month, SettlePeriod.Terms terms) {
        AccountId account = running.head().account();
        Money balance = months().startingBalance(of(account), account, month, Option.some(running.figures()));
        Figures settled = Atlas.settle(months().folded(of(account), running), terms.taxRate(), balance);
        InvoiceStatus status = Atlas.statusAtEnd(settled, terms.elastic());
        // what is left over is no credit of the account: the next document begins with it
        return planning.profile().invoicing().lifeCycle().allows(pending.status(), status)
                ? new Issuing(
                                planning,
                                new Invoice.Preview(running.head(), settled, planning.now()),
                                pending.becoming(status, planning.now()))
                        .plan((document, series) -> new Write.Seal(document, running.revision(), series, status))
                : Either.left(new CommandRefused.StatusForbids(pending.invoice(), pending.status(), status));
    }

    private AtlasMonths months() {
        return new AtlasMonths(planning.ports().invoices(), planning.profile());
    }

    private Access of(AccountId account) {
        return Access.to(planning.access().tenant(), account);
    }
}
