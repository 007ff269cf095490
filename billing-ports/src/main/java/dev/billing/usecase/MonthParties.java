package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.profile.Profile;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Who a month is billed for, and to whom.
 *
 * @param account whose month it is
 * @param known what its entries come to
 * @param customer who it is addressed to
 * @param members the accounts whose lines it has too
 * @param profile with the account's own currency and calendar
 */
record MonthParties(
        AccountId account, Account known, Option<Customer> customer, Seq<AccountId> members, Profile profile) {

    MonthParties {
        requireNonNull(account, "account");
        requireNonNull(known, "known");
        requireNonNull(customer, "customer");
        requireNonNull(members, "members");
        requireNonNull(profile, "profile");
    }

    /** As things are now, if the account is billed by itself and nobody keeps it from being billed. */
    static Either<BillingError, MonthParties> of(Planning planning, Consolidation consolidation, AccountId account) {
        if (!planning.access().sees(account)) {
            return Either.left(new CommandRefused.NoAccess(account));
        }
        Payers payers =
                new Payers(planning.ports().accounts(), planning.access().tenant());
        Option<AccountDetails> details = planning.details(account);
        if (details.flatMap(AccountDetails::payer).exists(payer -> payer.mode() == Payer.Mode.CONSOLIDATED)) {
            return Either.left(new MonthRefused.BilledWithPayer(account, payers.billing(account)));
        }
        Seq<AccountId> members = consolidation.members(planning, account);
        return Either.sequenceRight(members.prepend(account).map(planning::billable))
                .map(all -> new MonthParties(
                        account,
                        all.head(),
                        details.flatMap(AccountDetails::customer),
                        members,
                        profile(planning.profile(), details)));
    }

    /** The policies with an account's own currency and days. */
    static Profile profile(Profile profile, Option<AccountDetails> details) {
        Profile local = details.flatMap(AccountDetails::zone)
                .map(zone -> profile.on(
                        BillingCalendar.monthly(zone, profile.calendar().anchorDay())))
                .getOrElse(profile);
        return details.flatMap(AccountDetails::currency).map(local::in).getOrElse(local);
    }
}
