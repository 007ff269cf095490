package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.id;
import static dev.billing.testkit.usecase.World.inOrganization;
import static dev.billing.testkit.usecase.World.inSpace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Profile;
import dev.billing.testkit.usecase.World.Month;
import dev.billing.usecase.Report;
import dev.billing.usecase.Scope;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReadMonthProperties {

    private static final Instant START = at("2024-02-01T00:00:00Z");
    private static final long LENGTH = 29 * 86_400_000L;
    private static final Seq<Scope> ORGANIZATIONS =
            Array.of("acme", "umbrella", "nobody's").map(World::inOrganization);
    private static final Seq<Scope> SPACES = Array.of("prod", "dev").map(World::inSpace);

    /** Before, in the middle of, and after the month. */
    private static final Seq<String> NOWS =
            Array.of("2024-02-01T00:00:00Z", "2024-02-13T14:15:16.178Z", "2024-03-01T00:00:00Z");

    @Property(tries = 60)
    void an_account_is_the_sum_of_its_organizations_and_of_its_spaces(
            @ForAll("reports") List<Report> reports, @ForAll("profiles") Profile profile) {
        for (String now : NOWS) {
            World world = worldWith(reports, now);
            Billing billing = world.billing.with(profile);
            read(billing, Scope.of(ACCOUNT)).forEach(account -> {
                assertAddUp(account, ORGANIZATIONS.flatMap(scope -> read(billing, scope)));
                assertAddUp(account, SPACES.flatMap(scope -> read(billing, scope)));
            });
        }
    }

    @Property(tries = 60)
    void a_month_that_is_over_stays_as_it_was_first_read(
            @ForAll("reports") List<Report> reports,
            @ForAll("reports") List<Report> late,
            @ForAll("profiles") Profile profile) {
        World world = worldWith(reports, "2024-03-01T00:00:00Z");
        Seq<Scope> scopes = ORGANIZATIONS.appendAll(SPACES).prepend(Scope.of(ACCOUNT));
        Seq<Month> before = scopes.flatMap(scope -> read(world.billing.with(profile), scope));
        world.billing
                .recordFacts()
                .record(TENANT, Array.ofAll(late).map(ReadMonthProperties::another))
                .get();
        world.billing
                .recordFacts()
                .endAllAt(TENANT, ACCOUNT, World.atApp("api"), START)
                .get();
        Seq<Month> after = scopes.filter(scope -> before.exists(month -> isOf(month, scope)))
                .flatMap(scope -> read(world.billing.with(profile), scope));
        assertThat(after).isEqualTo(before);
    }

    @Property(tries = 60)
    void figures_are_the_fold_of_the_lines(
            @ForAll("reports") List<Report> reports, @ForAll("profiles") Profile profile) {
        for (String now : NOWS) {
            World world = worldWith(reports, now);
            Array.of(Scope.of(ACCOUNT), inOrganization("acme"), inSpace("prod"))
                    .flatMap(scope -> read(world.billing.with(profile), scope))
                    .forEach(month -> {
                        assertThat(month.total()).isEqualTo(sum(month.lines()));
                        assertThat(month.view().extract().figures().verify(month.lines(), profile.rules()))
                                .isEmpty();
                        assertThat(month.view().extract().quantities().get(Akkeris.DYNO_UNITS))
                                .containsExactly(month.lines()
                                        .filter(line -> line.category().equals(Akkeris.DYNO))
                                        .map(LineItem::quantity)
                                        .fold(BigDecimal.ZERO, BigDecimal::add));
                    });
        }
    }

    private static void assertAddUp(Month whole, Seq<Month> parts) {
        assertThat(parts.flatMap(Month::lines).map(LineItem::id).sortBy(Object::toString))
                .isEqualTo(whole.lines().map(LineItem::id).sortBy(Object::toString));
        for (FigureKey key : whole.view().extract().figures().byKey().keySet()) {
            assertThat(parts.map(part -> part.view().extract().figures().amount(key))
                            .fold(Money.zero(USD), Money::plus))
                    .as("%s", key)
                    .isEqualTo(whole.view().extract().figures().amount(key));
        }
        assertThat(parts.flatMap(part -> part.view().extract().quantities().get(Akkeris.DYNO_UNITS))
                        .fold(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(whole.view()
                        .extract()
                        .quantities()
                        .get(Akkeris.DYNO_UNITS)
                        .get());
    }

    private static boolean isOf(Month month, Scope scope) {
        return month.view()
                .extract()
                .selection()
                .equals(scope.place().map(Selection::of).getOrElse(Selection.ALL));
    }

    private static Money sum(Seq<LineItem> lines) {
        return lines.flatMap(LineItem::net).fold(Money.zero(USD), Money::plus);
    }

    private static Option<Month> read(Billing billing, Scope scope) {
        return World.read(billing, World.ACCESS, scope, FEBRUARY);
    }

    private static World worldWith(List<Report> reports, String now) {
        World world = new World();
        world.clock.set(at(now));
        world.record(reports.toArray(Report[]::new));
        return world;
    }

    /** The same report of another thing. */
    private static Report another(Report report) {
        if (report instanceof Report.Begun begun) {
            return new Report.Begun(
                    id("late " + begun.id()),
                    begun.account(),
                    begun.sku(),
                    begun.quantity(),
                    begun.description(),
                    begun.places(),
                    begun.from(),
                    begun.until());
        }
        Report.Used used = (Report.Used) report;
        return new Report.Used(
                id("late " + used.id()), used.account(), used.meter(), used.quantity(), used.at(), used.places());
    }

    @Provide
    Arbitrary<Profile> profiles() {
        return Arbitraries.of(Akkeris.profile(), Akkeris.upstream());
    }

    @Provide
    Arbitrary<List<Report>> reports() {
        Arbitrary<Report> begun = Combinators.combine(ids(), skus(), quantities(), places(), instants(), lengths())
                .as((id, sku, quantity, places, from, length) -> new Report.Begun(
                        id("thing " + id),
                        ACCOUNT,
                        sku,
                        quantity,
                        sku.equals("database") ? "postgresql:small" : "gp2",
                        places,
                        from,
                        length.map(from::plusMillis)));
        Arbitrary<Report> used = Combinators.combine(ids(), quantities(), places(), instants())
                .as((id, quantity, places, at) ->
                        new Report.Used(id("use " + id), ACCOUNT, "gigabytes", quantity, at, places));
        return Arbitraries.oneOf(begun, begun, used).list().ofMaxSize(12).uniqueElements(Report::id);
    }

    private static Arbitrary<Integer> ids() {
        return Arbitraries.integers().between(1, 1_000);
    }

    private static Arbitrary<String> skus() {
        return Arbitraries.of("dyno", "database");
    }

    private static Arbitrary<BigDecimal> quantities() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 5).map(BigDecimal::valueOf),
                Arbitraries.longs().between(0, 1_000_000_000).map(unscaled -> BigDecimal.valueOf(unscaled, 7)));
    }

    /** Everything is in an organization and a space, or it would be in no part. */
    private static Arbitrary<Map<Dimension, Ref>> places() {
        return Combinators.combine(
                        Arbitraries.of("acme", "umbrella"), Arbitraries.of("prod", "dev"), Arbitraries.of("api", "web"))
                .as(World::places);
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-LENGTH, 2 * LENGTH).map(START::plusMillis),
                Arbitraries.of(-1L, 0L, 1L, 86_400_000L, LENGTH - 1_000, LENGTH - 1, LENGTH, LENGTH + 1)
                        .map(START::plusMillis));
    }

    private static Arbitrary<Option<Long>> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.just(Option.none()),
                Arbitraries.longs().between(0, 2 * LENGTH).map(Option::some),
                Arbitraries.of(0L, 1L, 86_400_000L).map(Option::some));
    }
}
