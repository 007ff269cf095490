package dev.billing.jdbc;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.Series;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import tools.jackson.core.JsonGenerator;

/** The answer to a commit. */
final class ReceiptJson {

    private ReceiptJson() {}

    static String write(Receipt receipt) {
        return Json.object(json -> Json.objects(json, "numbers", receipt.numbers(), ReceiptJson::write));
    }

    private static void write(JsonGenerator json, Tuple2<InvoiceId, InvoiceNumber> numbered) {
        json.writeStringProperty("invoice", numbered._1.value());
        json.writeStringProperty("series", numbered._2.series().scope());
        json.writeStringProperty("number", Long.toString(numbered._2.value()));
    }

    static Receipt read(CommandKey key, String text) {
        return new Receipt(
                key, LinkedHashMap.ofEntries(Json.parse(text).objects("numbers").map(ReceiptJson::numbered)));
    }

    private static Tuple2<InvoiceId, InvoiceNumber> numbered(Json json) {
        Series series = new Series(json.text("series"));
        return new Tuple2<>(
                new InvoiceId(json.text("invoice")), new InvoiceNumber(series, Long.parseLong(json.text("number"))));
    }
}
