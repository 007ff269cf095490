package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.Series;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.Receipt;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** The answer to a commit. */
final class ReceiptJson {

    private ReceiptJson() {}

    static String write(Receipt receipt) {
        return Json.object(json -> {
            Json.objects(json, "numbers", receipt.numbers(), ReceiptJson::write);
            Json.objects(json, "events", receipt.events(), ReceiptJson::write);
        });
    }

    private static void write(JsonGenerator json, Tuple2<InvoiceId, InvoiceNumber> numbered) {
        json.writeStringProperty("invoice", numbered._1.value());
        Series series = numbered._2.series();
        json.writeStringProperty("series", series.scope());
        json.writeStringProperty("number", Long.toString(numbered._2.value()));
        json.writeStringProperty("prefix", series.format().prefix());
        json.writeStringProperty("digits", Integer.toString(series.format().digits()));
        json.writeStringProperty("suffix", series.format().suffix());
        json.writeStringProperty("gaps", series.gaps().name());
    }

    private static void write(JsonGenerator json, Event event) {
        json.writeStringProperty("type", event.type());
        json.writeStringProperty("account", event.account().value());
        json.writeStringProperty("subject", event.subject());
        json.writeStringProperty("at", event.at().toString());
        Json.object(json, "data", members -> Json.texts(members, event.data()));
    }

    /** Receipts that were kept before there were events have none. */
    static Receipt read(CommandKey key, String text) {
        Json json = Json.parse(text);
        return new Receipt(
                key,
                LinkedHashMap.ofEntries(json.objects("numbers").map(ReceiptJson::numbered)),
                json.has("events") ? json.objects("events").map(ReceiptJson::event) : Array.empty());
    }

    private static Tuple2<InvoiceId, InvoiceNumber> numbered(Json json) {
        return new Tuple2<>(
                new InvoiceId(json.text("invoice")),
                new InvoiceNumber(series(json), Long.parseLong(json.text("number"))));
    }

    private static Series series(Json json) {
        String scope = json.text("series");
        return json.has("prefix")
                ? new Series(
                        scope,
                        new NumberFormat(
                                json.text("prefix"), Integer.parseInt(json.text("digits")), json.text("suffix")),
                        Series.Gaps.valueOf(json.text("gaps")))
                : new Series(scope);
    }

    private static Event event(Json json) {
        return new Event(
                json.text("type"),
                new AccountId(json.text("account")),
                json.text("subject"),
                Instant.parse(json.text("at")),
                json.object("data").texts());
    }
}
