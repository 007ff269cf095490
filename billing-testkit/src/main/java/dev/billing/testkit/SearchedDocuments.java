package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.OTHER_TENANT;
import static dev.billing.testkit.InvoiceFixtures.TENANT;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.port.Commit;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/**
 * More than a hundred documents that are alike enough for queries to find some of them, and what a store must find after they were committed:
 * the documents and their lines. They are the same at each run.
 */
final class SearchedDocuments {

    static final int COUNT = 120;

    /** Texts that differ by case, that look like patterns, and that UTF-16 orders otherwise than code points. */
    static final Seq<String> TEXTS = Array.of(
            "a",
            "A",
            "b",
            "alpha",
            "Alpha",
            "ALPHA",
            "%",
            "_",
            "\\",
            "a%b",
            "a_b",
            "axb",
            "'",
            "stra\u00dfe",
            "STRASSE",
            "\u0130x",
            "\u0131x",
            "ix",
            "IX",
            "\u00e9",
            "\u00c9",
            "e\u0301",
            "\u03c2",
            "\u03a3",
            "\u03c3",
            "\uff61",
            "\ud83d\ude00",
            "\ud83d\ude00a",
            "\ud801\udc00",
            "\ud801\udc28");

    /** Identities; numbers among them are ordered by their values. */
    static final Seq<String> IDS =
            Array.of("1", "2", "9", "10", "11", "100", "x", "X", "x_", "x%", "\uff61", "\ud83d\ude00");

    static final Seq<AccountId> ACCOUNTS = Array.of(
                    "alice", "Alice", "bob", "\u00e4ccount %_'", "\ud83d\ude00", "10", "9")
            .map(AccountId::new);

    static final Seq<String> PROFILES = Array.of("spaces", "Spaces", "atlas");
    static final Seq<String> TYPES = Array.of("app", "App", "instance");

    static final Seq<Dimension> DIMENSIONS = Array.of("organization", "app").map(Dimension::new);

    static final Seq<String> ATTRIBUTES = Array.of("state", "State", "size");

    static final Seq<Attribute> VALUES = Array.of("2", "10", "0.001", "-7", "12345678901234567890.123456789")
            .<Attribute>map(number -> Attribute.of(new BigDecimal(number)))
            .appendAll(TEXTS.take(8).append("").append("2").map(Attribute::of))
            .append(Attribute.of(true))
            .append(Attribute.of(false))
            .appendAll(Array.range(1, 4)
                    .map(month -> Attribute.of(InvoiceFixtures.month(month).start())));

    static final Seq<FigureKey> FIGURES = Array.of(
            FigureKey.price("total"),
            new FigureKey("total", Option.none(), Side.COST),
            FigureKey.price("total", Basis.ACTUAL),
            FigureKey.cost("total", Basis.ACTUAL),
            FigureKey.price("Total"),
            FigureKey.cost("tax", Basis.ESTIMATED));

    static final Seq<String> TAGS = Array.of("team", "Team", "%");
    static final Seq<String> CATEGORIES = Array.of("compute", "Compute", "tax", "\ud83d\ude00");
    static final Seq<String> PROVIDED = Array.of("name", "Name");

