package dev.billing.domain.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.PriceTier;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CanonicalTest {

    private static final Money CENTS = Money.of("USD", "0.050");

    private record Named(String name) {}

    private record Full(String name, Option<String> note, boolean open, Map<String, Integer> sizes, String unit) {}

    @Test
    void what_is_bare_has_its_kind_and_length() {
        assertThat(Array.of(
                                "\u00e4",
                                7,
                                -8L,
                                new BigDecimal("1E+2"),
                                new BigDecimal("0.500"),
                                Side.PRICE,
                                true,
                                Instant.EPOCH,
                                ZoneId.of("UTC"))
                        .map(CanonicalTest::text))
                .containsExactly(
                        "s2:\u00e4",
                        "n1:7",
                        "n2:-8",
                        "n3:100",
                        "n3:0.5",
                        "e5:PRICE",
                        "b4:true",
                        "t20:1970-01-01T00:00:00Z",
                        "t3:UTC");
    }

    @Test
    void a_record_is_its_name_and_parts_in_the_order_of_their_names() {
        assertThat(text(CENTS)).isEqualTo("(s5:Moneys6:amountn4:0.05s8:currencyc3:USD)");
        assertThat(text(new Full("n", Option.some(""), true, HashMap.of("a", 1), "GB")))
                .isEqualTo("(s18:CanonicalTest$Fulls4:names1:ns4:notes0:s4:openb4:trues5:sizes{s1:an1:1}s4:units2:GB)");
    }

    @Test
    void a_part_that_is_empty_is_left_out_so_that_it_can_be_added_later() {
        assertThat(text(new Full("n", Option.none(), false, HashMap.empty(), ""))
                        .replace("Full", "Named")
                        .replace("s18", "s19"))
                .isEqualTo(text(new Named("n")));
    }

    @Test
    void another_value_shows_its_parts_by_accessors() {
        assertThat(text(new Graduated(Array.of(PriceTier.beyond(CENTS)), true)))
                .startsWith("(s9:Graduateds10:freeAtZerob4:trues5:tiers[(s9:PriceTier");
    }

    @Test
    void maps_and_sets_have_no_order_and_lists_have() {
        assertThat(text(LinkedHashMap.of("b", 1, "a", 2))).isEqualTo("{s1:an1:2s1:bn1:1}");
        assertThat(text(HashSet.of("b", "a"))).isEqualTo("{s1:as1:b}");
        assertThat(text(Array.of("b", "a"))).isEqualTo("[s1:bs1:a]");
        assertThat(text(java.util.List.of(Option.none(), Tuple.of("a", 1)))).isEqualTo("[-[s1:an1:1]]");
    }

    @Test
    void nothing_runs_into_its_neighbour() {
        Seq<Object> values = Array.of(
                Array.of("ab", "c"),
                Array.of("a", "bc"),
                Array.of("a", "b", "c"),
                Array.of("abc"),
                Array.of("abc", ""),
                Array.of("", "abc"),
                Array.of("as1:b", "c"),
                Array.of(Array.of("ab"), "c"),
                Array.of("ab", Array.of("c")),
                Array.of(Option.none(), "abc"),
                Array.of(HashSet.of("abc")),
                Array.of(HashMap.of("ab", "c")),
                Option.none(),
                "",
                Array.empty());
        assertThat(values.map(CanonicalTest::text)).doesNotHaveDuplicates();
    }

    @Test
    void kinds_of_values_are_told_apart() {
        Seq<Object> values = Array.of(
                "1",
                1,
                true,
                "true",
                Side.PRICE,
                "PRICE",
                Instant.EPOCH,
                Instant.EPOCH.toString(),
                new AccountId("1"),
                new InvoiceId("1"));
        assertThat(values.map(CanonicalTest::text)).doesNotHaveDuplicates();
    }

    @Test
    void halves_of_surrogate_pairs_are_told_apart() {
        Seq<String> texts = Array.of("\ud83d", "\ude00", "\ud83d\ude00", "\ude00\ud83d", "?", "\ud83d?", "\ufffd");
        assertThat(texts.map(text -> Fingerprint.of(text))).doesNotHaveDuplicates();
        assertThat(text("\ud83d\ude00\u00e4")).isEqualTo("s6:\ud83d\ude00\u00e4");
    }

    @Test
    void what_has_no_parts_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fingerprint.of(new Object()))
                .withMessage("A value to digest must be made of parts, but was a java.lang.Object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fingerprint.of(1.5))
                .withMessageContaining("Double");
    }

    @Test
    void a_digest_is_sha_256_of_the_form() {
        assertThat(Fingerprint.of())
                .isEqualTo(Fingerprint.start().and(Array.empty()).hex());
        assertThat(Fingerprint.of())
                .isEqualTo("4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"); // of []
    }

    private static String text(Object value) {
        return new String(Canonical.bytes(value), StandardCharsets.UTF_8);
    }
}
