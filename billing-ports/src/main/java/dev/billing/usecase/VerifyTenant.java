package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Account;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Seal;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.usecase.Verification.Finding;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.money.CurrencyUnit;

/**
 * Checks everything of a tenant that is final: every document against its seal, its figures against its lines, numbers for gaps, and what
 * accounts were charged against what is due. It changes nothing, and holds a page of documents at a time, and what is due of each account.
 * <p>
 * Figures are checked of documents whose profile is known, and seals of all. What cannot even be read is reported like everything else; only
 * a storage that fails altogether ends it.
 */
public final class VerifyTenant {

    private static final int PAGE = 200;

    private final Ports ports;
    private final Seq<Profile> profiles;

    /**
     * Verification over these ports.
     *
     * @param profiles those whose figures are checked, by their names
     */
    public VerifyTenant(Ports ports, Seq<Profile> profiles) {
        this.ports = requireNonNull(ports, "ports");
        this.profiles = requireNonNull(profiles, "profiles");
    }

    /** How far it is. */
    public record Progress(long read, long documents) {}

    /** Checks a tenant. */
    public Verification run(TenantId tenant) {
        return run(tenant, progress -> {});
    }

    /**
     * Checks a tenant.
     *
     * @param progress is told after each page of documents
     */
    public Verification run(TenantId tenant, Consumer<Progress> progress) {
        return new Run(tenant, progress).all();
    }

    /** Checks one document that is known to be there: what is wrong with it alone. */
    public Seq<Finding> document(TenantId tenant, InvoiceId id) {
        return new Run(tenant, progress -> {}).one(id);
    }

    /** Checks one account. */
    public Seq<Finding> account(TenantId tenant, AccountId id) {
        return new Run(tenant, progress -> {}).one(id);
    }

    /** One pass over a tenant. */
    private final class Run {

        private final TenantId tenant;
        private final Access access;
        private final Consumer<Progress> progress;
        private final IssuedNumbers numbers = new IssuedNumbers();
        /** What final documents ask of each account, and what of that it was charged. */
        private final java.util.Map<AccountId, Map<CurrencyUnit, Money>> due = new HashMap<>();

        private final java.util.Map<AccountId, Map<CurrencyUnit, Money>> charged = new HashMap<>();
        private Seq<Finding> findings = Vector.empty();
        private Set<InvoiceId> lastPage = HashSet.empty();
        private long documents;
        private long lines;
        private long erased;
        private long accounts;

        Run(TenantId tenant, Consumer<Progress> progress) {
            this.tenant = tenant;
            this.access = Access.toAll(tenant);
            this.progress = progress;
        }

        Verification all() {
            readDocuments();
            numbers.gaps().forEach(this::found);
            readAccounts();
            uncharged();
            ports.invoices()
                    .problems(tenant)
                    .forEach(problem -> found(new Verification.Inconsistent(Option.none(), problem)));
            return new Verification(documents, lines, erased, accounts, findings);
        }

        Seq<Finding> one(InvoiceId id) {
            reading(Option.some(id), () -> ports.invoices().find(access, id))
                    .forEach(stored -> stored.peek(this::check)
                            .onEmpty(() -> found(new Verification.Unreadable(Option.some(id), "it is not there"))));
            return findings;
        }

        Seq<Finding> one(AccountId id) {
            check(id);
            return findings;
        }

        private void found(Finding finding) {
            findings = findings.append(finding);
        }

        /** After a page that cannot be read its documents are read one by one, up to the one that it is because of. */
        private void readDocuments() {
            // reads no document, so that it fails only if all would
            long total = ports.invoices()
                    .search(access, InvoiceQuery.ALL, PageRequest.first(0))
                    .total();
            long offset = 0;
            int size = PAGE;
            while (true) {
                Option<Page<Stored>> page = page(offset, size);
                if (page.isDefined()) {
                    check(page.get());
                    offset += page.get().rows().size();
                    progress.accept(new Progress(offset, page.get().total()));
                    if (page.get().rows().isEmpty()) {
                        return;
                    }
                } else if (size > 1) {
                    size = 1;
                } else {
                    size = PAGE;
                    offset++;
                    if (offset >= total) {
                        return;
                    }
                }
            }
        }

