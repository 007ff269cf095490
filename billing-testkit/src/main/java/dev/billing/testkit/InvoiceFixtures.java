package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.invoice.TaxId;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** Values that the contracts share. */
final class InvoiceFixtures {

    static final TenantId TENANT = new TenantId("tenant");
    static final TenantId OTHER_TENANT = new TenantId("other tenant");
    static final AccountId ALICE = new AccountId("alice");
    static final AccountId BOB = new AccountId("bob");
    static final Access ALL = Access.toAll(TENANT);

    static final CurrencyUnit USD = Monetary.getCurrency("USD");

    static final Dimension ORGANIZATION = new Dimension("organization");
    static final Dimension SPACE = new Dimension("space");
    static final Dimension APP = new Dimension("app");

    static final Ref ACME = Ref.named("organization", "acme");
    static final Ref UMBRELLA = Ref.named("organization", "umbrella");
    static final Ref API = new Ref("app", "api-1", "api");

    static final Period JANUARY = month(1);
    static final Period FEBRUARY = month(2);
    static final Period MARCH = month(3);

    static final Instant NOW = Instant.parse("2024-03-01T02:03:04.567Z");
    static final Instant LATER = Instant.parse("2024-03-05T06:07:08.009Z");

    /** What a storage may take for its own syntax, fold, trim or fail to encode. */
    static final String ODD =
            " 'it''s' \"quoted\" \\back\\ 100%_x_ $1 ${x} {0} ? :p ; -- /* <&> \u00e9 e\u0301 \u00df \u0130\u0131"
                    + " \u4e2d\u6587 \u05d0\u05d1 \ud83d\ude00 \ud83c\udff3\ufe0f\u200d\ud83c\udf08 null ";

    private static final AtomicLong KEYS = new AtomicLong();

    private InvoiceFixtures() {}

    static Period month(int month) {
        return Period.ofMonth(YearMonth.of(2024, month), ZoneOffset.UTC);
    }

    static InvoiceId id(String value) {
        return new InvoiceId(value);
    }

    static Money usd(String amount) {
        return Money.of(USD, new BigDecimal(amount));
    }

    /** A key that no other call gives. */
    static CommandKey newKey() {
        return new CommandKey("key-" + KEYS.incrementAndGet());
    }

    /** Writes under a key of their own. */
    static Commit commit(Write... writes) {
        return Commit.of(newKey(), "content", writes);
    }

    static Head head(String id, AccountId account, Option<Period> period) {
        return new Head(
                id(id),
                "standard",
                account,
                account,
                Option.none(),
                period,
                HashMap.empty(),
                Option.none(),
                USD,
                Instant.parse("2024-02-29T23:59:59.999Z"));
    }

    static Head head(String id) {
        return head(id, ALICE, Option.some(FEBRUARY));
    }

    static Write.Issue issue(Head head, Iterable<LineItem> lines) {
        return new Write.Issue(
                new Invoice.Preview(head, total("12.34"), NOW), lines, Option.none(), InvoiceStatus.CLOSED);
    }

    static Write.Issue issue(Head head, LineItem... lines) {
        return issue(head, Array.of(lines));
    }

    static Write.Issue issue(String id, LineItem... lines) {
        return issue(head(id), lines);
    }

    static Write.Issue issue(String id, AccountId account, LineItem... lines) {
        return issue(head(id, account, Option.some(FEBRUARY)), lines);
    }

    /** With a number from a series. */
    static Write.Issue numbered(String id, Series series, LineItem... lines) {
        return new Write.Issue(
                new Invoice.Preview(head(id), total("12.34"), NOW),
                Array.of(lines),
                Option.some(series),
                InvoiceStatus.CLOSED);
    }

    /** The document that a write changes. */
    static InvoiceId invoiceOf(Write write) {
        return ((Write.OfDocument) write).invoice();
    }

    /** A document without its seal, which rules of its own look at. */
    static Stored unsealed(Stored stored) {
        return stored.invoice() instanceof Invoice.Issued issued
                ? new Stored(
                        new Invoice.Issued(issued.head(), issued.figures(), issued.number(), issued.issuedAt()),
                        stored.standing())
                : stored;
    }

