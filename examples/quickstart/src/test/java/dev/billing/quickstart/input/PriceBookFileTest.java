package dev.billing.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Price books as files: YAML and JSON say the same, digits stay, and what is wrong is told with its line and path. */
class PriceBookFileTest {

    private static final String HEAD = """
            name: main
            version: 1
            currency: USD
            from: 2016-01-01
            products:
            """;

    private static Seq<String> problems(String name, String content) throws IOException {
        Either<Seq<Problem>, PriceBook> read = PriceBookFile.read(Texts.file(name, content));
        return read.fold(problems -> problems.map(Problem::toString), book -> Array.empty());
    }

    private static PriceBook book(String name, String content) throws IOException {
        return PriceBookFile.read(Texts.file(name, content)).get();
    }

    @Test
    void yaml_and_json_say_the_same() throws IOException {
        String json = """
                {"$schema": "x", "name": "main", "version": 1, "currency": "USD", "from": "2016-01-01T00:00:00Z", "products": [
                  {"sku": "no", "category": "on", "unit": "", "meter": null, "price": {"perUnit": 0.10}}]}
                """;
        String yaml = HEAD + "  - sku: no\n    category: on\n    unit: ''\n    meter: ~\n    price: {perUnit: 0.10}\n";
        assertThat(book("b.yaml", yaml)).isEqualTo(book("b.json", json));
        assertThat(book("b.yml", json)).isEqualTo(book("b.json", json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1000000000000000055511151231257827",
                "1234567890123456789012345678901234",
                "1e-30",
                "\"0.09\"",
                "USD 3"
            })
    void digits_stay_as_they_are_written(String number) throws IOException {
        String text = number.replace("\"", "");
        PerUnit price = new PerUnit(text.startsWith("USD") ? Money.parse(text) : Money.of("USD", text));
        PriceBook book = book("b.yaml", HEAD + "  - {sku: a, category: c, unit: u, price: {perUnit: " + number + "}}");
        assertThat(book.rate("a").get().rule()).isEqualTo(price);
        assertThat(book.rate("a").get().rule()).hasToString(price.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    price: {perunit: 1}                          | b.yaml:9: products[0].price.perunit: There is no such field; did you mean perUnit?
                    price: {perUnit: 1, flat: 2}                 | b.yaml:9: products[0].price: There must be one field, one of flat, perUnit
                    prise: {perUnit: 1}                          | b.yaml:6: products[0].price: A value is required
                    price: {perUnit: EUR 1}                      | b.yaml:9: products[0].price.perUnit: A price must be in the currency of its book, USD, but was in EUR [EUR 1]
                    price: {perUnit: 0x10}                       | b.yaml:9: products[0].price.perUnit: Not a decimal: 0x10 [0x10]
                    price: {perUnit: 1_000}                      | b.yaml:9: products[0].price.perUnit: Not a decimal: 1_000 [1_000]
                    price: {perUnit: .inf}                       | b.yaml:9: products[0].price.perUnit: Not a decimal: .inf [.inf]
                    price: {perUnit: }                           | b.yaml:9: products[0].price: There must be one field
                    price: {perUnit: 1}, sku: b                  | b.yaml:9:
                    price: {flat: 1, flat: 1}                    | b.yaml:9: products[0].price.flat: Duplicate field: each name must be there once
                    price: &a {flat: 1}                          | b.yaml:9: products[0].price: A value must be written out, without anchors and aliases
                    price: *a                                    | b.yaml:9: products[0].price: A value must be written out, without anchors and aliases
                    price: !!map {flat: 1}                       | b.yaml:9: products[0].price: A value must have no tag
                    price: {flat: !!float 1}                     | b.yaml:9: products[0].price.flat: A value must have no tag
                    price: {[a]: 1}                              | b.yaml:9: products[0].price: The name of a field must be a text
                    price: {graduated: {tiers: [~]}}             | b.yaml:9: products[0].price.graduated.tiers[0]: A value is required
                    price: {<<: {flat: 1}}                       | b.yaml:9: products[0].price["<<"]: There is no such field
                    """)
    void yaml_is_plain_and_wrong_values_have_a_line_and_a_path(String price, String message) throws IOException {
        String yaml = HEAD + "  - sku: a\n    category: c\n    unit: u\n    " + price + "\n";
        assertThat(problems("b.yaml", yaml).mkString("\n")).contains(message);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() throws IOException {
        String yaml = HEAD.replace("USD", "US").replace("2016-01-01", "soon").replace("1", "0") + """
                  - {sku: a, category: c, price: {flat: 1}}
                  - {sku: b, category: c, unit: u, price: {flat: 1}, metre: m}
                meters:
                  - {name: m, aggregation: median}
                  - {name: m, aggregation: sum, where: [{property: p}]}
                """;
        assertThat(problems("b.yaml", yaml))
                .containsExactly(
                        "b.yaml:2: version: A price book version must be a name without @ and a number from 1, but was any@0 [0]",
                        "b.yaml:3: currency: A currency must be an ISO 4217 code [US]",
                        "b.yaml:4: from: An instant must be written like 2017-01-31T10:00:00Z or 2017-01-31 [soon]",
                        "b.yaml:9: meters[0].aggregation: It must be one of count, sum, max, min, latest, average, weightedSum,"
                                + " or an object with one field of uniqueCount, weightedSum, custom [median]",
                        "b.yaml:10: meters[1].where[0]: A filter must have either in or notIn",
                        "b.yaml:6: products[0].unit: A value is required",
                        "b.yaml:7: products[1].metre: There is no such field; did you mean meter?");
    }

    @Test
    void a_sku_and_a_meter_are_there_once() throws IOException {
        String product = "  - {sku: a, category: c, unit: u, price: {flat: 1}}\n";
        String meters = "meters: [{name: m, aggregation: sum}, {name: m, aggregation: max}]\n";
        assertThat(problems("b.yaml", HEAD + product + product + meters))
                .containsExactly(
                        "b.yaml:8: meters[1]: A price book must list everything once, but has another m",
                        "b.yaml:7: products[1]: A price book must list everything once, but has another a");
    }

    @Test
    void a_file_is_one_document() throws IOException {
        assertThat(problems("b.yaml", HEAD + "---\n" + HEAD))
                .containsExactly("b.yaml:6: There must be one document, but another follows");
        assertThat(problems("b.yaml", "")).containsExactly("b.yaml:1: A file must not be empty");
        assertThat(problems("b.yaml", "a: [")).singleElement().asString().startsWith("b.yaml:1: ");
        assertThat(problems("b.json", "{} {}")).containsExactly("b.json:1: There must be one value, but more follows");
        assertThat(problems("b.json", " ")).containsExactly("b.json:1: A file must not be empty");
        assertThat(problems("b.json", "null")).containsExactly("b.json:1: A value is required");
        assertThat(problems("b.json", "{\n'name': 1}"))
                .singleElement()
                .asString()
                .startsWith("b.json:2: Unexpected character");
        assertThat(problems("b.json", "{\"a\": 1,\n \"a\": 2}"))
                .containsExactly("b.json:2: a: Duplicate field: each name must be there once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.yaml", "b.json"})
    void what_is_nested_too_deep_is_refused(String name) throws IOException {
        assertThat(problems(name, "[".repeat(101) + "]".repeat(101)))
                .containsExactly(name + ":1: There must be at most 1000000 values, nested at most 100 deep");
        assertThat(problems(name, "[".repeat(100_000))).hasSize(1);
    }

    @Test
    void a_broken_encoding_is_told() throws IOException {
        byte[] broken = {'n', 'a', 'm', 'e', ':', ' ', (byte) 0xff, '\n'};
        assertThat(PriceBookFile.read(Texts.file("b.yaml", broken)).isLeft()).isTrue();
        assertThat(PriceBookFile.read(Texts.file("b.json", new byte[] {'"', (byte) 0xff, '"'}))
                        .isLeft())
                .isTrue();
    }
}
