package dev.billing.testkit;

import static dev.billing.testkit.AccountFixtures.accepted;
import static dev.billing.testkit.AccountFixtures.details;
import static dev.billing.testkit.AccountFixtures.enter;
import static dev.billing.testkit.AccountFixtures.enterAfter;
import static dev.billing.testkit.AccountFixtures.fullDetails;
import static dev.billing.testkit.AccountFixtures.movements;
import static dev.billing.testkit.AccountFixtures.note;
import static dev.billing.testkit.InvoiceFixtures.ALICE;
import static dev.billing.testkit.InvoiceFixtures.ALL;
import static dev.billing.testkit.InvoiceFixtures.BOB;
import static dev.billing.testkit.InvoiceFixtures.LATER;
import static dev.billing.testkit.InvoiceFixtures.NOW;
import static dev.billing.testkit.InvoiceFixtures.OTHER_TENANT;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.commit;
import static dev.billing.testkit.InvoiceFixtures.id;
import static dev.billing.testkit.InvoiceFixtures.issue;
import static dev.billing.testkit.InvoiceFixtures.newKey;
import static dev.billing.testkit.InvoiceFixtures.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Movement;
import dev.billing.port.Access;
import dev.billing.port.AccountStore;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link AccountStore} keeps: at least one test for each number in its Javadoc. Extend it in your tests, beside
 * {@link InvoiceStoreContract}, and return your ports.
 * <p>
 * Where threads meet, a store may ask for a call to be repeated with a {@link dev.billing.port.StorageException} that says so; the contract
 * repeats it, for a while.
 * <p>
 * Two things are left open: whether ids with characters beyond U+FFFF sort by code point or by UTF-16 unit, and instants finer than a
 * millisecond.
 */
public abstract class AccountStoreContract {

    /** How often threads meet, because they do not always meet in time. */
    private static final int ROUNDS = 5;

    private static final AccountId OTHER_CASE = new AccountId("Alice");

    /** Ports over an empty storage, of which documents and accounts are used. Called once for each test. */
    protected abstract Ports emptyPorts();

    // A1: entries

    @Test
    void a1_finds_every_kind_of_entry_as_it_was_committed() {
        Ports ports = emptyPorts();
        apply(ports, new Write.Enter(ALICE, Option.none(), LATER, movements()));
        assertThat(ports.accounts().entries(ALL, ALICE))
                .as("A1: entries must be found as committed; is a digit, a part or an odd character lost on the way?")
                .isEqualTo(numbered(LATER, movements()));
    }

    @Test
    void a1_numbers_entries_in_the_order_of_commits() {
        Ports ports = emptyPorts();
        apply(ports, enter(ALICE, "z", "a"), enter(ALICE, "m"));
        apply(ports, new Write.Enter(ALICE, Option.none(), LATER, Array.of(note("b"))));
        assertThat(ports.accounts().entries(ALL, ALICE))
                .as("A1: entries must be numbered 1, 2, 3, … in the order of commits, and each keeps its instant")
                .containsExactly(
                        new Entry(1, NOW, note("z")),
                        new Entry(2, NOW, note("a")),
                        new Entry(3, NOW, note("m")),
                        new Entry(4, LATER, note("b")));
    }

    @Test
    void a1_numbers_the_entries_of_each_account_for_itself() {
        Ports ports = emptyPorts();
        Seq<AccountId> accounts = Array.of("alice", "Alice", "alice ", "bob", "\u00e9", "e\u0301", "a".repeat(200))
                .map(AccountId::new);
        for (String note : Array.of("first", "second")) {
            accounts.forEach(account -> apply(ports, enter(account, note)));
        }
        accounts.forEach(account -> assertThat(ports.accounts().entries(ALL, account))
                .as("A1: each account must have its own entries; are ids compared exactly? '%s'", account)
                .containsExactly(new Entry(1, NOW, note("first")), new Entry(2, NOW, note("second"))));
    }

    @Test
    void a1_keeps_many_entries() {
        Ports ports = emptyPorts();
        Seq<Movement> many = Array.range(0, 2_345).map(n -> new Movement.Charged(id("document-" + n), usd(n + ".01")));
        apply(ports, new Write.Enter(ALICE, Option.none(), NOW, many));
        assertThat(ports.accounts().entries(ALL, ALICE))
                .as(
                        "A1: all entries must be found, in the order of their numbers; is the last batch lost, or 10 before 9?")
                .isEqualTo(numbered(NOW, many));
    }

