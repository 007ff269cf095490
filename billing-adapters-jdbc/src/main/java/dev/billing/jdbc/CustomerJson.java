package dev.billing.jdbc;

import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.TaxId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** Who a document is addressed to. */
final class CustomerJson {

    private static final String TAX_IDS = "taxIds";

    private CustomerJson() {}

    static String write(Customer customer) {
        return Json.object(json -> write(json, customer));
    }

    static void write(JsonGenerator json, Customer customer) {
        json.writeStringProperty("id", customer.id());
        json.writeStringProperty("name", customer.name());
        json.writeStringProperty("email", customer.email());
        json.writeStringProperty("createdAt", customer.createdAt().toString());
        write(json, "billingAddress", customer.billingAddress());
        write(json, "shippingAddress", customer.shippingAddress());
        write(json, customer.taxIds());
    }

    static void write(JsonGenerator json, Seq<TaxId> taxIds) {
        Json.objects(json, TAX_IDS, taxIds, (object, taxId) -> {
            object.writeStringProperty("type", taxId.type());
            object.writeStringProperty("value", taxId.value());
        });
    }

    private static void write(JsonGenerator json, String name, Option<Address> address) {
        address.forEach(known -> Json.object(json, name, members -> write(members, known)));
    }

    private static void write(JsonGenerator json, Address address) {
        json.writeStringProperty("line1", address.line1());
        json.writeStringProperty("line2", address.line2());
        json.writeStringProperty("line3", address.line3());
        json.writeStringProperty("zipCode", address.zipCode());
        json.writeStringProperty("locality", address.locality());
        json.writeStringProperty("region", address.region());
        json.writeStringProperty("country", address.country());
    }

    static Customer read(String text) {
        return read(Json.parse(text));
    }

    static Customer read(Json json) {
        return new Customer(
                json.text("id"),
                json.text("name"),
                json.text("email"),
                Instant.parse(json.text("createdAt")),
                json.optionalObject("billingAddress").map(CustomerJson::address),
                json.optionalObject("shippingAddress").map(CustomerJson::address),
                // customers that were kept before they had tax ids have none
                json.has(TAX_IDS) ? taxIds(json) : Array.empty());
    }

    static Seq<TaxId> taxIds(Json json) {
        return json.objects(TAX_IDS).map(object -> new TaxId(object.text("type"), object.text("value")));
    }

    private static Address address(Json json) {
        return new Address(
                json.text("line1"),
                json.text("line2"),
                json.text("line3"),
                json.text("zipCode"),
                json.text("locality"),
                json.text("region"),
                json.text("country"));
    }
}
