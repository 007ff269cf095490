package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Customer;
import io.vavr.control.Option;
import java.time.Instant;

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
            Checks.requireText(reason, "Reason");
            Checks.requireText(release, "Release");
        }
    }

    /** Lets a parked account be billed again. */
    record Resume(AccountId account, String note) implements AccountCommand {
        public Resume {
            requireNonNull(account, "account");
            Checks.requireText(note, "Note");
        }
    }

    /**
     * Removes a person's data: from the account, from its drafts and from its final documents. Amounts, numbers and seals stay. Where the law
     * still demands that documents name whom they are addressed to, say from when on; and ask again once the time of those is over.
     *
     * @param replacement who is shown instead, wherever somebody was; none for nobody
     * @param retainedFrom what was issued then or later stays as it is; none if the law keeps nothing
     */
    record Erase(AccountId account, Option<Customer> replacement, Option<Instant> retainedFrom)
            implements AccountCommand {
        public Erase {
            requireNonNull(account, "account");
            requireNonNull(replacement, "replacement");
            requireNonNull(retainedFrom, "retainedFrom");
        }

        /** From everything, without anybody instead. */
        public Erase(AccountId account) {
            this(account, Option.none());
        }

        /** From everything. */
        public Erase(AccountId account, Option<Customer> replacement) {
            this(account, replacement, Option.none());
        }

        /** The same, but for what was issued at an instant or later. */
        public Erase retaining(Instant from) {
            return new Erase(account, replacement, Option.some(from));
        }
    }
}