    @Test
    void a1_a_refused_commit_leaves_no_entries() {
        Ports ports = emptyPorts();
        apply(ports, issue("invoice"), enter(ALICE, "first"));
        assertThat(ports.invoices()
                        .commit(TENANT, commit(enter(ALICE, "refused"), enter(BOB, "refused"), issue("invoice")))
                        .isLeft())
                .isTrue();
        apply(ports, enter(ALICE, "second"));
        assertThat(notes(ports, ALICE))
                .as("A1: what is refused must leave no entry, and no gap")
                .containsExactly("first", "second");
        assertThat(notes(ports, BOB))
                .as("A1: what is refused must leave no entry")
                .isEmpty();
    }

    // A2: what is expected

    @Test
    void a2_accepts_the_number_of_entries_that_there_are() {
        Ports ports = emptyPorts();
        apply(ports, enterAfter(0, ALICE, "1", "2"));
        apply(ports, enterAfter(2, ALICE), enterAfter(2, ALICE, "3"), enterAfter(3, ALICE, "4"));
        for (long n = 4; n < 12; n++) {
            apply(ports, enterAfter(n, ALICE, Long.toString(n + 1)));
        }
        assertThat(notes(ports, ALICE))
                .as("A2: what expects as many entries as there are must be accepted, also within one commit")
                .containsExactlyElementsOf(Array.rangeClosed(1, 12).map(String::valueOf));
    }

    @Test
    void a2_refuses_what_expects_another_number() {
        Ports ports = emptyPorts();
        apply(ports, enter(ALICE, "1", "2"));
        apply(ports, enter(BOB, "1"));
        for (long expected : new long[] {0, 1, 3, 20}) {
            assertThat(ports.invoices().commit(TENANT, commit(enterAfter(expected, ALICE, "refused"))))
                    .as(
                            "A2: another number of entries than there are must be refused, and the refusal says how many there are")
                    .isEqualTo(Either.left(new CommitRefused.StaleAccount(ALICE, expected, 2)));
        }
        assertThat(ports.invoices().commit(TENANT, commit(enterAfter(2, ALICE, "3"), enterAfter(2, ALICE, "refused"))))
                .as("A2: the entries of one commit count")
                .isEqualTo(Either.left(new CommitRefused.StaleAccount(ALICE, 2, 3)));
        assertThat(notes(ports, ALICE))
                .as("A2: what is refused must leave no entry")
                .containsExactly("1", "2");
    }

