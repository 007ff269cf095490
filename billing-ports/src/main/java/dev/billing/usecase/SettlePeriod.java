package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;

/**
 * Seals the pending document of a month that is over: with tax, with what the month before left over, and standing as
 * {@link Atlas#statusAtEnd} says. Charges that come later do not change it. Runs {@link PeriodCommand.Settle} under a key that the
 * document gives.
 */
public final class SettlePeriod {

    private final Commands commands;
    private final Profile profile;
    private final AtlasMonths months;

    /**
     * Settles documents of a profile that has the figures of {@link Atlas}.
     *
     * @param profile {@link Atlas#profile}, or one made from it
     */
    public SettlePeriod(Ports ports, Profile profile, Clock clock) {
        this.commands = new Commands(ports, profile, clock);
        this.profile = requireNonNull(profile, "profile");
        this.months = new AtlasMonths(ports.invoices(), profile);
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
        if (!access.sees(account)) {
            return Either.left(new SettleRefused.NoAccess(account));
        }
        Option<Stored> document = document(access, account, month);
        return document.filter(SettlePeriod::isSettled)
                .<Either<SettleRefused, Stored>>map(Either::right)
                .getOrElse(() -> run(access, document, new PeriodCommand.Settle(account, month, terms)));
    }

    private Option<Stored> document(Access access, AccountId account, YearMonth month) {
        return months.of(
                Access.to(access.tenant(), account), account, profile.calendar().period(month));
    }

    private static boolean isSettled(Stored document) {
        return document.invoice() instanceof Invoice.Issued;
    }

    private Either<SettleRefused, Stored> run(Access access, Option<Stored> document, PeriodCommand.Settle command) {
        // without a document there is nothing to store, and it is refused
        Object id = document.<Object>map(known -> known.invoice().head().id()).getOrElse(command.account());
        CommandKey key = new CommandKey("settle/" + Fingerprint.of(id));
        Either<BillingError, Receipt> done = commands.run(Access.toAll(access.tenant()), key, command);
        // whoever settles first has settled it, with whatever terms
        return document(access, command.account(), command.month())
                .filter(SettlePeriod::isSettled)
                .<Either<SettleRefused, Stored>>map(Either::right)
                .getOrElse(() -> Either.left(refused(done.getLeft())));
    }

    private static SettleRefused refused(BillingError why) {
        if (why instanceof CommandRefused.NotStored notStored) {
            return new SettleRefused.NotStored(notStored.why());
        }
        return why instanceof SettleRefused refused ? refused : new SettleRefused.NotSettled(why);
    }
}
