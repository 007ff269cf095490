package dev.billing.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a person runs it: on the bundled sample, on files of their own, and on files with mistakes. */
class QuickstartTest {

    private static final String COSTS = """
            BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargePeriodEnd,ChargePeriodStart,\
            ProviderName,ServiceCategory,ServiceName,Tags
            0.00000080000,1,USD,2024-10-01 00:00:00,2024-09-01 00:00:00,2024-09-18 23:00:00,2024-09-18 22:00:00,A,Compute,VM,"{""a"": ""b""}"
            1.00160599000000000001,1,USD,2024-10-01T00:00:00Z,2024-09-01T00:00:00Z,2024-08-31 23:00:00,2024-08-31 22:00:00,A,Compute,VM,NULL
            -0.5,1,USD,2024-10-01 00:00:00,2024-09-01 00:00:00,2024-09-18 23:00:00,2024-09-18 22:00:00,A,Storage,Disk,
            7,/x/2,EUR,2024-10-01 00:00:00,2024-09-01 00:00:00,2024-09-18 23:00:00,2024-09-18 23:00:00,B,Compute,VM,{}
            """;

    @TempDir
    private Path folder = Path.of("");

    private record Run(int code, String out, String err) {

        Seq<String> line(String... words) {
            return Array.of(out.split("\n", -1))
                    .filter(line -> Array.of(words).forAll(word -> line.contains(word)))
                    .map(line -> line.strip().replaceAll(" {2,}", " | "));
        }
    }

