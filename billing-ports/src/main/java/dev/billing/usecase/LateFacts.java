package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceQuery.Form;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.time.Clock;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Tells what final months would be corrected by, before it is done. Changes nothing. */
public final class LateFacts {

    private static final int PAGE = 100;

    private final Ports ports;
    private final Profile profile;
    private final Clock clock;

    public LateFacts(Ports ports, Profile profile, Clock clock) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * What an account's month would be corrected by.
     *
     * @param terms those that held when the month was billed
     */
    public Either<BillingError, LateChanges> report(Access access, AccountId account, YearMonth month, Terms terms) {
        return ClosedMonth.of(planning(access), account, month).flatMap(closed -> report(closed, terms));
    }

    /**
     * What all final months of an account would be corrected by; those that would not are left out, and those that cannot be corrected.
     *
     * @param terms those that held when the months were billed
     */
    public Seq<LateChanges> report(Access access, AccountId account, Terms terms) {
        List<LateChanges> all = new ArrayList<>();
        report(access, months().of(account), any -> terms, all::add);
        return Array.ofAll(all);
    }

    /**
     * What all final months of all accounts would be corrected by, as {@link #report(Access, AccountId, Terms)} tells of one.
     *
     * @param terms those of each account
     * @param reader is told of one month after the other
     */
    public void report(Access access, Function<AccountId, Terms> terms, Consumer<LateChanges> reader) {
        report(access, months(), terms, reader);
    }

    private InvoiceQuery months() {
        return InvoiceQuery.ofProfile(profile.name()).in(Form.ISSUED);
    }

    private void report(
            Access access, InvoiceQuery query, Function<AccountId, Terms> terms, Consumer<LateChanges> reader) {
        Planning planning = planning(access);
        long offset = 0;
        Page<Stored> page;
        do {
            page = ports.invoices().search(access, query, new PageRequest(offset, PAGE));
            page.rows()
                    .filter(LateFacts::isMonth)
                    .flatMap(stored -> closed(planning, stored))
                    .flatMap(closed -> report(closed, terms.apply(closed.head().account())))
                    .reject(found -> found.lines().isEmpty())
                    .forEach(reader);
            offset += page.rows().size();
        } while (page.rows().nonEmpty() && offset < page.total());
    }

    private static boolean isMonth(Stored stored) {
        Head head = stored.invoice().head();
        return head.period().exists(period -> head.id().equals(MonthDocument.id(head.account(), period)));
    }

    private Either<BillingError, ClosedMonth> closed(Planning planning, Stored stored) {
        return ClosedMonth.of(
                planning,
                MonthParties.profile(
                        profile,
                        ports.accounts()
                                .details(
                                        planning.access(),
                                        stored.invoice().head().account())),
                stored);
    }

    private static Either<BillingError, LateChanges> report(ClosedMonth month, Terms terms) {
        Head head = month.head();
        return CorrectionPlanner.changes(month, terms)
                .map(changes -> new LateChanges(
                        head.account(),
                        head.id(),
                        month.period(),
                        head.currency(),
                        changes.map(found -> found.change())));
    }

    private Planning planning(Access access) {
        return new Planning(ports, profile, access, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
