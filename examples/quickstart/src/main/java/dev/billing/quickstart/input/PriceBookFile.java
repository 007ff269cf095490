package dev.billing.quickstart.input;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.quickstart.input.JsonInput.BadJsonException;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.io.IOException;
import javax.money.CurrencyUnit;

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

    private PriceBookFile() {}

    /** The book, or what is wrong with the file. */
    public static Either<Problem, PriceBook> read(Source source) throws IOException {
        return JsonInput.read(source, PriceBookFile::book);
    }

    private static PriceBook book(JsonInput input) throws BadJsonException {
        CurrencyUnit currency = input.read("currency", JsonInput::currency);
        input.member("products").elements();
        Seq<Product> products = input.all("products", product -> product(product, currency));
        return PriceBook.of(
                new PriceBookVersion(input.text("name"), input.read("version", Integer::parseInt)),
                currency,
                input.instant("from"),
                products);
    }

    private static Product product(JsonInput input, CurrencyUnit currency) throws BadJsonException {
        PricingRule rule = rule(input.member("price"), currency);
        return new Product(
                input.text("sku"),
                input.text("category"),
                input.text("unit"),
                rule,
                input.readIfThere("meter", meter -> meter));
    }

    private static PricingRule rule(JsonInput input, CurrencyUnit currency) throws BadJsonException {
        String kind = input.onlyName();
        if (!kind.equals("perUnit") && !kind.equals("flat")) {
            throw input.bad("A price must be either perUnit or flat");
        }
        Money price = Money.of(currency, input.read(kind, Decimals::parse));
        return input.make(() -> kind.equals("flat") ? new PricingRule.Flat(price) : new PricingRule.PerUnit(price));
    }
}
