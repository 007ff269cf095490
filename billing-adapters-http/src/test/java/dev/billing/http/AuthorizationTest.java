package dev.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.http.Authorization.UserAndPassword;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {

    @ParameterizedTest
    @CsvSource({
        "Bearer abc, bearer, abc",
        "BASIC   abc, basic, abc",
        "digest a=b c, digest, a=b c",
        "Digest, digest, ''"
    })
    void a_header_is_a_scheme_in_any_case_and_what_follows(String header, String scheme, String credentials) {
        assertThat(Authorization.of(header)).isEqualTo(Option.some(new Authorization(scheme, credentials)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " Bearer abc", "0123-4567", "Bearer\tabc", "=abc"})
    void what_names_no_scheme_is_none(String header) {
        assertThat(Authorization.of(header)).isEmpty();
    }

    @Test
    void a_bearer_has_a_token_unless_it_is_empty() {
        assertThat(bearer("Bearer abc")).contains("abc");
        assertThat(bearer("bEARER abc")).contains("abc");
        assertThat(bearer("Bearer")).isEmpty();
        assertThat(bearer("Bearer ")).isEmpty();
        assertThat(bearer("Basic abc")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"u:p, u, p", "u:, u, ''", ":p, '', p", "':', '', ''", "u:p:q, u, p:q", "é:€, é, €"})
    void basic_is_parted_by_the_first_colon(String text, String user, String password) {
        assertThat(basic("Basic " + base64(text))).contains(new UserAndPassword(user, password));
        assertThat(basic("BASIC " + base64(text))).contains(new UserAndPassword(user, password));
        assertThat(basic("Bearer " + base64(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic %%%", "Basic dTpw!", "Basic bm9jb2xvbg=="})
    void basic_that_cannot_be_read_is_none(String header) {
        assertThat(basic(header)).isEmpty();
    }

    @Test
    void nothing_secret_is_told() {
        Authorization authorization =
                Authorization.of("Basic " + base64("me:hidden")).get();
        assertThat(authorization.toString()).isEqualTo("Authorization[basic]");
        assertThat(authorization.basic().toString()).doesNotContain("me:").doesNotContain("hidden");
    }

    private static Option<String> bearer(String header) {
        return Authorization.of(header).flatMap(Authorization::bearer);
    }

    private static Option<UserAndPassword> basic(String header) {
        return Authorization.of(header).flatMap(Authorization::basic);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
