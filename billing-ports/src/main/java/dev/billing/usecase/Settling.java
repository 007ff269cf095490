package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.money.Money;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Iterator;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Vector;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Movements on an account in the making, and what they make of its documents. Made for one plan, by one thread; what was refused on the way
 * is not used any more.
 * <p>
 * A document is paid when nothing is open on it any more, partly paid when any payment or credit was used on it, and open again when money
 * that paid it went back. Money is recorded whatever the status: a step that the life cycle does not know is not taken. {@code Atlas} knows
 * no parts, so a document of which a part is paid stays closed, and what was paid stays so after a refund, although it is owed again. A
 * document carries the name of its profile only: steps of all are those of the profile in force.
 * <p>
 * What is written off and paid after all is reinstated as far as it is paid, and stays written off until all of it is; what is forgiven or
 * written off stays so when money that paid a part of it goes back. Only a payment that is told for a document reinstates it.
 */
final class Settling {

    private static final Set<InvoiceStatus> CLOSED_FOR_GOOD =
            HashSet.of(InvoiceStatus.FORGIVEN, InvoiceStatus.WRITTEN_OFF, InvoiceStatus.VOID);

    private final Planning planning;
    private final Account before;
    private Account account;
    private Seq<Movement> movements = Vector.empty();
    private Seq<Event> events = Vector.empty();
    private Map<InvoiceId, Document> documents = LinkedHashMap.empty();

    private Settling(Planning planning, Account before) {
        this.planning = requireNonNull(planning, "planning");
        this.before = before;
        this.account = before;
    }

    static Settling of(Planning planning, Account account) {
        return new Settling(planning, account);
    }

    /** A document as the plan has read it: should it have changed since, the plan is made again. */
    Settling knowing(Stored document) {
        documents = documents.put(document.invoice().head().id(), Document.of(document));
        return this;
    }

    /** The account as it will be. */
    Account account() {
        return account;
    }

    /**
     * A document becomes final in this very commit.
     *
     * @param standing as it is stored by then
     * @param due what is to be paid; nothing is charged if that is nothing
     */
    Settling issue(Invoice document, Standing standing, Money due) {
        documents =
                documents.put(standing.invoice(), Document.of(document.head().account(), standing));
        return due.isPositive() ? enter(new Movement.Charged(standing.invoice(), due)) : this;
    }

    /** Money or credit comes in. */
    Settling receive(Source source, Money amount) {
        enter(new Movement.Received(source, amount));
        return source.kind() == Source.Kind.PAYMENT ? tell(amounting("payment.received", source.id(), amount)) : this;
    }

    /** Prepaid credit is used by a document. */
    Settling draw(String grant, InvoiceId document, Money amount) {
        return enter(new Movement.Drawn(grant, document, amount))
                .tell(amounting("credit.drawn", grant, amount).with("document", document));
    }

    /** Any movement that says nothing of how documents stand. */
    Settling enter(Movement movement) {
        account = account.after(new Entry(account.entries() + 1, planning.now(), movement));
        movements = movements.append(movement);
        return this;
    }

    /** One more thing to tell. */
    Settling tell(Event event) {
        events = events.append(event);
        return this;
    }

    /** What is free pays what is open, both the oldest first. */
    Settling useCredit() {
        account.funds()
                .toArray()
                .filter(fund -> fund._2.free().isPositive())
                .sortBy(fund -> fund._2.number())
                .forEach(fund -> useCredit(fund._1));
        return this;
    }

    /** What is free of a source pays what is open, the oldest first. */
    Settling useCredit(Source source) {
        Account.Fund fund = account.funds().get(source).get();
        Money free = fund.free();
        Iterator<Tuple2<InvoiceId, Account.Item>> open =
                account.openItems(free.currency()).iterator();
        while (free.isPositive() && open.hasNext()) {
            Tuple2<InvoiceId, Account.Item> item = open.next();
            Money part = free.atMost(item._2.open());
            pay(source, item._1, part);
            free = free.minus(part);
        }
        return this;
    }

    /** What is free of a source pays a document, as far as that is open. */
    Settling pay(Source source, InvoiceId document) {
        Money free = account.funds().get(source).get().free();
        return account.items()
                .get(document)
                .map(item -> pay(source, document, free.atMost(item.open())))
                .getOrElse(this);
    }

