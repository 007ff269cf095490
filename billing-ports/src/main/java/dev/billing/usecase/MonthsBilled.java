package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;

/**
 * Which documents bill an account's month, whoever asks. An account may have been on that of another payer, or in another time zone, than
 * it is by now, and is not to be billed twice for that, nor not at all.
 */
record MonthsBilled(Ports ports, TenantId tenant) {

    /** No two time zones are further apart. */
    private static final Duration ZONES = Duration.ofHours(26);

    MonthsBilled {
        requireNonNull(ports, "ports");
        requireNonNull(tenant, "tenant");
    }

    static MonthsBilled in(Planning planning) {
        return new MonthsBilled(planning.ports(), planning.access().tenant());
    }

    /** The documents beside this one that bill an account's month: its own, and those that it is a member of. */
    Seq<Stored> beside(InvoiceId document, AccountId account, Period month) {
        return found(middle(month), new InvoiceCondition.OfAccount(HashSet.of(account)))
                .appendAll(naming(middle(month), account))
                .reject(stored -> stored.invoice().head().id().equals(document));
    }

    private Seq<Stored> naming(Period period, AccountId account) {
        return mayHaveMoved(account) ? found(period, MonthDraft.names(account)) : Array.empty();
    }

    private Seq<Stored> found(Period period, InvoiceCondition condition) {
        InvoiceQuery query = InvoiceQuery.of(
                condition,
                new InvoiceCondition.Overlapping(period),
                new InvoiceCondition.WithStatus(
                        HashSet.of(InvoiceStatus.values()).remove(InvoiceStatus.VOID)));
        return ports.invoices()
                .search(Access.toAll(tenant), query, PageRequest.first(PageRequest.MAX_SIZE))
                .rows()
                .filter(stored -> isMonth(stored.invoice().head()));
    }

    /** What two documents of one month share in all time zones; at its ends, a month overlaps the next one of other zones too. */
    private static Period middle(Period month) {
        var middle = month.start().plusMillis(month.millis() / 2);
        return Period.of(middle, middle.plusMillis(1));
    }

    static boolean isMonth(Head head) {
        return head.period().exists(month -> head.id().equals(MonthDocument.id(head.account(), month)));
    }

    /**
     * Who pays for an account changes only with somebody's details: with other ones than the first, or with the first of a payer, who
     * paid for itself before.
     */
    private boolean mayHaveMoved(AccountId account) {
        Set<AccountId> chain = new Payers(ports.accounts(), tenant).chain(account);
        return chain.size() > 2
                || chain.flatMap(one -> ports.accounts().details(Access.toAll(tenant), one))
                        .exists(details -> details.version() > 1);
    }

    /**
     * The time for which a document bills an account: all of its month, unless the account's month before or after is that of another time
     * zone, and was there first. Then it begins where that ends, or ends where that begins, so that no hour is billed twice or not at all.
     *
     * @param payer whose document it is, and who billed its own months in one time zone
     * @param now when that comes into being if it is not there yet
     */
    Period timeOf(AccountId account, AccountId payer, Period month, Instant now) {
        InvoiceId document = MonthDocument.id(payer, month);
        Seq<Head> others = beside(document, account, payer, month);
        if (others.isEmpty()) {
            return month;
        }
        Instant createdAt = ports.invoices()
                .find(Access.toAll(tenant), document)
                .map(stored -> stored.invoice().head().createdAt())
                .getOrElse(now);
        Instant start = others.filter(other -> !other.createdAt().isAfter(createdAt))
                .flatMap(other -> other.period().map(Period::end))
                .filter(end -> isNear(end, month.start()))
                .max()
                .getOrElse(month.start());
        Instant end = others.filter(other -> other.createdAt().isBefore(createdAt))
                .flatMap(other -> other.period().map(Period::start))
                .filter(next -> isNear(next, month.end()))
                .min()
                .getOrElse(month.end());
        return Period.of(start, end);
    }

    private Seq<Head> beside(InvoiceId document, AccountId account, AccountId payer, Period month) {
        Period around = Period.of(
                month.start().minus(ZONES).minusMillis(1),
                month.end().plus(ZONES).plusMillis(1));
        Seq<Stored> own = account.equals(payer)
                ? Array.empty()
                : found(around, new InvoiceCondition.OfAccount(HashSet.of(account)));
        return own.appendAll(naming(around, account))
                .map(stored -> stored.invoice().head())
                .reject(head -> head.id().equals(document));
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(ZONES) <= 0;
    }

    /**
     * Whether an account whose bill is consolidated has a month for itself: it was begun by itself, or nothing comes any more to the
     * document of its payer, which is without it.
     */
    boolean isByItself(Profile profile, AccountId account, YearMonth month) {
        return hasOwn(profile, account, month) || isLeftOff(profile, account, month);
    }

    /** Whether such a month is to be billed though nobody asks for it. */
    boolean isLeftOver(Profile profile, AccountId account, YearMonth month) {
        return hasOwn(profile, account, month)
                || (isLeftOff(profile, account, month) && hasFacts(account, period(profile, account, month)));
    }

    private boolean hasOwn(Profile profile, AccountId account, YearMonth month) {
        return month(profile, account, month).exists(own -> own.invoice() instanceof Invoice.Issued || !isVoid(own));
    }

    private boolean isLeftOff(Profile profile, AccountId account, YearMonth month) {
        AccountId payer = new Payers(ports.accounts(), tenant).billing(account);
        return month(profile, payer, month)
                .filter(paid -> paid.invoice() instanceof Invoice.Issued || isVoid(paid))
                .exists(paid -> !MonthDraft.members(paid.invoice().head())
                        .prepend(payer)
                        .contains(account));
    }

    private boolean hasFacts(AccountId account, Period month) {
        return ports.usage()
                .earliest(
                        Access.toAll(tenant),
                        account,
                        Option.none(),
                        month.end().minusMillis(1))
                .isDefined();
    }

    private Option<Stored> month(Profile profile, AccountId account, YearMonth month) {
        return ports.invoices().find(Access.toAll(tenant), MonthDocument.id(account, period(profile, account, month)));
    }

    private Period period(Profile profile, AccountId account, YearMonth month) {
        return MonthParties.profile(profile, ports.accounts().details(Access.toAll(tenant), account))
                .calendar()
                .period(month);
    }

    private static boolean isVoid(Stored document) {
        return document.standing().status() == InvoiceStatus.VOID;
    }
}
