package dev.billing.http.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A well-known client that knows digest authentication, over a real socket. */
class AtlasClientsTest {

    private static AtlasServer server;

    @BeforeAll
    static void start() throws Exception {
        AtlasFixture fixture = new AtlasFixture();
        fixture.provideMonths(7);
        server = new AtlasServer(fixture);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    private record Answer(int status, String body) {
        JsonNode json() {
            return new JsonMapper().readTree(body);
        }
    }

    private static CloseableHttpClient client(String secret) {
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(
                new AuthScope(null, -1), new UsernamePasswordCredentials("pub", secret.toCharArray()));
        return HttpClients.custom().setDefaultCredentialsProvider(credentials).build();
    }

    private static Answer get(CloseableHttpClient client, String target) throws Exception {
        HttpGet request = new HttpGet(server.origin() + target);
        request.setHeader("Accept", "application/json");
        return client.execute(
                request, response -> new Answer(response.getCode(), EntityUtils.toString(response.getEntity())));
    }

    @Test
    void pages_through_all_invoices() throws Exception {
        List<String> ids = new ArrayList<>();
        try (CloseableHttpClient client = client("priv")) {
            Optional<String> next = Optional.of(AtlasFixture.PUBLIC + "?pageNum=1&itemsPerPage=2");
            while (next.isPresent()) {
                Answer page = get(client, next.get());
                assertThat(page.status()).as(page.body()).isEqualTo(200);
                assertThat(page.json().get("totalCount").asInt()).isEqualTo(7);
                page.json()
                        .get("results")
                        .forEach(invoice -> ids.add(invoice.get("id").asString()));
                next = link(page.json(), "next");
            }
        }
        assertThat(ids).hasSize(7).doesNotHaveDuplicates();
    }

    /** Links name the public host, so only what follows it is asked of this server. */
    private static Optional<String> link(JsonNode page, String rel) {
        for (JsonNode link : page.get("links")) {
            if (link.get("rel").asString().equals(rel)) {
                return Optional.of(link.get("href").asString().replaceFirst("^https://[^/]+", ""));
            }
        }
        return Optional.empty();
    }

    @Test
    void reads_one_invoice_and_an_error() throws Exception {
        try (CloseableHttpClient client = client("priv")) {
            String id = get(client, AtlasFixture.PUBLIC)
                    .json()
                    .get("results")
                    .get(0)
                    .get("id")
                    .asString();
            assertThat(get(client, AtlasFixture.PUBLIC + "/" + id).json().get("lineItems"))
                    .isNotNull();
            Answer none = get(client, AtlasFixture.PUBLIC + "/5bffffffffffffffffffffff");
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.json().get("errorCode").asString()).isEqualTo("INVOICE_NOT_FOUND");
        }
    }

    @Test
    void gives_up_with_a_wrong_secret() throws Exception {
        try (CloseableHttpClient client = client("wrong")) {
            assertThat(get(client, AtlasFixture.PUBLIC).status()).isEqualTo(401);
        }
    }
}
