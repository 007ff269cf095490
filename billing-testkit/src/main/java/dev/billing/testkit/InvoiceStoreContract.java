package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.ACME;
import static dev.billing.testkit.InvoiceFixtures.ALICE;
import static dev.billing.testkit.InvoiceFixtures.ALL;
import static dev.billing.testkit.InvoiceFixtures.APP;
import static dev.billing.testkit.InvoiceFixtures.BOB;
import static dev.billing.testkit.InvoiceFixtures.FEBRUARY;
import static dev.billing.testkit.InvoiceFixtures.JANUARY;
import static dev.billing.testkit.InvoiceFixtures.LATER;
import static dev.billing.testkit.InvoiceFixtures.MARCH;
import static dev.billing.testkit.InvoiceFixtures.NOW;
import static dev.billing.testkit.InvoiceFixtures.ODD;
import static dev.billing.testkit.InvoiceFixtures.ORGANIZATION;
import static dev.billing.testkit.InvoiceFixtures.OTHER_TENANT;
import static dev.billing.testkit.InvoiceFixtures.SPACE;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.USD;
import static dev.billing.testkit.InvoiceFixtures.allFigures;
import static dev.billing.testkit.InvoiceFixtures.bareLine;
import static dev.billing.testkit.InvoiceFixtures.commit;
import static dev.billing.testkit.InvoiceFixtures.customer;
import static dev.billing.testkit.InvoiceFixtures.fullHead;
import static dev.billing.testkit.InvoiceFixtures.fullStanding;
import static dev.billing.testkit.InvoiceFixtures.head;
import static dev.billing.testkit.InvoiceFixtures.id;
import static dev.billing.testkit.InvoiceFixtures.invoiceOf;
import static dev.billing.testkit.InvoiceFixtures.issue;
import static dev.billing.testkit.InvoiceFixtures.line;
import static dev.billing.testkit.InvoiceFixtures.lineOf;
import static dev.billing.testkit.InvoiceFixtures.mixedLines;
import static dev.billing.testkit.InvoiceFixtures.newKey;
import static dev.billing.testkit.InvoiceFixtures.numbered;
import static dev.billing.testkit.InvoiceFixtures.providedLine;
import static dev.billing.testkit.InvoiceFixtures.ratedLine;
import static dev.billing.testkit.InvoiceFixtures.revise;
import static dev.billing.testkit.InvoiceFixtures.stand;
import static dev.billing.testkit.InvoiceFixtures.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Seal;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Bound;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Reduction;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Settled;
import dev.billing.domain.line.Side;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.rollup.Rollup;
import dev.billing.port.Access;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceQuery.Form;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Tally;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link InvoiceStore} keeps: at least one test for each number in its Javadoc. Extend it in your tests and return
 * your store.
 * <p>
 * A test looks at one rule alone, so what fails names what is broken. Where threads meet, a store may ask for a call to be repeated with
 * a {@link dev.billing.port.StorageException} that says so; the contract repeats it, for a while.
 * <p>
 * Two things are left open: whether ids with characters beyond U+FFFF sort by code point or by UTF-16 unit, and instants finer than a
 * millisecond.
 */
public abstract class InvoiceStoreContract {

    private static final PageRequest EVERYTHING = PageRequest.first(PageRequest.MAX_SIZE);
    private static final Seq<LineItem> NO_LINES = Array.empty();
    private static final AccountId CAROL = new AccountId("carol" + ODD);

    /** How often threads meet, because they do not always meet in time. */
    private static final int ROUNDS = 5;

    /** A store without documents. Called once for each test. */
    protected abstract InvoiceStore emptyStore();

    // S1: what was committed is found again

    @Test
    void s1_finds_a_document_equal_to_the_one_committed() {
        InvoiceStore store = emptyStore();
        Write.Issue issue = issue("invoice", line("line"));
        apply(store, issue);
        assertFound(store, issued(issue), "is a digit or a part lost on the way?");
    }

    @Test
    void s1_finds_nothing_where_nothing_was_committed() {
        InvoiceStore store = emptyStore();
        apply(store, issue("invoice", line("line")));
        for (String other : Array.of("another", "invoic", "invoice-1", "%", "invoic_")) {
            assertThat(store.find(ALL, id(other)))
                    .as("S1: find must give none for an id that was never committed: '%s'", other)
                    .isEmpty();
        }
    }

    @Test
    void s1_keeps_every_part_of_a_head() {
        InvoiceStore store = emptyStore();
        Write.Issue issue = issue(fullHead("full"));
        apply(store, issue);
        assertFound(
                store,
                issued(issue),
                "are owner, subject, period, places, addresses and odd characters kept as they are?");
    }

    @Test
    void s1_keeps_the_absence_of_parts_of_a_head() {
        InvoiceStore store = emptyStore();
        Write.Issue issue = issue(head("bare", ALICE, Option.none()));
        apply(store, issue);
        assertFound(store, issued(issue), "is something that is absent read as something that is empty?");
    }

    @Test
    void s1_keeps_every_kind_of_figure() {
        InvoiceStore store = emptyStore();
        Write.Issue issue = new Write.Issue(
                new Invoice.Preview(head("figures"), allFigures(), NOW), NO_LINES, Option.none(), InvoiceStatus.CLOSED);
        apply(store, issue);
        assertFound(
                store, issued(issue), "are keys, selections, rules, inputs and sources of figures kept as they are?");
    }

    @Test
    void s1_keeps_a_document_without_figures() {
        InvoiceStore store = emptyStore();
        Write.Issue issue = new Write.Issue(
                new Invoice.Preview(head("empty"), Figures.NONE, NOW), NO_LINES, Option.none(), InvoiceStatus.FREE);
        apply(store, issue);
        assertFound(store, issued(issue), "does a document need figures or lines to be found?");
        assertThat(lines(store, "empty"))
                .as("S1: a document without lines has none")
                .isEmpty();
    }

    @Test
    void s1_keeps_every_part_of_a_line() {
        InvoiceStore store = emptyStore();
        Seq<LineItem> lines = Array.of(
                        ratedLine("rated"),
                        settledLine("settled"),
                        boundedLine("bounded"),
                        providedLine("provided"),
                        bareLine("bare"))
                .zipWithIndex(LineItem::at);
        apply(store, issue(head("invoice"), lines));
        assertThat(lines(store, "invoice"))
                .as("S1: lines must be given as committed; is an optional part or an odd character lost on the way?")
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    /** A line of some facts of a meter, of which terms made something. */
    private static LineItem settledLine(String id) {
        Derivation why = flatDerivation()
                .counting(new Derivation.Count("calls", "sum", 3, HashMap.of("region", "eu", "size", "")));
        return LineItem.builder(new LineId(id), "sku", "compute", NOW, new Origin.Rated(why))
                .price(usd("10.10"))
                .settled(settled())
                .build();
    }

    /** What terms of every kind made of a line. */
    private static Settled settled() {
        Rounding rounding = Rounding.toDecimals(7, RoundingMode.HALF_EVEN);
        Reduction spread = new Reduction(
                Array.of(
                        new Reduction.Use("spring", new Discount.Percent(new BigDecimal("12.50000001"))),
                        new Reduction.Use("coupon", new Discount.Fixed(usd("0.0000001")))),
                usd("100.10"),
                rounding);
        return Settled.NOTHING
                .and(new Settled.Discounted(spread, usd("10.10"), usd("99"), usd("1.2625")))
                .paid(Array.of(
                        new Settled.Paid("wallet", true, usd("0.000123")), new Settled.Paid("promo", false, usd("1"))))
                .taxed(Option.some(new Settled.Taxation(
                        Option.some(new Settled.Rounded("PER_RATE", rounding)),
                        Array.of(
                                new Settled.Levy("VAT", "DE", new BigDecimal("8.1"), false, usd("1.0605")),
                                new Settled.Levy("City", "B", BigDecimal.ZERO, true, usd("-0.01"))))));
    }

    /** A line that brings charges up to a minimum. */
    private static LineItem boundedLine(String id) {
        Bound why = new Bound(
                Bound.Kind.MINIMUM,
                Scope.skus("egress", "storage"),
                usd("30.01"),
                Ratio.of(6, 7),
                Rounding.toMinorUnit(RoundingMode.HALF_UP),
                usd("20.005"),
                usd("1.5"));
        return LineItem.builder(new LineId(id), "least", "compute", NOW, new Origin.Bounded(why))
                .price(why.amount())
                .share(why.share())
                .build();
    }

    @Test
    void s1_keeps_lines_that_differ_in_one_part() {
        InvoiceStore store = emptyStore();
        LineItem.Builder flat = LineItem.builder(
                        new LineId("flat"), "sku", "compute", NOW, new Origin.Rated(flatDerivation()))
                .price(usd("20"));
        Seq<LineItem> lines = mixedLines()
                .append(flat.build())
                .append(lineOf("empty raw").price(usd("1")).build())
                .append(LineItem.builder(
                                new LineId("raw"),
                                "sku",
                                "compute",
                                NOW,
                                new Origin.Provided("", HashMap.empty(), Option.some("")))
                        .price(usd("1"))
                        .build())
                .zipWithIndex((line, index) -> line.at(index * 1_000L));
        apply(store, issue(head("invoice"), lines));
        assertThat(lines(store, "invoice"))
                .as("S1: lines must be given as committed; is nothing taken for zero, or empty for absent?")
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void s1_keeps_every_digit() {
        InvoiceStore store = emptyStore();
        Seq<LineItem> lines = Array.of(
                        "0.0014002692168963457",
                        "-0.0014002692168963457",
                        "1.10",
                        "1.1",
                        "-1.005",
                        "0",
                        "0.00",
                        "99999999999.99",
                        "0.0000000000000000001",
                        "1E+3")
                .zipWithIndex((amount, index) -> digits("line-" + index, amount).at(index));
        apply(store, issue(head("invoice"), lines));
        assertThat(lines(store, "invoice"))
                .as("S1: amounts must be kept to the last digit; is a column too narrow, or a double on the way?")
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void s1_keeps_what_explains_an_amount() {
        InvoiceStore store = emptyStore();
        LineItem rated = ratedLine("rated");
        apply(store, issue("invoice", rated));
        LineItem found = lines(store, "invoice").head();
        assertThat(found.share())
                .as("S1: a share must be kept as it was given, because 14/28 explains more than 1/2")
                .hasToString(rated.share().toString());
        assertThat(((Origin.Rated) found.origin()).why().remainder())
                .as("S1: what rounding dropped must be the same as before")
                .isEqualTo(((Origin.Rated) rated.origin()).why().remainder());
    }

    @Test
    void s1_keeps_long_texts_and_ids() {
        InvoiceStore store = emptyStore();
        String longId = "\u4e2d".repeat(499) + "x";
        String text = "\ud83d\ude00".repeat(1_000);
        LineItem line = LineItem.builder(
                        new LineId("\u00e9".repeat(250)),
                        "s".repeat(200),
                        "c".repeat(200),
                        NOW,
                        new Origin.Provided("x", HashMap.of("k", "v".repeat(50_000)), Option.some("r".repeat(50_000))))
                .description(text)
                .price(usd("1"))
                .build();
        Write.Issue issue = issue(longId, line);
        apply(store, issue);
        assertFound(store, issued(issue), "is an id as long as it may be cut?");
        assertThat(lines(store, longId))
                .as("S1: texts as long as they may be must not be cut")
                .containsExactly(line);
    }

    @Test
    void s1_keeps_many_lines() {
        InvoiceStore store = emptyStore();
        Seq<LineItem> lines =
                Array.range(0, 1_234).map(n -> line("line-" + n, n + ".01").at(n));
        apply(store, issue(head("invoice"), lines));
        assertThat(lines(store, "invoice").sortBy(LineItem::position))
                .as("S1: all lines must be given; is the last batch lost?")
                .containsExactlyElementsOf(lines);
    }

    @Test
    void s1_reads_lines_once() {
        InvoiceStore store = emptyStore();
        AtomicInteger reads = new AtomicInteger();
        Iterable<LineItem> lines = () -> {
            reads.incrementAndGet();
            return Array.of(line("line")).iterator();
        };
        apply(store, issue(head("invoice"), lines));
        assertThat(reads)
                .as("S1: lines must be read once, because they may come from a stream")
                .hasValue(1);
        assertThat(lineIds(store, "invoice"))
                .as("S1: lines that can be read only once must be kept")
                .containsExactly("line");
    }

    @Test
    void s1_finds_a_running_document_and_its_lines() {
        InvoiceStore store = emptyStore();
        Write.Revise first = new Write.Revise(
                new Invoice.Running(fullHead("running"), allFigures(), 1),
                Array.of(ratedLine("rated")),
                Change.ADD_LINES);
        apply(store, first);
        assertThat(store.find(ALL, id("running")).map(Stored::invoice))
                .as("S1: find must give a running document as committed, with its revision")
                .containsExactly(first.next());
        assertThat(lines(store, "running"))
                .as("S1: lines must be given as committed")
                .containsExactly(ratedLine("rated"));
    }

    @Test
    void s1_finds_the_head_and_the_figures_of_the_latest_revision() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES));
        Invoice.Running second = new Invoice.Running(fullHead("running"), allFigures(), 2);
        apply(store, new Write.Revise(second, NO_LINES, Change.ADD_LINES));
        assertThat(store.find(ALL, id("running")).map(Stored::invoice))
                .as("S1: find must give the latest revision; is something of the one before left?")
                .containsExactly(second);
        Invoice.Running third = new Invoice.Running(head("running", ALICE, Option.none()), Figures.NONE, 3);
        apply(store, new Write.Revise(third, NO_LINES, Change.ADD_LINES));
        assertThat(store.find(ALL, id("running")).map(Stored::invoice))
                .as("S1: find must give the latest revision; is something of the one before left?")
                .containsExactly(third);
    }

    @Test
    void s1_gives_a_new_document_its_first_standing() {
        InvoiceStore store = emptyStore();
        apply(store, issue("issued"));
        apply(store, revise("running", 1, Change.ADD_LINES));
        assertThat(standing(store, "issued"))
                .as("S1: an issued document stands as the write says, from the instant of the draft, in version 1")
                .isEqualTo(Standing.initial(id("issued"), InvoiceStatus.CLOSED, NOW));
        assertThat(standing(store, "running"))
                .as("S1: a running document stands as pending, from its creation, in version 1")
                .isEqualTo(Standing.initial(
                        id("running"), InvoiceStatus.PENDING, head("running").createdAt()));
    }

    @Test
    void s1_finds_a_standing_equal_to_the_one_committed() {
        InvoiceStore store = emptyStore();
        apply(store, issue("invoice"));
        apply(store, new Write.Stand(fullStanding("invoice", 2)));
        assertThat(standing(store, "invoice"))
                .as(
                        "S1: a standing must be found as committed: payments, refunds and tags in their order, digits, odd characters")
                .isEqualTo(fullStanding("invoice", 2));
        apply(store, stand("invoice", 3, InvoiceStatus.PAID));
        assertThat(standing(store, "invoice"))
                .as("S1: the latest standing must be found; is something of the one before left?")
                .isEqualTo(stand("invoice", 3, InvoiceStatus.PAID).next());
    }

    @Test
    void s1_keeps_every_status() {
        InvoiceStore store = emptyStore();
        for (InvoiceStatus status : InvoiceStatus.values()) {
            String id = "invoice " + status;
            apply(store, new Write.Issue(issue(id).draft(), NO_LINES, Option.none(), status));
            assertThat(standing(store, id).status())
                    .as("S1: a status must be kept")
                    .isEqualTo(status);
        }
    }

    // S2: a commit is applied whole or not at all

    @Test
    void s2_applies_all_writes_in_their_order() {
        InvoiceStore store = emptyStore();
        apply(
                store,
                issue("issued", line("a")),
                stand("issued", 2, InvoiceStatus.PAID),
                revise("running", 1, Change.ADD_LINES),
                revise("running", 2, Change.ADD_LINES, line("b")),
                stand("running", 2, InvoiceStatus.PREPAID),
                stand("running", 3, InvoiceStatus.INVOICED));
        assertThat(standing(store, "issued").status())
                .as("S2: a commit may issue a document and change its standing")
                .isEqualTo(InvoiceStatus.PAID);
        assertThat(standing(store, "running").status())
                .as("S2: a commit may change a standing twice; the last one counts")
                .isEqualTo(InvoiceStatus.INVOICED);
        assertThat(lineIds(store, "running"))
                .as("S2: a commit may revise a document twice")
                .contains("b");
    }

