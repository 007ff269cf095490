package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.profile.Profile;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.YearMonth;
import java.util.function.BooleanSupplier;

/**
 * Who a month is billed for, and to whom.
 *
 * @param account whose month it is
 * @param known what its entries come to
 * @param details who it is addressed to, and what its document says of itself
 * @param members the accounts whose lines it has too
 * @param profile with the account's own currency and calendar
 */
record MonthParties(
        AccountId account, Account known, Option<AccountDetails> details, Seq<AccountId> members, Profile profile) {

    MonthParties {
        requireNonNull(account, "account");
        requireNonNull(known, "known");
        requireNonNull(details, "details");
        requireNonNull(members, "members");
        requireNonNull(profile, "profile");
    }

    /** As things are now, if the account is billed by itself and nobody keeps it from being billed. */
    static Either<BillingError, MonthParties> of(Planning planning, Consolidation consolidation, AccountId account) {
        return of(planning, consolidation, account, () -> false);
    }

    /** The same for a month, which an account whose bill is consolidated may have for itself. */
    static Either<BillingError, MonthParties> of(
            Planning planning, Consolidation consolidation, AccountId account, YearMonth month) {
        return of(
                planning,
                consolidation,
                account,
                () -> MonthsBilled.in(planning).isByItself(planning.profile(), account, month));
    }

    private static Either<BillingError, MonthParties> of(
            Planning planning, Consolidation consolidation, AccountId account, BooleanSupplier byItself) {
        if (!planning.access().sees(account)) {
            return Either.left(new CommandRefused.NoAccess(account));
        }
        Payers payers =
                new Payers(planning.ports().accounts(), planning.access().tenant());
        Option<AccountDetails> details = planning.details(account);
        if (details.flatMap(AccountDetails::payer).exists(payer -> payer.mode() == Payer.Mode.CONSOLIDATED)
                && !byItself.getAsBoolean()) {
            return Either.left(new MonthRefused.BilledWithPayer(account, payers.billing(account)));
        }
        Seq<AccountId> members = consolidation.members(planning, account);
        return Either.sequenceRight(members.prepend(account).map(planning::billable))
                .map(all ->
                        new MonthParties(account, all.head(), details, members, profile(planning.profile(), details)));
    }

    Option<Customer> customer() {
        return details.flatMap(AccountDetails::addressee);
    }

    /** Where a document belongs that belonged somewhere already. */
    Map<Dimension, Ref> placesWith(Map<Dimension, Ref> others) {
        return details.map(known -> known.places().merge(others)).getOrElse(others);
    }

    /** What a document says of itself that said something already. */
    Map<String, Attribute> attributesWith(Map<String, Attribute> others) {
        return details.map(known -> known.attributes().merge(others)).getOrElse(others);
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