    private Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Array.of("--once", "--data", folder.resolve("data").toString())
                .appendAll(Array.of(args))
                .toJavaArray(String[]::new);
        int code = Quickstart.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
        return new Run(code, out.toString(), err.toString());
    }

    private Path write(String name, String content) throws IOException {
        Path input = Files.createDirectories(folder.resolve("input"));
        return Files.writeString(input.resolve(name), content);
    }

    private Run runInput(String... args) {
        return run(Array.of("--input", folder.resolve("input").toString())
                .appendAll(Array.of(args))
                .toJavaArray(String[]::new));
    }

    @Test
    void bills_the_bundled_sample() {
        Run run = run();
        assertThat(run.code()).isZero();
        assertThat(run.line("2017-02", "akkeris"))
                .containsExactly("main | 2017-02 | in progress | akkeris | app | 213.51 USD");
        assertThat(run.line("2016-12")).containsExactly("main | 2016-12 | closed | akkeris | app | 1196 USD");
        assertThat(run.line("analytics", "2017-01", "crawler"))
                .containsExactly("analytics | 2017-01 | closed | research | crawler | 1.13 USD");
        assertThat(run.line("The database is")).hasSize(1);
    }

    @Test
    void bills_the_orders_organizations_and_clouds_of_the_bundled_sample() {
        Run run = run();
        assertThat(run.line("spaces", "inv_8a2mz1"))
                .containsExactly("spaces | inv_8a2mz1 | main | 2017-01-21 | CLOSED | 57 USD");
        assertThat(run.line("atlas", "5b0000000000000000000001", "2017-01-01"))
                .containsExactly(
                        "atlas | 589b511e6e8dfbbd0a7b6606 | 5b0000000000000000000001 | 2017-01-01 | PAID | 83.71 USD");
        assertThat(run.line("atlas", "FREE")).hasSize(1);
        assertThat(run.line("morpheus", "Instance:331 (nginx21)", "2017-02-01", "0.07256744536132387 USD"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    orders.json | {}                                        | orders.json:1: A list is required
                    orders.json | [{"currency": "XX"}]                      | [0].currency: A currency must be an ISO 4217 code [XX]
                    orders.json | [{"currency": "USD", "id": "a", "space": {"id": 0, "created": "2017-01-01"}}] | [0].space: The id of a space must be 1 or more, but was 0
                    orders.json | [{"currency": "USD", "id": "a", "created": "2017-01-01", "space": {"id": 1, "created": "2017-01-01"}, "customer": {"id": "c", "name": "", "email": "", "created": "2017-01-01"}, "items": [{"id": 1, "description": "x", "quantity": 1, "unit_amount": 5, "discount": 6}]}] | order a: A
                    clouds.json | [{"id": "r", "cloud": {"id": 1}}]         | [0].month: A value is required
                    clouds.json | [{"id": "r", "cloud": {"id": 1}, "month": "2017-13"}] | [0].month: Text '2017-13' could not be parsed
                    clouds.json | [{"id": "r", "cloud": {"id": 1}, "month": "2017-01", "metered_to": "2017-01-05", "reported": {"to": "2017-01-05", "charges": [{"id": "x", "type": "Container", "object": 1, "usage_type": "u", "category": "compute", "cost": "1E999999", "start": "2017-01-01", "end": "2017-01-02"}]}}] | [0].reported.charges[0].cost: A decimal's exponent
                    clouds.json | [{"id": "r", "cloud": {"id": 1}, "month": "2017-01", "metered_to": "2017-01-05", "reported": {"to": "2017-01-05", "charges": [{"id": "x", "type": "Container", "object": 1, "usage_type": "u", "category": "compute", "cost": "1", "start": "2017-01-01", "end": "2017-01-02"}]}}] | run r: A charge must be for a single thing that the run names
                    organizations.csv | id,name                             | organizations.csv:1: tax_rate: A column of this name is required
                    """)
    void a_bad_document_is_told_with_its_path_and_rule(String name, String content, String message) throws IOException {
        write(name, content);
        Run run = runInput("--now", "2017-02-01T00:00:00Z");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(message);
    }

    @Test
    void a_bad_charge_is_told_and_the_good_ones_are_posted_if_that_is_allowed() throws IOException {
        write("charges.csv", """
                organization,id,sku,quantity,unit,unit_price,start,end,created
                5b0000000000000000000009,a,M10,12,hours,0.026,2017-01-05,2017-01-06,2017-01-06
                5b0000000000000000000009,b,M10,x,hours,0.026,2017-01-05,2017-01-06,2017-01-06
                """);
        Run strict = runInput("--now", "2017-01-10T00:00:00Z");
        assertThat(strict.err()).contains("charges.csv:3: quantity: Not a decimal: x [x]");
        assertThat(strict.line("atlas")).isEmpty();
        Run lenient = runInput("--now", "2017-01-10T00:00:00Z", "--lenient");
        assertThat(lenient.line("atlas", "PENDING", "0.31 USD")).hasSize(1);
    }

    @Test
    void running_twice_changes_nothing() throws IOException {
        Path costs = write("costs.csv", COSTS);
        Run first = run("--focus", costs.toString());
        Run second = run("--focus", costs.toString());
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).contains("27 facts, 0 of them new");
    }

    @Test
    void keeps_every_digit_of_provider_costs() throws IOException {
        Run run = run("--focus", write("costs.csv", COSTS).toString());
        assertThat(run.code()).isZero();
        assertThat(run.line("A ", "2024-09")).containsExactly("A | 2024-09 | all | 0.50160679000000000001 USD");
        assertThat(run.line("Storage")).containsExactly("Storage | -0.5 USD");
        assertThat(run.line("EUR")).contains("B | 2024-09 | all | 7 EUR", "all | 7 EUR");
        assertThat(run.err()).contains("4 costs").contains("lines/s");
    }

    @Test
    void two_files_of_costs_add_up() throws IOException {
        String header = COSTS.substring(0, COSTS.indexOf('\n') + 1);
        run("--focus", write("one.csv", COSTS).toString());
        Run run = run(
                "--focus",
                write("two.csv", header + COSTS.split("\n", -1)[1] + "\n").toString());
        assertThat(run.line("A ", "2024-09")).containsExactly("A | 2024-09 | all | 0.50160759000000000001 USD");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    d2,acme,prod,shop,gp2,-1,x,2017-01-01,            | :3: quantity: A quantity must not be negative [-1]
                    d2,acme,prod,shop,gp2,1E100000000,x,2017-01-01,   | :3: quantity: A decimal's exponent
                    d2,acme,prod,shop,gp2,many,x,2017-01-01,          | :3: quantity: Not a decimal: many [many]
                    d2,acme,prod,shop,gp9,1,x,2017-01-01,             | :3: sku: A sku must be in the price book, but main@1 has no 'gp9'
                    d2,acme,prod,shop,gp2,1,x,2017-02-30,             | :3: from: An instant must be written like
                    d2,acme,prod,shop,gp2,1,x,2017-01-01,2016-12-31   | :3: until: A thing must not end before it begins
                    d2,acme,prod,shop,gp2,1,x,1999-01-01,             | :3: from: A price book must be in force
                    d2,acme,prod,shop,gp2,1,,2017-01-01,              | :3: description: A value is required
                    ,acme,prod,shop,gp2,1,x,2017-01-01,               | :3: id: A value is required
                    d1,acme,prod,shop,gp2,2,x,2017-01-01,             | :3: id: A fact's id must be used for one fact
                    d2,acme,prod,shop,gp2,1,x                         | :3: A line must have 9 fields, but had 7
                    d2,acme,prod,shop,egress,1,x,2017-01-01,          | :3: sku: A line's category must be one that profile 'akkeris' bills
                    """)
    void a_bad_line_is_told_with_file_line_field_rule_and_value(String line, String message) throws IOException {
        priceBook();
        write("lifetimes.csv", lifetimes("d1,acme,prod,shop,gp2,1,gp2 web dyno,2017-01-01,", line.strip()));
        Run strict = runInput("--now", "2017-02-01T00:00:00Z");
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.err()).contains("lifetimes.csv" + message).contains("nothing is taken");
        assertThat(strict.line("acme")).isEmpty();

        Run lenient = runInput("--now", "2017-02-01T00:00:00Z", "--lenient");
        assertThat(lenient.err()).contains("1 facts, 1 of them new; 1 lines left out");
        assertThat(lenient.line("acme", "2017-01")).containsExactly("main | 2017-01 | closed | acme | shop | 60 USD");
    }

    @Test
    void all_bad_lines_of_a_file_are_told_at_once() throws IOException {
        priceBook();
        write("lifetimes.csv", lifetimes("a,o,s,x,gp7,1,x,2017-01-01,", "b,o,s,x,gp8,1,x,2017-01-01,"));
        assertThat(runInput("--now", "2017-02-01T00:00:00Z").err())
                .contains("gp7")
                .contains("gp8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1E400    | USD | 2024-10-01 00:00:00 | BilledCost: A decimal's exponent
                    ''       | USD | 2024-10-01 00:00:00 | BilledCost: A value is required
                    1        | XYZ | 2024-10-01 00:00:00 | BillingCurrency: A currency must be an ISO 4217 code
                    1        | USD | 2024-08-01 00:00:00 | BillingPeriodEnd: Period must end after it starts
                    1        | USD | October             | BillingPeriodEnd: A time must be written like
                    """)
    void a_bad_cost_keeps_a_strict_run_from_taking_the_file(String cost, String currency, String end, String message)
            throws IOException {
        String bad = "%s,1,%s,%s,2024-09-01 00:00:00,2024-09-18 23:00:00,2024-09-18 22:00:00,A,Compute,VM,NULL\n"
                .formatted(cost, currency, end);
        Path file = write("costs.csv", COSTS + bad);
        Run strict = run("--focus", file.toString());
        assertThat(strict.err()).contains("costs.csv:6: " + message);
        assertThat(strict.line("2024-09")).isEmpty();
        Run lenient = run("--focus", file.toString(), "--lenient");
        assertThat(lenient.line("A ", "2024-09")).containsExactly("A | 2024-09 | all | 0.50160679000000000001 USD");
        assertThat(lenient.err()).contains("4 costs").contains("1 lines left out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    { "name": "main", "name": "twice" }                             | Duplicate
                    { "name": "main" } x                                            | Unrecognized token
                    { "name": "main", "currency": "US" }                            | currency: A currency must be an ISO 4217 code
                    { "name": "main", "currency": "USD" }                           | products: A list is required
                    { "currency": "USD", "products": [{"price": {"perUnit": "-1"}}] }  | products[0].price.perUnit: A unit price must not be negative
                    { "currency": "USD", "products": [{"price": {"perHour": "1"}}] }   | price
                    { "name": "m", "version": 1, "currency": "USD", "from": "2016-01-01", "products": [], "meters": [{"name": "m", "aggregation": {"custom": "ours"}}] } | meters: An aggregation must be one that this program has
                    { "currency": "USD", "products": [{"price": {"flat": "1E999999"}}] } | products[0].price.flat: A decimal's exponent
                    """)
    void a_bad_price_book_is_told_with_its_path(String json, String message) throws IOException {
        write("price-book.json", json);
        Run run = runInput("--now", "2017-02-01T00:00:00Z");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("price-book.json:1: ").contains(message);
    }

    @Test
    void a_yaml_price_book_and_cloud_events_are_billed() throws IOException {
        write("price-book.yaml", """
                name: main
                version: 1
                currency: USD
                from: 2016-01-01
                products:
                  - {sku: egress, category: network, unit: GB, meter: egress-gb, price: {graduated: {tiers: [{upTo: 10, unit: 1}, {unit: 0.5}]}}}
                """);
        write("usage.ndjson", """
                {"specversion":"1.0","id":"1","source":"/a","type":"egress-gb","subject":"acme","time":"2017-01-03T04:00:00Z","data":{"quantity":8}}
                {"specversion":"1.0","id":"1","source":"/b","type":"egress-gb","subject":"acme","time":"2017-01-04T04:00:00Z","data":{"quantity":4}}
                {"specversion":"1.0","id":"1","source":"/b","type":"egress-gb","subject":"acme","time":"2017-01-04T04:00:00Z","data":{"quantity":4.0}}
                """);
        Run first = runInput("--now", "2017-02-01T00:00:00Z");
        assertThat(first.err()).contains("usage.ndjson: 3 facts, 2 of them new");
        assertThat(first.line("acme", "2017-01")).hasSize(1).first().asString().endsWith("| 11 USD");
        assertThat(runInput("--now", "2017-02-01T00:00:00Z").err()).contains("usage.ndjson: 3 facts, 0 of them new");
        write("usage.ndjson", """
                {"specversion":"1.0","id":"1","source":"/b","type":"egress-gb","subject":"acme","time":"2017-01-04T04:00:00Z","data":{"quantity":5}}
                {"specversion":"1.0","id":"2","source":"/b","type":"egress","subject":"acme","time":"2017-01-04T04:00:00Z"}
                """);
        Run wrong = runInput("--now", "2017-02-01T00:00:00Z");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("usage.ndjson:2: type: A meter must be priced by a product");
    }

    @Test
    void a_missing_column_and_a_broken_encoding_are_told() throws IOException {
        write("lifetimes.csv", "id,organization\n");
        assertThat(runInput().err()).contains("lifetimes.csv:1: sku: A column of this name is required");
        Files.write(folder.resolve("input/lifetimes.csv"), new byte[] {'i', 'd', '\n', (byte) 0xff});
        assertThat(runInput().err()).contains("a file must be in UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "--port x, --port",
        "--now yesterday, --now",
        "--profile stripe, --profile must be akkeris or akkeris-upstream",
        "--strict --lenient, mutually exclusive",
        "--atlas-key public, --atlas-key must be PUBLIC:PRIVATE",
        "--morpheus-epoch C, --morpheus-epoch",
        "--morpheus-zone Mars/Olympus, --morpheus-zone",
        "--nonsense, Unknown option"
    })
    void a_wrong_command_line_is_told_in_a_sentence(String args, String message) {
        Run run = run(args.split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void missing_files_are_told_in_a_sentence() {
        Run run = run("--focus", folder.resolve("none.csv").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("none.csv").doesNotContain("\tat ");
    }

    @Test
    void help_names_every_option() {
        String help = run("--help").out();
        for (String option : Array.of(
                "--port",
                "--token",
                "--atlas-key",
                "--morpheus-epoch",
                "--morpheus-zone",
                "--data",
                "--now",
                "--input",
                "--focus",
                "--profile",
                "--strict",
                "--lenient",
                "--once")) {
            assertThat(help).contains(option);
        }
    }

    @Test
    void results_do_not_depend_on_the_machine_s_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(run().line("2017-02", "akkeris"))
                    .containsExactly("main | 2017-02 | in progress | akkeris | app | 213.51 USD");
        } finally {
            Locale.setDefault(before);
        }
    }

    private void priceBook() throws IOException {
        write("price-book.json", """
                {"name": "main", "version": 1, "currency": "USD", "from": "2016-01-01", "products": [
                  {"sku": "gp2", "category": "dyno", "unit": "month", "price": {"perUnit": "60"}},
                  {"sku": "egress", "category": "network", "unit": "GB", "price": {"perUnit": "0.09"}}]}
                """);
    }

    private static String lifetimes(String... lines) {
        return "id,organization,space,app,sku,quantity,description,from,until\n" + String.join("\n", lines) + "\n";
    }
}
