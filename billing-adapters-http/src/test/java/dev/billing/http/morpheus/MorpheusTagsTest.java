package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.http.morpheus.MorpheusFixture.Answer;
import dev.billing.http.morpheus.MorpheusOptions.Epoch;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags are put on and taken off, all of them or none. Document 100 has {@code env=qa} and {@code foo=bar}. */
class MorpheusTagsTest {

    private final MorpheusFixture world = MorpheusWorld.billed();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"tags":[]}                                                   |
            {"tags":null}                                                 | env=qa foo=bar
            {"tags":null,"addTags":null,"removeTags":null}                | env=qa foo=bar
            {}                                                            | env=qa foo=bar
            {"name":"x","labels":[1]}                                     | env=qa foo=bar
            {"tags":[{"name":"env","value":"prod"}]}                      | env=prod
            {"tags":[{"name":"new","value":"1"},{"name":"env"}]}          | env= new=1
            {"addTags":[{"name":"hello","value":"world"}]}                | env=qa foo=bar hello=world
            {"addTags":[{"name":"env","value":"prod"}]}                   | env=prod foo=bar
            {"addTags":[{"name":"ENV","value":"x"}]}                      | ENV=x env=qa foo=bar
            {"addTags":[{"name":"a","value":null},{"name":"b"}]}          | a= b= env=qa foo=bar
            {"addTags":[{"name":"a","value":1},{"name":"b","value":true},{"name":"c","value":1.50}]} | a=1 b=true c=1.50 env=qa foo=bar
            {"addTags":[{"name":"a","value":"1"},{"name":"a","value":"2"}]} | a=2 env=qa foo=bar
            {"addTags":[{"name":"a","value":"1","id":5,"x":{}}]}          | a=1 env=qa foo=bar
            {"removeTags":[{"name":"env","value":""}]}                    | foo=bar
            {"removeTags":[{"name":"env"}]}                               | foo=bar
            {"removeTags":[{"name":"env","value":null}]}                  | foo=bar
            {"removeTags":[{"name":"env","value":"  "}]}                  | foo=bar
            {"removeTags":[{"name":"env","value":"qa"}]}                  | foo=bar
            {"removeTags":[{"name":"env","value":"QA"}]}                  | env=qa foo=bar
            {"removeTags":[{"name":"Env"},{"name":"nothing"}]}            | env=qa foo=bar
            {"removeTags":[{"name":"env"},{"name":"env","value":"other"}]} | env=qa foo=bar
            {"addTags":[{"name":"env","value":"x"}],"tags":[{"name":"a","value":"1"}]} | a=1 env=x
            {"removeTags":[{"name":"a"}],"addTags":[{"name":"a","value":"1"}],"tags":[{"name":"b"}]} | b=
            """)
    void a_change_of_tags(String invoice, String tags) {
        Answer answer = world.put("/api/invoices/100", "{\"invoice\":" + invoice + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(tags(answer)).isEqualTo(Option.of(tags).getOrElse(""));
        assertThat(answer.body()).isEqualTo(world.get("/api/invoices/100").body());
    }

    @Test
    void ids_of_tags_stay_and_new_ones_are_new() {
        world.clock.set(Instant.parse("2020-05-09T00:00:00Z"));
        Answer answer = world.put(
                "/api/invoices/100",
                "{\"invoice\":{\"addTags\":[{\"name\":\"env\",\"value\":\"x\"},{\"name\":\"n\"}]}}");
        assertThat(answer.body()).contains("{\"id\":2,\"name\":\"env\",\"value\":\"x\"}");
        assertThat(answer.json().get("invoice").get("lastUpdated").asString()).isEqualTo("2020-05-09T00:00:00+0000");
        assertThat(answer.json().get("invoice").get("tags").get(2).get("id").asLong())
                .isNotIn(1L, 2L)
                .isPositive();
    }

    @Test
    void the_second_epoch_says_success_first() {
        MorpheusFixture b = MorpheusWorld.billed(new MorpheusFixture().in(Epoch.B));
        Answer answer = b.put("/api/invoices/100", "{\"invoice\":{\"tags\":[]}}");
        assertThat(answer.body())
                .startsWith("{\"success\":true,\"invoice\":{\"id\":100,")
                .endsWith("},\"masterAccount\":true}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                            | body    | must be valid JSON
            {                                             | body    | must be valid JSON
            {"invoice":{}} x                              | body    | must be valid JSON
            {"invoice":{},"invoice":{}}                   | body    | must be valid JSON
            {"invoice":{"addTags":[{"name":"a\\u0000"}]}} | body    | must be valid JSON
            {"invoice":{"addTags":[{"name":"a\\ud800"}]}} | body    | must be valid JSON
            {"invoice":{"addTags":[{"name":"a","value":NaN}]}} | body | must be valid JSON
            []                                            | invoice | is required
            null                                          | invoice | is required
            {}                                            | invoice | is required
            {"invoice":null}                              | invoice | is required
            {"invoice":[]}                                | invoice | is required
            {"invoice":"x"}                               | invoice | is required
            {"tags":[]}                                   | invoice | is required
            {"invoice":{"tags":{}}}                       | tags    | must be an array of objects with a name
            {"invoice":{"tags":"env"}}                    | tags    | must be an array of objects with a name
            {"invoice":{"addTags":["env"]}}               | addTags | must be an array of objects with a name
            {"invoice":{"addTags":[null]}}                | addTags | must be an array of objects with a name
            {"invoice":{"addTags":[{"value":"x"}]}}       | addTags | must be an array of objects with a name
            {"invoice":{"addTags":[{"name":" "}]}}        | addTags | must be an array of objects with a name
            {"invoice":{"addTags":[{"name":null}]}}       | addTags | must be an array of objects with a name
            {"invoice":{"addTags":[{"name":["a"]}]}}      | addTags | must be an array of objects with a name
            {"invoice":{"addTags":[{"name":"ok"},{"name":"a","value":{}}]}} | addTags | must be an array of objects with a name
            {"invoice":{"removeTags":[{"name":"a","value":[]}],"tags":[]}} | removeTags | must be an array of objects with a name
            """)
    void a_refused_body_changes_nothing(String body, String field, String sentence) {
        Answer answer = world.put("/api/invoices/100", Option.of(body).getOrElse(""));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"success\":false,\"msg\":\"Unable to update invoice\",\"errors\":{\"" + field + "\":\""
                        + sentence + "\"}}");
        assertUnchanged();
    }

    @Test
    void all_that_is_wrong_with_a_body_is_told_together() {
        assertThat(world.put("/api/invoices/100", "{\"invoice\":{\"tags\":1,\"addTags\":2,\"removeTags\":3}}")
                        .body())
                .contains(
                        "\"errors\":{\"tags\":\"must be an", "\"addTags\":\"must be an", "\"removeTags\":\"must be an");
        assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource({",", "text/plain,", "application/jsonx,", "application/x-www-form-urlencoded,"})
    void a_body_must_be_said_to_be_json(String contentType, String none) {
        Answer answer = world.send(
                "PUT",
                "/api/invoices/100",
                Option.some("Bearer " + MASTER),
                Option.of(contentType),
                "{\"invoice\":{\"tags\":[]}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"success\":false,\"msg\":\"Unable to update invoice\",\"errors\":{\"body\":"
                        + "\"must be application/json\"}}");
        assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource({"application/json", "application/json;charset=UTF-8", "APPLICATION/JSON ; charset=utf-8"})
    void json_may_come_with_parameters(String contentType) {
        assertThat(world.send(
                                "PUT",
                                "/api/invoices/100",
                                Option.some("bearer " + MASTER),
                                Option.some(contentType),
                                "{\"invoice\":{\"tags\":[]}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void bodies_have_limits() {
        String tag = "{\"invoice\":{\"addTags\":[{\"name\":\"n\",\"value\":%s}]}}";
        for (String body : Array.of(
                String.format(Locale.ROOT, tag, "\"" + "x".repeat(1_000_000) + "\""),
                String.format(Locale.ROOT, tag, "9".repeat(2_000)),
                "{\"a\":" + "[".repeat(500) + "]".repeat(500) + ",\"invoice\":{}}")) {
            assertThat(world.put("/api/invoices/100", body).body()).contains("{\"body\":\"must be valid JSON\"}");
        }
        for (String value : Array.of("\"" + "x".repeat(2_001) + "\"", "\"a\\nb\"")) {
            Answer answer = world.put("/api/invoices/100", String.format(Locale.ROOT, tag, value));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("{\"addTags\":\"must have names of at most 200 and values of at most 2000");
        }
        String many =
                Array.range(0, 1_001).map(i -> "{\"name\":\"n" + i + "\"}").mkString(",");
        assertThat(world.put("/api/invoices/100", "{\"invoice\":{\"tags\":[" + many + "]}}")
                        .body())
                .contains("{\"tags\":\"must have at most 1000 tags\"}");
        String almost =
                Array.range(0, 999).map(i -> "{\"name\":\"n" + i + "\"}").mkString(",");
        assertThat(world.put("/api/invoices/100", "{\"invoice\":{\"addTags\":[" + almost + "]}}")
                        .body())
                .contains("{\"tags\":\"must have at most 1000 tags\"}");
        assertUnchanged();
        assertThat(world.put("/api/invoices/100", String.format(Locale.ROOT, tag, "1E100000000"))
                        .body())
                .as("a number stays the text that it is")
                .contains("\"value\":\"1E100000000\"");
    }

    @Test
    void two_writers_at_once_both_win() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        CyclicBarrier start = new CyclicBarrier(2);
        try {
            for (Future<Answer> answer : IntStream.range(0, 2)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        return world.put(
                                "/api/invoices/100", "{\"invoice\":{\"addTags\":[{\"name\":\"writer" + i + "\"}]}}");
                    }))
                    .toList()) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(tags(world.get("/api/invoices/100"))).isEqualTo("env=qa foo=bar writer0= writer1=");
    }

    private void assertUnchanged() {
        assertThat(tags(world.get("/api/invoices/100"))).isEqualTo("env=qa foo=bar");
    }

    private static String tags(Answer answer) {
        return Array.ofAll(answer.json().get("invoice").get("tags"))
                .map(tag -> tag.get("name").asString() + "=" + tag.get("value").asString())
                .mkString(" ");
    }
}
