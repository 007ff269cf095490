package dev.billing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.billing.http.StrictJson.Elements;
import dev.billing.http.StrictJson.Literal;
import dev.billing.http.StrictJson.Members;
import dev.billing.http.StrictJson.Null;
import dev.billing.http.StrictJson.Text;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void a_document_is_read_as_it_is() {
        Members read = (Members)
                read(" {\"b\":[1,true,null,\"x\\n\"],\"a\":{},\"\":-1.50E+3} ").get();
        assertThat(read)
                .isEqualTo(new Members(LinkedHashMap.of(
                        "b", new Elements(Array.of(new Literal("1"), new Literal("true"), new Null(), new Text("x\n"))),
                        "a", new Members(LinkedHashMap.empty()),
                        "", new Literal("-1.50E+3"))));
        assertThat(read.all().keySet()).containsExactly("b", "a", "");
    }

    @Test
    void a_member_that_is_null_counts_as_missing() {
        Members read = (Members) read("{\"a\":null,\"b\":false}").get();
        assertThat(read.find("a")).isEmpty();
        assertThat(read.find("c")).isEmpty();
        assertThat(read.find("b")).contains(new Literal("false"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{} {}",
                "{}x",
                "1 2",
                "01",
                "+1",
                ".5",
                "NaN",
                "Infinity",
                "tru",
                "\"a",
                "\"\t\"",
                "// comment\n1",
                "{\"a\":1,\"a\":1}",
                "[{\"a\":{\"b\":1,\"\\u0062\":2}}]",
                "\"\\u0000\"",
                "{\"\\u0000\":1}",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\uFEFF{}"
            })
    void whatever_else_is_none(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void bytes_that_are_no_utf8_are_none() {
        assertThat(StrictJson.read(new byte[] {'"', (byte) 0xC3, '"'})).isEmpty();
        assertThat(StrictJson.read(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
                .isEmpty();
    }

    @Test
    void both_halves_of_a_character_are_one() {
        assertThat(read("\"\\ud83d\\ude00\"")).contains(new Text("\uD83D\uDE00"));
    }

    @Test
    void nesting_has_a_limit() {
        assertThat(read(nested(StrictJson.MAX_DEPTH))).isNotEmpty();
        assertThat(read(nested(StrictJson.MAX_DEPTH + 1))).isEmpty();
        assertThat(read("[".repeat(100_000))).isEmpty();
    }

    @Test
    void numbers_are_never_computed() {
        assertTimeout(
                Duration.ofSeconds(10), () -> assertThat(read("1E100000000")).contains(new Literal("1E100000000")));
        assertThat(read("9".repeat(100_000))).isEmpty();
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static Option<StrictJson> read(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
