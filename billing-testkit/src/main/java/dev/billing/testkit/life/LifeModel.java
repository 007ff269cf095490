package dev.billing.testkit.life;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DocumentCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.PaymentCommand;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What documents and accounts are after commands, in plain maps and whole cents: short enough to be seen to be right, and written without
 * the code that it is held against.
 */
final class LifeModel {

    /** A line: what it is made of in cents, and what credit notes took of it. */
    static final class Line {
        final long quantity;
        final long net;
        final long tax;
        long position;
        String corrects = "";
        long creditedQuantity;
        long creditedNet;
        long creditedTax;

        Line(long quantity, long net, long tax) {
            this.quantity = quantity;
            this.net = net;
            this.tax = tax;
        }

        Line copy() {
            Line copy = new Line(quantity, net, tax);
            copy.position = position;
            copy.corrects = corrects;
            copy.creditedQuantity = creditedQuantity;
            copy.creditedNet = creditedNet;
            copy.creditedTax = creditedTax;
            return copy;
        }

        Line plus(Line other) {
            return new Line(quantity + other.quantity, net + other.net, tax + other.tax);
        }

        long leftNet() {
            return net - creditedNet;
        }

        long leftTax() {
            return tax - creditedTax;
        }

        boolean isUsedUp() {
            return leftNet() == 0 && leftTax() == 0;
        }

        boolean isNothing() {
            return quantity == 0 && net == 0 && tax == 0;
        }

        /** All that is left. */
        Line rest() {
            return new Line(quantity - creditedQuantity, leftNet(), leftTax());
        }

        /** Some units and their share, or all that is left with the last of them. */
        Line units(long units) {
            if (units == quantity - creditedQuantity) {
                return rest();
            }
            Line part = amount(within(rounded(net * units, quantity), leftNet()));
            return new Line(units, part.net, part.tax);
        }

        /** A net amount with the tax on it, which is all that is left of that with the last of it. */
        Line amount(long part) {
            return new Line(0, part, part == leftNet() ? leftTax() : within(rounded(tax * part, net), leftTax()));
        }

        static boolean isWithin(long amount, long left) {
            return within(amount, left) == amount;
        }

        private static long within(long amount, long left) {
            return left < 0 ? Math.max(left, Math.min(0, amount)) : Math.min(left, Math.max(0, amount));
        }

        /** Halves go away from zero. */
        private static long rounded(long dividend, long divisor) {
            int sign = Long.signum(dividend) * Long.signum(divisor);
            return sign * ((2 * Math.abs(dividend) + Math.abs(divisor)) / (2 * Math.abs(divisor)));
        }
    }

    /** A document. */
    static final class Document {
        final String id;
        final String account;
        /** What a credit note credits; nothing for other documents. */
        final String credits;

        InvoiceStatus status = InvoiceStatus.PENDING;
        boolean isFinal;
        long revision = 1;
        long number;
        String debtor;
        boolean isAddressed;
        Instant end = Instant.MIN;
        /** Billed again without another line: its figures may tell the same in another way, which is a revision too. */
        boolean mayBeRevised;

        Map<String, Line> lines = new LinkedHashMap<>();
        /** What each payment paid; what failed to come is negative. */
        Map<String, Long> payments = new LinkedHashMap<>();

        Map<String, Long> refunds = new LinkedHashMap<>();
        Map<String, String> tags = new LinkedHashMap<>();

        Document(String id, String account, String credits) {
            this.id = id;
            this.account = account;
            this.credits = credits;
            this.debtor = account;
        }

        boolean isNote() {
            return !credits.isEmpty();
        }

        Document copy() {
            Document copy = new Document(id, account, credits);
            copy.status = status;
            copy.isFinal = isFinal;
            copy.revision = revision;
            copy.number = number;
            copy.debtor = debtor;
            copy.isAddressed = isAddressed;
            copy.end = end;
            copy.mayBeRevised = mayBeRevised;
            lines.forEach((name, line) -> copy.lines.put(name, line.copy()));
            copy.payments.putAll(payments);
            copy.refunds.putAll(refunds);
            copy.tags.putAll(tags);
            return copy;
        }

        Line line(String name) {
            return requireNonNull(lines.get(name), name);
        }

        /** Behind the last line. */
        void put(String name, Line line) {
            line.position = lines.values().stream()
                    .mapToLong(known -> known.position + 1)
                    .max()
                    .orElse(0);
            lines.put(name, line);
        }

        long net() {
            return lines.values().stream().mapToLong(line -> line.net).sum();
        }

        long tax() {
            return lines.values().stream().mapToLong(line -> line.tax).sum();
        }

        long sum() {
            return net() + tax();
        }

        /** What credit notes have left of it. */
        long left() {
            return lines.values().stream()
                    .mapToLong(line -> line.leftNet() + line.leftTax())
                    .sum();
        }

        boolean isDraft() {
            return !isFinal && status != InvoiceStatus.VOID;
        }
    }

    /** What an account is to pay for a document. */
    static final class Item {
        final long charged;
        long waived;
        Map<String, Long> paid = new LinkedHashMap<>();

        Item(long charged) {
            this.charged = charged;
        }