    /** What is free of a source pays documents. */
    Either<BillingError, Settling> allocate(Source source, PaymentCommand.Allocation to) {
        if (!account.funds().containsKey(source)) {
            return Either.left(new PaymentRefused.UnknownSource(account.id(), source));
        }
        if (to instanceof PaymentCommand.Allocation.To told) {
            return told.documents()
                    .toArray()
                    .sortBy(part -> part._1.value())
                    .foldLeft(
                            Either.<BillingError, Settling>right(this),
                            (soFar, part) -> soFar.flatMap(settling -> settling.allocate(source, part._1, part._2)));
        }
        return Either.right(to instanceof PaymentCommand.Allocation.OldestFirst ? useCredit(source) : this);
    }

    /** What is free of a source pays a document, with this amount; what was written off is reinstated as far as needed. */
    Either<BillingError, Settling> allocate(Source source, InvoiceId document, Money amount) {
        return allocatable(source, document, amount).map(item -> {
            Money lacking = amount.minus(item.open()).notBelowZero();
            if (lacking.isPositive()) {
                enter(new Movement.Reinstated(document, lacking));
            }
            return pay(source, document, amount);
        });
    }

    private Either<BillingError, Account.Item> allocatable(Source source, InvoiceId document, Money amount) {
        Money free = account.funds().get(source).get().free();
        return requireCurrency("of " + source, free, amount)
                .flatMap(same -> owed(document))
                .flatMap(item -> requireCurrency("on '" + document + "'", item.charged(), amount)
                        .flatMap(same -> requireOpen(document, item, amount))
                        .flatMap(open -> requireFree(source, free, amount))
                        .map(allowed -> item));
    }

    private Either<BillingError, Money> requireOpen(InvoiceId document, Account.Item item, Money amount) {
        boolean writtenOff = document(document).exists(known -> known.status() == InvoiceStatus.WRITTEN_OFF);
        Money open = writtenOff ? item.open().plus(item.waived()) : item.open();
        return amount.compareTo(open) <= 0
                ? Either.right(amount)
                : Either.left(new PaymentRefused.MoreThanOpen(document, amount, open));
    }

    private Either<BillingError, Money> requireFree(Source source, Money free, Money amount) {
        return amount.compareTo(free) <= 0
                ? Either.right(amount)
                : Either.left(new PaymentRefused.MoreThanFree(account.id(), source, amount, free));
    }

    /** A document that the account has to pay. */
    Either<BillingError, Account.Item> owed(InvoiceId document) {
        return account.items().get(document).toEither(() -> new PaymentRefused.NotOwed(account.id(), document));
    }

    /** Whether an amount is of the currency of another. */
    static Either<BillingError, Money> requireCurrency(String of, Money expected, Money amount) {
        return amount.currency().equals(expected.currency())
                ? Either.right(amount)
                : Either.left(new PaymentRefused.OtherCurrency(of, amount.currency(), expected.currency()));
    }

    private Settling pay(Source source, InvoiceId document, Money amount) {
        if (!amount.isPositive()) {
            return this;
        }
        enter(new Movement.Allocated(source, document, amount));
        if (source.kind() == Source.Kind.PAYMENT) {
            change(
                    document,
                    known -> known.with(paying(known.payments(), source.id(), amount))
                            .paid());
        } else {
            change(document, Document::paid);
        }
        return tell(amounting("payment.allocated", source.id(), amount)
                .with("source", source.kind())
                .with("document", document));
    }

    private Seq<Payment> paying(Seq<Payment> payments, String id, Money amount) {
        int known = payments.indexWhere(payment -> payment.id().equals(id));
        return known < 0
                ? payments.append(new Payment(id, amount, planning.now()))
                : payments.update(known, payment -> payment.plus(amount, planning.now()));
    }

    /** An attempt to collect failed. */
    Either<BillingError, Settling> fail(InvoiceId document, String payment, Money amount, Option<String> reason) {
        return owed(document)
                .flatMap(item -> requireCurrency("on '" + document + "'", item.charged(), amount))
                .flatMap(same -> document(document)
                        .flatMap(known ->
                                known.payments().find(earlier -> earlier.id().equals(payment)))
                        .map(earlier -> again(earlier, amount))
                        .getOrElse(() -> become(document, InvoiceStatus.FAILED)
                                .map(failed -> failing(document, payment, amount, reason))));
    }

