package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.money.Money;
import dev.billing.port.Access;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Account stores, each with one defect that somebody might make. */
final class BrokenAccountStores {

    private BrokenAccountStores() {}

    static Seq<Defect<Ports>> all() {
        return entries().appendAll(expectations()).appendAll(details()).appendAll(accounts());
    }

    private static Seq<Defect<Ports>> entries() {
        return Array.of(
                new Defect<>(
                        "rounds to cents",
                        "A1",
                        () -> giving(entries ->
                                entries.map(entry -> entry.movement() instanceof Movement.Charged charged
                                        ? new Entry(
                                                entry.number(),
                                                entry.at(),
                                                new Movement.Charged(charged.document(), toCents(charged.amount())))
                                        : entry))),
                new Defect<>(
                        "gives every entry the instant of the first",
                        "A1",
                        () -> giving(entries -> entries.map(entry ->
                                new Entry(entry.number(), entries.head().at(), entry.movement())))),
                new Defect<>("gives 1,000 entries at most", "A1", () -> giving(entries -> entries.take(1_000))),
                new Defect<>(
                        "orders numbers as texts",
                        "A1 A2 A6",
                        () -> giving(entries -> entries.sortBy(entry -> Long.toString(entry.number())))),
                new Defect<>(
                        "numbers the entries of all accounts together", "A1 A6", () -> new NumbersTogether().ports()),
                new Defect<>("keeps what is before the refused write", "A1 A2", () -> new KeepsThePrefix().ports()));
    }

    private static Seq<Defect<Ports>> expectations() {
        return Array.of(
                new Defect<>(
                        "ignores what is expected",
                        "A2 A6",
                        () -> committing((store, write) -> write instanceof Write.Enter enter
                                ? new Write.Enter(enter.account(), Option.none(), enter.at(), enter.movements())
                                : write)),
                new Defect<>(
                        "takes what expects nothing to expect none",
                        "A1 A2 A6",
                        () -> committing((store, write) -> write instanceof Write.Enter enter
                                ? new Write.Enter(
                                        enter.account(),
                                        enter.expected().orElse(Option.some(0L)),
                                        enter.at(),
                                        enter.movements())
                                : write)),
                new Defect<>("says how many it expected", "A2", () -> new SaysTheWrongNumber().ports()),
                new Defect<>("lets each thread enter", "A6", () -> new LetsEachThreadEnter().ports()),
                new Defect<>("loses what another thread appends", "A6", () -> new LosesEntries().ports()),
                new Defect<>("expects nothing", "A7", () -> new ExpectsNothing().ports()),
                new Defect<>("finds nobody's children", "A8", () -> new PaysForNobody().ports()));
    }

    private static Seq<Defect<Ports>> details() {
        return Array.of(
                new Defect<>(
                        "forgets tax ids",
                        "A3",
                        () -> describing(details -> new AccountDetails(
                                details.account(),
                                details.version(),
                                details.customer(),
                                details.contacts(),
                                Array.empty(),
                                details.zone(),
                                details.currency(),
                                details.payer(),
                                details.places(),
                                details.attributes(),
                                details.updatedAt()))),
                new Defect<>(
                        "takes no zone for UTC",
                        "A3",
                        () -> describing(details -> new AccountDetails(
                                details.account(),
                                details.version(),
                                details.customer(),
                                details.contacts(),
                                details.taxIds(),
                                details.zone().orElse(Option.some(ZoneOffset.UTC)),
                                details.currency(),
                                details.payer(),
                                details.places(),
                                details.attributes(),
                                details.updatedAt()))),
                new Defect<>(
                        "forgets where documents belong",
                        "A3",
                        () -> describing(
                                details -> sayingOfDocuments(details, LinkedHashMap.empty(), details.attributes()))),
                new Defect<>(
                        "forgets what documents say of themselves",
                        "A3",
                        () -> describing(
                                details -> sayingOfDocuments(details, details.places(), LinkedHashMap.empty()))),
                new Defect<>("gives the first version", "A3", () -> new GivesTheFirst().ports()),
                new Defect<>("accepts any version", "A3", () -> new AcceptsAnyVersion().ports()),
                new Defect<>("makes up details", "A3", () -> new MakesUpDetails().ports()),
                new Defect<>("counts versions as entries", "A3", () -> new CountsVersionsAsEntries().ports()));
    }

    private static Seq<Defect<Ports>> accounts() {
        return Array.of(
                new Defect<>("shares accounts among tenants", "A4", () -> new SharesTenants().ports()),
                new Defect<>("shows entries outside the access", "A4", () -> new ShowsEntries().ports()),
                new Defect<>("shows details outside the access", "A4", () -> new ShowsDetails().ports()),
                new Defect<>("shows accounts outside the access", "A4", () -> new ShowsAccounts().ports()),
                new Defect<>(
                        "orders accounts without regard to case",
                        "A5",
                        () -> listing((all, after) -> all.sortBy(
                                        account -> account.value().toLowerCase(Locale.ROOT))
                                .filter(account ->
                                        after.forAll(last -> account.value().compareTo(last.value()) > 0)))),
                new Defect<>(
                        "gives the last account again",
                        "A5",
                        () -> listing((all, after) -> all.filter(
                                account -> after.forAll(last -> account.value().compareTo(last.value()) >= 0)))),
                new Defect<>(
                        "gives accounts that only have events", "A5", () -> new GivesAccountsWithEvents().ports()));
    }

