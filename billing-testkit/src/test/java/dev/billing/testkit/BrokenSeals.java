package dev.billing.testkit;

import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.Seal;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.line.LineItem;
import dev.billing.port.Access;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Invoice stores, each with one defect in what is final: numbers, seals and answers. */
final class BrokenSeals {

    private BrokenSeals() {}

    static Seq<Defect<InvoiceStore>> all() {
        return numbers().appendAll(seals()).appendAll(erasures()).appendAll(answers());
    }

    private static Seq<Defect<InvoiceStore>> numbers() {
        return Array.of(
                new Defect<>(
                        "forgets how numbers are written",
                        "S8",
                        () -> showing(number -> new InvoiceNumber(
                                new Series(
                                        number.series().scope(),
                                        NumberFormat.PLAIN,
                                        number.series().gaps()),
                                number.value()))),
                new Defect<>("counts each way of writing for itself", "S8", CountsFormatsApart::new),
                new Defect<>(
                        "gives numbers that allow gaps downwards",
                        "S21",
                        () -> showing(number -> number.series().gaps() == Series.Gaps.ALLOWED
                                ? new InvoiceNumber(number.series(), 1_000_000 - number.value())
                                : number)),
                new Defect<>(
                        "gives a number that allows gaps twice",
                        "S21",
                        () -> showing(number -> number.series().gaps() == Series.Gaps.ALLOWED
                                ? new InvoiceNumber(number.series(), (number.value() + 1) / 2)
                                : number)),
                new Defect<>("begins again where gaps are allowed", "S21", BeginsAgain::new),
                new Defect<>("tells other numbers than documents have", "S21", TellsOtherNumbers::new));
    }

    private static Seq<Defect<InvoiceStore>> seals() {
        return Array.of(
                new Defect<>("gives no seal", "S19", () -> sealing((issued, lines) -> Option.none())),
                new Defect<>("seals no lines", "S19", () -> sealing((issued, lines) -> seal(issued, Array.empty()))),
                new Defect<>(
                        "seals 1,000 lines at most",
                        "S19",
                        () -> sealing((issued, lines) -> seal(issued, lines.take(1_000)))),
                new Defect<>(
                        "seals lines by their ids",
                        "S19",
                        () -> sealing((issued, lines) ->
                                seal(issued, lines.sortBy(line -> line.id().value())))),
                new Defect<>(
                        "draws one salt for all",
                        "S19",
                        () -> sealing((issued, lines) -> issued.seal()
                                .map(seal -> new Seal(
                                        seal.content(),
                                        seal.addressee()
                                                .map(known -> new Seal.Addressee(
                                                        known.digest(),
                                                        known.salt().map(salt -> "one salt for all"),
                                                        known.replacement())))))),
                new Defect<>(
                        "seals again when a document is paid",
                        "S7 S19",
                        () -> giving(BrokenSeals::sealedByItsStanding)));
    }

    private static Seq<Defect<InvoiceStore>> erasures() {
        return Array.of(
                new Defect<>(
                        "erases nothing",
                        "S19",
                        () -> committing((store, commit) ->
                                writes(commit, commit.writes().reject(write -> isErasure(store, write))))),
                new Defect<>(
                        "shows nothing where it erased",
                        "S19",
                        () -> committing((store, commit) -> writes(
                                commit,
                                commit.writes()
                                        .map(write -> write instanceof Write.Erase erase
                                                ? new Write.Erase(erase.invoice(), Option.none())
                                                : write)))),
                new Defect<>("forgets the seal when it erases", "S19", ForgetsErasedSeals::new),
                new Defect<>("erases all documents of a customer", "S19", ErasesAll::new),
                new Defect<>("says yes to erasing what is running", "S19", SaysYesToErasing::new),
                new Defect<>(
                        "erases before it seals",
                        "S19",
                        () -> committing((store, commit) -> writes(commit, erasedFirst(commit.writes())))));
    }

    private static Seq<Defect<InvoiceStore>> answers() {
        return Array.of(
                new Defect<>("answers nothing", "S20", () -> answering((store, asked) -> Option.none())),
                new Defect<>(
                        "answers without events",
                        "S20",
                        () -> answering((store, asked) -> store.intact
                                .answer(asked._1, asked._2)
                                .map(answer -> new Answer(
                                        answer.content(),
                                        new Receipt(asked._2, answer.receipt().numbers()))))),
                new Defect<>(
                        "answers to other tenants",
                        "S20",
                        () -> answering((store, asked) -> store.intact
                                .answer(asked._1, asked._2)
                                .orElse(() -> store.intact.answer(InvoiceFixtures.TENANT, asked._2)))),
                new Defect<>(
                        "finds commands without regard to case",
                        "S20",
                        () -> answering((store, asked) -> store.intact
                                .answer(asked._1, asked._2)
                                .orElse(() -> store.intact.answer(
                                        asked._1,
                                        new CommandKey(asked._2.value().toLowerCase(Locale.ROOT)))))),
                new Defect<>("answers what was sent last", "S20", AnswersTheLast::new));
    }

