package dev.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.port.Access;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import org.junit.jupiter.api.Test;

class SinglePrincipalTest extends PrincipalsContract {

    @Override
    protected Principals knowing(String token, Principal principal) {
        return Principals.single(token, principal);
    }

    @Test
    void an_empty_token_has_no_principal_even_if_it_was_configured() {
        Principal root = new Principal("root", Access.toAll(InvoiceFixtures.TENANT));
        assertThat(Principals.single("", root).byToken("")).isEmpty();
    }
}
