package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.ACME;
import static dev.billing.testkit.InvoiceFixtures.APP;
import static dev.billing.testkit.InvoiceFixtures.ODD;
import static dev.billing.testkit.InvoiceFixtures.ORGANIZATION;
import static dev.billing.testkit.InvoiceFixtures.OTHER_TENANT;
import static dev.billing.testkit.InvoiceFixtures.SPACE;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.UMBRELLA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import dev.billing.port.Directory;
import dev.billing.port.Place;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link Directory} keeps: at least one test for each number in its Javadoc. Extend it in your tests and return
 * yours.
 * <p>
 * Two things are left open: which of several places of one name is found, and whether ids that differ by case are one place or two.
 */
public abstract class DirectoryContract {

    private static final Instant CREATED = Instant.parse("2024-02-03T04:05:06.007Z");
    private static final Instant LATER = Instant.parse("2024-03-01T00:00:00Z");

    /** A directory without places. A test may call it again, and then no longer uses the one before. */
    protected abstract Directory emptyDirectory();

    @Test
    void d1_finds_a_place_by_its_exact_name() {
        Directory directory = emptyDirectory();
        Ref api = new Ref("app", "id-1", "Api");
        put(directory, APP, api);
        put(directory, APP, new Ref("app", "id-2", "Web"));
        assertThat(directory.find(TENANT, APP, "Api"))
                .as("D1: a place must be found by its name, as it was put")
                .containsExactly(api);
        for (String other : Array.of("api", "API", "Api ", " Api", "Ap", "Ap_", "Ap%", "\u00c1pi")) {
            assertThat(directory.find(TENANT, APP, other))
                    .as("D1: a place must not be found by another name: '%s'", other)
                    .isEmpty();
        }
    }

    @Test
    void d1_finds_a_place_by_its_id_without_regard_to_case() {
        Directory directory = emptyDirectory();
        Ref api = new Ref("app", "0af6-C9D\u00c9", "api");
        put(directory, APP, api);
        for (String id : Array.of("0af6-C9D\u00c9", "0AF6-C9D\u00c9", "0af6-c9d\u00e9")) {
            assertThat(directory.find(TENANT, APP, id))
                    .as("D1: a place must be found by its id without regard to case: '%s'", id)
                    .containsExactly(api);
        }
        for (String other : Array.of("0af6-c9de", "0af6", "0af6-C9D_", "%")) {
            assertThat(directory.find(TENANT, APP, other))
                    .as("D1: a place must not be found by another id: '%s'", other)
                    .isEmpty();
        }
    }

    @Test
    void d1_lets_a_name_go_before_an_id() {
        Ref named = new Ref("app", "id-1", "both");
        Ref identified = new Ref("app", "both", "other");
        for (Seq<Ref> order : Array.of(Array.of(named, identified), Array.of(identified, named))) {
            Directory directory = emptyDirectory();
            order.forEach(ref -> put(directory, APP, ref));
            assertThat(directory.find(TENANT, APP, "both"))
                    .as("D1: a name must go before an id, in whatever order the places were put")
                    .containsExactly(named);
            assertThat(directory.find(TENANT, APP, "BOTH"))
                    .as("D1: where no name is equal, the id counts")
                    .containsExactly(identified);
        }
    }

    @Test
    void d1_finds_places_of_the_dimension_that_is_asked_for() {
        Directory directory = emptyDirectory();
        Ref app = new Ref("app", "app-id", "same");
        Ref space = new Ref("space", "space-id", "same");
        put(directory, APP, app);
        put(directory, SPACE, space);
        assertThat(directory.find(TENANT, APP, "same"))
                .as("D1: the same name may be used in another dimension")
                .containsExactly(app);
        assertThat(directory.find(TENANT, SPACE, "same"))
                .as("D1: the same name may be used in another dimension")
                .containsExactly(space);
        assertThat(directory.find(TENANT, ORGANIZATION, "same"))
                .as("D1: a place must not be found in another dimension")
                .isEmpty();
        assertThat(directory.find(TENANT, SPACE, "app-id"))
                .as("D1: a place must not be found in another dimension")
                .isEmpty();
        assertThat(directory.find(TENANT, new Dimension("App"), "same"))
                .as("D1: a place must not be found in another dimension")
                .isEmpty();
    }

