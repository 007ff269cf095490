package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.APRIL;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.JANUARY;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.WEB;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.atApp;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.ended;
import static dev.billing.testkit.usecase.World.inOrganization;
import static dev.billing.testkit.usecase.World.inSpace;
import static dev.billing.testkit.usecase.World.usd;
import static dev.billing.testkit.usecase.World.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.Ref;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Standard;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Place;
import dev.billing.port.StorageException;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.testkit.usecase.World.Month;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Scope;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ReadMonthTest {

    private static final Scope WHOLE = Scope.of(ACCOUNT);

    private final World world = new World();

    @Test
    void has_no_months_without_places_or_facts() {
        assertThat(months(WHOLE)).isEmpty();
        assertThat(world.read(WHOLE, FEBRUARY)).isEmpty();
        assertThat(world.read(WHOLE, MARCH)).isEmpty();
    }

    @Test
    void has_the_months_from_the_first_fact_to_the_current_one() {
        world.record(begun("dyno", "dyno", "2024-01-31T23:59:59.999Z"));
        assertThat(months(WHOLE)).containsExactly(period(JANUARY), period(FEBRUARY), period(MARCH));
        assertThat(world.read(WHOLE, YearMonth.of(2023, 12))).isEmpty();
        assertThat(world.read(WHOLE, JANUARY)).isNotEmpty();
        assertThat(world.read(WHOLE, MARCH)).isNotEmpty();
        assertThat(world.read(WHOLE, APRIL)).isEmpty();
        assertThat(world.documents()).as("only January is over and was read").hasSize(1);
    }

    @Test
    void has_the_months_from_the_first_use() {
        world.record(used("use", "gigabytes", "2024-02-01T00:00:00Z"), begun("dyno", "dyno", "2024-03-01T00:00:00Z"));
        assertThat(months(WHOLE)).containsExactly(period(FEBRUARY), period(MARCH));
    }

    @Test
    void has_the_months_from_the_first_app_even_before_anything_is_billed() {
        world.billing.directory().put(TENANT, place("api", "2024-02-29T23:59:59.999Z"));
        world.record(begun("dyno", "dyno", "2024-03-05T00:00:00Z"));
        assertThat(months(WHOLE)).containsExactly(period(FEBRUARY), period(MARCH));
        assertThat(months(inOrganization("acme"))).containsExactly(period(FEBRUARY), period(MARCH));
        assertThat(months(inOrganization("umbrella"))).isEmpty();
        assertThat(world.read(WHOLE, FEBRUARY).get().lines()).isEmpty();
        assertThat(world.billing.with(Standard.profile()).readMonth().months(ACCESS, WHOLE))
                .as("a profile without a first place counts facts alone")
                .containsExactly(period(MARCH));
    }

    @Test
    void has_no_months_from_what_begins_in_the_future() {
        world.record(begun("dyno", "dyno", "2024-03-10T12:00:00.001Z"));
        assertThat(months(WHOLE)).isEmpty();
        assertThat(world.read(WHOLE, MARCH)).isEmpty();
        world.clock.advance(Duration.ofMillis(1));
        assertThat(months(WHOLE)).containsExactly(period(MARCH));
    }

    @Test
    void has_the_months_of_a_place_from_its_own_first_fact() {
        world.record(
                begun("api", "dyno", "2024-01-05T00:00:00Z"),
                begun("web", ACCOUNT, "dyno", WEB, "2024-02-05T00:00:00Z", Option.none()));
        assertThat(months(inSpace("prod"))).containsExactly(period(JANUARY), period(FEBRUARY), period(MARCH));
        assertThat(months(inSpace("dev"))).containsExactly(period(FEBRUARY), period(MARCH));
        assertThat(world.read(inSpace("dev"), JANUARY)).isEmpty();
        assertThat(months(inSpace("unknown"))).isEmpty();
        assertThat(world.documents()).as("nothing that is not shown is sealed").isEmpty();
    }

    @Test
    void computes_a_month_in_progress_anew() {
        world.record(begun("dyno", "dyno", "2024-03-01T00:00:00Z"));
        Month tenth = world.read(WHOLE, MARCH).get();
        assertThat(tenth.view().isClosed()).isFalse();
        assertThat(tenth.total()).isEqualTo(usd("8.06")); // 10 of 31 days of 25
        world.record(begun("another", "dyno", "2024-03-01T00:00:00Z"));
        world.clock.advance(Duration.ofDays(10));
        assertThat(world.read(WHOLE, MARCH).get().total()).isEqualTo(usd("32.26")); // twice 20 of 31 days
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void reads_a_month_that_is_over_the_same_before_and_after_later_facts() {
        world.record(
                begun("api", "dyno", "2024-02-01T00:00:00Z"),
                begun("web", ACCOUNT, "database", WEB, "2024-02-10T00:00:00Z", Option.none()),
                used("use", "gigabytes", "2024-02-10T00:00:00Z"));
        Seq<Scope> scopes = Array.of(WHOLE, inOrganization("acme"), inSpace("prod"), inSpace("dev"));
        Seq<Month> before = scopes.flatMap(scope -> world.read(scope, FEBRUARY));
        assertThat(before).hasSize(4).allMatch(month -> month.view().isClosed());
        world.record(
                begun("late", "database", "2024-02-01T00:00:00Z"),
                used("late use", "gigabytes", "2024-02-10T00:00:00Z"),
                ended("late end", "api", "2024-02-05T00:00:00Z"));
        world.billing
                .recordFacts()
                .endAllAt(TENANT, ACCOUNT, atApp("web"), at("2024-02-11T00:00:00Z"))
                .get();
        world.put(2, "2024-02-01T00:00:00Z", "99.00");
        assertThat(scopes.flatMap(scope -> world.read(scope, FEBRUARY))).isEqualTo(before);
    }

    @Test
    void seals_the_whole_month_when_a_part_is_read() {
        world.record(
                begun("api", "dyno", "2024-02-01T00:00:00Z"),
                begun("web", ACCOUNT, "dyno", WEB, "2024-02-01T00:00:00Z", Option.none()));
        assertThat(world.read(inSpace("dev"), FEBRUARY).get().total()).isEqualTo(usd("25.00"));
        world.record(begun("late", "dyno", "2024-02-01T00:00:00Z"));
        assertThat(world.read(inSpace("prod"), FEBRUARY).get().total())
                .as("the other space was sealed too")
                .isEqualTo(usd("25.00"));
        assertThat(world.read(WHOLE, FEBRUARY).get().total()).isEqualTo(usd("50.00"));
    }

    @Test
    void seals_a_month_at_the_instant_at_which_it_is_over() {
        world.record(begun("dyno", "dyno", "2024-03-01T00:00:00Z"));
        world.clock.set(at("2024-03-31T23:59:59.999999999Z"));
        assertThat(world.read(WHOLE, MARCH).get().view().isClosed()).isFalse();
        assertThat(world.documents()).isEmpty();
        world.clock.set(at("2024-04-01T00:00:00Z"));
        assertThat(world.read(WHOLE, MARCH).get().view().isClosed()).isTrue();
        assertThat(world.documents()).hasSize(1);
    }

    @Test
    void shows_the_months_of_a_parked_account_and_seals_them_when_it_is_billed_again() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        run(new AccountCommand.Park(ACCOUNT, "Address unknown", "Ask for the address"));
        assertThat(world.read(WHOLE, FEBRUARY).get().total()).isEqualTo(usd("25.00"));
        assertThat(world.documents()).isEmpty();
        world.record(begun("late", "dyno", "2024-02-01T00:00:00Z"));
        assertThat(world.read(WHOLE, FEBRUARY).get().total()).isEqualTo(usd("50.00"));
        run(new AccountCommand.Resume(ACCOUNT, "moved"));
        assertThat(world.read(WHOLE, FEBRUARY).get().total()).isEqualTo(usd("50.00"));
        assertThat(world.documents()).hasSize(1);
    }

    private void run(AccountCommand command) {
        world.billing
                .commands()
                .run(ACCESS, new CommandKey(command.toString()), command)
                .get();
    }

    @Test
    void shows_the_lines_in_the_order_of_the_profile() {
        world.record(
                begun(
                        "b",
                        ACCOUNT,
                        "dyno",
                        World.places("umbrella", "prod", "a"),
                        "2024-02-01T00:00:00Z",
                        Option.none()),
                begun("c", ACCOUNT, "dyno", World.places("acme", "prod", "web"), "2024-02-01T00:00:00Z", Option.none()),
                begun("a", ACCOUNT, "dyno", World.places("acme", "dev", "web"), "2024-02-01T00:00:00Z", Option.none()),
                begun(
                        "d",
                        ACCOUNT,
                        "dyno",
                        World.places("acme", "prod", "api"),
                        "2024-02-01T00:00:00Z",
                        Option.none()));
        Seq<String> ordered = Array.of("dyno of d", "dyno of a", "dyno of c", "dyno of b");
        assertThat(descriptions(world.read(WHOLE, FEBRUARY).get())).containsExactlyElementsOf(ordered);
        assertThat(descriptions(world.read(WHOLE, MARCH).get())).containsExactlyElementsOf(ordered);
    }

    @Test
    void shows_nothing_outside_the_access() {
        world.record(begun("others", OTHER, "dyno", World.API, "2024-02-01T00:00:00Z", Option.none()));
        assertThat(world.billing.readMonth().months(ACCESS, Scope.of(OTHER))).isEmpty();
        assertThat(world.read(Scope.of(OTHER), FEBRUARY)).isEmpty();
        assertThat(world.read(Scope.of(OTHER), MARCH)).isEmpty();
        assertThat(world.read(WHOLE, FEBRUARY)).isEmpty();
        assertThat(world.documents()).as("nothing that is not shown is sealed").isEmpty();
        assertThat(World.read(world.billing, Access.toAll(TENANT), Scope.of(OTHER), FEBRUARY))
                .isNotEmpty();
    }

    @Test
    void has_no_months_outside_the_access_even_where_there_are_places() {
        world.billing.directory().put(TENANT, place("api", "2024-02-29T23:59:59.999Z"));
        assertThat(world.billing.readMonth().months(ACCESS, Scope.of(OTHER))).isEmpty();
        assertThat(world.read(Scope.of(OTHER), FEBRUARY)).isEmpty();
    }

    @Test
    void seals_a_month_once_when_many_threads_read_its_parts_first() {
        world.record(
                begun("api", "dyno", "2024-02-01T00:00:00Z"),
                begun("web", ACCOUNT, "dyno", WEB, "2024-02-01T00:00:00Z", Option.none()));
        Seq<Scope> scopes = Array.of(WHOLE, inSpace("prod"), inSpace("dev"), inOrganization("acme"));
        Seq<Month> months = AtOnce.run(thread -> {
            Month month = world.read(scopes.get(thread % 4), FEBRUARY).get();
            world.record(begun("late-" + thread, "dyno", "2024-02-01T00:00:00Z"));
            return month;
        });
        assertThat(world.documents()).hasSize(1);
        months.forEachWithIndex((month, thread) -> assertThat(month.lines())
                .isEqualTo(world.read(scopes.get(thread % 4), FEBRUARY).get().lines()));
        assertThat(world.read(inSpace("prod"), FEBRUARY)
                        .get()
                        .total()
                        .plus(world.read(inSpace("dev"), FEBRUARY).get().total()))
                .isEqualTo(world.read(WHOLE, FEBRUARY).get().total());
    }

    @Test
    void fails_when_the_storage_fails() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        for (Call call : Array.of(Call.EARLIEST, Call.LIFETIMES, Call.USAGE, Call.FIND, Call.COMMIT, Call.LINES)) {
            world.faults.before(call, 1);
            assertThatThrownBy(() -> world.read(WHOLE, FEBRUARY))
                    .as("a failure of %s must not read as an absent month", call)
                    .isInstanceOf(StorageException.class);
        }
        assertThat(world.read(WHOLE, FEBRUARY).get().total()).isEqualTo(usd("25.00"));
    }

    private Seq<Period> months(Scope scope) {
        return world.billing.readMonth().months(ACCESS, scope);
    }

    private static Seq<String> descriptions(Month month) {
        return month.lines().map(LineItem::description);
    }

    private static Period period(YearMonth month) {
        return Period.ofMonth(month, ZoneOffset.UTC);
    }

    private static Place place(String app, String createdAt) {
        return new Place(
                Akkeris.APP,
                Ref.named("app", app),
                HashMap.of(Akkeris.ORGANIZATION, Ref.named("organization", "acme")),
                at(createdAt));
    }
}
