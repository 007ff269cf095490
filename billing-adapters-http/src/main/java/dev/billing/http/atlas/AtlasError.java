package dev.billing.http.atlas;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import tools.jackson.core.JsonGenerator;

/**
 * A refusal as it is told on the wire.
 *
 * @param detail a sentence with its parameters filled in
 */
record AtlasError(int status, String code, String reason, String detail, Seq<String> parameters) {

    private static AtlasError badRequest(String code, String detail, String... parameters) {
        return of(400, code, "Bad Request", detail, parameters);
    }

    private static AtlasError notFound(String code, String detail, String... parameters) {
        return of(404, code, "Not Found", detail, parameters);
    }

    private static AtlasError of(int status, String code, String reason, String detail, String... parameters) {
        return new AtlasError(status, code, reason, filled(detail, parameters), Array.of(parameters));
    }

    /** The parts between the places, with the parameters between them: a parameter that looks like a place stays as it is. */
    private static String filled(String detail, String... parameters) {
        String[] parts = detail.split("%s", -1);
        StringBuilder filled = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            filled.append(parameters[i - 1]).append(parts[i]);
        }
        return filled.toString();
    }

    static AtlasError queryParameter(String name) {
        return badRequest("INVALID_QUERY_PARAMETER", "Invalid query parameter %s specified.", name);
    }

    static AtlasError enumValue(String value) {
        return badRequest("INVALID_ENUM_VALUE", "An invalid enumeration value %s was specified.", value);
    }

    static AtlasError dateFormat(String value) {
        return badRequest("INVALID_DATE_FORMAT", "An invalid date value %s was specified.", value);
    }

    static AtlasError datesReversed() {
        return badRequest(
                "START_DATE_AFTER_END_DATE", "The specified start date must be earlier than the specified end date.");
    }

    static AtlasError invoiceId() {
        return badRequest("INVALID_INVOICE_ID", "An invalid invoice id was specified.");
    }

    static AtlasError organizationId(String id) {
        return notFound("INVALID_ORG_ID", "An invalid organization ID %s was specified.", id);
    }

    static AtlasError noOrganization(String id) {
        return notFound("ORG_NOT_FOUND", "No organization with ID %s exists.", id);
    }

    static AtlasError noInvoice(String id, String organization) {
        return notFound("INVOICE_NOT_FOUND", "No invoice with ID %s exists in organization %s.", id, organization);
    }

    static AtlasError nothingPending(String organization) {
        return notFound("PENDING_INVOICE_NOT_FOUND", "No pending invoice exists in organization %s.", organization);
    }

    static AtlasError noRoute(String path) {
        return notFound("RESOURCE_NOT_FOUND", "Cannot find resource %s.", path);
    }

    static AtlasError method(String method) {
        return of(405, "METHOD_NOT_ALLOWED", "Method Not Allowed", "Method %s is not allowed.", method);
    }

    static AtlasError version() {
        return of(406, "INVALID_VERSION_DATE", "Not Acceptable", "Invalid accept header or version date.");
    }

    static AtlasError unexpected() {
        return of(500, "UNEXPECTED_ERROR", "Internal Server Error", "Unexpected error.");
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("detail", detail);
        json.writeNumberProperty("error", status);
        json.writeStringProperty("errorCode", code);
        json.writeArrayPropertyStart("parameters");
        parameters.forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("reason", reason);
        json.writeEndObject();
    }
}