    /** Instants around which everything happens: the edges of months, and a millisecond beside them. */
    static final Seq<Instant> INSTANTS = Array.range(1, 5)
            .map(month -> YearMonth.of(2024, month)
                    .atDay(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant())
            .flatMap(edge -> Array.of(edge.minusMillis(1), edge, edge.plusMillis(1)));

    private static final Seq<CurrencyUnit> CURRENCIES =
            Array.of("USD", "JPY", "KWD").map(Monetary::getCurrency);

    private static final Seq<String> AMOUNTS =
            Array.of("0", "1.1", "1.10", "-2", "10", "9", "0.0014002692168963457", "-0.1", "100000000000000000000.5");

    private static final Seq<Series> SERIES = Array.of("series", "Series").map(Series::new);

    private final Random random;
    private final java.util.Map<Series, Long> numbers = new java.util.HashMap<>();
    private final List<Write> writes = new ArrayList<>();
    private final List<Stored> documents = new ArrayList<>();
    private final java.util.Map<InvoiceId, Seq<LineItem>> lines = new java.util.HashMap<>();

    private SearchedDocuments(Random random) {
        this.random = random;
    }

    /**
     * What a store must find.
     *
     * @param lines those of all documents
     */
    record Known(Seq<Stored> documents, Map<InvoiceId, Seq<LineItem>> lines) {}

    /** Commits the documents, and others to another tenant. */
    static Known commitTo(InvoiceStore store) {
        commit(store, OTHER_TENANT, new Random(1));
        SearchedDocuments made = commit(store, TENANT, new Random(2));
        Seq<Stored> sealed = Array.ofAll(made.documents).map(document -> sealed(store, document));
        return new Known(sealed, HashMap.ofAll(made.lines));
    }

    /** With the seal that the store gave it: seals are not what is searched for. */
    private static Stored sealed(InvoiceStore store, Stored document) {
        return store.find(InvoiceFixtures.ALL, document.invoice().head().id())
                .map(Stored::invoice)
                .filter(Invoice.Issued.class::isInstance)
                .flatMap(found -> ((Invoice.Issued) found).seal())
                .map(seal -> new Stored(((Invoice.Issued) document.invoice()).sealed(seal), document.standing()))
                .getOrElse(document);
    }

    private static SearchedDocuments commit(InvoiceStore store, TenantId tenant, Random random) {
        SearchedDocuments documents = new SearchedDocuments(random);
        for (int n = 0; n < COUNT; n++) {
            documents.add(n);
        }
        Array.ofAll(documents.writes)
                .grouped(100)
                .forEach(some -> store.commit(tenant, new Commit(InvoiceFixtures.newKey(), "content", some))
                        .getOrElseThrow(refused -> new AssertionError(refused.toString())));
        return documents;
    }

    private void add(int n) {
        InvoiceId id = new InvoiceId(one(Array.of("", "", "doc-", "Doc-", "\uff61", "\ud83d\ude00")) + n);
        Seq<LineItem> added = lines();
        Stored stored = switch (n % 4) {
            case 0 -> issue(head(id), added);
            case 1 -> reviseOnce(head(id), added);
            case 2 -> reviseTwice(head(id), added);
            default -> seal(head(id), added);
        };
        documents.add(chance(3) ? stood(stored) : stored);
        lines.put(id, added);
    }

    private Stored issue(Head head, Seq<LineItem> added) {
        Invoice.Preview draft = new Invoice.Preview(head, figures(), instant());
        Option<Series> series = option(() -> one(SERIES));
        InvoiceStatus status = status();
        writes.add(new Write.Issue(draft, added, series, status));
        return new Stored(issued(draft, series), Standing.initial(head.id(), status, draft.asOf()));
    }

    private Stored reviseOnce(Head head, Seq<LineItem> added) {
        Invoice.Running first = new Invoice.Running(head, figures(), 1, instant());
        writes.add(new Write.Revise(first, added, Change.ADD_LINES));
        return new Stored(first, Standing.initial(head.id(), InvoiceStatus.PENDING, head.createdAt()));
    }

    /** What the first revision said is not to be found. */
    private Stored reviseTwice(Head head, Seq<LineItem> added) {
        Stored first = reviseOnce(head(head.id()), lines());
        Invoice.Running second = new Invoice.Running(head, figures(), 2, instant());
        writes.add(new Write.Revise(second, added, Change.REPLACE_LINES));
        return new Stored(second, first.standing());
    }

    private Stored seal(Head head, Seq<LineItem> added) {
        Stored running = reviseOnce(head(head.id()), added);
        Invoice.Preview draft = new Invoice.Preview(head, figures(), instant());
        Option<Series> series = option(() -> one(SERIES));
        InvoiceStatus status = status();
        writes.add(new Write.Seal(draft, 1, series, status));
        return new Stored(issued(draft, series), running.standing().becoming(status, draft.asOf()));
    }

    private Invoice.Issued issued(Invoice.Preview draft, Option<Series> series) {
        Option<InvoiceNumber> number =
                series.map(drawn -> new InvoiceNumber(drawn, numbers.merge(drawn, 1L, Long::sum)));
        return new Invoice.Issued(draft.head(), draft.figures(), number, draft.asOf());
    }

    private Stored stood(Stored stored) {
        Seq<Tag> tags = Array.range(0, random.nextInt(3)).map(n -> new Tag(n, one(TAGS), one(TEXTS)));
        Standing next = stored.standing().tagged(tags, instant());
        writes.add(new Write.Stand(next));
        return new Stored(stored.invoice(), next);
    }

    private Head head(InvoiceId id) {
        return new Head(
                id,
                one(PROFILES),
                one(ACCOUNTS),
                one(ACCOUNTS),
                option(() -> new Ref(one(TYPES), one(IDS), one(TEXTS))),
                option(this::period),
                places(),
                Option.none(),
                one(CURRENCIES),
                instant(),
                attributes());
    }

    private Period period() {
        Instant start = instant();
        return one(Array.of(
                InvoiceFixtures.month(1 + random.nextInt(4)),
                Period.of(start, start.plusMillis(1)),
                Period.of(start, start.plusSeconds(86_400L * (1 + random.nextInt(40))))));
    }

    private Map<Dimension, Ref> places() {
        return HashMap.ofEntries(DIMENSIONS
                .filter(dimension -> chance(2))
                .map(dimension -> new Tuple2<>(dimension, new Ref(one(TYPES), one(IDS), one(TEXTS)))));
    }

    private Map<String, Attribute> attributes() {
        return HashMap.ofEntries(ATTRIBUTES.filter(name -> chance(2)).map(name -> new Tuple2<>(name, one(VALUES))));
    }

    private Figures figures() {
        return FIGURES.filter(key -> chance(2))
                .foldLeft(Figures.NONE, (all, key) -> all.with(key, new Figure.Folded(Selection.ALL, money())));
    }

    private Seq<LineItem> lines() {
        return Array.range(0, random.nextInt(6))
                .map(n -> one(IDS.take(4).append("\uff61").append("\ud83d\ude00")) + n % 2)
                .distinct()
                .map(id -> line(new LineId(id)));
    }

    private LineItem line(LineId id) {
        LineItem.Builder line = LineItem.builder(id, one(TEXTS), one(CATEGORIES), instant(), origin())
                .position(random.nextInt(3))
                .description(one(TEXTS))
                .quantity(new BigDecimal(one(AMOUNTS)), "unit")
                .basis(one(Array.of(Basis.values())))
                .unitPrice(option(this::money))
                .places(places());
        option(this::money).forEach(line::tax);
        option(this::money).forEach(line::unitCost);
        option(this::period).forEach(line::period);
        return withAmounts(line).build();
    }

    private LineItem.Builder withAmounts(LineItem.Builder line) {
        if (chance(3)) {
            return line.cost(money());
        }
        option(this::money).forEach(line::cost);
        Money gross = money();
        return line.price(
                new Amount(gross, Money.of(gross.currency(), BigDecimal.valueOf(random.nextInt(2))), Option.none()));
    }

    private Origin origin() {
        if (chance(4)) {
            return new Origin.Rated(InvoiceFixtures.derivation());
        }
        Map<String, String> texts =
                HashMap.ofEntries(PROVIDED.filter(name -> chance(2)).map(name -> new Tuple2<>(name, one(TEXTS))));
        return new Origin.Provided(
                one(IDS),
                chance(3) ? texts.put(Origin.Provided.UNIT_COST, one(Array.of("0.5", "hour"))) : texts,
                option(() -> "raw"));
    }

    private Money money() {
        return Money.of(one(CURRENCIES), new BigDecimal(one(AMOUNTS)));
    }

    private InvoiceStatus status() {
        return one(Array.of(InvoiceStatus.values()));
    }

    private Instant instant() {
        return one(INSTANTS);
    }

    private boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> Option<T> option(java.util.function.Supplier<T> value) {
        return Option.when(random.nextInt(4) > 0, value);
    }

    private <T> T one(Seq<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
