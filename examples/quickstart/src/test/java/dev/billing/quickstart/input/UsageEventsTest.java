package dev.billing.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.usage.FactId;
import dev.billing.quickstart.input.FactFiles.Line;
import dev.billing.usecase.Report;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usage as CloudEvents. */
class UsageEventsTest {

    private static final String EVENT = """
            {"specversion": "1.0", "id": "42", "source": "/gw", "type": "egress", "subject": "acme", "time": "2017-01-03T06:00:00+02:00", "data": {"quantity": 0.10000000000000000001, "region": "eu", "peak": true, "size": 3}}""";

    private final List<String> problems = new ArrayList<>();

    private Seq<Report.Used> read(String content) throws IOException {
        return UsageEvents.read(Texts.file("usage.ndjson", content), problem -> problems.add(problem.toString()))
                .map(Line::value)
                .map(Report.Used.class::cast);
    }

    @Test
    void an_event_is_a_fact() throws IOException {
        assertThat(read(EVENT + "\r\n\n"))
                .containsExactly(new Report.Used(
                        new FactId("/gw 42"),
                        new AccountId("acme"),
                        "egress",
                        new BigDecimal("0.10000000000000000001"),
                        Instant.parse("2017-01-03T04:00:00Z"),
                        LinkedHashMap.empty(),
                        LinkedHashMap.of("region", "eu", "peak", "true", "size", "3")));
        assertThat(problems).isEmpty();
    }

    @Test
    void what_is_missing_has_a_usual_value_and_extensions_are_passed_over() throws IOException {
        Report.Used used = read("""
                        {"specversion":"1.0","id":"1","source":"s","type":"t","time":"2017-01-03T04:00:00Z","traceparent":"00","partitionkey":7}""").head();
        assertThat(used.account()).isEqualTo(FactFiles.MAIN);
        assertThat(used.quantity()).isEqualByComparingTo("1");
        assertThat(used.properties()).isEmpty();
    }

    @Test
    void places_are_those_of_tables() throws IOException {
        Report.Used used = read(EVENT.replace(
                        "\"peak\": true", "\"places\": {\"organization\":\"o\",\"space\":\"s\",\"app\":\"a\"}"))
                .head();
        Report.Used row =
                (Report.Used) FactFiles.usage(Texts.file("usage.csv", """
                                id,organization,space,app,meter,quantity,at,property:region,property:size,other
                                1,o,s,a,egress,-1.5,2017-01-03,eu,,x
                                """), problem -> problems.add(problem.toString()))
                        .head()
                        .value();
        assertThat(used.places()).isEqualTo(row.places());
        assertThat(used.places().get(Akkeris.APP).get().name()).isEqualTo("a");
        assertThat(row.properties()).isEqualTo(LinkedHashMap.of("region", "eu"));
        assertThat(row.quantity()).isEqualByComparingTo("-1.5");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    "1.0"                 | "0.3"                  | 2: specversion: It must be 1.0 [0.3]
                    "id": "42"            | "id": ""               | 2: id: It must not be empty
                    "type": "egress"      | "type" "egress"        | 2: Unexpected character
                    "id": "42",           |                        | 2: id: A value is required
                    "/gw"                 | "/g w"                 | 2: source: A source must have no spaces [/g w]
                    "type"                | "Type"                 | 2: type: A value is required
                    "type"                | "Type"                 | 2: Type: There is no such field; did you mean type?
                    "time"                | "timestamp"            | 2: time: A value is required
                    2017-01-03T06         | 2017-01-32T06          | 2: time: Text '2017-01-32T06:00:00+02:00' could not be parsed
                    "data": {             | "datacontenttype": "text/xml", "data": { | 2: datacontenttype: It must be application/json [text/xml]
                    "data": {             | "data_base64": "", "data": { | 2: data_base64: There is no such field
                    0.10000000000000000001 | "x"                   | 2: data.quantity: Not a decimal: x [x]
                    "eu"                  | {"a": 1}               | 2: data.region: A text is required
                    "peak": true          | "places": {"app": "a"} | 2: data.places.organization: A value is required
                    "peak": true          | "region": "us"         | 2: data.region: Duplicate field: each name must be there once
                    "acme"                | ""                     | 2: subject:
                    """)
    void a_wrong_event_is_told_with_its_line_and_path(String old, String wrong, String message) throws IOException {
        String bad = EVENT.replace(old, wrong == null ? "" : wrong);
        Seq<Report.Used> read = read(EVENT + "\n" + bad + "\n" + EVENT.replace("42", "43") + "\n");
        assertThat(String.join("\n", problems)).contains("usage.ndjson:" + message);
        assertThat(read.map(used -> used.id().value())).containsExactly("/gw 42", "/gw 43");
    }

    @Test
    void lines_that_are_no_events_are_told() throws IOException {
        read("[]\n{} {}\nnot json\n" + "x".repeat(1_000_001) + "\n");
        assertThat(problems).hasSize(4).first().asString().isEqualTo("usage.ndjson:1: Fields are required");
        assertThat(problems.get(1)).isEqualTo("usage.ndjson:2: There must be one value, but more follows");
        assertThat(problems.get(2)).startsWith("usage.ndjson:3: Unrecognized token");
        assertThat(problems.get(3)).isEqualTo("usage.ndjson:4: A line must have at most 1000000 characters");
    }

    @Test
    void a_broken_encoding_ends_the_file() throws IOException {
        Seq<Line<Report>> read = UsageEvents.read(
                Texts.file("usage.ndjson", new byte[] {'\n', (byte) 0xff, '\n'}),
                problem -> problems.add(problem.toString()));
        assertThat(read).isEqualTo(Array.empty());
        assertThat(problems).containsExactly("usage.ndjson:1: After this line: a file must be in UTF-8");
    }
}
