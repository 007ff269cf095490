package dev.billing.quickstart.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookNotation;
import dev.billing.domain.pricing.RuleNotation;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use and the reader agree: on the bundled books, on every example of the documentation, and on mistakes. */
class PriceBookSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(
                    PriceBookSchemaTest.class.getResourceAsStream("/dev/billing/quickstart/price-book.schema.json")));

    private static final String HEAD = "name: main\nversion: 1\ncurrency: USD\nfrom: 2016-01-01\n";

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Error> errors(String json) {
        return SCHEMA.validate(json, InputFormat.JSON);
    }

    /** The tree of a file; in JSON all of its values are texts. */
    private static Notation tree(Source source) throws IOException {
        return Document.read(source, in -> io.vavr.control.Option.some(in.notation()))
                .get();
    }

    private static void assertIsGood(Source source) throws IOException {
        assertThat(PriceBookFile.read(source).isRight()).as(source.name()).isTrue();
        assertThat(errors(tree(source).toJson())).as(source.name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"price-book.json", "every-rule.yaml"})
    void bundled_books_are_read_and_follow_the_schema(String name) throws IOException {
        assertIsGood(Source.bundled(name));
    }

    @Test
    void numbers_of_json_follow_the_schema_as_texts_do() throws IOException {
        String json = tree(Source.bundled("every-rule.yaml")).toJson().replaceAll("\"(\\d+(\\.\\d+)?|true)\"", "$1");
        assertThat(errors(json)).isEmpty();
        assertThat(PriceBookFile.read(Texts.file("b.json", json)))
                .isEqualTo(PriceBookFile.read(Source.bundled("every-rule.yaml")));
    }

    @Test
    void a_written_book_follows_the_schema() throws IOException {
        PriceBook book = PriceBookFile.read(Source.bundled("every-rule.yaml")).get();
        Notation written = PriceBookNotation.write(book);
        assertThat(errors(written.toJson())).isEmpty();
        assertThat(PriceBookNotation.read(written)).containsExactly(book);
    }

    @Test
    void the_bundled_book_has_every_rule() throws IOException {
        PriceBook book = PriceBookFile.read(Source.bundled("every-rule.yaml")).get();
        RuleNotation rules = RuleNotation.in(Monetary.getCurrency("USD"));
        Set<String> used = book.products()
                .values()
                .flatMap(product -> names(rules.write(product.rule()), rules.names()))
                .toSet();
        assertThat(used).containsExactlyInAnyOrderElementsOf(rules.names());
    }

    private static Seq<String> names(Notation tree, Seq<String> wanted) {
        String json = tree.toJson();
        return wanted.filter(name -> json.contains("{\"" + name + "\":"));
    }

    static Stream<String> examples() throws IOException {
        String page = Files.readString(root().resolve("docs/price-books.md"));
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(MatchResult::group);
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("README.md"))) {
            here = here.getParent();
        }
        return here;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examples_of_the_documentation_are_read_and_follow_the_schema(String fenced) throws IOException {
        assertIsGood(Texts.file("example.yaml", whole(fenced.substring("```yaml\n".length(), fenced.length() - 3))));
    }

    /** A price and meters are put into a book. */
    private static String whole(String example) {
        if (example.startsWith("price:")) {
            return HEAD + product(example);
        }
        return example.startsWith("meters:") || example.startsWith("minimums:")
                ? HEAD + example + "products: []\n"
                : example;
    }

    private static String product(String price) {
        String meter = price.contains("capacity:") ? "" : "    meter: m\n";
        return "products:\n  - sku: a\n    category: c\n    unit: u\n" + meter + price.indent(4);
    }

    @Test
    void the_documentation_has_an_example_of_each_rule() throws IOException {
        String all = Array.ofAll(examples().toList()).mkString();
        assertThat(RuleNotation.in(Monetary.getCurrency("USD")).names()).allMatch(name -> all.contains(name + ":"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    price: {perHour: 1}
                    price: {}
                    price: 5
                    price: {flat: 1, perUnit: 1}
                    price: {flat: -1}
                    price: {flat: much}
                    price: {flat: [1]}
                    price: {perUnit: 1e1000}
                    price: {graduated: {tiers: []}}
                    price: {graduated: {tiers: [{}]}}
                    price: {graduated: {tiers: [{unit: 1, up_to: 5}]}}
                    price: {graduated: {tiers: [{unit: 1}], freeAtZero: perhaps}}
                    price: {stairStep: {tiers: [{price: 1}]}}
                    price: {packages: {size: 0, price: 1}}
                    price: {packages: {price: 1}}
                    price: {packages: {size: 1, price: 1, round: half}}
                    price: {blocks: {tiers: [{size: 1, price: 1, max: 1.5}]}}
                    price: {blocks: {tiers: [{size: 1, price: 1}], charge: all}}
                    price: {percentage: {fee: 1}}
                    price: {percentage: {percent: -1}}
                    price: {graduatedPercentage: {tiers: [{flat: 1}]}}
                    price: {matrix: {by: [], cells: [], otherwise: {flat: 1}}}
                    price: {matrix: {by: [region], cells: [{at: eu, price: {flat: 1}}]}}
                    price: {matrix: {by: [region], cells: [{at: [eu], price: 1}]}}
                    price: {capacity: {tiers: [{limits: {}, price: 1}]}}
                    price: {capacity: {tiers: [{limits: {GB: all}, price: 1}]}}
                    price: {convert: {price: {flat: 1}}}
                    price: {convert: {divideBy: 2, multiplyBy: 2, price: {flat: 1}}}
                    price: {convert: {divideBy: 2, round: {mode: up}, price: {flat: 1}}}
                    price: {convert: {divideBy: 2, round: {decimals: 1, mode: HALF_UP}, price: {flat: 1}}}
                    price: {freeUnits: {units: 1}}
                    price: {costPlus: {percent: 1, fixed: 1}}
                    price: {costPlus: {markup: 1}}
                    """)
    void both_refuse_a_wrong_price(String price) throws IOException {
        assertIsRefused(HEAD + product(price));
    }

    /** What follows the schema and cannot be a price: only the reader sees it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    price: {volume: {tiers: [{upTo: 10, unit: 1}, {above: 11, unit: 1}]}}                       | leave no gap
                    price: {volume: {tiers: [{upTo: 10, unit: 1}, {above: 9, unit: 1}]}}                        | leave no overlap
                    price: {graduated: {tiers: [{upTo: 10, unit: 1}, {upTo: 5, unit: 1}, {unit: 1}]}}           | must be above 10, but was 5
                    price: {graduated: {tiers: [{unit: 1}, {unit: 1}]}}                                         | must have a bound
                    price: {graduatedPercentage: {tiers: [{upTo: 5, percent: 1}]}}                              | must be open
                    price: {stairStep: {steps: [{upTo: 5, price: 1}, {upTo: 5, price: 2}, {price: 3}]}}         | must be above 5
                    price: {matrix: {by: [region], cells: [{at: [eu, x], price: {flat: 1}}]}}                   | must have a value for each of
                    price: {matrix: {by: [r], cells: [{at: [a], price: {flat: 1}}, {at: [a], price: {flat: 2}}]}} | must have each cell once
                    price: {capacity: {tiers: [{limits: {GB: 5}, price: 1}, {limits: {GB: 4}, price: 2}]}}      | must not be below that of the tier before
                    price: {perUnit: EUR 1}                                                                     | must be in the currency of its book
                    """)
    void only_the_reader_sees_what_does_not_fit_together(String price, String problem) throws IOException {
        Source source = Texts.file("wrong.yaml", HEAD + product(price));
        assertThat(PriceBookFile.read(source).getLeft().toString()).contains(problem);
        assertThat(errors(tree(source).toJson())).isEmpty();
    }

    private static void assertIsRefused(String yaml) throws IOException {
        Source source = Texts.file("wrong.yaml", yaml);
        assertThat(PriceBookFile.read(source).isLeft())
                .as("the reader refuses " + yaml)
                .isTrue();
        assertThat(errors(tree(source).toJson()))
                .as("the schema refuses " + yaml)
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "products: {}",
                "products: []\nextra: 1",
                "meters: []",
                "products: [{sku: a, category: c, unit: u}]",
                "products: [{sku: '', category: c, unit: u, price: {flat: 1}}]",
                "products: []\nmeters: [{name: m}]",
                "products: []\nmeters: [{name: m, aggregation: median}]",
                "products: []\nmeters: [{name: m, aggregation: {uniqueCount: u, custom: c}}]",
                "products: []\nmeters: [{name: m, aggregation: {weightedSum: {}}}]",
                "products: []\nmeters: [{name: m, aggregation: sum, where: [{property: p}]}]",
                "products: []\nmeters: [{name: m, aggregation: sum, where: [{property: p, in: []}]}]",
                "products: []\nmeters: [{name: m, aggregation: sum, round: 2}]",
                "products: []\nminimums: [{id: m, category: c}]",
                "products: []\nminimums: [{id: m, category: c, amount: -1}]",
                "products: []\nminimums: [{id: m, category: c, amount: 1, skus: []}]",
                "products: []\nminimums: [{id: m, category: c, amount: 1, skus: [a], categories: [b]}]",
                "products: []\nmaximums: [{id: m, category: c, amount: 1, prorated: true}]"
            })
    void both_refuse_a_wrong_book(String rest) throws IOException {
        assertIsRefused(HEAD + rest);
    }
}
