package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MAY;
import static dev.billing.http.morpheus.MorpheusFixture.OTHER;
import static dev.billing.http.morpheus.MorpheusFixture.ROOT;
import static dev.billing.http.morpheus.MorpheusFixture.SUB;
import static dev.billing.http.morpheus.MorpheusFixture.thing;
import static dev.billing.http.morpheus.MorpheusFixture.things;
import static dev.billing.http.morpheus.MorpheusFixture.usd;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Origin;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.http.morpheus.MorpheusFixture.Thing;
import dev.billing.usecase.CloudRun.ReportedCharge;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.YearMonth;

/**
 * Three tenants in two clouds. Documents 100 to 103 and 110 are the master's, 200 to 202 those of the sub-tenant, 300 that of another one;
 * 201 and 202 run in a cloud of the master.
 */
final class MorpheusWorld {

    static final YearMonth APRIL = YearMonth.of(2020, 4);

    private static final Thing NGINX = thing("Container", "400", "Nginx_400")
            .invoice("100")
            .at(Morpheus.GROUP, "1", "lonestar")
            .at(Morpheus.CLOUD, "39", "qa-amazon")
            .at(Morpheus.INSTANCE, "331", "nginx21")
            .at(Morpheus.SERVER, "10", "host-10")
            .at(Morpheus.CLUSTER, "20", "cluster-20")
            .at(Morpheus.USER, "5", "admin")
            .at(Morpheus.PLAN, "7", "small")
            .at(Morpheus.PROJECT, "2", "test")
            .fact(Fact.projectTag("b"), Attribute.of("2"))
            .fact(Fact.projectTag("a"), Attribute.of("1"))
            .fact(Fact.UUID, Attribute.of("u-400"))
            .fact(Fact.CLOUD_UUID, Attribute.of("c-39"))
            .fact(Fact.RAW, Attribute.of("[1, {\"a\": null}]"))
            .fact(Fact.RESOURCE_ID, Attribute.of(77))
            .fact(Fact.RESOURCE_NAME, Attribute.of("never shown on a container"))
            .tagged(new Tag(1, "foo", "bar"), new Tag(2, "env", "qa"))
            .monthly("compute", "12", "10");

    private static final Thing INSTANCE = thing("Instance", "331", "nginx21")
            .invoice("101")
            .at(Morpheus.CLOUD, "39", "qa-amazon")
            .at(Morpheus.INSTANCE, "331", "nginx21");

    private static final Thing LOOSE = thing("StorageVolume", "600", "disk%a")
            .invoice("102")
            .at(Morpheus.CLOUD, "40", "QA-azure")
            .fact(Fact.STATUS, Attribute.of("unattached"))
            .tagged(new Tag(3, "env", "test"))
            .monthly("storage", "1");

    private static final Thing DISK = thing("StorageVolume", "601", "diskXa")
            .invoice("103")
            .at(Morpheus.CLOUD, "40", "QA-azure")
            .fact(Fact.STATUS, Attribute.of("provisioned"))
            .monthly("storage", "2");

    private static final Thing OLD =
            thing("Container", "400", "Nginx_400").invoice("110").monthly("compute", "1");

    static final Thing OWN = thing("Container", "401", "sub-own")
            .invoice("200")
            .of(SUB, SUB, "sub")
            .at(Morpheus.CLOUD, "50", "sub-cloud")
            .monthly("compute", "30", "1");

    static final Thing FOREIGN = thing("Container", "402", "sub-foreign")
            .invoice("201")
            .of(SUB, ROOT, "sub")
            .at(Morpheus.CLOUD, "39", "qa-amazon")
            .fact(Fact.RAW, Attribute.of("{\"cost\": 4}"))
            .monthly("compute", "20", "4");

    static final Thing METERED = thing("Container", "404", "sub-metered")
            .invoice("202")
            .of(SUB, ROOT, "sub")
            .at(Morpheus.CLOUD, "39", "qa-amazon")
            .monthly("memory", "720", "72");

    static final Thing FAR = thing("Container", "403", "other-own")
            .invoice("300")
            .of(OTHER, OTHER, "other")
            .monthly("compute", "9", "8");

    private MorpheusWorld() {}

    /** April, and May up to its eighth day. */
    static MorpheusFixture billed(MorpheusFixture fixture) {
        fixture.clock.set(Instant.parse("2020-05-01T10:00:00Z"));
        fixture.run(APRIL, "2020-05-01T03:59:59Z", things(OLD));
        fixture.clock.set(Instant.parse("2020-05-08T15:00:08.999Z"));
        fixture.run(
                MAY,
                "2020-05-08T14:59:59Z",
                things(NGINX, INSTANCE, LOOSE, DISK, OWN, FOREIGN, METERED, FAR),
                NGINX.charge("2", "softwareOrService", "0.2", "2020-05-08T12:00:00Z", texts("EC2", "us-east-1")),
                NGINX.charge("10", "compute", "0.1", "2020-05-08T13:00:00Z", texts("S3", "us-west-1")),
                priced(OWN.charge("20", "compute", "1.5", "2020-05-08T13:00:00Z"), "2.5"),
                priced(
                        FOREIGN.charge("21", "compute", "0.5", "2020-05-08T13:00:00Z", texts("EC2", "us-east-1")),
                        "4.5"),
                priced(FOREIGN.charge("22", "memory", "3.5", "2020-05-08T12:00:00Z"), "0.5"),
                FAR.charge("30", "compute", "7", "2020-05-08T13:00:00Z"));
        return fixture;
    }

    static MorpheusFixture billed() {
        return billed(new MorpheusFixture());
    }

    private static LinkedHashMap<String, String> texts(String product, String region) {
        return LinkedHashMap.of("product code", product, "region", region, Origin.Provided.UNIT_COST, "0.0638");
    }

    private static ReportedCharge priced(ReportedCharge charge, String price) {
        return new ReportedCharge(
                charge.subjectType(),
                charge.subjectId(),
                charge.line().toBuilder().price(usd(price)).tax(usd("0.25")).build());
    }

    /** The ids of what is listed, in their order. */
    static Seq<Long> ids(MorpheusFixture.Answer answer, String list) {
        return Array.ofAll(answer.json().get(list)).map(row -> row.get("id").asLong());
    }
}
