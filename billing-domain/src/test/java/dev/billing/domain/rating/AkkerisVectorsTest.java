package dev.billing.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Extract;
import dev.billing.domain.invoice.Head;
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
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class AkkerisVectorsTest {

    static final Array<Profile> BOTH = Array.of(Akkeris.profile(), Akkeris.upstream());

    private static final String LATER = "2018-01-01";
    private static final String SEEN = "2017-02-05T22:16:56.616Z";

    /** A line is absent, or has an amount and a visible end; {@code -} is none. */
    @ParameterizedTest(name = "#{0}: {3} x {4} in {2}, {5} to {6}, seen {1}")
    @CsvSource(textBlock = """
            1,   later,             2017-07, 1, 1000, 2017-06-05,               2017-07-10,               290.32, 290.32, 2017-07-10
            2,   later,             2017-07, 2, 1000, 2017-06-05,               2017-07-10,               580.65, 580.65, 2017-07-10
            3,   later,             2017-07, 1, 2000, 2017-06-05,               2017-07-10,               580.65, 580.65, 2017-07-10
            4,   later,             2017-07, 1, 1000, 2017-07-05,               2017-07-10,               161.29, 161.29, 2017-07-10
            5,   later,             2017-07, 1, 1000, 2017-07-05,               2017-08-10,               870.97, 870.97, -
            6,   later,             2017-06, 1, 1000, 2017-05-05,               2017-07-10,               1000,   1000,   -
            7,   later,             2017-06, 1, 1000, 2017-06-05,               -,                        866.67, 866.67, -
            8,   later,             2017-07, 1, 1000, 2017-06-05,               2017-06-10,               absent, absent, -
            9,   later,             2017-05, 1, 1000, 2017-06-05,               2017-06-10,               absent, absent, -
            10,  seen,              2017-02, 1, 140,  2016-08-15T19:02:02.781Z, -,                        25,     24.64,  -
            11,  seen,              2017-02, 1, 60,   2016-07-26T15:47:33.411Z, -,                        10.71,  10.56,  -
            12a, seen,              2017-02, 1, 12,   2016-10-01,               -,                        2.14,   2.11,   -
            12b, seen,              2017-02, 1, 120,  2016-10-01,               -,                        21.43,  21.12,  -
            13,  seen,              2017-02, 3, 60,   2016-10-01,               -,                        32.14,  31.68,  -
            14,  seen,              2017-02, 1, 140,  2017-02-03T10:00Z,        -,                        15,     12.56,  -
            15,  2017-02-05,        2017-02, 1, 140,  2016-08-15,               -,                        25,     20,     -
            16,  2017-02-01,        2017-02, 1, 140,  2016-08-15,               -,                        5,      0,      -
            17,  later,             2017-02, 0, 60,   2016-01-01,               -,                        0,      0,      -
            18a, later,             2017-02, 1, 0.29, 2016-01-01,               -,                        0.29,   0.29,   -
            18b, later,             2017-02, 1, 4.35, 2016-01-01,               -,                        4.35,   4.35,   -
            19,  later,             2017-02, 1, 0.13, 2017-02-15,               -,                        0.07,   0.06,   -
            20,  later,             2017-05, 1, 62,   2017-05-31T18:00Z,        -,                        2,      0.5,    -
            21,  later,             2017-05, 1, 62,   2016-01-01,               2017-05-31T18:00Z,        62,     61.5,   2017-05-31T18:00Z
            22,  later,             2017-05, 1, 31,   2016-01-01,               2017-05-10,               9,      9,      2017-05-10
            23,  later,             2017-05, 1, 31,   2016-01-01,               2017-05-10T00:00:00.001Z, 10,     9,      2017-05-10T00:00:00.001Z
            24,  later,             2017-05, 1, 31,   2017-05-10T10:00Z,        2017-05-10T11:00Z,        1,      0.04,   2017-05-10T11:00Z
            25,  later,             2017-05, 1, 31,   2016-01-01,               2017-05-01,               absent, absent, -
            26,  later,             2017-05, 1, 31,   2016-01-01,               2017-06-01,               31,     31,     -
            27,  2017-05-10T12:00Z, 2017-05, 1, 31,   2016-05-10,               2017-05-20,               10,     9.5,    -
            28,  2017-05-10T12:00Z, 2017-05, 1, 31,   2017-05-10T12:00Z,        -,                        1,      0,      -
            """)
    void vector(
            String number,
            String now,
            YearMonth month,
            String quantity,
            String price,
            String created,
            String ended,
            String calendarDays,
            String elapsedTime,
            String visibleEnd) {
        Seq<Lifetime> item = Array.of(item("dyno", quantity, price, created, ended));
        assertThat(show(rate(Akkeris.profile(), month, now, item)))
                .isEqualTo(expected(calendarDays, created, visibleEnd));
        assertThat(show(rate(Akkeris.upstream(), month, now, item)))
                .isEqualTo(expected(elapsedTime, created, visibleEnd));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            leap February,      2016-02, 29, 2016-02-10,        -,          20, 20
            common February,    2017-02, 28, 2017-02-10,        -,          19, 19
            centurial February, 1900-02, 28, 1900-02-10,        -,          19, 19
            April,              2017-04, 30, 2017-04-10,        -,          21, 21
            last of leap,       2016-02, 29, 2016-02-29,        -,          1,  1
            until the last day, 2016-02, 29, 2016-01-01,        2016-02-29, 28, 28
            at noon,            2017-04, 30, 2017-04-30T12:00Z, -,          1,  0.5
            """)
    void months_have_their_own_length(
            String what, YearMonth month, String price, String created, String ended, String days, String elapsed) {
        Seq<Lifetime> item = Array.of(item("dyno", "1", price, created, ended));
        assertThat(total(Akkeris.profile(), month, "later", item)).isEqualTo(days);
        assertThat(total(Akkeris.upstream(), month, "later", item)).isEqualTo(elapsed);
    }

    @Test
    void a_line_is_rounded_once_with_its_quantity_inside() {
        Seq<Lifetime> three = Array.fill(3, item("dyno", "1", "60", "2016-10-01", "-"));
        assertThat(total(Akkeris.profile(), YearMonth.of(2017, 2), "seen", three))
                .isEqualTo("32.13");
    }

    @Test
    void an_app_with_two_addons_and_a_dyno_in_the_month_that_runs() {
        YearMonth february = YearMonth.of(2017, 2);
        assertThat(figures(Akkeris.profile(), february, "seen", smallApp()))
                .isEqualTo("25 + 10.71 = 35.71, database 0, 1 dynos");
        assertThat(figures(Akkeris.upstream(), february, "seen", smallApp()))
                .isEqualTo("24.64 + 10.56 = 35.2, database 0, 1 dynos");
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void an_app_with_two_addons_and_a_dyno_in_a_month_that_is_over(Profile profile) {
        assertThat(figures(profile, YearMonth.of(2016, 12), "seen", smallApp()))
                .isEqualTo("140 + 60 = 200, database 0, 1 dynos");
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void an_app_that_was_deleted_in_march(Profile profile) {
        Seq<Lifetime> items = Array.of(
                        item("dyno", "1", "60", "2017-01-10", "-"), item("addon", "1", "100", "2017-01-10", "-"))
                .map(item -> item.endedAt(at("2017-03-16")));
        assertThat(show(rate(profile, YearMonth.of(2017, 3), "2017-06-10", items)))
                .isEqualTo("29.03 from 2017-01-10T00:00:00Z until 2017-03-16T00:00:00Z, "
                        + "48.39 from 2017-01-10T00:00:00Z until 2017-03-16T00:00:00Z");
        assertThat(total(profile, YearMonth.of(2017, 3), "2017-06-10", items)).isEqualTo("77.42");
        assertThat(show(rate(profile, YearMonth.of(2017, 2), "2017-06-10", items)))
                .isEqualTo("60 from 2017-01-10T00:00:00Z, 100 from 2017-01-10T00:00:00Z");
        assertThat(rate(profile, YearMonth.of(2017, 4), "2017-06-10", items)).isEmpty();
    }

    @Test
    void a_formation_that_changed_at_noon() {
        Seq<Lifetime> items = Array.of(
                item("dyno", "1", "31", "2016-05-01", "2017-05-10T12:00Z"),
                item("dyno", "2", "31", "2017-05-10T12:00Z", "-"));
        YearMonth may = YearMonth.of(2017, 5);
        assertThat(show(rate(Akkeris.profile(), may, "later", items)))
                .isEqualTo("10 from 2016-05-01T00:00:00Z until 2017-05-10T12:00:00Z, 44 from 2017-05-10T12:00:00Z");
        assertThat(show(rate(Akkeris.upstream(), may, "later", items)))
                .isEqualTo("9.5 from 2016-05-01T00:00:00Z until 2017-05-10T12:00:00Z, 43 from 2017-05-10T12:00:00Z");
        assertThat(figures(Akkeris.profile(), may, "later", items)).isEqualTo("0 + 54 = 54, database 0, 3 dynos");
        assertThat(figures(Akkeris.upstream(), may, "later", items)).isEqualTo("0 + 52.5 = 52.5, database 0, 3 dynos");
        assertThat(figures(Akkeris.profile(), YearMonth.of(2017, 6), "later", items))
                .isEqualTo("0 + 62 = 62, database 0, 2 dynos");
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void cents_that_doubles_would_lose(Profile profile) {
        Seq<Lifetime> items =
                Array.of("0.29", "0.20", "4.35", "0.10").map(price -> item("addon", "1", price, "2016-01-01", "-"));
        assertThat(figures(profile, YearMonth.of(2017, 2), "later", items))
                .isEqualTo("4.94 + 0 = 4.94, database 0, 0 dynos");
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void two_identical_addons_are_two_lines(Profile profile) {
        Seq<Lifetime> items = Array.fill(2, item("addon", "1", "10", "2016-01-01", "-"));
        assertThat(rate(profile, YearMonth.of(2017, 2), "later", items)).hasSize(2);
        assertThat(total(profile, YearMonth.of(2017, 2), "later", items)).isEqualTo("20");
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void a_month_that_is_over_reads_the_same_after_a_later_end(Profile profile) {
        Lifetime running = item("dyno", "1", "60", "2017-01-10", "-");
        Lifetime ended = running.endedAt(at("2017-05-03T07:00Z"));
        YearMonth march = YearMonth.of(2017, 3);
        assertThat(rate(profile, march, "later", Array.of(ended)))
                .isEqualTo(rate(profile, march, "later", Array.of(running)));
    }

    private static Seq<Lifetime> smallApp() {
        return Array.of(
                item("addon", "1", "0", "2016-09-27T20:54:44.359Z", "-"),
                item("addon", "1", "140", "2016-08-15T19:02:02.781Z", "-"),
                item("dyno", "1", "60", "2016-07-26T15:47:33.411Z", "-"));
    }

    private static Seq<LineItem> rate(Profile profile, YearMonth month, String now, Seq<Lifetime> items) {
        return new Rater(profile, period(profile, month), at(now)).rate(items, Array.empty(), PriceHistory.NONE);
    }

    private static Period period(Profile profile, YearMonth month) {
        return profile.calendar().period(month);
    }

    private static Extract document(Profile profile, YearMonth month, String now, Seq<Lifetime> items) {
        Head head = Head.of(
                new InvoiceId(month.toString()),
                profile.name(),
                new AccountId("account"),
                period(profile, month),
                profile.currency(),
                at(now));
        return Extract.of(head, Selection.ALL, profile.figures(), profile.counts(), rate(profile, month, now, items));
    }

    private static String total(Profile profile, YearMonth month, String now, Seq<Lifetime> items) {
        return text(document(profile, month, now, items).figures().amount(Akkeris.TOTAL));
    }

    private static String figures(Profile profile, YearMonth month, String now, Seq<Lifetime> items) {
        Extract document = document(profile, month, now, items);
        return "%s + %s = %s, database %s, %s dynos"
                .formatted(
                        text(document.figures().amount(Akkeris.ADDONS)),
                        text(document.figures().amount(Akkeris.PLATFORM)),
                        text(document.figures().amount(Akkeris.TOTAL)),
                        text(document.figures().amount(Akkeris.DATABASE)),
                        document.quantities().get(Akkeris.DYNO_UNITS).get());
    }

    private static String expected(String amount, String created, String visibleEnd) {
        return amount.equals("absent")
                ? ""
                : show(amount, at(created), visibleEnd.equals("-") ? Option.none() : Option.some(at(visibleEnd)));
    }

    private static String show(Seq<LineItem> lines) {
        return lines.map(line -> show(
                        text(line.net().get()),
                        line.existence().get().from(),
                        line.existence().get().until()))
                .mkString(", ");
    }

    private static String show(String amount, Instant from, Option<Instant> until) {
        return amount + " from " + from + until.map(end -> " until " + end).getOrElse("");
    }

    private static String text(Money amount) {
        return amount.amount().stripTrailingZeros().toPlainString();
    }

    private static Lifetime item(String type, String quantity, String price, String created, String ended) {
        Rate rate = new Rate(
                new PriceBookVersion("main", 1),
                type.toUpperCase(Locale.ROOT),
                type,
                "month",
                new PerUnit(Money.of("USD", price)));
        return new Lifetime(
                new FactId(type + " at " + price + " since " + created),
                new AccountId("account"),
                rate,
                new BigDecimal(quantity),
                type,
                HashMap.of(Akkeris.APP, Ref.named("app", "app")),
                new Existence(at(created), ended.equals("-") ? Option.none() : Option.some(at(ended))),
                at(created));
    }

    /** A date is its midnight; the two words are the instants of the tables. */
    private static Instant at(String text) {
        String instant = text.equals("later") ? LATER : text.equals("seen") ? SEEN : text;
        return Instant.parse(
                switch (instant.length()) {
                    case 10 -> instant + "T00:00:00Z";
                    case 17 -> instant.replace("Z", ":00Z");
                    default -> instant;
                });
    }
}
