package dev.billing.http.atlas;

import static dev.billing.http.atlas.AtlasFixture.ACCEPT_CSV;
import static dev.billing.http.atlas.AtlasFixture.ACCEPT_JSON;
import static dev.billing.http.atlas.AtlasFixture.ACCOUNT;
import static dev.billing.http.atlas.AtlasFixture.ORG;
import static dev.billing.http.atlas.AtlasFixture.PAID_ID;
import static dev.billing.http.atlas.AtlasFixture.PENDING_ID;
import static dev.billing.http.atlas.AtlasFixture.PUBLIC;
import static dev.billing.http.atlas.AtlasFixture.V1;
import static dev.billing.http.atlas.AtlasFixture.V2;
import static dev.billing.http.atlas.AtlasFixture.charge;
import static dev.billing.http.atlas.AtlasFixture.cluster;
import static dev.billing.http.atlas.AtlasFixture.project;
import static dev.billing.http.atlas.AtlasFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.profile.Atlas;
import dev.billing.http.atlas.AtlasFixture.Answer;
import dev.billing.usecase.Charge;
import dev.billing.usecase.Charge.Discount;
import dev.billing.usecase.ProvidedDocument;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invoices as spreadsheets, and which form a request gets. */
class AtlasCsvTest {

    private static final String COLUMNS = "Date,Description,Note,Project,Project ID,SKU,Region,Cluster,Replica Set,"
            + "Config Server,Application,Unit,Unit Price,Quantity,Discount Percent,Amount\n";
    private static final String V2_COLUMNS = "Date,Usage Date,Description,Note,Organization Name,Organization ID,"
            + "Project,Project ID,SKU,Region,Cluster,Replica Set,Config Server,Application,Unit,Unit Price,Quantity,"
            + "Discount Percent,Amount\n";

    private static final String SAMPLE = "09/30/2018,Atlas AWS Data Transfer (Internet) (N. Virginia) - Cluster0,,"
            + "My Project,5b0000000000000000000002,Atlas AWS Data Transfer (Internet),N. Virginia,Cluster0,,,,GB,"
            + "0.090000,1.507005000002115E-4,0.0,0.00\n";

    private static final Charge TRANSFER = charge(
                    "a", "ATLAS_AWS_DATA_TRANSFER_INTERNET", "2018-09-30", "1.507005000002115E-4", "GB", "0.090000")
            .at(HashMap.of(
                    Atlas.PROJECT, project("5b0000000000000000000002", "My Project"),
                    Atlas.CLUSTER, cluster("Cluster0"),
                    Atlas.REGION, Ref.named("region", "N. Virginia")));

    private static final AtlasOptions OPTIONS = AtlasOptions.DEFAULT
            .withSkuNames(HashMap.of("ATLAS_AWS_DATA_TRANSFER_INTERNET", "Atlas AWS Data Transfer (Internet)")::get)
            .withCompanies(organization -> Option.some("Acme \"Cloud\", Inc."))
            .withAddresses(organization -> Option.some("1 Main St, Springfield"))
            .withOrganizationNames(organization -> Option.some("Acme, all of it"));

    @Test
    void the_first_version_has_company_and_address() {
        assertThat(csv(september(OPTIONS), PUBLIC).body())
                .isEqualTo("Invoice Number," + PENDING_ID + "\nCompany,\"Acme \"\"Cloud\"\", Inc.\"\n"
                        + "Address,\"1 Main St, Springfield\"\n"
                        + "Billing Period,\"September 1, 2018 - October 1, 2018\"\n\n" + COLUMNS + SAMPLE);
    }

    @Test
    void the_second_version_has_the_organization_and_the_day_of_billing() {
        String row = SAMPLE.replace("09/30/2018,", "10/01/2018,09/30/2018,")
                .replace("Cluster0,,My", "Cluster0,,\"Acme, all of it\"," + ORG + ",My");
        assertThat(csv(september(OPTIONS), V2).body())
                .isEqualTo("Invoice Number," + PENDING_ID + ",\n"
                        + "Billing Period,\"September 1, 2018 - October 1, 2018\",\n"
                        + "Organization Name,\"Acme, all of it\",\nOrganization ID," + ORG + ",\n\n" + V2_COLUMNS
                        + row);
    }