    @Test
    void d1_keeps_a_place_as_it_was_put() {
        Directory directory = emptyDirectory();
        Ref odd = new Ref("type" + ODD, "id" + ODD, "name" + ODD);
        put(directory, new Dimension("dimension" + ODD), odd);
        put(directory, APP, new Ref("app", "id", ""));
        assertThat(directory.find(TENANT, new Dimension("dimension" + ODD), "name" + ODD))
                .as("D1: type, id and name must be given as put, odd characters included")
                .containsExactly(odd);
        assertThat(directory.find(TENANT, APP, "id"))
                .as("D1: a place without a name must be found by its id")
                .containsExactly(new Ref("app", "id", ""));
    }

    @Test
    void d2_replaces_a_place_of_the_same_id() {
        Directory directory = emptyDirectory();
        put(directory, APP, new Ref("app", "id", "before"));
        put(directory, APP, new Ref("app", "other", "other"));
        Ref after = new Ref("function", "id", "after");
        put(directory, APP, after);
        assertThat(directory.find(TENANT, APP, "after"))
                .as("D2: a place that is put again must have its new name")
                .containsExactly(after);
        assertThat(directory.find(TENANT, APP, "id"))
                .as("D2: a place that is put again must be found by its id as it is now")
                .containsExactly(after);
        assertThat(directory.find(TENANT, APP, "before"))
                .as("D2: a place that is put again must lose its old name")
                .isEmpty();
        assertThat(directory.find(TENANT, APP, "other"))
                .as("D2: other places must stay")
                .isNotEmpty();
    }

    @Test
    void d2_replaces_no_place_of_another_dimension() {
        Directory directory = emptyDirectory();
        put(directory, APP, new Ref("app", "id", "app"));
        put(directory, SPACE, new Ref("space", "id", "space"));
        assertThat(directory.find(TENANT, APP, "app"))
                .as("D2: an id may be used in another dimension")
                .isNotEmpty();
    }

    @Test
    void d2_replaces_creation_and_surroundings_too() {
        Place before = place(APP, "id", HashMap.of(ORGANIZATION, ACME), CREATED);
        Place after = place(APP, "id", HashMap.of(SPACE, Ref.named("space", "prod")), CREATED.plusSeconds(1));
        assertThat(firstCreations(before, after))
                .as(
                        "D2: a place that is put again must be as if it had not been there before, creation and surroundings included")
                .isEqualTo(firstCreations(after));
    }

    /** The first creations anywhere, where the place was, and where it is, in a directory of its own. */
    private Seq<Option<Instant>> firstCreations(Place... put) {
        Directory directory = emptyDirectory();
        Array.of(put).forEach(place -> directory.put(TENANT, place));
        return Array.of(Option.<Selection.At>none(), at(ORGANIZATION, "acme"), at(SPACE, "prod"))
                .map(at -> directory.earliest(TENANT, APP, at, LATER));
    }

    @Test
    void d3_gives_the_first_creation_of_a_dimension() {
        Directory directory = emptyDirectory();
        assertThat(directory.earliest(TENANT, APP, Option.none(), LATER))
                .as("D3: without places there is no first creation")
                .isEmpty();
        directory.put(TENANT, place(APP, "second", HashMap.empty(), CREATED.plusMillis(1)));
        directory.put(TENANT, place(APP, "first", HashMap.empty(), CREATED));
        directory.put(TENANT, place(APP, "third", HashMap.empty(), CREATED.plusMillis(2)));
        directory.put(TENANT, place(SPACE, "other dimension", HashMap.empty(), CREATED.minusSeconds(1)));
        assertThat(directory.earliest(TENANT, APP, Option.none(), LATER))
                .as("D3: the first creation must be that of the dimension, in whatever order places were put")
                .containsExactly(CREATED);
    }

