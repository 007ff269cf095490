package dev.billing.domain.invoice;

import static dev.billing.domain.invoice.InvoiceStatus.CLOSED;
import static dev.billing.domain.invoice.InvoiceStatus.FAILED;
import static dev.billing.domain.invoice.InvoiceStatus.FORGIVEN;
import static dev.billing.domain.invoice.InvoiceStatus.FREE;
import static dev.billing.domain.invoice.InvoiceStatus.INVOICED;
import static dev.billing.domain.invoice.InvoiceStatus.PAID;
import static dev.billing.domain.invoice.InvoiceStatus.PENDING;
import static dev.billing.domain.invoice.InvoiceStatus.PREPAID;
import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.Tuple2;
import io.vavr.collection.HashSet;
import io.vavr.collection.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvoiceStatusTest {

    private static final Set<Tuple2<InvoiceStatus, InvoiceStatus>> STEPS = HashSet.of(
            step(PENDING, FREE),
            step(PENDING, PREPAID),
            step(PENDING, INVOICED),
            step(PENDING, CLOSED),
            step(CLOSED, PAID),
            step(CLOSED, FAILED),
            step(CLOSED, FORGIVEN),
            step(FAILED, PAID),
            step(FAILED, FORGIVEN),
            step(PAID, FORGIVEN));

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @MethodSource("pairs")
    void only_ten_steps_are_allowed(InvoiceStatus from, InvoiceStatus to, boolean allowed) {
        assertThat(from.mayBecome(to)).isEqualTo(allowed);
    }

    @Test
    void all_pairs_are_tried() {
        assertThat(pairs()).hasSize(64);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(InvoiceStatus.values())
                .flatMap(from -> Stream.of(InvoiceStatus.values())
                        .map(to -> Arguments.of(from, to, STEPS.contains(step(from, to)))));
    }

    private static Tuple2<InvoiceStatus, InvoiceStatus> step(InvoiceStatus from, InvoiceStatus to) {
        return new Tuple2<>(from, to);
    }
}