    // Stores with something changed on the way in or out

    private static InvoiceStore committing(BiFunction<ForwardingInvoiceStore, Commit, Commit> rewriting) {
        return new ForwardingInvoiceStore() {
            @Override
            public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
                return super.commit(tenant, rewriting.apply(this, commit));
            }
        };
    }

    private static Commit writes(Commit commit, Seq<Write> writes) {
        return new Commit(commit.key(), commit.content(), writes, commit.events());
    }

    private static InvoiceStore answering(
            BiFunction<ForwardingInvoiceStore, Tuple2<TenantId, CommandKey>, Option<Answer>> answering) {
        return new ForwardingInvoiceStore() {
            @Override
            public Option<Answer> answer(TenantId tenant, CommandKey key) {
                return answering.apply(this, new Tuple2<>(tenant, key));
            }
        };
    }

    /** Shows documents otherwise than they are. */
    private static class Showing extends ForwardingInvoiceStore {

        Stored show(Access access, Stored stored) {
            return stored;
        }

        @Override
        public Option<Stored> find(Access access, InvoiceId id) {
            return super.find(access, id).map(stored -> show(access, stored));
        }

        @Override
        public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
            Page<Stored> found = super.search(access, query, order, page);
            return new Page<>(found.rows().map(stored -> show(access, stored)), found.total());
        }
    }

    private static InvoiceStore giving(UnaryOperator<Stored> rewriting) {
        return new Showing() {
            @Override
            Stored show(Access access, Stored stored) {
                return rewriting.apply(stored);
            }
        };
    }

    /** Other seals, from the documents and their lines. */
    private static InvoiceStore sealing(BiFunction<Invoice.Issued, Seq<LineItem>, Option<Seal>> sealing) {
        return new Showing() {
            @Override
            Stored show(Access access, Stored stored) {
                if (!(stored.invoice() instanceof Invoice.Issued issued)) {
                    return stored;
                }
                Seq<LineItem> lines =
                        linesOf(access, LineItemQuery.of(issued.head().id()));
                return sealed(stored, issued, sealing.apply(issued, lines));
            }
        };
    }

    private static Stored sealed(Stored stored, Invoice.Issued issued, Option<Seal> seal) {
        return new Stored(
                new Invoice.Issued(issued.head(), issued.figures(), issued.number(), issued.issuedAt(), seal),
                stored.standing());
    }

    private static Option<Seal> seal(Invoice.Issued issued, Seq<LineItem> lines) {
        Option<Seal.Addressee> addressee = issued.seal().flatMap(Seal::addressee);
        return Option.some(new Seal(
                Seal.of(
                                issued.head(),
                                issued.figures(),
                                issued.number(),
                                issued.issuedAt(),
                                lines.iterator(),
                                addressee.flatMap(Seal.Addressee::salt).getOrElse("none"))
                        .content(),
                addressee));
    }

    private static Stored sealedByItsStanding(Stored stored) {
        return stored.standing().version() > 1 && stored.invoice() instanceof Invoice.Issued issued
                ? sealed(
                        stored,
                        issued,
                        issued.seal()
                                .map(seal -> new Seal(
                                        seal.content() + stored.standing().version(), seal.addressee())))
                : stored;
    }

    /** Other numbers, in documents and receipts. */
    private static InvoiceStore showing(UnaryOperator<InvoiceNumber> rewriting) {
        return new Renumbered() {
            @Override
            InvoiceNumber shown(InvoiceNumber number) {
                return rewriting.apply(number);
            }
        };
    }

    private abstract static class Renumbered extends Showing {

        abstract InvoiceNumber shown(InvoiceNumber number);

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, commit).map(this::told);
        }

        @Override
        public Option<Answer> answer(TenantId tenant, CommandKey key) {
            return super.answer(tenant, key).map(answer -> new Answer(answer.content(), told(answer.receipt())));
        }

        Receipt told(Receipt receipt) {
            return new Receipt(receipt.key(), receipt.numbers().mapValues(this::shown), receipt.events());
        }

        @Override
        Stored show(Access access, Stored stored) {
            return stored.invoice() instanceof Invoice.Issued issued
                    ? new Stored(
                            new Invoice.Issued(
                                    issued.head(),
                                    issued.figures(),
                                    issued.number().map(this::shown),
                                    issued.issuedAt(),
                                    issued.seal()),
                            stored.standing())
                    : stored;
        }
    }

    /** Keeps a series under a scope of its own, where it is told to, and shows it as it was asked for. */
    private abstract static class Rescoped extends Renumbered {

        private static final String MARK = "#";

        abstract boolean isApart(Series series);

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, writes(commit, commit.writes().map(this::rescoped)));
        }

        private Write rescoped(Write write) {
            return write instanceof Write.Issue issue
                    ? new Write.Issue(
                            issue.draft(), issue.lines(), issue.series().map(this::rescoped), issue.status())
                    : write;
        }

        private Series rescoped(Series series) {
            return isApart(series)
                    ? new Series(series.scope() + MARK + series.format().digits(), series.format(), series.gaps())
                    : series;
        }

        @Override
        InvoiceNumber shown(InvoiceNumber number) {
            Series series = number.series();
            String scope = series.scope();
            return isApart(series)
                    ? new InvoiceNumber(
                            new Series(scope.substring(0, scope.lastIndexOf(MARK)), series.format(), series.gaps()),
                            number.value())
                    : number;
        }
    }

    private static final class CountsFormatsApart extends Rescoped {
        @Override
        boolean isApart(Series series) {
            return series.format().digits() == 5;
        }
    }

    private static final class BeginsAgain extends Rescoped {
        @Override
        boolean isApart(Series series) {
            return series.gaps() == Series.Gaps.ALLOWED;
        }
    }

    private static final class TellsOtherNumbers extends Renumbered {
        @Override
        InvoiceNumber shown(InvoiceNumber number) {
            return number;
        }

        @Override
        Receipt told(Receipt receipt) {
            return new Receipt(
                    receipt.key(),
                    receipt.numbers()
                            .mapValues(number -> number.series().gaps() == Series.Gaps.ALLOWED
                                    ? new InvoiceNumber(number.series(), number.value() + 1_000)
                                    : number),
                    receipt.events());
        }
    }

    // Stores that erase otherwise

    private static boolean isErasure(ForwardingInvoiceStore store, Write write) {
        return write instanceof Write.Erase erase
                && store.stored(InvoiceFixtures.TENANT, erase.invoice())
                        .exists(stored -> stored.invoice() instanceof Invoice.Issued);
    }

    private static Seq<Write> erasedFirst(Seq<Write> writes) {
        Seq<InvoiceId> issued = writes.filter(Write.Issue.class::isInstance).map(InvoiceFixtures::invoiceOf);
        Map<InvoiceId, Option<Customer>> erased = new HashMap<>();
        writes.filter(Write.Erase.class::isInstance)
                .map(Write.Erase.class::cast)
                .filter(erase -> issued.contains(erase.invoice()))
                .forEach(erase -> erased.put(erase.invoice(), erase.replacement()));
        return writes.reject(write -> write instanceof Write.Erase erase && erased.containsKey(erase.invoice()))
                .map(write -> write instanceof Write.Issue issue && erased.containsKey(issue.invoice())
                        ? new Write.Issue(
                                new Invoice.Preview(
                                        issue.draft().head().addressedTo(erased.get(issue.invoice())),
                                        issue.draft().figures(),
                                        issue.draft().asOf()),
                                issue.lines(),
                                issue.series(),
                                issue.status())
                        : write);
    }

    private static final class ForgetsErasedSeals extends Showing {

        private final Set<InvoiceId> erased = new HashSet<>();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, commit)
                    .peek(receipt -> commit.writes()
                            .filter(Write.Erase.class::isInstance)
                            .map(InvoiceFixtures::invoiceOf)
                            .forEach(erased::add));
        }

        @Override
        Stored show(Access access, Stored stored) {
            return stored.invoice() instanceof Invoice.Issued issued
                            && erased.contains(issued.head().id())
                    ? sealed(stored, issued, Option.none())
                    : stored;
        }
    }

    private static final class ErasesAll extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, commit)
                    .peek(receipt -> commit.writes()
                            .filter(Write.Erase.class::isInstance)
                            .map(Write.Erase.class::cast)
                            .forEach(erase -> super.search(
                                            Access.toAll(tenant),
                                            InvoiceQuery.ALL,
                                            PageRequest.first(PageRequest.MAX_SIZE))
                                    .rows()
                                    .map(Stored::invoice)
                                    .filter(Invoice.Issued.class::isInstance)
                                    .forEach(other -> super.commit(
                                            tenant,
                                            InvoiceFixtures.commit(
                                                    new Write.Erase(other.head().id(), erase.replacement()))))));
        }
    }

    private static final class SaysYesToErasing extends ForwardingInvoiceStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(
                    tenant,
                    writes(
                            commit,
                            commit.writes()
                                    .reject(write -> write instanceof Write.Erase erase
                                            && stored(tenant, erase.invoice())
                                                    .exists(stored -> stored.invoice() instanceof Invoice.Running))));
        }
    }

    private static final class AnswersTheLast extends ForwardingInvoiceStore {

        private final Map<Tuple2<TenantId, CommandKey>, String> contents = new HashMap<>();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            contents.put(
                    new Tuple2<>(tenant, commit.key()),
                    commit.content() + commit.writes().size());
            return super.commit(tenant, commit).peek(receipt -> contents.remove(new Tuple2<>(tenant, commit.key())));
        }

        @Override
        public synchronized Option<Answer> answer(TenantId tenant, CommandKey key) {
            return super.answer(tenant, key)
                    .map(answer -> new Answer(
                            contents.getOrDefault(new Tuple2<>(tenant, key), answer.content()), answer.receipt()));
        }
    }
}
