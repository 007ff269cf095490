package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Morpheus.Fact;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents of a month add up to, and what they do not. */
class MorpheusFiguresTest {

    private static final CurrencyUnit USD = Morpheus.profile().currency();
    private static final Instant NOW = Instant.parse("2020-05-08T15:00:08Z");
    private static final FigureKey RUNNING = Morpheus.running(Basis.ACTUAL, Side.PRICE);

    @ParameterizedTest
    @CsvSource({
        "compute, compute",
        "memory, memory",
        "storage, storage",
        "network, network",
        "license, license",
        "softwareOrService, softwareOrService",
        "extra, extra",
        "backup, extra",
        "Compute, extra"
    })
    void the_category_of_a_line_picks_the_component(String category, String component) {
        Figures figures = Morpheus.reconcile(Array.of(line(category, "1.5", "1.25")), USD);
        for (String each : Morpheus.COMPONENTS) {
            boolean isIt = each.equals(component);
            assertThat(figures.amount(Morpheus.component(each, Basis.ACTUAL, Side.PRICE)))
                    .isEqualTo(usd(isIt ? "1.5" : "0"));
            assertThat(figures.amount(Morpheus.component(each, Basis.ACTUAL, Side.COST)))
                    .isEqualTo(usd(isIt ? "1.25" : "0"));
        }
        assertThat(figures.amount(RUNNING)).isEqualTo(usd("1.5"));
    }

    @Test
    void metered_lines_are_no_actuals() {
        LineItem metered =
                line("compute", "1", "1").toBuilder().basis(Basis.ESTIMATED).build();
        assertThat(Morpheus.reconcile(Array.of(metered), USD).amount(RUNNING)).isEqualTo(usd("0"));
    }

    @Test
    void a_server_is_skipped_where_the_containers_of_its_instance_are() {
        Head container = head("1", "Container", at(Morpheus.INSTANCE, "331"), false);
        Head server = head("2", "ComputeServer", at(Morpheus.INSTANCE, "331"), false);
        Head otherServer = head("3", "ComputeServer", at(Morpheus.INSTANCE, "332"), false);
        Head host = head("4", "ComputeServer", HashMap.empty(), false);
        Head instance = head("5", "Instance", at(Morpheus.INSTANCE, "331"), true);
        Head volume = head("6", "StorageVolume", at(Morpheus.INSTANCE, "331"), false);
        assertThat(Morpheus.leaves(Array.of(container, server, otherServer, host, instance, volume)))
                .containsExactly(container, otherServer, host, volume);
    }

    @Test
    void spend_is_summed_over_one_type_only() {
        Invoice one = document("1", "Container", "1.5");
        Invoice other = document("2", "Container", "0.25");
        Invoice instance = document("3", "Instance", "1.75");
        assertThat(Morpheus.spend(Array.of(one, other), RUNNING, USD)).isEqualTo(Either.right(usd("1.75")));
        assertThat(Morpheus.spend(Array.empty(), RUNNING, USD)).isEqualTo(Either.right(usd("0")));
        assertThat(Morpheus.spend(Array.of(one, instance, other), RUNNING, USD)
                        .getLeft()
                        .message())
                .isEqualTo("Spend is summed over documents of one type, but these are of Container, Instance");
    }

    @Test
    void a_summary_sums_what_is_reported_and_of_what_is_metered_the_total_and_what_runs() {
        Selection.At place = new Selection.At(Morpheus.INSTANCE, "331");
        Seq<Figures> leaves = Array.of("1.5", "0.25").map(MorpheusFiguresTest::metered);
        Figures metered = Morpheus.summarize(place, leaves, Basis.ESTIMATED, USD);
        Figures reported = Morpheus.summarize(place, leaves, Basis.ACTUAL, USD);
        assertThat(metered.amount(Morpheus.component("compute", Basis.ESTIMATED, Side.COST)))
                .isEqualTo(usd("0"));
        assertThat(metered.amount(Morpheus.total(Basis.ESTIMATED, Side.COST))).isEqualTo(usd("1.75"));
        assertThat(metered.amount(Morpheus.running(Basis.ESTIMATED, Side.COST))).isEqualTo(usd("1.75"));
        assertThat(reported.amount(Morpheus.component("compute", Basis.ACTUAL, Side.COST)))
                .isEqualTo(usd("1.75"));
        assertThat(reported.amount(Morpheus.total(Basis.ACTUAL, Side.COST))).isEqualTo(usd("1.75"));
        assertThat(metered.verifySums(leaves)).isEmpty();
        assertThat(reported.verifySums(leaves)).isEmpty();
        assertThat(reported.verifySums(leaves.tail())).isNotEmpty();
    }

    @Test
    void what_is_shown_is_a_copy_of_one_basis() {
        Figures figures = Morpheus.show(metered("1.5"), Basis.ACTUAL);
        for (FigureKey key : Morpheus.keys(Basis.ACTUAL)) {
            assertThat(figures.amount(Morpheus.figure(key.name(), Option.none(), key.side())))
                    .isEqualTo(figures.amount(key));
        }
    }

    @Test
    void a_number_for_a_name_is_the_same_every_time_and_exact_as_a_double() {
        long number = Morpheus.number("Container/400");
        assertThat(Morpheus.number("Container/400")).isEqualTo(number);
        assertThat(Morpheus.number("Container/401")).isNotEqualTo(number);
        assertThat((long) (double) number).isEqualTo(number).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-1", "01", "1.0", "1234567890123456789"})
    void ids_on_the_wire_are_whole_numbers(String id) {
        assertThatThrownBy(() -> Morpheus.requireNumber(id, "Document id"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Document id must be a whole number of at most 18 digits, but was '" + id + "'");
    }

    private static Figures metered(String amount) {
        return Array.of(Basis.ESTIMATED, Basis.ACTUAL)
                .flatMap(Morpheus::keys)
                .foldLeft(Figures.NONE, (all, key) -> all.declare(key, "test", usd(amount)));
    }

    private static Invoice document(String id, String type, String amount) {
        return new Invoice.Running(
                head(id, type, HashMap.empty(), false), Figures.NONE.declare(RUNNING, "test", usd(amount)), 1);
    }

    private static Map<Dimension, Ref> at(Dimension dimension, String id) {
        return LinkedHashMap.of(dimension, new Ref(dimension.name(), id, id));
    }

    private static Head head(String id, String type, Map<Dimension, Ref> places, boolean isSummary) {
        AccountId root = new AccountId("1");
        return new Head(
                new InvoiceId(id),
                Morpheus.NAME,
                root,
                root,
                Option.some(new Ref(type, id, id)),
                Option.none(),
                places,
                Option.none(),
                USD,
                NOW,
                HashMap.of(Fact.SUMMARY, Attribute.of(isSummary)));
    }

    private static LineItem line(String category, String price, String cost) {
        return LineItem.builder(new LineId("1"), "vm", category, NOW, Origin.Provided.of("i-1"))
                .basis(Basis.ACTUAL)
                .price(usd(price))
                .cost(usd(cost))
                .build();
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}
