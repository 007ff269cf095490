package dev.billing.jdbc;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** What a standing has beside its version, status and instant. */
final class StandingJson {

    private StandingJson() {}

    static String write(Standing standing) {
        return Json.object(json -> {
            Json.objects(json, "payments", standing.payments(), StandingJson::write);
            Json.objects(json, "refunds", standing.refunds(), StandingJson::write);
            Json.objects(json, "tags", standing.tags(), StandingJson::write);
            standing.shipment().forEach(sent -> Json.object(json, "shipment", members -> write(members, sent)));
        });
    }

    private static void write(JsonGenerator json, Payment payment) {
        json.writeStringProperty("id", payment.id());
        json.writeStringProperty("amount", Decimal.write(payment.amount()));
        json.writeStringProperty("at", payment.at().toString());
    }

    private static void write(JsonGenerator json, Refund refund) {
        json.writeStringProperty("payment", refund.paymentId());
        json.writeStringProperty("amount", Decimal.write(refund.amount()));
        Json.text(json, "reason", refund.reason());
        json.writeStringProperty("at", refund.at().toString());
    }

    private static void write(JsonGenerator json, Tag tag) {
        json.writeStringProperty("name", tag.name());
        json.writeStringProperty("value", tag.value());
    }

    private static void write(JsonGenerator json, Shipment shipment) {
        json.writeStringProperty("message", shipment.message());
        json.writeStringProperty("at", shipment.at().toString());
    }

    static Standing read(InvoiceId invoice, long version, InvoiceStatus status, Instant updatedAt, String detail) {
        Json json = Json.parse(detail);
        return new Standing(
                invoice,
                version,
                status,
                json.objects("payments").map(StandingJson::payment),
                json.objects("refunds").map(StandingJson::refund),
                json.optionalObject("shipment").map(StandingJson::shipment),
                json.objects("tags").map(tag -> new Tag(tag.text("name"), tag.text("value"))),
                updatedAt);
    }

    private static Payment payment(Json json) {
        return new Payment(json.text("id"), Decimal.readMoney(json.text("amount")), Instant.parse(json.text("at")));
    }

    private static Refund refund(Json json) {
        return new Refund(
                json.text("payment"),
                Decimal.readMoney(json.text("amount")),
                json.optionalText("reason"),
                Instant.parse(json.text("at")));
    }

    private static Shipment shipment(Json json) {
        return new Shipment(json.text("message"), Instant.parse(json.text("at")));
    }
}
