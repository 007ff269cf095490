package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.invoice.Figures;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Proration;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.ZoneId;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static final Seq<Profile> ALL = Array.of(
            Standard.profile(),
            Akkeris.profile(),
            Akkeris.upstream(),
            Spaces.profile(),
            Morpheus.profile(),
            Atlas.profile());

    @Test
    void profiles_are_named_values() {
        assertThat(ALL.map(Profile::name))
                .containsExactly("standard", "akkeris", "akkeris-upstream", "spaces", "morpheus", "atlas");
        assertThat(Atlas.profile()).isEqualTo(Atlas.profile()).hasSameHashCodeAs(Atlas.profile());
        assertThat(ALL.distinct()).hasSize(6);
        assertThatIllegalArgumentException().isThrownBy(() -> Standard.profile().with(" ", Proration.EXACT_TIME));
    }

    @Test
    void the_two_of_akkeris_differ_in_name_and_proration_only() {
        assertThat(Akkeris.upstream())
                .isEqualTo(Akkeris.profile().with("akkeris-upstream", Proration.ELAPSED_TIME))
                .isNotEqualTo(Akkeris.profile());
    }

    @Test
    void a_profile_can_be_moved_to_another_currency_or_calendar() {
        BillingCalendar calendar = BillingCalendar.monthly(ZoneId.of("America/New_York"), 15);
        Profile moved = Standard.profile().in(Monetary.getCurrency("JPY")).on(calendar);
        assertThat(moved.currency()).isEqualTo(Monetary.getCurrency("JPY"));
        assertThat(moved.calendar()).isEqualTo(calendar);
        assertThat(moved.in(Monetary.getCurrency("USD")).on(BillingCalendar.UTC_MONTHS))
                .isEqualTo(Standard.profile());
    }

    @Test
    void categories_are_free_unless_a_profile_lists_them() {
        assertThat(Akkeris.profile().allows(Akkeris.ADDON)).isTrue();
        assertThat(Akkeris.profile().allows("support")).isFalse();
        assertThat(Standard.profile().allows("support")).isTrue();
    }

    @Test
    void the_names_of_the_rules_of_a_profile_and_the_keys_of_its_figures_are_distinct() {
        for (Profile profile : ALL) {
            assertThat(profile.rules().map(rule -> rule.name())).doesNotHaveDuplicates();
            assertThat(profile.figures().map(Figures.Fold::key)).doesNotHaveDuplicates();
        }
    }
}
