package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Stored;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import javax.money.CurrencyUnit;

/** Plans what a {@link MonthCommand} does. */
final class MonthPlanner {

    private final Planning planning;
    private final Consolidation consolidation;

    MonthPlanner(Planning planning, Consolidation consolidation) {
        this.planning = requireNonNull(planning, "planning");
        this.consolidation = requireNonNull(consolidation, "consolidation");
    }

    Either<BillingError, Plan> plan(MonthCommand command) {
        return command instanceof MonthCommand.Bill bill
                ? bill(bill)
                : new CorrectionPlanner(planning, consolidation).plan((MonthCommand.Correct) command);
    }

    private Either<BillingError, Plan> bill(MonthCommand.Bill command) {
        return MonthParties.of(planning, consolidation, command.account(), command.month())
                .flatMap(parties -> bill(command, parties));
    }

    private Either<BillingError, Plan> bill(MonthCommand.Bill command, MonthParties parties) {
        Period period = parties.profile().calendar().period(command.month());
        if (planning.now().isBefore(period.start())) {
            return Either.left(new MonthRefused.NotBegun(period, planning.now()));
        }
        return isShown(command.terms(), parties)
                ? MonthDraft.of(planning, parties, period)
                        .flatMap(this::notBilled)
                        .flatMap(MonthPlanner::inOneCurrency)
                        .flatMap(draft -> bill(command, draft))
                : Either.left(new MonthRefused.TermsNotShown(
                        parties.account(), parties.profile().name()));
    }

    private Either<BillingError, Plan> bill(MonthCommand.Bill command, MonthDraft draft) {
        MonthParties parties = draft.parties();
        Seq<AccountId> members =
                parties.members().reject(member -> beside(draft, member).nonEmpty());
        MonthRating rated = RatedMonth.rate(
                planning, parties.profile(), parties.account(), members, draft.period(), planning.now());
        return RatedMonth.of(planning, rated, terms(command.terms(), parties), parties.customer())
                .map(month -> draft.rated(month, members));
    }

    /** The draft, unless the document of another account bills the month. */
    private Either<BillingError, MonthDraft> notBilled(MonthDraft draft) {
        AccountId account = draft.parties().account();
        return beside(draft, account)
                .map(other -> other.invoice().head().account())
                .find(payer -> !payer.equals(account))
                .<Either<BillingError, MonthDraft>>map(
                        payer -> Either.left(new MonthRefused.BilledWithPayer(account, payer)))
                .getOrElse(() -> Either.right(draft));
    }

    private Seq<Stored> beside(MonthDraft draft, AccountId account) {
        return MonthsBilled.in(planning).beside(draft.id(), account, draft.period());
    }

    /** Documents without figures for taxes and credit cannot tell what such terms did. */
    private static boolean isShown(Terms terms, MonthParties parties) {
        return new DraftFigures(parties.profile()).settles()
                || (terms.taxes().rates().isEmpty() && terms.grants().isEmpty());
    }

    /** The draft, unless somebody added lines to it before the account got another currency. */
    private static Either<BillingError, MonthDraft> inOneCurrency(MonthDraft draft) {
        MonthParties parties = draft.parties();
        CurrencyUnit billed = parties.profile().currency();
        return draft.added()
                .flatMap(LineItem::net)
                .map(Money::currency)
                .find(found -> !found.equals(billed))
                .<Either<BillingError, MonthDraft>>map(
                        found -> Either.left(new MonthRefused.OtherCurrency(parties.account(), found, billed)))
                .getOrElse(() -> Either.right(draft));
    }

    private Terms terms(Terms agreed, MonthParties parties) {
        return new DraftFigures(parties.profile()).settles()
                ? RatedMonth.with(
                        agreed,
                        parties.known().grants().values().toArray(),
                        grant -> isUsable(grant, parties.profile().currency()))
                : agreed;
    }

    private boolean isUsable(CreditGrant grant, CurrencyUnit currency) {
        return grant.available().currency().equals(currency)
                && grant.available().isPositive()
                && grant.isUsableAt(planning.now());
    }
}
