package dev.billing.domain.invoice;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** Documents that have every part that there is. */
final class SealedSamples {

    static final String SALT = "00112233445566778899aabbccddeeff";

    static final Customer CUSTOMER = new Customer(
            "c1",
            "Ada",
            "ada@example.com",
            Instant.parse("2025-05-05T05:05:05.005Z"),
            Option.some(new Address("1 Main St", "2nd floor", "left", "8000", "Zurich", "ZH", "CH")),
            Option.some(new Address("2 Side St", "", "", "3000", "Bern", "BE", "CH")),
            Array.of(new TaxId("ch_vat", "CHE-123.456.789"), new TaxId("eu_vat", "DE123456789")));

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Period FEBRUARY = Period.of(Instant.parse("2026-02-01T00:00:00Z"), NOW);
    private static final Dimension APP = new Dimension("app");
    private static final Dimension SPACE = new Dimension("space");

    private SealedSamples() {}

    /** A document and its lines. */
    record Document(Head head, Figures figures, Option<InvoiceNumber> number, Instant issuedAt, Seq<LineItem> lines) {

        Seal seal() {
            return Seal.of(head, figures, number, issuedAt, lines.iterator(), SALT);
        }

        Invoice.Issued issued() {
            return new Invoice.Issued(head, figures, number, issuedAt, Option.some(seal()));
        }
    }

    /** With everything, an amount in many places, and a line that a rule gave. */
    static Document document(Money amount, PricingRule rule, Seq<LineItem> more) {
        return new Document(
                head(amount),
                figures(amount),
                Option.some(new InvoiceNumber(new Series("shop", new NumberFormat("R-", 5), Series.Gaps.NONE), 17)),
                NOW,
                more.prepend(line(amount, rule)));
    }

    private static Head head(Money amount) {
        return new Head(
                        new InvoiceId("i1"),
                        "standard",
                        new AccountId("a1"),
                        new AccountId("a2"),
                        Option.some(new Ref("app", "1", "web")),
                        Option.some(FEBRUARY),
                        HashMap.of(SPACE, Ref.named("space", "s1"), APP, new Ref("app", "1", "web")),
                        Option.some(CUSTOMER),
                        amount.currency(),
                        NOW)
                .with(HashMap.of(
                        "state", Attribute.of("running"),
                        "size", Attribute.of(amount.amount()),
                        "since", Attribute.of(NOW),
                        "open", Attribute.of(true)));
    }

    private static Figures figures(Money amount) {
        FigureKey total = FigureKey.price("total", Basis.INVOICED);
        Selection some = Selection.of(
                new Selection.InCategory("compute"),
                new Selection.NotInCategories(HashSet.of("tax", "credit")),
                new Selection.WithId(HashSet.of(new LineId("1"))),
                new Selection.ServedFrom(NOW),
                new Selection.At(APP, "1"),
                new Selection.OfBasis(Basis.ACTUAL),
                new Selection.Charges());
        return new Figures(LinkedHashMap.of(
                total,
                new Figure.Folded(some, amount),
                FigureKey.cost("cost", Basis.ACTUAL),
                new Figure.Summed(new Selection.At(SPACE, "s1"), 3, amount),
                FigureKey.price("tax"),
                new Figure.Calculated("vat", Array.of(total), HashMap.of("rate", new BigDecimal("0.081")), amount),
                FigureKey.price("paid"),
                new Figure.Declared("provider", amount)));
    }

    private static LineItem line(Money amount, PricingRule rule) {
        Derivation why = new Derivation(
                        new PriceBookVersion("book", 3),
                        rule,
                        new Measure.Quantity(new BigDecimal("12.5")),
                        "calendar-days",
                        Ratio.of(5, 28),
                        Rounding.toDecimals(2, RoundingMode.HALF_UP))
                .counting(new Derivation.Count("bytes", "sum", 7));
        return LineItem.builder(new LineId("rated"), "sku", "compute", NOW, new Origin.Rated(why))
                .position(1)
                .description("a line")
                .quantity(new BigDecimal("12.5"), "GB")
                .unitPrice(amount)
                .share(Ratio.of(5, 28))
                .tier(new Tier(BigDecimal.TEN, Option.some(new BigDecimal("20"))))
                .basis(Basis.ACTUAL)
                .price(Amount.of(amount, amount))
                .tax(amount)
                .unitCost(amount)
                .cost(amount)
                .period(FEBRUARY)
                .existence(new Existence(FEBRUARY.start(), Option.some(NOW)))
                .places(HashMap.of(APP, new Ref("app", "1", "web")))
                .tags(HashMap.of("team", "core"))
                .build();
    }

    /** A line that somebody else computed. */
    static LineItem provided(Money amount) {
        Origin origin = new Origin.Provided("x1", HashMap.of("rate", "hour"), Option.some("{\"raw\":1}"));
        return LineItem.builder(new LineId("provided"), "sku", "storage", NOW, origin)
                .position(2)
                .cost(amount)
                .build();
    }
}
