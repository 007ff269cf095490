package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vavr.control.Option;
import java.time.Instant;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Time is small here, a dozen ticks, so that edges meet often. */
class ExistenceProperties {

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
    void a_document_shows_what_was_there_in_its_period_and_was_known_to_have_begun(
            @ForAll @IntRange(max = 11) int from,
            @ForAll @IntRange(max = 12) int lasting,
            @ForAll @IntRange(max = 8) int start,
            @ForAll @IntRange(min = 1, max = 4) int length,
            @ForAll @IntRange(max = 14) int asOf) {
        int end = start + length;
        boolean endless = lasting == 12;
        int until = from + lasting;
        Option<Existence> seen = existence(from, until, endless).seenIn(period(start, end), at(asOf));

        boolean begun = from < end && from <= asOf;
        boolean shown = begun && (endless || (until > start && until > from));
        assertThat(seen.isDefined()).isEqualTo(shown);
        boolean endIsKnown = !endless && until < end && until <= asOf;
        seen.forEach(existence -> assertThat(existence)
                .isEqualTo(endIsKnown ? Existence.between(at(from), at(until)) : Existence.since(at(from))));
    }

    @Property(tries = 1_000)
    void a_closed_month_reads_the_same_before_and_after_a_later_end(
            @ForAll @IntRange(max = 11) int from,
            @ForAll @IntRange(max = 5) int later,
            @ForAll @IntRange(max = 5) int asOf) {
        Period period = period(2, 8);
        int until = Math.max(from, 8 + later);
        assertThat(existence(from, until, false).seenIn(period, at(8 + asOf)))
                .isEqualTo(existence(from, until, true)
                        .seenIn(period, at(8 + asOf))
                        .filter(seen -> until > from));
    }

    @Property(tries = 300)
    void nothing_ends_before_it_begins(@ForAll @IntRange(max = 11) int from, @ForAll @IntRange(max = 11) int until) {
        if (until < from) {
            assertThatIllegalArgumentException().isThrownBy(() -> Existence.between(at(from), at(until)));
        } else {
            assertThat(Existence.between(at(from), at(until)).until()).contains(at(until));
        }
    }

    private static Existence existence(int from, int until, boolean endless) {
        return endless ? Existence.since(at(from)) : Existence.between(at(from), at(until));
    }

    private static Period period(int start, int end) {
        return Period.of(at(start), at(end));
    }

    private static Instant at(int tick) {
        return Instant.ofEpochSecond(1_500_000_000L + tick);
    }
}
