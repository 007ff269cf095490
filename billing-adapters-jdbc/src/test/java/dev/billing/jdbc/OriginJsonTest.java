package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.billing.domain.line.Bound;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Reduction;
import dev.billing.domain.line.Settled;
import dev.billing.domain.line.Settled.Discounted;
import dev.billing.domain.line.Settled.Levy;
import dev.billing.domain.line.Settled.Paid;
import dev.billing.domain.line.Settled.Rounded;
import dev.billing.domain.line.Settled.Taxation;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.FreeUnits;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Scope;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recipes as they are kept: what is written is read back, and so is what was written when a recipe had a quantity and no more. */
class OriginJsonTest {

    private static final PriceBookVersion MAIN = new PriceBookVersion("main", 3);
    private static final Rounding CENTS = Rounding.toMinorUnit(RoundingMode.HALF_UP);
    private static final PerUnit CHEAP = new PerUnit(Money.of("USD", "0.0638"));

    private static Derivation why(PricingRule rule, Measure measure, Rounding rounding) {
        return new Derivation(MAIN, rule, measure, "EXACT_TIME", Ratio.of(14, 31), rounding);
    }

    private static PricingRule matrix() {
        Graduated tiers = new Graduated(
                Array.of(
                        PriceTier.upTo(BigDecimal.TEN, Money.of("USD", "2")),
                        PriceTier.beyond(Money.of("USD", "1.50")).withFee(Money.of("USD", "5"))),
                true);
        return new Matrix(
                Array.of("region", "size"),
                HashMap.of(
                        Array.of("eu", ""), new FreeUnits(BigDecimal.ONE, tiers), Array.of("us", "\"large\""), CHEAP),
                Option.some(CHEAP));
    }

    static Stream<Derivation> recipes() {
        Derivation plain = why(CHEAP, Measure.of(new BigDecimal("12.5")), CENTS);
        return Stream.of(
                plain,
                plain.asCredit(),
                plain.counting(new Derivation.Count("egress", "sum", Long.MAX_VALUE)),
                plain.counting(new Derivation.Count(
                        "egress", "sum", 2, HashMap.of("region", "eu", "size", "", "a \"name\"", "ünicode"))),
                why(matrix(), Measure.of(BigDecimal.ZERO), Rounding.toDecimals(4, RoundingMode.DOWN)),
                why(CHEAP, new Measure.Increment(BigDecimal.TEN, BigDecimal.ONE), CENTS),
                why(CHEAP, new Measure.Events(BigDecimal.TEN, 3, 2, 1), CENTS),
                why(CHEAP, new Measure.Several(HashMap.of("GB", BigDecimal.TEN, "members", BigDecimal.ONE)), CENTS),
                why(CHEAP, Measure.of(BigDecimal.ONE), Rounding.toMultipleOf(new BigDecimal("0.05"), RoundingMode.UP)));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void a_recipe_is_read_as_it_was_written(Derivation why) {
        Origin origin = new Origin.Rated(why);
        assertThat(read(OriginJson.write(line(origin)))).isEqualTo(origin);
    }

    @Test
    void a_plain_recipe_is_written_as_it_always_was() {
        String kept = "{\"rated\":{\"source\":\"main@3\",\"rule\":{\"perUnit\":\"USD 0.0638\"},\"quantity\":\"12.5\","
                + "\"policy\":\"EXACT_TIME\",\"share\":\"14/31\",\"rounding\":{\"mode\":\"HALF_UP\"}}}";
        Origin origin = new Origin.Rated(why(CHEAP, Measure.of(new BigDecimal("12.5")), CENTS));
        assertThat(read(kept)).isEqualTo(origin);
        assertThat(OriginJson.readSettled(Json.parse(kept))).isEmpty();
        assertThat(OriginJson.write(line(origin))).isEqualTo(kept);
    }

    static Stream<Bound> bounds() {
        Money thirty = Money.of("USD", "30.00");
        Money twenty = Money.of("USD", "20.005");
        return Stream.of(Scope.DOCUMENT, Scope.skus("egress", "a \"b\""), Scope.categories("usage"))
                .flatMap(scope -> Stream.of(
                        new Bound(Bound.Kind.MINIMUM, scope, thirty, Ratio.of(6, 7), CENTS, twenty, thirty),
                        new Bound(Bound.Kind.MAXIMUM, scope, thirty, Ratio.ONE, CENTS, twenty.negated(), twenty)));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void a_bound_is_read_as_it_was_written(Bound why) {
        Origin origin = new Origin.Bounded(why);
        assertThat(read(OriginJson.write(line(origin)))).isEqualTo(origin);
    }

    static Stream<Settled> settlements() {
        Money ten = Money.of("USD", "10.00");
        Reduction reduction = new Reduction(
                Array.of(
                        new Reduction.Use("spring", new Discount.Percent(new BigDecimal("12.5"))),
                        new Reduction.Use("coupon \"x\"", new Discount.Fixed(ten))),
                Money.of("USD", "100"),
                Rounding.toDecimals(3, RoundingMode.DOWN));
        Settled discounted = Settled.NOTHING
                .and(new Discounted(reduction, ten, Money.of("USD", "99"), Money.of("USD", "2.27")))
                .and(Discounted.of(reduction));
        Settled paid = Settled.NOTHING.paid(Array.of(new Paid("wallet", true, ten), new Paid("promo", false, ten)));
        Taxation known = new Taxation(
                Option.some(new Rounded("PER_RATE", CENTS)),
                Array.of(
                        new Levy("VAT", "DE", new BigDecimal("19"), false, ten),
                        new Levy("City", "B", BigDecimal.ZERO, true, ten.negated())));
        Taxation unknown = new Taxation(Option.none(), known.levies());
        return Stream.of(
                discounted,
                paid,
                discounted.paid(paid.credits()).taxed(Option.some(known)),
                Settled.NOTHING.taxed(Option.some(unknown)));
    }

    @ParameterizedTest
    @MethodSource("settlements")
    void what_was_made_of_a_line_is_read_as_it_was_written(Settled settled) {
        LineItem line =
                line(Origin.Provided.of("x")).toBuilder().settled(settled).build();
        String kept = OriginJson.write(line);
        assertThat(OriginJson.readSettled(Json.parse(kept))).contains(settled);
        assertThat(read(kept)).isEqualTo(line.origin());
    }

    private static Origin read(String kept) {
        return OriginJson.read(Json.parse(kept));
    }

    private static LineItem line(Origin origin) {
        return LineItem.builder(new LineId("1"), "sku", "usage", Instant.EPOCH, origin)
                .price(Money.of("USD", "1"))
                .build();
    }

    @Test
    void a_rule_that_cannot_be_read_says_why() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RuleJson.read("{\"perHour\":\"USD 1\"}"))
                .withMessageStartingWith("What was kept must be readable, but perHour: There is no such field");
    }
}
