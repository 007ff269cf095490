package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command is planned with: all that is stored, read as it is now, and the instant. Plans change nothing.
 *
 * @param now in milliseconds
 * @param seen the versions of the details that were read, collected on the way
 * @param billable how many entries accounts had that were found not to be parked, collected on the way
 */
record Planning(
        Ports ports,
        Profile profile,
        Access access,
        Instant now,
        Map<AccountId, Long> seen,
        Map<AccountId, Long> billable) {

    Planning {
        requireNonNull(ports, "ports");
        requireNonNull(profile, "profile");
        requireNonNull(access, "access");
        requireNonNull(now, "now");
        requireNonNull(seen, "seen");
        requireNonNull(billable, "billable");
    }

    Planning(Ports ports, Profile profile, Access access, Instant now) {
        this(ports, profile, access, now, newMap(), newMap());
    }

    private static Map<AccountId, Long> newMap() {
        return new TreeMap<>(Comparator.comparing(AccountId::value));
    }

    /** The same through other eyes. */
    Planning through(Access other) {
        return new Planning(ports, profile, other, now, seen, billable);
    }

    /** A document that the caller may see. */
    Either<BillingError, Stored> document(InvoiceId id) {
        return ports.invoices().find(access, id).toEither(() -> new CommandRefused.UnknownInvoice(id));
    }

    /** A document that is not final yet. */
    Either<BillingError, Draft> draft(InvoiceId id) {
        return document(id)
                .flatMap(stored -> stored.invoice() instanceof Invoice.Running running
                        ? Either.right(new Draft(stored, running))
                        : Either.left(new CommandRefused.NotADraft(
                                id, stored.standing().status())));
    }

    /** A document that is final. */
    Either<BillingError, Final> issued(InvoiceId id) {
        return document(id)
                .flatMap(stored -> stored.invoice() instanceof Invoice.Issued issued
                        ? Either.right(new Final(stored, issued))
                        : Either.left(new CommandRefused.NotFinal(
                                id, stored.standing().status())));
    }

    /** A draft as it is stored. */
    record Draft(Stored stored, Invoice.Running invoice) {}

    /** A final document as it is stored. */
    record Final(Stored stored, Invoice.Issued invoice) {}

    /** An account that the caller may see; one without entries is empty. */
    Either<BillingError, Account> account(AccountId id) {
        return access.sees(id)
                ? Either.right(Account.of(id, ports.accounts().entries(access, id)))
                : Either.left(new CommandRefused.NoAccess(id));
    }

    /** An account that is not parked. The plan is not stored if anything happened to the account by then. */
    Either<BillingError, Account> billable(AccountId id) {
        return account(id)
                .flatMap(account -> account.parking()
                        .<Either<BillingError, Account>>map(
                                parked -> Either.left(new CommandRefused.Parked(id, parked.reason(), parked.release())))
                        .getOrElse(() -> Either.right(account)))
                .peek(account -> billable.put(id, account.entries()));
    }

    /** Entries that follow those that the account has. */
    Write enter(Account account, Seq<Movement> movements) {
        return new Write.Enter(account.id(), Option.some(account.entries()), now, movements);
    }

    /**
     * Who an account is. What is read here is remembered, so that the plan is not stored if that has changed by then: nobody is to be
     * billed as they were, or addressed after they were erased.
     */
    Option<AccountDetails> details(AccountId id) {
        Option<AccountDetails> found = ports.accounts().details(Access.toAll(access.tenant()), id);
        seen.put(id, found.map(AccountDetails::version).getOrElse(0L));
        return found;
    }

    /** The plan, to be stored only if all is as it was read. */
    Plan asSeen(Plan plan) {
        Seq<Write> details = Array.ofAll(seen.entrySet()).map(read -> new Write.Expect(read.getKey(), read.getValue()));
        Seq<Write> entries = Array.ofAll(billable.entrySet())
                .map(read -> new Write.Enter(read.getKey(), Option.some(read.getValue()), now, Array.empty()));
        return plan.writes().isEmpty()
                ? plan
                : new Plan(details.appendAll(entries).appendAll(plan.writes()), plan.events());
    }
}
