package dev.billing.http.atlas;

import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.Stored;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import tools.jackson.core.JsonGenerator;

/**
 * An invoice in the words of Atlas. All keys are in alphabetical order.
 *
 * @param lines newest first; none in a list
 */
record AtlasInvoice(Stored stored, Seq<LineItem> lines, AtlasLinks links) {

    /** How much of it is written. */
    private enum Form {
        LISTED,
        WHOLE,
        /** Whole, and once more as a page of one, because some clients read the one and some the other. */
        WHOLE_WITH_RESULTS
    }

    static AtlasInvoice listed(Stored stored, AtlasLinks links) {
        return new AtlasInvoice(stored, Array.empty(), links);
    }

    void writeListed(JsonGenerator json) {
        write(json, Form.LISTED);
    }

    void writeWhole(JsonGenerator json) {
        write(json, Form.WHOLE);
    }

    void writeWholeWithResults(JsonGenerator json) {
        write(json, Form.WHOLE_WITH_RESULTS);
    }

    private void write(JsonGenerator json, Form form) {
        json.writeStartObject();
        writeAmountsAndId(json);
        if (form == Form.LISTED) {
            links.writeOfListed(json, organization(), id());
        } else {
            writeLines(json);
            links.writeOfWhole(json, organization(), id());
        }
        json.writeStringProperty("orgId", organization());
        if (form != Form.LISTED) {
            writePayments(json);
            writeRefunds(json);
        }
        if (form == Form.WHOLE_WITH_RESULTS) {
            json.writeArrayPropertyStart("results");
            writeWhole(json);
            json.writeEndArray();
        }
        writeRest(json, form);
        json.writeEndObject();
    }

    private void writeAmountsAndId(JsonGenerator json) {
        json.writeNumberProperty("amountBilledCents", cents(Atlas.BILLED));
        json.writeNumberProperty("amountPaidCents", paidCents());
        json.writeStringProperty("created", AtlasValues.time(head().createdAt()));
        long credits = cents(Atlas.CREDITS);
        if (credits != 0) {
            json.writeNumberProperty("creditsCents", credits);
        }
        json.writeStringProperty("endDate", AtlasValues.time(period().end()));
        json.writeStringProperty("id", id());
    }

    private void writeRest(JsonGenerator json, Form form) {
        json.writeNumberProperty("salesTaxCents", cents(Atlas.TAX));
        json.writeStringProperty("startDate", AtlasValues.time(period().start()));
        json.writeNumberProperty("startingBalanceCents", cents(Atlas.STARTING_BALANCE));
        json.writeStringProperty(
                "statusName", AtlasStatus.of(standing().status()).name());
        json.writeNumberProperty("subtotalCents", cents(Atlas.SUBTOTAL));
        if (form == Form.WHOLE_WITH_RESULTS) {
            json.writeNumberProperty("totalCount", 1);
        }
        json.writeStringProperty("updated", AtlasValues.time(stored.updatedAt()));
    }

    private void writeLines(JsonGenerator json) {
        json.writeArrayPropertyStart("lineItems");
        lines.forEach(line -> AtlasLine.of(line, period()).write(json));
        json.writeEndArray();
    }

    private void writePayments(JsonGenerator json) {
        json.writeArrayPropertyStart("payments");
        standing().payments().sortBy(Payment::createdAt).forEach(payment -> write(json, payment));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Payment payment) {
        json.writeStartObject();
        json.writeNumberProperty("amountBilledCents", AtlasValues.cents(payment.billed()));
        json.writeNumberProperty("amountPaidCents", AtlasValues.cents(payment.paid()));
        json.writeStringProperty("created", AtlasValues.time(payment.createdAt()));
        json.writeStringProperty("id", AtlasValues.id(payment.id()));
        json.writeNumberProperty("salesTaxCents", AtlasValues.cents(payment.tax()));
        json.writeStringProperty("statusName", payment.status().name());
        json.writeNumberProperty("subtotalCents", AtlasValues.cents(payment.subtotal()));
        json.writeStringProperty("updated", AtlasValues.time(payment.updatedAt()));
        json.writeEndObject();
    }

    private void writeRefunds(JsonGenerator json) {
        json.writeArrayPropertyStart("refunds");
        standing().refunds().sortBy(Refund::at).forEach(refund -> write(json, refund));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Refund refund) {
        json.writeStartObject();
        json.writeNumberProperty("amountCents", AtlasValues.cents(refund.amount()));
        json.writeStringProperty("created", AtlasValues.time(refund.at()));
        json.writeStringProperty("paymentId", AtlasValues.id(refund.paymentId()));
        refund.reason()
                .filter(reason -> !reason.isEmpty())
                .forEach(reason -> json.writeStringProperty("reason", reason));
        json.writeEndObject();
    }

    Head head() {
        return stored.invoice().head();
    }

    private Standing standing() {
        return stored.standing();
    }

    String id() {
        return AtlasValues.id(head().id().value());
    }

    String organization() {
        return AtlasValues.id(head().account().value());
    }

    Period period() {
        return head().period()
                .getOrElseThrow(() -> new IllegalStateException(
                        "An invoice on this wire must have a period, but '" + id() + "' has none"));
    }

    private long paidCents() {
        return standing().status().isDraft() ? 0 : AtlasValues.cents(standing().paid(head().currency()));
    }

    /** A number that the document does not have is 0. */
    private long cents(FigureKey key) {
        return stored.invoice()
                .figures()
                .find(key)
                .map(Figure::amount)
                .map((Money amount) -> AtlasValues.cents(amount))
                .getOrElse(0L);
    }
}
