package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.ALICE;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billing.port.Access;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The rules that all {@link Principals} keep: at least one test for each number in their Javadoc. Extend it in your tests and return
 * yours.
 * <p>
 * Whether the time of a comparison depends on how much of a token is right cannot be tested reliably and is not.
 */
public abstract class PrincipalsContract {

    private static final Principal PRINCIPAL = new Principal("alice", Access.to(TENANT, ALICE));
    private static final String TOKEN = "Zm9vOmJhcg==.\u00e9-_~+/";

    /** Principals that know this token as that of this principal. */
    protected abstract Principals knowing(String token, Principal principal);

    /**
     * Principals that knew this token, which has expired. None, the default, says that tokens do not expire; the test of it is then
     * skipped.
     */
    protected Option<Principals> knowingExpired(String token, Principal principal) {
        return Option.none();
    }

    @Test
    void a1_gives_the_principal_whose_token_it_is() {
        assertThat(knowing(TOKEN, PRINCIPAL).byToken(TOKEN))
                .as("A1: a token must give its principal, name and access")
                .containsExactly(PRINCIPAL);
        Principal all = new Principal("root", Access.toAll(TENANT));
        assertThat(knowing(TOKEN, all).byToken(TOKEN))
                .as("A1: a token must give its principal, name and access")
                .containsExactly(all);
        Principal none = new Principal("nobody", Access.to(TENANT));
        assertThat(knowing(TOKEN, none).byToken(TOKEN))
                .as("A1: a principal that may see no account must not get to see all")
                .containsExactly(none);
    }

    @Test
    void a1_compares_tokens_exactly() {
        Principals principals = knowing(TOKEN, PRINCIPAL);
        for (String other : Array.of(
                TOKEN.toLowerCase(Locale.ROOT),
                TOKEN.toUpperCase(Locale.ROOT),
                TOKEN + " ",
                " " + TOKEN,
                TOKEN + "=",
                TOKEN.substring(0, TOKEN.length() - 1),
                TOKEN.substring(1),
                TOKEN + TOKEN,
                TOKEN.replace("\u00e9", "e\u0301"),
                TOKEN.replace("\u00e9", "?"))) {
            assertThat(principals.byToken(other))
                    .as("A1: a token must be compared exactly: '%s'", other)
                    .isEmpty();
        }
    }

    @Test
    void a2_knows_no_principal_of_an_unknown_token() {
        Principals principals = knowing(TOKEN, PRINCIPAL);
        for (String unknown :
                Array.of("unknown", "null", "*", "%", "' or 1=1 --", "\ud83d\ude00", "x".repeat(10_000))) {
            assertThat(principals.byToken(unknown))
                    .as("A2: an unknown token has no principal: '%s'", unknown)
                    .isEmpty();
        }
    }

    @Test
    void a2_knows_no_principal_of_an_empty_token() {
        Principals principals = knowing(TOKEN, PRINCIPAL);
        for (String empty : Array.of("", " ", "\t")) {
            assertThat(principals.byToken(empty))
                    .as("A2: an empty token has no principal")
                    .isEmpty();
        }
    }

    @Test
    void a2_knows_no_principal_of_an_expired_token() {
        Option<Principals> principals = knowingExpired(TOKEN, PRINCIPAL);
        assumeTrue(principals.isDefined(), "Tokens do not expire");
        assertThat(principals.get().byToken(TOKEN))
                .as("A2: an expired token has no principal")
                .isEmpty();
    }
}
