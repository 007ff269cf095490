package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.JANUARY;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.WEB;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.rollup.Rollup;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import dev.billing.usecase.ReadInvoices;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.Iterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadInvoicesTest {

    private static final Access EVERYONE = Access.toAll(TENANT);
    private static final PageRequest ALL = PageRequest.first(100);

    private final World world = new World();
    private final ReadInvoices reading = world.billing.readInvoices();

    @BeforeEach
    void closeThreeMonths() {
        world.record(
                begun("api", "dyno", "2024-01-01T00:00:00Z"),
                begun("web", ACCOUNT, "database", WEB, "2024-02-01T00:00:00Z", Option.none()),
                begun("others", OTHER, "dyno", World.API, "2024-02-01T00:00:00Z", Option.none()));
        world.billing.closeMonth().close(EVERYONE, ACCOUNT, FEBRUARY).get();
        world.billing.closeMonth().close(EVERYONE, ACCOUNT, JANUARY).get();
        world.billing.closeMonth().close(EVERYONE, OTHER, FEBRUARY).get();
    }

    @Test
    void finds_what_the_access_sees() {
        InvoiceId others = documentOf(EVERYONE, InvoiceQuery.ALL.of(OTHER))
                .invoice()
                .head()
                .id();
        assertThat(reading.find(EVERYONE, others)).isNotEmpty();
        assertThat(reading.find(ACCESS, others)).isEmpty();
        assertThat(reading.find(ACCESS, new InvoiceId("unknown"))).isEmpty();
    }

    @Test
    void lists_and_counts_what_the_access_sees() {
        assertThat(reading.list(ACCESS, InvoiceQuery.ALL, ALL).total()).isEqualTo(2);
        assertThat(reading.list(EVERYONE, InvoiceQuery.ALL, ALL).total()).isEqualTo(3);
        assertThat(reading.list(ACCESS, InvoiceQuery.ALL.of(OTHER), ALL).total())
                .isZero();
        assertThat(reading.list(Access.to(TENANT), InvoiceQuery.ALL, ALL).total())
                .isZero();
        assertThat(reading.list(ACCESS, InvoiceQuery.ALL, new PageRequest(1, 1))
                        .rows()
                        .map(stored ->
                                stored.invoice().head().period().get().start().toString()))
                .containsExactly("2024-02-01T00:00:00Z");
    }

    @Test
    void streams_the_lines_of_what_the_access_sees() {
        Seq<String> seen = reading.lines(ACCESS, LineItemQuery.of(InvoiceQuery.ALL), ReadInvoicesTest::descriptions);
        assertThat(seen).containsExactlyInAnyOrder("dyno of api", "dyno of api", "database of web");
    }

    @Test
    void rolls_up_to_the_fold_of_the_lines() {
        LineItemQuery addons = new LineItemQuery(InvoiceQuery.ALL, Selection.category(Akkeris.ADDON));
        Seq<LineItem> lines = reading.lines(ACCESS, addons, found -> Array.ofAll(() -> found));
        assertThat(reading.rollUp(ACCESS, addons, Array.of(Akkeris.SPACE)))
                .isEqualTo(Rollup.of(lines, Array.of(Akkeris.SPACE)));
        Rollup bySpace = reading.rollUp(ACCESS, InvoiceQuery.ALL, Akkeris.ORGANIZATION, Akkeris.SPACE);
        Ref prod = Ref.named("space", "prod");
        assertThat(bySpace.sum(USD, slot -> slot.group().get(Akkeris.SPACE).contains(prod)))
                .isEqualTo(usd("50.00"));
        assertThat(bySpace.sum(USD, slot -> true)).isEqualTo(usd("100.00"));
        assertThat(reading.rollUp(EVERYONE, InvoiceQuery.ALL).sum(USD, slot -> true))
                .isEqualTo(usd("125.00"));
        assertThat(reading.rollUp(Access.to(TENANT), InvoiceQuery.ALL)).isEqualTo(Rollup.EMPTY);
    }

    private static Seq<String> descriptions(Iterator<LineItem> lines) {
        return Array.<LineItem>ofAll(() -> lines).map(LineItem::description);
    }

    private Stored documentOf(Access access, InvoiceQuery query) {
        return reading.list(access, query, ALL).rows().head();
    }
}
