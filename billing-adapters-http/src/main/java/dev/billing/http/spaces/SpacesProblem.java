package dev.billing.http.spaces;

import dev.billing.http.WireJson;
import dev.billing.http.WireResponse;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.io.IOException;
import tools.jackson.core.JsonGenerator;

/**
 * An answer that is no success. Its message is there twice: the document of Spaces shows it at the top, and its clients read it inside.
 *
 * @param param the parameter that is to blame, where one is
 */
record SpacesProblem(int status, Map<String, String> headers, String message, Option<String> param) {

    static final String JSON = "application/json";

    static final SpacesProblem UNAUTHORIZED = new SpacesProblem(
            401,
            LinkedHashMap.of("Content-Type", JSON, "WWW-Authenticate", "Basic realm=\"spaces\""),
            "A valid access token is required.",
            Option.none());

    static final SpacesProblem NO_RESOURCE = of(404, "The resource was not found.", Option.none());
    static final SpacesProblem NO_INVOICE = of(404, "The invoice was not found.", Option.some("id"));
    static final SpacesProblem UNEXPECTED = of(500, "Something went wrong.", Option.none());

    static SpacesProblem badParameter(String param, String message) {
        return of(400, message, Option.some(param));
    }

    private static SpacesProblem of(int status, String message, Option<String> param) {
        return new SpacesProblem(status, LinkedHashMap.of("Content-Type", JSON), message, param);
    }

    void send(WireResponse response) throws IOException {
        try (JsonGenerator json = WireJson.to(response.start(status, headers))) {
            json.writeStartObject();
            json.writeStringProperty("message", message);
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("message", message);
            param.forEach(name -> json.writeStringProperty("param", name));
            json.writeEndObject();
            json.writeEndObject();
        }
    }
}