        Item copy() {
            Item copy = new Item(charged);
            copy.waived = waived;
            copy.paid.putAll(paid);
            return copy;
        }

        long paidInAll() {
            return paid.values().stream().mapToLong(Long::longValue).sum();
        }

        long open() {
            return charged - waived - paidInAll();
        }
    }

    /** What came in. */
    static final class Fund {
        final long received;
        long returned;
        Map<String, Long> uses = new LinkedHashMap<>();
        Map<String, Object> returns = new LinkedHashMap<>();

        Fund(long received) {
            this.received = received;
        }

        Fund copy() {
            Fund copy = new Fund(received);
            copy.returned = returned;
            copy.uses.putAll(uses);
            copy.returns.putAll(returns);
            return copy;
        }

        long free() {
            return received
                    - returned
                    - uses.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** An account. */
    static final class Account {
        Map<String, Item> items = new LinkedHashMap<>();
        Map<String, Fund> funds = new LinkedHashMap<>();
        Map<String, Long> grants = new LinkedHashMap<>();
        boolean isParked;
        long details;
        boolean isPersonal;
        boolean hasCustomer;
        String payer = "";

        Item item(String document) {
            return requireNonNull(items.get(document), document);
        }

        Fund fund(String source) {
            return requireNonNull(funds.get(source), source);
        }

        long balance() {
            return items.values().stream().mapToLong(Item::open).sum()
                    - funds.values().stream().mapToLong(Fund::free).sum();
        }

        Account copy() {
            Account copy = new Account();
            items.forEach((name, item) -> copy.items.put(name, item.copy()));
            funds.forEach((name, fund) -> copy.funds.put(name, fund.copy()));
            copy.grants.putAll(grants);
            copy.isParked = isParked;
            copy.details = details;
            copy.isPersonal = isPersonal;
            copy.hasCustomer = hasCustomer;
            copy.payer = payer;
            return copy;
        }
    }

    final Map<String, Document> documents = new LinkedHashMap<>();
    final Map<String, Account> accounts = new LinkedHashMap<>();
    /** What was used of which account in which month. */
    final Map<String, Long> usage = new LinkedHashMap<>();

    Instant now = Instant.MIN;
    private long invoices;
    private long notes;

    LifeModel copy() {
        LifeModel copy = new LifeModel();
        documents.forEach((id, document) -> copy.documents.put(id, document.copy()));
        accounts.forEach((id, account) -> copy.accounts.put(id, account.copy()));
        copy.usage.putAll(usage);
        copy.now = now;
        copy.invoices = invoices;
        copy.notes = notes;
        return copy;
    }

    Document document(String id) {
        return requireNonNull(documents.get(id), id);
    }

    Account account(String id) {
        return accounts.computeIfAbsent(id, any -> new Account());
    }

    List<Document> drafts() {
        return documents.values().stream().filter(Document::isDraft).toList();
    }

    List<Document> finals() {
        return documents.values().stream()
                .filter(document -> document.isFinal && !document.isNote())
                .toList();
    }

    /** Does what was asked for, and says whether it may be done; what may not be done changes nothing. */
    boolean apply(Deed deed) {
        Command command = deed.command();
        if (command instanceof DraftCommand draft) {
            return new DraftModel(this, deed).apply(draft);
        }
        if (command instanceof CreditCommand credit) {
            return new CreditModel(this, deed).apply(credit);
        }
        if (command instanceof PaymentCommand payment) {
            return new PaymentModel(this, deed).apply(payment);
        }
        if (command instanceof MonthCommand month) {
            return new MonthModel(this, deed).apply(month);
        }
        return command instanceof DocumentCommand.Tag tag
                ? tag(deed, tag)
                : new AccountModel(this, deed).apply((AccountCommand) command);
    }

    private boolean tag(Deed deed, DocumentCommand.Tag tag) {
        Document document = documents.get(tag.invoice().value());
        if (document == null || !deed.sees(document.account)) {
            return false;
        }
        tag.change().set().forEach(only -> {
            document.tags.clear();
            document.tags.putAll(only.toJavaMap());
        });
        document.tags.putAll(tag.change().add().toJavaMap());
        tag.change()
                .remove()
                .forEach((name, value) ->
                        document.tags.computeIfPresent(name, (any, now) -> value.forAll(now::equals) ? null : now));
        return true;
    }

    long nextInvoice() {
        return ++invoices;
    }

    long nextNote() {
        return ++notes;
    }

    /** A source pays so much more of a document, or less. */
    static void pay(Account account, String source, String document, long more) {
        merge(account.item(document).paid, source, more);
        merge(account.fund(source).uses, document, more);
    }

    private static void merge(Map<String, Long> amounts, String name, long more) {
        long now = amounts.getOrDefault(name, 0L) + more;
        if (more > 0 || now == 0) {
            // what is used again is the latest use
            amounts.remove(name);
        }
        if (now != 0) {
            amounts.put(name, now);
        }
    }

    static Line line(LineItem line) {
        return new Line(
                line.quantity().longValueExact(),
                cents(line.net().get()),
                line.tax().map(LifeModel::cents).getOrElse(0L));
    }

    static long cents(Money amount) {
        return amount.amount().movePointRight(2).longValueExact();
    }
}
