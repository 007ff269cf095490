package dev.billing.domain.pricing.rules;

import static dev.billing.domain.pricing.rules.Written.money;
import static dev.billing.domain.pricing.rules.Written.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Conversion;
import dev.billing.domain.pricing.Converted;
import dev.billing.domain.pricing.CostPlus;
import dev.billing.domain.pricing.Dynamic;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.FreeUnits;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.Markup;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.Packaged;
import dev.billing.domain.pricing.Part;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Volume;
import dev.billing.domain.rating.Metered;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices worked out by hand, with what each of them leans on: bounds, fees, fractions, many digits. */
class RuleTablesTest {

    private static void assertPrice(PricingRule rule, String quantity, String amount) {
        assertThat(rule.price(number(quantity))).isEqualTo(money(amount));
    }

    private static Seq<String> partsOf(PricingRule rule, Measure measure) {
        return rule.parts(measure).map(Part::toString);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 0,         5
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 0.000001,  5.000002
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 10,        25
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 10.000001, 28.000001
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 20.5,      38.5
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 100.5,     78.5
            1: 0 + 0 | *: 0.0000000000000000000000000000000001 + 0, 1000001, 0.0000000000000000000000000001
            1: 1.234567890123456789012345678901234 + 0 | *: 0 + 0, 7, 1.234567890123456789012345678901234
            1E3: 1 + 0 | *: 2 + 0,                1E3,       1000
            """)
    void graduated(String tiers, String quantity, String amount) {
        assertPrice(new Graduated(Written.tiers(tiers), false), quantity, amount);
    }

    @Test
    void graduated_fees_may_begin_with_the_first_use() {
        Graduated rule = new Graduated(Written.tiers("10: 2 + 5 | *: 1 + 3"), true);
        assertPrice(rule, "0", "0");
        assertPrice(rule, "1", "7");
        assertThat(rule.parts(number("0"))).isEmpty();
        assertThat(partsOf(rule, Measure.after(Option.some(number("0")), number("1"))))
                .containsExactly("up to 10: 1 × USD 2 = USD 2", "fee up to 10: 1 × USD 5 = USD 5");
    }

    @Test
    void graduated_parts_name_the_tiers() {
        Graduated rule = new Graduated(Written.tiers("10: 2 + 5 | 20: 1 + 0 | *: 0.5 + 3"), false);
        assertThat(partsOf(rule, Measure.of(number("25"))))
                .containsExactly(
                        "fee up to 10: 1 × USD 5 = USD 5",
                        "up to 10: 10 × USD 2 = USD 20",
                        "above 10 up to 20: 10 × USD 1 = USD 10",
                        "above 20: 5 × USD 0.5 = USD 2.5",
                        "fee above 20: 1 × USD 3 = USD 3");
        assertThat(partsOf(rule, Measure.after(Option.some(number("10")), number("15"))))
                .as("a line that begins on a bound enters the next tier")
                .containsExactly(
                        "above 10 up to 20: 10 × USD 1 = USD 10",
                        "above 20: 5 × USD 0.5 = USD 2.5",
                        "fee above 20: 1 × USD 3 = USD 3");
        assertThat(partsOf(rule, Measure.after(Option.some(number("21")), number("-1"))))
                .containsExactly("all so far: 1 × USD 35 = USD 35", "billed before: 1 × USD -38.5 = USD -38.5");
        assertThat(partsOf(new Graduated(Written.tiers("*: 2 + 0"), false), Measure.of(number("3"))))
                .containsExactly("any quantity: 3 × USD 2 = USD 6");
    }

    @Test
    void the_first_line_of_a_period_bears_what_is_due_at_zero_usage() {
        Graduated rule = new Graduated(Written.tiers("10: 2 + 5 | *: 1 + 3"), false);
        Option<BigDecimal> nothing = Option.some(number("0"));
        assertThat(rule.price(Measure.after(Option.none(), number("0")))).isEqualTo(money("5"));
        assertThat(rule.price(Measure.after(nothing, number("4")))).isEqualTo(money("8"));
        assertThat(rule.price(Measure.after(Option.none(), number("4")))).isEqualTo(money("13"));
    }

    @Test
    void graduated_prices_follow_units_that_come_and_go() {
        Graduated rule = new Graduated(Written.tiers("5: 10 + 100 | *: 5 + 50"), false);
        Rounding exact = Rounding.toDecimals(4, RoundingMode.UNNECESSARY);
        assertThat(rule.prorated(Array.empty(), exact)).isEqualTo(money("100"));
        assertThat(rule.prorated(changes("5 0", "2.5 1"), exact)).isEqualTo(money("125"));
        assertThat(rule.prorated(changes("5 -5", "2 -3"), exact))
                .as("what is taken away is never given back below zero")
                .isEqualTo(money("100"));
        assertThat(rule.prorated(changes("5 1 -3", "5 1 -3"), exact))
                .as("the second tier was entered once")
                .isEqualTo(money("180"));
        assertThat(rule.prorated(changes("3 3 3", "1 1 1"), Rounding.toDecimals(2, RoundingMode.DOWN)))
                .as("thirds are rounded once: 10 + 10 × 2/3 + 5 × 1/3 + 5 + 150")
                .isEqualTo(money("173.33"));
        assertThat(new Graduated(Written.tiers("5: 10 + 100 | *: 5 + 50"), true).prorated(Array.empty(), exact))
                .isEqualTo(money("0"));
    }

    private static Array<Graduated.Change> changes(String units, String prorated) {
        return Written.numbers(units).zipWith(Written.numbers(prorated), Graduated.Change::new);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 0,         5
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 10,        25
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 10.000001, 13.000001
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 20.5,      23.5
            10: 2 + 5 | 20.5: 1 + 3 | *: 0.5 + 0, 20.6,      10.3
            """)
    void volume(String tiers, String quantity, String amount) {
        assertPrice(new Volume(Written.tiers(tiers), false), quantity, amount);
    }

