package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.CreditNotes;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** February is corrected up and down, here and there, and all that comes of it is credited and taken back in any order. */
class CorrectedAndCreditedProperties {

    private static final Access ALL = Access.toAll(TENANT);
    private static final InvoiceId FEBRUARYS = new InvoiceId("month/account/2024-02-01T00:00:00Z");

    enum Kind {
        BEGIN,
        END,
        OWN_DOCUMENT,
        NEXT_INVOICE,
        CREDIT_SOME,
        CREDIT_LINE,
        VOID,
        FINALISE
    }

    record Step(Kind kind, int choice, int amount) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.integers().between(1, 6_000))
                .as(Step::new)
                .list()
                .ofMaxSize(16);
    }

    @Property(tries = 300)
    void nobody_gets_back_more_than_was_charged_and_in_the_end_all_can_be_taken_back(
            @ForAll("steps") List<Step> steps, @ForAll boolean begun, @ForAll("taxes") Terms taxes) {
        Run run = new Run(taxes);
        if (begun) {
            run.take(new Step(Kind.BEGIN, 0, 1));
        }
        run.close();
        for (Step step : steps) {
            run.take(step);
            run.check();
        }
        run.takeAllBack();
        assertThat(run.issued()).as("all that was issued").isEqualTo(usd("0"));
        assertThat(run.balance()).isEqualTo(usd("0"));
    }

    @Provide
    Arbitrary<Terms> taxes() {
        return Arbitraries.of(
                Terms.NONE,
                Terms.NONE.taxes(TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "GB", "19.3"))),
                Terms.NONE.taxes(TaxTable.of(
                        TaxRounding.of(TaxRounding.Policy.PER_DOCUMENT), TaxRate.inclusive("VAT", "GB", "19.3"))));
    }

    private static final class Run {

        private final World world = new World();
        private final Billing billing = world.billing.with(Standard.profile());
        private final Terms terms;
        private int count;
        private int things;

        Run(Terms terms) {
            this.terms = terms;
        }

        void close() {
            done(new MonthCommand.Bill(ACCOUNT, FEBRUARY, terms));
            done(new DraftCommand.Finalise(FEBRUARYS));
        }

        void take(Step step) {
            switch (step.kind()) {
                case BEGIN -> world.record(World.begun("thing " + things++, "database", instant(step.amount())));
                case END -> {
                    if (things > 0) {
                        billing.recordFacts()
                                .record(
                                        TENANT,
                                        Array.of(World.ended(
                                                "end " + ++count,
                                                "thing " + step.choice() % things,
                                                instant(step.amount()))));
                    }
                }
                case OWN_DOCUMENT -> run(new MonthCommand.Correct(ACCOUNT, FEBRUARY, Policy.OWN_DOCUMENT, terms));
                case NEXT_INVOICE -> run(new MonthCommand.Correct(ACCOUNT, FEBRUARY, Policy.NEXT_INVOICE, terms));
                case CREDIT_SOME -> run(credit(step, new CreditCommand.Part.Amount(Money.ofMinor(USD, step.amount()))));
                case CREDIT_LINE -> creditLine(step);
                case VOID -> annul(chosen(step));
                case FINALISE -> {
                    world.clock.advance(Duration.ofDays(30));
                    drafts().forEach(draft -> run(new DraftCommand.Finalise(draft)));
                }
            }
        }

        /** In February, on some hour. */
        private static String instant(int amount) {
            return Instant.parse("2024-02-01T00:00:00Z")
                    .plus(Duration.ofHours(amount % 690))
                    .toString();
        }

        private void creditLine(Step step) {
            Seq<LineItem> lines =
                    world.linesOf(world.ports.invoices().find(ALL, chosen(step)).get());
            if (lines.nonEmpty()) {
                run(credit(
                        step,
                        new CreditCommand.Part.Line(
                                lines.get(step.amount() % lines.size()).id())));
            }
        }

        private CreditCommand credit(Step step, CreditCommand.Part part) {
            return new CreditCommand.Credit(chosen(step), note(), Array.of(part), "Not as agreed");
        }

        private boolean annul(InvoiceId invoice) {
            return run(new CreditCommand.Void(invoice, note(), "By mistake")).isRight();
        }

        private InvoiceId note() {
            return new InvoiceId("note " + ++count);
        }

        private InvoiceId chosen(Step step) {
            Seq<InvoiceId> creditable = creditable().map(Run::id);
            return creditable.get(step.choice() % creditable.size());
        }

        /** Final documents but for credit notes. */
        private Seq<Stored> creditable() {
            return world.documents()
                    .filter(stored -> stored.invoice() instanceof Invoice.Issued)
                    .filter(stored -> stored.invoice()
                            .head()
                            .attributes()
                            .get(CreditNotes.CREDITED)
                            .isEmpty())
                    .sortBy(stored -> id(stored).value());
        }

        private Seq<InvoiceId> drafts() {
            return world.documents()
                    .filter(stored -> stored.invoice() instanceof Invoice.Running)
                    .filter(stored -> stored.standing().status() != InvoiceStatus.VOID)
                    .map(Run::id);
        }

        private static InvoiceId id(Stored stored) {
            return stored.invoice().head().id();
        }

        void check() {
            assertThat(balance()).as("what final documents come to").isEqualTo(issued());
            // drafts are what will be charged
            assertThat(sum(world.documents()
                                    .filter(stored -> stored.standing().status() != InvoiceStatus.VOID
                                            || stored.invoice() instanceof Invoice.Issued))
                            .isNegative())
                    .as("more was given back than charged")
                    .isFalse();
        }

        void takeAllBack() {
            drafts().forEach(draft -> done(new DraftCommand.Drop(draft)));
            boolean goesOn = true;
            while (goesOn) {
                goesOn = creditable().exists(stored -> annul(id(stored)));
            }
            Assume.that(!givesBack());
            assertThat(open().map(Run::id)).as("what cannot be taken back").isEmpty();
        }

        /** A document that gives back more than it charges is never taken back, nor are months that it charges more for. */
        boolean givesBack() {
            return open().exists(stored -> new CreditNotes(world.ports.invoices())
                    .left(ALL, id(stored))
                    .get()
                    .map(line -> line.rest().total())
                    .fold(usd("0"), Money::plus)
                    .isNegative());
        }

        private Seq<Stored> open() {
            return creditable().filter(stored -> stored.standing().status() != InvoiceStatus.VOID);
        }

        Money issued() {
            return sum(world.documents().filter(stored -> stored.invoice() instanceof Invoice.Issued));
        }

        private Money sum(Seq<Stored> documents) {
            return documents
                    .flatMap(world::linesOf)
                    .flatMap(line -> line.net().toArray().appendAll(line.tax()))
                    .fold(usd("0"), Money::plus);
        }

        Money balance() {
            return Account.of(ACCOUNT, world.ports.accounts().entries(ALL, ACCOUNT))
                    .balance(USD);
        }

        private void done(Command command) {
            run(command).getOrElseThrow(refused -> new AssertionError(refused.message()));
        }

        private Either<BillingError, Receipt> run(Command command) {
            return billing.commands().run(ALL, new CommandKey("command " + ++count), command);
        }
    }
}
