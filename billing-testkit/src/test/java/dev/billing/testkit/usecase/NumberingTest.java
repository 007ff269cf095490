package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.DraftWorld.id;
import static dev.billing.testkit.usecase.DraftWorld.line;
import static dev.billing.testkit.usecase.DraftWorld.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.NumberSeries;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Spaces;
import dev.billing.domain.profile.Standard;
import dev.billing.usecase.DraftCommand.Finalise;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as they end up on final documents. */
class NumberingTest {

    private static Profile numberedBy(NumberSeries rule) {
        return Standard.profile().with(Standard.profile().invoicing().numbered(rule, Standard.CREDIT_NOTES));
    }

    private static String number(DraftWorld world, String invoice) {
        return ((Invoice.Issued) world.stored(invoice).invoice())
                .number()
                .map(InvoiceNumber::text)
                .get();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "numbering-001, BENT-1, 3, 2, BENT-1-001-001 BENT-1-002-001 BENT-1-003-001 BENT-1-001-002 BENT-1-002-002 BENT-1-003-002"
    })
    void invoices_are_numbered_per_customer(String vector, String prefix, int customers, int each, String expected) {
        DraftWorld world = new DraftWorld(numberedBy(new NumberSeries(
                "invoices",
                Array.of(new NumberSeries.OfAttribute("customer number")),
                new NumberFormat(prefix + "-{customer number:3}-", 3),
                Series.Gaps.NONE)));
        Seq<String> numbers = Array.rangeClosed(1, each)
                .flatMap(round -> Array.rangeClosed(1, customers).map(customer -> {
                    String invoice = round + " of " + customer;
                    world.done(open(invoice, line("a", "1.00")).with("customer number", Attribute.of(customer)));
                    world.done(new Finalise(id(invoice)));
                    return number(world, invoice);
                }));
        assertThat(numbers.mkString(" ")).isEqualTo(expected);
    }

    @Test
    void numbers_begin_again_each_year_and_say_so() {
        DraftWorld world = new DraftWorld(numberedBy(new NumberSeries(
                "invoices",
                Array.of(new NumberSeries.Year(ZoneId.of("Europe/Berlin"))),
                new NumberFormat("", 4, "/{year}"),
                Series.Gaps.NONE)));
        Seq<String> numbers = Array.of("2024-12-31T22:00:00Z", "2024-12-31T22:59:59Z", "2024-12-31T23:00:00Z")
                .map(at -> {
                    world.clock.set(Instant.parse(at));
                    world.issued(at, line("a", "1.00"));
                    return number(world, at);
                });
        assertThat(numbers).containsExactly("0001/2024", "0002/2024", "0001/2025");
    }

    @Test
    void a_document_that_does_not_say_by_what_it_counts_is_not_made_final() {
        DraftWorld world = new DraftWorld(Spaces.profile());
        world.done(open("i", line("a", "1.00")));
        assertThat(world.refused(new Finalise(id("i"))))
                .isEqualTo(new NumberSeries.MissingPart(id("i"), "space", "space"));
        world.done(open("j", line("a", "1.00")).in(Spaces.SPACE, new Ref("space", "7", "")));
        world.done(new Finalise(id("j")));
        assertThat(number(world, "j")).isEqualTo("1");
    }

    @Test
    void a_format_that_changes_does_not_change_how_far_a_series_has_counted() {
        DraftWorld world = new DraftWorld(numberedBy(NumberSeries.ofTenant("invoices", new NumberFormat("A-", 2))));
        world.issued("a", line("a", "1.00"));
        DraftWorld later = world.under(numberedBy(NumberSeries.ofTenant("invoices", new NumberFormat("B-", 3))));
        later.issued("b", line("a", "1.00"));
        assertThat(number(world, "a")).isEqualTo("A-01");
        assertThat(number(world, "b")).isEqualTo("B-002");
    }
}
