package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.NumberSeries;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.usecase.RunReport.Outcome;
import io.vavr.control.Either;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** Bills accounts in a billing run. All its commands have keys that follow from the run and the account. */
record AccountRun(Ports ports, Profile profile, Clock clock, Commands commands, Access access, RunOptions options) {

    private static final String RELEASE =
            "Mend what the reason says, resume the account, and run the month again under the same id";

    /** More than a reason may have is cut. */
    private static final int MAX_REASON = 1_900;

    /** A draft that billing again may mend is looked at so often. */
    private static final int ROUNDS = 3;

    /** Bills an account's month. What is given ends it, which is to be done in the order of the accounts. */
    Supplier<Outcome> bill(AccountId account) {
        return orParked(account, () -> billed(account), AccountRun::ended);
    }

    private static Supplier<Outcome> ended(Outcome outcome) {
        return () -> outcome;
    }

    private <T> T orParked(AccountId account, Supplier<T> step, Function<Outcome, T> parked) {
        try {
            return step.get();
        } catch (StorageException failed) {
            throw failed;
        } catch (RuntimeException broken) {
            return parked.apply(park(account, "Billing failed: " + broken));
        }
    }

    private Supplier<Outcome> billed(AccountId account) {
        Period period =
                tried(() -> MonthParties.profile(profile, ports.accounts().details(access, account))
                        .calendar()
                        .period(options.month()));
        InvoiceId invoice = MonthDocument.id(account, period);
        Instant now = clock.instant();
        boolean waits = now.isBefore(period.end().plus(options.grace()));
        // while facts are awaited a draft is brought up to date whenever the run is begun again
        return run(account, waits ? "draft/" + now : "bill", billing(account))
                .fold(
                        why -> ended(refused(account, invoice, why)),
                        billed -> waits
                                ? ended(new RunReport.Left(
                                        account,
                                        "Facts are awaited until "
                                                + period.end().plus(options.grace())))
                                : () -> orParked(account, () -> end(account, invoice, 1), outcome -> outcome));
    }

    private MonthCommand.Bill billing(AccountId account) {
        return new MonthCommand.Bill(account, options.month(), options.terms().apply(account));
    }

    private Outcome end(AccountId account, InvoiceId invoice, int round) {
        if (options.ending() == RunOptions.Ending.REVIEW) {
            return run(account, "review", new DraftCommand.Review(invoice))
                    .fold(
                            why -> refused(account, invoice, why),
                            done -> new RunReport.Left(account, "'" + invoice + "' is up for review"));
        }
        Either<BillingError, Receipt> done = run(account, "finalise", new DraftCommand.Finalise(invoice));
        return done.isLeft() && isMendedByBilling(done.getLeft()) && round < ROUNDS
                ? again(account, invoice, round + 1)
                : done.fold(why -> refused(account, invoice, why), receipt -> closed(account, invoice));
    }

    /** Somebody else used the credit, or the account said too little of itself when it was billed. */
    private static boolean isMendedByBilling(BillingError why) {
        return why instanceof DraftRefused.CreditGone || why instanceof NumberSeries.MissingPart;
    }

    private Outcome again(AccountId account, InvoiceId invoice, int round) {
        // after the account was parked and resumed it is another command
        int entries = entries(account);
        return run(account, "bill/" + round + "/" + entries, billing(account))
                .fold(why -> refused(account, invoice, why), billed -> end(account, invoice, round));
    }

    private Outcome closed(AccountId account, InvoiceId invoice) {
        return new RunReport.Closed(
                account,
                invoice,
                tried(() -> ports.invoices().find(access, invoice))
                        .flatMap(stored ->
                                profile.invoicing().due(stored.invoice().figures())));
    }

    private Outcome refused(AccountId account, InvoiceId invoice, BillingError why) {
        if (why instanceof MonthRefused.AlreadyFinal) {
            return new RunReport.AlreadyClosed(account, invoice);
        }
        if (why instanceof CommandRefused.Parked parked && parked.account().equals(account)) {
            return new RunReport.Parked(account, parked.reason(), parked.release());
        }
        return needsNobody(why) ? new RunReport.Left(account, why.message()) : park(account, why.message());
    }

    /** Whether it passes by itself, or somebody knows of it who is not to look at this account. */
    private static boolean needsNobody(BillingError why) {
        return why instanceof CommandRefused.NoAccess
                || why instanceof CommandRefused.Parked
                || why instanceof CommandRefused.KeyReused
                || why instanceof CommandRefused.Overtaken
                || why instanceof MonthRefused.NotBegun
                || why instanceof MonthRefused.InReview
                || why instanceof MonthRefused.Dropped
                || why instanceof MonthRefused.BilledWithPayer
                || why instanceof DraftRefused.NotOver
                || why instanceof DraftRefused.Dropped
                || why instanceof CommandRefused.NotADraft
                || why instanceof CommandRefused.StatusForbids;
    }

    private Outcome park(AccountId account, String why) {
        String reason = text(why);
        try {
            // parked again after it was resumed is another command
            return run(account, "park/" + entries(account), new AccountCommand.Park(account, reason, RELEASE))
                    .<Outcome>map(parked -> new RunReport.Parked(account, reason, RELEASE))
                    .getOrElseGet(refused -> refused instanceof AccountRefused.AlreadyParked known
                            ? new RunReport.Parked(account, known.reason(), RELEASE)
                            : notParked(account, reason, refused.message()));
        } catch (StorageException failed) {
            throw failed;
        } catch (RuntimeException broken) {
            // what makes billing fail may keep the account from being parked too
            return notParked(account, reason, broken.toString());
        }
    }

    private int entries(AccountId account) {
        return tried(() -> ports.accounts().entries(access, account)).size();
    }

    private static Outcome notParked(AccountId account, String reason, String why) {
        return new RunReport.Left(account, reason + "; and it could not be parked: " + why);
    }

    private static String text(String why) {
        return why.substring(0, Math.min(why.length(), MAX_REASON))
                .codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private Either<BillingError, Receipt> run(AccountId account, String step, Command command) {
        CommandKey key = new CommandKey("run/" + Fingerprint.of(options.id(), account) + "/" + step);
        return tried(() -> commands.run(access, key, command));
    }

    private <T> T tried(Supplier<T> step) {
        return new Retrying(options.attempts()).call(step);
    }
}
