package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.AtlasWorld.TENANT;
import static dev.billing.testkit.usecase.AtlasWorld.cents;
import static dev.billing.testkit.usecase.AtlasWorld.charge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.Stored;
import dev.billing.usecase.Charge;
import dev.billing.usecase.SettlePeriod.Terms;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

/** The whole life of several months: charged, settled, carried over. */
class SettlePeriodProperties {

    private static final YearMonth FIRST = YearMonth.of(2018, 1);

    @Property(tries = 200)
    void every_month_ties_with_its_lines_and_with_the_month_before(
            @ForAll @Size(min = 1, max = 4)
                    List<@Size(max = 5) List<@BigRange(min = "-90", max = "100") @Scale(5) BigDecimal>> months,
            @ForAll @BigRange(min = "0", max = "0.3") @Scale(4) BigDecimal taxRate,
            @ForAll boolean elastic) {
        AtlasWorld world = new AtlasWorld();
        long carried = 0;
        for (int i = 0; i < months.size(); i++) {
            YearMonth month = FIRST.plusMonths(i);
            world.postCharges.open(TENANT, AtlasWorld.ACCOUNT, month).get();
            charges(month, months.get(i)).forEach(world::post);
            Stored settled = world.settle(month, new Terms(taxRate, elastic));
            assertTies(world, settled, taxRate, carried);
            carried = cents(settled, Atlas.ENDING_BALANCE);
        }
    }

    private static Seq<Charge> charges(YearMonth month, List<BigDecimal> prices) {
        return Array.ofAll(prices)
                .zipWithIndex((price, day) ->
                        charge("charge-" + day, month.atDay(day + 1).toString(), "1.5", price.toPlainString()));
    }

    private static void assertTies(AtlasWorld world, Stored settled, BigDecimal taxRate, long carried) {
        Seq<Long> lines = world.linesOf(settled).map(line -> line.net().get().minorUnits());
        long subtotal = lines.filter(cents -> cents > 0).sum().longValue();
        long credits = -lines.filter(cents -> cents < 0).sum().longValue();
        long tax = cents(settled, Atlas.TAX);
        long billed = cents(settled, Atlas.BILLED);
        long ending = cents(settled, Atlas.ENDING_BALANCE);
        assertThat(cents(settled, Atlas.SUBTOTAL)).isEqualTo(subtotal);
        assertThat(cents(settled, Atlas.CREDITS)).isEqualTo(credits);
        assertThat(cents(settled, Atlas.STARTING_BALANCE)).isEqualTo(carried);
        assertThat(BigDecimal.valueOf(tax).subtract(taxRate.multiply(BigDecimal.valueOf(subtotal))))
                .isBetween(new BigDecimal("-0.5"), new BigDecimal("0.5"));
        assertThat(billed - ending).isEqualTo(subtotal + tax - credits - carried);
        assertThat(Math.min(billed, ending)).isZero();
        assertThat(Math.max(billed, ending)).isNotNegative();
        assertThat(settled.standing().status() == InvoiceStatus.CLOSED
                        || settled.standing().status() == InvoiceStatus.INVOICED)
                .isEqualTo(billed > 0);
    }
}
