package dev.billing.testkit.life;

import dev.billing.domain.AccountId;
import dev.billing.port.Event;
import dev.billing.port.Outbox;
import dev.billing.port.Published;
import dev.billing.port.TenantId;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;

/** Takes events from an outbox now and then, and knows which ones have to come. */
final class Deliveries {

    private final Outbox outbox;
    private final TenantId tenant;
    private Map<AccountId, Seq<Event>> expected = HashMap.empty();
    private Map<AccountId, Seq<Published>> delivered = HashMap.empty();
    private Seq<Published> all = Vector.empty();

    Deliveries(Outbox outbox, TenantId tenant) {
        this.outbox = outbox;
        this.tenant = tenant;
    }

    /** These happened. */
    void expect(Seq<Event> events) {
        events.forEach(event -> expected = expected.put(
                event.account(),
                expected.getOrElse(event.account(), Vector.empty()).append(event)));
    }

    /** Takes some events; says how many there were. */
    int deliver(int max) {
        Seq<Published> some = LifeRun.persistently(() -> outbox.undelivered(tenant, max));
        all = all.appendAll(some);
        some.forEach(one -> delivered = delivered.put(
                one.event().account(),
                delivered.getOrElse(one.event().account(), Vector.empty()).append(one)));
        Map<AccountId, Long> last = some.foldLeft(
                LinkedHashMap.empty(), (marks, one) -> marks.put(one.event().account(), one.number()));
        last.forEach((account, upTo) -> LifeRun.persistently(() -> {
            outbox.delivered(tenant, account, upTo);
            return upTo;
        }));
        return some.size();
    }

    Seq<Published> all() {
        return all;
    }

    /** All that happened was delivered once, in order and numbered without a gap, and nothing else. */
    void check() {
        Map<AccountId, Seq<Published>> should =
                expected.mapValues(events -> events.zipWithIndex((event, index) -> new Published(event, index + 1L)));
        for (AccountId account : should.keySet().addAll(delivered.keySet())) {
            Seq<Published> happened = should.getOrElse(account, Vector.empty());
            Seq<Published> came = delivered.getOrElse(account, Vector.empty());
            if (!happened.equals(came)) {
                int same = happened.zip(came)
                        .takeWhile(pair -> pair._1.equals(pair._2))
                        .size();
                throw new AssertionError("Events of " + account + " should go on with "
                        + happened.drop(same).headOption() + " after " + same + ", but go on with "
                        + came.drop(same).headOption());
            }
        }
    }
}