        private Option<Page<Stored>> page(long offset, int size) {
            Supplier<Page<Stored>> page = () -> ports.invoices()
                    .search(access, InvoiceQuery.ALL, InvoiceOrder.BY_PERIOD, new PageRequest(offset, size));
            return size > 1 ? attempt(page).toOption() : reading(Option.none(), page);
        }

        /** A document that is created meanwhile moves those behind it; none is checked twice. */
        private void check(Page<Stored> page) {
            Seq<Stored> rows = page.rows();
            rows.filter(stored -> !lastPage.contains(stored.invoice().head().id()))
                    .forEach(this::check);
            lastPage = rows.map(stored -> stored.invoice().head().id()).toSet();
        }

        private void check(Stored stored) {
            InvoiceId id = stored.invoice().head().id();
            if (stored.invoice() instanceof Invoice.Issued issued) {
                documents++;
                reading(Option.some(id), () -> checkIssued(issued));
                issued.number()
                        .filter(number -> !numbers.add(number))
                        .forEach(number -> found(
                                new Verification.DuplicateNumber(number.series().scope(), number.value(), id)));
            }
            reading(Option.some(id), () -> ports.invoices().problems(tenant, id))
                    .forEach(problems -> problems.forEach(
                            problem -> found(new Verification.Inconsistent(Option.some(id), problem))));
        }

        private boolean checkIssued(Invoice.Issued issued) {
            InvoiceId id = issued.head().id();
            Option<Seal> seal = issued.seal();
            if (seal.isEmpty()) {
                found(new Verification.Unsealed(id));
            } else if (!read(id, each -> seal.get().isOf(issued, counted(each)))) {
                found(new Verification.BrokenSeal(id));
            }
            seal.flatMap(Seal::addressee)
                    .filter(addressee -> addressee.salt().isEmpty())
                    .forEach(gone -> erased++);
            seal.flatMap(any -> due(issued))
                    .filter(Money::isPositive)
                    .forEach(asked -> count(due, Debtor.of(issued.head()), asked));
            profile(issued)
                    .forEach(profile -> mismatches(issued, profile)
                            .forEach(mismatch -> found(new Verification.WrongFigure(id, mismatch))));
            return true;
        }

        private Iterator<LineItem> counted(Iterator<LineItem> each) {
            return io.vavr.collection.Iterator.ofAll(each).map(line -> {
                lines++;
                return line;
            });
        }

        private <R> R read(InvoiceId id, Function<Iterator<LineItem>, R> reader) {
            return ports.invoices().lines(access, LineItemQuery.of(id), reader);
        }

        /** Folded figures by one pass over the lines for each currency, and calculated ones from the others. */
        private Seq<Figures.Mismatch> mismatches(Invoice.Issued issued, Profile profile) {
            Seq<Tuple2<FigureKey, Figure>> folded =
                    issued.figures().byKey().toArray().filter(entry -> entry._2 instanceof Figure.Folded);
            Seq<Figures.Mismatch> wrong = folded.groupBy(
                            entry -> entry._2.amount().currency())
                    .toArray()
                    .flatMap(same -> mismatches(issued.head().id(), same._1, same._2));
            return wrong.appendAll(issued.figures()
                    .verify(Array.empty(), profile.rules())
                    .filter(mismatch -> !folded.exists(entry -> entry._1.equals(mismatch.key()))));
        }

