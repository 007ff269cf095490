package dev.billing.testkit;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import dev.billing.port.Directory;
import dev.billing.port.Place;
import dev.billing.port.TenantId;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Places in memory. */
public final class InMemoryDirectory implements Directory {

    private final ConcurrentMap<TenantId, Seq<Place>> places = new ConcurrentHashMap<>();

    @Override
    public void put(TenantId tenant, Place place) {
        places.merge(
                tenant,
                Vector.of(place),
                (known, added) -> known.reject(old -> isSame(old, place)).appendAll(added));
    }

    @Override
    public Option<Ref> find(TenantId tenant, Dimension dimension, String nameOrId) {
        Seq<Ref> refs =
                of(tenant).filter(place -> place.dimension().equals(dimension)).map(Place::ref);
        return refs.find(ref -> ref.name().equals(nameOrId))
                .orElse(refs.find(ref -> ref.id().equalsIgnoreCase(nameOrId)));
    }

    @Override
    public Option<Instant> earliest(TenantId tenant, Dimension dimension, Option<Selection.At> at, Instant notAfter) {
        return of(tenant)
                .filter(place -> place.dimension().equals(dimension))
                .filter(place -> at.forAll(scope -> place.isAt(scope.dimension(), scope.placeId())))
                .map(Place::createdAt)
                .filter(created -> !created.isAfter(notAfter))
                .min();
    }

    private Seq<Place> of(TenantId tenant) {
        return places.getOrDefault(tenant, Vector.empty());
    }

    private static boolean isSame(Place one, Place other) {
        return one.dimension().equals(other.dimension())
                && one.ref().id().equals(other.ref().id());
    }
}
