package dev.billing.domain.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Extract;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Rater;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** The month of an Akkeris account whose document shows add-ons and dynos of one app. */
class AkkerisShapeTest {

    private static final Instant NOW = Instant.parse("2017-02-05T22:16:56.616Z");
    private static final Profile PROFILE = Akkeris.profile();
    private static final Period FEBRUARY = PROFILE.calendar().period(YearMonth.of(2017, 2));

    /** Items of one description, created on days that follow each other. */
    private record Items(String description, int quantity, String price, String billed, String firstCreated, int days) {

        String category() {
            return description.endsWith("addon") ? Akkeris.ADDON : Akkeris.DYNO;
        }

        Seq<Instant> created() {
            return Array.range(0, days).map(day -> Instant.parse(firstCreated).plus(day, ChronoUnit.DAYS));
        }
    }

    private static final Seq<Items> PRINTED = Array.of(
            new Items("lang:dev addon", 1, "0", "0", "2016-09-27T20:54:44.359Z", 1),
            new Items("alamo-redis:small addon", 1, "140", "25", "2016-08-15T19:02:02.781Z", 1),
            new Items("gp2 web dyno", 1, "60", "10.71", "2016-07-26T15:47:33.411Z", 1),
            new Items("gp2 web dyno", 1, "60", "10.71", "2016-08-02T00:00:00Z", 6),
            new Items("scout worker dyno", 1, "12", "2.14", "2016-09-01T00:00:00Z", 13),
            new Items("gp3 web dyno", 1, "120", "21.43", "2016-10-01T00:00:00Z", 4),
            new Items("free worker dyno", 37, "0", "0", "2016-11-01T00:00:00Z", 1));

    @Test
    void lifetimes_become_the_printed_lines_in_the_printed_order() {
        Seq<String> expected = PRINTED.flatMap(items -> items.created()
                .map(created -> "%s: %s x %s = %s since %s"
                        .formatted(items.description(), items.quantity(), items.price(), items.billed(), created)));
        assertThat(lines(NOW).map(AkkerisShapeTest::print))
                .containsExactlyElementsOf(expected)
                .hasSize(27);
    }

    @Test
    void figures_are_selections_of_the_lines() {
        Extract document = document(Selection.ALL);
        assertThat(document.figures().amount(Akkeris.ADDONS)).isEqualTo(Money.of("USD", "25"));
        assertThat(document.figures().amount(Akkeris.PLATFORM)).isEqualTo(Money.of("USD", "188.51"));
        assertThat(document.figures().amount(Akkeris.TOTAL)).isEqualTo(Money.of("USD", "213.51"));
        assertThat(document.figures().amount(Akkeris.DATABASE)).isEqualTo(Money.of("USD", "0"));
        assertThat(document.quantities().get(Akkeris.DYNO_UNITS).get()).isEqualByComparingTo("61");
        assertThat(document.figures().verify(lines(NOW), PROFILE.rules())).isEmpty();
    }

    @Test
    void adding_doubles_in_the_order_of_the_lines_gives_the_long_numbers() {
        assertThat(sumOfDoubles(lines(NOW))).isEqualTo(213.51000000000005);
        assertThat(sumOfDoubles(lines(NOW).filter(Selection.category(Akkeris.DYNO)::includes)))
                .isEqualTo(188.51000000000002);
    }

    @Test
    void an_organization_or_a_space_is_an_extract_of_the_account() {
        for (Selection part : Array.of(
                Selection.at(Akkeris.ORGANIZATION, Ref.named("organization", "akkeris")),
                Selection.at(Akkeris.SPACE, Ref.named("space", "space")))) {
            for (FigureKey key : Array.of(Akkeris.ADDONS, Akkeris.PLATFORM, Akkeris.TOTAL, Akkeris.DATABASE)) {
                assertThat(document(part).figures().amount(key))
                        .isEqualTo(document(Selection.ALL).figures().amount(key));
            }
        }
        Extract elsewhere = document(Selection.at(Akkeris.ORGANIZATION, Ref.named("organization", "other")));
        assertThat(elsewhere.figures().amount(Akkeris.TOTAL)).isEqualTo(Money.of("USD", "0"));
        assertThat(elsewhere.quantities().get(Akkeris.DYNO_UNITS).get()).isEqualByComparingTo("0");
    }