    static Customer customer(String id) {
        return new Customer(
                id,
                "Zo\u00eb" + ODD,
                "zoe@example.com",
                NOW,
                Option.some(new Address("1", "2", "3", "zip", "town", "region", "DE")),
                Option.none(),
                Array.of(new TaxId("eu_vat", "DE123456789")));
    }

    static Write.Revise revise(Head head, long revision, Change change, LineItem... lines) {
        return new Write.Revise(new Invoice.Running(head, total(revision + ".00"), revision), Array.of(lines), change);
    }

    static Write.Revise revise(String id, long revision, Change change, LineItem... lines) {
        return revise(head(id), revision, change, lines);
    }

    static Write.Stand stand(String id, long version, InvoiceStatus status) {
        return new Write.Stand(new Standing(
                id(id), version, status, Array.empty(), Array.empty(), Option.none(), Array.empty(), LATER));
    }

    static Figures total(String amount) {
        return Figures.NONE.with(FigureKey.price("total"), new Figure.Folded(Selection.ALL, usd(amount)));
    }

    static LineItem.Builder lineOf(String id) {
        return LineItem.builder(new LineId(id), "sku-1", "compute", NOW, Origin.Provided.of("outside"));
    }

    static LineItem line(String id, String gross) {
        return lineOf(id).price(usd(gross)).build();
    }

    static LineItem line(String id) {
        return line(id, "1.00");
    }

    /** A line that was rated, with every part that a line can have. */
    static LineItem ratedLine(String id) {
        return new LineItem(
                new LineId(id),
                1_234_567_890_123L,
                Instant.parse("2024-02-29T23:59:59.999Z"),
                "gp2.large" + ODD,
                "compute" + ODD,
                "2 × large" + ODD,
                new BigDecimal("2.000000001"),
                "month" + ODD,
                Option.some(usd("0.0638")),
                Ratio.of(14, 28),
                Option.some(new Tier(new BigDecimal("100"), Option.some(new BigDecimal("1000.5")))),
                Basis.ESTIMATED,
                Option.some(new Amount(usd("10.10"), usd("1.2625"), Option.some(new BigDecimal("12.5")))),
                Option.some(usd("1.0605")),
                Option.some(Money.of("KWD", "0.000123")),
                Option.some(Money.of("KWD", "7.123")),
                Option.some(Period.of(
                        Instant.parse("2024-02-03T04:05:06.007Z"), Instant.parse("2024-02-29T23:59:59.999Z"))),
                Option.some(Existence.between(
                        Instant.parse("2019-12-31T23:59:59.999Z"), Instant.parse("2024-02-20T00:00:00.001Z"))),
                HashMap.of(
                        ORGANIZATION,
                        ACME,
                        APP,
                        new Ref("app" + ODD, "app-1" + ODD, ODD),
                        new Dimension("dimension" + ODD),
                        new Ref("server", "42", "")),
                HashMap.of("name" + ODD, "value" + ODD, "empty", ""),
                new Origin.Rated(derivation()));
    }

    static Derivation derivation() {
        return new Derivation(
                new PriceBookVersion("main" + ODD, 17),
                new PerUnit(usd("0.0638")),
                Measure.of(new BigDecimal("2.000000001")),
                "EXACT_TIME",
                Ratio.of(1_209_600_000L, 2_505_600_000L),
                Rounding.toDecimals(7, RoundingMode.HALF_EVEN));
    }

    /** A line that was provided, with every part that only such a line can have. */
    static LineItem providedLine(String id) {
        return LineItem.builder(
                        new LineId(id),
                        "AmazonEC2",
                        "Compute",
                        NOW,
                        new Origin.Provided(
                                "external" + ODD,
                                HashMap.of("ChargeClass" + ODD, ODD, "empty", ""),
                                Option.some("{\r\n\t\"raw\": \"" + ODD + "\"\n}\n")))
                .basis(Basis.ACTUAL)
                .cost(usd("-0.0014002692168963457"))
                .tier(new Tier(new BigDecimal("0.1"), Option.none()))
                .existence(Existence.since(Instant.parse("2024-02-20T00:00:00Z")))
                .build();
    }

