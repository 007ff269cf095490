package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.NOW;
import static dev.billing.testkit.InvoiceFixtures.ODD;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.USD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.TaxedLine;
import dev.billing.domain.tax.Taxes;
import dev.billing.port.TaxCalculator;
import dev.billing.port.TaxCalculator.Question;
import dev.billing.port.TaxRefused;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

/**
 * The rules that all {@link TaxCalculator}s keep: at least one test for each number in their Javadoc. Extend it in your tests and return
 * yours; override the rest where your engine knows other customers, products or currencies.
 */
public abstract class TaxCalculatorContract {

    /** A calculator that taxes what {@link #question} asks. A test may call it again, and then no longer uses those before. */
    protected abstract TaxCalculator calculator();

    /** A currency that the calculator knows. */
    protected CurrencyUnit currency() {
        return USD;
    }

    /** A line of a product that the calculator knows. */
    protected TaxableLine line(LineId id, Money amount) {
        return new TaxableLine(id, "sku", "usage", amount);
    }

    /** A document of a customer that the calculator knows. */
    protected Question question(Seq<TaxableLine> lines) {
        return new Question(new AccountId("account"), Option.none(), currency(), NOW, lines);
    }

    @Test
    void x1_taxes_each_line_once_and_in_its_order() {
        Seq<TaxableLine> lines =
                lines("1.05", "0", "4.84", "-3.00", "1.05").append(line(new LineId("odd" + ODD), amount("7")));
        assertThat(taxes(lines).lines().map(TaxedLine::id))
                .as(
                        "X1: the taxes must be of the lines that were asked for, in their order; is one dropped, added or sorted?")
                .containsExactlyElementsOf(lines.map(TaxableLine::id));
    }

    @Test
    void x1_taxes_many_lines() {
        Seq<TaxableLine> lines = Array.range(0, 1_234).map(i -> line(new LineId("line " + i), amount("1.11")));
        assertThat(taxes(lines).lines().map(TaxedLine::id))
                .as("X1: all lines must be taxed; is the last batch lost?")
                .containsExactlyElementsOf(lines.map(TaxableLine::id));
    }

    @Test
    void x1_a_document_without_lines_has_no_taxes() {
        assertThat(taxes(Array.empty()).lines())
                .as("X1: where nothing is charged, nothing is taxed")
                .isEmpty();
    }

    @Test
    void x2_a_price_never_moves() {
        Seq<TaxableLine> lines = lines("0.01", "119.00", "-119.00", "1.005", "0.0014002692168963457", "99999999999.99");
        Taxes taxes = taxes(lines);
        lines.forEach(line -> assertThat(taxes.line(line.id()).map(TaxedLine::price))
                .as(
                        "X2: net and included taxes must make the amount of %s; is it rounded, or is a tax on top taken for included?",
                        line)
                .containsExactly(line.amount()));
    }

    @Test
    void x3_amounts_are_of_the_currency_of_the_document() {
        for (Seq<TaxableLine> lines : Array.of(lines(), lines("10"))) {
            assertThat(taxes(lines).total().currency())
                    .as("X3: taxes must be of the currency that was asked for, even where there are none")
                    .isEqualTo(currency());
        }
    }

    @Test
    void x4_the_same_question_has_the_same_answer() {
        TaxCalculator calculator = calculator();
        Question first = question(lines("1.05", "1.05", "4.84"));
        Either<TaxRefused, Taxes> answer = calculator.taxes(TENANT, first);
        calculator.taxes(TENANT, question(lines("0.43", "9.99")));
        assertThat(calculator.taxes(TENANT, first))
                .as("X4: what was asked before must not matter; is something kept between two questions?")
                .isEqualTo(answer);
    }

    @Test
    void x4_threads_do_not_meet() {
        TaxCalculator calculator = calculator();
        Seq<Question> questions = Array.range(0, Together.THREADS).map(thread -> question(lines("1" + thread, "1.05")));
        Seq<Either<TaxRefused, Taxes>> alone = questions.map(question -> calculator.taxes(TENANT, question));
        assertThat(Together.run(thread -> repeatedly(calculator, questions.get(thread), alone.get(thread))))
                .as("X4: threads must not see each other's questions; is something shared without a lock?")
                .containsOnly(true);
    }

    private static boolean repeatedly(TaxCalculator calculator, Question question, Either<TaxRefused, Taxes> answer) {
        return Array.range(0, 100)
                .forAll(again -> calculator.taxes(TENANT, question).equals(answer));
    }

    private Taxes taxes(Seq<TaxableLine> lines) {
        Either<TaxRefused, Taxes> answer = calculator().taxes(TENANT, question(lines));
        assertThat(answer.isRight())
                .as("What the calculator knows must not be refused, but was: %s", answer)
                .isTrue();
        return answer.get();
    }

    private Seq<TaxableLine> lines(String... amounts) {
        return Array.of(amounts).zipWithIndex((each, i) -> line(new LineId("line " + (9 - i)), amount(each)));
    }

    private Money amount(String value) {
        return Money.of(currency(), new BigDecimal(value));
    }
}
