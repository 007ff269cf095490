package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MAY;
import static dev.billing.http.morpheus.MorpheusFixture.thing;
import static dev.billing.http.morpheus.MorpheusFixture.things;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.http.morpheus.MorpheusFixture.Thing;
import dev.billing.usecase.CloudRun.ReportedCharge;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Morpheus' own examples: what happened goes in through runs, and the printed answers must come out, character by character. */
class MorpheusGoldenTest {

    private static final MorpheusFixture WORLD = new MorpheusFixture();

    @BeforeAll
    static void billMay() {
        Thing container = leaf();
        Thing instance = places(thing("Instance", "331", "nginx21"))
                .invoice("11868")
                .tagged(new Tag(714460, "hello", "world"), new Tag(714462, "agency", "Lonestar"));
        WORLD.run(MAY, "2020-05-01T14:59:59Z", things(container, instance));
        WORLD.clock.set(Instant.parse("2020-05-08T15:00:08Z"));
        WORLD.run(
                MAY,
                "2020-05-08T14:59:59Z",
                things(container, instance),
                container.charge("1", "compute", "0.1709403426", "2020-05-08T13:00:00Z"));
        Thing bucket = thing(
                        "AccountResource",
                        "3",
                        "ocid1.instance.oc1.iad.abuwcljsdtocgl7wumoxflvd7725dobh3zk2s3rdmtnp5ixt2x7nc3awllda")
                .invoice("12347")
                .fact(Fact.CATEGORY, Attribute.of("invoice"));
        Thing volume = thing("AccountResource", "2139", "ow-oraclecloud-1")
                .invoice("12431")
                .fact(Fact.CATEGORY, Attribute.of("invoice"));
        WORLD.run(
                MAY,
                "2020-05-12T01:59:59Z",
                things(bucket, volume),
                reported(bucket, ITEM_3247),
                reported(volume, ITEM_3246));
    }

    /** The machine whose costs the instance shows. */
    private static Thing leaf() {
        return places(thing("Container", "400", "nginx21_400")).monthly("compute", "6.250800024");
    }

    private static Thing places(Thing thing) {
        return thing.at(Morpheus.GROUP, "1", "lonestar")
                .at(Morpheus.CLOUD, "39", "qa-amazon")
                .at(Morpheus.INSTANCE, "331", "nginx21")
                .at(Morpheus.USER, "1", "admin")
                .at(Morpheus.PLAN, "1", "Amazon T2 Nano - 1 Core, 0.5GB Memory")
                .at(Morpheus.PROJECT, "2", "test")
                .fact(Fact.projectTag("agency"), Attribute.of("Lonestar"));
    }

    private record Item(
            String id,
            String start,
            String posted,
            String itemId,
            String product,
            String rate,
            String type,
            String category,
            String usage,
            String cost) {}

    private static final Item ITEM_3247 = new Item(
            "3247",
            "2020-05-09T22:00:00Z",
            "2020-05-12T02:29:54Z",
            "zmtWmBaN56GdFZq3ZeMhaTwKAXcECByQNvnlRA8yfsws/41naer2wamK1pC4gGVoxDjEHXVuDi3BHgE1epCBn5P5XcuFSmUd",
            "B88514",
            "0.0638",
            "Virtual Machine Standard - X7",
            "compute",
            "1.0",
            "0.0638");

    private static final Item ITEM_3246 = new Item(
            "3246",
            "2020-05-09T21:00:00Z",
            "2020-05-11T08:47:06Z",
            "zmtWmBaN56GdFZq3ZeMhaTwKAXcECByQNvnlRA8yfsws/41naer2wamK1pC4gGVoxDjEHXVuDi39cmcwss32ZJP5XcuFSmUd",
            "B91962",
            "0.0017",
            "Block Volume - Performance Units",
            "storage",
            "0.672043008681",
            "0.001142473117");

    private static ReportedCharge reported(Thing thing, Item item) {
        Instant start = Instant.parse(item.start());
        Origin origin = new Origin.Provided(
                item.itemId(),
                LinkedHashMap.of(
                        "item id",
                        item.itemId(),
                        "product code",
                        item.product(),
                        Origin.Provided.UNIT_COST,
                        item.rate()),
                Option.some("{\"rate\": " + item.rate() + "}"));
        LineItem line = LineItem.builder(
                        new LineId(item.id()), item.type(), item.category(), Instant.parse(item.posted()), origin)
                .position(Long.parseLong(item.id()))
                .description(thing.object().subject().name())
                .quantity(new BigDecimal(item.usage()), "")
                .cost(MorpheusFixture.usd(item.cost()))
                .period(Period.of(start, start.plusSeconds(3_600)))
                .build();
        return new ReportedCharge("AccountResource", thing.object().subject().id(), line);
    }

    @Test
    void gives_the_example_of_one_invoice() {
        assertThat(WORLD.get("/api/invoices/11868").body()).isEqualTo(example("invoice.json"));
    }

    @Test
    void gives_the_example_of_a_list_with_the_numbers_of_this_list() {
        String meta = "\"meta\":{\"size\":25,\"total\":35021,\"offset\":0,\"max\":25}";
        assertThat(WORLD.get("/api/invoices?refType=Instance").body())
                .isEqualTo(example("invoices.json")
                        .replace(meta, "\"meta\":{\"size\":1,\"total\":1,\"offset\":0,\"max\":25}"));
    }

    @Test
    void gives_the_example_of_line_items_with_the_numbers_of_this_list() {
        String meta = "\"meta\":{\"size\":2,\"total\":3269,\"offset\":22,\"max\":25}";
        assertThat(WORLD.get("/api/invoice-line-items?refType=AccountResource").body())
                .isEqualTo(example("line-items.json")
                        .replace(meta, "\"meta\":{\"size\":2,\"total\":2,\"offset\":0,\"max\":25}"));
    }

    @Test
    void gives_the_example_of_one_line_item() {
        assertThat(WORLD.get("/api/invoice-line-items/3246").body()).isEqualTo(example("line-item.json"));
    }

    @Test
    void adds_what_the_provider_told_when_asked_and_only_to_what_is_asked_for() {
        assertThat(WORLD.get("/api/invoice-line-items/3246?rawData=true").body())
                .endsWith("\"lastUpdated\":\"2020-05-11T08:47:06+0000\",\"rawData\":{\"rate\": 0.0017}}}");
        assertThat(WORLD.get("/api/invoices/12431?rawData=TRUE").body())
                .contains("\"lastUpdated\":\"2020-05-11T08:47:06+0000\"}],\"rawData\":null}}");
    }

    /** The printed answer without the white space between its tokens. */
    private static String example(String name) {
        try (InputStream resource = MorpheusGoldenTest.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^\\s+", "")
                    .replaceAll("\\R", "")
                    .replace("\": ", "\":");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
