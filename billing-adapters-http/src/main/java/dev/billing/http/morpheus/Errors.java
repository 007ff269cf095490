package dev.billing.http.morpheus;

import dev.billing.http.WireJson;
import dev.billing.http.WireRequest;
import dev.billing.http.WireResponse;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The answers to what goes wrong. */
final class Errors {

    private static final Map<String, String> JSON = LinkedHashMap.of("Content-Type", "application/json;charset=UTF-8");
    private static final Map<String, String> CHALLENGE = JSON.put("WWW-Authenticate", "Bearer");

    private Errors() {}

    static void unauthorized(WireResponse response) throws IOException {
        response.text(401, CHALLENGE, object(json -> {
            json.writeStringProperty("error", "unauthorized");
            json.writeStringProperty("error_description", "Full authentication is required to access this resource");
        }));
    }

    static void invalidToken(WireResponse response, String token) throws IOException {
        response.text(401, CHALLENGE, object(json -> {
            json.writeStringProperty("error", "invalid_token");
            json.writeStringProperty("error_description", "Invalid access token: " + token);
        }));
    }

    static void forbidden(WireResponse response) throws IOException {
        message(response, 403, JSON, "You do not have permissions to access this api endpoint");
    }

    static void noRoute(WireResponse response, WireRequest request) throws IOException {
        message(response, 404, JSON, "Unable to find api endpoint " + request.method() + " " + request.path());
    }

    static void noMethod(WireResponse response, Seq<String> methods) throws IOException {
        message(response, 405, JSON.put("Allow", methods.mkString(", ")), "Method not allowed");
    }

    static void notFound(WireResponse response, String message) throws IOException {
        message(response, 404, JSON, message);
    }

    static void failed(WireResponse response) throws IOException {
        message(response, 500, JSON, "Internal server error");
    }

    static void bad(WireResponse response, String message, Problems problems) throws IOException {
        text(response, 400, object(json -> {
            json.writeBooleanProperty("success", false);
            json.writeStringProperty("msg", message);
            json.writeObjectPropertyStart("errors");
            problems.all().forEach(json::writeStringProperty);
            json.writeEndObject();
        }));
    }

    static void text(WireResponse response, int status, String body) throws IOException {
        response.text(status, JSON, body);
    }

    private static void message(WireResponse response, int status, Map<String, String> headers, String message)
            throws IOException {
        response.text(status, headers, object(json -> {
            json.writeBooleanProperty("success", false);
            json.writeStringProperty("msg", message);
        }));
    }

    private static String object(Consumer<JsonGenerator> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = WireJson.to(bytes)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
