package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.ALICE;
import static dev.billing.jdbc.Samples.ALL;
import static dev.billing.jdbc.Samples.FEBRUARY;
import static dev.billing.jdbc.Samples.NOW;
import static dev.billing.jdbc.Samples.TENANT;
import static dev.billing.jdbc.Samples.USD;
import static dev.billing.jdbc.Samples.commit;
import static dev.billing.jdbc.Samples.head;
import static dev.billing.jdbc.Samples.issue;
import static dev.billing.jdbc.Samples.line;
import static dev.billing.jdbc.Samples.lines;
import static dev.billing.jdbc.Samples.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.usage.Fact;
import dev.billing.port.CommitRefused;
import dev.billing.port.FactQuery;
import dev.billing.port.FactsRefused;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Place;
import dev.billing.port.Ports;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept comes back to the last digit, and what cannot be is refused. */
class DigitsTest {

    private static final String SEVENTY_DECIMALS = "0." + "0".repeat(69) + "1";

    private static final Instant FAR = Instant.parse("+1000000-01-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource
    void prices_of_many_digits_survive(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        LineItem[] added = {
            line("a", "12345678901234567.89012345678901234"),
            line("b", "0.0014002692168963457"),
            line("c", "1." + "3".repeat(60)),
            line("d", "9".repeat(60) + "." + "9".repeat(60)),
        };
        assertThat(ports.invoices()
                        .commit(TENANT, commit(issue("invoice", added)))
                        .isRight())
                .isTrue();
        assertThat(lines(ports.invoices(), "invoice")).containsExactly(added);
        Money sum = Array.of(added).flatMap(LineItem::net).reduce(Money::plus);
        assertThat(ports.invoices()
                        .rollup(ALL, LineItemQuery.of(InvoiceQuery.ALL), Array.empty())
                        .sums()
                        .values())
                .containsExactly(sum);
    }

    @ParameterizedTest
    @CsvSource({"H2, false", "POSTGRESQL, true"})
    void seventy_decimals_are_kept_or_refused(Engine engine, boolean kept) {
        Ports ports = JdbcPorts.open(engine.empty());
        var line = ports.invoices().commit(TENANT, commit(issue("line", line("a", SEVENTY_DECIMALS))));
        var figure = ports.invoices().commit(TENANT, commit(issueWithTotal(SEVENTY_DECIMALS)));
        var fact = ports.usage().record(TENANT, Array.of(used("fact", SEVENTY_DECIMALS)));
        assertThat(line.isRight()).isEqualTo(kept);
        assertThat(figure.isRight()).isEqualTo(kept);
        assertThat(fact.isRight()).isEqualTo(kept);
        if (!kept) {
            assertThat(line.getLeft().message())
                    .isEqualTo(
                            "A number must fit the store without loss, but on 'line' this one does not: gross 1E-70 of line a");
            assertThat(figure.getLeft()).isInstanceOf(CommitRefused.TooManyDigits.class);
            assertThat(fact.getLeft()).isInstanceOf(FactsRefused.TooManyDigits.class);
            assertThat(ports.invoices()
                            .search(ALL, InvoiceQuery.ALL, PageRequest.first(1))
                            .total())
                    .isZero();
        }
    }

    private static Write issueWithTotal(String total) {
        Figures figures = Figures.NONE.declare(FigureKey.price("total"), "somebody", Money.of("USD", total));
        return new Write.Issue(
                new Invoice.Preview(head("figure"), figures, NOW), Array.empty(), Option.none(), InvoiceStatus.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void price_books_and_agreed_rates_keep_seventy_decimals(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        Product product =
                new Product("sku", "compute", "hour", new PerUnit(Money.of("USD", SEVENTY_DECIMALS)), Option.none());
        PriceBook book = PriceBook.of(new PriceBookVersion("main", 1), USD, FEBRUARY.start(), Array.of(product));
        assertThat(ports.priceBooks().put(TENANT, book).get()).isEqualTo(book);
        assertThat(ports.priceBooks().inForce(TENANT, Instant.MAX)).containsExactly(book);
    }

    @ParameterizedTest
    @EnumSource
    void instants_that_do_not_fit_are_refused(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        assertThat(ports.invoices()
                        .commit(TENANT, commit(issue(headOf(Period.of(NOW, FAR)), Array.empty())))
                        .getLeft())
                .isInstanceOf(CommitRefused.TooManyDigits.class);
        Period fine = Period.of(NOW, NOW.plusNanos(1));
        assertThat(ports.invoices()
                        .commit(TENANT, commit(issue(headOf(fine), Array.empty())))
                        .getLeft())
                .isInstanceOf(CommitRefused.TooManyDigits.class);
        Fact learnedFar = used("fact", "1").recordedAt(FAR);
        assertThat(ports.usage().record(TENANT, Array.of(learnedFar)).getLeft())
                .isInstanceOf(FactsRefused.TooManyDigits.class);
        Place place = new Place(Samples.APP, Ref.named("app", "web"), HashMap.empty(), FAR);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ports.directory().put(TENANT, place))
                .withMessageContaining("An instant must be whole microseconds between");
        PriceBook book = PriceBook.of(new PriceBookVersion("main", 1), USD, FAR, Array.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> ports.priceBooks().put(TENANT, book));
    }

    private static Head headOf(Period period) {
        return Head.of(new InvoiceId("invoice"), "standard", ALICE, period, USD, NOW);
    }

    @ParameterizedTest
    @EnumSource
    void microseconds_are_kept(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        Period period = Period.of(NOW.plus(1, ChronoUnit.MICROS), NOW.plus(2, ChronoUnit.MICROS));
        ports.invoices().commit(TENANT, commit(issue(headOf(period), Array.empty())));
        assertThat(ports.invoices()
                        .find(ALL, new InvoiceId("invoice"))
                        .get()
                        .invoice()
                        .head()
                        .period())
                .containsExactly(period);
        assertThat(found(ports, Period.of(NOW, period.start()))).isZero();
        assertThat(found(ports, Period.of(NOW, period.start().plusNanos(1)))).isOne();
        assertThat(found(ports, Period.of(period.end().minusNanos(1), FAR))).isOne();
        assertThat(found(ports, Period.of(period.end(), FAR))).isZero();
    }

    private static long found(Ports ports, Period overlapping) {
        return ports.invoices()
                .search(ALL, InvoiceQuery.ALL.overlapping(overlapping), PageRequest.first(1))
                .total();
    }

    @ParameterizedTest
    @EnumSource
    void periods_without_bounds_find_everything(Engine engine) {
        Ports ports = JdbcPorts.open(engine.empty());
        ports.usage().record(TENANT, Array.of(used("fact", "1")));
        ports.invoices().commit(TENANT, commit(issue("invoice")));
        Period ever = Period.of(Instant.MIN, Instant.MAX);
        int facts = ports.usage()
                .usage(
                        ALL,
                        FactQuery.of(ALICE, ever),
                        found -> Array.ofAll(() -> found).size());
        assertThat(facts).isOne();
        assertThat(found(ports, ever)).isOne();
        assertThat(ports.usage().earliest(ALL, ALICE, Option.none(), Instant.MAX))
                .containsExactly(FEBRUARY.start());
        assertThat(ports.usage().earliest(ALL, ALICE, Option.none(), Instant.MIN))
                .isEmpty();
    }
}
