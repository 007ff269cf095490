package dev.billing.testkit.life;

import dev.billing.domain.account.Movement.Returned;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What money does that comes, goes, or is not expected any more. */
record PaymentModel(LifeModel model, Deed deed) {

    private static final String PAYMENT = "PAYMENT ";
    private static final String CREDIT_NOTE = "CREDIT_NOTE ";
    private static final Set<InvoiceStatus> OPEN =
            EnumSet.of(InvoiceStatus.CLOSED, InvoiceStatus.PARTLY_PAID, InvoiceStatus.FAILED);

    boolean apply(PaymentCommand command) {
        if (command instanceof PaymentCommand.Receive receive) {
            return receive(receive);
        }
        if (command instanceof PaymentCommand.Allocate allocate) {
            return allocate(allocate);
        }
        if (command instanceof PaymentCommand.Refund refund) {
            return giveBack(
                    refund.account().value(),
                    refund.source(),
                    new Back(refund.refund(), Returned.Kind.REFUND, LifeModel.cents(refund.amount()), refund.reason()));
        }
        if (command instanceof PaymentCommand.ChargeBack back) {
            return giveBack(
                    back.account().value(),
                    Source.payment(back.payment()),
                    new Back(
                            back.chargeBack(),
                            Returned.Kind.CHARGE_BACK,
                            LifeModel.cents(back.amount()),
                            back.reason()));
        }
        if (command instanceof PaymentCommand.Fail fail) {
            return fail(fail);
        }
        return command instanceof PaymentCommand.Forgive forgive
                ? giveUp(forgive.invoice().value(), InvoiceStatus.FORGIVEN)
                : giveUp(((PaymentCommand.WriteOff) command).invoice().value(), InvoiceStatus.WRITTEN_OFF);
    }

    // Money comes

    private boolean receive(PaymentCommand.Receive receive) {
        String account = receive.account().value();
        if (!deed.sees(account)) {
            return false;
        }
        Map<String, LifeModel.Fund> funds = model.account(account).funds;
        long amount = LifeModel.cents(receive.amount());
        LifeModel.Fund known = funds.get(PAYMENT + receive.payment());
        if (known != null) {
            return known.received == amount;
        }
        if (!isPayable(account, receive.to(), amount)) {
            return false;
        }
        funds.put(PAYMENT + receive.payment(), new LifeModel.Fund(amount));
        use(account, PAYMENT + receive.payment(), receive.to());
        return true;
    }

    private boolean allocate(PaymentCommand.Allocate allocate) {
        String account = allocate.account().value();
        String source = allocate.source().toString();
        LifeModel.Fund fund = model.account(account).funds.get(source);
        if (!deed.sees(account) || fund == null || !isPayable(account, allocate.to(), fund.free())) {
            return false;
        }
        use(account, source, allocate.to());
        return true;
    }

    private boolean isPayable(String account, Allocation to, long free) {
        if (!(to instanceof Allocation.To told)) {
            return true;
        }
        Map<String, LifeModel.Item> items = model.account(account).items;
        long sum = told.documents().values().map(LifeModel::cents).sum().longValue();
        return sum <= free
                && told.documents()
                        .forAll(part -> items.containsKey(part._1.value())
                                && LifeModel.cents(part._2)
                                        <= payable(
                                                part._1.value(),
                                                model.account(account).item(part._1.value())));
    }

    /** What was written off may be paid after all, if it is told so. */
    private long payable(String document, LifeModel.Item item) {
        return isWrittenOff(document) ? item.open() + item.waived : item.open();
    }

    private boolean isWrittenOff(String document) {
        return model.document(document).status == InvoiceStatus.WRITTEN_OFF;
    }

    private void use(String account, String source, Allocation to) {
        if (to instanceof Allocation.To told) {
            new TreeMap<>(told.documents()
                            .mapKeys(id -> id.value())
                            .mapValues(LifeModel::cents)
                            .toJavaMap())
                    .forEach((document, amount) -> {
                        LifeModel.Item item = model.account(account).item(document);
                        item.waived -= Math.max(0, amount - item.open());
                        pay(account, source, document, amount);
                    });
        }
        if (to instanceof Allocation.OldestFirst) {
            useUp(account, source);
        }
    }

    private void useUp(String account, String source) {
        LifeModel.Fund fund = model.account(account).fund(source);
        model.account(account)
                .items
                .forEach((document, item) -> pay(account, source, document, Math.min(fund.free(), item.open())));
    }

    /** All that is free pays what is open, the oldest first. */
    void useUp(String account) {
        model.account(account).funds.keySet().forEach(source -> useUp(account, source));
    }

    /** A source pays a document. */
    void pay(String account, String source, String document, long amount) {
        if (amount > 0) {
            LifeModel.pay(model.account(account), source, document, amount);
            LifeModel.Document paid = model.document(document);
            if (source.startsWith(PAYMENT)) {
                String id = source.substring(PAYMENT.length());
                paid.payments.merge(id, amount, (before, more) -> Math.max(before, 0) + more);
            }
            stand(paid, model.account(account).item(document), false);
        }
    }

    /** Where a document stands after money came or went. */
    private static void stand(LifeModel.Document document, LifeModel.Item item, boolean isReopened) {
        boolean isSettled = document.status == InvoiceStatus.VOID || document.status == InvoiceStatus.FORGIVEN;
        if (isSettled || (item.open() == 0 && item.waived > 0)) {
            return;
        }
        if (item.open() == 0) {
            document.status = InvoiceStatus.PAID;
        } else if (item.paidInAll() == 0) {
            document.status = document.status == InvoiceStatus.FAILED ? document.status : InvoiceStatus.CLOSED;
        } else if (!isReopened || document.status != InvoiceStatus.FAILED) {
            document.status = InvoiceStatus.PARTLY_PAID;
        }
    }