    /** A line that has no part that it need not have. */
    static LineItem bareLine(String id) {
        return lineOf(id).price(usd("0")).build();
    }

    /** Lines that differ in everything that a selection or a rollup looks at. */
    static Seq<LineItem> mixedLines() {
        Map<Dimension, Ref> acmeApi = HashMap.of(ORGANIZATION, ACME, SPACE, Ref.named("space", "prod"), APP, API);
        Map<Dimension, Ref> acmeWeb = HashMap.of(ORGANIZATION, ACME, APP, Ref.named("app", "web"));
        Map<Dimension, Ref> renamed = HashMap.of(ORGANIZATION, ACME, APP, new Ref("app", "api-1", "api-renamed"));
        Map<Dimension, Ref> otherType = HashMap.of(ORGANIZATION, ACME, APP, new Ref("function", "api-1", "api"));
        Map<Dimension, Ref> otherCase = HashMap.of(ORGANIZATION, Ref.named("organization", "ACME"), APP, API);
        Map<Dimension, Ref> umbrella = HashMap.of(ORGANIZATION, UMBRELLA);
        return Array.of(
                        mixed("01", "addon", "postgresql:small", acmeApi).price(usd("1.10")),
                        mixed("02", "addon", "PostgreSQL:large", acmeApi).price(usd("1.1")),
                        mixed("03", "addon", "postgresql:refund", acmeApi).price(usd("-2.2")),
                        mixed("04", "Addon", "100% postgresql", acmeWeb).price(usd("0.0014002692168963457")),
                        mixed("05", "dyno", "100 postgres_ql", acmeWeb)
                                .price(usd("0.1"))
                                .cost(usd("0.07")),
                        mixed("06", "dyno", "web \\ _dyno", renamed)
                                .price(usd("0.2"))
                                .basis(Basis.ESTIMATED),
                        mixed("07", "dyno", "", otherType).price(usd("0.4")).cost(usd("-0.05")),
                        mixed("08", "dyno", "web dyno", otherCase).price(usd("0.8")),
                        mixed("09", "dyno", "free of charge", umbrella)
                                .price(new Amount(usd("5"), usd("5"), Option.some(new BigDecimal("100")))),
                        mixed("10", "dyno", "more off than on", umbrella).price(Amount.of(usd("1"), usd("3"))),
                        mixed("11", "dyno", "yen", umbrella).price(Money.of("JPY", "1200")),
                        mixed("12", "dyno", "cost only", acmeApi).cost(usd("3.1415926535897932384")),
                        mixed("13", "dyno", "cost only", acmeApi)
                                .cost(Money.of("KWD", "0.005"))
                                .basis(Basis.ACTUAL),
                        mixed("14", "dyno", "two currencies", acmeApi)
                                .price(usd("9"))
                                .cost(Money.of("JPY", "100")),
                        mixed("15", "dyno", "nothing", acmeApi).price(usd("0")),
                        mixed("16", "credit", "d\u00e9j\u00e0 \ud83d\ude00", HashMap.empty())
                                .price(usd("-100000000.01"))
                                .basis(Basis.ACTUAL))
                .map(LineItem.Builder::build);
    }

    private static LineItem.Builder mixed(String id, String category, String description, Map<Dimension, Ref> places) {
        return LineItem.builder(new LineId("line-" + id), "sku", category, NOW, Origin.Provided.of("x"))
                .position(Long.parseLong(id))
                .description(description)
                .places(places);
    }

