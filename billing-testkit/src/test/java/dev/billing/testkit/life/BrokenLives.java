package dev.billing.testkit.life;

import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Outbox;
import dev.billing.port.Page;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import dev.billing.testkit.InMemoryPorts;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Storages that do what the one in memory does but for one defect, which shows in the course of a life. */
final class BrokenLives {

    private BrokenLives() {}

    /** By what they do wrong. */
    static Map<String, Supplier<Ports>> all() {
        return LinkedHashMap.<String, Supplier<Ports>>empty()
                .put("loses where the second of two documents stands", () -> committing(BrokenLives::withOneStanding))
                .put("forgets the answers to commands", BrokenLives::forgettingAnswers)
                .put("gives numbers again after a command was sent again", BrokenLives::numberingAgain)
                .put("applies half of a commit", () -> committing(BrokenLives::halved))
                .put("loses an event", BrokenLives::losingEvents)
                .put("keeps the figures of a draft as they were at first", BrokenLives::keepingFigures)
                .put("says that documents were issued later than they were", BrokenLives::issuingLater)
                .put("forgets when it stored where a document stands", () -> committing(BrokenLives::standingForEver));
    }

    private static Seq<Write> withOneStanding(Seq<Write> writes) {
        Option<Write> second =
                writes.filter(Write.Stand.class::isInstance).drop(1).headOption();
        return second.map(writes::remove).getOrElse(writes);
    }

    private static Seq<Write> halved(Seq<Write> writes) {
        return writes.exists(Write.Seal.class::isInstance) ? writes.take((writes.size() + 1) / 2) : writes;
    }

    private static Seq<Write> standingForEver(Seq<Write> writes) {
        return writes.map(write -> write instanceof Write.Stand stand ? new Write.Stand(atFirst(stand.next())) : write);
    }

    private static Standing atFirst(Standing next) {
        return new Standing(
                next.invoice(),
                next.version(),
                next.status(),
                next.payments(),
                next.refunds(),
                next.shipment(),
                next.tags(),
                Instant.EPOCH);
    }

    private static Ports keepingFigures() {
        java.util.Map<InvoiceId, Figures> first = new ConcurrentHashMap<>();
        return committing(writes -> writes.map(write -> write instanceof Write.Revise revise
                ? new Write.Revise(keeping(first, revise.next()), revise.lines(), revise.change())
                : write));
    }

    private static Invoice.Running keeping(java.util.Map<InvoiceId, Figures> first, Invoice.Running next) {
        Figures figures = first.computeIfAbsent(next.head().id(), any -> next.figures());
        return new Invoice.Running(next.head(), figures, next.revision(), next.asOf());
    }

    private static Ports forgettingAnswers() {
        AtomicLong number = new AtomicLong();
        return altering((name, arguments, sound) -> {
            if (name.equals("answer")) {
                return Option.<Answer>none();
            }
            if (name.equals("commit")) {
                Commit commit = (Commit) arguments[1];
                arguments[1] = new Commit(
                        new CommandKey(commit.key() + "/" + number.incrementAndGet()),
                        commit.content(),
                        commit.writes(),
                        commit.events());
            }
            return sound.call(arguments);
        });
    }

    private static Ports numberingAgain() {
        AtomicLong again = new AtomicLong();
        return altering((name, arguments, sound) -> {
            if (!name.equals("commit")) {
                Object found = sound.call(arguments);
                again.addAndGet(name.equals("answer") && ((Option<?>) found).isDefined() ? 1 : 0);
                return found;
            }
            Commit commit = (Commit) arguments[1];
            arguments[1] = with(
                    commit,
                    commit.writes()
                            .map(write -> write instanceof Write.Seal seal
                                    ? new Write.Seal(
                                            seal.draft(),
                                            seal.revision(),
                                            seal.series().map(series -> again(series, again.get())),
                                            seal.status())
                                    : write));
            return sound.call(arguments);
        });
    }

    private static Series again(Series series, long times) {
        return times == 0 ? series : new Series(series.scope() + " " + times, series.format(), series.gaps());
    }

    private static Ports issuingLater() {
        return altering((name, arguments, sound) -> {
            Object found = sound.call(arguments);
            return found instanceof Page<?> page && name.equals("search")
                    ? new Page<>(page.rows().map(stored -> later((Stored) stored)), page.total())
                    : found;
        });
    }

    private static Stored later(Stored stored) {
        return stored.invoice() instanceof Invoice.Issued issued
                ? new Stored(
                        new Invoice.Issued(
                                issued.head(),
                                issued.figures(),
                                issued.number(),
                                issued.issuedAt().plusSeconds(1),
                                issued.seal()),
                        stored.standing())
                : stored;
    }

    private static Ports losingEvents() {
        Ports sound = InMemoryPorts.create();
        Outbox losing = altered(Outbox.class, sound.outbox(), (name, arguments, method) -> {
            Object found = method.call(arguments);
            return name.equals("undelivered")
                    ? ((Seq<?>) found).filter(published -> ((Published) published).number() != 3)
                    : found;
        });
        return new Ports(
                sound.invoices(), sound.accounts(), losing, sound.usage(), sound.priceBooks(), sound.directory());
    }

    /**
     * Lets two threads that have planned from the same account both enter what they planned.
     *
     * @param planned is called before a change is stored
     */
    static Ports lettingStaleEntriesPass(Runnable planned) {
        return altering((name, arguments, sound) -> {
            if (name.equals("commit")) {
                planned.run();
                Commit commit = (Commit) arguments[1];
                arguments[1] = with(
                        commit,
                        commit.writes()
                                .map(write -> write instanceof Write.Enter enter
                                        ? new Write.Enter(enter.account(), Option.none(), enter.at(), enter.movements())
                                        : write));
            }
            return sound.call(arguments);
        });
    }

    // How they are made

    private static Ports committing(UnaryOperator<Seq<Write>> rewriting) {
        return altering((name, arguments, sound) -> {
            if (name.equals("commit")) {
                Commit commit = (Commit) arguments[1];
                arguments[1] = with(commit, rewriting.apply(commit.writes()));
            }
            return sound.call(arguments);
        });
    }

    private static Commit with(Commit commit, Seq<Write> writes) {
        return new Commit(commit.key(), commit.content(), writes, commit.events());
    }

    /** A method as it should be. */
    private interface Sound {
        Object call(Object[] arguments) throws Throwable;
    }

    /** What is done instead. */
    private interface Alteration {
        Object call(String method, Object[] arguments, Sound sound) throws Throwable;
    }

    private static Ports altering(Alteration alteration) {
        Ports sound = InMemoryPorts.create();
        return new Ports(
                altered(InvoiceStore.class, sound.invoices(), alteration),
                sound.accounts(),
                sound.outbox(),
                sound.usage(),
                sound.priceBooks(),
                sound.directory());
    }

    private static <T> T altered(Class<T> port, T sound, Alteration alteration) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> alteration.call(
                        method.isDefault() ? "" : method.getName(), arguments, given -> call(method, sound, given))));
    }

    private static Object call(Method method, Object sound, Object[] arguments) throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
