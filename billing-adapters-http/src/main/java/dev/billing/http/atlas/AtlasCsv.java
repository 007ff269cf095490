package dev.billing.http.atlas;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An invoice as a spreadsheet.
 *
 * @param organizationName empty if it is not known
 */
record AtlasCsv(AtlasInvoice invoice, AtlasBase base, AtlasOptions options, String organizationName) {

    private static final DateTimeFormatter LONG_DATE =
            DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final String LATER_COLUMNS = "Project,Project ID,SKU,Region,Cluster,Replica Set,Config Server,"
            + "Application,Unit,Unit Price,Quantity,Discount Percent,Amount\n";
    private static final String COLUMNS = "Date,Description,Note," + LATER_COLUMNS;
    private static final String VERSIONED_COLUMNS =
            "Date,Usage Date,Description,Note,Organization Name,Organization ID," + LATER_COLUMNS;

    String text() {
        StringBuilder text = new StringBuilder(preamble()).append('\n');
        text.append(base.isVersioned() ? VERSIONED_COLUMNS : COLUMNS);
        for (LineItem line : invoice.lines()) {
            text.append(row(AtlasLine.of(line, invoice.period()))).append('\n');
        }
        return text.toString();
    }

    private String preamble() {
        return base.isVersioned()
                ? "Invoice Number," + invoice.id() + ",\n"
                        + "Billing Period," + billingPeriod() + ",\n"
                        + "Organization Name," + cell(organizationName) + ",\n"
                        + "Organization ID," + invoice.organization() + ",\n"
                : "Invoice Number," + invoice.id() + "\n"
                        + "Company," + quoted(company()) + "\n"
                        + "Address," + quoted(address()) + "\n"
                        + "Billing Period," + billingPeriod() + "\n";
    }

    private String billingPeriod() {
        Period period = invoice.period();
        return quoted(LONG_DATE.format(period.start()) + " - " + LONG_DATE.format(period.end()));
    }

    private String company() {
        return customer()
                .map(Customer::name)
                .filter(name -> !name.isEmpty())
                .orElse(() -> options.company().apply(account()))
                .getOrElse("");
    }

    private String address() {
        return customer()
                .flatMap(Customer::billingAddress)
                .map(AtlasCsv::oneLine)
                .orElse(() -> options.address().apply(account()))
                .getOrElse("");
    }

    private static String oneLine(Address address) {
        return Array.of(
                        address.line1(),
                        address.line2(),
                        address.line3(),
                        address.zipCode(),
                        address.locality(),
                        address.region(),
                        address.country())
                .filter(part -> !part.isEmpty())
                .mkString(", ");
    }

    private Option<Customer> customer() {
        return invoice.head().billedTo();
    }

    private AccountId account() {
        return invoice.head().account();
    }

    private String row(AtlasLine line) {
        String usageDay = day(line.period().end().minusNanos(1));
        Seq<String> days = base.isVersioned() ? Array.of(day(line.line().postedAt()), usageDay) : Array.of(usageDay);
        Seq<String> organization =
                base.isVersioned() ? Array.of(organizationName, invoice.organization()) : Array.empty();
        return days.appendAll(Array.of(description(line), line.note().getOrElse("")))
                .appendAll(organization)
                .appendAll(what(line))
                .appendAll(amounts(line))
                .map(AtlasCsv::cell)
                .mkString(",");
    }

    private Seq<String> what(AtlasLine line) {
        return Array.of(
                line.name(Atlas.PROJECT).getOrElse(""),
                line.projectId().getOrElse(""),
                skuName(line),
                line.nameOrId(Atlas.REGION).getOrElse(""),
                line.nameOrId(Atlas.CLUSTER).getOrElse(""),
                line.nameOrId(Atlas.REPLICA_SET).getOrElse(""),
                line.nameOrId(Atlas.CONFIG_SERVER).getOrElse(""),
                line.nameOrId(Atlas.APPLICATION).getOrElse(""),
                line.line().unit());
    }

    private static Seq<String> amounts(AtlasLine line) {
        return Array.of(
                line.unitPrice().map(AtlasCsv::sixDecimals).getOrElse(""),
                Double.toString(AtlasValues.number(line.line().quantity())),
                Double.toString(AtlasValues.number(line.discountPercent())),
                Money.ofMinor(line.gross().currency(), AtlasValues.cents(line.gross()))
                        .amount()
                        .toPlainString());
    }

    private static String sixDecimals(Money price) {
        return price.amount().setScale(6, RoundingMode.HALF_UP).toPlainString();
    }

    private String description(AtlasLine line) {
        String region =
                line.nameOrId(Atlas.REGION).map(name -> " (" + name + ")").getOrElse("");
        String where = line.nameOrId(Atlas.CLUSTER)
                .orElse(() -> line.nameOrId(Atlas.APPLICATION))
                .map(name -> " - " + name)
                .getOrElse("");
        return skuName(line) + region + where;
    }

    private String skuName(AtlasLine line) {
        return Option.some(line.line().description())
                .filter(name -> !name.isEmpty())
                .orElse(() -> options.skuName().apply(line.line().sku()))
                .getOrElse(line.line().sku());
    }

    private static String day(Instant instant) {
        return DAY.format(instant);
    }

    /** Quoted only where it must be. */
    private static String cell(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : quoted(value);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }
}
