package dev.billing.http.spaces;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Stored;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Iterator;
import tools.jackson.core.JsonGenerator;

/** Writes an order as an invoice of Spaces, keys in wire order. */
final class SpacesInvoice {

    private final Stored order;
    private final Head head;
    private final JsonGenerator json;

    private SpacesInvoice(Stored order, JsonGenerator json) {
        this.order = order;
        this.head = order.invoice().head();
        this.json = json;
    }

    static void write(Stored order, Iterator<LineItem> lines, JsonGenerator json) {
        new SpacesInvoice(order, json).write(lines);
    }

    private void write(Iterator<LineItem> lines) {
        Option<Customer> customer = head.billedTo();
        json.writeStartObject();
        json.writeStringProperty("object", "invoice");
        json.writeStringProperty("id", head.id().value());
        json.writeNumberProperty("order_number", orderNumber());
        address("billing_address", customer.flatMap(Customer::billingAddress));
        address("shipping_address", customer.flatMap(Customer::shippingAddress));
        seconds("created", head.createdAt());
        json.writeBooleanProperty("paid", order.standing().status() == InvoiceStatus.PAID);
        json.writeBooleanProperty("shipped", order.standing().shipment().isDefined());
        textOrNull("shipping_details", order.standing().shipment().map(Shipment::message));
        json.writeNumberProperty(
                "total", order.invoice().figures().amount(Spaces.TOTAL).minorUnits());
        json.writeStringProperty("currency", currency());
        items(lines);
        customer(customer);
        json.writeEndObject();
    }

    private long orderNumber() {
        return ((Invoice.Issued) order.invoice()).number().get().value();
    }

    private String currency() {
        return head.currency().getCurrencyCode();
    }

    private void items(Iterator<LineItem> lines) {
        int count = 0;
        json.writeObjectPropertyStart("items");
        json.writeArrayPropertyStart("data");
        while (lines.hasNext()) {
            item(lines.next());
            count++;
        }
        json.writeEndArray();
        json.writeNumberProperty("count", count);
        json.writeEndObject();
    }

    private void item(LineItem line) {
        Amount price = line.price().get();
        json.writeStartObject();
        json.writeStringProperty("object", "invoice_item");
        itemId((Origin.Provided) line.origin());
        json.writeStringProperty("description", line.description());
        json.writeNumberProperty("quantity", line.quantity().longValueExact());
        json.writeNumberProperty("discount", price.discount().minorUnits());
        json.writeNumberProperty("unit_amount", line.unitPrice().get().minorUnits());
        json.writeNumberProperty("total_amount", price.net().minorUnits());
        json.writeStringProperty("currency", currency());
        secondsOrNull("date_range_start", line.period().map(Period::start));
        secondsOrNull("date_range_end", line.period().map(Period::end));
        json.writeEndObject();
    }

    private void itemId(Origin.Provided origin) {
        if (origin.text().get(Spaces.ID_TYPE).contains(Spaces.ID_IS_NUMBER)) {
            json.writeName("item_id");
            json.writeNumber(origin.externalId());
        } else {
            json.writeStringProperty("item_id", origin.externalId());
        }
    }

    private void address(String name, Option<Address> given) {
        if (given.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        Address address = given.get();
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("line_1", address.line1());
        json.writeStringProperty("line_2", address.line2());
        json.writeStringProperty("line_3", address.line3());
        json.writeStringProperty("zip_code", address.zipCode());
        json.writeStringProperty("locality", address.locality());
        json.writeStringProperty("region", address.region());
        json.writeStringProperty("country", address.country());
        json.writeEndObject();
    }

    /** The wire knows no order without a customer, so of one who was erased it has nothing but that there was one. */
    private void customer(Option<Customer> customer) {
        json.writeObjectPropertyStart("customer");
        json.writeStringProperty("object", "customer");
        json.writeStringProperty("id", customer.map(Customer::id).getOrElse(""));
        json.writeStringProperty("name", customer.map(Customer::name).getOrElse(""));
        json.writeStringProperty("email", customer.map(Customer::email).getOrElse(""));
        seconds("created", customer.map(Customer::createdAt).getOrElse(head.createdAt()));
        space(head.places().get(Spaces.SPACE).get());
        json.writeEndObject();
    }

    private void space(Ref space) {
        Attribute.Instant created =
                (Attribute.Instant) head.attributes().get(Spaces.SPACE_CREATED).get();
        Option<String> url = head.attributes()
                .get(Spaces.SPACE_URL)
                .map(Attribute.Text.class::cast)
                .map(Attribute.Text::value);
        json.writeObjectPropertyStart("space");
        json.writeStringProperty("object", "space");
        json.writeNumberProperty("id", Long.parseLong(space.id()));
        seconds("created", created.value());
        textOrNull("url", url);
        json.writeEndObject();
    }

    /** Parts of a second are cut off. */
    private void seconds(String name, Instant instant) {
        json.writeNumberProperty(name, instant.getEpochSecond());
    }

    private void secondsOrNull(String name, Option<Instant> instant) {
        if (instant.isDefined()) {
            seconds(name, instant.get());
        } else {
            json.writeNullProperty(name);
        }
    }

    private void textOrNull(String name, Option<String> text) {
        if (text.isDefined()) {
            json.writeStringProperty(name, text.get());
        } else {
            json.writeNullProperty(name);
        }
    }
}
