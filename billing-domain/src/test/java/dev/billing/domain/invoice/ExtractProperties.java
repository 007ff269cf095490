package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.Ref;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class ExtractProperties {

    private static final FigureKey TOTAL = FigureKey.price("total");
    private static final FigureKey DATABASE = FigureKey.price("database");
    private static final String UNITS = "units";

    private static final Seq<Figures.Fold> FOLDS = Array.of(
            new Figures.Fold(TOTAL, Selection.ALL),
            new Figures.Fold(DATABASE, Selection.of(new Selection.DescriptionContains("postgresql"))));
    private static final Map<String, Selection> COUNTS = HashMap.of(UNITS, Selection.category("compute"));

    private static final Head HEAD = Head.of(
            new InvoiceId("2026-11"),
            "standard",
            new AccountId("1"),
            Period.ofMonth(YearMonth.of(2026, 11), ZoneOffset.UTC),
            DomainArbitraries.USD,
            Instant.parse("2026-11-01T00:00:00Z"));

    @Property(tries = 500)
    void extracts_that_share_no_line_and_have_all_add_up_to_the_document(
            @ForAll @Size(max = 15) List<LineItem> anyLines) {
        Seq<LineItem> lines = ofOrganizations(anyLines);
        Extract whole = extract(Selection.ALL, lines);
        Seq<Extract> parts = Array.of("acme", "umbrella")
                .map(ExtractProperties::ofOrganization)
                .map(one -> extract(one, lines));
        for (FigureKey key : Array.of(TOTAL, DATABASE)) {
            assertThat(parts.map(part -> part.figures().amount(key)).fold(usdZero(), Money::plus))
                    .isEqualTo(whole.figures().amount(key));
        }
        assertThat(DomainArbitraries.sum(parts.map(
                        part -> Fraction.of(part.quantities().get(UNITS).get()))))
                .isEqualTo(Fraction.of(whole.quantities().get(UNITS).get()));
    }

    @Property(tries = 500)
    void the_figures_of_an_extract_can_be_verified_against_all_lines(@ForAll @Size(max = 15) List<LineItem> anyLines) {
        Seq<LineItem> lines = ofOrganizations(anyLines);
        Extract acme = extract(ofOrganization("acme"), lines);
        assertThat(acme.figures().verify(lines, Array.empty())).isEmpty();
        assertThat(acme).isEqualTo(extract(ofOrganization("acme"), lines.filter(ofOrganization("acme")::includes)));
    }

    @Property(tries = 500)
    void an_extract_counts_and_sums_only_what_it_selects(@ForAll @Size(max = 15) List<LineItem> anyLines) {
        Seq<LineItem> lines = ofOrganizations(anyLines);
        Seq<LineItem> acmes = lines.filter(line -> line.places()
                .get(DomainArbitraries.ORGANIZATION)
                .exists(place -> place.id().equals("acme")));
        Extract extract = extract(ofOrganization("acme"), lines);
        assertThat(Fraction.of(extract.figures().amount(TOTAL)))
                .isEqualTo(DomainArbitraries.sum(acmes.flatMap(LineItem::net).map(Fraction::of)));
        assertThat(Fraction.of(extract.quantities().get(UNITS).get()))
                .isEqualTo(DomainArbitraries.sum(
                        acmes.filter(line -> line.category().equals("compute"))
                                .map(line -> Fraction.of(line.quantity()))));
    }

    private static Extract extract(Selection selection, Seq<LineItem> lines) {
        return Extract.of(HEAD, selection, FOLDS, COUNTS, lines);
    }

    private static Selection ofOrganization(String name) {
        return Selection.at(DomainArbitraries.ORGANIZATION, Ref.named("organization", name));
    }

    private static Seq<LineItem> ofOrganizations(List<LineItem> lines) {
        return Array.ofAll(lines)
                .filter(line -> line.places().containsKey(DomainArbitraries.ORGANIZATION))
                .map(line -> DomainArbitraries.in(DomainArbitraries.USD, line));
    }

    private static Money usdZero() {
        return Money.zero(DomainArbitraries.USD);
    }
}
