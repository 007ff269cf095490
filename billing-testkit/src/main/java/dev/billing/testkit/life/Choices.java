package dev.billing.testkit.life;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.rating.Terms;
import dev.billing.port.CommandKey;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DocumentCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import dev.billing.usecase.TagInvoice;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/**
 * Makes a command of a step where life has got to: mostly one that can be done, and now and then one that cannot.
 *
 * @param number of the step, which makes its names new
 */
record Choices(LifeModel model, Step step, int number, Instant now) {

    static final CurrencyUnit USD = Monetary.getCurrency("USD");

    private static final Seq<String> ACCOUNTS = Array.of("alice", "bob", "carol", "dave");

    /** Who is billed for what was used, and has neither prepaid credit nor a payer. */
    static final String BILLED_BY_USE = "dave";

    private static final Seq<String> LINES = Array.range(0, 8).map(line -> "line-" + line);

    /** What somebody sends. */
    Deed deed() {
        Option<AccountId> only = step.mode() % 19 == 18 ? Option.some(account()) : Option.none();
        return new Deed(new CommandKey("key-" + number), only, command());
    }

    private Command command() {
        return switch (kind()) {
            case OPEN -> new DraftCommand.Open(newInvoice(), account(), lines(step.mode() % 4));
            case ADD_LINES -> new DraftCommand.AddLines(draft(), revision(), lines(1 + step.mode() % 2));
            case REMOVE_LINES ->
                new DraftCommand.RemoveLines(draft(), revision(), linesOf(draft(), 1 + step.mode() % 2));
            case REVIEW -> new DraftCommand.Review(draft());
            case SEND_BACK -> new DraftCommand.SendBack(reviewed());
            case DROP -> new DraftCommand.Drop(draft());
            case FINALISE -> new DraftCommand.Finalise(draft());
            case CREDIT -> new CreditCommand.Credit(issued(), note(), parts(), "because");
            case VOID -> new CreditCommand.Void(issued(), note(), "because");
            case RECEIVE -> new PaymentCommand.Receive(payer(), payment(), amount(), allocation());
            case FAIL -> new PaymentCommand.Fail(issued(), attempt(), amount(), reason());
            case ALLOCATE -> new PaymentCommand.Allocate(payer(), source(), allocation());
            case REFUND -> new PaymentCommand.Refund(payer(), source(), "refund-" + number, amount(), reason());
            case CHARGE_BACK ->
                new PaymentCommand.ChargeBack(payer(), source().id(), "charge-back-" + number, amount(), reason());
            case FORGIVE -> new PaymentCommand.Forgive(issued(), reason());
            case WRITE_OFF -> new PaymentCommand.WriteOff(issued(), reason());
            case TAG -> new DocumentCommand.Tag(anyDocument(), tags());
            case GRANT ->
                new AccountCommand.Grant(
                        other(), CreditGrant.of("grant-" + step.amount() % 5, cents(step.amount()), now));
            case DESCRIBE -> new AccountCommand.Describe(details());
            case PARK -> new AccountCommand.Park(account(), "Something is odd", "Look at it");
            case RESUME -> new AccountCommand.Resume(parked(), "It is fine");
            case ERASE -> new AccountCommand.Erase(account());
            case BILL -> new MonthCommand.Bill(new AccountId(BILLED_BY_USE), month(), Terms.NONE);
            case CORRECT ->
                new MonthCommand.Correct(
                        new AccountId(BILLED_BY_USE),
                        finalMonth(),
                        step.mode() % 2 == 0 ? Policy.OWN_DOCUMENT : Policy.NEXT_INVOICE,
                        Terms.NONE);
            case NOTHING, USE, REPLAY, REUSE, DELIVER, WAIT ->
                throw new IllegalArgumentException("No command: " + step);
        };
    }

    /** Where there is nothing yet to do it to, what leads there. */
    private Kind kind() {
        Kind kind = Kind.of(step);
        if (isWild() || (!kind.needsFinal() && !kind.needsDraft())) {
            return kind;
        }
        if ((kind.needsFinal() && !model.finals().isEmpty())
                || (kind.needsDraft() && !model.drafts().isEmpty())) {
            return kind;
        }
        return model.drafts().isEmpty() ? Kind.OPEN : Kind.FINALISE;
    }

    private static Money cents(long amount) {
        return Money.ofMinor(USD, amount);
    }