    @Test
    void s2_changes_nothing_if_the_last_write_is_refused() {
        InvoiceStore store = storeWithDocuments();
        Seq<Write> bad = Array.of(
                issue("issued", line("new")),
                issue("running", line("new")),
                issue("twice", line("same"), line("same")),
                revise("issued", 2, Change.ADD_LINES, line("new")),
                revise("running", 1, Change.REPLACE_LINES, line("new")),
                revise("running", 9, Change.REPLACE_LINES, line("new")),
                revise("running", 3, Change.ADD_LINES, line("new"), line("a")),
                revise("running", 3, Change.REPLACE_LINES, line("same"), line("same")),
                stand("issued", 1, InvoiceStatus.FAILED),
                stand("running", 7, InvoiceStatus.FAILED),
                stand("unknown", 1, InvoiceStatus.FAILED));
        int refused = 0;
        for (Write last : bad) {
            Snapshot before = Snapshot.of(store);
            Seq<Write> good = Array.of(
                    issue("new", line("new")),
                    numbered("new and numbered", new Series("series"), line("new")),
                    revise("running", 2, Change.ADD_LINES, line("added")),
                    stand("issued", 2, InvoiceStatus.PAID));
            if (store.commit(TENANT, new Commit(newKey(), "content", good.append(last)))
                    .isLeft()) {
                refused++;
                assertThat(Snapshot.of(store))
                        .as(
                                "S2: a refused commit must leave no trace; are the writes before the refused one undone? Refused: %s",
                                last)
                        .isEqualTo(before);
            }
        }
        assertThat(refused)
                .as("S2: commits with a write that breaks a rule must be refused")
                .isPositive();
    }

    @Test
    void s2_changes_nothing_if_the_first_write_is_refused() {
        InvoiceStore store = storeWithDocuments();
        Snapshot before = Snapshot.of(store);
        Either<CommitRefused, Receipt> result = store.commit(
                TENANT,
                commit(
                        stand("unknown", 2, InvoiceStatus.PAID),
                        issue("new", line("new")),
                        stand("issued", 2, InvoiceStatus.PAID)));
        assertThat(result.isLeft())
                .as("S2: a commit with a refused write must be refused")
                .isTrue();
        assertThat(Snapshot.of(store))
                .as("S2: a refused commit must leave no trace; are the writes after the refused one applied?")
                .isEqualTo(before);
    }

    @Test
    void s2_changes_nothing_if_the_source_of_lines_fails() {
        InvoiceStore store = storeWithDocuments();
        Snapshot before = Snapshot.of(store);
        Iterable<LineItem> failing = () -> Array.range(0, 1_500).iterator().map(n -> {
            if (n == 1_400) {
                throw new IllegalStateException("The source of the lines fails");
            }
            return line("new-" + n);
        });
        Commit commit = commit(
                issue("new", line("new")),
                stand("issued", 2, InvoiceStatus.PAID),
                revise("running", 2, Change.ADD_LINES, line("added")),
                issue(head("failing"), failing));
        assertThatThrownBy(() -> store.commit(TENANT, commit))
                .as("S2: what the source of the lines throws must reach the caller")
                .isInstanceOf(RuntimeException.class);
        assertThat(Snapshot.of(store))
                .as("S2: a commit that failed half way must leave no trace")
                .isEqualTo(before);
        apply(store, Commit.of(commit.key(), commit.content(), issue("new", line("new"))));
        assertThat(store.find(ALL, id("new")))
                .as("S2: a commit that failed half way must leave no trace; can its key still be used?")
                .isNotEmpty();
    }

    // S3: a command takes effect once

    @Test
    void s3_gives_the_first_receipt_again_and_changes_nothing() {
        InvoiceStore store = emptyStore();
        Commit commit = commit(numbered("invoice", new Series("series"), line("a")), issue("other"));
        Receipt first = apply(store, commit);
        Snapshot before = Snapshot.of(store);
        for (int again = 0; again < 3; again++) {
            assertThat(store.commit(TENANT, commit))
                    .as("S3: a commit that is sent again must give the first receipt, its numbers included")
                    .isEqualTo(Either.right(first));
        }
        assertThat(Snapshot.of(store))
                .as("S3: a commit that is sent again must change nothing")
                .isEqualTo(before);
    }

    @Test
    void s3_knows_a_command_whose_writes_differ() {
        InvoiceStore store = emptyStore();
        CommandKey key = newKey();
        Receipt first = apply(store, Commit.of(key, "close", numbered("invoice", new Series("series"), line("a"))));
        apply(store, stand("invoice", 2, InvoiceStatus.PAID));
        Snapshot before = Snapshot.of(store);
        Commit computedAgain = Commit.of(
                key, "close", numbered("invoice", new Series("series"), line("a"), line("late")), issue("other"));
        assertThat(store.commit(TENANT, computedAgain))
                .as("S3: the same key and content are the same command, whatever was computed for it this time")
                .isEqualTo(Either.right(first));
        assertThat(Snapshot.of(store))
                .as("S3: a commit that is sent again must change nothing")
                .isEqualTo(before);
    }

    @Test
    void s3_refuses_a_key_with_other_content() {
        InvoiceStore store = emptyStore();
        CommandKey key = newKey();
        apply(store, Commit.of(key, "content", issue("invoice")));
        Snapshot before = Snapshot.of(store);
        for (String other : Array.of("other content", "Content", "content ", "")) {
            assertThat(store.commit(TENANT, Commit.of(key, other, issue("other"))))
                    .as("S3: a key that was used with other content must be refused; is the content compared exactly?")
                    .isEqualTo(Either.left(new CommitRefused.KeyReused(key)));
        }
        assertThat(Snapshot.of(store))
                .as("S3: a key with other content must change nothing")
                .isEqualTo(before);
    }

    @Test
    void s3_compares_long_keys_and_contents_whole() {
        InvoiceStore store = emptyStore();
        String longKey = "\u00e9".repeat(499);
        String longContent = "c".repeat(1_999);
        apply(store, Commit.of(new CommandKey(longKey + "1"), longContent + "1", issue("first")));
        apply(store, Commit.of(new CommandKey(longKey + "2"), longContent + "1", issue("second")));
        assertThat(store.find(ALL, id("second")))
                .as("S3: keys that differ in their last character are two commands")
                .isNotEmpty();
        assertThat(store.commit(TENANT, Commit.of(new CommandKey(longKey + "1"), longContent + "2", issue("third")))
                        .isLeft())
                .as("S3: contents that differ in their last character are two commands")
                .isTrue();
    }

    @Test
    void s3_tells_keys_apart_by_case() {
        InvoiceStore store = emptyStore();
        String key = newKey().value();
        apply(store, Commit.of(new CommandKey(key + "a"), "content", issue("first")));
        apply(store, Commit.of(new CommandKey(key + "A"), "content", issue("second")));
        apply(store, Commit.of(new CommandKey(key + "a "), "content", issue("third")));
        assertThat(Array.of("first", "second", "third").flatMap(id -> store.find(ALL, id(id))))
                .as("S3: keys that differ by case or a blank are different commands")
                .hasSize(3);
    }

