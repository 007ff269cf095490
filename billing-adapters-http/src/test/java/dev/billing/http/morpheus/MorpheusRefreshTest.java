package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MASTER;
import static dev.billing.http.morpheus.MorpheusFixture.ROOT;
import static dev.billing.http.morpheus.MorpheusFixture.SUB;
import static dev.billing.http.morpheus.MorpheusFixture.SUB_TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.http.morpheus.MorpheusFixture.Answer;
import dev.billing.http.morpheus.MorpheusOptions.Epoch;
import dev.billing.port.Principal;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clouds that somebody wants billed again. It is 8 May 2020, 11 o'clock in New York. */
class MorpheusRefreshTest {

    private final Recording clouds = new Recording();
    private final MorpheusFixture world = world(Epoch.A);

    private MorpheusFixture world(Epoch epoch) {
        MorpheusFixture fixture = new MorpheusFixture().in(epoch).with(clouds);
        fixture.clock.set(Instant.parse("2020-05-08T15:00:08Z"));
        return fixture;
    }

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void the_work_is_handed_over_and_not_awaited(Epoch epoch) {
        Answer answer = world(epoch)
                .post("/api/invoices/refresh", MASTER, "{\"all\":true,\"date\":\"202005\",\"rebuild\":true}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"success\":true,\"msg\":\"Refreshing invoices\"}");
        assertThat(answer.headers().get("Content-Type")).contains("application/json;charset=UTF-8");
        CloudRefresh.Request request = clouds.requests.head();
        assertThat(request.clouds()).isEmpty();
        assertThat(request.date()).contains(Instant.parse("2020-06-01T03:59:59Z"));
        assertThat(request.rebuild()).isTrue();
        assertThat(request.caller().name()).isEqualTo("root");
    }

    @Test
    void clouds_are_named_by_numbers_or_digits() {
        assertThat(post(MASTER, "{\"clouds\":[39,\"50\",39]}").status()).isEqualTo(200);
        CloudRefresh.Request request = clouds.requests.head();
        assertThat(request.clouds().get()).containsExactlyInAnyOrder("39", "50");
        assertThat(request.date()).isEmpty();
        assertThat(request.rebuild()).isFalse();
    }

    @Test
    void all_wins_over_names_and_for_a_sub_tenant_means_its_own() {
        assertThat(post(SUB_TENANT, "{\"all\":true,\"clouds\":[50]}").status()).isEqualTo(200);
        assertThat(clouds.requests.head().clouds()).isEmpty();
        assertThat(clouds.requests.head().caller().account()).contains(SUB);
    }

    @ParameterizedTest
    @CsvSource({
        "202005,                    2020-06-01T03:59:59Z",
        "202004,                    2020-05-01T03:59:59Z",
        "2020-05-08,                2020-05-09T03:59:59Z",
        "2020-05-01,                2020-05-02T03:59:59Z",
        "2020-05-03T12:00:00Z,      2020-05-03T12:00:00Z",
        "2020-05-03T12:00:00+0000,  2020-05-03T12:00:00Z",
        "2020-05-08T15:00:08Z,      2020-05-08T15:00:08Z"
    })
    void a_date_is_a_month_a_day_or_an_instant(String date, Instant meant) {
        assertThat(post(MASTER, "{\"all\":true,\"date\":\"" + date + "\"}").status())
                .isEqualTo(200);
        assertThat(clouds.requests.head().date()).contains(meant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            master-token | {}                                     | clouds  | must name clouds, or set all
            master-token | []                                     | clouds  | must name clouds, or set all
            master-token | {"all":false}                          | clouds  | must name clouds, or set all
            master-token | {"all":null,"clouds":null}             | clouds  | must name clouds, or set all
            master-token | {"clouds":[]}                          | clouds  | must name clouds, or set all
            master-token | {"clouds":39}                          | clouds  | must name clouds, or set all
            master-token | {"clouds":[null]}                      | clouds  | must name clouds, or set all
            master-token | {"clouds":[{"id":39}]}                 | clouds  | must name clouds, or set all
            master-token | {"clouds":["qa-amazon"]}               | clouds  | must name clouds, or set all
            master-token | {"clouds":[39,41]}                     | clouds  | unknown cloud 41
            sub-token    | {"clouds":[39]}                        | clouds  | unknown cloud 39
            sub-token    | {"clouds":[41]}                        | clouds  | unknown cloud 41
            sub-token    | {"all":true,"clouds":[39]}             | clouds  | unknown cloud 39
            master-token | {"all":"perhaps","clouds":[39]}        | all     | must be true or false
            master-token | {"all":true,"rebuild":1}               | rebuild | must be true or false
            master-token | {"all":true,"date":"May"}              | date    | must be YYYY-MM-DD
            master-token | {"all":true,"date":"202013"}           | date    | must be YYYY-MM-DD
            master-token | {"all":true,"date":"2020-05-32"}       | date    | must be YYYY-MM-DD
            master-token | {"all":true,"date":{}}                 | date    | must be YYYY-MM-DD
            master-token | {"all":true,"date":"202006"}           | date    | must not be in the future
            master-token | {"all":true,"date":"2020-05-09"}       | date    | must not be in the future
            master-token | {"all":true,"date":"2020-05-08T15:00:09Z"} | date | must not be in the future
            master-token | {"all":true                            | body    | must be valid JSON
            """)
    void a_refused_request_starts_nothing(String token, String body, String field, String sentence) {
        Answer answer = post(token, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"success\":false,\"msg\":\"Unable to refresh invoices\",\"errors\":{\"" + field + "\":\""
                        + sentence + "\"}}");
        assertThat(clouds.requests).isEmpty();
    }

    @Test
    void a_sub_tenant_names_its_own_clouds() {
        assertThat(post(SUB_TENANT, "{\"clouds\":[50]}").status()).isEqualTo(200);
        assertThat(clouds.requests.head().clouds().get()).containsExactly("50");
    }

    @Test
    void a_body_must_be_said_to_be_json() {
        assertThat(world.send(
                                "POST",
                                "/api/invoices/refresh",
                                Option.some("Bearer " + MASTER),
                                Option.none(),
                                "{\"all\":true}")
                        .body())
                .isEqualTo("{\"success\":false,\"msg\":\"Unable to refresh invoices\",\"errors\":{\"body\":"
                        + "\"must be application/json\"}}");
        assertThat(clouds.requests).isEmpty();
    }

    @Test
    void where_nothing_is_refreshed_no_cloud_is_known() {
        MorpheusFixture none = new MorpheusFixture();
        assertThat(none.post("/api/invoices/refresh", MASTER, "{\"clouds\":[39]}")
                        .status())
                .isEqualTo(400);
        assertThat(none.post("/api/invoices/refresh", MASTER, "{\"all\":true}").status())
                .isEqualTo(200);
    }

    private Answer post(String token, String body) {
        return world.post("/api/invoices/refresh", token, body);
    }

    /** Keeps what is asked for. */
    private static final class Recording implements CloudRefresh {

        private static final Map<String, AccountId> OWNERS = HashMap.of("39", ROOT, "50", SUB);
        private Seq<Request> requests = Array.empty();

        @Override
        public Option<AccountId> ownerOf(Principal caller, String cloudId) {
            return OWNERS.get(cloudId);
        }

        @Override
        public void refresh(Request request) {
            requests = requests.append(request);
        }
    }
}
