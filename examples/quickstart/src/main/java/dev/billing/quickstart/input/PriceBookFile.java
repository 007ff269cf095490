package dev.billing.quickstart.input;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.util.Map;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.MonetaryException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a price book:
 *
 * <pre>{@code
 * {"name": "main", "version": 1, "currency": "USD", "from": "2016-01-01",
 *  "products": [
 *    {"sku": "gp2", "category": "dyno", "unit": "month", "price": {"perUnit": "60"}},
 *    {"sku": "egress", "category": "network", "unit": "GB", "meter": "egress", "price": {"perUnit": "0.09"}},
 *    {"sku": "support", "category": "addon", "unit": "month", "price": {"flat": "20"}}]}
 * }</pre>
 *
 * Prices are text, so that no reader turns them into binary numbers.
 */
public final class PriceBookFile {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PriceBookFile() {}

    /** The book, or what is wrong with the file. */
    public static Either<Problem, PriceBook> read(Source source) throws IOException {
        try (InputStream in = source.open()) {
            return Either.right(book(STRICT.readTree(in)));
        } catch (JacksonException e) {
            int line = Option.of(e.getLocation()).map(at -> at.getLineNr()).getOrElse(1);
            return Either.left(new Problem(source.name(), line, "", e.getOriginalMessage(), ""));
        } catch (BadFieldException e) {
            return Either.left(new Problem(source.name(), 1, e.path(), String.valueOf(e.getMessage()), e.value()));
        }
    }

    private static PriceBook book(JsonNode json) throws BadFieldException {
        CurrencyUnit currency = read(json, "", "currency", PriceBookFile::currency);
        Seq<Product> products = Array.empty();
        JsonNode list = json.path("products");
        if (!list.isArray()) {
            throw new BadFieldException("products", "A list of products is required", "");
        }
        for (int i = 0; i < list.size(); i++) {
            products = products.append(product(list.get(i), "products[" + i + "].", currency));
        }
        Seq<Product> all = products;
        return make(
                "",
                () -> PriceBook.of(
                        new PriceBookVersion(text(json, "", "name"), read(json, "", "version", Integer::parseInt)),
                        currency,
                        read(json, "", "from", Row::instantOf),
                        all));
    }

    private static Product product(JsonNode json, String path, CurrencyUnit currency) throws BadFieldException {
        PricingRule rule = rule(json.path("price"), path + "price", currency);
        return make(
                path,
                () -> new Product(
                        text(json, path, "sku"),
                        text(json, path, "category"),
                        text(json, path, "unit"),
                        rule,
                        Option.when(
                                json.hasNonNull("meter"),
                                () -> json.get("meter").asString())));
    }

    private static PricingRule rule(JsonNode json, String path, CurrencyUnit currency) throws BadFieldException {
        Map.Entry<String, JsonNode> only = json.isObject() && json.size() == 1
                ? json.properties().iterator().next()
                : Map.entry("", json);
        Money price = only.getKey().isEmpty()
                ? Money.zero(currency)
                : Money.of(currency, read(json, path + ".", only.getKey(), Decimals::parse));
        return switch (only.getKey()) {
            case "perUnit" -> make(path, () -> new PricingRule.PerUnit(price));
            case "flat" -> make(path, () -> new PricingRule.Flat(price));
            default -> throw new BadFieldException(path, "A price must be either perUnit or flat", json.toString());
        };
    }

    private static CurrencyUnit currency(String code) {
        try {
            return Monetary.getCurrency(code);
        } catch (MonetaryException e) {
            throw new IllegalArgumentException("A currency must be an ISO 4217 code", e);
        }
    }

    private static String text(JsonNode json, String path, String field) throws BadFieldException {
        JsonNode value = json.path(field);
        if (!value.isValueNode() || value.isNull()) {
            throw new BadFieldException(path + field, "A value is required", "");
        }
        return value.asString();
    }

    private interface Reader<T> {
        T read(String text);
    }

    private static <T> T read(JsonNode json, String path, String field, Reader<T> reader) throws BadFieldException {
        String text = text(json, path, field);
        try {
            return reader.read(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BadFieldException(path + field, String.valueOf(e.getMessage()), text);
        }
    }

    private interface Making<T> {
        T make() throws BadFieldException;
    }

    private static <T> T make(String path, Making<T> making) throws BadFieldException {
        try {
            return making.make();
        } catch (IllegalArgumentException e) {
            throw new BadFieldException(path, String.valueOf(e.getMessage()), "");
        }
    }

    /** Names the field that is wrong by its path. */
    private static final class BadFieldException extends Exception {

        private static final long serialVersionUID = 1L;
        private final String path;
        private final String value;

        BadFieldException(String path, String rule, String value) {
            super(rule);
            this.path = path;
            this.value = value;
        }

        String path() {
            return path;
        }

        String value() {
            return value;
        }
    }
}
