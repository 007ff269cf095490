package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.tax.LineTax;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.TaxedLine;
import dev.billing.domain.tax.Taxes;
import dev.billing.port.TaxCalculator;
import dev.billing.port.TaxCalculator.Question;
import dev.billing.port.TaxRefused;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.money.Monetary;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The calculators over tables keep the contract, and the contract bites. */
class TaxCalculatorContractTest {

    private static final TaxTable ON_TOP = TaxTable.of(
            TaxRounding.STANDARD, TaxRate.exclusive("state", "US", "6"), TaxRate.exclusive("city", "US", "4"));
    private static final TaxTable INCLUDED = TaxTable.of(
            TaxRounding.STANDARD, TaxRate.inclusive("VAT", "DE", "19"), TaxRate.exclusive("levy", "DE", "1"));
    private static final AtomicReference<Supplier<TaxCalculator>> PORT = new AtomicReference<>();

    @Nested
    class TaxesOnTop extends TaxCalculatorContract {
        @Override
        protected TaxCalculator calculator() {
            return TaxCalculator.of(ON_TOP);
        }
    }

    @Nested
    class TaxesIncluded extends TaxCalculatorContract {
        @Override
        protected TaxCalculator calculator() {
            return TaxCalculator.of(INCLUDED);
        }
    }

    static final class OfTaxCalculators extends TaxCalculatorContract {
        @Override
        protected TaxCalculator calculator() {
            return PORT.get().get();
        }
    }

    @TestFactory
    Stream<DynamicTest> a_broken_calculator_fails_at_its_rule() {
        return broken().toJavaStream()
                .map(defect -> DynamicTest.dynamicTest(
                        defect.breaks() + ": " + defect.what(),
                        () -> assertThat(rules(failures(defect.broken())))
                                .as("Rules that must fail on a calculator that %s", defect.what())
                                .containsExactlyElementsOf(defect.rules())));
    }

    @Test
    void every_test_fails_on_one_of_them() {
        assertThat(broken().flatMap(defect -> failures(defect.broken())).distinct())
                .containsExactlyInAnyOrderElementsOf(Array.of(TaxCalculatorContract.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> method.getName()));
    }

    private static Seq<Defect<TaxCalculator>> broken() {
        return Array.of(
                new Defect<>(
                        "drops lines without a charge",
                        "X1",
                        () -> answering(taxes -> lines(
                                taxes, all -> all.reject(line -> line.net().isZero())))),
                new Defect<>(
                        "sorts lines",
                        "X1",
                        () -> answering(taxes ->
                                lines(taxes, all -> all.sortBy(line -> line.id().value())))),
                new Defect<>(
                        "taxes 1,000 lines at most",
                        "X1",
                        () -> answering(taxes -> lines(taxes, all -> all.take(1_000)))),
                new Defect<>(
                        "trims ids",
                        "X1",
                        () -> answering(taxes -> lines(
                                taxes,
                                all -> all.map(line -> new TaxedLine(
                                        new LineId(line.id().value().strip()), line.net(), line.taxes()))))),
                new Defect<>(
                        "adds a line for itself",
                        "X1",
                        () -> answering(taxes -> lines(
                                taxes, all -> all.append(new TaxedLine(new LineId("fee"), usd("0"), Array.empty()))))),
                new Defect<>(
                        "rounds prices",
                        "X2",
                        () -> answering(taxes -> lines(taxes, all -> all.map(TaxCalculatorContractTest::rounded)))),
                new Defect<>(
                        "takes a tax on top out of the price",
                        "X2",
                        () -> answering(taxes -> lines(
                                taxes,
                                all -> all.map(line ->
                                        new TaxedLine(line.id(), line.net().minus(line.tax()), line.taxes()))))),
                new Defect<>(
                        "has taxes of no lines in another currency",
                        "X3",
                        () -> answering(
                                taxes -> taxes.lines().isEmpty() ? Taxes.none(Monetary.getCurrency("EUR")) : taxes)),
                new Defect<>("taxes what it was asked before too", "X4", Counting::new),
                new Defect<>("shares a question between threads", "X4", Sharing::new));
    }

    private static TaxCalculator answering(UnaryOperator<Taxes> broken) {
        TaxCalculator sound = TaxCalculator.of(ON_TOP);
        return (tenant, question) -> sound.taxes(tenant, question).map(broken);
    }

    private static Taxes lines(Taxes taxes, Function<Seq<TaxedLine>, Seq<TaxedLine>> broken) {
        return Taxes.of(taxes.total().currency(), broken.apply(taxes.lines()));
    }

    private static TaxedLine rounded(TaxedLine line) {
        return new TaxedLine(line.id(), line.net().rounded(Rounding.toMinorUnit(RoundingMode.HALF_UP)), line.taxes());
    }

    /** Each answer has a cent more than the one before. */
    private static final class Counting implements TaxCalculator {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Either<TaxRefused, Taxes> taxes(TenantId tenant, Question question) {
            Money more = usd("0.01").times(asked.getAndIncrement());
            return TaxCalculator.of(ON_TOP)
                    .taxes(tenant, question)
                    .map(taxes -> lines(
                            taxes,
                            all -> all.map(line -> new TaxedLine(
                                    line.id(),
                                    line.net(),
                                    line.taxes()
                                            .map(tax -> new LineTax(
                                                    tax.rate(), tax.amount().plus(more)))))));
        }
    }

    /** Answers a thread with what another thread asked just before it, as one does that shares a field without a lock. */
    private static final class Sharing implements TaxCalculator {
        private record Asked(Thread by, Seq<TaxableLine> lines) {}

        private final AtomicReference<Option<Asked>> last = new AtomicReference<>(Option.none());

        @Override
        public Either<TaxRefused, Taxes> taxes(TenantId tenant, Question question) {
            Asked asked = new Asked(Thread.currentThread(), question.lines());
            Option<Asked> ofAnother = last.getAndSet(Option.some(asked)).filter(before -> before.by() != asked.by());
            return Either.right(
                    ON_TOP.taxes(question.currency(), ofAnother.getOrElse(asked).lines()));
        }
    }

    private static Seq<String> failures(Supplier<TaxCalculator> calculator) {
        PORT.set(calculator);
        return Array.ofAll(
                EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(OfTaxCalculators.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .stream()
                        .map(event -> ((MethodSource)
                                        event.getTestDescriptor().getSource().orElseThrow())
                                .getMethodName())
                        .toList());
    }

    private static Seq<String> rules(Seq<String> tests) {
        return tests.map(test -> test.substring(0, 2).toUpperCase(Locale.ROOT)).distinct();
    }
}
