package dev.billing.testkit.life;

import dev.billing.domain.AccountId;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.TenantId;
import dev.billing.usecase.Command;
import io.vavr.control.Option;

/**
 * A command that somebody sends under a key.
 *
 * @param only the one account that the sender may see; none if it is all
 */
record Deed(CommandKey key, Option<AccountId> only, Command command) {

    Access access(TenantId tenant) {
        return only.map(account -> Access.to(tenant, account)).getOrElse(() -> Access.toAll(tenant));
    }

    boolean sees(String account) {
        return only.forAll(own -> own.value().equals(account));
    }

    /** Whether it asks for the same, by the same sender. */
    boolean asksLike(Deed other) {
        return only.equals(other.only) && command.equals(other.command);
    }
}
