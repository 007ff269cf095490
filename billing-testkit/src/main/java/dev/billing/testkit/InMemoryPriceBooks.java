package dev.billing.testkit;

import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.port.PriceBooks;
import dev.billing.port.TenantId;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Price books in memory. */
public final class InMemoryPriceBooks implements PriceBooks {

    private static final Comparator<PriceBook> PRECEDENCE = Comparator.comparing(PriceBook::from)
            .thenComparing(book -> book.version().version())
            .thenComparing(book -> book.version().book());

    private record Key(TenantId tenant, PriceBookVersion version) {}

    private final ConcurrentMap<Key, PriceBook> books = new ConcurrentHashMap<>();

    @Override
    public Either<VersionReused, PriceBook> put(TenantId tenant, PriceBook book) {
        PriceBook known = books.computeIfAbsent(new Key(tenant, book.version()), key -> book);
        return known.equals(book) ? Either.right(known) : Either.left(new VersionReused(book.version()));
    }

    @Override
    public Option<PriceBook> inForce(TenantId tenant, Instant at) {
        return Option.ofOptional(books.entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant))
                .map(entry -> entry.getValue())
                .filter(book -> !book.from().isAfter(at))
                .max(PRECEDENCE));
    }
}
