package dev.billing.testkit;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.port.Access;
import dev.billing.port.Directory;
import dev.billing.port.Place;
import dev.billing.port.PriceBooks;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import dev.billing.port.TenantId;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Price books, directories and principals, each with one defect that somebody might make. */
final class BrokenPorts {

    private BrokenPorts() {}

    static Seq<Defect<PriceBooks>> priceBooks() {
        return Array.of(
                new Defect<>("rounds to cents", "B1", () -> giving(BrokenPorts::rounded)),
                new Defect<>("forgets which meter a product prices", "B1", () -> giving(BrokenPorts::withoutMeters)),
                new Defect<>("forgets minimums", "B1", () -> giving(book -> book.with(Array.empty(), book.limits()))),
                new Defect<>(
                        "forgets maximums", "B1", () -> giving(book -> book.with(book.commitments(), Array.empty()))),
                new Defect<>(
                        "takes every maximum for one of the document",
                        "B1",
                        () -> giving(book -> book.with(
                                book.commitments(),
                                book.limits()
                                        .map(limit -> new SpendLimit(
                                                limit.id(), Scope.DOCUMENT, limit.category(), limit.maximum()))))),
                new Defect<>("forgets meters", "B1", () -> giving(book -> with(book, meters -> HashMap.empty()))),
                new Defect<>(
                        "keeps the meters that products name",
                        "B1",
                        () -> giving(book -> with(
                                book,
                                meters -> meters.filterKeys(name -> book.products()
                                        .values()
                                        .flatMap(Product::meters)
                                        .contains(name))))),
                new Defect<>(
                        "forgets filters",
                        "B1",
                        () -> giving(book -> with(
                                book,
                                meters -> meters.mapValues(meter -> new Meter(
                                        meter.name(),
                                        meter.counts(),
                                        meter.aggregation(),
                                        Array.empty(),
                                        meter.groupBy(),
                                        meter.rounding(),
                                        meter.allowsNegative()))))),
                new Defect<>(
                        "sorts what is grouped by",
                        "B1",
                        () -> giving(book -> with(
                                book,
                                meters -> meters.mapValues(meter ->
                                        meter.by(meter.groupBy().sorted().toJavaArray(String[]::new)))))),
                new Defect<>("lets no book without products hold", "B1", () -> new Books() {
                    @Override
                    public Option<PriceBook> inForce(TenantId tenant, Instant at) {
                        return super.inForce(tenant, at)
                                .filter(book -> !book.products().isEmpty());
                    }
                }),
                new Defect<>(
                        "keeps 1,000 products at most",
                        "B1",
                        () -> giving(book -> new PriceBook(
                                book.version(),
                                book.currency(),
                                book.from(),
                                book.products().take(1_000),
                                book.meters(),
                                book.commitments(),
                                book.limits()))),
                new Defect<>("refuses the same book again", "B2", RefusesTheSame::new),
                new Defect<>("accepts another book and keeps the first", "B2", KeepsTheFirst::new),
                new Defect<>("accepts another book and forgets the first", "B2", KeepsTheLast::new),
                new Defect<>("takes names that differ by case for one", "B2", TakesNamesForOne::new),
                new Defect<>(
                        "lets a book hold after its start",
                        "B3",
                        () -> holding((books, at) -> inForce(
                                books,
                                at.minusMillis(1),
                                ofStart().thenComparing(version()).thenComparing(name())))),
                new Defect<>(
                        "lets the first of equal starts hold",
                        "B3",
                        () -> holding((books, at) -> inForce(
                                books,
                                at,
                                ofStart().thenComparing(version().reversed()).thenComparing(name())))),
                new Defect<>(
                        "lets the name go before the version",
                        "B3",
                        () -> holding((books, at) -> inForce(
                                books, at, ofStart().thenComparing(name()).thenComparing(version())))),
                new Defect<>(
                        "orders names without regard to case",
                        "B3",
                        () -> holding((books, at) -> inForce(
                                books,
                                at,
                                ofStart()
                                        .thenComparing(version())
                                        .thenComparing(book -> book.version().book(), String.CASE_INSENSITIVE_ORDER)))),
                new Defect<>(
                        "lets a version hold before its start",
                        "B3",
                        () -> holding((books, at) -> inForce(
                                books,
                                Instant.MAX,
                                ofStart().thenComparing(version()).thenComparing(name())))),
                new Defect<>("gives an empty book where there is none", "B3", () -> new Books() {
                    @Override
                    public Option<PriceBook> inForce(TenantId tenant, Instant at) {
                        return super.inForce(tenant, at)
                                .orElse(() -> Option.when(
                                        tenant.equals(InvoiceFixtures.TENANT),
                                        () -> PriceBook.of(
                                                new PriceBookVersion("empty", 1),
                                                InvoiceFixtures.USD,
                                                at,
                                                Array.empty())));
                    }
                }),
                new Defect<>("takes tenants that differ by case for one", "B4", TakesTenantsForOne::new));
    }

