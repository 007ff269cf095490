package dev.billing.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.meter.CustomAggregations;
import dev.billing.domain.meter.Filter;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UsageRaterProperties {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final Period NOVEMBER = Period.of(START, END);
    private static final AccountId ACCOUNT = new AccountId("account");
    private static final Dimension APP = new Dimension("app");

    /** Every way of counting and grouping at once, over facts of one name. */
    private static final PriceBook BOOK = PriceBook.of(
            new PriceBookVersion("main", 1),
            DomainArbitraries.USD,
            Instant.EPOCH,
            Array.of(
                    product("all", new PerUnit(usd("1")), "calls"),
                    product("peak", new PerUnit(usd("1")), "peak"),
                    product("models", new PerUnit(usd("1")), "models"),
                    product("in the east", new PerUnit(usd("1")), "east"),
                    product("by model", new PerUnit(usd("1")), "by model"),
                    product("rounded", new PerUnit(usd("1")), "rounded"),
                    product("by cell", cells(), "calls")),
            Array.of(
                    Meter.of("peak", "calls", new Aggregation.Max()),
                    Meter.of("models", "calls", new Aggregation.UniqueCount("model")),
                    Meter.of("east", "calls", new Aggregation.Sum()).where(Filter.in("region", "east")),
                    Meter.of("by model", "calls", new Aggregation.Sum()).by("model"),
                    Meter.of("rounded", "calls", new Aggregation.Average())
                            .rounded(new QuantityRounding(0, RoundingMode.UP))));

    private static Matrix cells() {
        return new Matrix(
                Array.of("region", "app"),
                HashMap.of(
                        Array.of("east", "web"), new PerUnit(usd("3")),
                        Array.of("west", "web"), new PerUnit(usd("5"))),
                Option.some(new PerUnit(usd("7"))));
    }

    @Property(tries = 300)
    void each_group_comes_to_what_counting_record_by_record_gives(@ForAll("usages") List<UsageRecord> usage) {
        assertThat(comesTo(rate(Array.ofAll(usage)))).isEqualTo(counted(usage));
    }

    @Property(tries = 300)
    void records_in_any_order_give_the_same_lines(@ForAll("usages") List<UsageRecord> usage, @ForAll Random random) {
        assertThat(rate(DomainArbitraries.shuffled(usage, random))).isEqualTo(rate(Array.ofAll(usage)));
    }

    @Property(tries = 50)
    void accounts_rated_by_many_threads_come_to_the_same_lines(@ForAll("usages") List<UsageRecord> usage) {
        List<Seq<LineItem>> alone = IntStream.range(0, 8)
                .mapToObj(i -> rate(Array.ofAll(usage).drop(i)))
                .collect(Collectors.toList());
        List<Seq<LineItem>> together = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> rate(Array.ofAll(usage).drop(i)))
                .collect(Collectors.toList());
        assertThat(together).isEqualTo(alone);
    }

    @Property(tries = 200)
    void every_group_has_a_line_of_its_own(@ForAll("usages") List<UsageRecord> usage) {
        assertThat(rate(Array.ofAll(usage)).map(LineItem::id)).doesNotHaveDuplicates();
    }

    @Example
    void a_line_is_the_same_in_whatever_order_its_places_are_said() {
        Dimension zone = new Dimension("zone");
        Ref web = Ref.named("app", "web");
        Ref first = Ref.named("zone", "1");
        UsageRecord one = record("1", "calls", "2", START);
        assertThat(rate(Array.of(with(one, LinkedHashMap.of(APP, web, zone, first))))
                        .map(LineItem::id))
                .isNotEmpty()
                .isEqualTo(rate(Array.of(with(one, LinkedHashMap.of(zone, first, APP, web))))
                        .map(LineItem::id));
    }

    @Property(tries = 200)
    void places_count_by_what_they_are_and_not_by_the_object_that_says_it(@ForAll("usages") List<UsageRecord> usage) {
        Seq<UsageRecord> copies = Array.ofAll(usage)
                .map(record -> with(record, HashMap.ofEntries(record.places().toArray())));
        assertThat(rate(copies)).isEqualTo(rate(Array.ofAll(usage)));
    }

    @Property(tries = 200)
    void events_are_priced_in_order_of_time_and_then_id_however_they_arrive(
            @ForAll("usages") List<UsageRecord> usage, @ForAll Random random) {
        Percentage rule = new Percentage(
                DomainArbitraries.USD,
                new BigDecimal("10"),
                Option.some(usd("1")),
                2,
                BigDecimal.ZERO,
                Option.none(),
                Option.none());
        PriceHistory prices = PriceHistory.of(book(product("pay", rule, "calls")));
        Seq<UsageRecord> here = Array.ofAll(usage).map(record -> with(record, HashMap.empty()));
        Seq<LineItem> lines = rate(DomainArbitraries.shuffled(here.toJavaList(), random), prices);
        Seq<BigDecimal> amounts = here.sortBy(record -> record.id().value())
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .map(UsageRecord::quantity);
        BigDecimal fees = BigDecimal.valueOf(Math.max(0, amounts.size() - 2));
        BigDecimal percents =
                amounts.drop(2).fold(BigDecimal.ZERO, BigDecimal::add).movePointLeft(1);
        assertThat(lines.map(line -> line.net().get()).fold(usd("0"), Money::plus))
                .isEqualTo(Money.of(DomainArbitraries.USD, percents.add(fees).setScale(2, RoundingMode.HALF_UP)));
    }

    @Example
    void the_peaks_of_several_meters_are_priced_together() {
        Capacity rule = new Capacity(Array.of(
                new Capacity.Limits(limits("users", "10", "disk", "100"), usd("20")),
                new Capacity.Limits(HashMap.of("users", Option.none(), "disk", Option.none()), usd("90"))));
        PriceBook book = PriceBook.of(
                new PriceBookVersion("main", 1),
                DomainArbitraries.USD,
                Instant.EPOCH,
                Array.of(new Product("plan", "plan", "month", rule, Option.none())),
                Array.of(
                        Meter.of("users", "users", new Aggregation.Max()),
                        Meter.of("disk", "disk", new Aggregation.Max())));
        Seq<LineItem> lines = rate(
                Array.of(
                        record("1", "users", "7", START),
                        record("2", "users", "4", START),
                        record("3", "disk", "101", START)),
                PriceHistory.of(book));
        assertThat(lines.map(line -> line.net().get())).containsExactly(usd("90"));
        assertThat(why(lines.head()).count().get().facts()).isEqualTo(3);
        assertThat(why(lines.head()).count().get().meter()).isEqualTo("disk, users");
    }

    @Example
    void a_level_is_carried_over_from_before_the_period_and_nothing_else_is() {
        PriceBook book = PriceBook.of(
                new PriceBookVersion("main", 1),
                DomainArbitraries.USD,
                START.minusSeconds(10),
                Array.of(
                        product("disk", new PerUnit(usd("1")), "disk"),
                        product("sum", new PerUnit(usd("1")), "changes")),
                Array.of(Meter.of("disk", "changes", new Aggregation.WeightedSum(true))));
        Instant half = START.plusSeconds(15L * 24 * 3600);
        Seq<LineItem> lines = rate(
                Array.of(record("1", "changes", "4", START.minusSeconds(99)), record("2", "changes", "2", half)),
                PriceHistory.of(book));
        assertThat(lines.toMap(LineItem::sku, line -> line.net().get()))
                .isEqualTo(HashMap.of("disk", usd("5"), "sum", usd("2")));
    }

    @Example
    void an_aggregation_of_the_host_is_asked() {
        PriceBook book = PriceBook.of(
                new PriceBookVersion("main", 1),
                DomainArbitraries.USD,
                Instant.EPOCH,
                Array.of(product("odd", new PerUnit(usd("1")), "odd")),
                Array.of(Meter.of("odd", "calls", new Aggregation.Custom("ours"))));
        CustomAggregations ours = CustomAggregations.NONE.with(
                "ours", (period, asOf) -> new Aggregation.Max().accumulator(period, asOf, CustomAggregations.NONE));
        Seq<LineItem> lines = new Rater(Standard.profile(), NOVEMBER, END)
                .with(ours)
                .rate(
                        Array.empty(),
                        Array.of(record("1", "calls", "4", START), record("2", "calls", "9", START)),
                        PriceHistory.of(book));
        assertThat(lines.map(line -> line.net().get())).containsExactly(usd("9"));
    }

    @Example
    void what_is_taken_back_beyond_what_was_used_is_not_owed() {
        PriceHistory prices = PriceHistory.of(book(product("calls", new PerUnit(usd("1")), "calls")));
        assertThat(rate(Array.of(record("1", "calls", "4", START), record("2", "calls", "-5", START)), prices))
                .isEmpty();
        assertThat(rate(Array.of(record("1", "calls", "-5", START), record("2", "calls", "6", START)), prices)
                        .map(line -> line.net().get()))
                .containsExactly(usd("1"));
    }

    @Example
    void nothing_used_at_a_flat_price_has_a_line_and_nothing_at_a_unit_price_has_none() {
        PriceHistory prices = PriceHistory.of(
                book(product("flat", new Flat(usd("1")), "calls"), product("unit", new PerUnit(usd("1")), "calls")));
        assertThat(rate(Array.of(record("1", "calls", "0", START)), prices).map(LineItem::sku))
                .containsExactly("flat");
    }

    @Example
    void values_without_a_cell_and_without_another_rule_have_no_line() {
        Matrix rule =
                new Matrix(Array.of("region"), HashMap.of(Array.of("east"), new PerUnit(usd("3"))), Option.none());
        assertThat(rate(
                        Array.of(record("1", "calls", "1", START)),
                        PriceHistory.of(book(product("calls", rule, "calls")))))
                .isEmpty();
    }

    private static final Instant MIDDLE = START.plusSeconds(100);

    private static PriceHistory twoBooks(Product first, Seq<Meter> meters, Product second, Seq<Meter> others) {
        Product other = product("something else", new PerUnit(usd("1")), "other");
        return PriceHistory.of(
                PriceBook.of(
                        new PriceBookVersion("main", 1), DomainArbitraries.USD, Instant.EPOCH, Array.of(first), meters),
                PriceBook.of(
                        new PriceBookVersion("main", 2),
                        DomainArbitraries.USD,
                        MIDDLE,
                        Array.of(second, other),
                        others));
    }

    @Property(tries = 200)
    void a_new_book_goes_on_counting_what_it_prices_and_counts_as_before(@ForAll("usages") List<UsageRecord> usage) {
        Seq<UsageRecord> later = Array.ofAll(usage)
                .map(record -> with(record, record.places(), record.at().plusSeconds(95)));
        Product product = product("calls", cells(), "peak");
        Seq<Meter> meters =
                Array.of(Meter.of("peak", "calls", new Aggregation.Max()).by("model"));
        PriceHistory one = PriceHistory.of(PriceBook.of(
                new PriceBookVersion("main", 1), DomainArbitraries.USD, Instant.EPOCH, Array.of(product), meters));
        assertThat(rate(later, twoBooks(product, meters, product, meters))).isEqualTo(rate(later, one));
    }

    @Example
    void usage_before_and_after_a_change_of_price_or_of_meter_is_counted_apart() {
        Product flat = product("calls", new Flat(usd("20")), "calls");
        Product dearer = product("calls", new Flat(usd("30")), "calls");
        Seq<Meter> peak = Array.of(Meter.of("calls", "calls", new Aggregation.Max()));
        Seq<UsageRecord> usage = Array.of(record("1", "calls", "7", START), record("2", "calls", "7", MIDDLE));
        assertThat(rate(usage, twoBooks(flat, Array.empty(), flat, Array.empty()))
                        .map(line -> line.net().get()))
                .containsExactly(usd("20"));
        assertThat(rate(usage, twoBooks(flat, Array.empty(), dearer, Array.empty()))
                        .map(line -> line.net().get()))
                .containsExactly(usd("20"), usd("30"));
        assertThat(rate(usage, twoBooks(flat, Array.empty(), dearer, Array.empty()))
                        .map(LineItem::id))
                .doesNotHaveDuplicates();
        assertThat(rate(usage, twoBooks(flat, Array.empty(), flat, peak))
                        .map(line -> line.net().get()))
                .containsExactly(usd("20"), usd("20"));
    }

    @Example
    void a_peak_below_zero_is_none() {
        Capacity rule = new Capacity(Array.of(
                new Capacity.Limits(HashMap.of("level", Option.some(BigDecimal.ONE)), usd("20")),
                new Capacity.Limits(HashMap.of("level", Option.none()), usd("90"))));
        PriceBook book = PriceBook.of(
                new PriceBookVersion("main", 1),
                DomainArbitraries.USD,
                Instant.EPOCH,
                Array.of(new Product("plan", "plan", "month", rule, Option.none())),
                Array.of(Meter.of("level", "level", new Aggregation.Max()).allowingNegative()));
        assertThat(rate(Array.of(record("1", "level", "-5", START)), PriceHistory.of(book)))
                .isEmpty();
    }

    @Example
    void lines_of_a_matrix_say_which_cell_they_are_of() {
        Matrix rule = new Matrix(
                Array.of("region"),
                HashMap.of(Array.of("east"), new PerUnit(usd("3"))),
                Option.some(new PerUnit(usd("1"))));
        UsageRecord east = new UsageRecord(
                new FactId("1"),
                ACCOUNT,
                "calls",
                BigDecimal.ONE,
                START,
                HashMap.empty(),
                HashMap.of("region", "east"),
                START);
        assertThat(rate(Array.of(east), PriceHistory.of(book(product("calls", rule, "calls"))))
                        .map(LineItem::description))
                .containsExactly("calls · east");
    }

    @Example
    void an_explanation_says_how_many_facts_were_counted_and_how() {
        LineItem line = rate(
                        Array.of(record("1", "calls", "4", START), record("2", "calls", "6", START)),
                        PriceHistory.of(book(product("calls", new PerUnit(usd("0.5")), "calls"))))
                .head();
        assertThat(why(line).explain()).hasToString("""
                counted: 2 facts on calls (sum)
                  quantity: 10
                    rule: USD 0.5 per unit under main@1
                      whole period: USD 5.0
                        units: 10 × USD 0.5 = USD 5.0
                        share: 1/1 (EXACT_TIME)
                          rounded: HALF_UP to the minor unit: USD 5.00
                            remainder: none""");
        assertThat(why(line).explain().toJson())
                .isEqualTo("{\"counted\":{\"facts\":\"2\",\"meter\":\"calls\",\"aggregation\":\"sum\"},"
                        + "\"quantity\":{\"quantity\":\"10\"},"
                        + "\"rule\":{\"source\":\"main@1\",\"rule\":{\"perUnit\":\"USD 0.5\"}},"
                        + "\"whole period\":{\"amount\":\"USD 5.0\",\"parts\":[{\"name\":\"units\",\"quantity\":\"10\","
                        + "\"price\":\"USD 0.5\",\"amount\":\"USD 5.0\"}]},"
                        + "\"share\":{\"ratio\":\"1/1\",\"policy\":\"EXACT_TIME\"},"
                        + "\"rounded\":{\"rounding\":\"HALF_UP to the minor unit\",\"credited\":\"false\",\"amount\":\"USD 5.00\"},"
                        + "\"remainder\":{\"dividend\":\"USD 0.00\",\"divisor\":\"1\"}}");
    }

    /** Every quantity by sku, place, group and cell, one record after the other. */
    private static java.util.Map<String, BigDecimal> counted(List<UsageRecord> usage) {
        java.util.Map<String, BigDecimal> sums = new TreeMap<>();
        java.util.Map<String, java.util.Set<String>> models = new TreeMap<>();
        java.util.Map<String, Integer> numbers = new TreeMap<>();
        for (UsageRecord record : usage) {
            String app = record.places().get(APP).map(Ref::name).getOrElse("");
            String region = record.property("region").getOrElse("");
            String model = record.property("model").getOrElse("");
            String price = app.equals("web") && region.equals("east")
                    ? "3"
                    : app.equals("web") && region.equals("west") ? "5" : "7";
            sums.merge("all @" + app, record.quantity(), BigDecimal::add);
            sums.merge("peak @" + app, record.quantity(), BigDecimal::max);
            sums.merge("by model " + model + "@" + app, record.quantity(), BigDecimal::add);
            sums.merge("rounded @" + app, record.quantity(), BigDecimal::add);
            sums.merge("by cell @" + app, record.quantity().multiply(new BigDecimal(price)), BigDecimal::add);
            numbers.merge("rounded @" + app, 1, Integer::sum);
            if (region.equals("east")) {
                sums.merge("in the east @" + app, record.quantity(), BigDecimal::add);
            }
            record.property("model")
                    .forEach(value -> models.computeIfAbsent("models @" + app, key -> new java.util.TreeSet<>())
                            .add(value));
        }
        numbers.forEach((key, number) ->
                sums.compute(key, (same, sum) -> sum.divide(BigDecimal.valueOf(number), 0, RoundingMode.UP)));
        models.forEach((key, values) -> sums.put(key, BigDecimal.valueOf(values.size())));
        sums.values().removeIf(sum -> sum.signum() == 0);
        sums.replaceAll((key, sum) -> sum.setScale(2, RoundingMode.UNNECESSARY));
        return sums;
    }

    private static java.util.Map<String, BigDecimal> comesTo(Seq<LineItem> lines) {
        java.util.Map<String, BigDecimal> sums = new TreeMap<>();
        lines.forEach(line -> sums.merge(
                line.sku()
                        + (line.sku().equals("by model")
                                ? line.description()
                                        .substring("by model".length())
                                        .replace(" · ", " ")
                                : " ")
                        + (line.description().equals("by model") ? " " : "")
                        + "@" + line.places().get(APP).map(Ref::name).getOrElse(""),
                line.net().get().amount().setScale(2, RoundingMode.UNNECESSARY),
                BigDecimal::add));
        return sums;
    }

    private static Derivation why(LineItem line) {
        return ((Origin.Rated) line.origin()).why();
    }

    private static Seq<LineItem> rate(Seq<UsageRecord> usage) {
        return rate(usage, PriceHistory.of(BOOK));
    }

    private static Seq<LineItem> rate(Seq<UsageRecord> usage, PriceHistory prices) {
        return new Rater(Standard.profile(), NOVEMBER, END).rate(Array.empty(), usage, prices);
    }

    private static PriceBook book(Product... products) {
        return PriceBook.of(new PriceBookVersion("main", 1), DomainArbitraries.USD, Instant.EPOCH, Array.of(products));
    }

    private static Product product(String sku, PricingRule rule, String meter) {
        return new Product(sku, "usage", "unit", rule, Option.some(meter));
    }

    private static Map<String, Option<BigDecimal>> limits(String one, String atMost, String other, String most) {
        return HashMap.of(one, Option.some(new BigDecimal(atMost)), other, Option.some(new BigDecimal(most)));
    }

    private static UsageRecord record(String id, String meter, String quantity, Instant at) {
        return new UsageRecord(new FactId(id), ACCOUNT, meter, new BigDecimal(quantity), at, HashMap.empty(), at);
    }

    private static UsageRecord with(UsageRecord record, Map<Dimension, Ref> places) {
        return with(record, places, record.at());
    }

    private static UsageRecord with(UsageRecord record, Map<Dimension, Ref> places, Instant at) {
        return new UsageRecord(
                record.id(),
                ACCOUNT,
                record.meter(),
                record.quantity(),
                at,
                places,
                record.properties(),
                record.recordedAt());
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }

    @Provide
    Arbitrary<List<UsageRecord>> usages() {
        Arbitrary<Map<Dimension, Ref>> places = Arbitraries.of(
                HashMap.empty(), HashMap.of(APP, Ref.named("app", "web")), HashMap.of(APP, Ref.named("app", "api")));
        Arbitrary<Map<String, String>> properties = Combinators.combine(
                        Arbitraries.of("east", "west", "").injectNull(0.2),
                        Arbitraries.of("a", "b").injectNull(0.2))
                .as((region, model) -> HashMap.ofEntries(Option.of(region)
                        .map(value -> new Tuple2<>("region", value))
                        .toArray()
                        .appendAll(Option.of(model).map(value -> new Tuple2<>("model", value)))));
        Arbitrary<Instant> instants = Arbitraries.longs().between(0, 10).map(START::plusSeconds);
        return Combinators.combine(Arbitraries.integers().between(0, 9), instants, places, properties)
                .as((quantity, at, where, said) -> new UsageRecord(
                        new FactId("u"), ACCOUNT, "calls", BigDecimal.valueOf(quantity), at, where, said, at))
                .list()
                .ofMaxSize(12)
                .map(UsageRaterProperties::numbered);
    }

    private static List<UsageRecord> numbered(List<UsageRecord> records) {
        return Array.ofAll(records)
                .zipWithIndex((record, i) -> new UsageRecord(
                        new FactId("u" + (99 - i)),
                        ACCOUNT,
                        record.meter(),
                        record.quantity(),
                        record.at(),
                        record.places(),
                        record.properties(),
                        record.recordedAt()))
                .asJava();
    }
}
