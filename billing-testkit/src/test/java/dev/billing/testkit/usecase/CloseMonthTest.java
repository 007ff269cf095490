package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.JANUARY;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.atApp;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.ended;
import static dev.billing.testkit.usecase.World.usd;
import static dev.billing.testkit.usecase.World.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Akkeris;
import dev.billing.port.Access;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.usecase.CloseRefused;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.time.Duration;
import java.time.ZoneOffset;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;

class CloseMonthTest {

    private static final Period FEBRUARY_IN_UTC = Period.ofMonth(FEBRUARY, ZoneOffset.UTC);

    private final World world = new World();

    @Test
    void seals_a_month_with_what_is_known() {
        world.record(
                begun("dyno", "dyno", "2024-01-01T00:00:00Z"),
                begun("database", "database", "2024-02-15T00:00:00Z"),
                used("use", "gigabytes", "2024-02-29T23:59:59.999Z"),
                used("use in March", "gigabytes", "2024-03-01T00:00:00Z"));
        Stored closed = close();
        Invoice.Issued invoice = (Invoice.Issued) closed.invoice();
        assertThat(invoice.issuedAt()).isEqualTo(world.clock.instant());
        assertThat(invoice.head().period()).containsExactly(FEBRUARY_IN_UTC);
        assertThat(invoice.head().profile()).isEqualTo("akkeris");
        assertThat(invoice.figures().amount(Akkeris.PLATFORM)).isEqualTo(usd("25.00"));
        assertThat(invoice.figures().amount(Akkeris.ADDONS))
                .isEqualTo(usd("25.99")); // 15 of 29 days of 50, and 12.5 GB
        assertThat(invoice.figures().amount(Akkeris.TOTAL)).isEqualTo(usd("50.99"));
        assertThat(invoice.figures()
                        .verify(world.linesOf(closed), Akkeris.profile().rules()))
                .isEmpty();
        assertThat(closed.standing().status()).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(world.documents()).containsExactly(closed);
    }

    @Test
    void prices_use_by_the_book_that_held_when_it_happened() {
        world.put(2, "2024-02-10T00:00:00Z", "25.00", "1.00");
        world.record(
                used("before", "gigabytes", "2024-02-09T23:59:59.999Z"),
                used("after", "gigabytes", "2024-02-10T00:00:00Z"),
                used("later", "gigabytes", "2024-02-20T00:00:00Z"));
        Stored closed = close();
        assertThat(closed.invoice().figures().amount(Akkeris.TOTAL)).isEqualTo(usd("25.13"));
        assertThat(closed.invoice().figures().verify(world.linesOf(closed), Array.empty()))
                .isEmpty();
    }

    @Test
    void seals_an_empty_month_as_free() {
        Stored closed = close();
        assertThat(world.linesOf(closed)).isEmpty();
        assertThat(closed.standing().status()).isEqualTo(InvoiceStatus.FREE);
        assertThat(closed.invoice().figures().amount(Akkeris.TOTAL)).isEqualTo(usd("0"));
    }

