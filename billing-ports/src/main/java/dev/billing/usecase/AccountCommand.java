package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.CreditGrant;

/** Asks for a change of an account itself. */
public sealed interface AccountCommand extends Command {

    /** Says who an account is, and how it is billed. */
    record Describe(AccountDetails details) implements AccountCommand {
        public Describe {
            requireNonNull(details, "details");
        }
    }

    /** Grants prepaid credit. */
    record Grant(AccountId account, CreditGrant grant) implements AccountCommand {
        public Grant {
            requireNonNull(account, "account");
            requireNonNull(grant, "grant");
        }
    }

    /** Keeps an account from being billed until somebody has looked at it. */
    record Park(AccountId account, String reason, String release) implements AccountCommand {
        public Park {
            requireNonNull(account, "account");
            requireNonNull(reason, "reason");
            requireNonNull(release, "release");
        }
    }

    /** Lets a parked account be billed again. */
    record Resume(AccountId account, String note) implements AccountCommand {
        public Resume {
            requireNonNull(account, "account");
            requireNonNull(note, "note");
        }
    }

    /** Removes a person's data: from the account, and from all its documents. Amounts, numbers and seals stay. */
    record Erase(AccountId account) implements AccountCommand {
        public Erase {
            requireNonNull(account, "account");
        }
    }
}
