package dev.billing.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.profile.Akkeris;
import dev.billing.http.akkeris.AkkerisOptions;
import dev.billing.port.Ports;
import dev.billing.quickstart.input.FactFiles;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The API as the program serves it, over a real socket. */
class ApiServerTest {

    @Test
    void serves_the_sample_to_who_has_the_token() throws Exception {
        Ports ports = InMemoryPorts.create();
        Billing billing = Billing.on(ports).with(Akkeris.profile()).with(SettableClock.at("2017-02-05T22:16:56.616Z"));
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        new Intake(Quickstart.TENANT, billing, billing, new Console(nowhere, nowhere), true).sample();
        try (ApiServer server = ApiServer.start(0, billing, AkkerisOptions.of(FactFiles.MAIN), "secret")) {
            HttpResponse<String> answer = get(server, "/account/invoices/2017-02-01", "Bearer secret");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().firstValue("RateLimit-Remaining")).contains("2400");
            assertThat(answer.body()).contains("\"total\":213.51,").contains("\"dyno_units\":61,");
            assertThat(get(server, "/account/invoices", "Bearer wrong").statusCode())
                    .isEqualTo(401);
            assertThat(get(server, "/nothing", "Bearer secret").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(ApiServer server, String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", authorization)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
