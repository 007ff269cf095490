package dev.billing.testkit.life;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.CreditCommand.Part;
import io.vavr.collection.Seq;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What credit notes do. */
record CreditModel(LifeModel model, Deed deed) {

    boolean apply(CreditCommand command) {
        LifeModel.Document invoice = model.documents.get(command.invoice().value());
        String note = command.note().value();
        if (invoice == null
                || !invoice.isFinal
                || invoice.isNote()
                || !deed.sees(invoice.account)
                || !deed.sees(invoice.debtor)
                || model.documents.containsKey(note)) {
            return false;
        }
        LifeModel.Document after = invoice.copy();
        Map<String, LifeModel.Line> given = new LinkedHashMap<>();
        boolean mayBeVoid = invoice.status != InvoiceStatus.FORGIVEN && invoice.status != InvoiceStatus.VOID;
        if (command instanceof CreditCommand.Credit credit) {
            return give(after, given, credit.parts())
                    && sum(given) > 0
                    && sum(given) <= invoice.left()
                    && done(note, after, given, mayBeVoid);
        }
        after.lines.forEach((name, line) -> take(given, name, line, line.rest()));
        return mayBeVoid && !isCorrected(after.id) && sum(given) >= 0 && done(note, after, given, true);
    }

    private static long sum(Map<String, LifeModel.Line> given) {
        return given.values().stream().mapToLong(line -> line.net + line.tax).sum();
    }

    private static boolean give(LifeModel.Document invoice, Map<String, LifeModel.Line> given, Seq<Part> parts) {
        return parts.nonEmpty() && parts.forAll(part -> give(invoice, given, part));
    }

    private static boolean give(LifeModel.Document invoice, Map<String, LifeModel.Line> given, Part part) {
        if (part instanceof Part.Amount amount) {
            return spread(invoice, given, LifeModel.cents(amount.net()));
        }
        String name = nameOf(part);
        LifeModel.Line line = invoice.lines.get(name);
        if (line == null || line.isUsedUp()) {
            return false;
        }
        if (part instanceof Part.Quantity units) {
            long quantity = units.quantity().longValueExact();
            if (quantity < 1 || quantity > line.quantity - line.creditedQuantity) {
                return false;
            }
            take(given, name, line, line.units(quantity));
        } else if (part instanceof Part.LineAmount amount) {
            long net = LifeModel.cents(amount.net());
            if (net == 0 || !LifeModel.Line.isWithin(net, line.leftNet())) {
                return false;
            }
            take(given, name, line, line.amount(net));
        } else {
            take(given, name, line, line.rest());
        }
        return true;
    }

    private static String nameOf(Part part) {
        if (part instanceof Part.Quantity units) {
            return units.line().value();
        }
        return part instanceof Part.LineAmount amount
                ? amount.line().value()
                : ((Part.Line) part).line().value();
    }

    private static void take(Map<String, LifeModel.Line> given, String name, LifeModel.Line line, LifeModel.Line part) {
        line.creditedQuantity += part.quantity;
        line.creditedNet += part.net;
        line.creditedTax += part.tax;
        given.merge(name, part, LifeModel.Line::plus);
    }

    /** Each line that charges gets its share cut to whole cents, and then the cents that are left go to those that lost most. */
    private static boolean spread(LifeModel.Document invoice, Map<String, LifeModel.Line> given, long amount) {
        long all = invoice.lines.values().stream()
                .mapToLong(LifeModel.Line::leftNet)
                .sum();
        if (amount < 1 || amount > all) {
            return false;
        }
        if (amount == all) {
            invoice.lines.forEach((name, line) -> take(given, name, line, line.rest()));
            return true;
        }
        List<String> names = invoice.lines.keySet().stream()
                .filter(name -> invoice.line(name).leftNet() > 0)
                .toList();
        long weight =
                names.stream().mapToLong(name -> invoice.line(name).leftNet()).sum();
        Map<String, Long> shares = new LinkedHashMap<>();
        names.forEach(name -> shares.put(name, amount * invoice.line(name).leftNet() / weight));
        long[] cents = {
            amount - shares.values().stream().mapToLong(Long::longValue).sum()
        };
        names.stream()
                .sorted((one, other) -> Long.compare(
                        amount * invoice.line(other).leftNet() % weight,
                        amount * invoice.line(one).leftNet() % weight))
                .limit(cents[0])
                .forEach(name -> shares.merge(name, 1L, Long::sum));
        shares.forEach((name, share) -> {
            if (share != 0) {
                LifeModel.Line line = invoice.line(name);
                take(given, name, line, line.amount(share));
            }
        });
        return true;
    }

    private boolean done(String note, LifeModel.Document after, Map<String, LifeModel.Line> given, boolean mayBeVoid) {
        given.values().removeIf(LifeModel.Line::isNothing);
        model.documents.put(after.id, after);
        if (!given.isEmpty()) {
            model.documents.put(note, note(note, after, given));
        }
        if (sum(given) > 0) {
            pay("CREDIT_NOTE " + note, after, sum(given));
        }
        if (mayBeVoid && !isCorrected(after.id) && after.lines.values().stream().allMatch(LifeModel.Line::isUsedUp)) {
            after.status = InvoiceStatus.VOID;
        }
        return true;
    }

    /** Whether something that corrects it is on a draft, or charges more and was not taken back. */
    private boolean isCorrected(String id) {
        return model.documents.values().stream()
                .filter(document -> document.status != InvoiceStatus.VOID)
                .anyMatch(document -> document.lines.values().stream()
                        .filter(line -> line.corrects.equals(id))
                        .anyMatch(line -> !document.isFinal || (line.net > 0 && !line.isUsedUp())));
    }

    private LifeModel.Document note(String id, LifeModel.Document invoice, Map<String, LifeModel.Line> given) {
        LifeModel.Document note = new LifeModel.Document(id, invoice.account, invoice.id);
        note.isFinal = true;
        note.status = InvoiceStatus.FREE;
        note.number = model.nextNote();
        note.debtor = invoice.debtor;
        note.isAddressed = invoice.isAddressed;
        given.forEach((name, line) -> note.lines.put(name, new LifeModel.Line(-line.quantity, -line.net, -line.tax)));
        return note;
    }

    /** It pays what is open, then what was given up, and the rest is credit. */
    private void pay(String source, LifeModel.Document invoice, long amount) {
        LifeModel.Account debtor = model.account(invoice.debtor);
        debtor.funds.put(source, new LifeModel.Fund(amount));
        LifeModel.Item item = debtor.items.get(invoice.id);
        if (item != null) {
            long beyond = Math.max(0, amount - item.open());
            item.waived -= Math.min(beyond, item.waived);
            new PaymentModel(model, deed).pay(invoice.debtor, source, invoice.id, Math.min(amount, item.open()));
        }
    }
}