    @Test
    void gives_the_first_document_when_it_is_closed_again() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        Stored first = close();
        world.clock.advance(Duration.ofDays(40));
        assertThat(close()).isEqualTo(first);
        assertThat(world.documents()).containsExactly(first);
    }

    @Test
    void is_not_changed_by_facts_that_come_later() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"), begun("another", "dyno", "2024-02-01T00:00:00Z"));
        Stored first = close();
        Seq<LineItem> lines = world.linesOf(first);
        world.clock.advance(Duration.ofMinutes(1));
        world.record(
                begun("late", "database", "2024-02-01T00:00:00Z"),
                used("late use", "gigabytes", "2024-02-10T00:00:00Z"),
                ended("late end", "another", "2024-02-10T00:00:00Z"));
        world.billing
                .recordFacts()
                .endAllAt(TENANT, ACCOUNT, atApp("api"), at("2024-02-05T00:00:00Z"))
                .get();
        assertThat(close()).isEqualTo(first);
        assertThat(world.linesOf(first)).isEqualTo(lines);
    }

    @Test
    void is_not_changed_by_another_profile_or_price_book_later() {
        world.record(begun("dyno", "dyno", "2024-02-10T06:00:00Z"));
        Stored first = close();
        Seq<LineItem> lines = world.linesOf(first);
        world.put(2, "2024-02-01T00:00:00Z", "99.00");
        var upstream = world.billing.with(Akkeris.upstream().in(Monetary.getCurrency("JPY")));
        assertThat(upstream.closeMonth().close(ACCESS, ACCOUNT, FEBRUARY)).isEqualTo(Either.right(first));
        assertThat(world.linesOf(first)).isEqualTo(lines);
    }

    @Test
    void is_not_closed_before_it_is_over() {
        world.clock.set(at("2024-02-29T23:59:59.999Z"));
        assertThat(world.billing.closeMonth().close(ACCESS, ACCOUNT, FEBRUARY))
                .isEqualTo(Either.left(new CloseRefused.NotOver(FEBRUARY_IN_UTC, world.clock.instant())));
        assertThat(world.billing.closeMonth().close(ACCESS, ACCOUNT, MARCH).isLeft())
                .isTrue();
        assertThat(world.documents()).isEmpty();
        world.clock.set(at("2024-03-01T00:00:00Z"));
        assertThat(world.billing.closeMonth().close(ACCESS, ACCOUNT, FEBRUARY).isRight())
                .isTrue();
    }

    @Test
    void is_not_closed_outside_the_access() {
        Either<CloseRefused, Stored> refused = Either.left(new CloseRefused.NoAccess(OTHER));
        assertThat(world.billing.closeMonth().close(ACCESS, OTHER, FEBRUARY)).isEqualTo(refused);
        assertThat(world.billing.closeMonth().close(Access.to(TENANT), OTHER, MARCH))
                .as("who may not see an account is not told whether its month is over")
                .isEqualTo(refused);
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void is_closed_for_each_account_and_tenant() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        Stored mine = close();
        Stored others = world.billing
                .closeMonth()
                .close(Access.toAll(TENANT), OTHER, FEBRUARY)
                .get();
        Stored elsewhere = world.billing
                .closeMonth()
                .close(Access.toAll(new TenantId("other tenant")), ACCOUNT, FEBRUARY)
                .get();
        assertThat(mine.standing().status()).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(others.standing().status()).isEqualTo(InvoiceStatus.FREE);
        assertThat(elsewhere.standing().status()).isEqualTo(InvoiceStatus.FREE);
    }

    @Test
    void is_closed_month_by_month() {
        world.record(begun("dyno", "dyno", "2024-01-01T00:00:00Z"));
        Stored january =
                world.billing.closeMonth().close(ACCESS, ACCOUNT, JANUARY).get();
        Stored february = close();
        assertThat(world.documents()).containsExactly(january, february);
    }

    @Test
    void is_closed_once_by_many_threads_while_facts_come_in() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        Seq<Stored> closed = AtOnce.run(thread -> {
            world.record(begun("dyno-" + thread, "dyno", "2024-02-01T00:00:00Z"));
            return close();
        });
        assertThat(closed.distinct()).hasSize(1);
        assertThat(world.documents()).containsExactly(closed.head());
        assertThat(closed.head().invoice().figures().verify(world.linesOf(closed.head()), Array.empty()))
                .isEmpty();
    }

    @Test
    void is_closed_once_by_threads_that_all_find_it_open() {
        World meeting = World.ofMeetingThreads();
        meeting.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        Seq<Stored> closed = AtOnce.run(thread ->
                meeting.billing.closeMonth().close(ACCESS, ACCOUNT, FEBRUARY).get());
        assertThat(closed.distinct()).hasSize(1);
        assertThat(meeting.documents()).containsExactly(closed.head());
    }

    @Test
    void is_closed_once_when_the_first_attempt_fails() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        for (Call call : Array.of(Call.LIFETIMES, Call.USAGE, Call.FIND, Call.COMMIT)) {
            world.faults.before(call, 1);
            assertThatThrownBy(this::close).as("before %s", call).isInstanceOf(StorageException.class);
            assertThat(world.documents()).isEmpty();
        }
        world.faults.after(Call.COMMIT, 1);
        assertThatThrownBy(this::close).isInstanceOf(StorageException.class);
        world.record(begun("late", "dyno", "2024-02-01T00:00:00Z"));
        Stored closed = close();
        assertThat(world.documents()).containsExactly(closed);
        assertThat(world.linesOf(closed)).hasSize(1);
    }

    private Stored close() {
        return world.billing.closeMonth().close(ACCESS, ACCOUNT, FEBRUARY).get();
    }
}