    @Test
    void a_month_that_runs_is_a_preview_and_one_that_is_over_is_issued() {
        Invoice running = new Invoice.Preview(head(), document(Selection.ALL).figures(), NOW);
        Invoice issued = new Invoice.Issued(head(), document(Selection.ALL).figures(), Option.none(), FEBRUARY.end());
        assertThat(running.head().period()).contains(FEBRUARY);
        assertThat(issued.figures()).isEqualTo(running.figures());
    }

    @Test
    void lines_are_ordered_by_organization_app_and_space_and_else_as_recorded() {
        Seq<Lifetime> recorded = Array.of("b web x 1", "a web y 2", "a web x 3", "a api z 4", "a web x 5", "B api x 6")
                .map(text -> Array.of(text.split(" ", -1)))
                .map(part -> lifetime(part.get(3), PRINTED.get(2), NOW, places(part.get(0), part.get(1), part.get(2))));
        assertThat(new Rater(PROFILE, FEBRUARY, NOW)
                        .rate(recorded, Array.empty(), PriceHistory.NONE)
                        .map(line -> line.id().value()))
                .containsExactly("lifetime/6", "lifetime/4", "lifetime/3", "lifetime/5", "lifetime/2", "lifetime/1");
    }

    @Test
    void every_printed_amount_can_be_explained() {
        LineItem redis = lines(NOW).get(1);
        assertThat(redis.origin().toString()).contains("5/28");
        assertThat(redis.share()).hasToString("5/28");
        assertThat(redis.unitPrice()).contains(Money.of("USD", "140"));
    }

    private static Seq<LineItem> lines(Instant asOf) {
        return new Rater(PROFILE, FEBRUARY, asOf).rate(lifetimes(), Array.empty(), PriceHistory.NONE);
    }

    private static Seq<Lifetime> lifetimes() {
        return PRINTED.flatMap(items -> items.created()
                .map(created -> lifetime(
                        items.description() + " since " + created, items, created, places("akkeris", "app", "space"))));
    }

    private static Map<Dimension, Ref> places(String organization, String app, String space) {
        return HashMap.of(
                Akkeris.ORGANIZATION, Ref.named("organization", organization),
                Akkeris.APP, Ref.named("app", app),
                Akkeris.SPACE, Ref.named("space", space));
    }

    private static Lifetime lifetime(String id, Items items, Instant created, Map<Dimension, Ref> places) {
        Rate rate = new Rate(
                new PriceBookVersion("main", 1),
                items.description(),
                items.category(),
                "month",
                new PerUnit(Money.of("USD", items.price())));
        return new Lifetime(
                new FactId(id),
                new AccountId("account"),
                rate,
                BigDecimal.valueOf(items.quantity()),
                items.description(),
                places,
                Existence.since(created),
                created);
    }

    private static Extract document(Selection selection) {
        return Extract.of(head(), selection, PROFILE.figures(), PROFILE.counts(), lines(NOW));
    }

    private static Head head() {
        return Head.of(
                new InvoiceId("2017-02-01"),
                PROFILE.name(),
                new AccountId("account"),
                FEBRUARY,
                PROFILE.currency(),
                FEBRUARY.start());
    }

    private static String print(LineItem line) {
        Existence seen = line.existence().get();
        return "%s: %s x %s = %s since %s%s"
                .formatted(
                        line.description(),
                        line.quantity().toPlainString(),
                        plain(line.unitPrice().get()),
                        plain(line.net().get()),
                        seen.from(),
                        seen.until().map(end -> " until " + end).getOrElse(""));
    }

    private static String plain(Money money) {
        return money.amount().stripTrailingZeros().toPlainString();
    }

    private static double sumOfDoubles(Seq<LineItem> lines) {
        return lines.flatMap(LineItem::net)
                .map(net -> net.amount().doubleValue())
                .fold(0.0, Double::sum);
    }
}