    /** A head with every part that a head can have. */
    static Head fullHead(String id) {
        return new Head(
                id(id),
                "profile" + ODD,
                ALICE,
                new AccountId("owner" + ODD),
                Option.some(new Ref("instance" + ODD, "42" + ODD, ODD)),
                Option.some(Period.of(
                        Instant.parse("2024-01-31T23:00:00.001Z"), Instant.parse("2024-02-29T22:59:59.999Z"))),
                HashMap.of(ORGANIZATION, ACME, APP, new Ref("app" + ODD, "app-1" + ODD, ODD)),
                Option.some(new Customer(
                        "customer" + ODD,
                        "Zoë" + ODD,
                        "zoe@example.com" + ODD,
                        Instant.parse("1969-12-31T23:59:59.999Z"),
                        Option.some(new Address("1" + ODD, "2" + ODD, "3" + ODD, "zip" + ODD, "town", "region", "DE")),
                        Option.some(new Address("line", "", "", "", "", "", "")),
                        Array.of(
                                new TaxId("eu_vat" + ODD, "DE123456789" + ODD),
                                new TaxId("b", "2"),
                                new TaxId("a", "1")))),
                Monetary.getCurrency("KWD"),
                Instant.parse("2024-02-29T23:59:59.999Z"));
    }

    /** Figures of every kind, under every kind of key, over every kind of selection. */
    static Figures allFigures() {
        Seq<Selection> selections = Array.of(
                Selection.ALL,
                Selection.category("addon" + ODD),
                Selection.of(new Selection.DescriptionContains(ODD)),
                Selection.at(new Dimension("app" + ODD), new Ref("app", "1" + ODD, "")),
                Selection.of(new Selection.OfBasis(Basis.ACTUAL)),
                Selection.of(new Selection.Charges()),
                Selection.of(new Selection.Credits()),
                Selection.of(
                        new Selection.Charges(),
                        new Selection.At(ORGANIZATION, "acme"),
                        new Selection.At(APP, "api-1"),
                        new Selection.InCategory("dyno"),
                        new Selection.DescriptionContains("a"),
                        new Selection.DescriptionContains("b")));
        Figures folded = selections
                .zipWithIndex()
                .foldLeft(
                        Figures.NONE,
                        (figures, next) -> figures.with(
                                FigureKey.price("folded " + next._2),
                                new Figure.Folded(next._1, usd(next._2 + ".0014002692168963457"))));
        FigureKey subtotal = FigureKey.price("folded 0");
        return folded.with(
                        FigureKey.cost("total", Basis.ACTUAL),
                        new Figure.Folded(Selection.ALL, Money.of("JPY", "-1200")))
                .with(FigureKey.price("total", Basis.ACTUAL), new Figure.Folded(Selection.ALL, usd("1")))
                .with(FigureKey.price("total", Basis.ESTIMATED), new Figure.Folded(Selection.ALL, usd("2")))
                .with(FigureKey.price("total"), new Figure.Folded(Selection.ALL, usd("3")))
                .with(
                        new FigureKey("total" + ODD, Option.none(), Side.COST),
                        new Figure.Folded(Selection.ALL, usd("4")))
                .with(
                        FigureKey.price("calculated"),
                        new Figure.Calculated(
                                "RULE" + ODD,
                                Array.of(subtotal, FigureKey.cost("total", Basis.ACTUAL), subtotal),
                                HashMap.of("rate" + ODD, new BigDecimal("0.0850"), "zero", BigDecimal.ZERO),
                                usd("-0.085")))
                .with(
                        FigureKey.price("calculated from nothing"),
                        new Figure.Calculated("ZERO", Array.empty(), HashMap.empty(), usd("0.00")))
                .declare(FigureKey.price("declared"), "the source" + ODD, usd("7.10"));
    }

    /** A standing with every part that a standing can have. */
    static Standing fullStanding(String id, long version) {
        return new Standing(
                id(id),
                version,
                InvoiceStatus.FORGIVEN,
                Array.of(
                        new Payment("second" + ODD, usd("20.000001"), LATER),
                        new Payment("first", usd("0"), NOW),
                        new Payment("yen", Money.of("JPY", "1200"), NOW)),
                Array.of(
                        new Refund("second" + ODD, usd("0.0014002692168963457"), Option.some(ODD), LATER),
                        new Refund("first", usd("1.10"), Option.none(), NOW),
                        new Refund("first", usd("1.10"), Option.some(""), NOW)),
                Option.some(new Shipment("On its way!" + ODD, LATER)),
                Array.of(new Tag(3, "b" + ODD, ODD), new Tag(Long.MAX_VALUE, "a", ""), new Tag(1, "b" + ODD, "again")),
                Instant.parse("2024-03-05T06:07:08.999Z"));
    }
}
