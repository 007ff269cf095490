package dev.billing.http.akkeris;

import static dev.billing.http.akkeris.AkkerisFixture.TOKEN;
import static dev.billing.http.akkeris.AkkerisFixture.send;
import static dev.billing.http.akkeris.AkkerisFixture.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.profile.Akkeris;
import dev.billing.http.akkeris.AkkerisFixture.Answer;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes, authorization and statuses: who asks what, and which check answers. */
class AkkerisRoutesTest {

    private static final String NOT_FOUND = "The specified invoice was not found.";

    private final AkkerisFixture fixture = AkkerisFixture.at("2017-02-05T22:16:56.616Z")
            .app("acme/shop/prod", "2016-12-10")
            .addon("acme/shop/prod", "redis:small", "140", "2016-12-10", "-");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/account/invoices",
                "/organizations/acme/invoices",
                "/organization/acme/invoices",
                "/spaces/prod/invoices",
                "/space/prod/invoices",
                "/ACCOUNT/Invoices",
                "/Organizations/acme/INVOICES"
            })
    void lists_and_invoices_are_served_under_each_route_and_alias(String list) {
        assertThat(fixture.get(list).status()).isEqualTo(200);
        assertThat(fixture.get(list + "/2017-01-01").status()).isEqualTo(200);
    }

    @Test
    void every_reference_is_plural_and_repeats_the_scope_as_it_was_written() {
        String id = uuid("organization", "acme").toUpperCase(Locale.ROOT);
        assertThat(fixture.get("/organization/" + id + "/invoices").body())
                .startsWith("[{\"$ref\":\"/organizations/" + id + "/invoices/2016-12-01\"}");
        assertThat(fixture.get("/space/prod/invoices").body())
                .startsWith("[{\"$ref\":\"/spaces/prod/invoices/2016-12-01\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/account",
                "/account/invoices/",
                "/account/invoices/2017-01-01/",
                "/account/invoices?x=1",
                "/account/invoices?",
                "/account/invoices/2017-01-01?pretty=true",
                "/anything/account/invoices",
                "/organizations/invoices",
                "/organizations/ac%20me/invoices",
                "/organizations/ac%6De/invoices",
                "/organizations/acmé/invoices",
                "/account/invoices/2017-01-01%00",
                "//account/invoices",
                "/accounts/invoices"
            })
    void what_is_no_route_is_an_empty_404_even_without_a_token(String target) {
        assertEmpty(send(fixture.dialect(), "GET", target, ""), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void other_methods_are_an_empty_404(String method) {
        assertEmpty(send(fixture.dialect(), method, "/account/invoices", "Bearer " + TOKEN), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer secret", "bearer secret", "BEARER  secret", "secret"})
    void bearer_and_raw_tokens_are_accepted(String authorization) {
        assertThat(send(fixture.dialect(), "GET", "/account/invoices", authorization)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"any:secret", ":secret"})
    void a_token_is_accepted_as_the_password_of_basic(String credentials) {
        assertThat(basic(credentials).status()).isEqualTo(200);
        assertThat(send(fixture.dialect(), "GET", "/account/invoices", "bAsIc " + base64("u:secret"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret:", "secret:x", "secret", "x:secret:", "x:", ":"})
    void a_token_as_the_user_of_basic_or_a_wrong_password_is_an_empty_401(String credentials) {
        assertEmpty(basic(credentials), 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Basic", "Basic %%%", "Bearer wrong", "wrong", "Secret", "secret2"})
    void a_missing_or_refused_token_is_an_empty_401(String authorization) {
        Answer answer = send(fixture.dialect(), "GET", "/account/invoices/2017-01-01", authorization);
        assertEmpty(answer, 401);
        assertThat(answer.headers().keySet()).doesNotContain("WWW-Authenticate");
    }

    @Test
    void a_password_may_hold_colons() {
        assertThat(AkkerisToken.of("Basic " + base64("user:a:b"))).isEqualTo(Option.some("a:b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/organizations/other/invoices",
                "/organizations/ACME/invoices",
                "/organizations/other/invoices/2017-01-01",
                "/organizations/prod/invoices",
                "/spaces/acme/invoices/2017-01-01",
                "/spaces/other/invoices"
            })
    void an_unknown_scope_is_not_found(String path) {
        assertNotFound(fixture.get(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "2017-01",
                "2017-02-30",
                "2017-2-01",
                "2017-01-01T00",
                "2017-13-01",
                "2016-11-30",
                "2017-03-01",
                "0000-01-01",
                "9999-12-31"
            })
    void what_is_no_month_of_the_scope_is_not_found(String id) {
        assertNotFound(fixture.get("/account/invoices/" + id));
        assertNotFound(fixture.get("/organizations/acme/invoices/" + id));
    }

    @Test
    void authorization_is_checked_before_scope_and_id() {
        assertEmpty(send(fixture.dialect(), "GET", "/organizations/other/invoices/abc", "Bearer wrong"), 401);
    }

    @Test
    void a_scope_without_anything_has_an_empty_list_and_no_months() {
        AkkerisFixture empty = AkkerisFixture.at("2017-02-05T00:00:00Z");
        assertThat(empty.get("/account/invoices").body()).isEqualTo("[]");
        assertNotFound(empty.get("/account/invoices/2017-02-01"));
    }

    @Test
    void a_success_is_json_and_says_that_nothing_is_limited() {
        Answer answer = fixture.get("/account/invoices");
        assertThat(answer.contentType()).isEqualTo(Option.some("application/json"));
        assertThat(answer.headers().get("RateLimit-Remaining")).isEqualTo(Option.some("2400"));
    }

    @Test
    void a_base_path_goes_before_every_route_and_is_not_in_the_references() {
        var dialect = fixture.dialect(
                Akkeris.profile(), AkkerisOptions.of(AkkerisFixture.ACCOUNT).withBasePath("/akkeris"));
        assertThat(send(dialect, "GET", "/akkeris/account/invoices", TOKEN).body())
                .startsWith("[{\"$ref\":\"/account/invoices/2016-12-01\"}");
        assertEmpty(send(dialect, "GET", "/akkeris", TOKEN), 404);
    }

    private Answer basic(String credentials) {
        return send(fixture.dialect(), "GET", "/account/invoices", "Basic " + base64(credentials));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertEmpty(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.contentType()).isEqualTo(Option.none());
    }

    private static void assertNotFound(Answer answer) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(NOT_FOUND);
        assertThat(answer.contentType()).isEqualTo(Option.some("text/plain; charset=utf-8"));
    }
}
