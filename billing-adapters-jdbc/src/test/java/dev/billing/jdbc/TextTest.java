package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.ALL;
import static dev.billing.jdbc.Samples.APP;
import static dev.billing.jdbc.Samples.NOW;
import static dev.billing.jdbc.Samples.TENANT;
import static dev.billing.jdbc.Samples.commit;
import static dev.billing.jdbc.Samples.issue;
import static dev.billing.jdbc.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.TextOrder;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Place;
import dev.billing.port.Ports;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextTest {

    private static final String HALF = "a\ud83d";

    @ParameterizedTest
    @EnumSource
    void half_of_a_surrogate_pair_is_refused_and_never_found(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        ports.invoices().commit(TENANT, commit(issue("a?")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ports.invoices().commit(TENANT, commit(issue(HALF))))
                .withMessageContaining("half of a surrogate pair");
        assertThat(ports.invoices().find(ALL, new InvoiceId(HALF))).isEmpty();
        assertThat(ports.invoices().find(Access.to(TENANT, new AccountId(HALF)), new InvoiceId("a?")))
                .isEmpty();
        assertThat(ports.directory().find(TENANT, APP, HALF)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ports.directory().put(TENANT, new Place(APP, Ref.named("app", HALF), HashMap.empty(), NOW)));
    }

    @ParameterizedTest
    @EnumSource
    void what_came_along_is_kept_whatever_characters_it_has(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        String odd = "\u0000\u0001\t\r\n\u007f\u2028\ufffe\uffff\ud83d\ude00\"\\/ ${text}";
        LineItem line = provided("line", HashMap.of(odd, odd, "", ""), Option.some(odd));
        ports.invoices().commit(TENANT, commit(issue("invoice", line)));
        assertThat(lines(ports.invoices(), "invoice")).containsExactly(line);
    }

    @ParameterizedTest
    @EnumSource
    void names_of_any_number_and_length_are_kept(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        var names = Array.range(0, 5_000).toMap(i -> Tuple.of("name " + i, "value"));
        LineItem line = provided("line", names.put("n".repeat(60_000), "long"), Option.none());
        ports.invoices().commit(TENANT, commit(issue("invoice", line)));
        assertThat(lines(ports.invoices(), "invoice")).containsExactly(line);
    }

    @ParameterizedTest
    @EnumSource
    void a_text_that_is_too_long_is_refused(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        LineItem long_ = provided("line", HashMap.empty(), Option.some("x".repeat(1_000_001)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ports.invoices().commit(TENANT, commit(issue("invoice", long_))))
                .withMessageContaining("at most 1000000 characters");
        assertThat(ports.invoices().find(ALL, new InvoiceId("invoice"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void every_description_contains_nothing(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        ports.invoices().commit(TENANT, commit(issue("invoice", Samples.line("a", "1"))));
        LineItemQuery query = new LineItemQuery(InvoiceQuery.ALL, Selection.of(new Selection.DescriptionContains("")));
        int found = ports.invoices()
                .lines(ALL, query, lines -> Array.ofAll(() -> lines).size());
        assertThat(found).isOne();
    }

    private static LineItem provided(String id, Map<String, String> text, Option<String> raw) {
        return LineItem.builder(new LineId(id), "sku", "compute", NOW, new Origin.Provided(id, text, raw))
                .price(Money.of("USD", "1"))
                .tags(text)
                .build();
    }

    @Test
    void folding_agrees_with_comparing_without_case() {
        for (char one = 0; one < Character.MAX_VALUE; one++) {
            if (!Character.isSurrogate(one)) {
                for (char other : new char[] {Character.toUpperCase(one), Character.toLowerCase(one), 'k', 'i', 'ß'}) {
                    String left = String.valueOf(one);
                    String right = String.valueOf(other);
                    assertThat(TextOrder.folded(left).equals(TextOrder.folded(right)))
                            .isEqualTo(left.equalsIgnoreCase(right));
                }
            }
        }
    }

    @Test
    void pairs_of_surrogates_are_well_formed() {
        assertThat(Text.isWellFormed("")).isTrue();
        assertThat(Text.isWellFormed("a\ud83d\ude00b")).isTrue();
        assertThat(Text.isWellFormed("\ud83d\ud83d\ude00")).isFalse();
        assertThat(Text.isWellFormed("\ude00\ud83d")).isFalse();
        assertThat(Text.isWellFormed("\ude00")).isFalse();
        assertThat(Text.isWellFormed("a\0b")).isFalse();
    }
}