    @Test
    void volume_parts_name_the_tier_that_is_reached() {
        Volume rule = new Volume(Written.tiers("10: 2 + 5 | *: 1 + 3"), false);
        assertThat(partsOf(rule, Measure.of(number("11"))))
                .containsExactly("all at above 10: 11 × USD 1 = USD 11", "fee above 10: 1 × USD 3 = USD 3");
        assertThat(partsOf(rule, Measure.of(number("0")))).containsExactly("fee up to 10: 1 × USD 5 = USD 5");
        assertPrice(new Volume(rule.tiers(), true), "0", "0");
        assertThat(new Volume(rule.tiers(), true).parts(number("0"))).isEmpty();
        assertThat(new Volume(Written.tiers("10: 2 + 0 | *: 1 + 3"), false).parts(number("1")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10: 100 | 20: 150 | *: 500,  0,    100
            10: 100 | 20: 150 | *: 500,  10,   100
            10: 100 | 20: 150 | *: 500,  10.5, 150
            10: 100 | 20: 150 | *: 500,  20,   150
            10: 100 | 20: 150 | *: 500,  9999, 500
            0: 0 | 20: 150 | *: 500,     0,    0
            0: 0 | 20: 150 | *: 500,     0.01, 150
            """)
    void stair_steps(String steps, String quantity, String amount) {
        assertPrice(Written.steps(steps), quantity, amount);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10,  5,   false, 5,     0
            10,  5,   false, 5.01,  100
            10,  5,   false, 15,    100
            10,  5,   false, 15.01, 200
            10,  5,   true,  14.99, 0
            10,  5,   true,  15,    100
            10,  5,   true,  3,     0
            0.3, 0,   false, 1,     400
            0.3, 0.1, true,  1,     300
            """)
    void packages(String size, String included, boolean roundDown, String quantity, String amount) {
        Packaged rule = new Packaged(number(size), money("100"), number(included), roundDown);
        assertPrice(rule, quantity, amount);
        assertThat(rule.parts(number(quantity)).size()).isEqualTo(amount.equals("0") ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ALL_TIERS, 100 x 10: 1 | 1000 x *: 2,            1000,    10
            ALL_TIERS, 100 x 10: 1 | 1000 x *: 2,            1000.5,  12
            ALL_TIERS, 100 x 10: 1 | 1000 x *: 2 down,       1999,    10
            ALL_TIERS, 100 x 10: 1 | 1000 x *: 2 down,       2000,    12
            ALL_TIERS, 100 x 10: 1 down | 1000 x *: 2,       999,     9
            ALL_TIERS, 100 x 10: 1 | 1000 x 2: 2,            3000,    14
            ALL_TIERS, 100 x 10: 1 | 1000 x 2: 2,            9000,    14
            TOP_TIER,  100 x 10: 1 | 1000 x 2: 2,            1000,    10
            TOP_TIER,  100 x 10: 1 | 1000 x 2: 2,            1001,    4
            TOP_TIER,  100 x 10: 1 | 1000 x 2: 2,            9000,    18
            TOP_TIER,  100 x 10: 1 | 1000 x 2: 2 down,       1999,    2
            """)
    void blocks(String policy, String tiers, String quantity, String amount) {
        assertPrice(Written.blocks(policy, tiers), quantity, amount);
    }

    /** percent, fee, free events, free amount, minimum, maximum, events, amount. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            10, -, 0, 0,  -, -, 5 15,      2
            10, 1, 0, 0,  -, -, 5 15,      4
            10, 1, 1, 0,  -, -, 5 15,      2.5
            10, 1, 0, 5,  -, -, 5 15,      3.5
            10, 1, 0, 6,  -, -, 5 15,      2.4
            10, 1, 1, 50, -, -, 5 15,      1
            10, 1, 3, 6,  -, -, 5 15,      2.4
            10, 1, 0, 0,  2, 3, 5 15 100,  7.5
            10, -, 0, 0,  2, 3, 20 30,     5
            10, 1, 1, 0,  2, 3, 0 5 100,   5
            10, 1, 0, 0,  -, -, 0,         1
            10, 1, 0, 0,  -, -, '',        0
            10, -, 0, 30, 2, -, 29 1 10,   4
            """)
    void percentages(
            String percent,
            String fee,
            long freeEvents,
            String freeAmount,
            String minimum,
            String maximum,
            String events,
            String amount) {
        Percentage rule = Written.percentage(percent, fee, freeEvents, freeAmount, minimum, maximum);
        assertThat(rule.price(rule.measure(Written.numbers(events)))).isEqualTo(money(amount));
    }

    @Test
    void the_parts_of_a_percentage_say_what_events_paid() {
        Percentage rule = Written.percentage("10", "1", 0, "0", "2", "3");
        assertThat(partsOf(rule, rule.measure(Written.numbers("5 15 100"))))
                .containsExactly(
                        "percentage: 15 × USD 0.10 = USD 1.50",
                        "fees: 1 × USD 1 = USD 1",
                        "minimum of an event: 1 × USD 2 = USD 2",
                        "maximum of an event: 1 × USD 3 = USD 3");
        assertThat(rule.price(number("0"))).isEqualTo(money("0"));
        assertThat(rule.price(number("1"))).isEqualTo(money("2"));
        assertThat(rule.parts(number("1"))).hasSize(1);
    }

    @Test
    void what_comes_to_the_minimum_or_the_maximum_by_itself_is_not_moved_there() {
        Percentage rule = Written.percentage("10", "1", 0, "0", "2", "3");
        assertThat(partsOf(rule, rule.measure(Written.numbers("10 20"))))
                .containsExactly("percentage: 30 × USD 0.10 = USD 3.00", "fees: 2 × USD 1 = USD 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; 0;   2.9 %",
                "2; 0;   2.9 %, first 2 events free",
                "0; 250; 2.9 %, first 250 free",
                "2; 250; 2.9 %, first 2 events within first 250 free"
            })
    void a_percentage_says_what_is_free(long events, String amount, String text) {
        assertThat(Written.percentage("2.9", "-", events, amount, "-", "-")).hasToString(text);
    }

    @Test
    void peaks_of_several_units_are_together_their_sum() {
        assertThat(new Measure.Several(HashMap.of("members", new BigDecimal("2.50"), "GB", BigDecimal.TEN)).quantity())
                .isEqualByComparingTo("12.5");
        assertThat(new Measure.Several(HashMap.empty()).quantity()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void percentages_are_equal_by_their_tiers() {
        assertThat(Written.percentages("10: 1 + 2 | *: 2 + 3"))
                .isEqualTo(Written.percentages("10.0: 1 + 2.0 | *: 2 + 3"))
                .isNotEqualTo(Written.percentages("10: 1 + 2 | *: 2 + 4"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10: 1 + 200 | 20: 2 + 300 | *: 3 + 400,            0,       200
            10: 1 + 200 | 20: 2 + 300 | *: 3 + 400,            10,      200.1
            10: 1 + 200 | 20: 2 + 300 | *: 3 + 400,            10.01,   500.1002
            10: 1 + 200 | 20: 2 + 300 | *: 3 + 400,            20,      500.3
            10: 1 + 200 | 20: 2 + 300 | *: 3 + 400,            20.5,    900.315
            10: 1 + 200 | 20: 2 + 300 | *: 3 + 400,            1000,    929.7
            1000: 2.5 + 0 | 1000.05: 1.25 + 0 | *: 0.333 + 0,  999.99,  24.99975
            1000: 2.5 + 0 | 1000.05: 1.25 + 0 | *: 0.333 + 0,  1000.05, 25.000625
            1000: 2.5 + 0 | 1000.05: 1.25 + 0 | *: 0.333 + 0,  1000.06, 25.0006583
            """)
    void graduated_percentages(String tiers, String amount, String price) {
        assertPrice(Written.percentages(tiers), amount, price);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1,            12.34,     12.34
            1.33333,      10,        13.3333
            1.2,          0.05,      0.06
            1.2,          0,         0
            0,            5,         0
            0.0000000001, 123456789, 0.0123456789
            """)
    void dynamic_prices(String multiplier, String value, String price) {
        assertPrice(new Dynamic(DomainArbitraries.USD, number(multiplier)), value, price);
    }

    @Test
    void the_values_that_arrive_with_facts_are_added_up_before_they_are_rounded() {
        Dynamic rule = new Dynamic(DomainArbitraries.USD, number("1.33333"));
        Seq<Metered.Report> reports =
                Written.numbers("4.2 3.3 2.504").map(value -> new Metered.Report(value, HashMap.empty()));
        // 10.004 × 1.33333 is 13.33863…; rounded one by one they would be 5.60 + 4.40 + 3.34
        assertThat(Metered.lines(rule, reports).flatMap(LineItem::net)).containsExactly(money("13.34"));
        assertThat(Metered.lines(rule, reports.take(2)).flatMap(LineItem::net)).containsExactly(money("10.00"));
    }

    /** Reports of region, tier and quantity, and the lines they come to: cells price what all reports of their values come to. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            eu/fast/4 eu/fast/8.5,          sku · eu · fast 40.00
            eu/fast/10,                     sku · eu · fast 30.00
            eu/fast/10.001,                 sku · eu · fast 35.00
            eu/fast/10.0025,                sku · eu · fast 35.01
            eu/slow/7,                      sku · eu · slow 7.00
            eu/slow/7 eu/fast/1 eu/slow/.5, sku · eu · fast 3.00 | sku · eu · slow 7.50
            us/fast/3 us/slow/1,            sku · us · fast 2.00 | sku · us · slow 2.00
            slow/eu/1,                      sku · slow · eu 2.00
            eu//2,                          sku · eu 2.00
            """)
    void a_matrix_prices_what_each_combination_of_values_comes_to(String reports, String lines) {
        Matrix rule = new Matrix(
                Array.of("region", "tier"),
                LinkedHashMap.of(
                        Array.of("eu", "fast"),
                        new Graduated(Written.tiers("10: 3 + 0 | *: 2 + 5"), false),
                        Array.of("eu", "slow"),
                        new PerUnit(money("1"))),
                Option.some(new Flat(money("2"))));
        Seq<Metered.Report> reported = Array.of(reports.split(" ", -1))
                .map(report -> Array.of(report.split("/", -1)))
                .map(report -> new Metered.Report(
                        number(report.get(2)), HashMap.of("region", report.get(0), "tier", report.get(1))));
        assertThat(Metered.lines(rule, reported)
                        .map(line -> line.description() + " " + line.net().get().amount())
                        .sorted()
                        .mkString(" | "))
                .isEqualTo(lines);
    }

    @Test
    void a_matrix_prices_by_values() {
        Matrix rule = new Matrix(
                Array.of("region", "tier"),
                LinkedHashMap.of(
                        Array.of("eu", "fast"),
                        new PerUnit(money("3")),
                        Array.of("eu", "slow"),
                        new PerUnit(money("1"))),
                Option.some(new Flat(money("2"))));
        assertThat(rule.at(Array.of("eu", "slow"))).contains(new PerUnit(money("1")));
        assertThat(rule.at(Array.of("slow", "eu"))).contains(new Flat(money("2")));
        assertThat(new Matrix(rule.dimensions(), rule.cells(), Option.none()).at(Array.of("us", "slow")))
                .isEmpty();
        assertThat(rule)
                .hasToString(
                        "by (region, tier): (eu, fast) USD 3 per unit; (eu, slow) USD 1 per unit; otherwise USD 2 flat");
        assertThat(rule.currency()).isEqualTo(DomainArbitraries.USD);
        assertThat(new Matrix(rule.dimensions(), HashMap.empty(), rule.otherwise()).currency())
                .isEqualTo(DomainArbitraries.USD);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            members=0,          0
            members=0 GB=0,     0
            members=10 GB=100,  10
            GB=100.5,           20
            members=51,         30
            members=50 GB=5000, 30
            """)
    void capacities(String peaks, String amount) {
        Capacity rule = Written.capacity("members=10 GB=100: 10 | members=50 GB=500: 20 | members=* GB=*: 30");
        assertThat(rule.price(new Measure.Several(Written.pairs(peaks).mapValues(BigDecimal::new))))
                .isEqualTo(money(amount));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            DIVIDE,   1024,       -,       0, 1,    0.0009765625
            DIVIDE,   1073741824, -,       0, 1,    0.000000000931322574615478515625
            DIVIDE,   0.001,      -,       0, 1.5,  1500
            DIVIDE,   3,          HALF_UP, 2, 2,    0.67
            DIVIDE,   1000,       CEILING, 0, 1000, 1
            DIVIDE,   1000,       CEILING, 0, 1001, 2
            DIVIDE,   3000000,    CEILING, 0, 3000001, 2
            DIVIDE,   7,          UP,     -2, 1, 100
            MULTIPLY, 0.0333,     FLOOR,   1, 5,    0.1
            """)
    void conversions(
            Conversion.Operation operation, String factor, String mode, int digits, String quantity, String result) {
        Option<QuantityRounding> rounding =
                Option.when(!mode.equals("-"), () -> new QuantityRounding(digits, RoundingMode.valueOf(mode)));
        assertThat(new Conversion(operation, number(factor), rounding).convert(number(quantity)))
                .isEqualByComparingTo(result);
    }

    @Test
    void free_units_leave_the_rest_to_the_rule() {
        FreeUnits rule = new FreeUnits(number("10"), new Graduated(Written.tiers("5: 2 + 7 | *: 1 + 0"), false));
        assertPrice(rule, "0", "7");
        assertPrice(rule, "10", "7");
        assertPrice(rule, "10.5", "8");
        assertPrice(rule, "16", "18");
        assertThat(partsOf(rule, Measure.of(number("10.5"))))
                .containsExactly("fee up to 5: 1 × USD 7 = USD 7", "up to 5: 0.5 × USD 2 = USD 1.0");
    }

    @Test
    void lines_of_a_converted_quantity_add_up_whatever_is_rounded() {
        Converted rule = new Converted(
                Conversion.dividedBy(number("1000")).rounded(new QuantityRounding(0, RoundingMode.CEILING)),
                new PerUnit(money("2")));
        assertThat(rule.price(Measure.of(number("400")))).isEqualTo(money("2"));
        assertThat(rule.price(Measure.after(Option.some(number("400")), number("600"))))
                .isEqualTo(money("0"));
        assertThat(rule.price(Measure.after(Option.some(number("1000")), number("1"))))
                .isEqualTo(money("2"));
    }

    @Test
    void prices_follow_from_costs() {
        Function<Markup, PricingRule> rule = markup -> new CostPlus(DomainArbitraries.USD, markup);
        assertPrice(rule.apply(Markup.none()), "8.125", "8.125");
        assertPrice(rule.apply(new Markup.Fixed(money("0.01"))), "0", "0.01");
        assertPrice(rule.apply(new Markup.Percent(number("12.5"))), "8", "9");
        assertPrice(rule.apply(new Markup.Custom(money("3"))), "8", "3");
        assertThat(partsOf(rule.apply(new Markup.Percent(number("12.5"))), Measure.of(number("8"))))
                .containsExactly("cost + 12.5 %: 1 × USD 9.000 = USD 9.000");
    }

    @Test
    void an_effective_unit_price_is_for_display() {
        PricingRule rule = new Flat(money("10"));
        Rounding cents = Rounding.toMinorUnit(RoundingMode.HALF_UP);
        assertThat(rule.effectiveUnitPrice(Measure.of(number("750")), cents)).contains(money("0.01"));
        assertThat(rule.effectiveUnitPrice(Measure.of(number("0")), cents)).isEmpty();
    }

    @Test
    void rules_read_as_one_line() {
        String tiers = "10: 2 + 5 | *: 1 + 0";
        assertThat(new Graduated(Written.tiers(tiers), false))
                .hasToString("graduated: up to 10: USD 2 per unit + USD 5, beyond: USD 1 per unit");
        assertThat(new Volume(Written.tiers(tiers), true))
                .hasToString("volume: up to 10: USD 2 per unit + USD 5, beyond: USD 1 per unit, free at zero");
        assertThat(new Graduated(Written.tiers(tiers), true).toString()).endsWith(", free at zero");
        assertThat(Written.steps("10: 100 | *: 150")).hasToString("stair steps: up to 10: USD 100, beyond: USD 150");
        assertThat(new Packaged(number("10"), money("100"), number("5"), true))
                .hasToString("USD 100 per package of 10 after 5 included, full ones only");
        assertThat(new Packaged(number("10"), money("100"), number("0"), false))
                .hasToString("USD 100 per package of 10");
        assertThat(Written.blocks("ALL_TIERS", "100 x 10: 1 | 1E3 x *: 1 down"))
                .hasToString("up to 10 blocks of 100 at USD 1, then blocks of 1000, full ones only, at USD 1");
        assertThat(Written.blocks("ALL_TIERS", "100 x 10: 1"))
                .hasToString("up to 10 blocks of 100 at USD 1, nothing beyond");
        assertThat(Written.blocks("TOP_TIER", "100 x 10: 1"))
                .hasToString("all in the tier reached: up to 10 blocks of 100 at USD 1");
        assertThat(Written.percentage("2.90", "0.30", 2, "250", "1.75", "12"))
                .hasToString("2.9 % + USD 0.30 per event, first 2 events within first 250 free, "
                        + "at least USD 1.75 per event, at most USD 12 per event");
        assertThat(Written.percentage("2.9", "-", 0, "250", "-", "-")).hasToString("2.9 %, first 250 free");
        assertThat(Written.percentages("10: 1 + 200 | *: 2.50 + 0"))
                .hasToString("graduated: up to 10: 1 % + USD 200, beyond: 2.5 %");
        assertThat(new Dynamic(DomainArbitraries.USD, number("1.20"))).hasToString("value in USD × 1.2");
        assertThat(Written.capacity("members=10 GB=100: 10 | members=* GB=*: 20"))
                .hasToString("capacity: GB up to 100, members up to 10: USD 10; "
                        + "GB without limit, members without limit: USD 20");
        assertThat(new Converted(
                        Conversion.dividedBy(number("1000")).rounded(new QuantityRounding(0, RoundingMode.CEILING)),
                        new FreeUnits(number("10"), new PerUnit(money("2")))))
                .hasToString("quantity ÷ 1000, CEILING to 0 decimals, then 10 units free, then USD 2 per unit");
        assertThat(Conversion.times(number("1.50"))).hasToString("× 1.5");
        assertThat(new CostPlus(DomainArbitraries.USD, Markup.none())).hasToString("cost, in USD");
        assertThat(new Markup.Fixed(money("2"))).hasToString("cost + USD 2");
        assertThat(new Markup.Custom(money("2"))).hasToString("USD 2 whatever the cost");
    }

    @Test
    void numbers_are_kept_without_trailing_zeros() {
        assertThat(new Packaged(number("10.0"), money("1"), number("0.0"), false))
                .isEqualTo(new Packaged(number("10"), money("1"), number("0"), false));
        assertThat(new FreeUnits(number("10.0"), new PerUnit(money("1.0"))))
                .isEqualTo(new FreeUnits(number("10"), new PerUnit(money("1"))));
        assertThat(new Dynamic(DomainArbitraries.USD, number("1.0")))
                .isEqualTo(new Dynamic(DomainArbitraries.USD, number("1")));
        assertThat(Conversion.times(number("1E3"))).isEqualTo(Conversion.times(number("1000")));
        assertThat(Written.percentage("2.90", "-", 0, "1.0", "-", "-"))
                .isEqualTo(Written.percentage("2.9", "-", 0, "1", "-", "-"));
        assertThat(Written.percentages("1.0: 1.0 + 0 | *: 1 + 0"))
                .isEqualTo(Written.percentages("1: 1 + 0 | *: 1 + 0"));
        assertThat(Written.tiers("1.0: 1.0 + 0 | *: 1 + 0")).isEqualTo(Written.tiers("1: 1 + 0 | *: 1 + 0"));
        assertThat(Written.steps("1.0: 1.0 | *: 1")).isEqualTo(Written.steps("1: 1 | *: 1"));
        assertThat(Written.blocks("TOP_TIER", "1.0 x *: 1")).isEqualTo(Written.blocks("TOP_TIER", "1 x *: 1"));
        assertThat(Written.capacity("GB=1.0: 1")).isEqualTo(Written.capacity("GB=1: 1"));
        assertThat(new Markup.Percent(number("1.0"))).isEqualTo(new Markup.Percent(number("1")));
    }

    @Test
    void tiers_without_a_fee_are_short_to_write() {
        Array<PriceTier> tiers =
                Array.of(PriceTier.upTo(number("10"), money("2")).withFee(money("5")), PriceTier.beyond(money("1")));
        assertThat(tiers).isEqualTo(Written.tiers("10: 2 + 5 | *: 1 + 0"));
        assertThat(new Blocks(
                                Array.of(new Blocks.BlockTier(number("1"), Option.none(), money("1"), false)),
                                Blocks.Policy.ALL_TIERS)
                        .unitPrice())
                .isEqualTo(Option.<Money>none());
    }
}
