package dev.billing.testkit.life;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** What billing and correcting months does. */
record MonthModel(LifeModel model, Deed deed) {

    /** What one unit costs, in cents. */
    static final long PRICE = 10;

    /** The line that rating gives. */
    static final String RATED = "rated";

    static final String CORRECTION = "correction-";

    boolean apply(MonthCommand command) {
        return command instanceof MonthCommand.Correct correct
                ? correct(correct)
                : deed.sees(command.account().value()) && bill(command);
    }

    static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String id(String account, YearMonth month) {
        return "month/" + account + "/" + start(month);
    }

    // Bill

    private boolean bill(MonthCommand command) {
        String account = command.account().value();
        YearMonth month = command.month();
        if (model.account(account).isParked || model.now.isBefore(start(month)) || !mayChange(account, month)) {
            return false;
        }
        boolean isNew = !model.documents.containsKey(id(account, month));
        LifeModel.Document draft = draft(account, month);
        Map<String, LifeModel.Line> before = new LinkedHashMap<>(draft.lines);
        LifeModel.Line known = before.remove(RATED);
        LifeModel.Line rated = rated(model.usage.getOrDefault(account + " " + month, 0L));
        boolean changed = known == null ? rated.quantity > 0 : known.quantity != rated.quantity;
        draft.lines.clear();
        if (rated.quantity > 0) {
            draft.lines.put(RATED, rated);
        }
        for (Map.Entry<String, LifeModel.Line> line : before.entrySet()) {
            long position = draft.lines.size();
            changed |= line.getValue().position != position;
            line.getValue().position = position;
            draft.lines.put(line.getKey(), line.getValue());
        }
        draft.revision += changed && !isNew ? 1 : 0;
        draft.mayBeRevised = !changed && !isNew;
        return true;
    }

    private static LifeModel.Line rated(long quantity) {
        return new LifeModel.Line(quantity, quantity * PRICE, 0);
    }

    private boolean mayChange(String account, YearMonth month) {
        LifeModel.Document known = model.documents.get(id(account, month));
        return known == null || (!known.isFinal && known.status == InvoiceStatus.PENDING);
    }

    private LifeModel.Document draft(String account, YearMonth month) {
        return model.documents.computeIfAbsent(id(account, month), id -> {
            LifeModel.Document draft = new LifeModel.Document(id, account, "");
            draft.end = start(month.plusMonths(1));
            return draft;
        });
    }

    // Correct

    private boolean correct(MonthCommand.Correct command) {
        String account = command.account().value();
        LifeModel.Document billed = model.documents.get(id(account, command.month()));
        if (!deed.sees(account) || billed == null || !billed.isFinal || billed.status == InvoiceStatus.VOID) {
            return false;
        }
        long missing = model.usage.getOrDefault(account + " " + command.month(), 0L) - known(billed);
        if (missing == 0) {
            return true;
        }
        if (model.account(account).isParked) {
            return false;
        }
        LifeModel.Line line = rated(missing);
        line.corrects = billed.id;
        String payer = model.account(account).payer;
        boolean isSameDebtor = billed.debtor.equals(payer.isEmpty() ? account : payer);
        return (command.policy() == Policy.NEXT_INVOICE && isSameDebtor) ? onNext(account, line) : own(billed, line);
    }

    /** What was billed of a month, on its own document and on others that correct it. */
    private long known(LifeModel.Document billed) {
        long own = billed.lines.containsKey(RATED) ? billed.lines.get(RATED).quantity : 0;
        return own
                + model.documents.values().stream()
                        .filter(document -> document.status != InvoiceStatus.VOID && !document.isNote())
                        .flatMap(document -> document.lines.values().stream())
                        .filter(line -> line.corrects.equals(billed.id))
                        .mapToLong(line -> line.quantity)
                        .sum();
    }

    private boolean onNext(String account, LifeModel.Line line) {
        YearMonth running = YearMonth.from(model.now.atOffset(ZoneOffset.UTC));
        if (!mayChange(account, running)) {
            return false;
        }
        boolean isNew = !model.documents.containsKey(id(account, running));
        LifeModel.Document next = draft(account, running);
        put(next, line);
        next.revision += isNew ? 0 : 1;
        return true;
    }

    private static void put(LifeModel.Document document, LifeModel.Line line) {
        long before = document.lines.keySet().stream()
                .filter(name -> name.startsWith(CORRECTION))
                .count();
        document.put(CORRECTION + (before + 1), line);
    }

    private boolean own(LifeModel.Document billed, LifeModel.Line line) {
        if (!deed.sees(billed.debtor) || model.account(billed.debtor).isParked) {
            return false;
        }
        int number = 1;
        while (model.documents.containsKey("correction/" + number + "/" + billed.id)) {
            number++;
        }
        LifeModel.Document own = new LifeModel.Document("correction/" + number + "/" + billed.id, billed.account, "");
        put(own, line);
        own.isFinal = true;
        own.debtor = billed.debtor;
        own.number = model.nextInvoice();
        own.status = InvoiceStatus.CLOSED;
        model.documents.put(own.id, own);
        model.account(own.debtor).items.put(own.id, new LifeModel.Item(line.net));
        new PaymentModel(model, deed).useUp(own.debtor);
        return true;
    }
}
