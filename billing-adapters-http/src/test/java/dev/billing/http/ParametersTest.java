package dev.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.http.Parameters.Parameter;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    @Test
    void keeps_the_order_and_what_was_sent() {
        assertThat(of("b=2&a=%31&b=&c").all())
                .containsExactly(
                        new Parameter("b", "2", "b=2"),
                        new Parameter("a", "1", "a=%31"),
                        new Parameter("b", "", "b="),
                        new Parameter("c", "", "c"));
    }

    @Test
    void finds_values_by_name() {
        Parameters parameters = of("b=2&a=1&b=3");
        assertThat(parameters.values("b")).containsExactly("2", "3");
        assertThat(parameters.values("x")).isEmpty();
        assertThat(parameters.first("b")).contains("2");
        assertThat(parameters.first("B")).isEmpty();
        assertThat(parameters.byName().toArray().map(entry -> entry._1 + entry._2.mkString()))
                .containsExactly("b23", "a1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "&&&"})
    void empty_parts_are_no_parameters(String query) {
        assertThat(of(query).all()).isEmpty();
    }

    @Test
    void no_query_has_no_parameters() {
        assertThat(Parameters.of(Option.none()).all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a+b, a b, a+b",
        "a%20b, a b, a b",
        "a%2Bb, a+b, a+b",
        "%e2%82%AC, €, €",
        "€, €, €",
        "%, %, %",
        "100%, 100%, 100%",
        "%4, %4, %4",
        "%zz%41, %zzA, %zzA",
        "%%34, %4, %4",
        "a=b=c, a=b=c, a=b=c"
    })
    void decodes_values_and_segments(String text, String value, String segment) {
        assertThat(of("x=" + text).first("x")).contains(value);
        assertThat(Parameters.decodedSegment(text)).isEqualTo(segment);
    }

    @Test
    void names_are_decoded_too() {
        assertThat(of("page%4Eum=1&a+b=2").byName().keySet())
                .isEqualTo(Array.of("pageNum", "a b").toLinkedSet());
    }

    @Property
    void reads_what_forms_write(
            @ForAll @StringLength(max = 20) String name, @ForAll @StringLength(max = 20) String value) {
        String query = encoded(name) + "=" + encoded(value);
        Parameter read = of(query).all().get(0);
        assertThat(encoded(read.name())).isEqualTo(encoded(name));
        assertThat(encoded(read.value())).isEqualTo(encoded(value));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Parameters of(String query) {
        return Parameters.of(Option.some(query));
    }
}
