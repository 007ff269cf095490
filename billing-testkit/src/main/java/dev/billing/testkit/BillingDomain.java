package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.NumberFormat;
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
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.usage.Ending;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Event;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Teaches jqwik the types of the domain: put {@code @Domain(BillingDomain.class)} on your properties, and
 * {@code @Domain(DomainContext.Global.class)} beside it if they also take numbers or texts.
 * <p>
 * It leans towards what breaks billing: currencies of 0, 2, 3 and 4 decimals, fractions of a cent, ties, 34 digits, the edges of
 * months, things that never lasted, parts that are missing, and texts with quotes, wildcards, combining and supplementary characters.
 * Places, categories and accounts come from small pools, so that values meet.
 */
public final class BillingDomain extends DomainContextBase {

    private static final Seq<String> FRAGMENTS = Array.of(
            "a",
            "A",
            "b",
            "B",
            "0",
            " ",
            "%",
            "_",
            "\\",
            "'",
            "\"",
            "$1",
            "{0}",
            "?",
            ":x",
            ";",
            "--",
            "/",
            "&",
            "<",
            "null",
            "\u00e9",
            "e\u0301",
            "\u00df",
            "\u0130",
            "\u4e2d",
            "\u05d0",
            "\ud83d\ude00");

    @Provide
    public Arbitrary<CurrencyUnit> currencies() {
        return Arbitraries.of("USD", "JPY", "KWD", "CLF").map(Monetary::getCurrency);
    }

    @Provide
    public Arbitrary<Money> money() {
        return Combinators.combine(currencies(), decimals()).as(Money::of);
    }