    private Either<BillingError, Settling> again(Payment earlier, Money amount) {
        return earlier.status() == Payment.Status.FAILED && earlier.billed().equals(amount)
                ? Either.right(this)
                : Either.left(new PaymentRefused.OtherContent(account.id(), earlier.id()));
    }

    private Settling failing(InvoiceId document, String payment, Money amount, Option<String> reason) {
        enter(new Movement.Failed(payment, document, amount, reason));
        change(document, known -> known.with(known.payments().append(Payment.failed(payment, amount, planning.now()))));
        return tell(
                telling(amounting("invoice.payment_failed", document, amount).with("payment", payment), reason));
    }

    /**
     * Money goes back: first what is free, then what paid documents, the latest use first. Those are open for that again. Where they were
     * given up or void, their own credit notes pay first, with what is free of them and what they paid of others, so that nobody keeps
     * credit for what was never paid; what was given up of them is given up as well.
     */
    Either<BillingError, Settling> giveBack(Movement.Returned back) {
        Source source = back.source();
        Option<Account.Fund> known = account.funds().get(source);
        if (known.isEmpty()) {
            return Either.left(new PaymentRefused.UnknownSource(account.id(), source));
        }
        Account.Fund fund = known.get();
        Option<Movement.Returned> earlier = fund.returns().get(back.id());
        if (earlier.isDefined()) {
            return earlier.contains(back)
                    ? Either.right(this)
                    : Either.left(new PaymentRefused.OtherContent(account.id(), back.id()));
        }
        Money left = payable(source, fund).values().fold(fund.free(), Money::plus);
        return requireCurrency("of " + source, left, back.amount())
                .flatMap(amount -> amount.compareTo(left) <= 0
                        ? Either.right(givingBack(back, fund))
                        : Either.left(new PaymentRefused.MoreThanReceived(account.id(), source, amount, left)));
    }

    /** What can be paid back of what a source paid: what a credit note took back of its own document was never paid. */
    private Map<InvoiceId, Money> payable(Source source, Account.Fund fund) {
        return fund.uses().filterKeys(document -> !isNoteOf(source, document));
    }

    private Settling givingBack(Movement.Returned back, Account.Fund fund) {
        Seq<InvoiceId> reopened =
                release(back, fund, back.amount().minus(fund.free()).notBelowZero());
        enter(back);
        String type = back.kind() == Movement.Returned.Kind.REFUND ? "payment.refunded" : "payment.charged_back";
        tell(telling(
                amounting(type, back.source().id(), back.amount())
                        .with("source", back.source().kind())
                        .with("return", back.id()),
                back.reason()));
        reopened.forEach(document -> stillClosed(document, back.reason()));
        return this;
    }

    /** Takes back uses of a source, the latest first. */
    private Seq<InvoiceId> release(Movement.Returned back, Account.Fund fund, Money lacking) {
        Money rest = lacking;
        Seq<InvoiceId> released = Array.empty();
        for (Tuple2<InvoiceId, Money> use :
                payable(back.source(), fund).toArray().reverse()) {
            if (rest.isPositive()) {
                Money part = rest.atMost(use._2);
                release(back.source(), use._1, part, back.reason());
                released = released.append(use._1);
                rest = rest.minus(part);
            }
        }
        return released;
    }

    private void release(Source source, InvoiceId document, Money part, Option<String> reason) {
        enter(new Movement.Released(source, document, part));
        Option<Refund> refund = Option.when(
                source.kind() == Source.Kind.PAYMENT, () -> new Refund(source.id(), part, reason, planning.now()));
        change(document, known -> known.reopened(refund));
    }

    private void stillClosed(InvoiceId document, Option<String> reason) {
        Option<InvoiceStatus> status = document(document).map(Document::status);
        if (status.exists(CLOSED_FOR_GOOD::contains)) {
            notesOf(document).forEach(note -> pay(note, document));
            notesOf(document).forEach(note -> recall(note, document));
        }
        if (status.contains(InvoiceStatus.FORGIVEN)) {
            waive(document, Movement.Waived.Kind.FORGIVEN, reason);
        } else if (status.contains(InvoiceStatus.WRITTEN_OFF)) {
            waive(document, Movement.Waived.Kind.WRITTEN_OFF, reason);
        }
    }

    /** The credit notes of a document, the oldest first. */
    private Seq<Source> notesOf(InvoiceId document) {
        return account.funds()
                .toArray()
                .sortBy(fund -> fund._2.number())
                .map(fund -> fund._1)
                .filter(source -> isNoteOf(source, document));
    }

