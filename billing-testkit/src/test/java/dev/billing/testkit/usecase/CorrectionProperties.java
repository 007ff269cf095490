package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.LateChanges;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.Report;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.ListArbitrary;

/** What was issued and all its corrections come to what the month comes to when all of it is rated at once. */
class CorrectionProperties {

    private static final Terms PLAIN = Terms.NONE;
    private static final Terms TAXED = Terms.NONE
            .discounts(Discount.percent("tenth", "10"))
            .commitments(new Commitment("least", Scope.skus("dyno"), "dyno", usd("40.00"), false))
            .taxes(TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "GB", "19")));

    /** Something that happens, in February or to what happened then. */
    enum Kind {
        USE,
        BEGIN,
        END,
        BOOK,
        BILL_MARCH,
        FINALISE_MARCH,
        NEXT_INVOICE,
        OWN_DOCUMENT,
        NEXT_MONTH;

        boolean isFact() {
            return this == USE || this == BEGIN || this == END || this == BOOK;
        }
    }

    record Step(Kind kind, int hour, int amount) {
        Instant at() {
            return Instant.parse("2024-02-01T00:00:00Z").plus(Duration.ofHours(hour));
        }
    }

    @Provide
    Arbitrary<List<Step>> facts() {
        return steps(Arbitraries.of(Kind.USE, Kind.BEGIN, Kind.END, Kind.BOOK)).ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Step>> later() {
        return steps(Arbitraries.of(Kind.class)).ofMaxSize(14);
    }

    private static ListArbitrary<Step> steps(Arbitrary<Kind> kinds) {
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 29 * 24 - 1),
                        Arbitraries.integers().between(1, 9_999))
                .as(Step::new)
                .list();
    }

    @Property(tries = 150)
    void issued_and_corrected_come_to_what_is_known_in_the_end(
            @ForAll("facts") List<Step> facts, @ForAll("later") List<Step> later, @ForAll boolean taxed) {
        Run run = new Run(taxed ? TAXED : PLAIN);
        facts.forEach(run::take);
        run.close();
        later.forEach(run::take);
        run.correct(Policy.OWN_DOCUMENT);
        run.check();
        run.correct(Policy.NEXT_INVOICE);
        run.check();
    }

    @Property(tries = 50)
    void prepaid_credit_that_was_used_is_not_used_again(
            @ForAll("facts") List<Step> facts, @ForAll("later") List<Step> later, @ForAll boolean beforeTaxes) {
        Run run = new Run(TAXED);
        CreditGrant gift = CreditGrant.of("gift", usd("30.00"), at("2024-01-01T00:00:00Z"))
                .at(beforeTaxes ? CreditGrant.Stage.BEFORE_TAX : CreditGrant.Stage.AFTER_TAX);
        run.ok(new AccountCommand.Grant(ACCOUNT, gift));
        facts.forEach(run::take);
        run.close();
        Money left = run.account().grants().get("gift").get().available();
        assertThat(run.changes().lines()).as("nothing was learned").isEmpty();
        later.stream().filter(step -> step.kind().isFact()).forEach(run::take);
        run.correct(Policy.OWN_DOCUMENT);
        assertThat(run.changes().lines()).as("all is corrected").isEmpty();
        assertThat(run.account().grants().get("gift").get().available()).isEqualTo(left);
    }

    /** A world of its own, in which February is closed and corrected. */
    private static final class Run {

        private final World world = new World();
        private final Billing billing = world.billing.with(Standard.profile());
        private final Terms terms;
        private int count;
        private int things;
        private int books = 1;

        Run(Terms terms) {
            this.terms = terms;
        }

        void take(Step step) {
            count++;
            switch (step.kind()) {
                case USE ->
                    record(new Report.Used(
                            World.id("use " + count),
                            ACCOUNT,
                            "gigabytes",
                            BigDecimal.valueOf(step.amount(), 1),
                            step.at(),
                            step.amount() % 2 == 0 ? World.API : World.WEB));
                case BEGIN ->
                    record(new Report.Begun(
                            World.id("thing " + things++),
                            ACCOUNT,
                            step.amount() % 2 == 0 ? "dyno" : "database",
                            BigDecimal.ONE,
                            "a thing",
                            World.API,
                            step.at(),
                            Option.none()));
                case END -> end(step);
                case BOOK ->
                    world.put(
                            ++books,
                            step.at().toString(),
                            "25.00",
                            BigDecimal.valueOf(step.amount(), 3).toPlainString());
                case BILL_MARCH -> run(new MonthCommand.Bill(ACCOUNT, MARCH, terms));
                case FINALISE_MARCH -> run(new DraftCommand.Finalise(month("2024-03-01T00:00:00Z")));
                case NEXT_INVOICE -> correct(Policy.NEXT_INVOICE);
                case OWN_DOCUMENT -> correct(Policy.OWN_DOCUMENT);
                case NEXT_MONTH -> world.clock.advance(Duration.ofDays(12));
            }
        }

        private void record(Report report) {
            billing.recordFacts().record(World.TENANT, Array.of(report)).get();
        }

        /** An end that the store refuses, because the thing begins later, is none. */
        private void end(Step step) {
            if (things > 0) {
                billing.recordFacts()
                        .record(
                                World.TENANT,
                                Array.of(World.ended(
                                        "end " + count,
                                        "thing " + step.amount() % things,
                                        step.at().toString())));
            }
        }

        void close() {
            ok(new MonthCommand.Bill(ACCOUNT, FEBRUARY, terms));
            ok(new DraftCommand.Finalise(closed()));
        }

        InvoiceId closed() {
            return month("2024-02-01T00:00:00Z");
        }

        private static InvoiceId month(String start) {
            return new InvoiceId("month/account/" + start);
        }

        /** Where the month that runs is final, nothing is done. */
        void correct(Policy policy) {
            MonthCommand.Correct command = new MonthCommand.Correct(ACCOUNT, FEBRUARY, policy, terms);
            LateChanges told = changes();
            Money before = corrected().fold(usd("0"), Money::plus);
            if (run(command).isRight()) {
                Money after = corrected().fold(usd("0"), Money::plus);
                assertThat(after.minus(before))
                        .as("what was told before it was done")
                        .isEqualTo(told.total());
                assertThat(changes().lines()).as("it is corrected once").isEmpty();
            }
        }

        private Seq<Money> corrected() {
            return lines().filter(line -> !isOwn(line)).flatMap(Run::amounts);
        }

        LateChanges changes() {
            return billing.lateFacts().report(ACCESS, ACCOUNT, FEBRUARY, terms).get();
        }

        Either<BillingError, Receipt> run(Command command) {
            return billing.commands().run(ACCESS, new CommandKey("command " + ++count), command);
        }

        void ok(Command command) {
            run(command).getOrElseThrow(refused -> new AssertionError(refused.message()));
        }

        Account account() {
            return Account.of(ACCOUNT, world.ports.accounts().entries(ACCESS, ACCOUNT));
        }

        void check() {
            Seq<LineItem> known = billing.previewMonth()
                    .preview(ACCESS, ACCOUNT, FEBRUARY, world.clock.instant(), terms)
                    .get()
                    .document()
                    .lines();
            assertThat(bySku(lines())).isEqualTo(bySku(known));
            Stored issued = world.ports.invoices().find(ACCESS, closed()).get();
            Money all = lines().flatMap(Run::amounts).fold(usd("0"), Money::plus);
            assertThat(issued.invoice()
                            .figures()
                            .amount(Settlement.BILLED)
                            .plus(corrected().fold(usd("0"), Money::plus)))
                    .isEqualTo(all);
            Account account = account();
            assertThat(account.balance(World.USD))
                    .as("what is owed is what final documents come to")
                    .isEqualTo(world.documents()
                            .filter(stored -> stored.invoice() instanceof Invoice.Issued)
                            .flatMap(world::linesOf)
                            .flatMap(Run::amounts)
                            .fold(usd("0"), Money::plus));
        }

        /** The lines of the closed month, and those that correct it, wherever they are. */
        private Seq<LineItem> lines() {
            return world.documents()
                    .flatMap(stored -> world.linesOf(stored)
                            .filter(line ->
                                    stored.invoice().head().id().equals(closed()) ? isOwn(line) : corrects(line)));
        }

        private static boolean isOwn(LineItem line) {
            return !line.id().value().startsWith("correction/");
        }

        private boolean corrects(LineItem line) {
            return line.origin() instanceof Origin.Provided provided
                    && provided.text().get("invoice").contains(closed().value());
        }

        private static Seq<Money> amounts(LineItem line) {
            return line.net().toArray().appendAll(line.tax());
        }

        private static Map<String, Money> bySku(Seq<LineItem> lines) {
            Map<String, Money> sums = lines.foldLeft(
                    HashMap.empty(),
                    (all, line) -> all.put(line.sku(), amounts(line).fold(usd("0"), Money::plus), Money::plus));
            return sums.reject((Tuple2<String, Money> entry) -> entry._2.isZero());
        }
    }
}