    private boolean isWild() {
        return step.mode() % 13 == 12;
    }

    private static <T> T pick(List<T> from, int which, T otherwise) {
        return from.isEmpty() ? otherwise : from.get(which % from.size());
    }

    private AccountId account() {
        return new AccountId(ACCOUNTS.get(step.which() % ACCOUNTS.size()));
    }

    private AccountId other() {
        return new AccountId(ACCOUNTS.get(step.which() % (ACCOUNTS.size() - 1)));
    }

    private AccountId parked() {
        List<String> parked =
                ACCOUNTS.filter(name -> model.account(name).isParked).asJava();
        return isWild() ? account() : new AccountId(pick(parked, step.which(), "alice"));
    }

    // Documents

    private InvoiceId newInvoice() {
        return isWild() ? anyDocument() : new InvoiceId("invoice-" + number);
    }

    private InvoiceId note() {
        return isWild() ? anyDocument() : new InvoiceId("note-" + number);
    }

    private InvoiceId anyDocument() {
        return new InvoiceId(pick(List.copyOf(model.documents.keySet()), step.which(), "nowhere"));
    }

    private InvoiceId draft() {
        return of(model.drafts());
    }

    private InvoiceId reviewed() {
        List<LifeModel.Document> reviewed = model.drafts().stream()
                .filter(draft -> draft.status == InvoiceStatus.IN_REVIEW)
                .toList();
        return of(reviewed.isEmpty() ? model.drafts() : reviewed);
    }

    private InvoiceId issued() {
        return of(model.finals());
    }

    private InvoiceId of(List<LifeModel.Document> suitable) {
        return isWild()
                ? anyDocument()
                : new InvoiceId(pick(suitable.stream().map(one -> one.id).toList(), step.which(), "nowhere"));
    }

    private long revision() {
        LifeModel.Document draft = model.documents.get(draft().value());
        long latest = draft == null ? 1 : draft.revision;
        return step.mode() % 11 == 10 ? latest - 1 : latest;
    }

    private Seq<LineItem> lines(int count) {
        return Array.range(0, count).map(this::line);
    }

    private LineItem line(int index) {
        int size = step.amount() + 17 * index;
        long net = size % 23 == 22 ? -size : size;
        LineItem.Builder line = LineItem.builder(
                        new LineId(LINES.get((step.amount() / 3 + index) % LINES.size())),
                        "sku",
                        "compute",
                        now,
                        Origin.Provided.of("line"))
                .quantity(BigDecimal.valueOf(1 + size % 5), "units")
                .price(cents(net));
        return (size % 3 == 0 ? line.tax(cents(net * 19 / 100)) : line).build();
    }

    private Seq<LineId> linesOf(InvoiceId document, int count) {
        LifeModel.Document found = model.documents.get(document.value());
        List<String> known = found == null
                ? List.of()
                : found.lines.keySet().stream().filter(LINES::contains).toList();
        return Array.range(0, count)
                .map(index -> new LineId(pick(known, step.amount() + index, "no line")))
                .distinct();
    }

