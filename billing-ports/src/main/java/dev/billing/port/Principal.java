package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Checks;
import io.vavr.collection.HashSet;
import io.vavr.collection.Set;
import io.vavr.control.Option;

/**
 * Who makes a request, and what they may see and do.
 *
 * @param account the caller's own account, where it has one
 */
public record Principal(String name, Option<AccountId> account, Access access, Set<Right> rights) {

    /** What a caller may do with what it sees. */
    public enum Right {
        READ,
        WRITE
    }

    public Principal {
        Checks.requireId(name, "Principal name");
        requireNonNull(account, "account");
        requireNonNull(access, "access");
        requireNonNull(rights, "rights");
    }

    /** A caller without an account of its own that may read whatever it sees. */
    public Principal(String name, Access access) {
        this(name, Option.none(), access, HashSet.of(Right.READ));
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }
}