    static Seq<Defect<Directory>> directories() {
        return Array.of(
                new Defect<>(
                        "finds names without regard to case",
                        "D1",
                        () -> finding((all, name) -> all.find(ref -> ref.name().equalsIgnoreCase(name))
                                .orElse(all.find(ref -> ref.id().equalsIgnoreCase(name))))),
                new Defect<>(
                        "finds ids of one case",
                        "D1",
                        () -> finding((all, name) -> all.find(ref -> ref.name().equals(name))
                                .orElse(all.find(ref -> ref.id().equals(name))))),
                new Defect<>(
                        "lets an id go before a name",
                        "D1",
                        () -> finding((all, name) -> all.find(ref -> ref.id().equalsIgnoreCase(name))
                                .orElse(all.find(ref -> ref.name().equals(name))))),
                new Defect<>(
                        "finds parts of names",
                        "D1",
                        () -> finding((all, name) -> all.find(ref -> ref.name().equals(name))
                                .orElse(all.find(ref -> ref.id().equalsIgnoreCase(name)))
                                .orElse(all.find(
                                        ref -> !name.isEmpty() && ref.name().startsWith(name))))),
                new Defect<>("finds places of any dimension", "D1", () -> new Places() {
                    @Override
                    public Option<Ref> find(TenantId tenant, Dimension dimension, String nameOrId) {
                        return super.find(tenant, dimension, nameOrId)
                                .orElse(() -> of(tenant)
                                        .map(Place::ref)
                                        .find(ref -> ref.name().equals(nameOrId)));
                    }
                }),
                new Defect<>("takes an empty name for the id", "D1", () -> new Places() {
                    @Override
                    public Option<Ref> find(TenantId tenant, Dimension dimension, String nameOrId) {
                        return super.find(tenant, dimension, nameOrId)
                                .map(ref -> ref.name().isEmpty() ? Ref.named(ref.type(), ref.id()) : ref);
                    }
                }),
                new Defect<>("keeps a place as it was first", "D2", () -> new Places() {
                    @Override
                    public void put(TenantId tenant, Place place) {
                        if (!of(tenant).exists(known -> isSame(known, place))) {
                            super.put(tenant, place);
                        }
                    }
                }),
                new Defect<>("keeps a place under its old name too", "D2", () -> new Places() {
                    @Override
                    void remove(TenantId tenant, Place place) {}
                }),
                new Defect<>("replaces places of other dimensions", "D2", () -> new Places() {
                    @Override
                    boolean isSame(Place one, Place other) {
                        return one.ref().id().equals(other.ref().id());
                    }
                }),
                new Defect<>(
                        "counts places created later",
                        "D3",
                        () -> counting(places -> places, asked -> Instant.MAX, asked -> asked)),
                new Defect<>(
                        "counts places anywhere",
                        "D3",
                        () -> counting(places -> places, at -> at, at -> Option.none())),
                new Defect<>("counts places of any dimension", "D3", () -> new Places() {
                    @Override
                    public Option<Instant> earliest(
                            TenantId tenant, Dimension dimension, Option<Selection.At> at, Instant notAfter) {
                        return of(tenant)
                                .map(Place::dimension)
                                .distinct()
                                .flatMap(any -> super.earliest(tenant, any, at, notAfter))
                                .min();
                    }
                }),
                new Defect<>(
                        "counts nothing within a place",
                        "D3",
                        () -> counting(
                                places -> places.map(place -> new Place(
                                        place.dimension(),
                                        place.ref(),
                                        io.vavr.collection.HashMap.empty(),
                                        place.createdAt())),
                                at -> at,
                                at -> at)),
                new Defect<>("takes tenants that differ by case for one", "D4", () -> new Places() {
                    @Override
                    TenantId key(TenantId tenant) {
                        return new TenantId(tenant.value().toLowerCase(Locale.ROOT));
                    }
                }));
    }

