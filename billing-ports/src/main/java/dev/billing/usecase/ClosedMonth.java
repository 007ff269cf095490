package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.CreditableLine;
import dev.billing.port.Access;
import dev.billing.port.Stored;
import dev.billing.usecase.LateChange.Sums;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;

/**
 * A final month, and all that corrected it so far: the lines that name it, on documents that nobody dropped or took back in full.
 *
 * @param profile that it was billed under, in its currency and with the account's calendar
 */
record ClosedMonth(Planning planning, Profile profile, Stored document) {

    ClosedMonth {
        requireNonNull(planning, "planning");
        requireNonNull(profile, "profile");
        requireNonNull(document, "document");
    }

    static Either<BillingError, ClosedMonth> of(Planning planning, AccountId account, YearMonth month) {
        if (!planning.access().sees(account)) {
            return Either.left(new CommandRefused.NoAccess(account));
        }
        Option<AccountDetails> details = planning.details(account);
        Profile local = MonthParties.profile(planning.profile(), details);
        InvoiceId id = MonthDocument.id(account, local.calendar().period(month));
        return planning.ports()
                .invoices()
                .find(MonthDraft.withCosts(planning.access()), id)
                .map(stored -> of(planning, local, stored))
                .getOrElse(() -> Either.left(notBilled(planning, account, month, details)));
    }

    private static BillingError notBilled(
            Planning planning, AccountId account, YearMonth month, Option<AccountDetails> details) {
        boolean withPayer =
                details.flatMap(AccountDetails::payer).exists(payer -> payer.mode() == Payer.Mode.CONSOLIDATED);
        return withPayer
                ? new MonthRefused.BilledWithPayer(account, payers(planning).billing(account))
                : new MonthRefused.NotBilled(account, month);
    }

    static Either<BillingError, ClosedMonth> of(Planning planning, Profile local, Stored stored) {
        Head head = stored.invoice().head();
        boolean taken = stored.standing().status() == InvoiceStatus.VOID;
        if (!(stored.invoice() instanceof Invoice.Issued)) {
            return Either.left(taken ? new MonthRefused.Dropped(head.id()) : new MonthRefused.NotFinal(head.id()));
        }
        if (taken) {
            return Either.left(new MonthRefused.TakenBack(head.id()));
        }
        return head.profile().equals(local.name())
                ? Either.right(new ClosedMonth(planning, local.in(head.currency()), stored))
                : Either.left(new MonthRefused.OtherProfile(head.id(), head.profile(), local.name()));
    }

    private static Payers payers(Planning planning) {
        return new Payers(planning.ports().accounts(), planning.access().tenant());
    }

    Head head() {
        return document.invoice().head();
    }

    Period period() {
        return head().period().get();
    }

    /** The account on whose draft its corrections are. */
    AccountId billing() {
        return payers(planning).billing(head().account());
    }

    /** All that corrected it so far. */
    Corrections corrections() {
        return Corrections.of(planning.ports().invoices(), planning.access(), head());
    }

    /** What credit notes gave back of each line, of itself and of what corrects it, and is not to be charged again. */
    Map<LineId, CreditableLine.Part> given() {
        Map<LineId, CreditableLine.Part> own = new CreditNotes(planning.ports().invoices())
                .given(Access.toAll(planning.access().tenant()), HashSet.of(head().id()))
                .mapKeys(CreditNotes.Credited::line);
        return corrections()
                .lines()
                .reject(Corrections.Line::isTakenBack)
                .foldLeft(
                        own,
                        (given, correction) ->
                                given.put(correction.corrects(), correction.given(), CreditableLine.Part::plus));
    }

    /** Where it differs from what is known now, in the order of the lines as they would be, and then of those that are gone. */
    Either<BillingError, Seq<Found>> changes(Terms terms) {
        Account account =
                Account.of(head().account(), planning.ports().accounts().entries(planning.access(), head().account()));
        MonthRating rated =
                RatedMonth.rate(planning, profile, head().account(), MonthDraft.members(head()), period(), asOf());
        Terms then = terms.grants(used(account, terms).toJavaArray(CreditGrant[]::new));
        return RatedMonth.of(planning, rated, then, head().billedTo()).map(month -> changes(month.lines()));
    }

    /** No earlier than the end of the month, so that all of it has happened. */
    private Instant asOf() {
        Instant issued = document.invoice().asOf();
        return issued.isBefore(period().end()) ? period().end() : issued;
    }

    /** Prepaid credit that was used stays used, no more and no less. */
    private Seq<CreditGrant> used(Account account, Terms terms) {
        return DraftFigures.credits(document.invoice().figures())
                .toArray()
                .filter(use -> use._2.isPositive())
                .flatMap(use -> account.grants()
                        .get(use._1)
                        .orElse(() -> terms.grants().find(grant -> grant.id().equals(use._1)))
                        .map(grant -> usable(grant, use._2)));
    }

    private CreditGrant usable(CreditGrant grant, Money amount) {
        return new CreditGrant(
                grant.id(),
                amount,
                grant.priority(),
                grant.grantedAt().isBefore(asOf()) ? grant.grantedAt() : asOf(),
                grant.expiresAt().filter(asOf()::isBefore),
                grant.scope(),
                grant.stage());
    }

    /**
     * A line that differs.
     *
     * @param sample the line itself, as it would be or as it was
     * @param corrections how often it was corrected before
     */
    record Found(LineItem sample, LateChange change, int corrections) {}

    private Seq<Found> changes(Seq<LineItem> lines) {
        Seq<LineItem> own = MonthDraft.lines(planning, document).filter(MonthLines::isRated);
        Map<LineId, LineItem> after = byId(lines);
        Map<LineId, LineItem> before = byId(own);
        Map<LineId, ? extends Seq<Corrections.Line>> corrections =
                corrections().lines().groupBy(Corrections.Line::corrects);
        return LinkedHashSet.ofAll(after.keySet())
                .addAll(before.keySet())
                .addAll(corrections.keySet())
                .toArray()
                .map(id -> found(
                        id,
                        after.get(id),
                        before.get(id),
                        corrections
                                .get(id)
                                .<Seq<Corrections.Line>>map(some -> some)
                                .getOrElse(Array.empty())))
                .reject(found -> found.change().difference().isFree());
    }

    private static Map<LineId, LineItem> byId(Seq<LineItem> lines) {
        return lines.filter(line -> line.price().isDefined())
                .foldLeft(LinkedHashMap.empty(), (all, line) -> all.put(line.id(), line));
    }

    private Found found(LineId id, Option<LineItem> after, Option<LineItem> before, Seq<Corrections.Line> corrections) {
        LineItem sample =
                after.orElse(before).getOrElse(() -> corrections.head().line());
        return new Found(
                sample,
                new LateChange(
                        id,
                        sample.sku(),
                        corrections
                                .map(ClosedMonth::sums)
                                .appendAll(before.map(this::sums))
                                .fold(nothing(), Sums::plus),
                        after.map(this::sums).getOrElse(nothing())),
                corrections.size());
    }

    private Sums sums(LineItem line) {
        return new Sums(line.quantity(), line.net().get(), line.tax().getOrElse(zero()));
    }

    /** What was taken back with its document is not in force; what was given back otherwise was goodwill. */
    private static Sums sums(Corrections.Line correction) {
        CreditableLine.Part part = correction.isTakenBack() ? correction.inForce() : correction.charged();
        return new Sums(part.quantity(), part.net(), part.tax());
    }

    private Sums nothing() {
        return new Sums(BigDecimal.ZERO, zero(), zero());
    }

    private Money zero() {
        return Money.zero(profile.currency());
    }
}