    /** What a credit note has paid of others, the latest first, pays the document that it credits, as far as that is open. */
    private void recall(Source note, InvoiceId document) {
        Money open = account.items().get(document).get().open();
        Account.Fund fund = account.funds().get(note).get();
        uses(fund, document).toArray().reverse().foldLeft(open, (rest, use) -> {
            Money part = rest.atMost(use._2);
            if (part.isPositive()) {
                release(note, use._1, part, Option.none());
                pay(note, document, part);
                stillClosed(use._1, Option.none());
            }
            return rest.minus(part);
        });
    }

    /** What a source paid of all documents but one. */
    private static Map<InvoiceId, Money> uses(Account.Fund fund, InvoiceId but) {
        return fund.uses().remove(but);
    }

    private boolean isNoteOf(Source source, InvoiceId document) {
        return source.kind() == Source.Kind.CREDIT_NOTE
                && stored(new InvoiceId(source.id()))
                        .flatMap(note -> CreditNotes.credited(note.invoice().head()))
                        .contains(document);
    }

    /** What is open on a document is given up, if its life cycle allows that; one that is void stays so. */
    Either<BillingError, Settling> giveUp(InvoiceId document, Movement.Waived.Kind kind, Option<String> reason) {
        boolean forgiven = kind == Movement.Waived.Kind.FORGIVEN;
        if (isVoidAndOpen(document)) {
            return Either.right(waive(document, kind, reason));
        }
        return become(document, forgiven ? InvoiceStatus.FORGIVEN : InvoiceStatus.WRITTEN_OFF)
                .map(settling -> settling.waive(document, kind, reason));
    }

    /** Whose credit notes were refunded, and then the payment that had paid it. */
    private boolean isVoidAndOpen(InvoiceId document) {
        return document(document).exists(known -> known.status() == InvoiceStatus.VOID)
                && account.items().get(document).exists(item -> item.open().isPositive());
    }

    private Settling waive(InvoiceId document, Movement.Waived.Kind kind, Option<String> reason) {
        Option<Money> open = account.items().get(document).map(Account.Item::open);
        open.filter(Money::isPositive).forEach(amount -> enter(new Movement.Waived(document, kind, amount, reason)));
        String type = kind == Movement.Waived.Kind.FORGIVEN ? "invoice.forgiven" : "invoice.written_off";
        return tell(telling(
                open.map(amount -> amounting(type, document, amount)).getOrElse(() -> event(type, document)), reason));
    }

    /**
     * A document takes another step than its payments lead to. Nobody is told of it here.
     *
     * @return refused if its life cycle does not allow it; what failed may fail again
     */
    Either<BillingError, Settling> become(InvoiceId id, InvoiceStatus status) {
        Option<Document> known = document(id);
        if (known.isEmpty()) {
            return Either.left(new CommandRefused.UnknownInvoice(id));
        }
        InvoiceStatus from = known.get().status();
        boolean again = from == status && status == InvoiceStatus.FAILED;
        if (!again && !allows(from, status)) {
            return Either.left(new CommandRefused.StatusForbids(id, from, status));
        }
        change(id, document -> document.with(status));
        return Either.right(this);
    }

    private boolean allows(InvoiceStatus from, InvoiceStatus to) {
        return planning.profile().invoicing().lifeCycle().allows(from, to);
    }

    /** All of it: the entries, how the documents stand then, and what there is to tell. */
    Plan plan() {
        documents = documents.map((id, document) -> new Tuple2<>(id, settled(id, document)));
        Seq<Write> entered =
                movements.isEmpty() ? Array.empty() : Array.of(planning.enter(before, movements.toArray()));
        Seq<Document> changed = documents.values().filter(Document::isChanged).toArray();
        return new Plan(
                entered.appendAll(changed.map(document -> new Write.Stand(document.next(planning.now())))),
                events.appendAll(documents.toArray().flatMap(this::told)).toArray());
    }

    private Document settled(InvoiceId id, Document document) {
        return account.items()
                .get(id)
                .filter(item -> document.isMoved())
                .map(item -> target(document, item))
                .filter(status -> allows(document.status(), status))
                .map(document::with)
                .getOrElse(document);
    }