    /** Makes the principals that know one token; told whether it has expired. */
    interface Knowing {
        Principals of(String token, Principal principal, boolean expired);
    }

    static Seq<Defect<Knowing>> principals() {
        return Array.of(
                new Defect<>(
                        "compares without regard to case",
                        "A1",
                        () -> (token, principal, expired) ->
                                given -> Option.when(!expired && given.equalsIgnoreCase(token), principal)),
                new Defect<>(
                        "compares the beginning",
                        "A1",
                        () -> (token, principal, expired) -> given ->
                                Option.when(!expired && !given.isBlank() && token.startsWith(given), principal)),
                new Defect<>(
                        "lets a principal see all accounts",
                        "A1",
                        () -> (token, principal, expired) -> given -> Option.when(
                                !expired && given.equals(token),
                                new Principal(
                                        principal.name(),
                                        Access.toAll(principal.access().tenant())))),
                new Defect<>(
                        "lets an empty token in",
                        "A2",
                        () -> (token, principal, expired) ->
                                given -> Option.when(!expired && (given.isBlank() || given.equals(token)), principal)),
                new Defect<>(
                        "lets a query be injected",
                        "A2",
                        () -> (token, principal, expired) -> given ->
                                Option.when(!expired && (given.equals(token) || given.contains("or 1=1")), principal)),
                new Defect<>(
                        "lets an expired token in",
                        "A2",
                        () -> (token, principal, expired) -> given -> Option.when(given.equals(token), principal)));
    }

    private static PriceBooks giving(UnaryOperator<PriceBook> rewriting) {
        return new Books() {
            @Override
            public Option<PriceBook> inForce(TenantId tenant, Instant at) {
                return super.inForce(tenant, at).map(rewriting);
            }
        };
    }

    private static PriceBooks holding(BiFunction<Seq<PriceBook>, Instant, Option<PriceBook>> choice) {
        return new Books() {
            @Override
            public Option<PriceBook> inForce(TenantId tenant, Instant at) {
                return choice.apply(put.filter(book -> book._1.equals(tenant)).map(Tuple2::_2), at);
            }
        };
    }

    private static Option<PriceBook> inForce(Seq<PriceBook> books, Instant at, Comparator<PriceBook> precedence) {
        return books.filter(book -> !book.from().isAfter(at)).maxBy(precedence);
    }

    private static Comparator<PriceBook> ofStart() {
        return Comparator.comparing(PriceBook::from);
    }

    private static Comparator<PriceBook> version() {
        return Comparator.comparing(book -> book.version().version());
    }

    private static Comparator<PriceBook> name() {
        return Comparator.comparing(book -> book.version().book());
    }

    private static PriceBook rounded(PriceBook book) {
        return new PriceBook(
                book.version(),
                book.currency(),
                book.from(),
                book.products()
                        .mapValues(product -> new Product(
                                product.sku(),
                                product.category(),
                                product.unit(),
                                rounded(product.rule()),
                                product.meter())),
                book.meters(),
                book.commitments(),
                book.limits());
    }

    private static PricingRule rounded(PricingRule rule) {
        return rule.unitPrice()
                .map(price -> (PricingRule) new PerUnit(toCents(price)))
                .getOrElse(rule);
    }

    private static Money toCents(Money amount) {
        return amount.rounded(Rounding.toMinorUnit(RoundingMode.HALF_UP));
    }

    private static PriceBook withoutMeters(PriceBook book) {
        return new PriceBook(
                book.version(),
                book.currency(),
                book.from(),
                book.products()
                        .mapValues(product -> new Product(
                                product.sku(), product.category(), product.unit(), product.rule(), Option.none())),
                book.meters(),
                book.commitments(),
                book.limits());
    }

    private static PriceBook with(PriceBook book, UnaryOperator<Map<String, Meter>> meters) {
        return new PriceBook(
                book.version(),
                book.currency(),
                book.from(),
                book.products(),
                meters.apply(book.meters()),
                book.commitments(),
                book.limits());
    }

    /** Does what the price books in memory do; what overrides a method breaks a rule. */
    private static class Books implements PriceBooks {
        final PriceBooks intact = new InMemoryPriceBooks();
        Seq<Tuple2<TenantId, PriceBook>> put = Array.empty();

        @Override
        public synchronized Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book) {
            return intact.put(tenant, book).peek(known -> put = put.append(new Tuple2<>(tenant, book)));
        }