    @Provide
    public Arbitrary<Ratio> ratios() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, ratios(31, 28, 31)),
                Tuple.of(3, ratios(2_682_000_000L, 2_419_200_000L, 2_682_000_000L)),
                Tuple.of(1, ratios(Long.MAX_VALUE, 1, Long.MAX_VALUE)),
                Tuple.of(1, Arbitraries.of(Ratio.ZERO, Ratio.ONE, Ratio.of(14, 28))));
    }

    @Provide
    public Arbitrary<Rounding> roundings() {
        Arbitrary<RoundingMode> modes = Arbitraries.of(RoundingMode.class);
        return Arbitraries.oneOf(
                modes.map(Rounding::toMinorUnit),
                Combinators.combine(Arbitraries.integers().between(0, 20), modes)
                        .as(Rounding::toDecimals));
    }

    /** Months in UTC, parts of them, and spans that cross their edges; in milliseconds. */
    @Provide
    public Arbitrary<Period> periods() {
        Arbitrary<Period> months = months().map(month -> Period.ofMonth(month, ZoneOffset.UTC));
        Arbitrary<Period> spans = Combinators.combine(instants(), lengths().filter(length -> length > 0))
                .as(BillingDomain::span);
        return Arbitraries.oneOf(months, spans);
    }

    /** Things that last, ended, or never lasted; in milliseconds. */
    @Provide
    public Arbitrary<Existence> existences() {
        return Arbitraries.oneOf(
                instants().map(Existence::since),
                Combinators.combine(instants(), lengths())
                        .as((from, length) -> Existence.between(from, from.plusMillis(length))));
    }

    @Provide
    public Arbitrary<AccountId> accounts() {
        return Arbitraries.of("alice", "Alice", "bob", "\u00e4ccount %_'").map(AccountId::new);
    }

    @Provide
    public Arbitrary<Dimension> dimensions() {
        return Arbitraries.of("organization", "space", "app").map(Dimension::new);
    }

    @Provide
    public Arbitrary<PricingRule> pricingRules() {
        Arbitrary<Money> prices = money().map(price -> price.isNegative() ? price.negated() : price);
        return Arbitraries.oneOf(prices.map(PerUnit::new), prices.map(Flat::new));
    }

    @Provide
    public Arbitrary<Rate> rates() {
        return Combinators.combine(versions(), ids(), categories(), texts(), pricingRules())
                .as(Rate::new);
    }

    @Provide
    public Arbitrary<Derivation> derivations() {
        return Combinators.combine(
                        versions(),
                        pricingRules(),
                        quantities().map(Measure::of),
                        Arbitraries.of("EXACT_TIME", "CALENDAR_DAYS"),
                        ratios(),
                        roundings())
                .as((source, rule, measure, policy, share, rounding) ->
                        new Derivation(source, rule, measure, policy, share, rounding));
    }

    /** Lines with and without each part that a line may lack, rated and provided, priced and costed. */
    @Provide
    public Arbitrary<LineItem> lines() {
        Arbitrary<LineItem.Builder> start = Combinators.combine(ids(), ids(), categories(), instants(), origins())
                .as((id, sku, category, postedAt, origin) ->
                        LineItem.builder(new LineId(id), sku, category, postedAt, origin));
        return Combinators.combine(start, lineParts())
                .as((builder, parts) -> Array.ofAll(parts)
                        .foldLeft(builder, (line, part) -> part.apply(line))
                        .build());
    }

    @Provide
    public Arbitrary<Lifetime> lifetimes() {
        return Combinators.combine(
                        factIds(), accounts(), rates(), quantities(), texts(), places(), existences(), instants())
                .as(Lifetime::new);
    }

    @Provide
    public Arbitrary<UsageRecord> usage() {
        return Combinators.combine(
                        factIds(),
                        accounts(),
                        ids(),
                        decimals(),
                        instants(),
                        places(),
                        mapOf(ids(), texts()),
                        instants())
                .as(UsageRecord::new);
    }

    @Provide
    public Arbitrary<Ending> endings() {
        return Combinators.combine(factIds(), accounts(), factIds(), instants(), instants())
                .as(Ending::new);
    }

    @Provide
    public Arbitrary<Selection> selections() {
        return criteria().list().ofMaxSize(3).map(criteria -> new Selection(LinkedHashSet.ofAll(criteria)));
    }

    @Provide
    public Arbitrary<Figures> figures() {
        Arbitrary<FigureKey> keys = Combinators.combine(
                        Arbitraries.of("total", "Total", "tax", "%"),
                        optional(Arbitraries.of(Basis.class)),
                        Arbitraries.of(Side.class))
                .as(FigureKey::new);
        Arbitrary<Figure> folded = Combinators.combine(selections(), money()).as(Figure.Folded::new);
        Arbitrary<Figure> declared = Combinators.combine(ids(), money()).as(Figure.Declared::new);
        Arbitrary<Figure> calculated = Combinators.combine(ids(), seqOf(keys, 4), mapOf(texts(), decimals()), money())
                .as(Figure.Calculated::new);
        Arbitrary<Figure> summed = Combinators.combine(
                        dimensions(), ids(), Arbitraries.longs().greaterOrEqual(0), money())
                .as((dimension, place, documents, sum) ->
                        new Figure.Summed(new Selection.At(dimension, place), documents, sum));
        return Combinators.combine(keys, Arbitraries.oneOf(folded, declared, calculated, summed))
                .as(Tuple2::new)
                .list()
                .ofMaxSize(5)
                .map(figures ->
                        Array.ofAll(figures).foldLeft(Figures.NONE, (all, figure) -> all.with(figure._1, figure._2)));
    }

    @Provide
    public Arbitrary<Attribute> attributes() {
        return Arbitraries.oneOf(
                texts().map(Attribute::of),
                decimals().map(Attribute::of),
                instants().map(Attribute::of),
                Arbitraries.of(true, false).map(Attribute::of));
    }

    @Provide
    public Arbitrary<Head> heads() {
        Arbitrary<UnaryOperator<Head>> people = Combinators.combine(
                        accounts(), accounts(), optional(customers()), mapOf(ids(), attributes()))
                .as((account, owner, billedTo, attributes) -> head -> new Head(
                        head.id(),
                        head.profile(),
                        account,
                        owner,
                        head.subject(),
                        head.period(),
                        head.places(),
                        billedTo,
                        head.currency(),
                        head.createdAt(),
                        attributes));
        return Combinators.combine(
                        ids(), ids(), optional(refs()), optional(periods()), places(), currencies(), instants(), people)
                .as((id, profile, subject, period, places, currency, createdAt, with) -> with.apply(new Head(
                        new InvoiceId(id),
                        profile,
                        new AccountId("replaced"),
                        new AccountId("replaced"),
                        subject,
                        period,
                        places,
                        Option.none(),
                        currency,
                        createdAt)));
    }

    @Provide
    public Arbitrary<Invoice.Preview> previews() {
        return Combinators.combine(heads(), figures(), instants()).as(Invoice.Preview::new);
    }

    @Provide
    public Arbitrary<Invoice.Running> running() {
        return Combinators.combine(heads(), figures(), Arbitraries.longs().between(1, 5), instants())
                .as(Invoice.Running::new);
    }

    @Provide
    public Arbitrary<Invoice.Issued> issued() {
        Arbitrary<InvoiceNumber> numbers = Combinators.combine(
                        series(), Arbitraries.longs().between(1, Long.MAX_VALUE))
                .as(InvoiceNumber::new);
        return Combinators.combine(heads(), figures(), optional(numbers), instants())
                .as(Invoice.Issued::new);
    }

    @Provide
    public Arbitrary<Series> series() {
        Arbitrary<NumberFormat> formats = Combinators.combine(
                        texts(), Arbitraries.integers().between(1, 19))
                .as(NumberFormat::new);
        return Combinators.combine(ids(), formats, Arbitraries.of(Series.Gaps.class))
                .as(Series::new);
    }

    @Provide
    public Arbitrary<Standing> standings() {
        Arbitrary<Money> positive = money().filter(amount -> !amount.isZero())
                .map(amount -> amount.isNegative() ? amount.negated() : amount);
        Arbitrary<Payment> payments = Combinators.combine(
                        ids(),
                        Arbitraries.of(Payment.Status.class),
                        positive,
                        positive,
                        positive,
                        positive,
                        instants(),
                        instants())
                .as(Payment::new);
        Arbitrary<Refund> refunds = Combinators.combine(ids(), positive, optional(texts()), instants())
                .as(Refund::new);
        Arbitrary<Shipment> shipments = Combinators.combine(texts(), instants()).as(Shipment::new);
        Arbitrary<Tag> tags =
                Combinators.combine(Arbitraries.longs(), ids(), texts()).as(Tag::new);
        return Combinators.combine(
                        ids().map(InvoiceId::new),
                        Arbitraries.longs().between(1, 5),
                        Arbitraries.of(InvoiceStatus.class),
                        seqOf(payments, 3),
                        seqOf(refunds, 3),
                        optional(shipments),
                        seqOf(tags, 3),
                        instants())
                .as(Standing::new);
    }

    /** Everything that can happen to an account, in no order that makes sense. */
    @Provide
    public Arbitrary<Movement> movements() {
        Arbitrary<Money> positive = money().filter(amount -> !amount.isZero())
                .map(amount -> amount.isNegative() ? amount.negated() : amount);
        Arbitrary<InvoiceId> documents = ids().map(InvoiceId::new);
        Arbitrary<Source> sources =
                Combinators.combine(Arbitraries.of(Source.Kind.class), ids()).as(Source::new);
        Arbitrary<Option<String>> reasons = optional(texts());
        return Arbitraries.oneOf(Array.<Arbitrary<? extends Movement>>of(
                        Combinators.combine(documents, positive).as(Movement.Charged::new),
                        Combinators.combine(sources, positive).as(Movement.Received::new),
                        Combinators.combine(ids(), documents, positive, reasons).as(Movement.Failed::new),
                        Combinators.combine(sources, documents, positive).as(Movement.Allocated::new),
                        Combinators.combine(sources, documents, positive).as(Movement.Released::new),
                        Combinators.combine(
                                        sources, ids(), Arbitraries.of(Movement.Returned.Kind.class), positive, reasons)
                                .as(Movement.Returned::new),
                        Combinators.combine(documents, Arbitraries.of(Movement.Waived.Kind.class), positive, reasons)
                                .as(Movement.Waived::new),
                        Combinators.combine(documents, positive).as(Movement.Reinstated::new),
                        grants().map(Movement.Granted::new),
                        Combinators.combine(ids(), documents, positive).as(Movement.Drawn::new),
                        Combinators.combine(texts(), texts()).as(Movement.Parked::new),
                        texts().map(Movement.Resumed::new))
                .asJava());
    }

    private Arbitrary<CreditGrant> grants() {
        Arbitrary<Scope> scopes = Arbitraries.oneOf(
                Arbitraries.just(Scope.DOCUMENT),
                setOf(ids(), 3).filter(names -> !names.isEmpty()).map(Scope.Skus::new),
                setOf(ids(), 3).filter(names -> !names.isEmpty()).map(Scope.Categories::new));
        return Combinators.combine(
                        ids(),
                        money().map(amount -> amount.isNegative() ? amount.negated() : amount),
                        Arbitraries.integers(),
                        instants(),
                        optional(instants()),
                        scopes,
                        Arbitraries.of(CreditGrant.Stage.class))
                .as(CreditGrant::new);
    }

    /** Entries, each with a number of its own choice. */
    @Provide
    public Arbitrary<Entry> entries() {
        return Combinators.combine(Arbitraries.longs().between(1, 20), instants(), movements())
                .as(Entry::new);
    }

    /** Who accounts are; none pays for itself. */
    @Provide
    public Arbitrary<AccountDetails> accountDetails() {
        Arbitrary<AccountDetails.Contact> contacts =
                Combinators.combine(texts(), texts(), texts()).as(AccountDetails.Contact::new);
        Arbitrary<AccountDetails.Payer> payers = Combinators.combine(
                        ids().map(id -> new AccountId("payer " + id)), Arbitraries.of(AccountDetails.Payer.Mode.class))
                .as(AccountDetails.Payer::new);
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "Europe/Berlin", "Z", "UTC", "+05:45", "America/Argentina/Buenos_Aires")
                .map(ZoneId::of);
        Arbitrary<Function<AccountDetails, AccountDetails>> people = Combinators.combine(
                        optional(customers()),
                        seqOf(contacts, 3),
                        seqOf(taxIds(), 3),
                        optional(payers),
                        places(),
                        mapOf(ids(), attributes()))
                .as((customer, talkedTo, known, payer, places, attributes) -> details -> new AccountDetails(
                        details.account(),
                        details.version(),
                        customer,
                        talkedTo,
                        known,
                        details.zone(),
                        details.currency(),
                        payer,
                        places,
                        attributes,
                        details.updatedAt()));
        return Combinators.combine(
                        accounts(),
                        Arbitraries.longs().between(1, 5),
                        optional(zones),
                        optional(currencies()),
                        instants(),
                        people)
                .as((account, version, zone, currency, at, of) -> of.apply(new AccountDetails(
                        account,
                        version,
                        Option.none(),
                        Array.empty(),
                        Array.empty(),
                        zone,
                        currency,
                        Option.none(),
                        at)));
    }

    @Provide
    public Arbitrary<Event> events() {
        return Combinators.combine(ids(), accounts(), ids(), instants(), mapOf(texts(), texts()))
                .as(Event::new);
    }

    /** Decimals: cents, whole numbers, ties between cents, 19 decimals, 34 digits. */
    Arbitrary<BigDecimal> decimals() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, scaled(100_000_000, 2)),
                Tuple.of(2, scaled(1_000_000, 0)),
                Tuple.of(3, scaled(100_000, 2).map(cents -> cents.add(new BigDecimal("0.005")))),
                Tuple.of(3, scaled(Long.MAX_VALUE, 19)),
                Tuple.of(2, longDecimals()),
                Tuple.of(1, scaled(1_000, -3)),
                Tuple.of(
                        2,
                        Arbitraries.of("0", "0.00", "1.10", "0.0014002692168963457", "-0.1")
                                .map(BigDecimal::new)));
    }

    Arbitrary<BigDecimal> quantities() {
        return decimals().map(BigDecimal::abs);
    }

    /** Any instants in milliseconds, and more often the edges of months and what is a millisecond beside them. */
    Arbitrary<Instant> instants() {
        Arbitrary<Instant> edges = Combinators.combine(months(), Arbitraries.of(-1, 0, 0, 1))
                .as((month, beside) ->
                        month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis(beside));
        Arbitrary<Instant> any = Arbitraries.longs()
                .between(-1_000_000_000_000L, 2_000_000_000_000L)
                .map(Instant::ofEpochMilli);
        return Arbitraries.frequencyOf(Tuple.of(2, edges), Tuple.of(1, any));
    }

    /** Texts, possibly empty. */
    Arbitrary<String> texts() {
        return Arbitraries.of(FRAGMENTS.asJava()).list().ofMaxSize(6).map(parts -> String.join("", parts));
    }

    /** Texts that identify something. */
    Arbitrary<String> ids() {
        return texts().filter(text -> !text.isBlank());
    }

    Arbitrary<Map<Dimension, Ref>> places() {
        return mapOf(dimensions(), refs());
    }

    private Arbitrary<FactId> factIds() {
        return ids().map(FactId::new);
    }

    private Arbitrary<String> categories() {
        return Arbitraries.of("compute", "Compute", "addon", "dyno");
    }

    private Arbitrary<Ref> refs() {
        return Combinators.combine(
                        Arbitraries.of("app", "organization"),
                        Arbitraries.of("1", "a", "A", "%", "\u00e9"),
                        Arbitraries.of("", "a", "renamed", "\ud83d\ude00 '_\\"))
                .as(Ref::new);
    }

    private Arbitrary<PriceBookVersion> versions() {
        return Combinators.combine(
                        Arbitraries.of("main", "Main", "b\u00f6\u00f6k '"),
                        Arbitraries.integers().between(1, 12))
                .as(PriceBookVersion::new);
    }

    private Arbitrary<Customer> customers() {
        return Combinators.combine(
                        ids(),
                        texts(),
                        texts(),
                        instants(),
                        optional(addresses()),
                        optional(addresses()),
                        seqOf(taxIds(), 2))
                .as(Customer::new);
    }

    private Arbitrary<TaxId> taxIds() {
        return Combinators.combine(ids(), ids()).as(TaxId::new);
    }

    private Arbitrary<Address> addresses() {
        return Combinators.combine(texts(), texts(), texts(), texts(), texts(), texts(), texts())
                .as(Address::new);
    }

    private Arbitrary<Selection.Criterion> criteria() {
        return Arbitraries.oneOf(
                categories().map(Selection.InCategory::new),
                Arbitraries.of("", "a", "A", "%", "_", "\\").map(Selection.DescriptionContains::new),
                Combinators.combine(dimensions(), refs()).as((dimension, ref) -> new Selection.At(dimension, ref.id())),
                Arbitraries.of(Basis.class).map(Selection.OfBasis::new),
                setOf(categories(), 2).map(Selection.NotInCategories::new),
                setOf(ids().map(LineId::new), 2).map(Selection.WithId::new),
                setOf(texts(), 2).map(Selection.WithExternalId::new),
                instants().map(Selection.ServedFrom::new),
                instants().map(Selection.ServedUntil::new),
                instants().map(Selection.PostedFrom::new),
                Arbitraries.of(new Selection.Charges(), new Selection.Credits()));
    }

    private Arbitrary<Origin> origins() {
        return Arbitraries.oneOf(
                derivations().map(Origin.Rated::new),
                Combinators.combine(
                                texts(), mapOf(texts(), texts()), optional(texts().map(text -> text + "\r\n\t" + text)))
                        .as(Origin.Provided::new));
    }

    private Arbitrary<List<UnaryOperator<LineItem.Builder>>> lineParts() {
        Arbitrary<UnaryOperator<LineItem.Builder>> quantity =
                Combinators.combine(decimals(), texts()).as((number, unit) -> line -> line.quantity(number, unit));
        return Combinators.combine(Array.of(
                                Arbitraries.longs()
                                        .between(0, 3)
                                        .<UnaryOperator<LineItem.Builder>>map(at -> line -> line.position(at)),
                                texts().<UnaryOperator<LineItem.Builder>>map(text -> line -> line.description(text)),
                                quantity,
                                optional(money())
                                        .<UnaryOperator<LineItem.Builder>>map(price -> line -> line.unitPrice(price)),
                                ratios().<UnaryOperator<LineItem.Builder>>map(share -> line -> line.share(share)),
                                perhaps(tiers().map(tier -> line -> line.tier(tier))),
                                perhaps(money().map(tax -> line -> line.tax(tax))),
                                perhaps(money().map(cost -> line -> line.unitCost(cost))),
                                Arbitraries.of(Basis.class)
                                        .<UnaryOperator<LineItem.Builder>>map(basis -> line -> line.basis(basis)),
                                amounts(),
                                perhaps(periods().map(period -> line -> line.period(period))),
                                perhaps(existences().map(existence -> line -> line.existence(existence))),
                                places().<UnaryOperator<LineItem.Builder>>map(places -> line -> line.places(places)),
                                mapOf(texts(), texts())
                                        .<UnaryOperator<LineItem.Builder>>map(tags -> line -> line.tags(tags)))
                        .asJava())
                .as(parts -> parts);
    }

    /** A price, a cost, or both; the cost may be of another currency. */
    private Arbitrary<UnaryOperator<LineItem.Builder>> amounts() {
        Arbitrary<Amount> prices = Combinators.combine(
                        currencies(),
                        decimals(),
                        Arbitraries.oneOf(Arbitraries.just(BigDecimal.ZERO), quantities()),
                        optional(quantities()))
                .as((currency, gross, discount, percent) ->
                        new Amount(Money.of(currency, gross), Money.of(currency, discount), percent));
        return Arbitraries.oneOf(
                prices.map(price -> line -> line.price(price)),
                money().map(cost -> line -> line.cost(cost)),
                Combinators.combine(prices, money())
                        .as((price, cost) -> line -> line.price(price).cost(cost)));
    }

    private Arbitrary<Tier> tiers() {
        return Arbitraries.oneOf(
                decimals().map(above -> new Tier(above, Option.none())),
                Combinators.combine(decimals(), quantities().filter(width -> width.signum() > 0))
                        .as((above, width) -> new Tier(above, Option.some(above.add(width)))));
    }

    private static Arbitrary<YearMonth> months() {
        return Arbitraries.integers()
                .between(0, 24)
                .map(n -> YearMonth.of(2023, 1).plusMonths(n));
    }

    /** Milliseconds: none, one, days and months, give or take a little. */
    private static Arbitrary<Long> lengths() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, 999L, 1_000L, 86_400_000L, 2_678_400_000L),
                Arbitraries.longs().between(0, 10_000_000_000L));
    }

    private static Period span(Instant start, long length) {
        return Period.of(start, start.plusMillis(length));
    }

    private static Arbitrary<Ratio> ratios(long max, long minOf, long maxOf) {
        return Combinators.combine(
                        Arbitraries.longs().between(0, max), Arbitraries.longs().between(minOf, maxOf))
                .as(Ratio::of);
    }

    private static Arbitrary<BigDecimal> scaled(long max, int scale) {
        return Arbitraries.longs().between(-max, max).map(unscaled -> BigDecimal.valueOf(unscaled, scale));
    }

    private static Arbitrary<BigDecimal> longDecimals() {
        BigInteger max = BigInteger.TEN.pow(34).subtract(BigInteger.ONE);
        return Combinators.combine(
                        Arbitraries.bigIntegers().between(max.negate(), max),
                        Arbitraries.integers().between(0, 34))
                .as(BigDecimal::new);
    }

    private static <T> Arbitrary<Option<T>> optional(Arbitrary<T> values) {
        return Arbitraries.oneOf(Arbitraries.just(Option.none()), values.map(Option::some));
    }

    private static Arbitrary<UnaryOperator<LineItem.Builder>> perhaps(
            Arbitrary<UnaryOperator<LineItem.Builder>> parts) {
        return Arbitraries.oneOf(Arbitraries.just(line -> line), parts);
    }

    private static <T> Arbitrary<Seq<T>> seqOf(Arbitrary<T> values, int max) {
        return values.list().ofMaxSize(max).map(Array::ofAll);
    }

    private static <T> Arbitrary<Set<T>> setOf(Arbitrary<T> values, int max) {
        return values.list().ofMaxSize(max).map(LinkedHashSet::ofAll);
    }

    private static <K, V> Arbitrary<Map<K, V>> mapOf(Arbitrary<K> keys, Arbitrary<V> values) {
        return Combinators.combine(keys, values)
                .as(Tuple2::new)
                .list()
                .ofMaxSize(3)
                .map(HashMap::ofEntries);
    }
}
