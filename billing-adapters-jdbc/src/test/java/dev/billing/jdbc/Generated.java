package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Bound;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Reduction;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Selection.Criterion;
import dev.billing.domain.line.Settled;
import dev.billing.domain.line.Side;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import javax.money.Monetary;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Values with everything that a document can have: any text, long numbers, parts that are there or not. */
final class Generated extends DomainContextBase {

    private static final Instant EPOCH = Instant.parse("2024-01-01T00:00:00Z");

    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u00a0', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(30);
    }

    private static Arbitrary<String> id() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20),
                text().filter(text -> !text.isBlank()));
    }

    private static Arbitrary<BigDecimal> number(boolean negative) {
        Arbitrary<BigInteger> digits = Arbitraries.bigIntegers()
                .between(negative ? BigInteger.TEN.pow(50).negate() : BigInteger.ZERO, BigInteger.TEN.pow(50));
        Arbitrary<Integer> scale = Arbitraries.integers().between(-8, 50);
        return Arbitraries.frequencyOf(
                Tuple.of(3, Combinators.combine(digits, scale).as(BigDecimal::new)),
                Tuple.of(
                        1,
                        Arbitraries.of("0", "0.00", "1.10", "0.0014002692168963457")
                                .map(BigDecimal::new)));
    }

    private static Arbitrary<Money> money(boolean negative) {
        Arbitrary<String> currencies = Arbitraries.of("USD", "JPY", "BHD", "EUR");
        return Combinators.combine(currencies, number(negative))
                .as((code, amount) -> Money.of(Monetary.getCurrency(code), amount));
    }

    private static Arbitrary<Instant> instant() {
        return Arbitraries.longs()
                .between(-4_000_000_000_000L, 4_000_000_000_000L)
                .map(EPOCH::plusMillis);
    }

    private static Arbitrary<Period> period() {
        return Combinators.combine(instant(), Arbitraries.longs().between(1, 10_000_000_000L))
                .as((start, length) -> Period.of(start, start.plusMillis(length)));
    }

    private static <T> Arbitrary<Option<T>> option(Arbitrary<T> value) {
        return value.optional().map(Option::ofOptional);
    }

    private static <T> Arbitrary<Seq<T>> seq(Arbitrary<T> value) {
        return value.list().ofMaxSize(3).map(Array::ofAll);
    }

    private static <T> Arbitrary<Set<T>> set(Arbitrary<T> value) {
        return value.list().ofMaxSize(3).map(LinkedHashSet::ofAll);
    }

    private static Arbitrary<Ref> ref() {
        return Combinators.combine(id(), id(), text()).as(Ref::new);
    }

    private static Arbitrary<Map<Dimension, Ref>> places() {
        return Arbitraries.maps(id().map(Dimension::new), ref()).ofMaxSize(3).map(HashMap::ofAll);
    }

    private static Arbitrary<Map<String, String>> texts() {
        return Arbitraries.maps(text(), text()).ofMaxSize(3).map(HashMap::ofAll);
    }

    private static Arbitrary<Map<String, String>> properties() {
        return Arbitraries.maps(id(), text()).ofMaxSize(3).map(HashMap::ofAll);
    }

    private static Arbitrary<Ratio> ratio() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.longs().between(1, Long.MAX_VALUE))
                .as(Ratio::of);
    }

    private static Arbitrary<PricingRule> rule() {
        return Arbitraries.oneOf(money(false).map(Flat::new), money(false).map(PerUnit::new));
    }

    private static Arbitrary<PriceBookVersion> version() {
        return Combinators.combine(
                        id().filter(name -> name.indexOf('@') < 0),
                        Arbitraries.integers().greaterOrEqual(1))
                .as(PriceBookVersion::new);
    }

    private static Arbitrary<Rounding> rounding() {
        Arbitrary<RoundingMode> mode = Arbitraries.of(RoundingMode.class);
        return Arbitraries.oneOf(
                mode.map(Rounding::toMinorUnit),
                Combinators.combine(Arbitraries.integers().between(0, 100), mode)
                        .as(Rounding::toDecimals));
    }

    private static Arbitrary<Origin> origin() {
        Arbitrary<Derivation> why = Combinators.combine(
                        version(), rule(), number(false).map(Measure::of), text(), ratio(), rounding())
                .as((source, applied, measure, policy, share, rounding) ->
                        new Derivation(source, applied, measure, policy, share, rounding));
        Arbitrary<Derivation> counted = Combinators.combine(
                        why,
                        Combinators.combine(text(), text(), Arbitraries.longs().greaterOrEqual(0), texts())
                                .as(Derivation.Count::new))
                .as(Derivation::counting);
        return Arbitraries.oneOf(
                why.map(Origin.Rated::new),
                counted.map(Origin.Rated::new),
                bound().map(Origin.Bounded::new),
                Combinators.combine(text(), texts(), option(text())).as(Origin.Provided::new));
    }

    private static Arbitrary<Bound> bound() {
        Arbitrary<Scope> scope = Arbitraries.oneOf(
                Arbitraries.just(Scope.DOCUMENT),
                id().map(Scope::skus),
                Combinators.combine(id(), id()).as(Scope::categories));
        return Combinators.combine(
                        Arbitraries.of(Bound.Kind.class),
                        scope,
                        money(false),
                        ratio(),
                        rounding(),
                        money(true),
                        money(true))
                .as(Bound::new);
    }

    private static Arbitrary<Settled> settled() {
        Arbitrary<Discount.Off> off = Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(0, 10_000_000)
                        .map(percent -> new Discount.Percent(BigDecimal.valueOf(percent, 5))),
                money(false).map(Discount.Fixed::new));
        Arbitrary<Reduction> reduction = Combinators.combine(
                        seq(Combinators.combine(id(), off).as(Reduction.Use::new)), money(true), rounding())
                .as(Reduction::new);
        Arbitrary<Settled.Discounted> discounted = Combinators.combine(
                        reduction, money(true), money(true).filter(over -> !over.isZero()), money(true))
                .as(Settled.Discounted::new);
        Arbitrary<Settled.Paid> paid = Combinators.combine(id(), Arbitraries.of(true, false), money(true))
                .as(Settled.Paid::new);
        Arbitrary<Settled.Levy> levy = Combinators.combine(
                        text(), text(), number(false), Arbitraries.of(true, false), money(true))
                .as(Settled.Levy::new);
        Arbitrary<Settled.Taxation> taxation = Combinators.combine(
                        option(Combinators.combine(text(), rounding()).as(Settled.Rounded::new)), seq(levy))
                .as(Settled.Taxation::new);
        return Combinators.combine(seq(discounted), seq(paid), option(taxation)).as(Settled::new);
    }

    private static Arbitrary<Amount> amount() {
        return Combinators.combine(money(true), number(false), option(number(false)))
                .as((gross, discount, percent) -> new Amount(gross, Money.of(gross.currency(), discount), percent));
    }

    private static Arbitrary<Tier> tier() {
        return Combinators.combine(number(false), option(number(false)))
                .as((above, more) ->
                        new Tier(above, more.filter(extra -> extra.signum() > 0).map(above::add)));
    }

    private static Arbitrary<Existence> existence() {
        return Combinators.combine(instant(), option(Arbitraries.longs().between(0, 10_000_000_000L)))
                .as((from, length) -> new Existence(from, length.map(from::plusMillis)));
    }

    /** What makes up a line, in three groups. */
    private record What(LineId id, long position, Instant postedAt, String sku, String category, String description) {}

    private record HowMuch(
            BigDecimal quantity,
            String unit,
            Option<Money> unitPrice,
            Ratio share,
            Option<Tier> tier,
            Basis basis,
            Option<Amount> price,
            Costs costs) {}

    private record Costs(Option<Money> tax, Option<Money> unitCost, Option<Money> cost) {}

    private record Where(
            Option<Period> period,
            Option<Existence> existence,
            Map<Dimension, Ref> places,
            Map<String, String> tags,
            Origin origin,
            Option<Settled> settled) {}

    @Provide
    Arbitrary<LineItem> lines() {
        Arbitrary<What> what = Combinators.combine(
                        id().map(LineId::new), Arbitraries.longs(), instant(), id(), id(), text())
                .as(What::new);
        Arbitrary<HowMuch> howMuch = Combinators.combine(
                        number(true),
                        text(),
                        option(money(true)),
                        ratio(),
                        option(tier()),
                        Arbitraries.of(Basis.class),
                        option(amount()),
                        Combinators.combine(option(money(true)), option(money(true)), option(money(true)))
                                .as(Costs::new))
                .as(HowMuch::new)
                .filter(much -> much.price.isDefined() || much.costs.cost.isDefined());
        Arbitrary<Where> where = Combinators.combine(
                        option(period()), option(existence()), places(), texts(), origin(), option(settled()))
                .as(Where::new);
        return Combinators.combine(what, howMuch, where).as(Generated::line);
    }

    private static LineItem line(What what, HowMuch much, Where where) {
        return new LineItem(
                what.id,
                what.position,
                what.postedAt,
                what.sku,
                what.category,
                what.description,
                much.quantity,
                much.unit,
                much.unitPrice,
                much.share,
                much.tier,
                much.basis,
                much.price,
                much.costs.tax,
                much.costs.unitCost,
                much.costs.cost,
                where.period,
                where.existence,
                where.places,
                where.tags,
                where.origin,
                where.settled);
    }

    private static Arbitrary<Criterion> criterion() {
        return Arbitraries.oneOf(
                text().map(Selection.InCategory::new),
                text().map(Selection.DescriptionContains::new),
                Combinators.combine(id().map(Dimension::new), text()).as(Selection.At::new),
                Arbitraries.of(Basis.class).map(Selection.OfBasis::new),
                set(text()).map(Selection.NotInCategories::new),
                set(id().map(LineId::new)).map(Selection.WithId::new),
                set(text()).map(Selection.WithExternalId::new),
                instant().map(Selection.ServedFrom::new),
                instant().map(Selection.ServedUntil::new),
                instant().map(Selection.PostedFrom::new),
                Arbitraries.of(new Selection.Charges(), new Selection.Credits()));
    }

    private static Arbitrary<FigureKey> figureKey() {
        return Combinators.combine(id(), option(Arbitraries.of(Basis.class)), Arbitraries.of(Side.class))
                .as(FigureKey::new);
    }

    private static Arbitrary<Figure> figure() {
        Arbitrary<Selection> selection =
                seq(criterion()).map(LinkedHashSet::ofAll).map(Selection::new);
        Arbitrary<Map<String, BigDecimal>> inputs =
                Arbitraries.maps(text(), number(true)).ofMaxSize(3).map(HashMap::ofAll);
        return Arbitraries.oneOf(
                Combinators.combine(selection, money(true)).as(Figure.Folded::new),
                Combinators.combine(id().map(Dimension::new), text(), Arbitraries.longs(), money(true))
                        .as((dimension, place, documents, sum) ->
                                new Figure.Summed(new Selection.At(dimension, place), documents, sum)),
                Combinators.combine(id(), seq(figureKey()), inputs, money(true)).as(Figure.Calculated::new),
                Combinators.combine(id(), money(true)).as(Figure.Declared::new));
    }

    @Provide
    Arbitrary<Figures> figures() {
        return Arbitraries.maps(figureKey(), figure())
                .ofMaxSize(4)
                .map(LinkedHashMap::ofAll)
                .map(Figures::new);
    }

    private static Arbitrary<Address> address() {
        return Combinators.combine(text(), text(), text(), text(), text(), text(), text())
                .as(Address::new);
    }

    private static Arbitrary<Map<String, Attribute>> attributes() {
        Arbitrary<Attribute> attribute = Arbitraries.oneOf(
                text().map(Attribute::of),
                number(true).map(Attribute::of),
                instant().map(Attribute::of),
                Arbitraries.of(true, false).map(Attribute::of));
        return Arbitraries.maps(id(), attribute).ofMaxSize(4).map(HashMap::ofAll);
    }

    /** A head, whose id and account are to be given. */
    @Provide
    Arbitrary<Head> heads() {
        Arbitrary<Customer> customer = Combinators.combine(
                        id(), text(), text(), instant(), option(address()), option(address()))
                .as(Customer::new);
        return Combinators.combine(
                        id(),
                        id().map(AccountId::new),
                        option(ref()),
                        option(period()),
                        Combinators.combine(places(), attributes()).as(Tuple2::new),
                        option(customer),
                        money(false),
                        instant())
                .as((profile, owner, subject, period, details, billedTo, money, createdAt) -> new Head(
                        new InvoiceId("invoice"),
                        profile,
                        Samples.ALICE,
                        owner,
                        subject,
                        period,
                        details._1,
                        billedTo,
                        money.currency(),
                        createdAt,
                        details._2));
    }

    /** A second standing, whose document is to be given. */
    @Provide
    Arbitrary<Standing> standings() {
        Arbitrary<Payment> payment = Combinators.combine(
                        id(),
                        Arbitraries.of(Payment.Status.class),
                        money(false),
                        money(false),
                        money(false),
                        money(false),
                        instant(),
                        instant())
                .as(Payment::new);
        Arbitrary<Refund> refund = Combinators.combine(
                        id(), money(false).filter(Money::isPositive), option(text()), instant())
                .as(Refund::new);
        Arbitrary<Shipment> shipment = Combinators.combine(text(), instant()).as(Shipment::new);
        Arbitrary<Tag> tag =
                Combinators.combine(Arbitraries.longs(), id(), text()).as(Tag::new);
        return Combinators.combine(
                        Arbitraries.of(InvoiceStatus.class),
                        seq(payment),
                        seq(refund),
                        option(shipment),
                        seq(tag),
                        instant())
                .as((status, payments, refunds, sent, tags, at) ->
                        new Standing(new InvoiceId("invoice"), 2, status, payments, refunds, sent, tags, at));
    }

    @Provide
    Arbitrary<Fact> facts() {
        Arbitrary<Rate> rate =
                Combinators.combine(version(), id(), id(), text(), rule()).as(Rate::new);
        Arbitrary<FactId> factId = id().map(FactId::new);
        return Arbitraries.oneOf(
                Combinators.combine(factId, rate, number(false), text(), places(), existence(), instant())
                        .as((id, agreed, quantity, description, places, existence, learned) -> new Lifetime(
                                id, Samples.ALICE, agreed, quantity, description, places, existence, learned)),
                Combinators.combine(factId, id(), number(true), instant(), places(), properties(), instant())
                        .as((id, meter, quantity, at, places, properties, learned) ->
                                new UsageRecord(id, Samples.ALICE, meter, quantity, at, places, properties, learned)));
    }
}