    private YearMonth month() {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC)).minusMonths(isWild() ? -1 : step.which() % 3);
    }

    /** One that can be corrected, if there is one. */
    private YearMonth finalMonth() {
        List<YearMonth> months = model.finals().stream()
                .filter(document -> document.status != InvoiceStatus.VOID && document.end.isAfter(Instant.MIN))
                .map(document ->
                        YearMonth.from(document.end.atOffset(ZoneOffset.UTC)).minusMonths(1))
                .toList();
        return isWild() ? month() : pick(months, step.which(), month());
    }

    // Credit notes

    private Seq<CreditCommand.Part> parts() {
        Seq<LineId> lines = linesOf(issued(), 2);
        return switch (step.mode() % 6) {
            case 0 -> Array.of(new CreditCommand.Part.Line(lines.get(0)));
            case 1 ->
                Array.of(new CreditCommand.Part.Quantity(lines.get(0), BigDecimal.valueOf(1 + step.amount() % 3)));
            case 2 -> Array.of(new CreditCommand.Part.LineAmount(lines.get(0), cents(1 + step.amount() % 400)));
            case 3 -> lines.map(CreditCommand.Part.Line::new);
            default -> Array.of(new CreditCommand.Part.Amount(cents(1 + step.amount())));
        };
    }

    // Tags

    private TagInvoice.Change tags() {
        Map<String, String> some = HashMap.of(tag(step.amount()), value(step.amount()));
        Map<String, String> none = HashMap.empty();
        return switch (step.mode() % 4) {
            case 0 -> new TagInvoice.Change(Option.some(some), none, HashMap.empty());
            case 1 ->
                new TagInvoice.Change(
                        Option.none(),
                        none,
                        HashMap.of(
                                tag(step.amount()), Option.when(step.mode() % 8 == 1, () -> value(step.amount() / 3))));
            default -> new TagInvoice.Change(Option.none(), some, HashMap.empty());
        };
    }

    private static String tag(int which) {
        return "tag-" + which % 3;
    }

    private static String value(int which) {
        return "value-" + which % 2;
    }

    // Payments

    /** Somebody who has something to pay, if there is one. */
    private AccountId payer() {
        Predicate<String> owes =
                name -> model.account(name).items.values().stream().anyMatch(item -> item.open() > 0);
        List<String> owing = ACCOUNTS.filter(owes).asJava();
        return isWild() ? account() : new AccountId(pick(owing, step.which(), "alice"));
    }

    private String payment() {
        return isWild() ? "payment-" + step.which() % (number + 1) : "payment-" + number;
    }

    /** Mostly a new one; now and then one that failed before, or was paid. */
    private String attempt() {
        return step.amount() % 5 == 0 ? "payment-" + step.which() % (number + 1) : "payment-" + number;
    }

    private Money amount() {
        List<LifeModel.Item> open = model.account(payer().value()).items.values().stream()
                .filter(item -> item.open() > 0)
                .toList();
        return switch (step.mode() % 3) {
            case 0 ->
                open.isEmpty()
                        ? cents(1 + step.amount())
                        : cents(open.get(step.amount() % open.size()).open());
            case 1 ->
                cents(Math.max(1, open.stream().mapToLong(LifeModel.Item::open).sum() + step.amount() % 7 - 3));
            default -> cents(1 + step.amount());
        };
    }

    private Allocation allocation() {
        return switch (step.amount() % 4) {
            case 0, 1 -> new Allocation.OldestFirst();
            case 2 -> new Allocation.To(told());
            default -> new Allocation.Nothing();
        };
    }

    private Map<InvoiceId, Money> told() {
        java.util.Map<String, LifeModel.Item> items = model.account(payer().value()).items;
        Map<InvoiceId, Money> told = HashMap.empty();
        int skip = step.which() % 2;
        for (java.util.Map.Entry<String, LifeModel.Item> item : items.entrySet()) {
            if (item.getValue().open() > 0 && told.size() < 2 && skip-- <= 0) {
                long part = step.which() % 3 == 0 ? item.getValue().open() : 1 + step.amount() % 50;
                told = told.put(new InvoiceId(item.getKey()), cents(part));
            }
        }
        return told.isEmpty() ? HashMap.of(issued(), amount()) : told;
    }

    private Source source() {
        List<String> funds = List.copyOf(model.account(payer().value()).funds.keySet());
        String found = pick(funds, step.amount(), "PAYMENT nothing");
        String[] parts = found.split(" ", 2);
        return new Source(Source.Kind.valueOf(parts[0]), parts[1]);
    }

    private Option<String> reason() {
        return step.amount() % 2 == 0 ? Option.none() : Option.some("A reason");
    }

    // Accounts

    private AccountDetails details() {
        AccountId account = other();
        long latest = model.account(account.value()).details;
        String payer = ACCOUNTS.get(step.amount() % (ACCOUNTS.size() - 1));
        boolean isPaidFor = step.mode() % 3 == 0 && !payer.equals(account.value());
        return new AccountDetails(
                account,
                isWild() ? latest + 2 : latest + 1,
                step.amount() % 2 == 0 ? Option.some(customer()) : Option.none(),
                step.amount() % 3 == 0
                        ? Array.of(new AccountDetails.Contact("Ann", "ann@example.com", ""))
                        : Array.empty(),
                Array.empty(),
                Option.none(),
                Option.none(),
                isPaidFor
                        ? Option.some(
                                new AccountDetails.Payer(new AccountId(payer), AccountDetails.Payer.Mode.SEPARATE))
                        : Option.none(),
                now);
    }

    private static Customer customer() {
        return new Customer("c-1", "Ann", "ann@example.com", Instant.EPOCH, Option.none(), Option.none());
    }
}
