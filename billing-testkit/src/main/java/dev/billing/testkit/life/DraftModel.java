package dev.billing.testkit.life;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.usecase.DraftCommand;
import io.vavr.collection.Seq;

/** What commands do to drafts. */
record DraftModel(LifeModel model, Deed deed) {

    boolean apply(DraftCommand command) {
        if (command instanceof DraftCommand.Open open) {
            return open(open);
        }
        LifeModel.Document draft = model.documents.get(command.invoice().value());
        return draft != null && !draft.isFinal && deed.sees(draft.account) && apply(draft, command);
    }

    private boolean apply(LifeModel.Document draft, DraftCommand command) {
        if (command instanceof DraftCommand.AddLines add) {
            return isAsSeen(draft, add.revision()) && add(draft, add.lines());
        }
        if (command instanceof DraftCommand.RemoveLines remove) {
            return isAsSeen(draft, remove.revision()) && remove(draft, remove.lines());
        }
        if (command instanceof DraftCommand.Finalise) {
            return finalise(draft);
        }
        if (command instanceof DraftCommand.Review) {
            return draft.status == InvoiceStatus.PENDING && become(draft, InvoiceStatus.IN_REVIEW);
        }
        if (command instanceof DraftCommand.SendBack) {
            return draft.status == InvoiceStatus.IN_REVIEW && become(draft, InvoiceStatus.PENDING);
        }
        return draft.isDraft() && become(draft, InvoiceStatus.VOID);
    }

    private static boolean isAsSeen(LifeModel.Document draft, long revision) {
        return draft.status == InvoiceStatus.PENDING && draft.revision == revision;
    }

    private boolean open(DraftCommand.Open open) {
        String id = open.invoice().value();
        String account = open.account().value();
        if (!deed.sees(account) || model.documents.containsKey(id) || hasTwice(open.lines())) {
            return false;
        }
        LifeModel.Document draft = new LifeModel.Document(id, account, "");
        draft.isAddressed = model.account(account).hasCustomer;
        put(draft, open.lines());
        model.documents.put(id, draft);
        return true;
    }

    private static boolean hasTwice(Seq<LineItem> lines) {
        return lines.map(LineItem::id).toSet().size() < lines.size();
    }

    private static void put(LifeModel.Document draft, Seq<LineItem> lines) {
        for (LineItem line : lines) {
            draft.put(line.id().value(), LifeModel.line(line));
        }
    }

    private static boolean add(LifeModel.Document draft, Seq<LineItem> lines) {
        if (lines.isEmpty()
                || hasTwice(lines)
                || lines.exists(line -> draft.lines.containsKey(line.id().value()))) {
            return false;
        }
        put(draft, lines);
        draft.revision++;
        return true;
    }

    private static boolean remove(LifeModel.Document draft, Seq<LineId> lines) {
        if (lines.isEmpty() || !lines.forAll(line -> draft.lines.containsKey(line.value()))) {
            return false;
        }
        lines.forEach(line -> draft.lines.remove(line.value()));
        draft.revision++;
        return true;
    }

    private static boolean become(LifeModel.Document draft, InvoiceStatus status) {
        draft.status = status;
        draft.revision++;
        return true;
    }

    private boolean finalise(LifeModel.Document draft) {
        LifeModel.Account account = model.account(draft.account);
        String payer = account.payer.isEmpty() ? draft.account : account.payer;
        LifeModel.Account debtor = model.account(payer);
        if (!draft.isDraft()
                || model.now.isBefore(draft.end)
                || account.isParked
                || !deed.sees(payer)
                || debtor.isParked) {
            return false;
        }
        long sum = draft.sum();
        draft.isFinal = true;
        draft.debtor = payer;
        draft.number = model.nextInvoice();
        draft.status = sum > 0 ? InvoiceStatus.CLOSED : InvoiceStatus.FREE;
        if (sum > 0) {
            debtor.items.put(draft.id, new LifeModel.Item(sum));
        }
        if (sum < 0) {
            debtor.funds.put("DOCUMENT " + draft.id, new LifeModel.Fund(-sum));
        }
        new PaymentModel(model, deed).useUp(payer);
        return true;
    }
}
