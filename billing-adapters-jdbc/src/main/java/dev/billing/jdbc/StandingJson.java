package dev.billing.jdbc;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import io.vavr.collection.Seq;
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
        json.writeStringProperty("status", payment.status().name());
        json.writeStringProperty("subtotal", Decimal.write(payment.subtotal()));
        json.writeStringProperty("tax", Decimal.write(payment.tax()));
        json.writeStringProperty("billed", Decimal.write(payment.billed()));
        json.writeStringProperty("paid", Decimal.write(payment.paid()));
        json.writeStringProperty("createdAt", payment.createdAt().toString());
        json.writeStringProperty("updatedAt", payment.updatedAt().toString());
    }

    private static void write(JsonGenerator json, Refund refund) {
        json.writeStringProperty("payment", refund.paymentId());
        json.writeStringProperty("amount", Decimal.write(refund.amount()));
        Json.text(json, "reason", refund.reason());
        json.writeStringProperty("at", refund.at().toString());
    }

    private static void write(JsonGenerator json, Tag tag) {
        json.writeStringProperty("id", Long.toString(tag.id()));
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
                tags(json.objects("tags")),
                updatedAt);
    }

    private static Payment payment(Json json) {
        if (json.has("amount")) {
            return received(json);
        }
        return new Payment(
                json.text("id"),
                Payment.Status.valueOf(json.text("status")),
                Decimal.readMoney(json.text("subtotal")),
                Decimal.readMoney(json.text("tax")),
                Decimal.readMoney(json.text("billed")),
                Decimal.readMoney(json.text("paid")),
                Instant.parse(json.text("createdAt")),
                Instant.parse(json.text("updatedAt")));
    }

    /** As the first version of the tables kept payments. */
    private static Payment received(Json json) {
        return new Payment(json.text("id"), Decimal.readMoney(json.text("amount")), Instant.parse(json.text("at")));
    }

    /** The first version of the tables kept tags without ids, which are numbered from 1. */
    private static Seq<Tag> tags(Seq<Json> tags) {
        return tags.zipWithIndex((tag, index) -> new Tag(
                tag.optionalText("id").map(Long::valueOf).getOrElse(index + 1L), tag.text("name"), tag.text("value")));
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
