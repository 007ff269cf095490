package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.API;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.WEB;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.atApp;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.ended;
import static dev.billing.testkit.usecase.World.id;
import static dev.billing.testkit.usecase.World.usd;
import static dev.billing.testkit.usecase.World.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.meter.Filter;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingError;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.FactQuery;
import dev.billing.port.FactsRefused;
import dev.billing.port.Receipt;
import dev.billing.port.Recorded;
import dev.billing.port.StorageException;
import dev.billing.port.TenantId;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.testkit.ForwardingInvoiceStore;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.usecase.Report;
import dev.billing.usecase.ReportRefused;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFactsTest {

    private static final PriceBookVersion FIRST_BOOK = new PriceBookVersion("main", 1);

    private final World world = new World();

    @Test
    void records_facts_that_were_learned_now() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"), used("use", "gigabytes", "2024-02-02T00:00:00Z"));
        assertThat(lifetimes().map(Lifetime::recordedAt)).containsExactly(at("2024-03-10T12:00:00Z"));
        assertThat(usage().map(UsageRecord::recordedAt)).containsExactly(at("2024-03-10T12:00:00Z"));
    }

    @Test
    void changes_nothing_when_reports_are_sent_again() {
        Report[] reports = {
            begun("dyno", "dyno", "2024-02-01T00:00:00Z"),
            used("use", "gigabytes", "2024-02-02T00:00:00Z"),
            ended("end", "dyno", "2024-02-20T00:00:00Z")
        };
        assertThat(world.record(reports)).isEqualTo(new Recorded(3, 0));
        Seq<Lifetime> before = lifetimes();
        world.clock.advance(Duration.ofDays(1));
        assertThat(world.record(reports)).isEqualTo(new Recorded(0, 3));
        assertThat(lifetimes()).isEqualTo(before);
        assertThat(usage()).hasSize(1);
    }

    @Test
    void records_nothing_of_no_reports() {
        assertThat(world.record()).isEqualTo(Recorded.NOTHING);
    }

    @Test
    void agrees_the_price_that_is_in_force_when_a_thing_begins() {
        world.put(2, "2024-02-10T00:00:00Z", "30.00");
        world.record(
                begun("before", "dyno", "2024-02-09T23:59:59.999Z"), begun("after", "dyno", "2024-02-10T00:00:00Z"));
        world.put(3, "2024-03-01T00:00:00Z", "99.00");
        assertThat(lifetimes().flatMap(lifetime -> lifetime.rate().rule().unitPrice()))
                .containsExactly(usd("25.00"), usd("30.00"));
    }

    @Test
    void tells_every_reason_at_once_and_records_nothing() {
        Either<Seq<ReportRefused>, Recorded> result = world.billing
                .recordFacts()
                .record(
                        TENANT,
                        Array.of(
                                begun("good", "dyno", "2024-02-01T00:00:00Z"),
                                begun("unknown sku", "yacht", "2024-02-01T00:00:00Z"),
                                used("unpriced meter", "miles", "2024-02-01T00:00:00Z"),
                                begun("other category", "advice", "2024-02-01T00:00:00Z"),
                                used("use of other category", "hours", "2024-02-01T00:00:00Z"),
                                ends("backwards", "2024-02-02T00:00:00Z", "2024-02-01T23:59:59.999Z"),
                                begun("before any book", "dyno", "2019-12-31T23:59:59.999Z"),
                                used("use before any book", "gigabytes", "2019-12-31T23:59:59.999Z"),
                                used("good use", "gigabytes", "2024-02-01T00:00:00Z")));
        Instant tooEarly = at("2019-12-31T23:59:59.999Z");
        assertThat(result.getLeft())
                .containsExactly(
                        new ReportRefused.NotPriced(
                                id("unknown sku"), new PricingError.UnknownSku("yacht", FIRST_BOOK)),
                        new ReportRefused.NotPriced(
                                id("unpriced meter"), new PricingError.UnpricedMeter("miles", FIRST_BOOK)),
                        new ReportRefused.CategoryNotBilled(id("other category"), "consulting", "akkeris"),
                        new ReportRefused.CategoryNotBilled(id("use of other category"), "consulting", "akkeris"),
                        new ReportRefused.EndsBeforeItBegins(
                                id("backwards"), at("2024-02-02T00:00:00Z"), at("2024-02-01T23:59:59.999Z")),
                        new ReportRefused.NotPriced(id("before any book"), new PricingError.NoPriceBook(tooEarly)),
                        new ReportRefused.NotPriced(id("use before any book"), new PricingError.NoPriceBook(tooEarly)));
        assertThat(lifetimes()).isEmpty();
        assertThat(usage()).isEmpty();
    }

    @Test
    void keeps_what_usage_says_about_itself() {
        Map<String, String> properties = HashMap.of("region", "eu", "customer", "42");
        world.record(usedOf("gigabytes", "1", properties));
        assertThat(usage().map(UsageRecord::properties)).containsExactly(properties);
        assertThatIllegalArgumentException().isThrownBy(() -> usedOf("gigabytes", "1", HashMap.of(" ", "eu")));
    }

    @ParameterizedTest
    @CsvSource({
        "gigabytes, false", // a plain sum
        "requests, true", // a sum that allows it beside one that does not
        "level, true", // changes of a level
        "seats, true", // a level
        "peak, false",
        "nothing, false" // a meter that no product prices
    })
    void takes_back_only_what_a_meter_allows_to_be_taken_back(String reported, boolean allowed) {
        PriceBookVersion second = new PriceBookVersion("main", 2);
        Seq<String> priced = Array.of("gigabytes", "requests", "net requests", "level", "seats", "peak", "nothing");
        Seq<Meter> meters = Array.of(
                Meter.of("net requests", "requests", new Aggregation.Sum()).allowingNegative(),
                Meter.of("unpriced", "nothing", new Aggregation.Latest()),
                Meter.of("level", "level", new Aggregation.WeightedSum(true)),
                Meter.of("seats", "seats", new Aggregation.Latest()),
                Meter.of("peak", "peak", new Aggregation.Max()));
        world.billing.priceBooks().put(TENANT, book(second, priced, meters));
        Seq<ReportRefused> refused =
                Array.of(new ReportRefused.NegativeQuantity(id(reported), reported, new BigDecimal("-0.5"), second));
        Report.Used back = usedOf(reported, "-0.50", HashMap.empty());
        assertThat(world.billing.recordFacts().record(TENANT, Array.of(back)))
                .isEqualTo(allowed ? Either.right(new Recorded(1, 0)) : Either.left(refused));
        assertThat(refused.head().message())
                .contains("-0.5")
                .contains("'" + reported + "'")
                .contains("main@2");
    }

    @Test
    void takes_a_thing_that_ends_when_it_begins() {
        assertThat(world.record(ends("never lasted", "2024-02-02T00:00:00Z", "2024-02-02T00:00:00Z")))
                .isEqualTo(new Recorded(1, 0));
    }

    @Test
    void passes_on_why_the_store_refuses_and_records_nothing() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        assertThat(refusals(
                        begun("new", "dyno", "2024-02-01T00:00:00Z"), begun("dyno", "dyno", "2024-02-02T00:00:00Z")))
                .containsExactly(new ReportRefused.NotKept(new FactsRefused.IdReused(id("dyno"))));
        assertThat(refusals(
                        begun("new", "dyno", "2024-02-01T00:00:00Z"), ended("end", "unknown", "2024-02-02T00:00:00Z")))
                .containsExactly(new ReportRefused.NotKept(new FactsRefused.UnknownLifetime(id("end"), id("unknown"))));
        assertThat(lifetimes()).hasSize(1);
    }

    @Test
    void ends_a_thing_reported_in_the_same_call() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"), ended("end", "dyno", "2024-02-20T00:00:00Z"));
        assertThat(end("dyno")).containsExactly(at("2024-02-20T00:00:00Z"));
    }

    @Test
    void can_be_repeated_when_the_outcome_is_unknown() {
        world.faults.after(Call.RECORD, 1);
        Report report = begun("dyno", "dyno", "2024-02-01T00:00:00Z");
        assertThatThrownBy(() -> world.record(report)).isInstanceOf(StorageException.class);
        assertThat(world.record(report)).isEqualTo(new Recorded(0, 1));
        assertThat(lifetimes()).hasSize(1);
    }

    @Test
    void ends_all_that_is_at_a_place() {
        world.record(
                begun("dyno", "dyno", "2024-02-01T00:00:00Z"),
                begun("database", "database", "2024-02-05T00:00:00Z"),
                begun("elsewhere", ACCOUNT, "dyno", WEB, "2024-02-01T00:00:00Z", Option.none()),
                begun("of another", OTHER, "dyno", API, "2024-02-01T00:00:00Z", Option.none()));
        assertThat(endAllOfApi("2024-02-20T00:00:00Z")).isEqualTo(Either.right(new Recorded(2, 0)));
        assertThat(end("dyno")).containsExactly(at("2024-02-20T00:00:00Z"));
        assertThat(end("database")).containsExactly(at("2024-02-20T00:00:00Z"));
        assertThat(end("elsewhere")).isEmpty();
        assertThat(end("of another")).isEmpty();
    }

    @Test
    void changes_nothing_when_all_at_a_place_is_ended_again() {
        world.record(
                begun("dyno", "dyno", "2024-02-01T00:00:00Z"), begun("begins then", "dyno", "2024-02-20T00:00:00Z"));
        endAllOfApi("2024-02-20T00:00:00Z").get();
        Seq<Lifetime> before = lifetimes();
        assertThat(endAllOfApi("2024-02-20T00:00:00Z").map(Recorded::added)).isEqualTo(Either.right(0L));
        assertThat(endAllOfApi("2024-02-25T00:00:00Z")).isEqualTo(Either.right(Recorded.NOTHING));
        assertThat(lifetimes()).isEqualTo(before);
    }

    @Test
    void leaves_what_ended_before_when_it_ends_all_at_a_place() {
        world.record(ends("ended", "2024-02-01T00:00:00Z", "2024-02-10T00:00:00Z"));
        assertThat(endAllOfApi("2024-02-20T00:00:00Z")).isEqualTo(Either.right(Recorded.NOTHING));
        assertThat(end("ended")).containsExactly(at("2024-02-10T00:00:00Z"));
    }

    @Test
    void leaves_what_begins_later_when_it_ends_all_at_a_place() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"), begun("later", "dyno", "2024-02-20T00:00:00.001Z"));
        assertThat(endAllOfApi("2024-02-20T00:00:00Z")).isEqualTo(Either.right(new Recorded(1, 0)));
        assertThat(end("dyno")).containsExactly(at("2024-02-20T00:00:00Z"));
        assertThat(end("later")).isEmpty();
    }

    @Test
    void lets_an_earlier_end_of_all_count() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        endAllOfApi("2024-02-20T00:00:00Z").get();
        assertThat(endAllOfApi("2024-02-15T00:00:00Z")).isEqualTo(Either.right(new Recorded(1, 0)));
        assertThat(end("dyno")).containsExactly(at("2024-02-15T00:00:00Z"));
    }

    @Test
    void ends_all_at_an_instant_finer_than_a_millisecond() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"), begun("then", "dyno", "2024-02-20T00:00:00Z"));
        assertThat(endAllOfApi("2024-02-20T00:00:00.000000001Z")).isEqualTo(Either.right(new Recorded(2, 0)));
    }

    @Test
    void ends_all_that_have_ids_as_long_as_they_may_be() {
        String almost = "x".repeat(199);
        world.record(
                begun(almost + "1", "dyno", "2024-02-01T00:00:00Z"),
                begun(almost + "2", "dyno", "2024-02-01T00:00:00Z"));
        assertThat(endAllOfApi("2024-02-20T00:00:00Z")).isEqualTo(Either.right(new Recorded(2, 0)));
        assertThat(endAllOfApi("2024-02-20T00:00:00Z").map(Recorded::added)).isEqualTo(Either.right(0L));
        assertThat(end(almost + "1")).containsExactly(at("2024-02-20T00:00:00Z"));
        assertThat(end(almost + "2")).containsExactly(at("2024-02-20T00:00:00Z"));
    }

    private static Report.Begun ends(String id, String from, String until) {
        return begun(id, ACCOUNT, "dyno", API, from, Option.some(until));
    }

    private Seq<ReportRefused> refusals(Report... reports) {
        return world.billing.recordFacts().record(TENANT, Array.of(reports)).getLeft();
    }

    private Either<Seq<ReportRefused>, Recorded> endAllOfApi(String at) {
        return world.billing.recordFacts().endAllAt(TENANT, ACCOUNT, atApp("api"), at(at));
    }

    private static FactQuery all(AccountId account) {
        return FactQuery.of(account, Period.of(at("2000-01-01T00:00:00Z"), at("2100-01-01T00:00:00Z")));
    }

    @Test
    void fails_when_nobody_can_be_told_what_was_refused() {
        World colliding = World.on(InMemoryPorts.create(), ports -> new ForwardingInvoiceStore(ports.invoices()) {
            @Override
            public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
                return Either.left(new CommitRefused.KeyReused(commit.key()));
            }
        });
        assertThatThrownBy(() -> colliding.record(begun("yacht", "yacht", "2024-02-01T00:00:00Z")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("was used with other content");
    }

    private Seq<Lifetime> lifetimes() {
        return world.ports.usage().lifetimes(ACCESS, all(ACCOUNT), found -> Array.ofAll(() -> found));
    }

    private Seq<UsageRecord> usage() {
        return world.ports.usage().usage(ACCESS, all(ACCOUNT), found -> Array.ofAll(() -> found));
    }

    private Option<Instant> end(String id) {
        return Array.of(ACCOUNT, OTHER)
                .flatMap(account -> world.ports
                        .usage()
                        .<Seq<Lifetime>>lifetimes(
                                Access.toAll(TENANT), all(account), found -> Array.ofAll(() -> found)))
                .find(lifetime -> lifetime.id().equals(id(id)))
                .get()
                .existence()
                .until();
    }

    @Test
    void refuses_what_a_price_matrix_has_no_cell_for() {
        Matrix matrix = new Matrix(
                Array.of("region", "app"), HashMap.of(Array.of("eu", "api"), new PerUnit(usd("1"))), Option.none());
        PriceBookVersion version = new PriceBookVersion("main", 7);
        PriceBook book = PriceBook.of(
                version,
                Monetary.getCurrency("USD"),
                at("2021-01-01T00:00:00Z"),
                Array.of(new Product("regional", Akkeris.DYNO, "each", matrix, Option.some("paid calls"))),
                Array.of(Meter.of("paid calls", "calls", new Aggregation.Sum()).where(Filter.notIn("plan", "free"))));
        world.billing.priceBooks().put(TENANT, book).get();
        assertThat(world.billing
                        .recordFacts()
                        .record(
                                TENANT,
                                Array.of(
                                        usedOf("calls", "1", HashMap.of("region", "eu")),
                                        usedOf("calls", "1", HashMap.of("region", "us")),
                                        usedOf("calls", "1", HashMap.of("plan", "free")))))
                .as("the place says which app it was; what the meter does not count needs no price")
                .isEqualTo(Either.left(Array.of(new ReportRefused.NotPriced(
                        id("calls"),
                        new PricingError.UnpricedCell(
                                "regional", Array.of("region", "app"), Array.of("us", "api"), version)))));
    }

    private static Report.Used usedOf(String meter, String quantity, Map<String, String> properties) {
        return new Report.Used(
                id(meter), ACCOUNT, meter, new BigDecimal(quantity), at("2024-02-01T00:00:00Z"), API, properties);
    }

    private static PriceBook book(PriceBookVersion version, Seq<String> priced, Seq<Meter> meters) {
        Seq<Product> products = priced.map(
                meter -> new Product("sku " + meter, Akkeris.DYNO, "each", new PerUnit(usd("1")), Option.some(meter)));
        return PriceBook.of(version, Monetary.getCurrency("USD"), at("2021-01-01T00:00:00Z"), products, meters);
    }
}
