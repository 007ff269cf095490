package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.APRIL;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.usd;
import static dev.billing.testkit.usecase.World.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.profile.Akkeris;
import dev.billing.usecase.MonthDocument;
import org.junit.jupiter.api.Test;

class PreviewMonthTest {

    private final World world = new World();

    @Test
    void shows_what_a_month_comes_to_by_an_instant() {
        world.record(
                begun("dyno", "dyno", "2024-03-01T00:00:00Z"),
                begun("later", "dyno", "2024-03-20T00:00:00Z"),
                used("use", "gigabytes", "2024-03-02T00:00:00Z"),
                used("later use", "gigabytes", "2024-03-20T00:00:00Z"));
        MonthDocument tenth = preview("2024-03-10T12:00:00Z");
        assertThat(tenth.lines()).hasSize(2);
        assertThat(tenth.invoice().figures().amount(Akkeris.PLATFORM)).isEqualTo(usd("8.06")); // 10 of 31 days of 25
        assertThat(tenth.invoice().figures().amount(Akkeris.ADDONS)).isEqualTo(usd("0.13"));
        assertThat(preview("2024-04-01T00:00:00Z").invoice().figures().amount(Akkeris.PLATFORM))
                .isEqualTo(usd("34.68")); // 25, and 12 of 31 days of 25
    }

    @Test
    void stores_nothing() {
        world.record(begun("dyno", "dyno", "2024-03-01T00:00:00Z"));
        preview("2024-05-01T00:00:00Z");
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void shows_nothing_outside_the_access() {
        assertThat(world.billing.previewMonth().preview(ACCESS, OTHER, MARCH, at("2024-03-10T12:00:00Z")))
                .isEmpty();
    }

    @Test
    void shows_a_month_without_facts_as_empty() {
        assertThat(world.billing
                        .previewMonth()
                        .preview(ACCESS, ACCOUNT, APRIL, at("2024-03-10T12:00:00Z"))
                        .get()
                        .lines())
                .isEmpty();
    }

    private MonthDocument preview(String asOf) {
        return world.billing
                .previewMonth()
                .preview(ACCESS, ACCOUNT, MARCH, at(asOf))
                .get();
    }
}
