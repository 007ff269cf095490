package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.ended;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.port.TaxCalculator.Question;
import dev.billing.port.TaxRefused;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.LateChanges;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.MonthRefused;
import dev.billing.usecase.Report;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What an outside engine says of taxes holds for corrections too. */
class TaxEngineCorrectionTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final InvoiceId FEBRUARYS = new InvoiceId("month/account/2024-02-01T00:00:00Z");
    private static final InvoiceId MARCHS = new InvoiceId("month/account/2024-03-01T00:00:00Z");
    private static final InvoiceId OWN = new InvoiceId("correction/1/" + FEBRUARYS);
    private static final Terms TENTH = Terms.NONE
            .discounts(Discount.percent("tenth", "10"))
            .commitments(new Commitment("least", Scope.skus("dyno"), Akkeris.DYNO, usd("10.00"), false));

    private final World world = new World();
    private final CountryTaxes engine = new CountryTaxes();
    private final Billing billing = world.billing.with(Standard.profile()).with(engine);
    private final AtomicInteger keys = new AtomicInteger();

    @Test
    void a_correction_asks_as_the_month_was_asked_for_and_bears_the_difference() {
        closeFebruary();
        Question first = engine.asked().last();
        run(new AccountCommand.Describe(CountryTaxes.livingIn(ACCOUNT, "GB", 2)));
        world.record(begun("late", "database", "2024-02-01T00:00:00Z"));
        run(correct(Policy.NEXT_INVOICE));
        assertThat(engine.asked().last())
                .isEqualTo(new Question(
                        ACCOUNT,
                        first.customer(),
                        first.currency(),
                        first.taxPoint(),
                        engine.asked().last().lines()));
        assertThat(engine.asked().last().lines().map(TaxableLine::amount)).containsExactly(usd("22.50"), usd("45.00"));
        assertThat(lines(MARCHS).map(line -> line.net().get() + " " + line.tax().get()))
                .as("19 % of a German month, on the next invoice of somebody who moved")
                .containsExactly("USD 45.00 USD 8.55");
        assertThat(changes().lines()).isEmpty();
    }

    @Test
    void a_document_of_its_own_bears_taxes_of_the_engine() {
        closeFebruary();
        world.record(ended("end", "dyno", "2024-02-15T00:00:00Z"));
        assertThat(changes().total()).isEqualTo(usd("-13.86"));
        run(correct(Policy.OWN_DOCUMENT));
        assertThat(lines(OWN).map(line -> line.net().get() + " " + line.tax().get()))
                .as("22.50 and 4.28 become 10.86 and 2.06")
                .containsExactly("USD -11.64 USD -2.22");
    }

    @Test
    void what_the_engine_refuses_is_not_corrected() {
        closeFebruary();
        world.record(begun("late", "database", "2024-02-01T00:00:00Z"));
        TaxRefused refused = new TaxRefused.Other("closed");
        Billing broken = billing.with((tenant, question) -> Either.left(refused));
        int documents = world.documents().size();
        for (Policy policy : Policy.values()) {
            assertThat(broken.commands().run(ALL, new CommandKey("broken " + policy), correct(policy)))
                    .isEqualTo(Either.left(refused));
        }
        assertThat(broken.lateFacts().report(ALL, ACCOUNT, FEBRUARY, TENTH)).isEqualTo(Either.left(refused));
        assertThat(world.documents()).hasSize(documents);
    }

    @Test
    void a_month_whose_document_shows_no_taxes_is_not_corrected_with_an_engine() {
        Billing akkeris = world.billing;
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        akkeris.commands()
                .run(ALL, new CommandKey("bill"), new MonthCommand.Bill(ACCOUNT, FEBRUARY, Terms.NONE))
                .get();
        akkeris.commands()
                .run(ALL, new CommandKey("finalise"), new DraftCommand.Finalise(FEBRUARYS))
                .get();
        assertThat(akkeris.with(engine).commands().run(ALL, new CommandKey("correct"), correct(Policy.NEXT_INVOICE)))
                .isEqualTo(Either.left(new MonthRefused.TermsNotShown(ACCOUNT, "akkeris")));
        assertThat(engine.asked()).isEmpty();
    }

    /** So much used, at an hour of February. */
    record Use(int hour, int tenths) {}

    @Provide
    Arbitrary<List<Use>> uses() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 29 * 24 - 1),
                        Arbitraries.integers().between(1, 99_999))
                .as(Use::new)
                .list()
                .ofMaxSize(6);
    }

    /** Issued and corrections are a full re-rating; the taxes are counted by hand from what is charged. */
    @Property(tries = 100)
    void issued_and_corrected_taxes_come_to_those_of_all_that_is_known(
            @ForAll("uses") List<Use> before,
            @ForAll("uses") List<Use> late,
            @ForAll("uses") List<Use> later,
            @ForAll Policy first,
            @ForAll Policy second) {
        TaxEngineCorrectionTest one = new TaxEngineCorrectionTest();
        one.describe();
        one.record("before", before);
        one.close();
        one.record("late", late);
        one.run(one.correct(first));
        one.record("later", later);
        one.run(one.correct(second));
        Seq<LineItem> all = one.all();
        Money net = all.flatMap(LineItem::net).fold(usd("0"), Money::plus);
        Money tax = all.flatMap(LineItem::tax).fold(usd("0"), Money::plus);
        BigDecimal used = Array.ofAll(before)
                .appendAll(late)
                .appendAll(later)
                .map(use -> BigDecimal.valueOf(use.tenths(), 1))
                .fold(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal price = cents(used.movePointLeft(2));
        BigDecimal charged = price.subtract(cents(price.movePointLeft(1)));
        BigDecimal least = new BigDecimal("9.00");
        assertThat(net.amount()).isEqualByComparingTo(charged.add(least));
        assertThat(tax.amount()).isEqualByComparingTo(nineteenPercent(charged).add(nineteenPercent(least)));
        assertThat(one.changes().lines()).isEmpty();
    }

    private static BigDecimal nineteenPercent(BigDecimal amount) {
        return cents(amount.multiply(new BigDecimal("0.19")));
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    /** The month's own lines, and those that correct it: there is nothing else. */
    private Seq<LineItem> all() {
        return world.documents().flatMap(world::linesOf);
    }

    private void record(String name, List<Use> uses) {
        Array.ofAll(uses)
                .zipWithIndex((use, i) -> new Report.Used(
                        World.id(name + i),
                        ACCOUNT,
                        "gigabytes",
                        BigDecimal.valueOf(use.tenths(), 1),
                        at("2024-02-01T00:00:00Z").plus(Duration.ofHours(use.hour())),
                        World.API))
                .forEach(world::record);
    }

    private void describe() {
        run(new AccountCommand.Describe(CountryTaxes.livingIn(ACCOUNT, "DE", 1)));
    }

    private void close() {
        run(new MonthCommand.Bill(ACCOUNT, FEBRUARY, TENTH));
        run(new DraftCommand.Finalise(FEBRUARYS));
    }

    private void closeFebruary() {
        describe();
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        close();
    }

    private MonthCommand correct(Policy policy) {
        return new MonthCommand.Correct(ACCOUNT, FEBRUARY, policy, TENTH);
    }

    private LateChanges changes() {
        return billing.lateFacts().report(ALL, ACCOUNT, FEBRUARY, TENTH).get();
    }

    private Seq<LineItem> lines(InvoiceId id) {
        return world.linesOf(world.ports.invoices().find(ALL, id).get());
    }

    private Receipt run(Command command) {
        Either<BillingError, Receipt> result =
                billing.commands().run(ALL, new CommandKey("command " + keys.incrementAndGet()), command);
        return result.getOrElseThrow(refused -> new AssertionError(refused.message()));
    }
}