    // Money goes

    /** What goes back, as it was told. */
    private record Back(String id, Returned.Kind kind, long amount, Object reason) {}

    private boolean giveBack(String account, Source source, Back back) {
        LifeModel.Fund fund = model.account(account).funds.get(source.toString());
        if (!deed.sees(account) || fund == null) {
            return false;
        }
        Object known = fund.returns.get(back.id());
        if (known != null) {
            return known.equals(back);
        }
        if (back.amount() > fund.received - fund.returned - takenBack(source.toString(), fund)) {
            return false;
        }
        List<String> reopened = release(account, source, back.amount());
        fund.returned += back.amount();
        fund.returns.put(back.id(), back);
        reopened.forEach(document -> close(account, document));
        return true;
    }

    /** What a credit note pays of the document that it credits was never paid. */
    private long takenBack(String source, LifeModel.Fund fund) {
        return fund.uses.entrySet().stream()
                .filter(use -> isNoteOf(source, use.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Takes back uses of a source until so much is free, the latest first. */
    private List<String> release(String account, Source source, long amount) {
        LifeModel.Fund fund = model.account(account).fund(source.toString());
        List<String> latestLast = new ArrayList<>(fund.uses.keySet());
        List<String> released = new ArrayList<>();
        for (int i = latestLast.size() - 1; i >= 0 && fund.free() < amount; i--) {
            String document = latestLast.get(i);
            if (isNoteOf(source.toString(), document)) {
                continue;
            }
            release(account, source, document, Math.min(amount - fund.free(), fund.uses.getOrDefault(document, 0L)));
            released.add(document);
        }
        return released;
    }

    private void release(String account, Source source, String id, long amount) {
        release(account, source.toString(), id, amount);
        if (source.kind() == Source.Kind.PAYMENT) {
            model.document(id).refunds.merge(source.id(), amount, Long::sum);
        }
    }

    private void release(String account, String source, String id, long amount) {
        LifeModel.pay(model.account(account), source, id, -amount);
        LifeModel.Document document = model.document(id);
        if (document.status != InvoiceStatus.WRITTEN_OFF) {
            stand(document, model.account(account).item(id), true);
        }
    }

    /** What a credit note took back is paid by it; what was given up stays so. */
    private void close(String account, String id) {
        LifeModel.Document document = model.document(id);
        LifeModel.Item item = model.account(account).item(id);
        boolean isGivenUp = document.status == InvoiceStatus.FORGIVEN || document.status == InvoiceStatus.WRITTEN_OFF;
        if (isGivenUp || document.status == InvoiceStatus.VOID) {
            model.account(account).funds.forEach((name, fund) -> {
                if (isNoteOf(name, id)) {
                    pay(account, name, id, Math.min(fund.free(), item.open()));
                }
            });
            List<String> notes = model.account(account).funds.keySet().stream()
                    .filter(name -> isNoteOf(name, id))
                    .toList();
            notes.forEach(note -> recall(account, note, id));
        }
        if (isGivenUp) {
            item.waived += item.open();
        }
    }

    /** What a credit note paid of others, the latest first. */
    private void recall(String account, String note, String id) {
        LifeModel.Fund fund = model.account(account).fund(note);
        List<String> others = new ArrayList<>(fund.uses.keySet());
        others.remove(id);
        for (int i = others.size() - 1; i >= 0; i--) {
            long part = Math.min(model.account(account).item(id).open(), fund.uses.getOrDefault(others.get(i), 0L));
            if (part > 0) {
                release(account, note, others.get(i), part);
                pay(account, note, id, part);
                close(account, others.get(i));
            }
        }
    }

    private boolean isNoteOf(String source, String document) {
        return source.startsWith(CREDIT_NOTE)
                && model.document(source.substring(CREDIT_NOTE.length()))
                        .credits
                        .equals(document);
    }

    // Money does not come

    private boolean fail(PaymentCommand.Fail fail) {
        LifeModel.Document document = model.documents.get(fail.invoice().value());
        if (document == null
                || !document.isFinal
                || !deed.sees(document.account)
                || !deed.sees(document.debtor)
                || !model.account(document.debtor).items.containsKey(document.id)) {
            return false;
        }
        long amount = LifeModel.cents(fail.amount());
        Long known = document.payments.get(fail.payment());
        if (known != null) {
            return known == -amount;
        }
        if (!OPEN.contains(document.status)) {
            return false;
        }
        document.payments.put(fail.payment(), -amount);
        document.status = InvoiceStatus.FAILED;
        return true;
    }

    private boolean giveUp(String id, InvoiceStatus status) {
        LifeModel.Document document = model.documents.get(id);
        if (document == null || !document.isFinal || !deed.sees(document.account) || !deed.sees(document.debtor)) {
            return false;
        }
        boolean mayBeForgiven = status == InvoiceStatus.FORGIVEN && document.status == InvoiceStatus.PAID;
        boolean isVoidAndOpen = document.status == InvoiceStatus.VOID
                && model.account(document.debtor).items.containsKey(id)
                && model.account(document.debtor).item(id).open() > 0;
        if (!OPEN.contains(document.status) && !mayBeForgiven && !isVoidAndOpen) {
            return false;
        }
        document.status = isVoidAndOpen ? InvoiceStatus.VOID : status;
        LifeModel.Item item = model.account(document.debtor).item(id);
        item.waived += item.open();
        return true;
    }
}
