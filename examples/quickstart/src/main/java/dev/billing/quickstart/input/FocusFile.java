package dev.billing.quickstart.input;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.usecase.ProvidedCost;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.MonetaryException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads provider costs in the FOCUS 1.0 format. Each row is a cost of the month of its billing period, while its charge period, which
 * may lie outside, is the line's own period. FOCUS has no row id, so a row is known by the file's digest and its number.
 */
public final class FocusFile {

    /** Who charges. */
    public static final Dimension PROVIDER = new Dimension("provider");

    private static final Seq<String> REQUIRED = Array.of(
            "BilledCost",
            "BillingAccountId",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ProviderName",
            "ServiceCategory");

    /** What else came with a cost is kept as text. */
    private static final Seq<String> KEPT = Array.of(
            "AvailabilityZone",
            "ChargeCategory",
            "ChargeClass",
            "ChargeFrequency",
            "CommitmentDiscountId",
            "CommitmentDiscountType",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "ContractedUnitPrice",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "ListUnitPrice",
            "PricingCategory",
            "PublisherName",
            "ResourceId",
            "ResourceName",
            "ResourceType",
            "SkuPriceId");

    private static final DateTimeFormatter SQL_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Source source;
    private final String digest;
    private final Instant now;

    private FocusFile(Source source, String digest, Instant now) {
        this.source = source;
        this.digest = digest;
        this.now = now;
    }

    /**
     * Reads the whole file once, to know and to check it.
     *
     * @param now when its costs are posted
     * @param problems is told of every row that cannot be taken
     */
    public static FocusFile check(Source source, Instant now, Consumer<Problem> problems) throws IOException {
        MessageDigest sha = sha256();
        try (DigestInputStream in = new DigestInputStream(source.open(), sha);
                Costs costs = new FocusFile(source, "unknown", now).read(in)) {
            costs.rows.forEachRemaining(row -> row.peekLeft(problems));
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new FocusFile(source, HexFormat.of().formatHex(sha.digest(), 0, 16), now);
    }

    /** What the content is known by. */
    public String digest() {
        return digest;
    }

    /** Reads all costs; rows that cannot be taken are left out. */
    public Costs read() throws IOException {
        return read(source.open());
    }

    private Costs read(InputStream in) {
        AtomicLong number = new AtomicLong();
        return new Costs(new CsvFile<>(source.name(), in, REQUIRED, row -> cost(row, number.incrementAndGet())));
    }

    /** The costs of a file, one after the other. */
    public static final class Costs implements Iterator<ProvidedCost>, AutoCloseable {

        private final CsvFile<ProvidedCost> rows;
        private final Iterator<ProvidedCost> good;

        private Costs(CsvFile<ProvidedCost> rows) {
            this.rows = rows;
            this.good = io.vavr.collection.Iterator.ofAll(rows).flatMap(row -> row);
        }

        @Override
        public boolean hasNext() {
            return good.hasNext();
        }

        @Override
        public ProvidedCost next() {
            return good.next();
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }

    private ProvidedCost cost(Row row, long number) throws BadLineException {
        String provider = row.text("ProviderName");
        CurrencyUnit currency = row.read("BillingCurrency", FocusFile::currency);
        Period billing = period(row, "BillingPeriodStart", "BillingPeriodEnd");
        Money cost = Money.of(currency, row.decimal("BilledCost"));
        String id = id(number);
        LineItem.Builder line = LineItem.builder(
                        new LineId(id),
                        sku(row),
                        value(row, "ServiceCategory").getOrElse("Other"),
                        now,
                        origin(row, id))
                .position(number)
                .basis(Basis.ACTUAL)
                .cost(cost)
                .description(value(row, "ChargeDescription").getOrElse(""))
                .quantity(
                        quantity(row),
                        value(row, "PricingUnit")
                                .orElse(value(row, "ConsumedUnit"))
                                .getOrElse(""))
                .places(places(row))
                .tags(tags(row));
        chargePeriod(row).forEach(line::period);
        AccountId account = row.read("BillingAccountId", AccountId::new);
        return new ProvidedCost(provider, account, billing, line.build());
    }

    /** Ids in the order of the rows are stored faster than scattered ones. */
    private String id(long number) {
        return String.format(Locale.ROOT, "%s:%010d", digest, number);
    }

    private static String sku(Row row) {
        return value(row, "SkuId").orElse(value(row, "ServiceName")).getOrElse("unknown");
    }

    private static BigDecimal quantity(Row row) throws BadLineException {
        String column = value(row, "PricingQuantity").isDefined() ? "PricingQuantity" : "ConsumedQuantity";
        return value(row, column).isDefined() ? row.decimal(column) : BigDecimal.ONE;
    }

    private static Map<Dimension, Ref> places(Row row) throws BadLineException {
        Map<Dimension, Ref> places =
                LinkedHashMap.of(PROVIDER, row.read("ProviderName", name -> Ref.named("provider", name)));
        return places.merge(place(row, "sub-account", "SubAccountId", "SubAccountName"))
                .merge(place(row, "service", "ServiceName", "ServiceName"))
                .merge(place(row, "region", "RegionId", "RegionName"));
    }

    private static Map<Dimension, Ref> place(Row row, String type, String id, String name) throws BadLineException {
        Option<String> known = value(row, id);
        return known.isEmpty()
                ? LinkedHashMap.empty()
                : LinkedHashMap.of(
                        new Dimension(type),
                        row.read(
                                id, text -> new Ref(type, text, value(row, name).getOrElse(text))));
    }

    private static Origin origin(Row row, String id) {
        Map<String, String> text = LinkedHashMap.ofEntries(
                KEPT.flatMap(column -> value(row, column).map(kept -> new Tuple2<>(column, kept))));
        return new Origin.Provided(id, text, Option.none());
    }

    private static Map<String, String> tags(Row row) throws BadLineException {
        Option<String> json = value(row, "Tags");
        return json.isEmpty() ? LinkedHashMap.empty() : row.read("Tags", FocusFile::tags);
    }

    private static Map<String, String> tags(String json) {
        try {
            JsonNode tags = JSON.readTree(json);
            if (!tags.isObject()) {
                throw new IllegalArgumentException("Tags must be a JSON object");
            }
            return LinkedHashMap.ofEntries(
                    Array.ofAll(tags.properties()).map(tag -> new Tuple2<>(tag.getKey(), text(tag.getValue()))));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Tags must be a JSON object", e);
        }
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }

    private static Option<Period> chargePeriod(Row row) throws BadLineException {
        return row.text("ChargePeriodStart").equals(row.text("ChargePeriodEnd"))
                ? Option.none()
                : Option.some(period(row, "ChargePeriodStart", "ChargePeriodEnd"));
    }

    private static Period period(Row row, String from, String until) throws BadLineException {
        Instant start = row.read(from, FocusFile::instant);
        return row.read(until, text -> Period.of(start, instant(text)));
    }

    /** FOCUS writes ISO 8601 with a Z; providers' exports are often without both. */
    private static Instant instant(String text) {
        try {
            return text.indexOf('T') > 0
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text, SQL_TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "A time must be written like 2024-09-01T00:00:00Z or 2024-09-01 00:00:00", e);
        }
    }

    private static CurrencyUnit currency(String code) {
        try {
            return Monetary.getCurrency(code);
        } catch (MonetaryException e) {
            throw new IllegalArgumentException("A currency must be an ISO 4217 code", e);
        }
    }

    /** Exports write a missing value as nothing or as NULL. */
    private static Option<String> value(Row row, String column) {
        return row.find(column).filter(text -> !text.equals("NULL"));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
