package dev.billing.domain.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader says of trees that are not what they should be. */
class NotationReaderTest {

    /** A box of other boxes. */
    private record Box(int size, Option<String> label, Seq<Box> inner) {
        private Box {
            if (size < 1) {
                throw new IllegalArgumentException("A size must be from 1, but was " + size);
            }
        }
    }

    private static Option<Box> box(NotationReader in) {
        Option<Integer> size = in.value("size", Integer::valueOf);
        Option<String> label = in.valueIfThere("label", Function.identity());
        Seq<Box> inner = in.listIfThere("inner", NotationReaderTest::box);
        return in.make(() -> new Box(size.get(), label, inner));
    }

    private static Seq<String> problems(String json) {
        return NotationReader.read(JsonTrees.read(json), NotationReaderTest::box)
                .fold(problems -> problems.map(NotationProblem::message), box -> Array.empty());
    }

    @Test
    void reads_what_is_there() {
        assertThat(NotationReader.read(
                                JsonTrees.read("{size: 2, inner: [{size: 1, label: 'small'}]}"),
                                NotationReaderTest::box)
                        .get())
                .isEqualTo(new Box(2, Option.none(), Array.of(new Box(1, Option.some("small"), Array.empty()))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {}                                   | size: A value is required
                    {size: 0}                            | A size must be from 1, but was 0
                    {size: x}                            | size: For input string: "x" [x]
                    {size: [1]}                          | size: A text is required
                    {size: {}}                           | size: A text is required
                    {size: 1, inner: 2}                  | inner: A list is required [2]
                    {size: 1, inner: [1]}                | inner[0]: Fields are required [1]
                    {size: 1, inner: [[]]}               | inner[0]: Fields are required
                    {size: 1, lable: a}                  | lable: There is no such field; did you mean label?
                    {size: 1, LABEL: a}                  | LABEL: There is no such field; did you mean label?
                    {size: 1, colour: a}                 | colour: There is no such field; there are size, label, inner
                    {size: 1, "a.b": a}                  | ["a.b"]: There is no such field; there are size, label, inner
                    {size: 1, inner: [{size: 1}, {size: -1}]} | inner[1]: A size must be from 1, but was -1
                    1                                    | Fields are required [1]
                    []                                   | Fields are required
                    """)
    void names_the_path_the_rule_and_the_value(String json, String message) {
        assertThat(problems(json)).containsExactly(message);
    }

    @Test
    void tells_everything_at_once() {
        assertThat(problems("{size: x, extra: 1, inner: [{size: 0}, 7, {inner: {}, size: 3, lbel: b}]}"))
                .containsExactly(
                        "size: For input string: \"x\" [x]",
                        "inner[0]: A size must be from 1, but was 0",
                        "inner[1]: Fields are required [7]",
                        "inner[2].inner: A list is required",
                        "inner[2].lbel: There is no such field; did you mean label?",
                        "extra: There is no such field; there are size, label, inner");
    }

    @Test
    void a_kind_is_named_by_the_only_field() {
        Map<String, NotationReader.Reading<String>> kinds = LinkedHashMap.of(
                "circle", in -> in.text(r -> "circle " + r), "square", in -> in.text(a -> "square " + a));
        NotationReader.Reading<String> shape = in -> in.oneOf(kinds);
        assertThat(NotationReader.read(JsonTrees.read("{circle: 1}"), shape)).containsExactly("circle 1");
        assertThat(messages("{circel: 1}", shape))
                .containsExactly("circel: There is no such field; did you mean circle?");
        assertThat(messages("{}", shape)).containsExactly("There must be one field, one of circle, square");
        assertThat(messages("{circle: 1, square: 2}", shape))
                .containsExactly("There must be one field, one of circle, square");
        assertThat(messages("circle", shape)).containsExactly("Fields are required [circle]");
    }

    private static Seq<String> messages(String json, NotationReader.Reading<?> reading) {
        return NotationReader.read(JsonTrees.read(json), reading)
                .fold(problems -> problems.map(NotationProblem::message), read -> Array.empty());
    }

    @Test
    void refuses_what_is_nested_too_deep_or_has_too_many_values() {
        assertThat(problems("[".repeat(100) + "]".repeat(100))).containsExactly("Fields are required");
        String tooMuch = "There must be at most 1000000 values, nested at most 100 deep";
        assertThat(problems("[".repeat(101) + "]".repeat(101))).containsExactly(tooMuch);
        Notation wide = Notation.of(Array.fill(NotationReader.MAX_VALUES, Notation.of("1")));
        assertThat(NotationReader.read(wide, NotationReaderTest::box).getLeft().map(NotationProblem::message))
                .containsExactly(tooMuch);
    }

    @Test
    void a_reading_that_gives_nothing_must_say_why() {
        assertThatIllegalStateException().isThrownBy(() -> NotationReader.read(Notation.of("1"), in -> Option.none()));
    }

    @Test
    void long_values_are_shown_by_their_beginning() {
        assertThat(new NotationProblem("a", "No", "x".repeat(101)).message())
                .isEqualTo("a: No [" + "x".repeat(100) + "…]");
    }
}