        private Seq<Figures.Mismatch> mismatches(
                InvoiceId id, CurrencyUnit currency, Seq<Tuple2<FigureKey, Figure>> folded) {
            Seq<Figures.Fold> folds =
                    folded.map(entry -> new Figures.Fold(entry._1, ((Figure.Folded) entry._2).lines()));
            Figures recomputed = read(id, each -> Figures.fold(folds, () -> each, currency));
            return folded.map(entry -> new Figures.Mismatch(entry._1, entry._2.amount(), recomputed.amount(entry._1)))
                    .filter(mismatch -> !mismatch.stored().equals(mismatch.recomputed()));
        }

        private Option<Profile> profile(Invoice invoice) {
            return profiles.find(profile -> profile.name().equals(invoice.head().profile()));
        }

        private void readAccounts() {
            Option<AccountId> after = Option.none();
            do {
                Seq<AccountId> some = ports.accounts().accounts(access, after, PAGE);
                some.forEach(this::check);
                after = some.lastOption();
            } while (after.isDefined());
        }

        private void check(AccountId id) {
            accounts++;
            attempt(() -> ports.accounts().problems(tenant, id))
                    .fold(Array::of, problems -> problems)
                    .forEach(problem -> found(new Verification.BrokenAccount(id, problem)));
            attempt(() -> Account.of(id, ports.accounts().entries(access, id)))
                    .peekLeft(problem -> found(new Verification.BrokenAccount(id, problem)))
                    .forEach(account ->
                            account.items().forEach((document, item) -> checkCharge(id, document, item.charged())));
        }

        private void checkCharge(AccountId account, InvoiceId document, Money amount) {
            attempt(() -> ports.invoices().find(access, document))
                    .map(stored -> stored.map(Stored::invoice).filter(Invoice.Issued.class::isInstance))
                    .forEach(issued -> {
                        Option<Money> asked =
                                issued.map(invoice -> profile(invoice).isDefined()
                                        ? due(invoice).getOrElse(Money.zero(amount.currency()))
                                        : amount);
                        if (!asked.contains(amount)) {
                            found(new Verification.WrongCharge(account, document, amount, asked));
                        }
                        asked.filter(any -> isSealed(issued)).forEach(part -> count(charged, account, part));
                    });
        }

        private static boolean isSealed(Option<Invoice> document) {
            return document.exists(invoice -> ((Invoice.Issued) invoice).seal().isDefined());
        }

        private Option<Money> due(Invoice invoice) {
            return profile(invoice).flatMap(profile -> profile.invoicing().due(invoice.figures()));
        }

        private void count(java.util.Map<AccountId, Map<CurrencyUnit, Money>> sums, AccountId account, Money amount) {
            sums.merge(
                    account, TreeMap.of(amount.currency(), amount), (before, more) -> before.merge(more, Money::plus));
        }

        /** Documents that ask for something are not looked for on accounts one by one: there may be many. */
        private void uncharged() {
            due.forEach((account, sums) -> sums.forEach((currency, asked) -> {
                Money found = Option.of(charged.get(account))
                        .flatMap(known -> known.get(currency))
                        .getOrElse(Money.zero(currency));
                if (found.compareTo(asked) < 0) {
                    found(new Verification.NotCharged(account, asked.minus(found)));
                }
            }));
        }

        /** What there is to read; a finding if it cannot be read. */
        private <T> Option<T> reading(Option<InvoiceId> document, Supplier<T> reader) {
            return attempt(reader)
                    .peekLeft(problem -> found(new Verification.Unreadable(document, problem)))
                    .toOption();
        }
    }

    /** What there is to read, or why it cannot be read. */
    private static <T> Either<String, T> attempt(Supplier<T> reader) {
        try {
            return Either.right(reader.get());
        } catch (StorageException e) {
            if (e.kind() != StorageException.Kind.FATAL) {
                throw e;
            }
            return Either.left(message(e));
        } catch (RuntimeException e) {
            return Either.left(message(e));
        }
    }

    private static String message(RuntimeException e) {
        return Option.of(e.getMessage()).getOrElse(e.getClass().getSimpleName());
    }
}
