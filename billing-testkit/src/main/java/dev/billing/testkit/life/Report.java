package dev.billing.testkit.life;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.TreeMap;
import io.vavr.control.Option;
import java.util.function.Function;

/** What documents and accounts are, in words: of the model and of a storage, in the same words. */
final class Report {

    private static final PageRequest EVERYTHING = PageRequest.first(PageRequest.MAX_SIZE);

    private Report() {}

    /** Words about each thing, by its name. */
    static Map<String, String> of(LifeModel model) {
        Map<String, String> words = TreeMap.empty();
        for (LifeModel.Document document : model.documents.values()) {
            words = words.put(document.id, words(document) + figures(document) + (document.isFinal ? ", sealed" : ""));
        }
        for (java.util.Map.Entry<String, LifeModel.Account> account : model.accounts.entrySet()) {
            words = words.put(account.getKey(), of(account.getValue()));
        }
        return words;
    }

    private static String words(LifeModel.Document document) {
        Map<String, String> lines = TreeMap.ofAll(document.lines)
                .mapValues(line -> line.quantity + " for " + line.net + " and " + line.tax);
        String form = document.isFinal ? "number " + document.number : "revision " + document.revision;
        return document.account + "'s, " + form + ", " + document.status + (document.isAddressed ? ", addressed" : "")
                + ", owed by " + document.debtor + ", lines " + lines.mkString("; ") + ", payments "
                + TreeMap.ofAll(document.payments)
                + ", refunds " + TreeMap.ofAll(document.refunds)
                + ", tags " + TreeMap.ofAll(document.tags);
    }

    private static String figures(LifeModel.Document document) {
        long due = document.sum();
        return figures(document.net(), document.tax(), 0, Math.max(0, due), Math.max(0, -due));
    }

    private static String figures(Invoice invoice) {
        Seq<Long> amounts = Array.of(
                        Standard.TOTAL, Settlement.TAX, Settlement.CREDITS, Standard.BILLED, Settlement.ENDING_BALANCE)
                .map(key -> LifeModel.cents(invoice.figures().amount(key)));
        return figures(amounts.get(0), amounts.get(1), amounts.get(2), amounts.get(3), amounts.get(4));
    }

    private static String figures(long net, long tax, long credits, long billed, long leftOver) {
        return ", comes to " + net + " and tax " + tax + " less credits " + credits + ", of which " + billed
                + " is billed and " + leftOver + " is left over";
    }

    private static String sealed(Invoice invoice) {
        return invoice instanceof Invoice.Issued issued && issued.seal().isDefined() ? ", sealed" : "";
    }

    static String of(LifeModel.Account account) {
        return "items "
                + LinkedHashMap.ofAll(account.items).mapValues(Report::words).mkString("; ") + "; funds "
                + LinkedHashMap.ofAll(account.funds).mapValues(Report::words).mkString("; ") + "; grants "
                + TreeMap.ofAll(account.grants) + (account.isParked ? "; parked" : "") + "; details "
                + account.details;
    }

    private static String words(LifeModel.Item item) {
        return item.charged + " less " + item.waived + ", paid by " + TreeMap.ofAll(item.paid);
    }

    private static String words(LifeModel.Fund fund) {
        return fund.received + " less " + fund.returned + ", for " + LinkedHashMap.ofAll(fund.uses);
    }

    /** The same words about what is stored. */
    static Map<String, String> of(Ports ports, Access access) {
        Map<String, Seq<StoredLine>> lines = ports.invoices()
                .searchLines(access, LineItemQuery.of(InvoiceQuery.ALL), LineItemOrder.of(), EVERYTHING)
                .rows()
                .groupBy(line -> line.document().invoice().head().id().value())
                .mapValues(Function.identity());
        Map<String, String> words = TreeMap.empty();
        for (Stored stored :
                ports.invoices().search(access, InvoiceQuery.ALL, EVERYTHING).rows()) {
            String id = stored.invoice().head().id().value();
            words = words.put(
                    id, words(document(stored, lines.get(id))) + figures(stored.invoice()) + sealed(stored.invoice()));
        }
        for (AccountId account : ports.accounts().accounts(access, Option.none(), PageRequest.MAX_SIZE)) {
            words = words.put(account.value(), of(account(ports, access, account)));
        }
        return words;
    }

    private static LifeModel.Document document(Stored stored, Option<Seq<StoredLine>> lines) {
        Invoice invoice = stored.invoice();
        LifeModel.Document document = new LifeModel.Document(
                invoice.head().id().value(), invoice.head().account().value(), "");
        document.status = stored.standing().status();
        document.isAddressed = invoice.head().billedTo().isDefined();
        document.debtor = invoice.head()
                .attributes()
                .get("payer")
                .map(payer -> ((dev.billing.domain.invoice.Attribute.Text) payer).value())
                .getOrElse(document.account);
        if (invoice instanceof Invoice.Issued issued) {
            document.isFinal = true;
            document.number = issued.number().map(number -> number.value()).getOrElse(0L);
        } else {
            document.revision = ((Invoice.Running) invoice).revision();
        }
        stored.standing()
                .payments()
                .forEach(payment -> document.payments.put(
                        payment.id(),
                        payment.status() == Payment.Status.FAILED
                                ? -LifeModel.cents(payment.billed())
                                : LifeModel.cents(payment.paid())));
        stored.standing()
                .refunds()
                .forEach(refund ->
                        document.refunds.merge(refund.paymentId(), LifeModel.cents(refund.amount()), Long::sum));
        stored.standing().tags().forEach(tag -> document.tags.put(tag.name(), tag.value()));
        lines.forEach(some -> some.map(StoredLine::line).forEach(line -> put(document, line)));
        return document;
    }

    private static void put(LifeModel.Document document, LineItem line) {
        document.lines.put(name(document, line.id().value()), LifeModel.line(line));
    }

    /** Lines that rating names are told by what they are. */
    private static String name(LifeModel.Document document, String id) {
        if (id.startsWith("correction/")) {
            long before = document.lines.keySet().stream()
                    .filter(name -> name.startsWith(MonthModel.CORRECTION))
                    .count();
            return MonthModel.CORRECTION + (before + 1);
        }
        return id.startsWith("usage/") ? MonthModel.RATED : id;
    }

    private static LifeModel.Account account(Ports ports, Access access, AccountId id) {
        Seq<Entry> entries = ports.accounts().entries(access, id);
        LifeModel.Account account = Ledger.of(entries);
        account.details = ports.accounts()
                .details(access, id)
                .map(AccountDetails::version)
                .getOrElse(0L);
        long balance = LifeModel.cents(Account.of(id, entries).balance(Choices.USD));
        if (balance != account.balance()) {
            throw new AssertionError(
                    id + " owes " + account.balance() + " by its entries, where its balance is " + balance);
        }
        return account;
    }
}
