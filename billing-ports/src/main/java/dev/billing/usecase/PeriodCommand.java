package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import java.time.YearMonth;

/** Asks for the final document of an account's month that is over, in one step. What is final already stays as it is. */
public sealed interface PeriodCommand extends Command {

    AccountId account();

    YearMonth month();

    /**
     * Bills a month from the facts that are known, without terms of its own, and finalises it: what {@link MonthCommand.Bill} and
     * {@link DraftCommand.Finalise} do, both or neither.
     *
     * @param month in the account's own calendar
     */
    record Close(AccountId account, YearMonth month) implements PeriodCommand {
        public Close {
            requireNonNull(account, "account");
            requireNonNull(month, "month");
        }
    }

    /**
     * Finalises the pending document of what was charged in a month, with tax and with what the month before left over; under a profile
     * that has the figures of {@link dev.billing.domain.profile.Atlas}.
     */
    record Settle(AccountId account, YearMonth month, SettlePeriod.Terms terms) implements PeriodCommand {
        public Settle {
            requireNonNull(account, "account");
            requireNonNull(month, "month");
            requireNonNull(terms, "terms");
        }
    }
}
