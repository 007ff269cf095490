package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.notation.Notation;
import dev.billing.port.Event;
import dev.billing.port.Published;
import dev.billing.port.TenantId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An event as CloudEvents 1.0 writes it in JSON. Its {@code id} is the same whenever the event is delivered, and no other event of its
 * {@code source} has it; {@code account} and {@code sequence} tell its place among the events of its account.
 *
 * <pre>{@code
 * {"specversion":"1.0","id":"tenant/account/7","source":"/billing","type":"dev.billing.invoice.finalised","subject":"month/…",
 *  "time":"2024-03-01T00:00:00Z","datacontenttype":"application/json","account":"account","sequence":"00000000000000000007",
 *  "data":{"number":"INV-0042"}}
 * }</pre>
 *
 * @param source names this installation, as a URI or a path
 */
public record CloudEvent(String source, TenantId tenant, Published published) {

    private static final String TYPES = "dev.billing.";
    private static final int DIGITS = 20;

    /** Checks the source. */
    public CloudEvent {
        Checks.requireId(source, "Event source");
        requireNonNull(tenant, "tenant");
        requireNonNull(published, "published");
    }

    /** Unique among the events of the source. */
    public String id() {
        return part(tenant.value()) + "/" + part(event().account().value()) + "/" + published.number();
    }

    public String type() {
        return TYPES + event().type();
    }

    /** The place among the events of the account, so that texts are in the order of numbers. */
    public String sequence() {
        String number = Long.toString(published.number());
        return "0".repeat(DIGITS - number.length()) + number;
    }

    /** The event in JSON, on one line. */
    public String toJson() {
        return Notation.fields()
                .with("specversion", "1.0")
                .with("id", id())
                .with("source", source)
                .with("type", type())
                .with("subject", event().subject())
                .with("time", event().at().toString())
                .with("datacontenttype", "application/json")
                .with("account", event().account().value())
                .with("sequence", sequence())
                .with("data", data())
                .toJson();
    }

    private Notation data() {
        return event().data()
                .toArray()
                .sortBy(entry -> entry._1)
                .foldLeft(Notation.fields(), (fields, entry) -> fields.with(entry._1, entry._2));
    }

    private Event event() {
        return published.event();
    }

    /** So that a slash in a name is none between names. */
    private static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
