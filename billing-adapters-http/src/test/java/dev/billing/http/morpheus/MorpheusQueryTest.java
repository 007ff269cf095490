package dev.billing.http.morpheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.http.morpheus.MorpheusFixture.Answer;
import dev.billing.http.morpheus.MorpheusOptions.Epoch;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What parameters mean, alone, repeated and together. Bad values are among the errors. */
class MorpheusQueryTest {

    private static final MorpheusFixture WORLD = MorpheusWorld.billed();
    private static final MorpheusFixture B = MorpheusWorld.billed(new MorpheusFixture().in(Epoch.B));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            phrase=nginx                          | 100 101 110
            phrase=GIN                            | 100 101 110
            phrase=disk%25                        | 102
            phrase=_4                             | 100 110
            phrase=disk%25&phrase=21              | 101 102
            phrase=                               | 100 101 102 103 110
            name=nginx21                          | 101
            name=NGINX21                          |
            name=nginx                            |
            name=nginx21&name=disk%25a            | 101 102
            startDate=2020-05-01                  | 100 101 102 103
            startDate=2020-05-02                  |
            startDate=2020-05-01T04:00:00Z        | 100 101 102 103
            startDate=2020-05-01T04:00:00%2B0000  | 100 101 102 103
            startDate=2020-05-01T04:00:00+0000    | 100 101 102 103
            startDate=2020-05-01T04:00:00+00:00   | 100 101 102 103
            startDate=2020-05-01T04:00:01Z        |
            endDate=2020-05-31                    | 110
            endDate=2020-06-01                    | 100 101 102 103 110
            endDate=2020-06-01T03:59:59Z          | 100 101 102 103 110
            endDate=2020-06-01T03:59:58Z          | 110
            startDate=2020-04-01&endDate=2020-05-01 | 110
            period=202005                         | 100 101 102 103
            period=202004                         | 110
            period=202004&period=202005           | 100 101 102 103 110
            period=2020                           | 100 101 102 103 110
            period=2019                           |
            period=                               | 100 101 102 103 110
            period=2020&startDate=2020-05-01      | 100 101 102 103
            refType=Instance                      | 101
            refType=instance                      |
            refType=Instance&refType=StorageVolume | 101 102 103
            refType=Nothing                       |
            refId=400                             | 100 110
            refId=0400                            | 100 110
            refId=400&refId=600                   | 100 102 110
            refId=400&period=202005               | 100
            refId=99999999999999999999999         |
            refId=-400                            |
            refType=StorageVolume&refStatus=unattached | 102
            refType=StorageVolume&refStatus=unattached&refStatus=provisioned | 102 103
            refType=StorageVolume&refStatus=other |
            refType=StorageVolume&refStatus=%01   |
            refType=StorageVolume&refStatus=      | 102 103
            refStatus=unattached                  | 100 101 102 103 110
            refType=StorageVolume&refType=Instance&refStatus=unattached | 101 102 103
            zoneId=40                             | 102 103
            zoneId=39&zoneId=40                   | 100 101 102 103
            siteId=1                              | 100
            instanceId=331                        | 100 101
            serverId=10                           | 100
            userId=5                              | 100
            projectId=2                           | 100
            containerId=400                       | 100 110
            zoneId=39&instanceId=331&refType=Container | 100
            active=true                           | 100 101 102 103 110
            active=FALSE                          |
            active=true&active=false              | 100 101 102 103 110
            estimate=false                        | 100 101
            estimate=TRUE                         | 102 103 110
            accountId=2                           | 200 201 202
            accountId=3&accountId=2               | 200 201 202 300
            accountId=1                           | 100 101 102 103 110
            accountId=99                          |
            accountId=                            | 100 101 102 103 110
            tags.env=qa                           | 100
            tags.env=qa&tags.env=test             | 100 102
            tags.env=qa&tags.foo=bar              | 100
            tags.env=test&tags.foo=bar            |
            tags.env=                             | 100 102
            tags.env=&tags.env=nothing            | 100 102
            tags.env=QA                           |
            tags.a=1                              |
            tags=env                              | 100 101 102 103 110
            tags=                                 | 100 101 102 103 110
            lastUpdated=2020-05-08                | 100 101 102 103
            lastUpdated=2020-05-08T15:00:08Z      | 100 101 102 103
            lastUpdated=2020-05-08T15:00:09Z      |
            something=else                        | 100 101 102 103 110
            refType[]=Instance                    | 100 101 102 103 110
            invoiceId=100&externalId=x            | 100 101 102 103 110
            """)
    void filters_of_invoices(String query, String ids) {
        assertThat(MorpheusWorld.ids(WORLD.get("/api/invoices?sort=id&" + query), "invoices"))
                .containsExactlyElementsOf(numbers(ids));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            invoiceId=100                       | 2 10
            invoiceId=100&invoiceId=101         | 2 10
            invoiceId=101                       |
            externalId=external-10              | 10
            externalId=external-10&externalId=external-2 | 2 10
            externalId=                         | 2 10
            startDate=2020-05-08T13:00:00Z      | 10
            endDate=2020-05-08T13:00:00Z        | 2
            endDate=2020-05-08T12:59:59Z        |
            startDate=2020-05-08&endDate=2020-05-09 | 2 10
            lastUpdated=2020-05-08T15:00:00Z    | 10
            phrase=nginx_                       | 2 10
            name=Nginx_400                      | 2 10
            name=nginx_400                      |
            refType=Container                   | 2 10
            refType=Instance                    |
            refId=400                           | 2 10
            period=202005                       | 2 10
            period=202004                       |
            zoneId=39                           | 2 10
            zoneId=40                           |
            siteId=1&instanceId=331&serverId=10&userId=5&projectId=2&containerId=400 | 2 10
            active=true                         | 2 10
            estimate=false                      | 2 10
            estimate=true                       |
            tags.env=qa                         | 2 10
            tags.env=test                       |
            accountId=2                         | 20 21 22
            accountId=3                         | 30
            """)
    void filters_of_line_items_of_which_some_look_at_the_invoice(String query, String ids) {
        String reported = query.contains("estimate") ? query : query + "&estimate=false";
        assertThat(MorpheusWorld.ids(WORLD.get("/api/invoice-line-items?sort=id&" + reported), "lineItems"))
                .containsExactlyElementsOf(query.equals("estimate=true") ? metered() : numbers(ids));
    }

    /** The lines of plans, which are there where nothing is reported. */
    private static Seq<Long> metered() {
        return MorpheusWorld.ids(WORLD.get("/api/invoice-line-items?sort=id"), "lineItems")
                .reject(id -> id == 2 || id == 10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                  | 100 101 102 103 110
            direction=asc                       | 110 100 101 102 103
            direction=DESC                      | 100 101 102 103 110
            sort=startDate                      | 110 100 101 102 103
            sort=startDate&direction=desc       | 100 101 102 103 110
            sort=startDate+desc%2C+id+asc       | 100 101 102 103 110
            sort=startDate+desc,id+DESC         | 103 102 101 100 110
            sort=startDate,id+asc&direction=desc | 100 101 102 103 110
            sort=id+asc&direction=desc          | 100 101 102 103 110
            sort=id&direction=desc              | 110 103 102 101 100
            sort=refName                        | 102 103 101 100 110
            sort=refName&direction=desc         | 100 110 101 103 102
            sort=cloud                          | 110 100 101 102 103
            sort=cloud+desc                     | 102 103 100 101 110
            sort=group                          | 101 102 103 110 100
            sort=group+desc                     | 100 101 102 103 110
            sort=instance,id                    | 102 103 110 100 101
            sort=project+desc                   | 100 101 102 103 110
            sort=account                        | 100 101 102 103 110
            sort=interval+desc                  | 100 101 102 103 110
            sort=interval,startDate             | 110 100 101 102 103
            sort=refType                        | 100 110 101 102 103
            sort=refId+desc                     | 103 102 100 110 101
            sort=estimatedTotalCost             | 102 110 103 100 101
            sort=estimatedTotalPrice+desc       | 100 101 103 102 110
            sort=runningCost                    | 102 100 101 103 110
            sort=estimate                       | 100 101 102 103 110
            sort=costType+desc                  | 102 103 110 100 101
            sort=lastActualDate                 | 102 103 110 100 101
            sort=period                         | 110 100 101 102 103
            sort=runningMultiplier+desc         | 110 100 101 102 103
            sort=actualExtraCost+desc           | 100 101 102 103 110
            """)
    void sorting(String query, String ids) {
        assertThat(MorpheusWorld.ids(WORLD.get("/api/invoices?" + query), "invoices"))
                .containsExactlyElementsOf(numbers(ids));
    }

    @Test
    void every_plain_key_of_an_epoch_sorts_and_no_other() {
        for (MorpheusFixture world : Array.of(WORLD, B)) {
            assertSorts(world, "/api/invoices", "invoices", "/api/invoices/100", "invoice");
            assertSorts(world, "/api/invoice-line-items", "lineItems", "/api/invoice-line-items/10", "lineItem");
        }
        assertThat(WORLD.get("/api/invoices?sort=ownerId").status()).isEqualTo(400);
        assertThat(B.get("/api/invoices?sort=invoiceTotalCost").status()).isEqualTo(400);
        assertThat(WORLD.get("/api/invoice-line-items?sort=regionCode").status())
                .isEqualTo(400);
        assertThat(B.get("/api/invoice-line-items?sort=refCategory").status()).isEqualTo(400);
    }

    private static void assertSorts(MorpheusFixture world, String list, String rows, String one, String name) {
        Seq<Long> all = MorpheusWorld.ids(world.get(list), rows);
        for (String key : world.get(one).json().get(name).propertyNames()) {
            Answer answer = world.get(list + "?sort=" + key + "+desc");
            if (key.equals("tags") || key.equals("lineItems")) {
                assertThat(answer.status()).as(key).isEqualTo(400);
            } else {
                assertThat(MorpheusWorld.ids(answer, rows)).as(key).containsExactlyInAnyOrderElementsOf(all);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sort=id                 | 2 10
            sort=id+desc            | 10 2
            ''                      | 10 2
            direction=asc           | 2 10
            sort=itemCost           | 10 2
            sort=itemCost+desc      | 2 10
            sort=productCode        | 2 10
            sort=productCode+desc   | 10 2
            sort=usageCategory      | 10 2
            sort=invoiceId          | 2 10
            sort=refName,externalId | 10 2
            """)
    void sorting_of_line_items(String query, String ids) {
        assertThat(MorpheusWorld.ids(WORLD.get("/api/invoice-line-items?invoiceId=100&" + query), "lineItems"))
                .containsExactlyElementsOf(numbers(ids));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                | 100 101 102 103 110 | {"size":5,"total":5,"offset":0,"max":25}
            max=2                             | 100 101             | {"size":2,"total":5,"offset":0,"max":2}
            max=2&offset=3                    | 103 110             | {"size":2,"total":5,"offset":3,"max":2}
            max=2&offset=4                    | 110                 | {"size":1,"total":5,"offset":4,"max":2}
            offset=5                          |                     | {"size":0,"total":5,"offset":5,"max":25}
            offset=99999999999                |                     | {"size":0,"total":5,"offset":99999999999,"max":25}
            max=0                             |                     | {"size":0,"total":5,"offset":0,"max":0}
            max=-1                            | 100 101 102 103 110 | {"size":5,"total":5,"offset":0,"max":-1}
            max=-1&offset=2                   | 102 103 110         | {"size":3,"total":5,"offset":2,"max":-1}
            max=10000&offset=0                | 100 101 102 103 110 | {"size":5,"total":5,"offset":0,"max":10000}
            max=&offset=                      | 100 101 102 103 110 | {"size":5,"total":5,"offset":0,"max":25}
            refType=StorageVolume&max=1       | 102                 | {"size":1,"total":2,"offset":0,"max":1}
            """)
    void paging(String query, String ids, String meta) {
        Answer answer = WORLD.get("/api/invoices?" + query);
        assertThat(MorpheusWorld.ids(answer, "invoices")).containsExactlyElementsOf(numbers(ids));
        assertThat(answer.body()).endsWith(",\"meta\":" + meta + "}");
    }

    @Test
    void numbers_beyond_all_bounds_page_beyond_the_end() {
        String huge = "9".repeat(50);
        JsonNode meta = WORLD.get("/api/invoices?offset=" + huge + "&max=" + huge)
                .json()
                .get("meta");
        assertThat(meta.get("size").asInt()).isZero();
        assertThat(meta.get("total").asInt()).isEqualTo(5);
    }

    @Test
    void line_items_are_paged_the_same_way() {
        assertThat(WORLD.get("/api/invoice-line-items?invoiceId=100&max=1&offset=1&sort=id")
                        .body())
                .startsWith("{\"lineItems\":[{\"id\":10,\"invoiceId\":100,")
                .endsWith("],\"meta\":{\"size\":1,\"total\":2,\"offset\":1,\"max\":1}}");
    }

    private static Seq<Long> numbers(String ids) {
        return ids == null
                ? Array.empty()
                : Array.of(ids.strip().split(" ", -1)).map(Long::valueOf);
    }
}
