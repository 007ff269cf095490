package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifeCycleTest {

    /** From the rows to the columns. */
    private static final String STANDARD = """
                        PENDING IN_REVIEW CLOSED PARTLY_PAID PAID FAILED FORGIVEN WRITTEN_OFF VOID FREE PREPAID INVOICED
            PENDING        .        x       x         .       .     .       .          .       x    x      x       x
            IN_REVIEW      x        .       x         .       .     .       .          .       x    x      x       x
            CLOSED         .        .       .         x       x     x       x          x       x    .      .       .
            PARTLY_PAID    .        .       x         .       x     x       x          x       x    .      .       .
            PAID           .        .       x         x       .     .       x          .       x    .      .       .
            FAILED         .        .       x         x       x     .       x          x       x    .      .       .
            FORGIVEN       .        .       .         .       .     .       .          .       .    .      .       .
            WRITTEN_OFF    .        .       .         x       x     .       .          .       x    .      .       .
            VOID           .        .       .         .       .     .       .          .       .    .      .       .
            FREE           .        .       .         .       .     .       .          .       x    .      .       .
            PREPAID        .        .       .         .       .     .       .          .       x    .      .       .
            INVOICED       .        .       .         .       .     .       .          .       x    .      .       .
            """;

    private static final String ATLAS = """
                        PENDING IN_REVIEW CLOSED PARTLY_PAID PAID FAILED FORGIVEN WRITTEN_OFF VOID FREE PREPAID INVOICED
            PENDING        .        .       x         .       .     .       .          .       .    x      x       x
            IN_REVIEW      .        .       .         .       .     .       .          .       .    .      .       .
            CLOSED         .        .       .         .       x     x       x          .       .    .      .       .
            PARTLY_PAID    .        .       .         .       .     .       .          .       .    .      .       .
            PAID           .        .       .         .       .     .       x          .       .    .      .       .
            FAILED         .        .       .         .       x     .       x          .       .    .      .       .
            FORGIVEN       .        .       .         .       .     .       .          .       .    .      .       .
            WRITTEN_OFF    .        .       .         .       .     .       .          .       .    .      .       .
            VOID           .        .       .         .       .     .       .          .       .    .      .       .
            FREE           .        .       .         .       .     .       .          .       .    .      .       .
            PREPAID        .        .       .         .       .     .       .          .       .    .      .       .
            INVOICED       .        .       .         .       .     .       .          .       .    .      .       .
            """;

    @ParameterizedTest(name = "{0}: {1} to {2}: {3}")
    @MethodSource("pairs")
    void just_the_steps_of_the_table_are_allowed(
            LifeCycle lifeCycle, InvoiceStatus from, InvoiceStatus to, boolean allowed) {
        assertThat(lifeCycle.allows(from, to)).isEqualTo(allowed);
        assertThat(lifeCycle.after(from).contains(to)).isEqualTo(allowed);
    }

    @Test
    void all_pairs_of_all_life_cycles_are_tried() {
        assertThat(pairs().map(pair -> Array.of(pair.get()).take(3)).distinct()).hasSize(2 * 144);
        assertThat(LifeCycle.values()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(LifeCycle.class)
    void what_is_final_never_becomes_a_draft_again(LifeCycle lifeCycle) {
        Seq<InvoiceStatus> statuses = Array.of(InvoiceStatus.values());
        assertThat(statuses.reject(InvoiceStatus::isDraft))
                .noneMatch(status -> lifeCycle.after(status).exists(InvoiceStatus::isDraft));
    }

    static Stream<Arguments> pairs() {
        return Stream.concat(pairs(LifeCycle.STANDARD, STANDARD), pairs(LifeCycle.ATLAS, ATLAS));
    }

    private static Stream<Arguments> pairs(LifeCycle lifeCycle, String table) {
        Seq<Seq<String>> rows = Array.of(table.split("\n", -1))
                .filter(row -> !row.isBlank())
                .map(row -> Array.of(row.strip().split(" +", -1)));
        return rows.tail()
                .flatMap(row -> row.tail()
                        .zip(rows.head())
                        .map(cell -> Arguments.of(
                                lifeCycle,
                                InvoiceStatus.valueOf(row.head()),
                                InvoiceStatus.valueOf(cell._2),
                                cell._1.equals("x"))))
                .toJavaStream();
    }
}
