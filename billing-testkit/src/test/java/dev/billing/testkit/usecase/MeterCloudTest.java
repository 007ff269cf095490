package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.CloudWorld.ALL;
import static dev.billing.testkit.usecase.CloudWorld.CLOSED;
import static dev.billing.testkit.usecase.CloudWorld.PROFILE;
import static dev.billing.testkit.usecase.CloudWorld.ROOT;
import static dev.billing.testkit.usecase.CloudWorld.TENANT;
import static dev.billing.testkit.usecase.CloudWorld.TO_8;
import static dev.billing.testkit.usecase.CloudWorld.TO_9;
import static dev.billing.testkit.usecase.CloudWorld.charge;
import static dev.billing.testkit.usecase.CloudWorld.run;
import static dev.billing.testkit.usecase.CloudWorld.tagged;
import static dev.billing.testkit.usecase.CloudWorld.thing;
import static dev.billing.testkit.usecase.CloudWorld.usd;
import static dev.billing.testkit.usecase.CloudWorld.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.testkit.ForwardingInvoiceStore;
import dev.billing.testkit.InMemoryInvoiceStore;
import dev.billing.usecase.BilledObject;
import dev.billing.usecase.CloudRun;
import dev.billing.usecase.CloudRun.Feed;
import dev.billing.usecase.CloudRun.ReportedCharge;
import dev.billing.usecase.RunRefused;
import dev.billing.usecase.TagInvoice;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterCloudTest {

    private static final FigureKey ESTIMATED_RUNNING = Morpheus.running(Basis.ESTIMATED, Side.COST);
    private static final FigureKey ESTIMATED_TOTAL = Morpheus.total(Basis.ESTIMATED, Side.COST);
    private static final FigureKey RUNNING = Morpheus.running(Basis.ACTUAL, Side.COST);
    private static final FigureKey TOTAL = Morpheus.total(Basis.ACTUAL, Side.COST);
    private static final FigureKey SHOWN = Morpheus.figure("running", Option.none(), Side.COST);

    private static final BilledObject CONTAINER = thing("Container", "400", "6.250800024");
    private static final BilledObject SERVER = thing("ComputeServer", "500", "10.0");
    private static final BilledObject VOLUME = thing("StorageVolume", "600", "1.5");
    private static final BilledObject INSTANCE = thing("Instance", "331", "");
    private static final BilledObject CLOUD = thing("ComputeZone", "39", "");
    private static final ReportedCharge FIRST = charge(CONTAINER, "1", "i-1", "0.1709403426", "2020-05-08T13:00:00Z");

    private final CloudWorld world = new CloudWorld();

    @Test
    void a_thing_is_metered_until_something_is_reported_of_it() {
        succeed(run("1", TO_8, Array.of(CONTAINER)));
        assertThat(world.amount("400", ESTIMATED_RUNNING)).isEqualTo("1.5038869430406268");
        assertThat(world.amount("400", SHOWN)).isEqualTo("1.5038869430406268");
        assertThat(world.fact("400", Fact.ESTIMATE)).contains(Attribute.of(true));
        assertThat(world.fact("400", Fact.LAST_ACTUAL_DATE)).isEmpty();
        assertThat(world.lines("400").map(LineItem::basis)).containsExactly(Basis.ESTIMATED);
        succeed(run("2", TO_8, Array.of(CONTAINER), FIRST));
        assertThat(world.amount("400", RUNNING)).isEqualTo("0.1709403426");
        assertThat(world.amount("400", TOTAL)).isEqualTo("0.7105014791842815");
        assertThat(world.amount("400", SHOWN)).isEqualTo("0.1709403426");
        assertThat(world.amount("400", ESTIMATED_RUNNING)).isEqualTo("1.5038869430406268");
        assertThat(world.fact("400", Fact.ESTIMATE)).contains(Attribute.of(false));
        assertThat(world.fact("400", Fact.LAST_ACTUAL_DATE)).contains(Attribute.of(TO_8));
        assertThat(world.fact("400", Fact.LINES)).contains(Attribute.of(1));
        assertThat(world.lines("400").map(LineItem::basis)).containsExactly(Basis.ACTUAL);
    }

    @Test
    void a_document_keeps_when_it_was_created_and_its_metered_lines_too() {
        succeed(run("1", TO_8, Array.of(CONTAINER)));
        Seq<LineItem> first = world.lines("400");
        Instant created = world.clock.instant();
        world.clock.advance(Duration.ofDays(1));
        succeed(run("2", TO_9, Array.of(CONTAINER)));
        assertThat(world.stored("400").invoice().head().createdAt()).isEqualTo(created);
        assertThat(world.stored("400").updatedAt()).isEqualTo(world.clock.instant());
        assertThat(world.lines("400").map(LineItem::id)).isEqualTo(first.map(LineItem::id));
        assertThat(world.lines("400").map(LineItem::origin)).isEqualTo(first.map(LineItem::origin));
        assertThat(world.lines("400").head().postedAt()).isEqualTo(world.clock.instant());
    }

    @Test
    void reports_are_merged_and_an_hour_counts_once_however_often_it_comes() {
        succeed(run("1", TO_8, Array.of(CONTAINER), FIRST));
        ReportedCharge again = charge(CONTAINER, "7", "i-1", "0.1709403426", "2020-05-08T13:00:00Z");
        ReportedCharge next = charge(CONTAINER, "8", "i-1", "1", "2020-05-08T14:00:00Z");
        ReportedCharge other = charge(CONTAINER, "9", "i-2", "2", "2020-05-08T13:00:00Z");
        succeed(run("2", TO_9, Array.of(CONTAINER), other, again, next));
        assertThat(world.amount("400", RUNNING)).isEqualTo("3.1709403426");
        assertThat(world.lines("400").map(line -> line.id().value())).containsExactly("1", "9");
        assertThat(world.lines("400").head().cost()).contains(usd("1.1709403426"));
    }

    @Test
    void a_rebuild_drops_what_was_reported_before() {
        succeed(run("1", TO_8, Array.of(CONTAINER), FIRST));
        ReportedCharge corrected = charge(CONTAINER, "2", "i-1", "0.2", "2020-05-08T13:00:00Z");
        succeed(run("2", TO_8, feed(TO_8, corrected), true, Array.of(CONTAINER)));
        assertThat(world.amount("400", RUNNING)).isEqualTo("0.2");
        succeed(run("3", TO_8, Option.none(), true, Array.of(CONTAINER)));
        assertThat(world.amount("400", RUNNING)).isEqualTo("0");
        assertThat(world.fact("400", Fact.ESTIMATE)).contains(Attribute.of(true));
        assertThat(world.fact("400", Fact.LAST_ACTUAL_DATE)).isEmpty();
    }

    @Test
    void the_same_run_again_changes_nothing() {
        CloudRun run = run("1", TO_8, Array.of(CONTAINER, INSTANCE), FIRST);
        succeed(run);
        Stored before = world.stored("400");
        world.clock.advance(Duration.ofDays(1));
        succeed(run);
        assertThat(world.stored("400")).isEqualTo(before);
    }

    @Test
    void actuals_that_get_no_more_reports_are_not_projected() {
        succeed(run("1", TO_8, Array.of(CONTAINER, VOLUME), FIRST));
        ReportedCharge other = charge(VOLUME, "2", "v-1", "1", "2020-05-09T13:00:00Z");
        succeed(run("2", TO_9, Array.of(CONTAINER, VOLUME), other));
        assertThat(world.amount("400", TOTAL)).isEqualTo("0.1709403426");
        assertThat(world.amount("400", ESTIMATED_TOTAL)).isEqualTo("6.250800024");
        assertThat(world.fact("400", Fact.LAST_ACTUAL_DATE)).contains(Attribute.of(TO_8));
        assertThat(world.amount("600", TOTAL)).isNotEqualTo("1");
    }

    @Test
    void a_run_without_a_feed_meters_and_leaves_what_was_reported_as_it_is() {
        Instant daily = Instant.parse("2020-05-08T03:59:59Z");
        Instant knownAt = Instant.parse("2020-05-08T09:30:00Z");
        ReportedCharge charge = charge(CONTAINER, "1", "i-1", "1.25", "2020-05-07T13:00:00Z");
        Feed feed = new Feed(daily, knownAt, Array.of(charge));
        succeed(run("1", TO_8, Option.some(feed), false, Array.of(CONTAINER)));
        Figures before = world.stored("400").invoice().figures();
        assertThat(before.amount(TOTAL)).isEqualTo(usd("5.535721371875"));
        succeed(run("2", TO_9, Option.none(), false, Array.of(CONTAINER)));
        assertThat(world.amount("400", TOTAL)).isEqualTo("5.535721371875");
        assertThat(world.stored("400").invoice().figures().amount(ESTIMATED_RUNNING))
                .isNotEqualTo(before.amount(ESTIMATED_RUNNING));
        assertThat(world.fact("400", Fact.LAST_ACTUAL_DATE)).contains(Attribute.of(knownAt));
        assertThat(world.fact("400", Fact.LAST_COST_DATE)).contains(Attribute.of(TO_9));
        assertVerified("400");
    }

    @Test
    void a_closed_month_is_what_it_was() {
        succeed(run("1", CLOSED, Array.of(CONTAINER), FIRST));
        assertThat(world.amount("400", TOTAL)).isEqualTo("0.1709403426");
        assertThat(world.amount("400", ESTIMATED_TOTAL)).isEqualTo("6.250800024");
        assertThat(world.amount("400", ESTIMATED_RUNNING)).isEqualTo("6.250800024");
    }

    @Test
    void a_deleted_thing_ends_when_it_was_deleted() {
        Instant deleted = Instant.parse("2020-05-03T10:00:00Z");
        succeed(run("1", TO_8, Array.of(with(CONTAINER, CONTAINER.places(), Option.some(deleted))), FIRST));
        assertThat(world.amount("400", TOTAL)).isEqualTo("0.1709403426");
        assertThat(world.amount("400", ESTIMATED_TOTAL)).isEqualTo(world.amount("400", ESTIMATED_RUNNING));
        assertThat(world.fact("400", Fact.ACTIVE)).contains(Attribute.of(false));
        for (String fact : Array.of(Fact.UNTIL, Fact.POWER_DATE, Fact.LAST_COST_DATE)) {
            assertThat(world.fact("400", fact)).contains(Attribute.of(deleted));
        }
    }

    @Test
    void what_is_not_there_in_the_month_has_no_document() {
        Instant before = Instant.parse("2020-05-01T04:00:00Z");
        assertThat(world.run(run("1", TO_8, Array.of(with(CONTAINER, CONTAINER.places(), Option.some(before))))))
                .isEqualTo(Either.right(0));
        assertThat(world.store.find(ALL, new InvoiceId("400"))).isEmpty();
    }

    @Test
    void a_thing_without_a_plan_is_not_metered_but_projected_all_the_same() {
        BilledObject bucket = thing("AccountResource", "3", "");
        succeed(run("1", TO_8, Array.of(bucket), charge(bucket, "1", "b-1", "0.1709403426", "2020-05-08T13:00:00Z")));
        assertThat(world.fact("3", Fact.RUNNING_MULTIPLIER)).contains(Attribute.of(BigDecimal.ZERO));
        assertThat(world.fact("3", Fact.LAST_COST_DATE)).isEmpty();
        assertThat(world.amount("3", TOTAL)).isEqualTo("0.7105014791842815");
    }

    @ParameterizedTest
    @CsvSource({
        "Instance, 331, instance",
        "ComputeZone, 39, cloud",
        "ComputeSite, 1, group",
        "User, 5, user",
        "Account, 1, account"
    })
    void a_group_sums_its_leaves_each_once_whatever_the_order_of_the_run(String type, String id, String dimension) {
        BilledObject group = thing(type, id, "");
        BilledObject otherGroup = thing("App", "77", "");
        succeed(run(
                "1",
                TO_8,
                Array.of(group, otherGroup, VOLUME, SERVER, CONTAINER, INSTANCE.equals(group) ? CLOUD : INSTANCE),
                FIRST));
        assertThat(world.amount(id, RUNNING)).isEqualTo("0.1709403426");
        assertThat(world.amount(id, TOTAL)).isEqualTo("0.7105014791842815");
        assertThat(world.amount(id, ESTIMATED_TOTAL))
                .as("the server is the same money as the container")
                .isEqualTo("7.750800024");
        assertThat(world.amount(id, Morpheus.component("compute", Basis.ESTIMATED, Side.PRICE)))
                .isEqualTo("0");
        assertThat(world.amount(id, Morpheus.component("compute", Basis.ACTUAL, Side.PRICE)))
                .isEqualTo("0.1709403426");
        assertThat(world.amount("77", ESTIMATED_TOTAL)).as("of no app").isEqualTo("0");
        assertThat(world.fact(id, Fact.SUMMARY)).contains(Attribute.of(true));
        assertThat(world.fact(id, Fact.RUNNING_MULTIPLIER)).contains(Attribute.of(new BigDecimal("0.2405911143")));
        assertThat(world.stored(id)
                        .invoice()
                        .figures()
                        .verifySums(Array.of("400", "600")
                                .map(leaf -> world.stored(leaf).invoice().figures())))
                .isEmpty();
        assertThat(dimension).isEqualTo(Morpheus.SUMMARIES.get(type).get().name());
    }

    @Test
    void a_server_without_containers_is_a_leaf() {
        succeed(run("1", TO_8, Array.of(INSTANCE, SERVER)));
        assertThat(world.amount("331", ESTIMATED_TOTAL)).isEqualTo("10");
    }

    @Test
    void leaves_of_other_months_and_accounts_do_not_count() {
        BilledObject foreign = CloudWorld.unnamed(thing("Container", "401", "100"), new AccountId("2"));
        succeed(run("1", TO_8, Array.of(foreign)));
        CloudRun april = new CloudRun(
                "2",
                new Ref("cloud", "39", "qa-amazon"),
                CloudWorld.MAY.minusMonths(1),
                TO_8,
                Option.none(),
                false,
                Array.of(thing("Container", "402", "50")));
        succeed(april);
        succeed(run("3", TO_8, Array.of(CLOUD, CONTAINER)));
        assertThat(world.amount("39", ESTIMATED_TOTAL)).isEqualTo("6.250800024");
    }

    @Test
    void spend_over_documents_of_several_types_is_refused() {
        succeed(run("1", TO_8, Array.of(CONTAINER, INSTANCE, VOLUME), FIRST));
        Seq<Invoice> all = world.store
                .search(ALL, InvoiceQuery.ALL, PageRequest.first(10))
                .rows()
                .map(Stored::invoice);
        assertThat(Morpheus.spend(all, RUNNING, PROFILE.currency()).isLeft()).isTrue();
        Seq<Invoice> containers =
                all.filter(invoice -> invoice.head().subject().get().type().equals("Container"));
        assertThat(Morpheus.spend(containers, RUNNING, PROFILE.currency()).get())
                .isEqualTo(usd("0.1709403426"));
    }

    @Test
    void things_without_given_ids_get_the_same_number_every_time_and_one_for_each_account() {
        BilledObject ours = CloudWorld.unnamed(CLOUD, ROOT);
        BilledObject theirs = CloudWorld.unnamed(CLOUD, new AccountId("2"));
        succeed(run("1", TO_8, Array.of(ours, theirs)));
        succeed(run("2", TO_9, Array.of(theirs, ours)));
        Seq<Stored> rows =
                world.store.search(ALL, InvoiceQuery.ALL, PageRequest.first(10)).rows();
        assertThat(rows.map(row -> ((Invoice.Running) row.invoice()).revision()))
                .containsExactly(2L, 2L);
        rows.forEach(row -> Morpheus.requireNumber(row.invoice().head().id().value(), "Document id"));
    }

    @Test
    void a_number_that_another_document_has_is_passed_over() {
        BilledObject unnamed = CloudWorld.unnamed(thing("Container", "400", "9.72"), ROOT);
        succeed(run("one", TO_8, Array.of(unnamed)));
        InvoiceId taken = world.store
                .search(ALL, InvoiceQuery.ALL, PageRequest.first(1))
                .rows()
                .head()
                .invoice()
                .head()
                .id();
        CloudWorld other = new CloudWorld();
        BilledObject squatter = volume(taken.value());
        assertThat(other.run(run("squat", TO_8, Array.of(squatter))).isRight()).isTrue();
        assertThat(other.run(run("one", TO_8, Array.of(unnamed))).isRight()).isTrue();
        assertThat(other.stored(taken.value()).invoice().head().subject().map(Ref::id))
                .contains("7");
        assertThat(other.store
                        .search(ALL, InvoiceQuery.ALL, PageRequest.first(9))
                        .total())
                .isEqualTo(2);
    }

    @Test
    void only_a_resource_is_known_as_one() {
        succeed(run("1", TO_8, Array.of(resource("AccountResource", "1"), resource("StorageVolume", "2"))));
        assertThat(world.fact("1", Fact.RESOURCE_NAME)).contains(Attribute.of("bucket"));
        assertThat(world.fact("2", Fact.RESOURCE_NAME)).isEmpty();
    }

    private static BilledObject resource(String type, String number) {
        BilledObject thing = thing(type, number, "1.00");
        return new BilledObject(
                Option.some(new InvoiceId(number)),
                thing.subject(),
                thing.account(),
                thing.owner(),
                thing.places(),
                thing.createdAt(),
                thing.deletedAt(),
                thing.plan(),
                thing.offMillis(),
                thing.power(),
                thing.conversionRate(),
                HashMap.of(Fact.RESOURCE_NAME, Attribute.of("bucket")),
                thing.tags());
    }

    @Test
    void a_given_number_of_another_document_is_refused() {
        succeed(run("one", TO_8, Array.of(volume("400"))));
        assertThat(world.run(run("two", TO_8, Array.of(thing("Container", "400", "9.72"))))
                        .getLeft())
                .isEqualTo(new RunRefused.NotStored(new CommitRefused.AlreadyExists(new InvoiceId("400"))));
    }

    /** A volume that the host gave this number. */
    private static BilledObject volume(String number) {
        BilledObject volume = thing("StorageVolume", "7", "1.00");
        return new BilledObject(
                Option.some(new InvoiceId(number)),
                volume.subject(),
                volume.account(),
                volume.owner(),
                volume.places(),
                volume.createdAt(),
                volume.deletedAt(),
                volume.plan(),
                volume.offMillis(),
                volume.power(),
                volume.conversionRate(),
                volume.facts(),
                volume.tags());
    }

    @Test
    void a_container_is_a_place_of_its_own() {
        succeed(run("1", TO_8, Array.of(CONTAINER, VOLUME)));
        assertThat(world.stored("400")
                        .invoice()
                        .head()
                        .places()
                        .get(Morpheus.CONTAINER)
                        .map(Ref::id))
                .contains("400");
        assertThat(world.stored("600").invoice().head().places().get(Morpheus.CONTAINER))
                .isEmpty();
    }

    @Test
    void tags_stay_until_a_run_brings_the_thing_s_own() {
        succeed(run("1", TO_8, Array.of(CONTAINER)));
        new TagInvoice(world.store, world.clock)
                .change(
                        ALL,
                        new InvoiceId("400"),
                        new TagInvoice.Change(Option.none(), HashMap.of("env", "qa"), HashMap.empty()))
                .get();
        succeed(run("2", TO_9, Array.of(CONTAINER)));
        assertThat(world.stored("400").standing().tags().map(Tag::name)).containsExactly("env");
        Tag own = new Tag(7, "owner", "ops");
        succeed(run("3", TO_9, Array.of(tagged(CONTAINER, own))));
        assertThat(world.stored("400").standing().tags()).containsExactly(own);
        long version = world.stored("400").standing().version();
        succeed(run("4", TO_9, Array.of(tagged(CONTAINER, own))));
        assertThat(world.stored("400").standing().version()).isEqualTo(version);
        succeed(run("5", TO_9, Array.of(tagged(CONTAINER))));
        assertThat(world.stored("400").standing().tags()).isEmpty();
    }

    @Test
    void what_the_host_stored_as_invoiced_stays() {
        succeed(run("1", TO_8, Array.of(CONTAINER)));
        Invoice.Running known = (Invoice.Running) world.stored("400").invoice();
        FigureKey invoiced = Morpheus.running(Basis.INVOICED, Side.PRICE);
        Write write = new Write.Revise(
                new Invoice.Running(known.head(), known.figures().declare(invoiced, "host", usd("12.5")), 2),
                Array.empty(),
                Write.Revise.Change.ADD_LINES);
        world.store
                .commit(TENANT, Commit.of(new CommandKey("invoiced"), "12.5", write))
                .get();
        succeed(run("2", TO_9, Array.of(CONTAINER)));
        assertThat(world.amount("400", invoiced)).isEqualTo("12.5");
    }

    @Test
    void currencies_have_their_own_rates_and_are_never_added() {
        BilledObject inEuro = CloudWorld.priced(CONTAINER, Money.of("EUR", "10"), "1.08");
        succeed(run("1", TO_8, Array.of(inEuro), FIRST));
        assertThat(world.fact("400", Fact.currency(Option.some(Basis.ESTIMATED))))
                .contains(Attribute.of("EUR"));
        assertThat(world.fact("400", Fact.conversionRate(Option.some(Basis.ESTIMATED))))
                .contains(Attribute.of(new BigDecimal("1.08")));
        assertThat(world.fact("400", Fact.currency(Option.none()))).contains(Attribute.of("USD"));
        assertThat(world.fact("400", Fact.conversionRate(Option.none()))).contains(Attribute.of(BigDecimal.ONE));
        RunRefused mixed = new RunRefused.MixedCurrencies(CONTAINER.subject());
        assertThat(world.run(run(
                        "2",
                        TO_9,
                        Array.of(CONTAINER),
                        charge(CONTAINER, "2", "i-1", Money.of("EUR", "1"), "2020-05-09T13:00:00Z"))))
                .isEqualTo(Either.left(mixed));
        assertThat(world.run(run(
                        "3",
                        TO_9,
                        feed(TO_9, charge(CONTAINER, "3", "i-3", Money.of("GBP", "1"), "2020-05-09T13:00:00Z")),
                        true,
                        Array.of(inEuro))))
                .as("no rate is known of pounds")
                .isEqualTo(Either.left(mixed));
        assertThat(mixed.message())
                .isEqualTo(
                        "What is reported for one thing must be in one currency, but for Container:400 (Container400)"
                                + " it is not");
        assertThat(world.run(run("4", TO_8, Array.of(VOLUME, CLOUD, inEuro))))
                .as("a group of leaves of two currencies has no sum")
                .isEqualTo(Either.left(new RunRefused.MixedCurrencies(CLOUD.subject())));
    }

    @Test
    void a_charge_is_for_a_single_thing_of_the_run() {
        for (BilledObject stray : Array.of(VOLUME, INSTANCE)) {
            ReportedCharge charge = charge(stray, "2", "i-1", "1", "2020-05-08T13:00:00Z");
            RunRefused refused = world.run(run("1", TO_8, Array.of(CONTAINER, INSTANCE), charge))
                    .getLeft();
            assertThat(refused)
                    .isEqualTo(new RunRefused.UnknownObject(
                            stray.subject().type(), stray.subject().id()));
            assertThat(refused.message()).startsWith("A charge must be for a single thing that the run names");
        }
        assertThat(world.store.find(ALL, new InvoiceId("400")))
                .as("nothing was done")
                .isEmpty();
    }

    @Test
    void a_run_names_a_thing_once_and_by_numbers() {
        assertThatThrownBy(() -> run("1", TO_8, Array.of(CONTAINER, VOLUME, CONTAINER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A run must name a thing once, but Container:400 of 1 is there twice");
        assertThatThrownBy(() -> thing("Container", "abc", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Document id must be a whole number of at most 18 digits, but was 'abc'");
        assertThatThrownBy(() -> charge(CONTAINER, "x1", "i-1", "1", "2020-05-08T13:00:00Z"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Line id must be a whole number of at most 18 digits, but was 'x1'");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_run_that_broke_off_goes_on_when_it_is_repeated(int broken) {
        for (boolean tookEffect : new boolean[] {true, false}) {
            FaultInjection faults = new FaultInjection();
            CloudWorld faulty = new CloudWorld(faults.in(new InMemoryInvoiceStore()));
            CloudRun run = run("1", TO_8, Array.of(CONTAINER, VOLUME, INSTANCE), FIRST);
            FaultInjection planned =
                    tookEffect ? faults.after(Call.COMMIT, broken) : faults.before(Call.COMMIT, broken);
            assertThatThrownBy(() -> faulty.run(run)).isInstanceOf(StorageException.class);
            assertThat(planned.calls(Call.COMMIT)).isEqualTo(broken);
            assertThat(faulty.run(run)).isEqualTo(Either.right(3));
            succeed(run);
            for (String id : Array.of("400", "600", "331")) {
                assertThat(faulty.stored(id)).isEqualTo(world.stored(id));
                assertThat(faulty.lines(id)).isEqualTo(world.lines(id));
            }
        }
    }

    @Test
    void a_tag_that_comes_between_is_kept_and_the_document_computed_again() {
        CloudWorld tagging = new CloudWorld(new TaggingInBetween());
        tagging.run(run("1", TO_8, Array.of(CONTAINER))).get();
        assertThat(tagging.run(run("2", TO_9, Array.of(tagged(CONTAINER, new Tag(7, "owner", "ops"))))))
                .isEqualTo(Either.right(1));
        assertThat(tagging.stored("400").standing().version()).isEqualTo(3);
        assertThat(tagging.stored("400").standing().tags().map(Tag::name)).containsExactly("owner");
    }

    @Test
    void what_is_issued_is_not_metered_any_more() {
        succeed(run("1", TO_8, Array.of(CONTAINER)));
        Invoice.Running known = (Invoice.Running) world.stored("400").invoice();
        Write seal = new Write.Seal(
                new Invoice.Preview(known.head(), known.figures(), world.clock.instant()),
                1,
                Option.none(),
                InvoiceStatus.INVOICED);
        world.store
                .commit(TENANT, Commit.of(new CommandKey("seal"), "seal", seal))
                .get();
        RunRefused refused = world.run(run("2", TO_9, Array.of(CONTAINER))).getLeft();
        assertThat(refused).isEqualTo(new RunRefused.NotStored(new CommitRefused.Sealed(new InvoiceId("400"))));
        assertThat(refused.message()).contains("400");
    }

    /** Before the second commit of a run, somebody tags the document. */
    private static final class TaggingInBetween extends ForwardingInvoiceStore {

        private int commits;

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            if (++commits == 2) {
                Stored known = find(ALL, new InvoiceId("400")).get();
                Write tag = new Write.Stand(
                        known.standing().tagged(Array.of(new Tag(1, "between", "yes")), known.updatedAt()));
                super.commit(tenant, Commit.of(new CommandKey("between"), "tag", tag))
                        .get();
            }
            return super.commit(tenant, commit);
        }
    }

    private static Option<Feed> feed(Instant to, ReportedCharge... charges) {
        return Option.some(new Feed(to, to, Array.of(charges)));
    }

    private void assertVerified(String id) {
        assertThat(world.stored(id).invoice().figures().verify(world.lines(id), PROFILE.rules()))
                .isEmpty();
    }

    private void succeed(CloudRun run) {
        assertThat(world.run(run)).isEqualTo(Either.right(run.objects().size()));
        run.objects().flatMap(BilledObject::invoice).forEach(id -> assertVerified(id.value()));
    }
}