    @Test
    void d3_does_not_count_what_is_created_later() {
        Directory directory = emptyDirectory();
        directory.put(TENANT, place(APP, "app", HashMap.empty(), CREATED));
        assertThat(directory.earliest(TENANT, APP, Option.none(), CREATED))
                .as("D3: what is created at the instant given counts")
                .containsExactly(CREATED);
        assertThat(directory.earliest(TENANT, APP, Option.none(), CREATED.minusMillis(1)))
                .as("D3: what is created after the instant given does not count")
                .isEmpty();
    }

    @Test
    void d3_gives_the_first_creation_at_or_within_a_place() {
        Directory directory = emptyDirectory();
        Ref prod = Ref.named("space", "prod");
        directory.put(TENANT, place(APP, "1", HashMap.of(ORGANIZATION, UMBRELLA), CREATED.plusSeconds(1)));
        directory.put(TENANT, place(APP, "2", HashMap.of(ORGANIZATION, ACME), CREATED.plusSeconds(2)));
        directory.put(TENANT, place(APP, "3", HashMap.of(ORGANIZATION, ACME, SPACE, prod), CREATED.plusSeconds(3)));
        directory.put(TENANT, place(APP, "4", HashMap.empty(), CREATED.plusSeconds(4)));
        directory.put(TENANT, place(ORGANIZATION, "acme", HashMap.empty(), CREATED));
        Map<Selection.At, Option<Instant>> expected = HashMap.of(
                new Selection.At(ORGANIZATION, "umbrella"), Option.some(CREATED.plusSeconds(1)),
                new Selection.At(ORGANIZATION, "acme"), Option.some(CREATED.plusSeconds(2)),
                new Selection.At(SPACE, "prod"), Option.some(CREATED.plusSeconds(3)),
                new Selection.At(APP, "4"), Option.some(CREATED.plusSeconds(4)),
                new Selection.At(ORGANIZATION, "ACME"), Option.none(),
                new Selection.At(ORGANIZATION, "acm_"), Option.none(),
                new Selection.At(SPACE, "acme"), Option.none());
        expected.forEach((at, first) -> assertThat(directory.earliest(TENANT, APP, Option.some(at), LATER))
                .as("D3: the first creation must be that of the places that are at %s, or within it", at)
                .isEqualTo(first));
    }

    @Test
    void d4_keeps_tenants_apart() {
        Directory directory = emptyDirectory();
        Seq<TenantId> tenants = Array.of(TENANT, OTHER_TENANT, new TenantId("Tenant"), new TenantId("tenant "));
        tenants.forEachWithIndex((tenant, index) -> directory.put(
                tenant,
                new Place(APP, new Ref("app", "id", "name " + index), HashMap.empty(), CREATED.plusSeconds(index))));
        tenants.forEachWithIndex((tenant, index) -> {
            assertThat(directory.find(tenant, APP, "name " + index))
                    .as("D4: a tenant must find its own places")
                    .containsExactly(new Ref("app", "id", "name " + index));
            assertThat(directory.find(tenant, APP, "name " + (index + 1) % tenants.size()))
                    .as("D4: a tenant must not find the places of another")
                    .isEmpty();
            assertThat(directory.earliest(tenant, APP, Option.none(), LATER))
                    .as("D4: a tenant must see its own first creation")
                    .containsExactly(CREATED.plusSeconds(index));
        });
        assertThat(directory.earliest(new TenantId("stranger"), APP, Option.none(), LATER))
                .as("D4: nothing crosses a tenant")
                .isEmpty();
    }

    private static void put(Directory directory, Dimension dimension, Ref ref) {
        directory.put(TENANT, new Place(dimension, ref, HashMap.empty(), CREATED));
    }

    private static Place place(Dimension dimension, String id, Map<Dimension, Ref> within, Instant createdAt) {
        return new Place(dimension, new Ref(dimension.name(), id, "name of " + id), within, createdAt);
    }

    private static Option<Selection.At> at(Dimension dimension, String placeId) {
        return Option.some(new Selection.At(dimension, placeId));
    }
}
