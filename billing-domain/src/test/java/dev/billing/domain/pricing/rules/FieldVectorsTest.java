package dev.billing.domain.pricing.rules;

import static dev.billing.domain.pricing.rules.Written.money;
import static dev.billing.domain.pricing.rules.Written.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Vectors;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Conversion;
import dev.billing.domain.pricing.Converted;
import dev.billing.domain.pricing.Dynamic;
import dev.billing.domain.pricing.FreeUnits;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.Packaged;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Volume;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of the systems of the field, under their ids. */
class FieldVectorsTest {

    private static Measure after(String before, String quantity) {
        return Measure.after(Option.some(number(before)), number(quantity));
    }

    private static Money partsOf(PricingRule rule, Measure measure) {
        return rule.parts(measure).map(part -> part.amount()).fold(money("0"), Money::plus);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            per_unit-001 Lago,      5.12345, 10,   51.2345
            per_unit-004 Flexprice, 0.05,    1000, 50
            """)
    void per_unit(String id, String unitPrice, BigDecimal quantity, String amount) {
        assertThat(new PerUnit(money(unitPrice)).price(quantity)).isEqualTo(money(amount));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            graduated-001 Lago,      10: 10 + 2 | 20: 5 + 3 | *: 5 + 3               , 0    , 2
            graduated-004 Lago,      10: 10 + 2 | 20: 5 + 3 | *: 5 + 3               , 11   , 110
            graduated-007 Lago,      0.1: 10 + 0 | 1: 5 + 0 | *: 2 + 0               , 0.05 , 0.5
            graduated-010 OpenMeter, 5: 0 + 100 | 10: 0 + 50 | 15: 10 + 0 | *: 5 + 0 , 0    , 100
            graduated-013 OpenMeter, 5: 0 + 100 | 10: 0 + 50 | 15: 10 + 0 | *: 5 + 0 , 5.001, 150
            graduated-016 OpenMeter, 5: 0 + 100 | 10: 0 + 50 | 15: 10 + 0 | *: 5 + 0 , 22   , 235
            graduated-019 Meteroid,  *: 1.0 + 10                                     , 5    , 15
            graduated-022 Stripe,    5: 7 + 0 | 10: 6.5 + 0 | *: 6 + 0               , 6    , 41.5
            graduated-025 Autumn,    1000: 0.01 + 0 | 10000: 0.008 + 0 | *: 0.005 + 0, 15000, 107
            """)
    void graduated(String id, String tiers, BigDecimal quantity, String amount) {
        assertThat(new Graduated(Written.tiers(tiers), false).price(quantity)).isEqualTo(money(amount));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            graduated_incremental-001 OpenMeter, 5: 0 + 100 | 10: 0 + 50 | 15: 5 + 0 | *: 1 + 0                    , 12  , 10 , 22
            graduated_incremental-004 OpenMeter, 5: 0 + 100 | 10: 0 + 50 | 15: 10 + 0 | *: 5 + 0                   , 12  , 8  , 55
            graduated_incremental-007 jBilling,  500: 4 + 0 | 1500: 3 + 0 | 3000: 2 + 0 | 5000: 1 + 0 | *: 0.05 + 0, 1500, 100, 200
            graduated_incremental-010 jBilling,  500: 4 + 0 | 1500: 3 + 0 | 3000: 2 + 0 | 5000: 1 + 0 | *: 0.05 + 0, 5000, 500, 25
            """)
    void graduated_incremental(String id, String tiers, String before, String quantity, String amount) {
        Graduated rule = new Graduated(Written.tiers(tiers), false);
        assertThat(rule.price(after(before, quantity))).isEqualTo(money(amount));
        assertThat(partsOf(rule, after(before, quantity))).isEqualTo(money(amount));
    }

    @Test
    void graduated_incremental_lines_are_those_of_the_tiers() {
        Graduated first = new Graduated(Written.tiers("5: 0 + 100 | 10: 0 + 50 | 15: 5 + 0 | *: 1 + 0"), false);
        assertThat(first.parts(after("12", "10")).map(part -> part.amount())).containsExactly(money("15"), money("7"));
        Graduated other = new Graduated(Written.tiers("5: 0 + 100 | 10: 0 + 50 | 15: 10 + 0 | *: 5 + 0"), false);
        assertThat(other.price(number("20"))).isEqualTo(money("225"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            graduated_prorated-001, 5: 10 + 100 | *: 5 + 50,             5 5 10 -6,     3.5 2.66667 2 -2.2,        HALF_UP, 197.33
            graduated_prorated-004, 5: 10 + 100 | *: 5 + 50,             5 -2,          3.5 -1,                    UNNECESSARY, 125
            graduated_prorated-007, 5: 10 + 100 | *: 5 + 50,             5 -100,        2 -33.33,                  HALF_UP, 0
            graduated_prorated-010, 5: 10 + 100 | 15: 5 + 50 | *: 2 + 0, 2 5 10 -6 4 60, 1.4 2.5 2 -2.2 0.667 2,   CEILING, 191.34
            """)
    void graduated_prorated(String id, String tiers, String units, String prorated, RoundingMode mode, String amount) {
        Array<Graduated.Change> changes =
                Written.numbers(units).zipWith(Written.numbers(prorated), Graduated.Change::new);
        assertThat(new Graduated(Written.tiers(tiers), false).prorated(changes, Rounding.toDecimals(2, mode)))
                .isEqualTo(money(amount));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            volume-001 Stripe,    5: 7 + 0 | 10: 6.5 + 0 | *: 6 + 0               , 1  , 7
            volume-004 Stripe,    5: 7 + 0 | 10: 6.5 + 0 | *: 6 + 0               , 20 , 120
            volume-007 Lago,      100: 2 + 10 | 200: 1 + 0 | *: 0.5 + 50          , 1  , 12
            volume-010 Lago,      100: 2 + 10 | 200: 1 + 0 | *: 0.5 + 50          , 101, 101
            volume-013 Lago,      100: 2 + 10 | 200: 1 + 0 | *: 0.5 + 50          , 210, 155
            volume-016 OpenMeter, 5: 0 + 100 | 10: 0 + 150 | 15: 10 + 0 | *: 5 + 0, 5  , 100
            volume-019 OpenMeter, 5: 0 + 100 | 10: 0 + 150 | 15: 10 + 0 | *: 5 + 0, 16 , 80
            volume-022 Meteroid,  100: 1.0 + 0 | 200: 0.5 + 0 | *: 0.25 + 0       , 150, 75
            """)
    void volume(String id, String tiers, BigDecimal quantity, String amount) {
        assertThat(new Volume(Written.tiers(tiers), false).price(quantity)).isEqualTo(money(amount));
    }

    @Test
    @Vectors("volume_prorated-001")
    void volume_prorated() {
        Volume rule = new Volume(Written.tiers("100: 2 + 10 | 200: 1 + 0 | *: 0.5 + 50"), false);
        assertThat(rule.prorated(number("300"), number("198.6"))).as("Lago").isEqualTo(money("149.3"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            package-001 Lago,      10,      100,  0, 121, 1300
            package-004 OpenMeter, 10,      15,   0, 0,   0
            package-007 OpenMeter, 10,      15,   17, 5,  15
            package-016 Chargebee, 1000000, 1.25, 0, 10,  1.25
            """)
    void packages(String id, BigDecimal size, String price, String before, String quantity, String amount) {
        Packaged rule = new Packaged(size, money(price), BigDecimal.ZERO, false);
        assertThat(rule.price(after(before, quantity))).isEqualTo(money(amount));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            package-010 OpenMeter, 10, 1,  1
            package-013 OpenMeter, 10, 11, 2
            """)
    void numbers_of_packages(String id, BigDecimal size, BigDecimal quantity, BigDecimal packages) {
        assertThat(new Packaged(size, money("1"), BigDecimal.ZERO, false).packages(quantity))
                .isEqualByComparingTo(packages);
    }

    @Test
    @Vectors({"percentage-001", "percentage-004"})
    void percentage() {
        assertThat(Percentage.of(DomainArbitraries.USD, number("2.9")).price(number("4")))
                .as("one event")
                .isEqualTo(money("0.116"));
        Percentage rule = Written.percentage("1.3", "2.0", 2, "250", "-", "-");
        assertThat(rule.price(rule.measure(Written.numbers("50 100 250 400"))))
                .as("running totals 50, 150, 400, 800")
                .isEqualTo(money("11.15"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            percentage_min_max-001 Lago, 0,  16.142
            percentage_min_max-004 Lago, 30, 13.794
            """)
    void percentage_min_max(String id, String freeAmount, String amount) {
        Percentage rule = Written.percentage("2.99", "-", 0, freeAmount, "1.75", "12");
        assertThat(rule.price(rule.measure(Written.numbers("10 80 10000")))).isEqualTo(money(amount));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            graduated_percentage-001 Lago, 10: 1 + 200 | 20: 2 + 300 | *: 3 + 400, 0 , 200
            graduated_percentage-004 Lago, 10: 1 + 200 | 20: 2 + 300 | *: 3 + 400, 11, 500.12
            """)
    void graduated_percentage(String id, String tiers, BigDecimal quantity, String amount) {
        assertThat(Written.percentages(tiers).price(quantity)).isEqualTo(money(amount));
    }

    @Test
    @Vectors("dynamic-001")
    void dynamic() {
        assertThat(new Dynamic(DomainArbitraries.USD, number("1.33333"))
                        .price(number("10"))
                        .rounded(Rounding.toMinorUnit(RoundingMode.HALF_UP)))
                .isEqualTo(money("13.33"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            killbill-tiers-001, ALL_TIERS, 1000 x 10000: 0.5                            , 1000  , 1: 1 x 0.5 = 0.5                                      , 0.5
            killbill-tiers-004, TOP_TIER , 1 x 10: 1.5 | 1 x 100: 1 | 1 x 1000: 0.5     , 111   , 3: 111 x 0.5 = 55.5                                   , 55.5
            killbill-tiers-007, ALL_TIERS, 100 x 10: 1 | 1000 x 100: 1                  , 5325  , 1: 10 x 1 = 10 | 2: 5 x 1 = 5                         , 15
            killbill-tiers-010, TOP_TIER , 100 x 10: 1 | 1000 x 100: 1 | 1000 x 100: 0.5, 101001, 3: 102 x 0.5 = 51                                     , 51
            killbill-tiers-013, ALL_TIERS, 100 x 10: 1                                  , 199   , 1: 2 x 1 = 2                                          , 2
            killbill-tiers-016, ALL_TIERS, 1 x 100: 2 | 1 x 500: 20 | 1 x 750: 200      , 0     , 1: 0 x 2 = 0                                          , 0
            killbill-tiers-019, ALL_TIERS, 1 x 10: 1 | 1 x 50: 10 | 1 x 75: 100         , 75    , 1: 10 x 1 = 10 | 2: 50 x 10 = 500 | 3: 15 x 100 = 1500, 2010
            killbill-tiers-022, TOP_TIER , 1 x 100: 2 | 1 x 500: 20 | 1 x 750: 200      , 0     , 1: 0 x 2 = 0                                          , 0
            killbill-tiers-025, TOP_TIER , 1 x 10: 1 | 1 x 50: 10 | 1 x 75: 100         , 76    , 3: 76 x 100 = 7600                                    , 7600
            """)
    void blocks_in_tiers(String id, String policy, String tiers, BigDecimal quantity, String details, String amount) {
        Blocks rule = Written.blocks(policy, tiers);
        assertThat(rule.price(quantity)).isEqualTo(money(amount));
        assertThat(rule.parts(quantity)
                        .map(part -> part.name().replaceAll(".*tier ", "") + ": " + Decimals.toText(part.quantity())
                                + " x " + Decimals.toText(part.price().amount()) + " = "
                                + Decimals.toText(part.amount().amount()))
                        .mkString(" | "))
                .isEqualTo(details);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            killbill-capacity-001, unit1=100 unit2=1000 unit3=50: 10 | unit1=200 unit2=2000 unit3=100: 20 | unit1=* unit2=* unit3=*: 30, unit1=100 unit2=1000 unit3=50, 10, unit1=1 unit2=1 unit3=1
            killbill-capacity-004, unit1=100 unit2=1000 unit3=50: 10 | unit1=200 unit2=2000 unit3=100: 20 | unit1=* unit2=* unit3=*: 30, unit1=101 unit2=1001         , 20, unit1=2 unit2=2
            killbill-capacity-007, unit1=* unit2=*: 10                                                                                 , unit1=199 unit2=20           , 10, unit1=1 unit2=1
            killbill-capacity-010, FOO=10 BAR=100: 1 | FOO=50 BAR=500: 10 | FOO=75 BAR=750: 100                                        , BAR=101 FOO=5                , 10, FOO=1 BAR=2
            """)
    void capacity(String id, String tiers, String peaks, String amount, String tierOfUnit) {
        Capacity rule = Written.capacity(tiers);
        Measure.Several measure = new Measure.Several(Written.pairs(peaks).mapValues(BigDecimal::new));
        assertThat(rule.price(measure)).isEqualTo(money(amount));
        assertThat(rule.tierOfUnit(measure)).isEqualTo(Written.pairs(tierOfUnit).mapValues(Integer::valueOf));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            unit_conversion-001 OpenMeter, MULTIPLY, 1.2,  -,       10,   12
            unit_conversion-004 OpenMeter, DIVIDE,   1000, HALF_UP, 1500, 2
            """)
    void unit_conversion(
            String id,
            Conversion.Operation operation,
            BigDecimal factor,
            String mode,
            BigDecimal quantity,
            String result) {
        Conversion conversion = new Conversion(
                operation,
                factor,
                Option.when(!mode.equals("-"), () -> new QuantityRounding(0, RoundingMode.valueOf(mode))));
        assertThat(conversion.convert(quantity)).isEqualByComparingTo(result);
    }