    @Test
    void what_is_not_known_is_empty_and_a_sku_without_name_is_its_own() {
        AtlasFixture fixture = september(AtlasOptions.DEFAULT);
        assertThat(csv(fixture, V1).body())
                .contains("\nCompany,\"\"\nAddress,\"\"\n")
                .contains("09/30/2018,ATLAS_AWS_DATA_TRANSFER_INTERNET (N. Virginia) - Cluster0,,");
        assertThat(csv(fixture, V2).body()).contains("\nOrganization Name,,\n");
        fixture.know(ORG, "Acme");
        assertThat(csv(fixture, V2).body())
                .contains("\nOrganization Name,Acme,\n")
                .contains(",,Acme," + ORG + ",My");
    }

    @Test
    void an_invoice_that_is_addressed_to_somebody_says_so() {
        AtlasFixture fixture = new AtlasFixture(OPTIONS);
        Address address = new Address("2 Side St", "", "", "12345", "Springfield", "", "US");
        Head head = AtlasFixture.head(PAID_ID, ORG, "2018-02");
        Customer customer = new Customer("c", "Shop Ltd", "", Instant.EPOCH, Option.some(address), Option.none());
        Head addressed = new Head(
                head.id(),
                head.profile(),
                head.account(),
                head.owner(),
                head.subject(),
                head.period(),
                head.places(),
                Option.some(customer),
                head.currency(),
                head.createdAt());
        fixture.provide(new ProvidedDocument(
                "outside", addressed, HashMap.empty(), Array.empty(), InvoiceStatus.FREE, head.createdAt()));
        assertThat(fixture.get(V1 + "/" + PAID_ID + "/csv").body())
                .contains("\nCompany,\"Shop Ltd\"\nAddress,\"2 Side St, 12345, Springfield, US\"\n")
                .endsWith("\n\n" + COLUMNS);
    }

    @ParameterizedTest(name = "{0} × {1}")
    @CsvSource(delimiter = '|', textBlock = """
            1   | -3.00      | -3.000000,1.0,0.0,-3.00
            1   | -0.0000005 | -0.000001,1.0,0.0,0.00
            1   | -0.004     | -0.004000,1.0,0.0,0.00
            150 | 0.10       | 0.100000,150.0,0.0,15.00
            2   | 10000000   | 10000000.000000,2.0,0.0,20000000.00
            """)
    void amounts_are_dollars_with_two_decimals_and_prices_have_six(String quantity, String price, String end) {
        AtlasFixture fixture = new AtlasFixture();
        fixture.open();
        fixture.post("2018-06-19T04:06:14Z", charge("a", "CREDIT", "2018-06-18", quantity, "", price));
        assertThat(csv(fixture, V1).body()).endsWith(",CREDIT,,,,,,," + end + "\n");
    }

    @Test
    void only_what_must_be_quoted_is() {
        AtlasFixture fixture = new AtlasFixture();
        fixture.open();
        fixture.post(
                "2018-06-19T04:06:14Z",
                charge("a", "SKU", "2018-06-18", "1", "server hours", "1")
                        .named("Support, \"gold\"")
                        .noted("fine; 'as is'")
                        .less(new Discount(usd("0.10"), Option.some(new BigDecimal("10.0"))))
                        .at(HashMap.of(
                                Atlas.APPLICATION, Ref.named("application", "shop"),
                                Atlas.REPLICA_SET, Ref.named("replica set", "rs0"),
                                Atlas.CONFIG_SERVER, Ref.named("config server", "cfg"))));
        assertThat(csv(fixture, V1).body())
                .endsWith(
                        "\n06/18/2018,\"Support, \"\"gold\"\" - shop\",fine; 'as is',,,\"Support, \"\"gold\"\"\",,,rs0,"
                                + "cfg,shop,server hours,1.000000,1.0,10.0,1.00\n");
    }