    @Test
    void s3_lets_a_refused_command_be_sent_again() {
        InvoiceStore store = emptyStore();
        Commit commit = commit(stand("invoice", 2, InvoiceStatus.PAID));
        assertThat(store.commit(TENANT, commit).isLeft())
                .as("S3: there is no such document yet")
                .isTrue();
        apply(store, issue("invoice"));
        assertThat(store.commit(TENANT, commit).map(Receipt::key))
                .as("S3: a refused command must not use up its key; it may be sent again when the reason is gone")
                .isEqualTo(Either.right(commit.key()));
        assertThat(standing(store, "invoice").status())
                .as("S3: a command that was refused before must take effect when it is sent again")
                .isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void s3_lets_the_key_of_a_refused_command_be_used_with_other_content() {
        InvoiceStore store = emptyStore();
        CommandKey key = newKey();
        assertThat(store.commit(TENANT, Commit.of(key, "content", stand("invoice", 2, InvoiceStatus.PAID)))
                        .isLeft())
                .as("S3: there is no such document")
                .isTrue();
        assertThat(store.commit(TENANT, Commit.of(key, "other content", issue("invoice")))
                        .isRight())
                .as("S3: a refused command must not use up its key")
                .isTrue();
    }

    @Test
    void s3_remembers_a_command_without_writes() {
        InvoiceStore store = emptyStore();
        CommandKey key = newKey();
        Receipt receipt = apply(store, Commit.of(key, "content"));
        assertThat(receipt.numbers())
                .as("S3: a commit without writes gives no numbers")
                .isEmpty();
        assertThat(store.commit(TENANT, Commit.of(key, "other content", issue("invoice"))))
                .as("S3: the key of a commit without writes is used like any other")
                .isEqualTo(Either.left(new CommitRefused.KeyReused(key)));
    }

    // S4: an id is issued once

    @Test
    void s4_refuses_to_issue_an_id_that_is_issued() {
        InvoiceStore store = emptyStore();
        apply(store, issue("invoice", line("first")));
        Snapshot before = Snapshot.of(store);
        assertThat(store.commit(TENANT, commit(issue(fullHead("invoice"), line("second")))))
                .as("S4: issuing an id that exists must be refused")
                .isEqualTo(Either.left(new CommitRefused.AlreadyExists(id("invoice"))));
        assertThat(Snapshot.of(store))
                .as("S4: what was issued first must stay as it is")
                .isEqualTo(before);
    }

    @Test
    void s4_refuses_to_issue_an_id_of_another_account() {
        InvoiceStore store = emptyStore();
        apply(store, issue("invoice", ALICE));
        assertThat(store.commit(TENANT, commit(issue("invoice", BOB))))
                .as("S4: a document's id is unique in its tenant, whatever the account")
                .isEqualTo(Either.left(new CommitRefused.AlreadyExists(id("invoice"))));
    }

    @Test
    void s4_refuses_to_issue_an_id_that_runs() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES));
        assertThat(store.commit(TENANT, commit(issue("running"))))
                .as("S4: issuing an id that exists must be refused, running documents included")
                .isEqualTo(Either.left(new CommitRefused.AlreadyExists(id("running"))));
    }

    @Test
    void s4_refuses_to_issue_an_id_twice_in_one_commit() {
        InvoiceStore store = emptyStore();
        assertThat(store.commit(TENANT, commit(issue("invoice"), issue("invoice"))))
                .as("S4: an id must not be issued twice in one commit")
                .isEqualTo(Either.left(new CommitRefused.AlreadyExists(id("invoice"))));
    }

    @Test
    void s4_tells_ids_apart_by_every_character() {
        InvoiceStore store = emptyStore();
        Seq<String> ids = Array.of(
                "invoice",
                "Invoice",
                "INVOICE",
                "invoice ",
                " invoice",
                "invo\u0131ce",
                "inv\u00f6ice",
                "invo\u0308ice",
                "invoice/",
                "invoice%",
                "invoic_",
                "\ud83d\ude00",
                "\ud83d\ude01");
        ids.forEach(id -> apply(store, issue(id, line(id))));
        assertThat(ids.flatMap(id -> store.find(ALL, id(id)))
                        .map(stored -> stored.invoice().head().id().value()))
                .as("S4: ids that differ in case, blanks or accents are different ids")
                .containsExactlyElementsOf(ids);
        assertThat(ids.map(id -> lineIds(store, id).mkString()))
                .as("S4: ids that differ in case, blanks or accents are different ids")
                .containsExactlyElementsOf(ids);
    }

    @Test
    void s4_lets_one_of_many_threads_issue_an_id() {
        InvoiceStore store = emptyStore();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "invoice-" + round;
            Seq<Either<CommitRefused, Receipt>> results =
                    Together.run(thread -> persistently(store, commit(issue(id, line("line-" + thread)))));
            assertThat(results.count(Either::isRight))
                    .as("S4: of threads that issue one id, one must succeed")
                    .isEqualTo(1);
            assertThat(results.filter(Either::isLeft).map(Either::getLeft).distinct())
                    .as("S4: the others must be refused")
                    .containsExactly(new CommitRefused.AlreadyExists(id(id)));
            assertThat(lineIds(store, id))
                    .as("S4: the document must be that of the thread that succeeded")
                    .containsExactly("line-" + results.indexWhere(Either::isRight));
        }
    }

    // S5: a revision follows the latest

    @Test
    void s5_accepts_revisions_that_follow_each_other() {
        InvoiceStore store = emptyStore();
        for (long revision = 1; revision <= 12; revision++) {
            apply(store, revise("running", revision, Change.ADD_LINES));
            assertThat(running(store, "running").revision())
                    .as("S5: a revision that follows the latest must be accepted")
                    .isEqualTo(revision);
        }
    }

    @Test
    void s5_refuses_a_first_revision_that_is_not_1() {
        InvoiceStore store = emptyStore();
        assertThat(store.commit(TENANT, commit(revise("running", 2, Change.ADD_LINES))))
                .as("S5: the first revision must be 1")
                .isEqualTo(Either.left(new CommitRefused.Stale(id("running"), 2, 1)));
    }

    @Test
    void s5_refuses_a_revision_that_is_not_the_next() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES));
        apply(store, revise("running", 2, Change.ADD_LINES));
        Snapshot before = Snapshot.of(store);
        for (long revision : new long[] {1, 2, 4, 100}) {
            for (Change change : Change.values()) {
                assertThat(store.commit(TENANT, commit(revise("running", revision, change, line("new")))))
                        .as(
                                "S5: a revision that does not follow the latest must be refused, and the refusal says which is next")
                        .isEqualTo(Either.left(new CommitRefused.Stale(id("running"), revision, 3)));
            }
        }
        assertThat(Snapshot.of(store))
                .as("S5: a refused revision must change nothing")
                .isEqualTo(before);
    }

    @Test
    void s5_refuses_to_revise_what_is_issued() {
        InvoiceStore store = emptyStore();
        apply(store, issue("issued", line("line")));
        Snapshot before = Snapshot.of(store);
        for (long revision : new long[] {1, 2}) {
            for (Change change : Change.values()) {
                assertThat(store.commit(TENANT, commit(revise("issued", revision, change, line("new")))))
                        .as("S5: what is issued is sealed and must not be revised")
                        .isEqualTo(Either.left(new CommitRefused.Sealed(id("issued"))));
            }
        }
        assertThat(Snapshot.of(store))
                .as("S5: what is issued is sealed and must not change")
                .isEqualTo(before);
    }

    @Test
    void s5_revises_nothing_that_was_sealed() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES));
        apply(store, seal("running", 1));
        assertThat(store.commit(TENANT, commit(revise("running", 2, Change.ADD_LINES))))
                .as("S5: what was sealed must not be revised")
                .isEqualTo(Either.left(new CommitRefused.Sealed(id("running"))));
    }

    // S6: what a revision does with lines

    @Test
    void s6_adds_lines_to_those_there_are() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES, line("a"), line("b")));
        apply(store, revise("running", 2, Change.ADD_LINES, line("c")));
        assertThat(lineIds(store, "running"))
                .as("S6: added lines must stand beside the ones before")
                .containsExactlyInAnyOrder("a", "b", "c");
        apply(store, revise("running", 3, Change.ADD_LINES));
        assertThat(lineIds(store, "running"))
                .as("S6: adding no lines must leave those there are")
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void s6_replaces_the_lines_there_are() {
        InvoiceStore store = emptyStore();
        apply(store, issue("other", line("a"), line("z")));
        apply(store, revise("running", 1, Change.ADD_LINES, line("a", "1"), line("b", "1")));
        apply(store, revise("running", 2, Change.REPLACE_LINES, line("b", "2"), line("c", "2")));
        assertThat(lineIds(store, "running"))
                .as("S6: replaced lines must be gone, and their ids free again")
                .containsExactlyInAnyOrder("b", "c");
        assertThat(lines(store, "running").flatMap(LineItem::net))
                .as("S6: replaced lines must be gone, even if their ids are used again")
                .containsOnly(usd("2"));
        assertThat(lineIds(store, "other"))
                .as("S6: the lines of another document must stay")
                .containsExactlyInAnyOrder("a", "z");
        apply(store, revise("running", 3, Change.REPLACE_LINES));
        assertThat(lineIds(store, "running"))
                .as("S6: replacing by no lines must leave none")
                .isEmpty();
    }

    @Test
    void s6_may_replace_the_lines_of_the_first_revision() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.REPLACE_LINES, line("a")));
        assertThat(lineIds(store, "running"))
                .as("S6: the first revision may replace lines, although there are none")
                .containsExactly("a");
    }

    @Test
    void s6_refuses_a_line_id_that_the_document_has() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES, line("a"), line("b")));
        apply(store, revise("running", 2, Change.ADD_LINES, line("c")));
        for (String id : Array.of("a", "c")) {
            assertThat(store.commit(TENANT, commit(revise("running", 3, Change.ADD_LINES, line("new"), line(id)))))
                    .as("S6: a line's id must be new on its document")
                    .isEqualTo(Either.left(new CommitRefused.DuplicateLine(id("running"), new LineId(id))));
        }
    }

    @Test
    void s6_refuses_a_line_id_that_occurs_twice_in_one_write() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES));
        Seq<Write> writes = Array.of(
                issue("running too", line("x"), line("same"), line("same")),
                revise("running", 2, Change.ADD_LINES, line("x"), line("same"), line("same")),
                revise("running", 2, Change.REPLACE_LINES, line("x"), line("same"), line("same")));
        for (Write write : writes) {
            assertThat(store.commit(TENANT, commit(write)))
                    .as("S6: a line's id must be unique on its document, issued ones included")
                    .isEqualTo(Either.left(new CommitRefused.DuplicateLine(invoiceOf(write), new LineId("same"))));
        }
    }

    @Test
    void s6_refuses_a_line_id_far_from_its_double() {
        InvoiceStore store = emptyStore();
        Seq<LineItem> lines = Array.range(0, 1_234).map(n -> line("line-" + n)).append(line("line-3"));
        assertThat(store.commit(TENANT, commit(issue(head("invoice"), lines))))
                .as("S6: a line's id must be unique on its document; are doubles in different batches seen?")
                .isEqualTo(Either.left(new CommitRefused.DuplicateLine(id("invoice"), new LineId("line-3"))));
    }

    @Test
    void s6_lets_documents_have_lines_of_one_id() {
        InvoiceStore store = emptyStore();
        apply(store, issue("one", line("same", "1")), issue("two", line("same", "2")));
        apply(store, revise("three", 1, Change.ADD_LINES, line("same", "3")));
        assertThat(Array.of("one", "two", "three").map(id -> lineIds(store, id).mkString()))
                .as("S6: a line's id is unique on its document, not beyond")
                .containsExactly("same", "same", "same");
    }

    @Test
    void s6_tells_line_ids_apart_by_every_character() {
        InvoiceStore store = emptyStore();
        Seq<String> ids = Array.of("line", "Line", "LINE", "line ", "l\u0131ne", "lin\u00e9", "line\u0301");
        apply(store, issue(head("invoice"), ids.map(InvoiceFixtures::line)));
        assertThat(lineIds(store, "invoice"))
                .as("S6: line ids that differ in case, blanks or accents are different ids")
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    // S7: a standing follows the latest and changes nothing else

    @Test
    void s7_accepts_standings_that_follow_each_other() {
        InvoiceStore store = emptyStore();
        apply(store, issue("issued"));
        apply(store, revise("running", 1, Change.ADD_LINES));
        for (String id : Array.of("issued", "running")) {
            for (long version = 2; version <= 12; version++) {
                apply(store, stand(id, version, InvoiceStatus.FAILED));
                assertThat(standing(store, id).version())
                        .as("S7: a version that follows the latest must be accepted, on issued and running documents")
                        .isEqualTo(version);
            }
        }
    }

    @Test
    void s7_refuses_a_version_that_is_not_the_next() {
        InvoiceStore store = emptyStore();
        apply(store, issue("invoice"));
        apply(store, stand("invoice", 2, InvoiceStatus.PAID));
        Snapshot before = Snapshot.of(store);
        for (long version : new long[] {1, 2, 4, 100}) {
            assertThat(store.commit(TENANT, commit(stand("invoice", version, InvoiceStatus.FAILED))))
                    .as(
                            "S7: a version that does not follow the latest must be refused, and the refusal says which is next")
                    .isEqualTo(Either.left(new CommitRefused.Stale(id("invoice"), version, 3)));
        }
        assertThat(Snapshot.of(store))
                .as("S7: a refused standing must change nothing")
                .isEqualTo(before);
    }

    @Test
    void s7_refuses_the_standing_of_a_document_that_does_not_exist() {
        InvoiceStore store = emptyStore();
        apply(store, issue("invoice"));
        for (long version : new long[] {1, 2}) {
            assertThat(store.commit(TENANT, commit(stand("Invoice", version, InvoiceStatus.PAID))))
                    .as("S7: a document must exist before its standing changes")
                    .isEqualTo(Either.left(new CommitRefused.UnknownInvoice(id("Invoice"))));
        }
    }

    @Test
    void s7_changes_nothing_else_of_the_document() {
        InvoiceStore store = storeWithDocuments();
        for (String id : Array.of("issued", "numbered", "running")) {
            Option<Invoice> before = store.find(ALL, id(id)).map(Stored::invoice);
            Seq<LineItem> linesBefore = lines(store, id);
            apply(store, new Write.Stand(fullStanding(id, 2)));
            assertThat(store.find(ALL, id(id)).map(Stored::invoice))
                    .as("S7: a standing must not change the document: number, revision, head and figures stay")
                    .isEqualTo(before);
            assertThat(lines(store, id))
                    .as("S7: a standing must not change the lines")
                    .isEqualTo(linesBefore);
        }
    }

    @Test
    void s7_changes_no_other_standing() {
        InvoiceStore store = storeWithDocuments();
        Seq<Standing> before = Array.of("numbered", "running").map(id -> standing(store, id));
        apply(store, stand("issued", 2, InvoiceStatus.PAID));
        assertThat(Array.of("numbered", "running").map(id -> standing(store, id)))
                .as("S7: the standing of one document must not change that of another")
                .isEqualTo(before);
    }

    @Test
    void s7_keeps_a_standing_when_the_document_is_revised() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES, line("a")));
        apply(store, stand("running", 2, InvoiceStatus.PREPAID));
        Standing before = standing(store, "running");
        apply(store, revise("running", 2, Change.REPLACE_LINES, line("b")));
        assertThat(standing(store, "running"))
                .as("S7: only a standing changes a standing; a revision does not")
                .isEqualTo(before);
    }

    // S8: numbers without gap or duplicate

    @Test
    void s8_numbers_a_series_in_the_order_of_issue() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series");
        for (int n = 1; n <= 12; n++) {
            Receipt receipt = apply(store, numbered("invoice-" + n, series));
            assertThat(receipt.numbers())
                    .as("S8: numbers must be 1, 2, 3, … in the order of issue, and the receipt must tell them")
                    .isEqualTo(HashMap.of(id("invoice-" + n), new InvoiceNumber(series, n)));
            assertThat(number(store, "invoice-" + n))
                    .as("S8: the document must have the number that the receipt told")
                    .containsExactly(new InvoiceNumber(series, n));
        }
    }

    @Test
    void s8_numbers_the_documents_of_one_commit_in_their_order() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series");
        Receipt receipt =
                apply(store, numbered("z", series), issue("without"), numbered("a", series), numbered("m", series));
        assertThat(receipt.numbers())
                .as("S8: the documents of one commit must be numbered in the order of its writes")
                .isEqualTo(HashMap.of(
                        id("z"), new InvoiceNumber(series, 1),
                        id("a"), new InvoiceNumber(series, 2),
                        id("m"), new InvoiceNumber(series, 3)));
    }

    @Test
    void s8_numbers_each_series_for_itself() {
        InvoiceStore store = emptyStore();
        Seq<Series> all = Array.of("series", "Series", "series ", "s\u00e9ries", "s".repeat(200))
                .map(Series::new);
        for (int n = 1; n <= 2; n++) {
            for (Series series : all) {
                Receipt receipt = apply(store, numbered(series.scope() + n, series));
                assertThat(receipt.numbers().values())
                        .as("S8: each series must have its own numbers; are their names compared exactly?")
                        .containsExactly(new InvoiceNumber(series, n));
            }
        }
    }

    @Test
    void s8_gives_no_number_to_a_document_without_series() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series");
        apply(store, numbered("first", series));
        Receipt receipt = apply(store, issue("without"));
        assertThat(receipt.numbers())
                .as("S8: a document without series must get no number")
                .isEmpty();
        assertThat(number(store, "without"))
                .as("S8: a document without series must get no number")
                .isEmpty();
        assertThat(apply(store, numbered("second", series)).numbers().values())
                .as("S8: a document without series must not use up a number")
                .containsExactly(new InvoiceNumber(series, 2));
    }

    @Test
    void s8_leaves_no_gap_when_a_commit_is_refused() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series");
        apply(store, numbered("first", series));
        Seq<Commit> refused = Array.of(
                commit(numbered("first", series)),
                commit(numbered("new", series, line("same"), line("same"))),
                commit(numbered("new", series), stand("unknown", 2, InvoiceStatus.PAID)),
                commit(numbered("new", series), numbered("newer", series), revise("new", 2, Change.ADD_LINES)));
        refused.forEach(commit -> store.commit(TENANT, commit));
        apply(store, numbered("last", series));
        assertNoGap(store, Array.of("first", "new", "newer", "last"), "a refused commit must not use up a number");
    }

    @Test
    void s8_leaves_no_gap_when_a_commit_is_sent_again() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series");
        Commit commit = commit(numbered("first", series));
        apply(store, commit);
        store.commit(TENANT, commit);
        store.commit(TENANT, commit);
        apply(store, numbered("second", series));
        assertNoGap(store, Array.of("first", "second"), "a commit that is sent again must not use up a number");
    }

    @Test
    void s8_numbers_without_gap_or_duplicate_from_many_threads() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series");
        int each = 12;
        apply(store, issue("taken"));
        Together.run(thread -> Array.range(0, each).map(n -> {
            persistently(store, commit(numbered("invoice-" + thread + "-" + n, series, line("line"))));
            return persistently(store, commit(numbered("never-" + thread + "-" + n, series), issue("taken")));
        }));
        Seq<String> ids = Array.range(0, Together.THREADS)
                .flatMap(thread -> Array.range(0, each)
                        .flatMap(n -> Array.of("invoice-" + thread + "-" + n, "never-" + thread + "-" + n)));
        assertThat(numbers(store, ids).size())
                .as("S8: what threads issue must be numbered")
                .isGreaterThanOrEqualTo(Together.THREADS * each);
        assertNoGap(store, ids, "numbers that threads get must not meet, whatever is refused in between");
    }

    @Test
    void s8_writes_numbers_as_the_series_says() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series", new NumberFormat("No." + ODD, 6), Series.Gaps.NONE);
        InvoiceNumber first = new InvoiceNumber(series, 1);
        Receipt receipt = apply(store, numbered("invoice", series));
        assertThat(number(store, "invoice").map(InvoiceNumber::text))
                .as("S8: a number must be written with the prefix and the digits of its series")
                .containsExactly("No." + ODD + "000001");
        assertThat(number(store, "invoice"))
                .as("S8: a number must have its series, as it was when it was given")
                .containsExactly(first);
        assertThat(receipt.numbers().values())
                .as("S8: a receipt must tell the number as it is written")
                .containsExactly(first);
    }

    @Test
    void s8_counts_on_when_numbers_are_written_otherwise() {
        InvoiceStore store = emptyStore();
        Seq<Series> series = Array.of(
                new Series("series"),
                new Series("series", new NumberFormat("2024-", 4), Series.Gaps.NONE),
                new Series("series", new NumberFormat("2024-", 5), Series.Gaps.NONE));
        Receipt receipt = apply(store, numbered("a", series.get(0)), numbered("b", series.get(1)));
        assertThat(receipt.numbers()
                        .values()
                        .append(apply(store, numbered("c", series.get(2)))
                                .numbers()
                                .values()
                                .head()))
                .as("S8: series of one scope must count together, however they are written")
                .containsExactlyElementsOf(series.zipWithIndex((in, n) -> new InvoiceNumber(in, n + 1L)));
    }

    // S9: search

    @Test
    void s9_orders_by_the_start_of_the_period_and_then_by_id() {
        InvoiceStore store = emptyStore();
        Seq<Head> ordered = Array.of(
                head("Order", ALICE, Option.none()),
                head("order", BOB, Option.none()),
                head("2 order", ALICE, Option.none()),
                head("z", ALICE, Option.some(JANUARY)),
                head("10", ALICE, Option.some(longPeriod())),
                head("9", BOB, Option.some(FEBRUARY)),
                head("B", ALICE, Option.some(FEBRUARY)),
                head("a", BOB, Option.some(FEBRUARY)),
                head("b", ALICE, Option.some(FEBRUARY)),
                head("\u00c4", ALICE, Option.some(FEBRUARY)),
                head("\u00e9", ALICE, Option.some(FEBRUARY)),
                head("\u4e2d", ALICE, Option.some(FEBRUARY)),
                head("\uff61", ALICE, Option.some(FEBRUARY)),
                head("\ud83d\ude00", ALICE, Option.some(FEBRUARY)),
                head("11", BOB, Option.some(FEBRUARY)),
                head("a ", ALICE, Option.some(FEBRUARY)),
                head("a-", ALICE, Option.some(FEBRUARY)),
                head("aa", ALICE, Option.some(FEBRUARY)),
                head("A", ALICE, Option.some(MARCH)));
        ordered.zipWithIndex()
                .sortBy(head -> (head._2 * 7) % ordered.size())
                .forEach(
                        head -> apply(store, head._2 % 2 == 0 ? issue(head._1) : revise(head._1, 1, Change.ADD_LINES)));
        assertThat(searchIds(store, InvoiceQuery.ALL))
                .as(
                        "S9: search must order by the start of the period, none first, and then by id, shorter ones first, character by "
                                + "character; does a locale or a collation have a say?")
                .containsExactlyElementsOf(ordered.map(head -> head.id().value()));
    }

    @Test
    void s9_finds_what_meets_every_condition() {
        InvoiceStore store = searchableStore();
        Seq<Option<InvoiceId>> ids = Array.of(Option.none(), Option.some(id("alice-2")), Option.some(id("Alice-2")));
        Seq<Option<AccountId>> accounts =
                Array.of(Option.none(), Option.some(ALICE), Option.some(BOB), Option.some(new AccountId("Alice")));
        Seq<Option<Form>> forms = Array.of(Option.none(), Option.some(Form.ISSUED), Option.some(Form.RUNNING));
        Seq<Option<Period>> periods = Array.of(
                Option.none(),
                Option.some(JANUARY),
                Option.some(FEBRUARY),
                Option.some(longPeriod()),
                Option.some(Period.of(FEBRUARY.end().minusMillis(1), FEBRUARY.end())),
                Option.some(Period.of(FEBRUARY.end(), FEBRUARY.end().plusMillis(1))),
                Option.some(Period.of(JANUARY.start().minusMillis(1), JANUARY.start())));
        Seq<Stored> all = searchableIds().flatMap(id -> store.find(ALL, id(id)));
        for (Option<InvoiceId> id : ids) {
            for (Option<AccountId> account : accounts) {
                for (Option<Form> form : forms) {
                    for (Option<Period> period : periods) {
                        InvoiceQuery query = id.map(InvoiceQuery::byId).getOrElse(InvoiceQuery.ALL);
                        query = account.map(query::of).getOrElse(query);
                        query = form.map(query::in).getOrElse(query);
                        query = period.map(query::overlapping).getOrElse(query);
                        Page<Stored> page = store.search(ALL, query, EVERYTHING);
                        Seq<Stored> expected = all.filter(query::isMetBy);
                        assertThat(page.rows())
                                .as("S9: search must find the documents that meet every condition of %s", query)
                                .containsExactlyElementsOf(expected);
                        assertThat(page.total())
                                .as("S9: search must count the documents that meet every condition of %s", query)
                                .isEqualTo(expected.size());
                    }
                }
            }
        }
    }

    @Test
    void s9_gives_the_page_and_counts_everything() {
        InvoiceStore store = searchableStore();
        Seq<String> all = searchableIds();
        for (int size = 0; size <= all.size() + 1; size++) {
            for (int offset = 0; offset <= all.size() + 2; offset++) {
                Page<Stored> page = store.search(ALL, InvoiceQuery.ALL, new PageRequest(offset, size));
                assertThat(ids(page.rows()))
                        .as("S9: a page of %d from %d must have that part of the result", size, offset)
                        .containsExactlyElementsOf(all.drop(offset).take(size));
                assertThat(page.total())
                        .as("S9: the total must count all of the result, whatever the page")
                        .isEqualTo(all.size());
            }
        }
    }

    @Test
    void s9_gives_an_empty_page_far_beyond_the_end() {
        InvoiceStore store = searchableStore();
        Page<Stored> page = store.search(ALL, InvoiceQuery.ALL, new PageRequest(Long.MAX_VALUE, PageRequest.MAX_SIZE));
        assertThat(page.rows()).as("S9: a page beyond the end must be empty").isEmpty();
        assertThat(page.total())
                .as("S9: the total must count all of the result, whatever the page")
                .isEqualTo(searchableIds().size());
    }

    @Test
    void s9_finds_a_document_under_the_period_of_its_latest_revision() {
        InvoiceStore store = emptyStore();
        apply(store, revise(head("running", ALICE, Option.some(JANUARY)), 1, Change.ADD_LINES));
        apply(store, revise(head("running", ALICE, Option.some(MARCH)), 2, Change.ADD_LINES));
        assertThat(searchIds(store, InvoiceQuery.ALL.overlapping(JANUARY)))
                .as("S9: a revision may move a document's period")
                .isEmpty();
        assertThat(searchIds(store, InvoiceQuery.ALL.overlapping(MARCH)))
                .as("S9: a revision may move a document's period")
                .containsExactly("running");
    }

    @Test
    void s9_finds_what_meets_a_condition_of_any_kind() {
        InvoiceStore store = storeToSearch();
        for (InvoiceCondition condition : conditions()) {
            assertThat(searchIds(store, InvoiceQuery.of(condition)))
                    .as("S9: search must find what meets %s", condition)
                    .containsExactlyInAnyOrderElementsOf(ids(searched().filter(condition::isMetBy)));
        }
    }

    @Test
    void s9_finds_documents_in_any_order_and_those_that_come_after_one() {
        InvoiceStore store = storeToSearch();
        for (InvoiceOrder.Key key : keys()) {
            for (boolean descending : new boolean[] {false, true}) {
                InvoiceOrder order = InvoiceOrder.of(new InvoiceOrder.Term(key, descending));
                Seq<Stored> ordered = searched().sorted(order);
                assertThat(ids(store.search(ALL, InvoiceQuery.ALL, order, EVERYTHING)
                                .rows()))
                        .as("S9: documents must be in the order of %s", order)
                        .containsExactlyElementsOf(ids(ordered));
                ordered.forEachWithIndex((document, index) -> assertThat(ids(store.search(
                                        ALL,
                                        InvoiceQuery.of(new InvoiceCondition.After(order, document)),
                                        order,
                                        EVERYTHING)
                                .rows()))
                        .as("S9: search must find what comes after a document in the order of %s", order)
                        .containsExactlyElementsOf(ids(ordered.drop(index + 1))));
            }
        }
    }

    @Test
    void s9_finds_a_document_by_its_latest_head_and_standing() {
        InvoiceStore store = emptyStore();
        apply(store, revise(searchedHead("running", 2), 1, Change.ADD_LINES));
        Write.Revise second = revise(searchedHead("running", 1), 2, Change.ADD_LINES);
        apply(store, second);
        Stored expected = new Stored(
                second.next(),
                Standing.initial(
                        second.invoice(), InvoiceStatus.PENDING, second.next().asOf()));
        for (InvoiceCondition condition : conditions()) {
            assertThat(searchIds(store, InvoiceQuery.of(condition)).nonEmpty())
                    .as("S9: search must find a document under its latest head and standing: %s", condition)
                    .isEqualTo(condition.isMetBy(expected));
        }
    }

    // S10: lines

    @Test
    void s10_gives_lines_by_position_and_then_by_id() {
        InvoiceStore store = emptyStore();
        Seq<LineItem> ordered = Array.of(
                line("z").at(0),
                line("10").at(2),
                line("9").at(2),
                line("A").at(2),
                line("B").at(2),
                line("a").at(2),
                line("a ").at(2),
                line("aa").at(2),
                line("\u00e9").at(2),
                line("\u4e2d").at(2),
                line("b").at(10),
                line("a-far").at(Long.MAX_VALUE));
        Seq<LineItem> shuffled = ordered.zipWithIndex()
                .sortBy(line -> (line._2 * 5) % ordered.size())
                .map(line -> line._1);
        apply(store, issue(head("issued"), shuffled));
        apply(store, revise("running", 1, Change.ADD_LINES, shuffled.take(6).toJavaArray(LineItem[]::new)));
        apply(store, revise("running", 2, Change.ADD_LINES, shuffled.drop(6).toJavaArray(LineItem[]::new)));
        for (String id : Array.of("issued", "running")) {
            Seq<String> found = lineIds(store, id);
            assertThat(found)
                    .as("S10: lines must be ordered by position, as numbers, and then by id, character by character")
                    .isNotEmpty()
                    .containsExactlyElementsOf(
                            ordered.map(line -> line.id().value()).filter(found::contains));
        }
    }

    @Test
    void s10_gives_lines_in_the_order_of_their_documents() {
        InvoiceStore store = emptyStore();
        apply(
                store,
                issue(
                        head("b", ALICE, Option.some(FEBRUARY)),
                        line("4").at(1),
                        line("3").at(0)));
        apply(store, issue(head("a", ALICE, Option.some(MARCH)), line("5").at(0)));
        apply(store, issue(head("z", ALICE, Option.none()), line("0").at(9)));
        apply(
                store,
                revise(
                        head("c", BOB, Option.some(JANUARY)),
                        1,
                        Change.ADD_LINES,
                        line("2").at(1),
                        line("1").at(0)));
        assertThat(readLines(store, ALL, LineItemQuery.of(InvoiceQuery.ALL))
                        .map(line -> line.id().value()))
                .as("S10: lines must come document by document, in the order of search")
                .containsExactly("0", "1", "2", "3", "4", "5");
    }

    @Test
    void s10_gives_the_selected_lines() {
        InvoiceStore store = emptyStore();
        apply(store, issue(head("invoice"), mixedLines()));
        for (Selection selection : selections()) {
            Seq<LineItem> found = readLines(store, ALL, new LineItemQuery(InvoiceQuery.ALL, selection));
            assertThat(found.map(LineItem::id))
                    .as(
                            "S10: lines must be those that are selected: %s. Is text compared exactly, and are %% and _ ordinary "
                                    + "characters?",
                            selection)
                    .containsExactlyElementsOf(
                            lines(store, "invoice").filter(selection::includes).map(LineItem::id));
        }
    }

    @Test
    void s10_gives_lines_of_the_documents_that_are_found() {
        InvoiceStore store = searchableStore();
        Seq<InvoiceQuery> queries = Array.of(
                InvoiceQuery.ALL,
                InvoiceQuery.byId(id("alice-2")),
                InvoiceQuery.ALL.of(ALICE),
                InvoiceQuery.ALL.in(Form.RUNNING),
                InvoiceQuery.ALL.overlapping(FEBRUARY),
                InvoiceQuery.ALL.of(ALICE).in(Form.ISSUED).overlapping(FEBRUARY),
                InvoiceQuery.byId(id("unknown")));
        Seq<Stored> all = searchableIds().flatMap(id -> store.find(ALL, id(id)));
        for (InvoiceQuery query : queries) {
            assertThat(readLines(store, ALL, LineItemQuery.of(query))
                            .map(line -> line.id().value()))
                    .as("S10: lines must be those of the documents that meet %s", query)
                    .containsExactlyElementsOf(all.filter(query::isMetBy)
                            .map(stored -> "line of " + stored.invoice().head().id()));
        }
    }

    @Test
    void s10_gives_lines_under_the_head_of_the_latest_revision() {
        InvoiceStore store = emptyStore();
        apply(store, revise(head("running", ALICE, Option.some(JANUARY)), 1, Change.ADD_LINES, line("a")));
        apply(store, revise(head("running", ALICE, Option.some(MARCH)), 2, Change.ADD_LINES, line("b")));
        assertThat(readLines(store, ALL, LineItemQuery.of(InvoiceQuery.ALL.overlapping(JANUARY))))
                .as("S10: a revision may move a document's period, and with it the lines of those before")
                .isEmpty();
        assertThat(readLines(store, ALL, LineItemQuery.of(InvoiceQuery.ALL.overlapping(MARCH))))
                .as("S10: a revision may move a document's period, and with it the lines of those before")
                .isNotEmpty()
                .containsExactlyElementsOf(lines(store, "running"));
    }

    @Test
    void s10_gives_what_the_reader_makes_of_the_lines() {
        InvoiceStore store = emptyStore();
        apply(
                store,
                issue("invoice", line("a").at(1), line("b").at(2), line("c").at(3)));
        String first = store.lines(
                ALL, LineItemQuery.of(id("invoice")), lines -> lines.next().id().value());
        assertThat(first)
                .as("S10: lines must give what the reader makes of them, and a reader may stop before the end")
                .isEqualTo("a");
        boolean none = store.lines(ALL, LineItemQuery.of(id("unknown")), lines -> !lines.hasNext());
        assertThat(none)
                .as("S10: the reader must be called even if there are no lines")
                .isTrue();
    }

    @Test
    void s10_can_be_read_again_after_a_reader_that_fails() {
        InvoiceStore store = emptyStore();
        apply(store, issue("invoice", line("a")));
        for (int again = 0; again < 20; again++) {
            assertThatThrownBy(() -> store.lines(ALL, LineItemQuery.of(id("invoice")), lines -> {
                        throw new IllegalStateException("The reader fails after " + lines.next());
                    }))
                    .as("S10: what the reader throws must reach the caller")
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(lineIds(store, "invoice"))
                .as("S10: a reader that fails must leave the store usable; is something not given back?")
                .containsExactly("a");
    }

    // S11: rollup

    @Test
    void s11_rolls_up_to_the_fold_of_the_lines() {
        InvoiceStore store = emptyStore();
        apply(store, issue(head("invoice"), mixedLines()));
        apply(store, issue("bob's", BOB, line("more", "0.30")));
        apply(
                store,
                revise(
                        head("running", BOB, Option.none()),
                        1,
                        Change.ADD_LINES,
                        mixedLines().toJavaArray(LineItem[]::new)));
        Seq<InvoiceQuery> queries = Array.of(
                InvoiceQuery.ALL,
                InvoiceQuery.ALL.of(BOB),
                InvoiceQuery.byId(id("invoice")),
                InvoiceQuery.ALL.in(Form.ISSUED));
        for (Seq<Dimension> by : groupings()) {
            for (InvoiceQuery query : queries) {
                assertRollup(store, LineItemQuery.of(query), by);
            }
        }
    }

    @Test
    void s11_rolls_up_the_selected_lines() {
        InvoiceStore store = emptyStore();
        apply(store, issue(head("invoice"), mixedLines()));
        for (Selection selection : selections()) {
            assertRollup(store, new LineItemQuery(InvoiceQuery.ALL, selection), Array.of(ORGANIZATION, APP));
        }
    }

    @Test
    void s11_rolls_up_nothing_to_nothing() {
        InvoiceStore store = emptyStore();
        apply(store, issue("invoice"));
        assertThat(store.rollup(ALL, LineItemQuery.of(InvoiceQuery.ALL), Array.empty()))
                .as("S11: the rollup of no lines has no sums, not even of zero")
                .isEqualTo(Rollup.EMPTY);
    }

    @Test
    void s11_keeps_every_digit_of_a_sum() {
        InvoiceStore store = emptyStore();
        apply(
                store,
                issue(
                        head("invoice"),
                        Array.of("0.1", "0.2", "0.0014002692168963457", "100000000000", "-0.000000000000000001")
                                .map(amount -> digits("line " + amount, amount))));
        assertRollup(store, LineItemQuery.of(InvoiceQuery.ALL), Array.empty());
    }

    @Test
    void s11_rolls_up_by_places_with_odd_names() {
        InvoiceStore store = emptyStore();
        Seq<LineItem> lines = Array.of("a", "A", "a ", "\u00e9", "e\u0301", "\ud83d\ude00", ODD, "null", "%", "'")
                .map(name -> lineOf("line " + name.hashCode())
                        .places(HashMap.of(APP, Ref.named("app", name)))
                        .price(usd("1"))
                        .build());
        apply(store, issue(head("invoice"), lines));
        assertRollup(store, LineItemQuery.of(InvoiceQuery.ALL), Array.of(APP));
    }

    // S12: tenants and accounts

    @Test
    void s12_finds_nothing_outside_the_access() {
        InvoiceStore store = storeOfManyAccounts();
        accesses()
                .forEach(seen -> accountsOfDocuments()
                        .forEach((id, account) -> assertThat(
                                        store.find(seen._1, id(id)).isDefined())
                                .as(
                                        "S12: find must give what lies within the access and nothing else: %s, %s",
                                        seen._1, id)
                                .isEqualTo(seen._2.contains(account))));
    }

    @Test
    void s12_neither_lists_nor_counts_what_is_outside_the_access() {
        InvoiceStore store = storeOfManyAccounts();
        accesses()
                .forEach(seen -> queriesOfManyAccounts().forEach(query -> {
                    Page<Stored> page = store.search(seen._1, query, EVERYTHING);
                    assertThat(ids(page.rows()))
                            .as(
                                    "S12: search must list what lies within the access and nothing else: %s, %s",
                                    seen._1, query)
                            .containsExactlyInAnyOrderElementsOf(visible(seen._2, query));
                    assertThat(page.total())
                            .as("S12: search must not count what lies outside the access: %s, %s", seen._1, query)
                            .isEqualTo(visible(seen._2, query).size());
                }));
    }

    @Test
    void s12_gives_no_lines_outside_the_access() {
        InvoiceStore store = storeOfManyAccounts();
        accesses()
                .forEach(seen -> queriesOfManyAccounts()
                        .forEach(query -> assertThat(readLines(store, seen._1, LineItemQuery.of(query))
                                        .map(line -> line.id().value()))
                                .as("S12: lines must be those within the access and no others: %s, %s", seen._1, query)
                                .containsExactlyInAnyOrderElementsOf(
                                        visible(seen._2, query).map(id -> "line of " + id))));
    }

    @Test
    void s12_sums_nothing_outside_the_access() {
        InvoiceStore store = storeOfManyAccounts();
        accesses()
                .forEach(seen -> queriesOfManyAccounts()
                        .forEach(query -> assertThat(
                                        store.rollup(seen._1, LineItemQuery.of(query), Array.of(ORGANIZATION))
                                                .sum(USD, slot -> true))
                                .as(
                                        "S12: rollup must sum what lies within the access and nothing else: %s, %s",
                                        seen._1, query)
                                .isEqualTo(visible(seen._2, query)
                                        .map(InvoiceStoreContract::amountOf)
                                        .fold(usd("0"), Money::plus))));
    }

    @Test
    void s12_follows_a_document_to_another_account() {
        InvoiceStore store = emptyStore();
        apply(store, revise(head("running", ALICE, Option.none()), 1, Change.ADD_LINES, line("a")));
        apply(store, revise(head("running", BOB, Option.none()), 2, Change.ADD_LINES, line("b")));
        Access former = Access.to(TENANT, ALICE);
        Access present = Access.to(TENANT, BOB);
        LineItemQuery everything = LineItemQuery.of(InvoiceQuery.ALL);
        assertThat(store.find(former, id("running")))
                .as("S12: what moved to another account must not be found by the former")
                .isEmpty();
        assertThat(store.search(former, InvoiceQuery.ALL, EVERYTHING).total())
                .as("S12: what moved to another account must not be counted for the former")
                .isZero();
        assertThat(readLines(store, former, everything))
                .as("S12: lines must move with their document, those of earlier revisions too")
                .isEmpty();
        assertThat(store.rollup(former, everything, Array.empty()).sum(USD, slot -> true))
                .as("S12: lines must move with their document, those of earlier revisions too")
                .isEqualTo(usd("0"));
        assertThat(store.find(present, id("running")))
                .as("S12: what moved to another account must be found by it")
                .isNotEmpty();
        assertThat(readLines(store, present, everything))
                .as("S12: lines must move with their document, those of earlier revisions too")
                .isEqualTo(readLines(store, ALL, everything));
        assertThat(store.rollup(present, everything, Array.empty()))
                .as("S12: lines must move with their document, those of earlier revisions too")
                .isEqualTo(store.rollup(ALL, everything, Array.empty()));
    }

    @Test
    void s12_shows_nothing_to_an_access_without_accounts() {
        InvoiceStore store = storeOfManyAccounts();
        Access none = Access.to(TENANT);
        assertThat(store.search(none, InvoiceQuery.ALL, EVERYTHING))
                .as("S12: who may see no account must see nothing; are no accounts taken for all?")
                .isEqualTo(new Page<>(Array.<Stored>empty(), 0));
        assertThat(readLines(store, none, LineItemQuery.of(InvoiceQuery.ALL)))
                .as("S12: who may see no account must see nothing; are no accounts taken for all?")
                .isEmpty();
        assertThat(store.rollup(none, LineItemQuery.of(InvoiceQuery.ALL), Array.empty())
                        .sum(USD, slot -> true))
                .as("S12: who may see no account must see nothing; are no accounts taken for all?")
                .isEqualTo(usd("0"));
        assertThat(store.find(none, id("alice's")))
                .as("S12: who may see no account must see nothing; are no accounts taken for all?")
                .isEmpty();
    }

    @Test
    void s12_keeps_tenants_apart() {
        InvoiceStore store = emptyStore();
        TenantId[] tenants = {TENANT, OTHER_TENANT, new TenantId("Tenant"), new TenantId("tenant ")};
        Commit commit =
                commit(numbered("same", new Series("series"), line("same")), revise("running", 1, Change.ADD_LINES));
        for (TenantId tenant : tenants) {
            assertThat(store.commit(tenant, commit)
                            .map(receipt -> receipt.numbers().values().head().value()))
                    .as("S12: ids, command keys and numbers of one tenant must not meet those of another")
                    .isEqualTo(Either.right(1L));
            assertThat(store.commit(tenant, commit(stand("same", 2, InvoiceStatus.PAID)))
                            .isRight())
                    .as("S12: standings of one tenant must not meet those of another")
                    .isTrue();
        }
        for (TenantId tenant : tenants) {
            Access access = Access.toAll(tenant);
            assertThat(ids(store.search(access, InvoiceQuery.ALL, EVERYTHING).rows()))
                    .as("S12: a tenant must see its own documents, once")
                    .containsExactlyInAnyOrder("same", "running");
            assertThat(readLines(store, access, LineItemQuery.of(InvoiceQuery.ALL)))
                    .as("S12: a tenant must see its own lines, once")
                    .hasSize(1);
            assertThat(store.rollup(access, LineItemQuery.of(InvoiceQuery.ALL), Array.empty())
                            .sum(USD, slot -> true))
                    .as("S12: a tenant must see its own sums")
                    .isEqualTo(usd("1"));
        }
        Access stranger = Access.toAll(new TenantId("stranger"));
        assertThat(store.find(stranger, id("same")))
                .as("S12: nothing crosses a tenant")
                .isEmpty();
        assertThat(store.search(stranger, InvoiceQuery.ALL, EVERYTHING).total())
                .as("S12: nothing crosses a tenant")
                .isZero();
    }

    @Test
    void s12_neither_searches_nor_sums_what_is_outside_the_access() {
        InvoiceStore store = storeToSearch();
        for (AccountId account : Array.of(ALICE, BOB)) {
            Access access = Access.to(TENANT, account);
            Seq<StoredLine> expected = searchedLines()
                    .filter(found -> found.document().invoice().head().account().equals(account));
            Page<StoredLine> page =
                    store.searchLines(access, LineItemQuery.of(InvoiceQuery.ALL), LineItemOrder.of(), EVERYTHING);
            assertThat(page.rows().map(InvoiceStoreContract::nameOf))
                    .as("S12: searchLines must find what lies within the access and nothing else: %s", access)
                    .containsExactlyInAnyOrderElementsOf(expected.map(InvoiceStoreContract::nameOf));
            assertThat(page.total())
                    .as("S12: searchLines must not count what lies outside the access: %s", access)
                    .isEqualTo(expected.size());
            assertThat(store.tallyLines(access, LineItemQuery.of(InvoiceQuery.ALL), NO_NAMES))
                    .as("S12: tallyLines must sum up what lies within the access: %s", access)
                    .isEqualTo(Tally.ofLines(expected, NO_NAMES, Tally.Digits.ALL));
            assertThat(store.tally(access, InvoiceQuery.ALL, Array.of(TOTAL), NO_NAMES))
                    .as("S12: tally must sum up what lies within the access: %s", access)
                    .isEqualTo(Tally.of(
                            searched()
                                    .filter(stored ->
                                            stored.invoice().head().account().equals(account)),
                            Array.of(TOTAL),
                            NO_NAMES,
                            Tally.Digits.ALL));
        }
        Access other = Access.toAll(OTHER_TENANT);
        assertThat(store.searchLines(other, LineItemQuery.of(InvoiceQuery.ALL), LineItemOrder.of(), EVERYTHING)
                        .total())
                .as("S12: searchLines must find nothing of another tenant")
                .isZero();
        assertThat(store.tally(other, InvoiceQuery.ALL, Array.of(TOTAL), NO_NAMES))
                .as("S12: tally must sum up nothing of another tenant")
                .isEqualTo(new Tally(HashMap.empty()));
    }

    @Test
    void s12_changes_no_other_tenant() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES, line("a")), issue("issued", line("b")));
        Snapshot before = Snapshot.of(store);
        store.commit(OTHER_TENANT, commit(revise("running", 1, Change.ADD_LINES, line("a"))));
        store.commit(OTHER_TENANT, commit(revise("running", 2, Change.REPLACE_LINES, line("c"))));
        store.commit(OTHER_TENANT, commit(stand("running", 2, InvoiceStatus.FAILED)));
        store.commit(OTHER_TENANT, commit(stand("issued", 2, InvoiceStatus.FAILED)));
        assertThat(Snapshot.of(store))
                .as("S12: what one tenant commits must change nothing of another")
                .isEqualTo(before);
    }

    // S13: numbers are kept or refused

    @Test
    void s13_keeps_every_digit_or_refuses() {
        InvoiceStore store = emptyStore();
        Seq<String> numbers = Array.of(
                "1234567890123456.789012345678901234",
                "0.1234567890123456789012345678901234",
                "-1234567890123456789012345678901234",
                "0.00000000000000000000000000000000000000012345",
                "12345678901234567890123456789012345678901234567890.12345678901234567890123456789012345678901234567890",
                "1E+60",
                "1E-90");
        for (String number : numbers) {
            for (Write write : writesWith(new BigDecimal(number), "with " + number)) {
                assertKeptOrRefused(store, write);
            }
        }
    }

    @Test
    void s13_keeps_every_digit_of_a_standing_or_refuses() {
        InvoiceStore store = emptyStore();
        Seq<String> numbers = Array.of(
                "1234567890123456.789012345678901234",
                "0.1234567890123456789012345678901234",
                "1234567890123456789012345678901234",
                "1E-90");
        for (String number : numbers) {
            String id = "stands with " + number;
            apply(store, issue(id));
            Standing initial = standing(store, id);
            Money amount = usd(number);
            Standing next = new Standing(
                    id(id),
                    2,
                    InvoiceStatus.PAID,
                    Array.of(new Payment("payment", amount, NOW)),
                    Array.of(new Refund("payment", amount, Option.none(), NOW)),
                    Option.none(),
                    Array.empty(),
                    NOW);
            Either<CommitRefused, Receipt> result = store.commit(TENANT, commit(new Write.Stand(next)));
            assertThat(standing(store, id))
                    .as(
                            "S13: payments and refunds must be kept to the last digit or refused, never rounded: %s",
                            number)
                    .isEqualTo(result.isRight() ? next : initial);
            assertRefusedForDigits(result);
        }
    }

    // S14: many threads

    @Test
    void s14_applies_one_key_once_from_many_threads() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series");
        for (int round = 0; round < ROUNDS; round++) {
            CommandKey key = newKey();
            String id = "invoice-" + round + "-";
            Seq<Either<CommitRefused, Receipt>> results = Together.run(thread -> persistently(
                    store, Commit.of(key, "content", numbered(id + thread, series, line("line-" + thread)))));
            assertThat(results.count(Either::isRight))
                    .as("S14: a command that many threads send must succeed for all of them")
                    .isEqualTo(Together.THREADS);
            assertThat(results.map(Either::get).distinct())
                    .as("S14: all threads must get the receipt of the one that took effect")
                    .hasSize(1);
            assertThat(searchIds(store, InvoiceQuery.ALL).filter(found -> found.startsWith(id)))
                    .as("S14: a command that many threads send must take effect once, and the receipt tell of that")
                    .containsExactlyElementsOf(
                            results.head().get().numbers().keySet().map(InvoiceId::value));
        }
    }

    @Test
    void s14_applies_one_of_many_contents_under_one_key() {
        InvoiceStore store = emptyStore();
        for (int round = 0; round < ROUNDS; round++) {
            CommandKey key = newKey();
            String id = "invoice-" + round + "-";
            Together.run(thread ->
                    persistently(store, Commit.of(key, "content " + thread, issue(id + thread, line("line")))));
            assertThat(searchIds(store, InvoiceQuery.ALL).filter(found -> found.startsWith(id)))
                    .as("S14: of many commands under one key, one must take effect")
                    .hasSize(1);
        }
    }

    @Test
    void s14_lets_one_of_many_threads_revise_a_revision() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES, line("first")));
        for (long revision = 2; revision <= 6; revision++) {
            long next = revision;
            Seq<Either<CommitRefused, Receipt>> results = Together.run(thread ->
                    persistently(store, commit(revise("running", next, Change.ADD_LINES, line(next + "-" + thread)))));
            assertThat(results.count(Either::isRight))
                    .as("S14: of threads that revise one revision, one must succeed")
                    .isEqualTo(1);
            assertThat(running(store, "running").revision())
                    .as("S14: of threads that revise one revision, one must take effect")
                    .isEqualTo(next);
            assertThat(lineIds(store, "running").filter(id -> id.startsWith(next + "-")))
                    .as("S14: the lines must be those of the thread that succeeded")
                    .containsExactly(next + "-" + results.indexWhere(Either::isRight));
        }
    }

    @Test
    void s14_lets_one_of_many_threads_make_the_first_revision() {
        InvoiceStore store = emptyStore();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "running-" + round;
            Seq<Either<CommitRefused, Receipt>> results = Together.run(thread ->
                    persistently(store, commit(revise(id, 1, Change.ADD_LINES, line("line-" + thread)))));
            assertThat(results.count(Either::isRight))
                    .as("S14: of threads that make the first revision, one must succeed")
                    .isEqualTo(1);
            assertThat(lineIds(store, id))
                    .as("S14: the lines must be those of the thread that succeeded")
                    .containsExactly("line-" + results.indexWhere(Either::isRight));
        }
    }

    @Test
    void s14_loses_no_revision_when_threads_try_again() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES));
        Seq<Long> revisions = Together.run(thread -> reviseUntilAccepted(store, "line-" + thread));
        assertThat(revisions.sorted())
                .as("S14: each revision must be made by one thread")
                .isEqualTo(Array.rangeClosed(2L, 1L + Together.THREADS));
        assertThat(running(store, "running").revision())
                .as("S14: each revision that was accepted counts one")
                .isEqualTo(1L + Together.THREADS);
    }

    // What the tests share

    /** Everything of a tenant that can be read. */
    private record Snapshot(Page<Stored> documents, Seq<LineItem> lines) {

        static Snapshot of(InvoiceStore store) {
            return new Snapshot(
                    store.search(ALL, InvoiceQuery.ALL, EVERYTHING),
                    readLines(store, ALL, LineItemQuery.of(InvoiceQuery.ALL)));
        }
    }

    // S15: sealing

    @Test
    void s15_issues_a_running_document_with_the_lines_it_has() {
        InvoiceStore store = emptyStore();
        Head running = searchedHead("running", 1);
        apply(store, revise(running, 1, Change.ADD_LINES, line("a"), line("b")));
        Standing tagged = stored(store, "running").standing().tagged(Array.of(new Tag(1, "team", "core")), NOW);
        apply(store, new Write.Stand(tagged));
        Head sealed = searchedHead("running", 0);
        Invoice.Preview draft = new Invoice.Preview(sealed, searchedFigures(2), LATER);
        Receipt receipt =
                apply(store, new Write.Seal(draft, 1, Option.some(new Series("sealed")), InvoiceStatus.PREPAID));
        InvoiceNumber number = new InvoiceNumber(new Series("sealed"), 1);
        assertThat(receipt.numbers().get(id("running")))
                .as("S15: what is sealed gets a number of its series")
                .containsExactly(number);
        assertThat(store.find(ALL, id("running")).map(InvoiceFixtures::unsealed))
                .as(
                        "S15: a sealed document is issued with the head and figures of the draft, at its instant, and keeps tags")
                .containsExactly(new Stored(
                        new Invoice.Issued(sealed, draft.figures(), Option.some(number), LATER),
                        tagged.becoming(InvoiceStatus.PREPAID, LATER)));
        assertThat(lineIds(store, "running"))
                .as("S15: a sealed document keeps its lines")
                .containsExactly("a", "b");
    }

    @Test
    void s15_seals_only_the_latest_revision_of_what_is_running() {
        InvoiceStore store = emptyStore();
        apply(store, issue("issued"));
        apply(store, revise("running", 1, Change.ADD_LINES));
        Seq<Tuple2<Write.Seal, CommitRefused>> refused = Array.of(
                new Tuple2<>(seal("unknown", 1), new CommitRefused.UnknownInvoice(id("unknown"))),
                new Tuple2<>(seal("issued", 1), new CommitRefused.Sealed(id("issued"))),
                new Tuple2<>(seal("running", 2), new CommitRefused.Stale(id("running"), 2, 1)));
        refused.forEach(seal -> assertThat(store.commit(TENANT, commit(seal._1)))
                .as("S15: only the latest revision of a running document can be sealed")
                .isEqualTo(Either.left(seal._2)));
        assertThat(stored(store, "running").invoice())
                .as("S15: a seal that is refused changes nothing")
                .isInstanceOf(Invoice.Running.class);
    }

    @Test
    void s15_refuses_a_revision_that_is_not_the_latest() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES));
        apply(store, revise("running", 2, Change.ADD_LINES));
        assertThat(store.commit(TENANT, commit(seal("running", 1))))
                .as("S15: a draft that was computed from an older revision must not be sealed")
                .isEqualTo(Either.left(new CommitRefused.Stale(id("running"), 1, 2)));
    }

    // S16: lines of many documents

    @Test
    void s16_finds_lines_in_any_order() {
        InvoiceStore store = storeToSearch();
        for (LineItemOrder.Key key : lineKeys()) {
            for (boolean descending : new boolean[] {false, true}) {
                LineItemOrder order = LineItemOrder.of(new LineItemOrder.Term(key, descending));
                Page<StoredLine> page = store.searchLines(ALL, LineItemQuery.of(InvoiceQuery.ALL), order, EVERYTHING);
                assertThat(page.rows().map(InvoiceStoreContract::nameOf))
                        .as("S16: lines must be in the order of %s", order)
                        .containsExactlyElementsOf(searchedLines().sorted(order).map(InvoiceStoreContract::nameOf));
            }
        }
    }

    @Test
    void s16_finds_the_selected_lines_and_counts_them() {
        InvoiceStore store = storeToSearch();
        LineItemOrder order = LineItemOrder.of(new LineItemOrder.Term(LineItemOrder.Field.PRICE, true));
        for (Selection selection : searchedSelections()) {
            LineItemQuery query = new LineItemQuery(InvoiceQuery.ofProfile("even"), selection);
            Seq<StoredLine> expected = searchedLines()
                    .filter(found -> query.documents().isMetBy(found.document()) && selection.includes(found.line()))
                    .sorted(order);
            for (PageRequest request : Array.of(EVERYTHING, PageRequest.first(0), new PageRequest(1, 2))) {
                Page<StoredLine> page = store.searchLines(ALL, query, order, request);
                assertThat(page.rows().map(InvoiceStoreContract::nameOf))
                        .as("S16: the page must have the lines that are selected: %s, %s", selection, request)
                        .containsExactlyElementsOf(expected.drop((int) request.offset())
                                .take(request.size())
                                .map(InvoiceStoreContract::nameOf));
                assertThat(page.total())
                        .as("S16: the total must count all lines that are selected: %s", selection)
                        .isEqualTo(expected.size());
            }
        }
    }

    @Test
    void s16_gives_each_line_with_its_document() {
        InvoiceStore store = storeToSearch();
        assertThat(store.searchLines(ALL, LineItemQuery.of(InvoiceQuery.ALL), LineItemOrder.of(), EVERYTHING)
                        .rows()
                        .map(InvoiceStoreContract::unsealed))
                .as("S16: each line must come as it was committed, with the document that it is on")
                .containsExactlyInAnyOrderElementsOf(searchedLines());
    }

    // S17: sums

    @Test
    void s17_sums_up_the_figures_of_what_is_found() {
        InvoiceStore store = storeToSearch();
        Seq<FigureKey> figures = Array.of(TOTAL, COST, TOTAL, FigureKey.price("Total"));
        for (Seq<String> by : Array.of(NO_NAMES, Array.of("state"), Array.of("size", "none", "state", "size"))) {
            for (InvoiceQuery query : Array.of(InvoiceQuery.ALL, InvoiceQuery.ofProfile("even"))) {
                assertThat(store.tally(ALL, query, figures, by))
                        .as("S17: tally must sum up each figure by %s, as often as it is asked for: %s", by, query)
                        .isEqualTo(Tally.of(searched().filter(query::isMetBy), figures, by, Tally.Digits.ALL));
            }
        }
        assertThat(store.tally(ALL, InvoiceQuery.ofProfile("none"), figures, NO_NAMES))
                .as("S17: nothing sums up to nothing")
                .isEqualTo(new Tally(HashMap.empty()));
    }

    @Test
    void s17_sums_up_the_lines_that_are_found() {
        InvoiceStore store = storeToSearch();
        for (Seq<String> by : Array.of(NO_NAMES, Array.of("state"), Array.of("size", "none", "state"))) {
            for (Selection selection : searchedSelections()) {
                LineItemQuery query = new LineItemQuery(InvoiceQuery.ALL, selection);
                assertThat(store.tallyLines(ALL, query, by))
                        .as("S17: tallyLines must sum up costs, prices and taxes by %s: %s", by, selection)
                        .isEqualTo(Tally.ofLines(
                                searchedLines().filter(found -> selection.includes(found.line())),
                                by,
                                Tally.Digits.ALL));
            }
        }
    }

    @Test
    void s17_sums_what_a_binary_double_holds_of_each_amount_if_that_is_asked_for() {
        InvoiceStore store = emptyStore();
        Seq<String> amounts = Array.of("0.1", "0.2", "7.2558824129713369", "7.2558824129713369", "-1E-7", "12345678.9");
        amounts.forEachWithIndex((amount, n) -> {
            Figures figures = Figures.NONE.declare(TOTAL, "test", usd(amount)).declare(COST, "test", usd(amount));
            apply(
                    store,
                    new Write.Revise(
                            new Invoice.Running(head("document-" + n), figures, 1),
                            Array.of(line("line", amount)),
                            Change.ADD_LINES));
        });
        Seq<FigureKey> figures = Array.of(TOTAL, COST);
        Seq<Stored> documents = store.search(ALL, InvoiceQuery.ALL, EVERYTHING).rows();
        Seq<StoredLine> lines = documents.flatMap(document ->
                lines(store, document.invoice().head().id().value()).map(line -> new StoredLine(document, line)));
        for (Tally.Digits digits : Tally.Digits.values()) {
            assertThat(store.tally(ALL, InvoiceQuery.ALL, figures, NO_NAMES, digits))
                    .as("S17: tally must sum the digits that are asked for: %s", digits)
                    .isEqualTo(Tally.of(documents, figures, NO_NAMES, digits));
            assertThat(store.tallyLines(ALL, LineItemQuery.of(InvoiceQuery.ALL), NO_NAMES, digits))
                    .as("S17: tallyLines must sum the digits that are asked for: %s", digits)
                    .isEqualTo(Tally.ofLines(lines, NO_NAMES, digits));
        }
        assertThat(Tally.of(documents, figures, NO_NAMES, Tally.Digits.OF_DOUBLES))
                .isNotEqualTo(Tally.of(documents, figures, NO_NAMES, Tally.Digits.ALL));
    }

    // S18: who sees what

    @Test
    void s18_shows_documents_and_lines_as_the_access_says() {
        InvoiceStore store = storeToSearch();
        for (Access access : ACCESSES_TO_COSTS) {
            searched()
                    .forEach(stored -> assertThat(
                                    store.find(access, stored.invoice().head().id())
                                            .map(InvoiceStoreContract::amountsOf))
                            .as("S18: find must show a document as %s says", access)
                            .containsExactly(amountsOf(access.shown(stored))));
            assertThat(store.search(access, InvoiceQuery.ALL, EVERYTHING).rows().map(InvoiceStoreContract::amountsOf))
                    .as("S18: search must show documents as %s says", access)
                    .containsExactlyInAnyOrderElementsOf(
                            searched().map(access::shown).map(InvoiceStoreContract::amountsOf));
        }
    }

    @Test
    void s18_shows_lines_as_the_access_says() {
        InvoiceStore store = storeToSearch();
        LineItemQuery query = LineItemQuery.of(InvoiceQuery.ALL);
        for (Access access : ACCESSES_TO_COSTS) {
            Seq<StoredLine> expected = searchedLines(access);
            assertThat(readLines(store, access, query))
                    .as("S18: lines must look as %s says", access)
                    .containsExactlyInAnyOrderElementsOf(expected.map(StoredLine::line));
            assertThat(store.searchLines(access, query, LineItemOrder.of(), EVERYTHING)
                            .rows()
                            .map(InvoiceStoreContract::unsealed))
                    .as("S18: searchLines must show lines and documents as %s says", access)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void s18_orders_by_what_is_shown() {
        InvoiceStore store = storeToSearch();
        InvoiceOrder order = InvoiceOrder.of(InvoiceOrder.Term.descending(new InvoiceOrder.Amount(Array.of(COST))));
        LineItemOrder lineOrder = LineItemOrder.of(
                new LineItemOrder.Term(
                        new LineItemOrder.OfDocument(order.terms().head().key()), true),
                new LineItemOrder.Term(LineItemOrder.Field.COST, false));
        for (Access access : ACCESSES_TO_COSTS) {
            assertThat(ids(store.search(access, InvoiceQuery.ALL, order, EVERYTHING)
                            .rows()))
                    .as("S18: costs that are hidden must not order documents: %s", access)
                    .containsExactlyElementsOf(ids(searched().map(access::shown).sorted(order)));
            assertThat(store.searchLines(access, LineItemQuery.of(InvoiceQuery.ALL), lineOrder, EVERYTHING)
                            .rows()
                            .map(InvoiceStoreContract::nameOf))
                    .as("S18: costs that are hidden must not order lines: %s", access)
                    .containsExactlyElementsOf(
                            searchedLines(access).sorted(lineOrder).map(InvoiceStoreContract::nameOf));
        }
    }

    @Test
    void s18_sums_up_what_is_shown() {
        InvoiceStore store = storeToSearch();
        LineItemQuery lines = LineItemQuery.of(InvoiceQuery.ALL);
        for (Access access : ACCESSES_TO_COSTS) {
            assertThat(store.tally(access, InvoiceQuery.ALL, Array.of(TOTAL, COST), NO_NAMES))
                    .as("S18: tally must sum up what %s shows", access)
                    .isEqualTo(
                            Tally.of(searched().map(access::shown), Array.of(TOTAL, COST), NO_NAMES, Tally.Digits.ALL));
            assertThat(store.tallyLines(access, lines, NO_NAMES))
                    .as("S18: tallyLines must sum up what %s shows", access)
                    .isEqualTo(Tally.ofLines(searchedLines(access), NO_NAMES, Tally.Digits.ALL));
        }
    }

    @Test
    void s18_rolls_up_what_is_shown() {
        InvoiceStore store = storeToSearch();
        for (Access access : ACCESSES_TO_COSTS) {
            Rollup expected = Rollup.of(searchedLines(access).map(StoredLine::line), Array.empty());
            assertThat(store.rollup(access, LineItemQuery.of(InvoiceQuery.ALL), Array.empty())
                            .sum(USD, slot -> true))
                    .as("S18: rollup must sum up prices and costs as %s shows them", access)
                    .isEqualTo(expected.sum(USD, slot -> true));
        }
    }

    private static Write.Seal seal(String id, long revision) {
        return new Write.Seal(
                new Invoice.Preview(head(id), Figures.NONE, LATER), revision, Option.none(), InvoiceStatus.CLOSED);
    }

    // S19: seals

    @Test
    void s19_what_is_issued_has_the_seal_of_its_content() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series", new NumberFormat("No. ", 4), Series.Gaps.NONE);
        Write.Issue issue = numbered(
                "invoice",
                series,
                line("b").at(2),
                line("c").at(10),
                line("a").at(2),
                line("d").at(1));
        apply(store, issue);
        Option<InvoiceNumber> number = Option.some(new InvoiceNumber(series, 1));
        assertSealed(store, issue.draft(), number, Array.of("d", "a", "b", "c"), issue.lines());
    }

    @Test
    void s19_a_running_document_is_sealed_with_all_the_lines_it_has() {
        InvoiceStore store = emptyStore();
        apply(store, revise("running", 1, Change.ADD_LINES, line("replaced")));
        apply(store, revise("running", 2, Change.REPLACE_LINES, line("a").at(2)));
        apply(store, revise("running", 3, Change.ADD_LINES, line("b").at(1)));
        Write.Seal seal = seal("running", 3);
        apply(store, seal);
        assertSealed(store, seal.draft(), Option.none(), Array.of("b", "a"), lines(store, "running"));
    }

    @Test
    void s19_seals_many_lines() {
        InvoiceStore store = emptyStore();
        Seq<LineItem> lines =
                Array.range(0, 2_345).map(n -> line("line-" + n, n + ".01").at(n));
        Write.Issue issue = issue(head("invoice"), lines.reverse());
        apply(store, issue);
        assertSealed(
                store, issue.draft(), Option.none(), lines.map(line -> line.id().value()), lines);
    }

    @Test
    void s19_draws_a_salt_for_each_document() {
        InvoiceStore store = emptyStore();
        Option<Customer> customer = Option.some(customer("customer"));
        Seq<String> ids = Array.of("first", "second");
        ids.forEach(id -> apply(store, issue(head(id).addressedTo(customer))));
        Seq<String> salts = ids.flatMap(id -> issued(store, id).seal())
                .flatMap(Seal::addressee)
                .flatMap(Seal.Addressee::salt);
        assertThat(salts)
                .as("S19: each document must be sealed with a salt of its own, or digests tell who has two documents")
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(salt -> assertThat(salt.length()).isGreaterThanOrEqualTo(Seal.SALT_BYTES));
    }

    @Test
    void s19_a_seal_stays_whatever_happens_later() {
        InvoiceStore store = emptyStore();
        apply(store, issue(head("invoice").addressedTo(Option.some(customer("customer"))), line("a")));
        Option<Seal> before = issued(store, "invoice").seal();
        apply(store, new Write.Stand(fullStanding("invoice", 2)));
        apply(store, stand("invoice", 3, InvoiceStatus.VOID));
        apply(store, issue("other", line("b")));
        store.commit(TENANT, commit(revise("invoice", 2, Change.ADD_LINES, line("c"))));
        assertThat(issued(store, "invoice").seal())
                .as("S19: nothing that happens later must change a seal")
                .isEqualTo(before);
    }

    @Test
    void s19_erasing_removes_whom_a_document_is_addressed_to_and_no_more() {
        InvoiceStore store = emptyStore();
        Option<Customer> customer = Option.some(customer("customer"));
        apply(
                store,
                issue(
                        head("erased").addressedTo(customer),
                        line("b").at(2),
                        line("a").at(1)));
        apply(store, issue(head("other").addressedTo(customer), line("a")));
        apply(store, issue(head("nobody's"), line("a")));
        Seq<Stored> others = Array.of("other", "nobody's").map(id -> stored(store, id));
        Stored before = stored(store, "erased");
        Seq<LineItem> lines = lines(store, "erased");
        apply(store, new Write.Erase(id("erased"), Option.none()), new Write.Erase(id("nobody's"), Option.none()));
        Stored erased = new Stored(((Invoice.Issued) before.invoice()).erased(Option.none()), before.standing());
        assertThat(stored(store, "erased"))
                .as("S19: what is erased must be the customer, with the salt of the seal, and nothing else")
                .isEqualTo(erased);
        assertThat(lines(store, "erased"))
                .as("S19: erasing a customer must not change lines")
                .isEqualTo(lines);
        assertThat(issued(store, "erased").seal().get().isOf(issued(store, "erased"), lines.iterator()))
                .as("S19: the seal must still prove the rest")
                .isTrue();
        assertThat(Array.of("other", "nobody's").map(id -> stored(store, id)))
                .as("S19: erasing must not change other documents, or those that are addressed to nobody")
                .isEqualTo(others);
    }

    @Test
    void s19_erasing_shows_what_it_was_told_instead() {
        InvoiceStore store = emptyStore();
        apply(store, issue(head("invoice").addressedTo(Option.some(customer("customer")))));
        Invoice.Issued before = issued(store, "invoice");
        Option<Customer> replacement = Option.some(customer("erased"));
        apply(store, new Write.Erase(id("invoice"), replacement));
        assertThat(issued(store, "invoice"))
                .as("S19: an erased document must show the replacement")
                .isEqualTo(before.erased(replacement));
        apply(store, new Write.Erase(id("invoice"), Option.none()));
        assertThat(issued(store, "invoice"))
                .as("S19: a replacement can be erased too")
                .isEqualTo(before.erased(replacement).erased(Option.none()));
    }

    @Test
    void s19_erases_in_the_order_of_writes() {
        InvoiceStore store = emptyStore();
        Write.Issue issue = issue(head("invoice").addressedTo(Option.some(customer("customer"))));
        apply(store, issue, new Write.Erase(id("invoice"), Option.none()));
        Option<Seal.Addressee> addressee = issued(store, "invoice").seal().flatMap(Seal::addressee);
        assertThat(addressee)
                .as("S19: a document is sealed as it was issued, and erased after that, even in one commit")
                .isNotEmpty();
        assertThat(addressee.flatMap(Seal.Addressee::salt))
                .as("S19: what is erased must not keep its salt")
                .isEmpty();
        assertThat(issued(store, "invoice").head().billedTo())
                .as("S19: what is erased must not keep its customer")
                .isEmpty();
    }

    @Test
    void s19_erases_only_what_is_issued() {
        InvoiceStore store = storeWithDocuments();
        Snapshot before = Snapshot.of(store);
        assertThat(store.commit(TENANT, commit(new Write.Erase(id("running"), Option.none()))))
                .as("S19: a running document can be revised, and is not erased")
                .isEqualTo(Either.left(new CommitRefused.NotIssued(id("running"))));
        assertThat(store.commit(TENANT, commit(new Write.Erase(id("unknown"), Option.none()))))
                .as("S19: a document must exist to be erased")
                .isEqualTo(Either.left(new CommitRefused.UnknownInvoice(id("unknown"))));
        assertThat(Snapshot.of(store))
                .as("S19: what is refused must change nothing")
                .isEqualTo(before);
    }

    /** That a document has the seal of this content, with the lines in this order. */
    private static void assertSealed(
            InvoiceStore store,
            Invoice.Preview draft,
            Option<InvoiceNumber> number,
            Seq<String> order,
            Iterable<LineItem> lines) {
        Map<String, Integer> places = HashMap.ofEntries(order.zipWithIndex());
        Seq<LineItem> sorted =
                Array.ofAll(lines).sortBy(line -> places.getOrElse(line.id().value(), -1));
        Seal expected = Seal.of(draft.head(), draft.figures(), number, draft.asOf(), sorted.iterator(), "no salt");
        assertThat(issued(store, draft.head().id().value()).seal())
                .as(
                        "S19: the seal must be of head, figures, number, instant and lines by position and id; is a line left out, or "
                                + "does their order of arrival matter?")
                .containsExactly(expected);
    }

    private static Invoice.Issued issued(InvoiceStore store, String id) {
        return (Invoice.Issued) stored(store, id).invoice();
    }

    private static StoredLine unsealed(StoredLine line) {
        return new StoredLine(InvoiceFixtures.unsealed(line.document()), line.line());
    }

    // S20: answers

    @Test
    void s20_answers_what_a_command_was_and_what_came_of_it() {
        InvoiceStore store = emptyStore();
        Series series = new Series("series", new NumberFormat("No. ", 4), Series.Gaps.NONE);
        Event happened = Event.of("invoice.finalised", ALICE, "invoice", NOW)
                .with("amount" + ODD, ODD)
                .with("empty", "");
        Event other = Event.of("account.described" + ODD, new AccountId("bob" + ODD), "subject" + ODD, LATER);
        Commit commit = new Commit(
                new CommandKey("key" + ODD),
                "what was asked" + ODD,
                Array.of(numbered("invoice", series), issue("other")),
                Array.of(happened, other));
        Receipt receipt = apply(store, commit);
        assertThat(receipt.events())
                .as("S20: a receipt must tell what happened, in order, with the number of what was numbered")
                .containsExactly(happened.with(Event.NUMBER, "No. 0001"), other);
        assertThat(store.answer(TENANT, commit.key()))
                .as("S20: answer must give the content and the receipt")
                .containsExactly(new Answer(commit.content(), receipt));
    }

    @Test
    void s20_answers_nothing_of_what_was_not_applied() {
        InvoiceStore store = emptyStore();
        CommandKey key = new CommandKey("key");
        apply(store, Commit.of(key, "content", issue("invoice")));
        CommandKey refused = new CommandKey("refused");
        store.commit(TENANT, Commit.of(refused, "content", stand("unknown", 2, InvoiceStatus.PAID)));
        for (CommandKey other : Array.of(refused, new CommandKey("Key"), new CommandKey("key "), new CommandKey("%"))) {
            assertThat(store.answer(TENANT, other))
                    .as("S20: there must be no answer to what was not applied: '%s'", other)
                    .isEmpty();
        }
    }

    @Test
    void s20_answers_within_one_tenant() {
        InvoiceStore store = emptyStore();
        Commit commit = commit(issue("invoice"));
        apply(store, commit);
        assertThat(store.answer(OTHER_TENANT, commit.key()))
                .as("S20: a command of one tenant must not be answered to another")
                .isEmpty();
    }

    @Test
    void s20_the_first_answer_stays() {
        InvoiceStore store = emptyStore();
        Commit commit = commit(numbered("invoice", new Series("series")));
        Answer answer = new Answer(commit.content(), apply(store, commit));
        store.commit(TENANT, commit);
        apply(store, stand("invoice", 2, InvoiceStatus.PAID));
        store.commit(TENANT, new Commit(commit.key(), "other content", Array.of(issue("other"))));
        assertThat(store.answer(TENANT, commit.key()))
                .as("S20: whatever is sent later, the first answer must stay")
                .containsExactly(answer);
    }

    // S21: series that allow gaps

    @Test
    void s21_numbers_ascend() {
        InvoiceStore store = emptyStore();
        Series series = withGaps("series");
        Seq<Long> numbers = Array.range(0, 12).map(n -> numberOf(store, "invoice-" + n, series));
        assertAscending(numbers, "each number must be higher than those before");
    }

    @Test
    void s21_a_document_has_the_number_that_it_was_given() {
        InvoiceStore store = emptyStore();
        Receipt receipt =
                apply(store, numbered("z", withGaps("series")), issue("without"), numbered("a", withGaps("series")));
        assertThat(receipt.numbers().keySet())
                .as("S21: the documents of series must be numbered, and no other")
                .isEqualTo(HashSet.of(id("z"), id("a")));
        for (Tuple2<InvoiceId, InvoiceNumber> given : receipt.numbers()) {
            assertThat(number(store, given._1.value()))
                    .as("S21: the document must have the number that the receipt told")
                    .containsExactly(given._2);
        }
        assertAscending(
                Array.of("z", "a").flatMap(id -> number(store, id)).map(InvoiceNumber::value),
                "the documents of one commit must be numbered in the order of its writes");
    }

    @Test
    void s21_goes_on_above_what_was_refused() {
        InvoiceStore store = emptyStore();
        Series series = withGaps("series");
        long first = numberOf(store, "first", series);
        store.commit(TENANT, commit(numbered("new", series), issue("first")));
        long second = numberOf(store, "second", series);
        store.commit(TENANT, commit(numbered("new", series, line("same"), line("same"))));
        assertAscending(
                Array.of(first, second, numberOf(store, "third", series)),
                "what is refused may leave a gap, and must not set numbers back");
    }

    @Test
    void s21_goes_on_above_all_when_a_series_changes_its_mind() {
        InvoiceStore store = emptyStore();
        Seq<Series> without = Array.fill(12, () -> new Series("series"));
        Seq<Series> with = Array.fill(3, () -> withGaps("series"));
        Seq<Series> series =
                without.appendAll(with).appendAll(without).appendAll(with).appendAll(without);
        assertAscending(
                series.zipWithIndex((in, n) -> numberOf(store, "invoice-" + n, in)),
                "a series must give no number twice, whether it allowed gaps before or not");
        Seq<Series> other = Array.of(withGaps("other"), withGaps("other"), new Series("other"), new Series("other"));
        assertAscending(
                other.zipWithIndex((in, n) -> numberOf(store, "other-" + n, in)),
                "a series must give no number twice, whether it allows gaps later or not");
    }

    @Test
    void s21_numbers_of_many_threads_never_meet() {
        InvoiceStore store = emptyStore();
        Series series = withGaps("series");
        Seq<Seq<Long>> numbers = Together.run(thread -> Array.range(0, 12)
                .map(n -> persistently(store, commit(numbered("invoice-" + thread + "-" + n, series)))
                        .get()
                        .numbers()
                        .values()
                        .head()
                        .value()));
        assertThat(numbers.flatMap(own -> own))
                .as("S21: no two threads must get the same number")
                .doesNotHaveDuplicates();
        numbers.forEach(own -> assertAscending(own, "each thread's numbers must ascend"));
    }

    private static Series withGaps(String scope) {
        return new Series(scope, NumberFormat.PLAIN, Series.Gaps.ALLOWED);
    }

    private static long numberOf(InvoiceStore store, String id, Series series) {
        return apply(store, numbered(id, series)).numbers().values().head().value();
    }

    private static void assertAscending(Seq<Long> numbers, String hint) {
        assertThat(numbers)
                .as("S21: numbers must be unique and ascending; %s", hint)
                .doesNotHaveDuplicates()
                .isEqualTo(numbers.sorted());
    }

    // What the rules on searching look for: documents and lines that differ in everything

    private static final int SEARCHED = 6;
    private static final Seq<String> NO_NAMES = Array.empty();
    private static final FigureKey TOTAL = FigureKey.price("total");
    private static final FigureKey COST = new FigureKey("total", Option.none(), Side.COST);

    /** To all; through the eyes of who owns some documents, and of who owns none. */
    private static final Seq<Access> ACCESSES_TO_COSTS =
            Array.of(ALL, ALL.through(BOB), ALL.through(new AccountId("bo")), ALL.through(new AccountId("nobody")));

    private static String nameOf(StoredLine found) {
        return found.document().invoice().head().id() + " " + found.line().id();
    }

    /** Not the whole document: what a document has beside its amounts is not at stake. */
    private static Tuple2<InvoiceId, Figures> amountsOf(Stored stored) {
        return new Tuple2<>(stored.invoice().head().id(), stored.invoice().figures());
    }

    private static InvoiceId searchedId(int n) {
        return id(Array.of("9", "10", "\uff61", "\ud83d\ude00", "a", "B").get(n));
    }

    private static Head searchedHead(String id, int n) {
        return new Head(
                id(id),
                n % 2 == 0 ? "even" : "odd",
                n % 3 == 0 ? BOB : ALICE,
                n < 4 ? BOB : new AccountId("bo"),
                Option.when(
                        n > 0,
                        () -> new Ref(
                                n % 2 == 0 ? "app" : "App",
                                n % 2 == 0 ? "x" + n : "y",
                                Array.of("", "Web_1", "web%1", "WEB", "\ud83d\ude00b", "\uff61B")
                                        .get(n))),
                Option.when(n != 3, () -> InvoiceFixtures.month(1 + n % 3)),
                n % 2 == 0 ? HashMap.of(APP, new Ref("app", "id-" + n, n > 2 ? "b" : "C")) : HashMap.empty(),
                Option.none(),
                USD,
                NOW.plusSeconds(n % 3),
                Array.of(
                                HashMap.<String, Attribute>of("state", Attribute.of("b"), "size", Attribute.of(10)),
                                HashMap.<String, Attribute>of("state", Attribute.of("C"), "size", Attribute.of(9)),
                                HashMap.<String, Attribute>of("state", Attribute.of("B"), "size", Attribute.of("9")),
                                HashMap.<String, Attribute>of("size", Attribute.of(true)),
                                HashMap.<String, Attribute>of("state", Attribute.of("b"), "size", Attribute.of(NOW)),
                                HashMap.<String, Attribute>empty())
                        .get(n));
    }

    private static Figures searchedFigures(int n) {
        Figures price = Figures.NONE.with(TOTAL, new Figure.Folded(Selection.ALL, usd("1" + n)));
        return n == 1
                ? price
                : price.with(COST, new Figure.Folded(Selection.ALL, n == 2 ? Money.of("JPY", "3") : usd("" + (9 - n))));
    }

    private static Write.Issue searchedIssue(int n) {
        return new Write.Issue(
                new Invoice.Preview(
                        searchedHead(searchedId(n).value(), n), searchedFigures(n), LATER.minusSeconds(n % 4)),
                searchedLinesOf(n),
                Option.none(),
                n % 2 == 0 ? InvoiceStatus.CLOSED : InvoiceStatus.FREE);
    }

    private static Seq<LineItem> searchedLinesOf(int n) {
        return Array.range(0, n % 4).map(line -> searchedLine(n, line));
    }

    private static LineItem searchedLine(int n, int line) {
        Map<String, String> texts = line == 1 ? HashMap.of("name", "B" + n % 2) : HashMap.of("name", "a" + n);
        Origin origin = n == 1
                ? new Origin.Rated(flatDerivation())
                : new Origin.Provided("external-" + (line + n) % 3, texts, Option.none());
        LineItem.Builder builder = LineItem.builder(
                        new LineId(Array.of("b" + n, "B" + n, "a").get(line)),
                        line == 1 ? "SKU" : "sku-" + n,
                        line == 0 ? "tax" : "Tax",
                        NOW.plusSeconds((n * 7L + line) % 5),
                        origin)
                .position((n + line) % 3)
                .description(Array.of("b", "A", "a").get((n + line) % 3))
                .quantity(new BigDecimal(line == 0 ? "10" : "9"), "unit")
                .basis(Basis.ACTUAL);
        if (line != 1) {
            builder.price(usd("1." + n + line)).unitPrice(usd("2." + line));
        }
        if (line != 0) {
            builder.cost(n == 5 ? Money.of("JPY", "7") : usd("0." + (9 - n) + line))
                    .unitCost(usd("3." + n))
                    .tax(usd("0.1" + n));
        }
        return line == 2
                ? builder.build()
                : builder.period(InvoiceFixtures.month(1 + n % 2)).build();
    }

    /** The documents of {@link #storeToSearch}: some of them were tagged since they were issued. */
    private static Seq<Stored> searched() {
        return Array.range(0, SEARCHED)
                .map(InvoiceStoreContract::searchedIssue)
                .map(InvoiceStoreContract::issued)
                .zipWithIndex((stored, n) -> n < 2 ? new Stored(stored.invoice(), tagged(n)) : stored);
    }

    private static Standing tagged(int n) {
        Seq<Tag> tags = n == 0
                ? Array.of(new Tag(1, "team", "a"), new Tag(2, "team", "b"))
                : Array.of(new Tag(1, "Team", "b"), new Tag(2, "cost", "a"));
        Write.Issue issue = searchedIssue(n);
        return Standing.initial(issue.invoice(), issue.status(), issue.draft().asOf())
                .tagged(tags, LATER.plusSeconds(1 - n));
    }

    private InvoiceStore storeToSearch() {
        InvoiceStore store = emptyStore();
        Array.range(0, SEARCHED).forEach(n -> apply(store, searchedIssue((n * 5) % SEARCHED)));
        apply(store, new Write.Stand(tagged(0)), new Write.Stand(tagged(1)));
        return store;
    }

    private static Seq<StoredLine> searchedLines() {
        return searchedLines(ALL);
    }

    private static Seq<StoredLine> searchedLines(Access access) {
        return searched()
                .zipWithIndex()
                .flatMap(document -> searchedLinesOf(document._2)
                        .map(line -> new StoredLine(
                                access.shown(document._1),
                                access.shown(document._1.invoice().head(), line))));
    }

    private static Seq<Selection> searchedSelections() {
        return Array.<Selection.Criterion>of(
                        new Selection.NotInCategories(HashSet.of("tax")),
                        new Selection.NotInCategories(HashSet.empty()),
                        new Selection.WithId(HashSet.of(new LineId("a"), new LineId("b2"), new LineId("B3"))),
                        new Selection.WithExternalId(HashSet.of("external-1", "external-2")),
                        new Selection.WithExternalId(HashSet.empty()),
                        new Selection.ServedFrom(FEBRUARY.start()),
                        new Selection.ServedFrom(FEBRUARY.start().plusNanos(1)),
                        new Selection.ServedUntil(JANUARY.end()),
                        new Selection.ServedUntil(JANUARY.end().minusNanos(1)),
                        new Selection.PostedFrom(NOW.plusSeconds(2)),
                        new Selection.PostedFrom(NOW.plusSeconds(2).plusNanos(1)))
                .map(criterion -> Selection.of(criterion))
                .append(Selection.ALL);
    }

    private static Seq<InvoiceOrder.Key> keys() {
        return Vector.<InvoiceOrder.Key>of(InvoiceOrder.Field.values())
                .append(new InvoiceOrder.PlaceName(APP))
                .append(new InvoiceOrder.AttributeValue("state"))
                .append(new InvoiceOrder.AttributeValue("size"))
                .append(new InvoiceOrder.Amount(Array.of(COST)))
                .append(new InvoiceOrder.Amount(Array.of(TOTAL, TOTAL, COST)));
    }

    private static Seq<LineItemOrder.Key> lineKeys() {
        return Vector.<LineItemOrder.Key>of(LineItemOrder.Field.values())
                .append(new LineItemOrder.ProvidedText("name"))
                .appendAll(keys().map(LineItemOrder.OfDocument::new));
    }

    private static Seq<InvoiceCondition> conditions() {
        return Array.of(
                new InvoiceCondition.WithId(HashSet.of(searchedId(1), searchedId(4), id("unknown"))),
                new InvoiceCondition.WithId(HashSet.empty()),
                new InvoiceCondition.OfProfile(HashSet.of("even", "Odd")),
                new InvoiceCondition.OfAccount(HashSet.of(BOB)),
                new InvoiceCondition.InForm(Form.RUNNING),
                new InvoiceCondition.WithStatus(HashSet.of(InvoiceStatus.FREE, InvoiceStatus.PAID)),
                new InvoiceCondition.Overlapping(FEBRUARY),
                new InvoiceCondition.StartsWithin(HashSet.of(JANUARY, MARCH)),
                new InvoiceCondition.StartsFrom(FEBRUARY.start()),
                new InvoiceCondition.EndsBy(FEBRUARY.end()),
                new InvoiceCondition.ChangedFrom(LATER.minusSeconds(1)),
                new InvoiceCondition.ChangedFrom(LATER.plusNanos(1)),
                new InvoiceCondition.SubjectType(HashSet.of("app")),
                new InvoiceCondition.SubjectId(HashSet.of("y", "X2")),
                new InvoiceCondition.SubjectName(HashSet.of("WEB", "web_1")),
                new InvoiceCondition.SubjectNameContains(HashSet.of("eB")),
                new InvoiceCondition.SubjectNameContains(HashSet.of("_", "%")),
                new InvoiceCondition.SubjectNameContains(HashSet.of("")),
                new InvoiceCondition.At(APP, HashSet.of("id-2", "id-4", "ID-0")),
                new InvoiceCondition.WithAttribute("state", HashSet.of(Attribute.of("b"), Attribute.of("c"))),
                new InvoiceCondition.WithAttribute(
                        "size", HashSet.of(Attribute.of(9), Attribute.of(NOW), Attribute.of(true))),
                new InvoiceCondition.HasTag("team"),
                new InvoiceCondition.Tagged("team", HashSet.of("b")));
    }

    private static Receipt apply(InvoiceStore store, Write... writes) {
        return apply(store, commit(writes));
    }

    private static Receipt apply(InvoiceStore store, Commit commit) {
        return store.commit(TENANT, commit)
                .getOrElseThrow(refused -> new AssertionError(
                        "A commit that breaks no rule must be accepted, but was refused: " + refused.message()));
    }

    private static Either<CommitRefused, Receipt> persistently(InvoiceStore store, Commit commit) {
        return Together.persistently(() -> store.commit(TENANT, commit));
    }

    /** Revises from the first revision, and from what there is when that is too late. */
    private static long reviseUntilAccepted(InvoiceStore store, String lineId) {
        long next = 2;
        for (int attempt = 0; attempt < 1_000; attempt++) {
            if (persistently(store, commit(revise("running", next, Change.ADD_LINES, line(lineId))))
                    .isRight()) {
                return next;
            }
            next = Together.persistently(() -> running(store, "running").revision() + 1);
        }
        throw new AssertionError("S14: a thread that tries again must be accepted at some time");
    }

    private static Seq<LineItem> readLines(InvoiceStore store, Access access, LineItemQuery query) {
        return store.lines(access, query, InvoiceStoreContract::toSeq);
    }

    private static Seq<LineItem> toSeq(Iterator<LineItem> lines) {
        return Array.ofAll(() -> lines);
    }

    private static Seq<LineItem> lines(InvoiceStore store, String id) {
        return readLines(store, ALL, LineItemQuery.of(id(id)));
    }

    private static Seq<String> lineIds(InvoiceStore store, String id) {
        return lines(store, id).map(line -> line.id().value());
    }

    private static Seq<String> ids(Seq<Stored> rows) {
        return rows.map(stored -> stored.invoice().head().id().value());
    }

    private static Seq<String> searchIds(InvoiceStore store, InvoiceQuery query) {
        return ids(store.search(ALL, query, EVERYTHING).rows());
    }

    private static Stored stored(InvoiceStore store, String id) {
        return store.find(ALL, id(id))
                .getOrElseThrow(
                        () -> new AssertionError("A committed document must be found, but '" + id + "' is not"));
    }

    private static Standing standing(InvoiceStore store, String id) {
        return stored(store, id).standing();
    }

    private static Invoice.Running running(InvoiceStore store, String id) {
        return (Invoice.Running) stored(store, id).invoice();
    }

    private static Option<InvoiceNumber> number(InvoiceStore store, String id) {
        return ((Invoice.Issued) stored(store, id).invoice()).number();
    }

    private static void assertNoGap(InvoiceStore store, Seq<String> ids, String hint) {
        Seq<Long> numbers = numbers(store, ids);
        assertThat(numbers)
                .as("S8: numbers must have no gap and no duplicate; %s", hint)
                .isEqualTo(Array.rangeClosed(1L, numbers.size()));
    }

    /** The numbers that those of the documents have that exist, sorted. */
    private static Seq<Long> numbers(InvoiceStore store, Seq<String> ids) {
        return ids.flatMap(id -> store.find(ALL, id(id)))
                .flatMap(stored -> ((Invoice.Issued) stored.invoice()).number())
                .map(InvoiceNumber::value)
                .sorted();
    }

    private static Stored issued(Write.Issue issue) {
        Invoice.Preview draft = issue.draft();
        return new Stored(
                new Invoice.Issued(draft.head(), draft.figures(), Option.none(), draft.asOf()),
                Standing.initial(issue.invoice(), issue.status(), draft.asOf()));
    }

    private static void assertFound(InvoiceStore store, Stored expected, String hint) {
        assertThat(store.find(ALL, expected.invoice().head().id()).map(InvoiceFixtures::unsealed))
                .as("S1: find must give the document as committed; %s", hint)
                .containsExactly(expected);
    }

    private static Derivation flatDerivation() {
        return new Derivation(
                new PriceBookVersion("main", 1),
                new Flat(usd("20.00")),
                Measure.of(BigDecimal.ONE),
                "CALENDAR_DAYS_INCLUSIVE",
                Ratio.of(31, 31),
                Rounding.toMinorUnit(RoundingMode.HALF_UP));
    }

    private static LineItem digits(String id, String amount) {
        return lineOf(id)
                .price(Amount.of(usd(amount), usd(amount.replace("-", ""))))
                .cost(usd(amount))
                .unitPrice(usd(amount))
                .quantity(new BigDecimal(amount), "GB")
                .build();
    }

    /** Two issued documents, one of them numbered, and a running one in revision 1; each with a line {@code a}. */
    private InvoiceStore storeWithDocuments() {
        InvoiceStore store = emptyStore();
        apply(store, issue("issued", line("a")));
        apply(store, numbered("numbered", new Series("series"), line("a")));
        apply(store, revise("running", 1, Change.ADD_LINES, line("a")));
        return store;
    }

    private static Period longPeriod() {
        return Period.of(JANUARY.start().plusMillis(1), MARCH.end());
    }

    /** The documents of {@link #searchableStore} in the order in which they must be found. */
    private static Seq<String> searchableIds() {
        return Array.of("order", "Alice-1", "alice-1", "long", "bob-2", "alice-2", "running-2", "bob-3");
    }

    private InvoiceStore searchableStore() {
        InvoiceStore store = emptyStore();
        Seq<Write> writes = Array.of(
                searchable("bob-3", BOB, Option.some(MARCH)),
                searchable("alice-2", ALICE, Option.some(FEBRUARY)),
                searchable("running-2", ALICE, Option.some(FEBRUARY)),
                searchable("order", BOB, Option.none()),
                searchable("bob-2", BOB, Option.some(FEBRUARY)),
                searchable("Alice-1", new AccountId("Alice"), Option.some(JANUARY)),
                searchable("long", BOB, Option.some(longPeriod())),
                searchable("alice-1", ALICE, Option.some(JANUARY)));
        writes.forEach(write -> apply(store, write));
        return store;
    }

    private static Write searchable(String id, AccountId account, Option<Period> period) {
        Head head = head(id, account, period);
        LineItem line = line("line of " + id);
        return id.startsWith("running") || id.equals("long")
                ? revise(head, 1, Change.ADD_LINES, line)
                : issue(head, line);
    }

    private static Seq<Selection> selections() {
        return Array.of(
                Selection.ALL,
                Selection.category("addon"),
                Selection.category("Addon"),
                Selection.category("ADDON"),
                Selection.category("add%"),
                Selection.of(new Selection.DescriptionContains("postgresql")),
                Selection.of(new Selection.DescriptionContains("PostgreSQL")),
                Selection.of(new Selection.DescriptionContains("100% postgresql")),
                Selection.of(new Selection.DescriptionContains("100%")),
                Selection.of(new Selection.DescriptionContains("%")),
                Selection.of(new Selection.DescriptionContains("_")),
                Selection.of(new Selection.DescriptionContains("\\")),
                Selection.of(new Selection.DescriptionContains("\\ _")),
                Selection.of(new Selection.DescriptionContains("postgres_ql")),
                Selection.of(new Selection.DescriptionContains("d\u00e9j\u00e0")),
                Selection.of(new Selection.DescriptionContains("\ud83d\ude00")),
                Selection.of(new Selection.DescriptionContains("'")),
                Selection.of(new Selection.DescriptionContains(" ")),
                Selection.of(new Selection.DescriptionContains("")),
                Selection.of(new Selection.At(ORGANIZATION, "acme")),
                Selection.of(new Selection.At(ORGANIZATION, "ACME")),
                Selection.of(new Selection.At(APP, "api-1")),
                Selection.of(new Selection.At(APP, "api")),
                Selection.of(new Selection.At(APP, "acme")),
                Selection.of(new Selection.At(new Dimension("unknown"), "acme")),
                Selection.of(new Selection.At(new Dimension("APP"), "api-1")),
                Selection.of(new Selection.OfBasis(Basis.INVOICED)),
                Selection.of(new Selection.OfBasis(Basis.ESTIMATED)),
                Selection.of(new Selection.OfBasis(Basis.ACTUAL)),
                Selection.of(new Selection.Charges()),
                Selection.of(new Selection.Credits()),
                Selection.of(new Selection.Charges(), new Selection.Credits()),
                Selection.of(new Selection.InCategory("addon"), new Selection.InCategory("dyno")),
                Selection.of(new Selection.DescriptionContains("web"), new Selection.DescriptionContains("dyno")),
                Selection.of(new Selection.At(ORGANIZATION, "acme"), new Selection.At(APP, "api-1")),
                Selection.of(
                        new Selection.InCategory("addon"),
                        new Selection.DescriptionContains("postgresql"),
                        new Selection.At(APP, "api-1"),
                        new Selection.OfBasis(Basis.INVOICED),
                        new Selection.Credits()));
    }

    private static Seq<Seq<Dimension>> groupings() {
        return Array.of(
                Array.empty(),
                Array.of(ORGANIZATION),
                Array.of(APP),
                Array.of(ORGANIZATION, APP),
                Array.of(APP, ORGANIZATION),
                Array.of(ORGANIZATION, SPACE, APP),
                Array.of(ORGANIZATION, ORGANIZATION),
                Array.of(new Dimension("unknown")),
                Array.of(new Dimension("APP"), ORGANIZATION));
    }

    private static void assertRollup(InvoiceStore store, LineItemQuery query, Seq<Dimension> by) {
        assertThat(store.rollup(ALL, query, by))
                .as(
                        "S11: rollup must equal the fold of the lines, by %s for %s. Are places told apart by type, id and name, and "
                                + "prices from costs, bases, categories and currencies from each other?",
                        by, query)
                .isEqualTo(Rollup.of(readLines(store, ALL, query), by));
    }

    private static Map<String, AccountId> accountsOfDocuments() {
        return HashMap.of(
                "alice's",
                ALICE,
                "alice's too",
                ALICE,
                "bob's",
                BOB,
                "Alice's",
                new AccountId("Alice"),
                "carol's",
                CAROL);
    }

    private static Money amountOf(String document) {
        return usd(accountsOfDocuments().keySet().toArray().sorted().indexOf(document) + 1 + "00.01");
    }

    /** Accesses, with the accounts that each of them sees. */
    private static Seq<Tuple2<Access, Seq<AccountId>>> accesses() {
        AccountId otherCase = new AccountId("Alice");
        AccountId stranger = new AccountId("stranger");
        return Array.of(
                Tuple.of(ALL, Array.of(ALICE, BOB, otherCase, CAROL)),
                Tuple.of(Access.to(TENANT, ALICE), Array.of(ALICE)),
                Tuple.of(Access.to(TENANT, ALICE, CAROL), Array.of(ALICE, CAROL)),
                Tuple.of(Access.to(TENANT, otherCase, stranger), Array.of(otherCase)),
                Tuple.of(Access.to(TENANT, stranger), Array.empty()),
                Tuple.of(Access.to(OTHER_TENANT, ALICE, BOB), Array.empty()),
                Tuple.of(Access.toAll(OTHER_TENANT), Array.empty()));
    }

    private static Seq<InvoiceQuery> queriesOfManyAccounts() {
        return Array.of(
                InvoiceQuery.ALL,
                InvoiceQuery.ALL.of(ALICE),
                InvoiceQuery.ALL.of(BOB),
                InvoiceQuery.byId(id("bob's")),
                InvoiceQuery.byId(id("alice's")).of(ALICE));
    }

    private static Seq<String> visible(Seq<AccountId> seen, InvoiceQuery query) {
        return accountsOfDocuments()
                .filter((id, account) -> seen.contains(account))
                .filter((id, account) -> query.isMetBy(new Stored(
                        new Invoice.Running(head(id, account, Option.none()), Figures.NONE, 1),
                        Standing.initial(id(id), InvoiceStatus.PENDING, NOW))))
                .keySet()
                .toArray();
    }

    /** Each document is owned by somebody else, who must not see it for that. */
    private InvoiceStore storeOfManyAccounts() {
        InvoiceStore store = emptyStore();
        accountsOfDocuments().forEach((id, account) -> {
            Head plain = head(id, account, Option.some(FEBRUARY));
            AccountId owner = account.equals(ALICE) ? BOB : ALICE;
            Head owned = new Head(
                    plain.id(),
                    plain.profile(),
                    account,
                    owner,
                    plain.subject(),
                    plain.period(),
                    plain.places(),
                    plain.billedTo(),
                    plain.currency(),
                    plain.createdAt());
            LineItem line = lineOf("line of " + id)
                    .price(amountOf(id))
                    .places(HashMap.of(ORGANIZATION, ACME))
                    .build();
            apply(store, id.equals("alice's too") ? revise(owned, 1, Change.ADD_LINES, line) : issue(owned, line));
        });
        return store;
    }

    /** Writes that each have the number in one place. */
    private static Seq<Write> writesWith(BigDecimal number, String id) {
        Money amount = Money.of(USD, number);
        Money positive = Money.of(USD, number.abs());
        Figures figures = Figures.NONE.with(FigureKey.price("total"), new Figure.Folded(Selection.ALL, amount));
        Figures inputs = Figures.NONE.with(
                FigureKey.price("total"),
                new Figure.Calculated("RULE", Array.empty(), HashMap.of("input", number), usd("1")));
        Derivation plain = flatDerivation();
        Seq<LineItem> lines = Array.of(
                lineOf("gross").price(amount).build(),
                lineOf("cost").cost(amount).build(),
                lineOf("discount").price(Amount.of(usd("1"), positive)).build(),
                lineOf("percent")
                        .price(new Amount(usd("1"), usd("0"), Option.some(number)))
                        .build(),
                lineOf("unit price").price(usd("1")).unitPrice(amount).build(),
                lineOf("quantity").price(usd("1")).quantity(number, "GB").build(),
                lineOf("tier above")
                        .price(usd("1"))
                        .tier(new Tier(number, Option.none()))
                        .build(),
                lineOf("tier up to")
                        .price(usd("1"))
                        .tier(new Tier(new BigDecimal("-1E+70"), Option.some(number)))
                        .build(),
                derived(new Derivation(
                        plain.source(),
                        new PerUnit(positive),
                        plain.measure(),
                        plain.policy(),
                        plain.share(),
                        plain.rounding())),
                derived(new Derivation(
                        plain.source(),
                        plain.rule(),
                        Measure.of(number),
                        plain.policy(),
                        plain.share(),
                        plain.rounding())));
        return lines.zipWithIndex()
                .<Write>map(line -> issue(id + " in line " + line._2, line._1))
                .append(revise(
                        id + " in a running line",
                        1,
                        Change.ADD_LINES,
                        lineOf("gross").price(amount).build()))
                .append(new Write.Revise(
                        new Invoice.Running(head(id + " in a running figure"), figures, 1), NO_LINES, Change.ADD_LINES))
                .append(new Write.Issue(
                        new Invoice.Preview(head(id + " in a figure"), figures, NOW),
                        NO_LINES,
                        Option.none(),
                        InvoiceStatus.CLOSED))
                .append(new Write.Issue(
                        new Invoice.Preview(head(id + " in an input"), inputs, NOW),
                        NO_LINES,
                        Option.none(),
                        InvoiceStatus.CLOSED));
    }

    private static LineItem derived(Derivation why) {
        return LineItem.builder(new LineId("derived"), "sku", "compute", NOW, new Origin.Rated(why))
                .price(usd("1"))
                .build();
    }

    private static void assertKeptOrRefused(InvoiceStore store, Write write) {
        Either<CommitRefused, Receipt> result = store.commit(TENANT, commit(write));
        Option<Figures> figures =
                store.find(ALL, invoiceOf(write)).map(stored -> stored.invoice().figures());
        Seq<LineItem> lines = readLines(store, ALL, LineItemQuery.of(invoiceOf(write)));
        Figures given = write instanceof Write.Issue issue
                ? issue.draft().figures()
                : ((Write.Revise) write).next().figures();
        Iterable<LineItem> givenLines =
                write instanceof Write.Issue issue ? issue.lines() : ((Write.Revise) write).lines();
        assertThat(figures)
                .as("S13: figures must be kept to the last digit or refused, never rounded: %s", invoiceOf(write))
                .isEqualTo(result.isRight() ? Option.some(given) : Option.none());
        assertThat(lines)
                .as("S13: lines must be kept to the last digit or refused, never rounded: %s", invoiceOf(write))
                .isEqualTo(result.isRight() ? Array.ofAll(givenLines) : NO_LINES);
        assertRefusedForDigits(result);
    }

    private static void assertRefusedForDigits(Either<CommitRefused, Receipt> result) {
        if (result.isLeft()) {
            assertThat(result.getLeft())
                    .as("S13: a number that does not fit must be refused for its digits")
                    .isInstanceOf(CommitRefused.TooManyDigits.class);
        }
    }
}