    @Test
    @Vectors("unit_conversion-007")
    void usage_is_converted_rounded_and_then_discounted() {
        FreeUnits discounted = new FreeUnits(number("0.5"), new PerUnit(money("10")));
        Conversion conversion =
                Conversion.dividedBy(number("1000")).rounded(new QuantityRounding(0, RoundingMode.CEILING));
        assertThat(discounted.billable(conversion.convert(number("1400")))).isEqualByComparingTo("1.5");
        assertThat(new Converted(conversion, discounted).price(number("1400"))).isEqualTo(money("15"));
    }

    @Test
    @Vectors("usage_discount-001")
    void usage_discount() {
        FreeUnits rule = new FreeUnits(number("10"), new PerUnit(money("1")));
        BigDecimal before = number("5");
        BigDecimal now = number("15");
        BigDecimal billable = rule.billable(before.add(now)).subtract(rule.billable(before));
        assertThat(billable).isEqualByComparingTo("10");
        assertThat(now.subtract(billable)).isEqualByComparingTo("5");
        assertThat(before.subtract(rule.billable(before))).isEqualByComparingTo("5");
        assertThat(rule.price(after("5", "15"))).isEqualTo(money("10"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            quantity_rounding-001 Lago, round, 123.456, 2, 123.46
            quantity_rounding-004 Lago, ceil,  123.456, 2, 123.46
            quantity_rounding-007 Lago, floor, 123.456, 2, 123.45
            """)
    void quantity_rounding(String id, String mode, BigDecimal quantity, int digits, BigDecimal result) {
        RoundingMode of = switch (mode.toLowerCase(Locale.ROOT)) {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default -> RoundingMode.HALF_UP;
        };
        assertThat(new QuantityRounding(digits, of).round(quantity)).isEqualByComparingTo(result);
    }
}