    @Test
    void a2_appends_what_expects_nothing() {
        Ports ports = emptyPorts();
        apply(ports, enter(ALICE, "1"));
        apply(ports, enter(ALICE, "2"), enterAfter(2, ALICE, "3"), enter(ALICE, "4"));
        assertThat(notes(ports, ALICE))
                .as("A2: what expects nothing must be appended to whatever there is")
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void a2_what_is_stale_changes_nothing_else() {
        Ports ports = emptyPorts();
        apply(ports, enter(ALICE, "1"));
        Commit stale = new Commit(
                newKey(),
                "content",
                Array.of(
                        issue("invoice"),
                        enter(BOB, "refused"),
                        new Write.Describe(details(BOB, 1)),
                        enterAfter(0, ALICE, "refused"),
                        issue("another")),
                Array.empty());
        assertThat(ports.invoices().commit(TENANT, stale).isLeft()).isTrue();
        assertThat(ports.invoices().find(ALL, id("invoice")))
                .as("A2: a stale commit must issue nothing")
                .isEmpty();
        assertThat(ports.invoices().find(ALL, id("another")))
                .as("A2: a stale commit must issue nothing")
                .isEmpty();
        assertThat(notes(ports, BOB))
                .as("A2: a stale commit must enter nothing on any account")
                .isEmpty();
        assertThat(ports.accounts().details(ALL, BOB))
                .as("A2: a stale commit must describe no account")
                .isEmpty();
    }

    // A3: details

    @Test
    void a3_finds_details_as_they_were_committed() {
        Ports ports = emptyPorts();
        apply(ports, new Write.Describe(fullDetails(ALICE, 1)));
        apply(ports, new Write.Describe(details(BOB, 1)));
        assertThat(ports.accounts().details(ALL, ALICE))
                .as("A3: details must be found as committed; is a part or an odd character lost on the way?")
                .containsExactly(fullDetails(ALICE, 1));
        assertThat(ports.accounts().details(ALL, BOB))
                .as(
                        "A3: details must be found as committed; is something that is absent read as something that is empty?")
                .containsExactly(details(BOB, 1));
    }

    @Test
    void a3_an_account_of_which_nothing_was_said_has_no_details() {
        Ports ports = emptyPorts();
        apply(ports, new Write.Describe(fullDetails(ALICE, 1)), enter(BOB, "entry"));
        for (AccountId account : Array.of(BOB, OTHER_CASE, new AccountId("alice "), new AccountId("%"))) {
            assertThat(ports.accounts().details(ALL, account))
                    .as("A3: there must be no details of '%s'", account)
                    .isEmpty();
        }
    }

    @Test
    void a3_gives_the_latest_version() {
        Ports ports = emptyPorts();
        for (long version = 1; version <= 12; version++) {
            apply(ports, new Write.Describe(version == 3 ? fullDetails(ALICE, 3) : details(ALICE, version)));
            assertThat(ports.accounts().details(ALL, ALICE).map(AccountDetails::version))
                    .as("A3: details must be those of the latest version")
                    .containsExactly(version);
        }
        assertThat(ports.accounts().details(ALL, ALICE))
                .as("A3: what an older version said must be gone")
                .containsExactly(details(ALICE, 12));
    }

    @Test
    void a3_refuses_a_version_that_does_not_follow() {
        Ports ports = emptyPorts();
        assertThat(ports.invoices().commit(TENANT, commit(new Write.Describe(details(ALICE, 2)))))
                .as("A3: the first version must be 1")
                .isEqualTo(Either.left(new CommitRefused.StaleAccount(ALICE, 1, 0)));
        apply(ports, new Write.Describe(details(ALICE, 1)), new Write.Describe(details(ALICE, 2)));
        for (long version : new long[] {1, 2, 4, 30}) {
            assertThat(ports.invoices().commit(TENANT, commit(new Write.Describe(fullDetails(ALICE, version)))))
                    .as("A3: a version must follow the latest, and the refusal says which that is")
                    .isEqualTo(Either.left(new CommitRefused.StaleAccount(ALICE, version - 1, 2)));
        }
        assertThat(ports.accounts().details(ALL, ALICE))
                .as("A3: what is refused must change nothing")
                .containsExactly(details(ALICE, 2));
    }

    @Test
    void a3_versions_and_entries_are_counted_apart() {
        Ports ports = emptyPorts();
        apply(ports, enterAfter(0, ALICE, "1", "2"), new Write.Describe(details(ALICE, 1)));
        apply(ports, new Write.Describe(details(ALICE, 2)), enterAfter(2, ALICE, "3"));
        assertThat(notes(ports, ALICE))
                .as("A3: details must not change entries")
                .containsExactly("1", "2", "3");
        assertThat(ports.accounts().details(ALL, ALICE))
                .as("A3: entries must not change details")
                .containsExactly(details(ALICE, 2));
    }

    // A4: access

    @Test
    void a4_nothing_crosses_a_tenant() {
        Ports ports = emptyPorts();
        apply(ports, enter(ALICE, "1"), new Write.Describe(details(ALICE, 1)));
        Access other = Access.toAll(OTHER_TENANT);
        assertFindsNothing(ports, other, "of another tenant");
        apply(ports, OTHER_TENANT, enterAfter(0, ALICE, "other"), new Write.Describe(fullDetails(ALICE, 1)));
        assertThat(notes(ports, ALICE))
                .as("A4: each tenant must have its own entries")
                .containsExactly("1");
        assertThat(ports.accounts().details(ALL, ALICE).map(AccountDetails::customer))
                .as("A4: each tenant must have its own details")
                .containsExactly(Option.none());
        assertThat(ports.accounts().entries(other, ALICE).map(Entry::movement))
                .as("A4: each tenant must have its own entries")
                .containsExactly(note("other"));
    }

    @Test
    void a4_finds_nothing_outside_the_access() {
        Ports ports = emptyPorts();
        Seq<AccountId> accounts = Array.of(OTHER_CASE, ALICE, BOB);
        accounts.forEach(account -> apply(ports, enter(account, "1"), new Write.Describe(details(account, 1))));
        assertFindsNothing(ports, Access.to(TENANT), "outside an access to nobody");
        assertFindsNothing(ports, Access.to(TENANT, new AccountId("stranger")), "outside the access");
        Access some = Access.to(TENANT, ALICE, BOB);
        assertThat(ports.accounts().entries(some, OTHER_CASE))
                .as("A4: entries outside the access must not be found")
                .isEmpty();
        assertThat(ports.accounts().details(some, OTHER_CASE))
                .as("A4: details outside the access must not be found")
                .isEmpty();
        assertThat(ports.accounts().accounts(some, Option.none(), 10))
                .as("A4: accounts outside the access must not be found")
                .containsExactly(ALICE, BOB);
        assertThat(ports.accounts().entries(some, ALICE))
                .as("A4: what is within the access must be found")
                .hasSize(1);
        assertThat(ports.accounts().details(some, BOB))
                .as("A4: what is within the access must be found")
                .isNotEmpty();
    }

    private static void assertFindsNothing(Ports ports, Access access, String what) {
        assertThat(ports.accounts().entries(access, ALICE))
                .as("A4: entries %s must not be found", what)
                .isEmpty();
        assertThat(ports.accounts().details(access, ALICE))
                .as("A4: details %s must not be found", what)
                .isEmpty();
        assertThat(ports.accounts().accounts(access, Option.none(), 10))
                .as("A4: accounts %s must not be found", what)
                .isEmpty();
    }

    // A5: all accounts

    @Test
    void a5_gives_accounts_in_the_order_of_their_ids() {
        Ports ports = emptyPorts();
        accounts()
                .zipWithIndex()
                .sortBy(account -> (account._2 * 7) % accounts().size())
                .forEach(account -> {
                    if (account._2 % 3 < 2) {
                        apply(ports, enter(account._1, "entry"));
                    }
                    if (account._2 % 3 > 0) {
                        apply(ports, new Write.Describe(details(account._1, 1)));
                    }
                });
        assertThat(ports.accounts().accounts(ALL, Option.none(), 100))
                .as(
                        "A5: each account that has entries or details must be given once, ordered by its id, character by character; does "
                                + "a locale or a collation have a say?")
                .isEqualTo(accounts());
        for (int max = 0; max <= accounts().size() + 1; max++) {
            assertThat(ports.accounts().accounts(ALL, Option.none(), max))
                    .as("A5: there must be at most as many as are asked for")
                    .isEqualTo(accounts().take(max));
            for (int after = 0; after < accounts().size(); after++) {
                assertThat(ports.accounts().accounts(ALL, Option.some(accounts().get(after)), max))
                        .as("A5: those that come after an id must be given")
                        .isEqualTo(accounts().drop(after + 1).take(max));
            }
        }
        assertThat(ports.accounts().accounts(ALL, Option.some(new AccountId("al")), 1))
                .as("A5: what comes after an id that is no account must be given")
                .containsExactly(ALICE);
    }

    @Test
    void a5_gives_no_account_that_has_neither_entries_nor_details() {
        Ports ports = emptyPorts();
        Commit told = new Commit(
                newKey(),
                "content",
                Array.of(issue("invoice", ALICE), enter(ALICE)),
                Array.of(Event.of("happened", ALICE, "invoice", NOW)));
        accepted(ports.invoices().commit(TENANT, told));
        assertThat(ports.accounts().accounts(ALL, Option.none(), 10))
                .as("A5: documents and events alone must not make an account")
                .isEmpty();
    }

    private static Seq<AccountId> accounts() {
        return Array.of("10", "9", "A", "Alice", "a", "a ", "a-", "aa", "alice", "b", "z", "\u00c4", "\u00e9", "\uff61")
                .map(AccountId::new);
    }

    // A6: threads

    @Test
    void a6_of_many_threads_that_enter_from_one_number_one_succeeds() {
        Ports ports = emptyPorts();
        for (int round = 0; round < ROUNDS; round++) {
            long before = round;
            Seq<Either<CommitRefused, Receipt>> results =
                    Together.run(thread -> persistently(ports, enterAfter(before, ALICE, "thread-" + thread)));
            assertThat(results.count(Either::isRight))
                    .as("A6: of many threads that enter from one number of entries exactly one must succeed")
                    .isEqualTo(1);
            assertThat(notes(ports, ALICE).drop(round))
                    .as("A6: the entry must be that of the thread that succeeded")
                    .containsExactly("thread-" + results.indexWhere(Either::isRight));
        }
    }

    @Test
    void a7_expects_the_version_there_is() {
        Ports ports = emptyPorts();
        apply(ports, new Write.Expect(ALICE, 0));
        apply(ports, new Write.Describe(details(ALICE, 1)));
        apply(ports, new Write.Expect(ALICE, 1), new Write.Describe(details(ALICE, 2)));
        for (long version : new long[] {0, 1, 3}) {
            assertThat(ports.invoices()
                            .commit(
                                    TENANT,
                                    commit(new Write.Expect(ALICE, version), new Write.Describe(details(BOB, 1)))))
                    .as(
                            "A7: what was computed from another version must be refused, and the refusal says which there is")
                    .isEqualTo(Either.left(new CommitRefused.StaleAccount(ALICE, version, 2)));
        }
    }

    @Test
    void a8_finds_whom_an_account_pays_for_now() {
        Ports ports = emptyPorts();
        AccountId payer = new AccountId("payer");
        Seq<AccountId> children = Array.of("c", "a", "B", "left").map(AccountId::new);
        children.forEach(child -> apply(ports, new Write.Describe(paidBy(payer, child, 1))));
        apply(ports, new Write.Describe(details(children.last(), 2)));
        apply(ports, new Write.Describe(paidBy(new AccountId("Payer"), BOB, 1)));
        assertThat(ports.accounts().paidBy(ALL, payer).map(AccountId::value))
                .as("A8: those it pays for now must be found, ordered by their ids")
                .containsExactly("B", "a", "c");
        assertThat(ports.accounts().paidBy(ALL, children.head()))
                .as("A8: who pays for nobody pays for nobody")
                .isEmpty();
    }

    private static AccountDetails paidBy(AccountId payer, AccountId child, long version) {
        AccountDetails plain = details(child, version);
        return new AccountDetails(
                child,
                version,
                plain.customer(),
                plain.contacts(),
                plain.taxIds(),
                plain.zone(),
                plain.currency(),
                Option.some(new AccountDetails.Payer(payer, AccountDetails.Payer.Mode.SEPARATE)),
                plain.updatedAt());
    }

    @Test
    void a6_loses_nothing_that_threads_append() {
        Ports ports = emptyPorts();
        int each = 12;
        Together.run(thread -> Array.range(0, each)
                .map(n -> accepted(persistently(ports, enter(ALICE, thread + "-" + n), enter(BOB, "bob's")))));
        assertThat(notes(ports, ALICE))
                .as("A6: what threads append must all be there")
                .containsExactlyInAnyOrderElementsOf(Array.range(0, Together.THREADS)
                        .flatMap(thread -> Array.range(0, each).map(n -> thread + "-" + n)));
        assertThat(ports.accounts().entries(ALL, ALICE).map(Entry::number))
                .as("A6: what threads append must be numbered without gap or duplicate")
                .isEqualTo(Array.rangeClosed(1L, (long) Together.THREADS * each));
    }

    // What the tests share

    private static void apply(Ports ports, Write... writes) {
        apply(ports, TENANT, writes);
    }

    private static void apply(Ports ports, TenantId tenant, Write... writes) {
        accepted(ports.invoices().commit(tenant, commit(writes)));
    }

    private static Either<CommitRefused, Receipt> persistently(Ports ports, Write... writes) {
        Commit commit = commit(writes);
        return Together.persistently(() -> ports.invoices().commit(TENANT, commit));
    }

    private static Seq<Entry> numbered(Instant at, Seq<Movement> movements) {
        return movements.zipWithIndex((movement, index) -> new Entry(index + 1L, at, movement));
    }

    private static Seq<String> notes(Ports ports, AccountId account) {
        return ports.accounts().entries(ALL, account).map(entry -> ((Movement.Resumed) entry.movement()).note());
    }
}