    /** Where money leads to; where it is already if it leads nowhere. */
    private static InvoiceStatus target(Document document, Account.Item item) {
        if (item.open().isPositive() && item.paid().isEmpty()) {
            return document.isPaid() ? InvoiceStatus.CLOSED : document.status();
        }
        if (item.open().isPositive()) {
            return document.status() == InvoiceStatus.FAILED && document.isReopened()
                    ? document.status()
                    : InvoiceStatus.PARTLY_PAID;
        }
        return item.waived().isPositive() ? document.status() : InvoiceStatus.PAID;
    }

    private Option<Event> told(Tuple2<InvoiceId, Document> changed) {
        Document document = changed._2;
        return Option.of(changed._1)
                .filter(id -> document.isMoved())
                .flatMap(id -> account.items()
                        .get(id)
                        .flatMap(item -> type(document, item)
                                .map(type -> amounting(type, id, item.open()).with("status", document.status()))));
    }

    private static Option<String> type(Document document, Account.Item item) {
        boolean isVoidAndOpen =
                document.status() == InvoiceStatus.VOID && item.open().isPositive();
        if (document.isReopened() && (document.isPaid() || document.status().isOpen() || isVoidAndOpen)) {
            return Option.some("invoice.reopened");
        }
        if (document.status() == document.before().status()) {
            return Option.none();
        }
        return Option.when(document.status() == InvoiceStatus.PAID, "invoice.paid")
                .orElse(Option.when(document.status() == InvoiceStatus.PARTLY_PAID, "invoice.partly_paid"));
    }

    private void change(InvoiceId id, UnaryOperator<Document> change) {
        document(id).forEach(known -> documents = documents.put(id, change.apply(known)));
    }

    /**
     * A document of the account. Whose money it is may not see whom it is for, so this looks at all. There is none for what was charged
     * without one, as what an account owed before it was ours.
     */
    private Option<Document> document(InvoiceId id) {
        if (!documents.containsKey(id)) {
            stored(id).forEach(stored -> documents = documents.put(id, Document.of(stored)));
        }
        return documents.get(id);
    }

    private Option<Stored> stored(InvoiceId id) {
        return planning.ports().invoices().find(Access.toAll(planning.access().tenant()), id);
    }

    private Event amounting(String type, Object subject, Money amount) {
        return event(type, subject)
                .with("amount", amount.amount().toPlainString())
                .with("currency", amount.currency());
    }

    private Event event(String type, Object subject) {
        AccountId of = subject instanceof InvoiceId id
                ? document(id).map(Document::account).getOrElse(account.id())
                : account.id();
        return Event.of(type, of, subject.toString(), planning.now());
    }

    private static Event telling(Event event, Option<String> reason) {
        return reason.map(text -> event.with("reason", text)).getOrElse(event);
    }

    /** What money did to a document. */
    private enum Moved {
        NOTHING,
        PAID,
        REOPENED
    }

    /**
     * How a document stands, and will.
     *
     * @param account that it bills
     */
    private record Document(
            AccountId account,
            Standing before,
            InvoiceStatus status,
            Seq<Payment> payments,
            Seq<Refund> refunds,
            Moved moved) {

        static Document of(Stored stored) {
            return of(stored.invoice().head().account(), stored.standing());
        }

        static Document of(AccountId account, Standing standing) {
            return new Document(
                    account, standing, standing.status(), standing.payments(), standing.refunds(), Moved.NOTHING);
        }

        Document with(InvoiceStatus newStatus) {
            return new Document(account, before, newStatus, payments, refunds, moved);
        }

        Document with(Seq<Payment> newPayments) {
            return new Document(account, before, status, newPayments, refunds, moved);
        }

        Document paid() {
            Moved paid = moved == Moved.REOPENED ? moved : Moved.PAID;
            return new Document(account, before, status, payments, refunds, paid);
        }

        Document reopened(Option<Refund> refund) {
            return new Document(account, before, status, payments, refunds.appendAll(refund), Moved.REOPENED);
        }

        boolean isPaid() {
            return status == InvoiceStatus.PAID || status == InvoiceStatus.PARTLY_PAID;
        }

        boolean isMoved() {
            return moved != Moved.NOTHING;
        }

        boolean isReopened() {
            return moved == Moved.REOPENED;
        }

        boolean isChanged() {
            return status != before.status()
                    || !payments.equals(before.payments())
                    || !refunds.equals(before.refunds());
        }

        Standing next(Instant at) {
            return before.settled(status, payments, refunds, at);
        }
    }
}