        @Override
        public Option<PriceBook> inForce(TenantId tenant, Instant at) {
            return intact.inForce(tenant, at);
        }
    }

    private static final class RefusesTheSame extends Books {
        @Override
        public synchronized Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book) {
            return put.exists(known -> known._1.equals(tenant) && known._2.equals(book))
                    ? Either.left(new VersionReused(book.version()))
                    : super.put(tenant, book);
        }
    }

    private static final class KeepsTheFirst extends Books {
        @Override
        public synchronized Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book) {
            return Either.right(super.put(tenant, book).getOrElse(book));
        }
    }

    private static final class KeepsTheLast extends Books {
        private Seq<Tuple2<TenantId, PriceBook>> last = Array.empty();

        @Override
        public synchronized Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book) {
            last = last.prepend(new Tuple2<>(tenant, book));
            return Either.right(super.put(tenant, book).getOrElse(book));
        }

        @Override
        public Option<PriceBook> inForce(TenantId tenant, Instant at) {
            return super.inForce(tenant, at)
                    .map(known -> last.find(book ->
                                    book._1.equals(tenant) && book._2.version().equals(known.version()))
                            .map(Tuple2::_2)
                            .getOrElse(known));
        }
    }

    private static final class TakesNamesForOne extends Books {
        @Override
        public synchronized Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book) {
            return put.exists(known -> known._1.equals(tenant)
                            && !known._2.version().equals(book.version())
                            && known._2
                                    .version()
                                    .toString()
                                    .equalsIgnoreCase(book.version().toString()))
                    ? Either.left(new VersionReused(book.version()))
                    : super.put(tenant, book);
        }
    }

    private static final class TakesTenantsForOne extends Books {
        @Override
        public synchronized Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book) {
            return super.put(new TenantId(tenant.value().toLowerCase(Locale.ROOT)), book);
        }
    }

    private static Directory finding(BiFunction<Seq<Ref>, String, Option<Ref>> choice) {
        return new Places() {
            @Override
            public Option<Ref> find(TenantId tenant, Dimension dimension, String nameOrId) {
                return choice.apply(
                        of(tenant)
                                .filter(place -> place.dimension().equals(dimension))
                                .map(Place::ref),
                        nameOrId);
            }
        };
    }

    private static Directory counting(
            UnaryOperator<Seq<Place>> seen, UnaryOperator<Instant> notAfter, UnaryOperator<Option<Selection.At>> at) {
        return new Places() {
            @Override
            public Option<Instant> earliest(
                    TenantId tenant, Dimension dimension, Option<Selection.At> askedAt, Instant askedNotAfter) {
                Directory known = new InMemoryDirectory();
                seen.apply(of(tenant)).forEach(place -> known.put(tenant, place));
                return known.earliest(tenant, dimension, at.apply(askedAt), notAfter.apply(askedNotAfter));
            }
        };
    }

    /** Does what a directory does, in the simplest way; what overrides a method breaks a rule. */
    private static class Places implements Directory {
        private Seq<Tuple2<TenantId, Place>> places = Array.empty();

        @Override
        public void put(TenantId tenant, Place place) {
            remove(tenant, place);
            places = places.append(new Tuple2<>(key(tenant), place));
        }

        void remove(TenantId tenant, Place place) {
            places = places.reject(known -> known._1.equals(key(tenant)) && isSame(known._2, place));
        }

        boolean isSame(Place one, Place other) {
            return one.dimension().equals(other.dimension())
                    && one.ref().id().equals(other.ref().id());
        }

        TenantId key(TenantId tenant) {
            return tenant;
        }

        Seq<Place> of(TenantId tenant) {
            return places.filter(place -> place._1.equals(key(tenant))).map(Tuple2::_2);
        }

        @Override
        public Option<Ref> find(TenantId tenant, Dimension dimension, String nameOrId) {
            Seq<Ref> refs = of(tenant)
                    .filter(place -> place.dimension().equals(dimension))
                    .map(Place::ref);
            return refs.find(ref -> ref.name().equals(nameOrId))
                    .orElse(refs.find(ref -> ref.id().equalsIgnoreCase(nameOrId)));
        }

        @Override
        public Option<Instant> earliest(
                TenantId tenant, Dimension dimension, Option<Selection.At> at, Instant notAfter) {
            return of(tenant)
                    .filter(place -> place.dimension().equals(dimension)
                            && !place.createdAt().isAfter(notAfter))
                    .filter(place -> at.forAll(scope -> place.isAt(scope.dimension(), scope.placeId())))
                    .map(Place::createdAt)
                    .min();
        }
    }
}
