package dev.billing.domain.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Ref;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class LineOrderProperties {

    private static final LineOrder BY_ORGANIZATION_AND_APP =
            LineOrder.by(DomainArbitraries.ORGANIZATION, DomainArbitraries.APP);

    @Property(tries = 1_000)
    void every_line_is_kept_and_counted_from_zero(@ForAll @Size(max = 12) List<LineItem> lines) {
        Seq<LineItem> arranged = BY_ORGANIZATION_AND_APP.arrange(Array.ofAll(lines));
        assertThat(arranged.map(LineItem::position))
                .isEqualTo(Array.range(0, lines.size()).map(Integer::longValue));
        assertThat(arranged.map(line -> line.at(0)))
                .containsExactlyInAnyOrderElementsOf(Array.ofAll(lines).map(line -> line.at(0)));
    }

    @Property(tries = 1_000)
    void of_two_neighbours_the_first_is_before_or_was_recorded_earlier(@ForAll @Size(max = 12) List<LineItem> lines) {
        Seq<LineItem> numbered = Array.ofAll(lines).zipWithIndex((line, i) -> withId(line, i));
        Seq<LineItem> arranged = BY_ORGANIZATION_AND_APP.arrange(numbered);
        for (int i = 0; i + 1 < arranged.size(); i++) {
            int order = byCodePoints(name(arranged.get(i)), name(arranged.get(i + 1)));
            assertThat(order).isNotPositive();
            if (order == 0) {
                assertThat(recorded(arranged.get(i))).isLessThan(recorded(arranged.get(i + 1)));
            }
        }
    }

    @Property(tries = 1_000)
    void as_recorded_changes_nothing_but_positions(@ForAll @Size(max = 12) List<LineItem> lines) {
        assertThat(LineOrder.AS_RECORDED.arrange(Array.ofAll(lines)).map(line -> line.at(0)))
                .containsExactlyElementsOf(Array.ofAll(lines).map(line -> line.at(0)));
    }

    @Property(tries = 1_000)
    void names_are_ordered_by_code_points(@ForAll("names") String one, @ForAll("names") String other) {
        Seq<LineItem> arranged = LineOrder.by(DomainArbitraries.APP).arrange(Array.of(app(one), app(other)));
        boolean kept = byCodePoints(codePoints(one), codePoints(other)) <= 0;
        assertThat(arranged.head().description()).isEqualTo(kept ? one : other);
    }

    @Example
    void a_supplementary_character_comes_after_all_others() {
        assertThat("\uD83D\uDE00").as("as UTF-16 it comes before").isLessThan("\uFF61");
        assertThat(LineOrder.by(DomainArbitraries.APP)
                        .arrange(Array.of(app("\uD83D\uDE00"), app("\uFF61"), app("a"), app("Z"), app("")))
                        .map(LineItem::description))
                .containsExactly("", "Z", "a", "\uFF61", "\uD83D\uDE00");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "B", "-", "\uFF61", "\uD83D\uDE00", "\uE000", "\uD83D\uDE01")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    private static LineItem app(String name) {
        Ref place = new Ref("app", "an id", name);
        return LineItem.builder(new LineId("1"), "sku", "category", Instant.EPOCH, Origin.Provided.of("1"))
                .description(name)
                .price(Money.zero(DomainArbitraries.USD))
                .places(HashMap.of(DomainArbitraries.APP, place))
                .build();
    }

    private static LineItem withId(LineItem line, int id) {
        return LineItem.builder(
                        new LineId(String.valueOf(id)), line.sku(), line.category(), line.postedAt(), line.origin())
                .price(Money.zero(DomainArbitraries.USD))
                .places(line.places())
                .build();
    }

    private static int recorded(LineItem line) {
        return Integer.parseInt(line.id().value());
    }

    /** Organization, then something lower than any character, then app. */
    private static int[] name(LineItem line) {
        String organization =
                line.places().get(DomainArbitraries.ORGANIZATION).map(Ref::name).getOrElse("");
        String app = line.places().get(DomainArbitraries.APP).map(Ref::name).getOrElse("");
        return codePoints(organization + "\u0000" + app);
    }

    private static int[] codePoints(String text) {
        return text.codePoints().toArray();
    }

    private static int byCodePoints(int[] one, int[] other) {
        return Arrays.compare(one, other);
    }
}
