package dev.billing.port;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * Knows the places of a tenant. An embedding service may implement this over its own tables; prove it by extending
 * {@code DirectoryContract} from the testkit.
 * <ol>
 *   <li>D1: A place that was put is found by its exact name, and by its id without regard to case; a name goes before an id.
 *   <li>D2: Putting a place with an id that is there replaces it, name included.
 *   <li>D3: {@code earliest} is the first creation, not after the instant given, of the places of a dimension that are at, or within, the
 *       given place.
 *   <li>D4: Nothing crosses a tenant.
 * </ol>
 * Implementations are safe for use by many threads. When the storage itself fails they throw {@link StorageException}.
 */
public interface Directory {

    void put(TenantId tenant, Place place);

    Option<Ref> find(TenantId tenant, Dimension dimension, String nameOrId);

    Option<Instant> earliest(TenantId tenant, Dimension dimension, Option<Selection.At> at, Instant notAfter);
}
