package dev.billing.quickstart.input;

import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookNotation;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.io.IOException;

/**
 * Reads a price book, in YAML if the file's name says so, else in JSON:
 *
 * <pre>{@code
 * {"name": "main", "version": 1, "currency": "USD", "from": "2016-01-01",
 *  "products": [
 *    {"sku": "gp2", "category": "dyno", "unit": "month", "price": {"perUnit": "60"}},
 *    {"sku": "egress", "category": "network", "unit": "GB", "meter": "egress", "price": {"perUnit": "0.09"}},
 *    {"sku": "support", "category": "addon", "unit": "month", "price": {"flat": "20"}}]}
 * }</pre>
 *
 * Prices are numbers or texts; either way their digits are kept as they are written.
 */
public final class PriceBookFile {

    private PriceBookFile() {}

    /** The book, or everything that is wrong with the file. */
    public static Either<Seq<Problem>, PriceBook> read(Source source) throws IOException {
        return Document.read(source, PriceBookNotation::read);
    }
}
