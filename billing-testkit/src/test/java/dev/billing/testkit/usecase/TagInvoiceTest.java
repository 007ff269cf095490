package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.CloudWorld.ALL;
import static dev.billing.testkit.usecase.CloudWorld.TENANT;
import static dev.billing.testkit.usecase.CloudWorld.TO_8;
import static dev.billing.testkit.usecase.CloudWorld.run;
import static dev.billing.testkit.usecase.CloudWorld.tagged;
import static dev.billing.testkit.usecase.CloudWorld.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Tag;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.usecase.TagInvoice;
import dev.billing.usecase.TagInvoice.Change;
import dev.billing.usecase.TagInvoice.TagsRefused;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagInvoiceTest {

    private static final InvoiceId ID = new InvoiceId("400");

    private final CloudWorld world = new CloudWorld();
    private final FaultInjection faults = new FaultInjection();
    private final TagInvoice tagInvoice = new TagInvoice(faults.in(world.store), world.clock);

    @BeforeEach
    void bill() {
        world.run(run(
                        "1",
                        TO_8,
                        Array.of(tagged(
                                thing("Container", "400", "1"), new Tag(1, "env", "qa"), new Tag(2, "owner", "ops")))))
                .get();
        world.clock.advance(Duration.ofHours(1));
    }

    @Test
    void setting_replaces_all_and_keeps_the_ids_of_those_that_stay() {
        assertThat(tags(set("owner", "dev", "new", "1"))).containsExactly("owner=dev", "new=1");
        assertThat(world.stored("400").standing().tags().head().id()).isEqualTo(2);
        assertThat(world.stored("400").standing().tags().last().id())
                .isPositive()
                .isNotIn(1L, 2L);
        assertThat(world.stored("400").updatedAt()).isEqualTo(world.clock.instant());
    }

    @Test
    void setting_none_removes_all() {
        assertThat(tags(set())).isEmpty();
    }

    @Test
    void adding_changes_by_name_and_leaves_the_rest() {
        assertThat(tags(add("env", "prod", "Env", ""))).containsExactly("env=prod", "owner=ops", "Env=");
        assertThat(world.stored("400").standing().tags().map(Tag::id).take(2)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @CsvSource({"env, , owner=ops", "env, qa, owner=ops", "env, other, env=qa owner=ops", "Env, , env=qa owner=ops"})
    void removing_goes_by_name_and_by_value_where_one_is_given(String name, String value, String left) {
        assertThat(tags(remove(name, Option.of(value)))).containsExactlyElementsOf(Array.of(left.split(" ", -1)));
    }

    @Test
    void removal_is_the_last_word_and_adding_comes_after_setting() {
        Change change = new Change(
                Option.some(LinkedHashMap.of("a", "1", "b", "1", "c", "1")),
                LinkedHashMap.of("b", "2", "d", "2"),
                HashMap.of("c", Option.none(), "d", Option.some("2"), "b", Option.some("1")));
        assertThat(tags(change)).containsExactly("a=1", "b=2");
    }

    @Test
    void a_tag_that_comes_again_is_a_new_one() {
        change(remove("env", Option.none()));
        change(add("env", "qa"));
        assertThat(world.stored("400").standing().tags().map(Tag::id)).doesNotContain(1L);
    }

    @Test
    void a_document_with_the_longest_id_is_tagged_too() {
        InvoiceId longest = new InvoiceId("x".repeat(500));
        Head head = Head.of(
                longest,
                "standard",
                CloudWorld.ROOT,
                CloudWorld.PROFILE.calendar().period(CloudWorld.MAY),
                CloudWorld.PROFILE.currency(),
                world.clock.instant());
        Write first = new Write.Revise(
                new Invoice.Running(head, Figures.NONE, 1), Array.empty(), Write.Revise.Change.ADD_LINES);
        world.store
                .commit(CloudWorld.TENANT, Commit.of(new CommandKey("longest"), "", first))
                .get();
        assertThat(tagInvoice
                        .change(CloudWorld.ALL, longest, add("env", "qa"))
                        .get()
                        .standing()
                        .tags()
                        .map(Tag::name))
                .containsExactly("env");
    }

    @Test
    void what_changes_nothing_is_no_change() {
        Stored before = world.stored("400");
        assertThat(change(add("env", "qa"))).isEqualTo(Either.right(before));
        assertThat(change(new Change(Option.none(), HashMap.empty(), HashMap.empty())))
                .isEqualTo(Either.right(before));
        assertThat(world.stored("400")).isEqualTo(before);
    }

    @Test
    void what_the_caller_does_not_see_is_unknown() {
        for (Access other : Array.of(Access.to(TENANT, new AccountId("2")), Access.toAll(new TenantId("other")))) {
            assertThat(tagInvoice.change(other, ID, add("a", "1")))
                    .isEqualTo(Either.left(new TagsRefused.UnknownInvoice(ID)));
        }
        assertThat(new TagsRefused.UnknownInvoice(ID).message())
                .isEqualTo("A document must exist before it is tagged, but '400' does not");
        assertThat(world.stored("400").standing().tags()).hasSize(2);
    }

    @Test
    void there_is_a_limit_to_tags() {
        assertThat(change(add(names(TagInvoice.MAX_TAGS - 2))).get().standing().tags())
                .hasSize(TagInvoice.MAX_TAGS);
        Stored before = world.stored("400");
        TagsRefused refused = change(add("one", "more")).getLeft();
        assertThat(refused).isEqualTo(new TagsRefused.TooMany(ID, TagInvoice.MAX_TAGS + 1));
        assertThat(refused.message()).isEqualTo("A document must have at most 1000 tags, but '400' would have 1001");
        assertThat(world.stored("400")).isEqualTo(before);
    }

    @Test
    void of_several_writers_at_once_none_loses_a_tag() {
        AtOnce.run(thread -> change(add("thread-" + thread, "1")).get());
        assertThat(world.stored("400").standing().tags().map(Tag::name))
                .containsAll(Array.range(0, AtOnce.THREADS).map(thread -> "thread-" + thread))
                .contains("env", "owner")
                .doesNotHaveDuplicates();
        assertThat(world.stored("400").standing().tags().map(Tag::id)).doesNotHaveDuplicates();
    }

    @Test
    void several_writers_of_the_same_agree() {
        Seq<Either<TagsRefused, Stored>> all = AtOnce.run(thread -> change(add("same", "1")));
        assertThat(all.filter(Either::isLeft)).isEmpty();
        assertThat(world.stored("400").standing().tags().map(Tag::name)).containsExactly("env", "owner", "same");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_change_that_failed_can_be_repeated(boolean tookEffect) {
        FaultInjection planned = tookEffect ? faults.after(Call.COMMIT, 1) : faults.before(Call.COMMIT, 1);
        assertThatThrownBy(() -> change(add("a", "1"))).isInstanceOf(StorageException.class);
        assertThat(tags(add("a", "1"))).containsExactly("env=qa", "owner=ops", "a=1");
        assertThat(planned.calls(Call.COMMIT)).isEqualTo(tookEffect ? 1 : 2);
        assertThat(world.stored("400").standing().version()).isEqualTo(3);
    }

    private Either<TagsRefused, Stored> change(Change change) {
        return tagInvoice.change(ALL, ID, change);
    }

    /** What is there after a change; the same is stored. */
    private Seq<String> tags(Change change) {
        Stored after = change(change).get();
        assertThat(world.stored("400")).isEqualTo(after);
        return after.standing().tags().map(tag -> tag.name() + "=" + tag.value());
    }

    private static Change set(String... namesAndValues) {
        return new Change(Option.some(pairs(namesAndValues)), HashMap.empty(), HashMap.empty());
    }

    private static Change add(String... namesAndValues) {
        return new Change(Option.none(), pairs(namesAndValues), HashMap.empty());
    }

    private static Change remove(String name, Option<String> value) {
        return new Change(Option.none(), HashMap.empty(), HashMap.of(name, value));
    }

    private static String[] names(int count) {
        return Array.range(0, count).flatMap(i -> Array.of("tag-" + i, "v")).toJavaArray(String[]::new);
    }

    private static Map<String, String> pairs(String... namesAndValues) {
        return LinkedHashMap.ofEntries(Array.of(namesAndValues)
                .grouped(2)
                .map(pair -> new Tuple2<>(pair.get(0), pair.get(1)))
                .toList());
    }
}