    @Test
    void a_spreadsheet_is_never_wrapped_or_pretty() {
        AtlasFixture fixture = september(OPTIONS);
        String plain = csv(fixture, V1).body();
        assertThat(fixture.get(V1 + "/" + PENDING_ID + "/csv?envelope=true&pretty=true")
                        .body())
                .isEqualTo(plain);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            none                                            | JSON
            ''                                              | JSON
            */*                                             | JSON
            application/*                                   | JSON
            application/json                                | JSON
            image/png                                       | JSON
            text/html;q=0.9, nonsense;;q=x                  | JSON
            text/csv                                        | CSV
            TEXT/CSV                                        | CSV
            text/*                                          | CSV
            text/csv;q=0.1                                  | CSV
            text/csv;q=0                                    | JSON
            text/csv, */*                                   | JSON
            text/csv, */*;q=0.5                             | CSV
            text/csv;q=0.5, application/json;q=0.4          | CSV
            text/csv;q=0.4, application/json;q=0.5          | JSON
            text/csv;q=0.5, application/json;q=0.5          | JSON
            application/json;q=0.5,text/*;q=0.8,text/csv;q=0.2 | JSON
            text/csv; header=present; q=0.9, */*; q=0.8     | CSV
            application/vnd.atlas.2023-01-01+csv            | JSON
            """)
    void unversioned_bases_answer_what_is_preferred_and_refuse_nothing(String accept, AtlasFormat format) {
        AtlasFixture fixture = september(OPTIONS);
        for (String list : Array.of(PUBLIC, V1)) {
            assertThat(get(fixture, list + "/" + PENDING_ID, accept).header("Content-Type"))
                    .contains(format == AtlasFormat.CSV ? "text/csv" : "application/json");
            assertThat(get(fixture, list + "/" + PENDING_ID + "/csv", accept).header("Content-Type"))
                    .contains("text/csv");
            assertThat(get(fixture, list, accept).header("Content-Type")).contains("application/json");
            assertThat(get(fixture, list + "/pending", accept).header("Content-Type"))
                    .contains("application/json");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            none                                            | 406  | 406 | 406
            ''                                              | 406  | 406 | 406
            */*                                             | 406  | 406 | 406
            application/json                                | 406  | 406 | 406
            text/csv                                        | 406  | 406 | 406
            application/vnd.atlas.preview+json              | 406  | 406 | 406
            application/vnd.atlas.2022-12-31+json           | 406  | 406 | 406
            application/vnd.atlas.2023-02-30+json           | 406  | 406 | 406
            application/vnd.atlas.2023-1-1+json             | 406  | 406 | 406
            application/vnd.atlas.2023-01-01+gzip           | 406  | 406 | 406
            application/vnd.atlas.2023-01-01+json;q=0       | 406  | 406 | 406
            application/vnd.atlas.2023-01-01+json           | JSON | 406 | JSON
            Application/Vnd.Atlas.2023-01-01+JSON           | JSON | 406 | JSON
            application/vnd.atlas.2024-08-05+json;charset=utf-8 | JSON | 406 | JSON
            application/vnd.atlas.9999-12-31+json, */*      | JSON | 406 | JSON
            application/vnd.atlas.2023-01-01+csv            | 406  | CSV | CSV
            application/vnd.atlas.2025-03-12+csv            | 406  | CSV | CSV
            application/vnd.atlas.2023-01-01+csv, application/vnd.atlas.2023-01-01+json | JSON | CSV | JSON
            application/vnd.atlas.2023-01-01+csv;q=0.9, application/vnd.atlas.2023-01-01+json;q=0.8 | JSON | CSV | CSV
            """)
    void the_versioned_base_answers_versions_only(String accept, String list, String csv, String either) {
        AtlasFixture fixture = september(OPTIONS);
        assertAnswers(get(fixture, V2, accept), list);
        assertAnswers(get(fixture, V2 + "/pending", accept), list);
        assertAnswers(get(fixture, V2 + "/" + PENDING_ID + "/csv", accept), csv);
        assertAnswers(get(fixture, V2 + "/" + PENDING_ID, accept), either);
    }

    private static void assertAnswers(Answer answer, String expected) {
        if (expected.equals("406")) {
            assertThat(answer.status()).isEqualTo(406);
            assertThat(answer.body())
                    .isEqualTo("{\"detail\":\"Invalid accept header or version date.\",\"error\":406,"
                            + "\"errorCode\":\"INVALID_VERSION_DATE\",\"parameters\":[],"
                            + "\"reason\":\"Not Acceptable\"}");
            assertThat(answer.header("Content-Type")).contains("application/json");
        } else {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type"))
                    .contains(expected.equals("CSV") ? ACCEPT_CSV : ACCEPT_JSON + ";charset=utf-8");
        }
    }

    private static Answer get(AtlasFixture fixture, String target, @Nullable String accept) {
        return accept == null ? fixture.get(target) : fixture.get(target, accept);
    }

    private static Answer csv(AtlasFixture fixture, String list) {
        return fixture.get(list + "/" + PENDING_ID + "/csv", ACCEPT_CSV);
    }

    private static AtlasFixture september(AtlasOptions options) {
        AtlasFixture fixture = new AtlasFixture(options);
        fixture.postCharges
                .open(
                        AtlasFixture.TENANT,
                        ACCOUNT,
                        YearMonth.of(2018, 9),
                        (account, period) -> new InvoiceId(PENDING_ID))
                .get();
        fixture.post("2018-10-01T04:06:14Z", TRANSFER);
        return fixture;
    }
}
