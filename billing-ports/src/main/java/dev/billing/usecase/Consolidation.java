package dev.billing.usecase;

import dev.billing.domain.AccountId;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;

/** Finds the accounts whose lines are on the documents of another one. */
interface Consolidation {

    /** By asking the store for each. */
    Consolidation LOOKED_UP = (planning, account) ->
            new Payers(planning.ports().accounts(), planning.access().tenant()).consolidatedIn(account);

    /** For many that were looked up together. */
    static Consolidation of(Map<AccountId, ? extends Seq<AccountId>> members) {
        return (planning, account) ->
                members.get(account).<Seq<AccountId>>map(found -> found).getOrElse(Vector.empty());
    }

    Seq<AccountId> members(Planning planning, AccountId account);
}
