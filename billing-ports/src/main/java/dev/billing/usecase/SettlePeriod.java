package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;

/**
 * Seals the pending document of a month that is over: with tax, with what the month before left over, and standing as
 * {@link Atlas#statusAtEnd} says. Charges that come later do not change it.
 */
public final class SettlePeriod {

    private final InvoiceStore store;
    private final Profile profile;
    private final Clock clock;
    private final AtlasMonths months;

    /**
     * Settles documents of a profile that has the figures of {@link Atlas}.
     *
     * @param profile {@link Atlas#profile}, or one made from it
     */
    public SettlePeriod(InvoiceStore store, Profile profile, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
        this.months = new AtlasMonths(store, profile);
    }

    /**
     * What an account agreed to.
     *
     * @param taxRate a part of one: 0.085 for 8.5 percent
     * @param elastic whether it is billed with a subscription
     */
    public record Terms(BigDecimal taxRate, boolean elastic) {

        /** Without tax and subscription. */
        public static final Terms PLAIN = new Terms(BigDecimal.ZERO, false);

        /**
         * Keeps the rate without trailing zeros.
         *
         * @throws IllegalArgumentException if the rate is negative
         */
        public Terms {
            taxRate = Decimals.canonical(taxRate);
            if (taxRate.signum() < 0) {
                throw new IllegalArgumentException("A tax rate must not be negative, but was " + taxRate);
            }
        }
    }

    /** Settles an account's month, once: settling it again gives the document of the first time, whatever the terms are by then. */
    public Either<SettleRefused, Stored> settle(Access access, AccountId account, YearMonth month, Terms terms) {
        Period period = profile.calendar().period(month);
        Instant now = clock.instant();
        if (!access.sees(account)) {
            return Either.left(new SettleRefused.NoAccess(account));
        }
        if (now.isBefore(period.end())) {
            return Either.left(new SettleRefused.NotOver(period, now));
        }
        return settle(Access.to(access.tenant(), account), account, period, terms, now);
    }

    /** What somebody else changed meanwhile is computed again, a bounded number of times. */
    private Either<SettleRefused, Stored> settle(
            Access access, AccountId account, Period month, Terms terms, Instant now) {
        Either<SettleRefused, Stored> result = attempt(access, account, month, terms, now);
        for (int again = 1; again < AtlasMonths.ATTEMPTS && isOvertaken(result); again++) {
            result = attempt(access, account, month, terms, now);
        }
        return result;
    }

    private static boolean isOvertaken(Either<SettleRefused, Stored> result) {
        return result.isLeft()
                && result.getLeft() instanceof SettleRefused.NotStored refused
                && AtlasMonths.isOvertaken(refused.why());
    }

    private Either<SettleRefused, Stored> attempt(
            Access access, AccountId account, Period month, Terms terms, Instant now) {
        Option<Stored> document = months.of(access, account, month);
        if (document.isEmpty()) {
            return Either.left(new SettleRefused.NothingToSettle(account, month));
        }
        if (!(document.get().invoice() instanceof Invoice.Running running)) {
            return Either.right(document.get());
        }
        return months.unsettledBefore(access, account, month)
                .<Either<SettleRefused, Stored>>map(earlier -> Either.left(new SettleRefused.EarlierMonthPending(
                        account, earlier.invoice().head().id())))
                .getOrElse(() -> seal(access, running, month, terms, now));
    }

    private Either<SettleRefused, Stored> seal(
            Access access, Invoice.Running running, Period month, Terms terms, Instant now) {
        InvoiceId id = running.head().id();
        Money balance = months.startingBalance(access, running.head().account(), month, Option.some(running.figures()));
        Figures settled = Atlas.settle(months.folded(access, running), terms.taxRate(), balance);
        InvoiceStatus status = Atlas.statusAtEnd(settled, terms.elastic());
        Write seal = new Write.Seal(
                new Invoice.Preview(running.head(), settled, now), running.revision(), Option.none(), status);
        // what is left over is no credit of the account: the next document begins with it
        Charging charging =
                new Charging(running.head(), now, status, profile.invoicing().due(settled));
        Commit commit = new Commit(
                new CommandKey("settle/" + Fingerprint.of(id)),
                "settle",
                charging.with(seal),
                Array.of(charging.told()));
        Either<CommitRefused, Receipt> done = store.commit(access.tenant(), commit);
        return done.<SettleRefused>mapLeft(SettleRefused.NotStored::new)
                .map(receipt -> store.find(access, id).get());
    }
}