    private static Money toCents(Money amount) {
        return Money.of(amount.currency(), amount.amount().setScale(2, RoundingMode.CEILING));
    }

    private static Ports giving(UnaryOperator<Seq<Entry>> rewriting) {
        return new ForwardingAccountStore() {
            @Override
            public Seq<Entry> entries(Access access, AccountId account) {
                return rewriting.apply(super.entries(access, account));
            }
        }.ports();
    }

    private static AccountDetails sayingOfDocuments(
            AccountDetails details,
            io.vavr.collection.Map<Dimension, Ref> places,
            io.vavr.collection.Map<String, Attribute> attributes) {
        return new AccountDetails(
                details.account(),
                details.version(),
                details.customer(),
                details.contacts(),
                details.taxIds(),
                details.zone(),
                details.currency(),
                details.payer(),
                places,
                attributes,
                details.updatedAt());
    }

    private static Ports describing(UnaryOperator<AccountDetails> rewriting) {
        return new ForwardingAccountStore() {
            @Override
            public Option<AccountDetails> details(Access access, AccountId account) {
                return super.details(access, account).map(rewriting);
            }
        }.ports();
    }

    private static Ports committing(BiFunction<ForwardingAccountStore, Write, Write> rewriting) {
        return new ForwardingAccountStore() {
            @Override
            public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
                return super.commit(tenant, writes(commit, commit.writes().map(write -> rewriting.apply(this, write))));
            }
        }.ports();
    }

    private static Ports listing(BiFunction<Seq<AccountId>, Option<AccountId>, Seq<AccountId>> listing) {
        return new ForwardingAccountStore() {
            @Override
            public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
                return listing.apply(super.accounts(access, Option.none(), Integer.MAX_VALUE), after)
                        .take(max);
            }
        }.ports();
    }

    private static Commit writes(Commit commit, Seq<Write> writes) {
        return new Commit(commit.key(), commit.content(), writes, commit.events());
    }

    private static final class NumbersTogether extends ForwardingAccountStore {

        private long entered;
        private final Map<AccountId, Seq<Long>> numbers = new HashMap<>();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, commit)
                    .peek(receipt -> commit.writes()
                            .filter(Write.Enter.class::isInstance)
                            .map(Write.Enter.class::cast)
                            .forEach(this::count));
        }

        private void count(Write.Enter enter) {
            for (int i = 0; i < enter.movements().size(); i++) {
                entered++;
                numbers.merge(enter.account(), Array.of(entered), Seq::appendAll);
            }
        }

        @Override
        public synchronized Seq<Entry> entries(Access access, AccountId account) {
            Seq<Long> own = numbers.getOrDefault(account, Array.empty());
            return super.entries(access, account)
                    .zipWithIndex((entry, index) -> access.tenant().equals(InvoiceFixtures.TENANT)
                            ? new Entry(own.get(index), entry.at(), entry.movement())
                            : entry);
        }
    }

    /** Enters what comes before the write that is refused. */
    private static final class KeepsThePrefix extends ForwardingAccountStore {
        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Either<CommitRefused, Receipt> result = super.commit(tenant, commit);
            if (result.isLeft() && commit.writes().size() > 1) {
                commit.writes()
                        .dropRight(1)
                        .filter(Write.Enter.class::isInstance)
                        .forEach(write -> super.commit(tenant, InvoiceFixtures.commit(write)));
            }
            return result;
        }
    }

    private static final class SaysTheWrongNumber extends ForwardingAccountStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, commit)
                    .mapLeft(refused -> refused instanceof CommitRefused.StaleAccount stale
                                    && commit.writes().exists(Write.Enter.class::isInstance)
                            ? new CommitRefused.StaleAccount(
                                    stale.account(), /* given= */ stale.actual(), /* actual= */ stale.given())
                            : refused);
        }
    }

    /** Lets a thread enter although another one was faster. */
    private static final class LetsEachThreadEnter extends ForwardingAccountStore {

        private final Map<AccountId, Thread> enteredBy = new HashMap<>();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Seq<Write> rewritten = commit.writes()
                    .map(write -> write instanceof Write.Enter enter && isOfAnother(enter.account())
                            ? new Write.Enter(enter.account(), Option.none(), enter.at(), enter.movements())
                            : write);
            return super.commit(tenant, writes(commit, rewritten))
                    .peek(receipt -> commit.writes()
                            .filter(Write.Enter.class::isInstance)
                            .forEach(write -> enteredBy.put(((Write.Enter) write).account(), Thread.currentThread())));
        }

        private boolean isOfAnother(AccountId account) {
            return enteredBy.getOrDefault(account, Thread.currentThread()) != Thread.currentThread();
        }
    }

    /** Drops what another thread appends than the one that was first. */
    private static final class LosesEntries extends ForwardingAccountStore {

        private Option<Thread> first = Option.none();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            first = first.orElse(Option.some(Thread.currentThread()));
            return super.commit(
                    tenant,
                    first.contains(Thread.currentThread())
                            ? commit
                            : writes(
                                    commit,
                                    commit.writes()
                                            .reject(write -> write instanceof Write.Enter enter
                                                    && enter.expected().isEmpty())));
        }
    }

    private static final class GivesTheFirst extends ForwardingAccountStore {

        private final Map<AccountId, AccountDetails> first = new HashMap<>();

        @Override
        public Option<AccountDetails> details(Access access, AccountId account) {
            Option<AccountDetails> found = super.details(access, account);
            found.filter(details -> access.tenant().equals(InvoiceFixtures.TENANT))
                    .forEach(details -> first.putIfAbsent(account, details));
            return access.tenant().equals(InvoiceFixtures.TENANT)
                    ? found.map(details -> first.getOrDefault(account, details))
                    : found;
        }
    }

    private static final class PaysForNobody extends ForwardingAccountStore {
        @Override
        public Seq<AccountId> paidBy(Access access, AccountId payer) {
            return Array.empty();
        }
    }

    private static final class ExpectsNothing extends ForwardingAccountStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, writes(commit, commit.writes().reject(Write.Expect.class::isInstance)));
        }
    }

    private static final class AcceptsAnyVersion extends ForwardingAccountStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Seq<Write> rewritten = commit.writes()
                    .map(write -> write instanceof Write.Describe describe
                                    && commit.writes().size() == 1
                            ? new Write.Describe(next(tenant, describe.next()))
                            : write);
            return super.commit(tenant, writes(commit, rewritten));
        }

        private AccountDetails next(TenantId tenant, AccountDetails given) {
            return new AccountDetails(
                    given.account(),
                    super.details(Access.toAll(tenant), given.account())
                                    .map(AccountDetails::version)
                                    .getOrElse(0L)
                            + 1,
                    given.customer(),
                    given.contacts(),
                    given.taxIds(),
                    given.zone(),
                    given.currency(),
                    given.payer(),
                    given.places(),
                    given.attributes(),
                    given.updatedAt());
        }
    }

    private static final class MakesUpDetails extends ForwardingAccountStore {
        @Override
        public Option<AccountDetails> details(Access access, AccountId account) {
            return super.details(access, account)
                    .orElse(() -> Option.when(
                            access.tenant().equals(InvoiceFixtures.TENANT)
                                    && !super.entries(access, account).isEmpty(),
                            () -> AccountDetails.of(account, InvoiceFixtures.NOW)));
        }
    }

    /** Expects one entry more for each version. */
    private static final class CountsVersionsAsEntries extends ForwardingAccountStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            Seq<Write> rewritten = commit.writes()
                    .map(write -> write instanceof Write.Enter enter
                            ? new Write.Enter(
                                    enter.account(),
                                    enter.expected()
                                            .map(expected -> expected
                                                    - super.details(Access.toAll(tenant), enter.account())
                                                            .map(AccountDetails::version)
                                                            .getOrElse(0L)),
                                    enter.at(),
                                    enter.movements())
                            : write);
            return super.commit(tenant, writes(commit, rewritten));
        }
    }

    private static final class SharesTenants extends ForwardingAccountStore {
        @Override
        public Seq<Entry> entries(Access access, AccountId account) {
            return super.entries(ofOne(access), account);
        }

        @Override
        public Option<AccountDetails> details(Access access, AccountId account) {
            return super.details(ofOne(access), account);
        }

        @Override
        public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
            return super.accounts(ofOne(access), after, max);
        }

        private static Access ofOne(Access access) {
            return new Access(InvoiceFixtures.TENANT, access.accounts(), access.costsSeenBy());
        }
    }

    private static Access toAll(Access access) {
        return Access.toAll(access.tenant());
    }

    private static final class ShowsEntries extends ForwardingAccountStore {
        @Override
        public Seq<Entry> entries(Access access, AccountId account) {
            return super.entries(toAll(access), account);
        }
    }

    private static final class ShowsDetails extends ForwardingAccountStore {
        @Override
        public Option<AccountDetails> details(Access access, AccountId account) {
            return super.details(toAll(access), account);
        }
    }

    private static final class ShowsAccounts extends ForwardingAccountStore {
        @Override
        public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
            return super.accounts(toAll(access), after, max);
        }
    }

    private static final class GivesAccountsWithEvents extends ForwardingAccountStore {
        @Override
        public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
            Seq<AccountId> told = super.undelivered(access.tenant(), Integer.MAX_VALUE)
                    .map(published -> published.event().account());
            return super.accounts(access, after, max).appendAll(told).distinct().take(max);
        }
    }
}
