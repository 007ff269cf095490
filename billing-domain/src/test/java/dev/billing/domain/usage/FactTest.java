package dev.billing.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Existence;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Rate;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Stream;
import io.vavr.collection.TreeMap;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactTest {

    private static final Instant MONDAY = Instant.parse("2026-11-02T12:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-03T12:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-11-04T12:00:00Z");

    static java.util.stream.Stream<Fact> facts() {
        return java.util.stream.Stream.of(lifetime("1", "2", MONDAY), usage("1", "2"), ending(TUESDAY));
    }

    @ParameterizedTest
    @MethodSource("facts")
    void a_fact_says_the_same_whenever_it_was_learned(Fact fact) {
        Fact again = fact.recordedAt(WEDNESDAY.plusNanos(999_999));
        assertThat(again).isNotEqualTo(fact);
        assertThat(again.recordedAt()).isEqualTo(WEDNESDAY);
        assertThat(fact.saysTheSameAs(again)).isTrue();
        assertThat(again.saysTheSameAs(fact)).isTrue();
    }

    @Test
    void facts_of_other_content_or_kind_say_something_else() {
        assertThat(usage("1", "2").saysTheSameAs(usage("1", "3"))).isFalse();
        assertThat(lifetime("1", "2", MONDAY).saysTheSameAs(lifetime("1", "3", MONDAY)))
                .isFalse();
        assertThat(ending(TUESDAY).saysTheSameAs(ending(WEDNESDAY))).isFalse();
        assertThat(ending(TUESDAY).saysTheSameAs(usage("1", "2"))).isFalse();
    }

    @Test
    void quantities_and_instants_are_compared_by_value_and_milliseconds() {
        assertThat(usage("1", "2.50")).isEqualTo(usage("1", "2.5")).hasSameHashCodeAs(usage("1", "2.5"));
        assertThat(lifetime("1", "1E+2", MONDAY.plusNanos(999_999))).isEqualTo(lifetime("1", "100", MONDAY));
    }

    @Test
    void there_are_never_fewer_than_no_things_but_usage_may_be_taken_back() {
        assertThat(lifetime("1", "0", MONDAY).quantity()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> lifetime("1", "-1", MONDAY));
        assertThat(usage("1", "-0.1").quantity()).isEqualTo("-0.1");
        assertThatIllegalArgumentException().isThrownBy(() -> usage("1", "1E100000000"));
    }

    @Test
    void usage_is_read_by_its_id_and_properties() {
        UsageRecord europe = usage(HashMap.of("region", "eu", "model", ""));
        assertThat(europe.key()).isEqualTo("1");
        assertThat(europe.property("region")).containsExactly("eu");
        assertThat(europe.property("model")).containsExactly("");
        assertThat(europe.property("Region")).isEmpty();
        assertThat(europe.recordedAt(WEDNESDAY).properties()).isEqualTo(europe.properties());
        assertThat(europe.saysTheSameAs(usage("1", "2"))).isFalse();
        assertThat(europe.saysTheSameAs(usage(TreeMap.of("model", "", "region", "eu"))))
                .isTrue();
    }

    @Test
    void properties_are_no_more_than_a_store_can_keep() {
        Map<String, String> most = HashMap.ofEntries(Stream.range(0, 64).map(i -> new Tuple2<>("p" + i, "")));
        assertThat(usage(most).properties()).isEqualTo(most);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usage(most.put("one more", "")))
                .withMessageContaining("64")
                .withMessageContaining("65");
        assertThatIllegalArgumentException().isThrownBy(() -> usage(HashMap.of(" ", "")));
        assertThatIllegalArgumentException().isThrownBy(() -> usage(HashMap.of("p".repeat(201), "")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usage(HashMap.of("region", "a\0")))
                .withMessageContaining("region");
        assertThatIllegalArgumentException().isThrownBy(() -> usage(HashMap.of("region", "a".repeat(2_001))));
    }

    @Test
    void of_several_ends_the_earliest_counts_in_whatever_order_they_are_learned() {
        Lifetime lifetime = lifetime("1", "1", MONDAY);
        Existence ended = Existence.between(MONDAY, TUESDAY);
        assertThat(lifetime.endedAt(TUESDAY).existence()).isEqualTo(ended);
        assertThat(lifetime.endedAt(TUESDAY).endedAt(WEDNESDAY).existence()).isEqualTo(ended);
        assertThat(lifetime.endedAt(WEDNESDAY).endedAt(TUESDAY).existence()).isEqualTo(ended);
        assertThat(lifetime.endedAt(TUESDAY).recordedAt()).isEqualTo(lifetime.recordedAt());
        assertThatIllegalArgumentException().isThrownBy(() -> lifetime.endedAt(MONDAY.minusMillis(1)));
    }

    private static Lifetime lifetime(String id, String quantity, Instant from) {
        return new Lifetime(
                new FactId(id),
                new AccountId("a"),
                new Rate(
                        new PriceBookVersion("main", 1),
                        "small",
                        "compute",
                        "month",
                        new PerUnit(Money.of("USD", "20"))),
                new BigDecimal(quantity),
                "small machine",
                HashMap.empty(),
                Existence.since(from),
                TUESDAY);
    }

    private static UsageRecord usage(String id, String quantity) {
        return new UsageRecord(
                new FactId(id),
                new AccountId("a"),
                "bytes",
                new BigDecimal(quantity),
                MONDAY,
                HashMap.empty(),
                TUESDAY);
    }

    private static UsageRecord usage(Map<String, String> properties) {
        return new UsageRecord(
                new FactId("1"),
                new AccountId("a"),
                "bytes",
                new BigDecimal("2"),
                MONDAY,
                HashMap.empty(),
                properties,
                TUESDAY);
    }

    private static Ending ending(Instant at) {
        return new Ending(new FactId("e"), new AccountId("a"), new FactId("1"), at, TUESDAY);
    }
}
