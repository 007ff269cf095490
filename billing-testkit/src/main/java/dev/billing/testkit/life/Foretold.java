package dev.billing.testkit.life;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.port.Access;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** Holds what was to be written against what is stored after it. */
record Foretold(Ports ports, Access access) {

    /** What is not as it was foretold. */
    Seq<String> differences(Seq<Write> writes) {
        return documents(writes).appendAll(accounts(writes));
    }

    private Seq<String> documents(Seq<Write> writes) {
        return writes.filter(Write.OfDocument.class::isInstance)
                .map(Write.OfDocument.class::cast)
                .groupBy(Write.OfDocument::invoice)
                .toArray()
                .flatMap(same -> ports.invoices()
                        .find(access, same._1)
                        .map(stored -> differences(same._1, stored, same._2))
                        .getOrElse(() -> Array.of("There is no " + same._1)));
    }

    private Seq<String> differences(InvoiceId id, Stored stored, Seq<Write.OfDocument> writes) {
        Map<LineId, LineItem> lines = lines(id);
        return writes.flatMap(write -> difference(stored.invoice(), lines, write, write.equals(content(writes))))
                .appendAll(standing(stored.standing(), writes));
    }

    /** The last one that writes the content of a document, which is what it is afterwards. */
    private static Write.OfDocument content(Seq<Write.OfDocument> writes) {
        return writes.filter(write -> !(write instanceof Write.Stand))
                .lastOption()
                .getOrElse(writes.last());
    }

    private static Seq<String> difference(
            Invoice stored, Map<LineId, LineItem> lines, Write.OfDocument write, boolean isLast) {
        if (write instanceof Write.Issue issue) {
            return differing(sealed(stored), issue.draft(), isLast).appendAll(missing(lines, issue.lines(), true));
        }
        if (write instanceof Write.Seal seal) {
            return differing(sealed(stored), seal.draft(), isLast);
        }
        if (write instanceof Write.Revise revise) {
            return differing(stored, revise.next(), isLast)
                    .appendAll(missing(lines, revise.lines(), revise.change() == Write.Revise.Change.REPLACE_LINES));
        }
        return write instanceof Write.Erase erase
                ? differing(stored.head().billedTo(), erase.replacement(), true)
                : Array.empty();
    }

    /** A final document without what only the store gives it. */
    private static Invoice sealed(Invoice stored) {
        return stored instanceof Invoice.Issued issued
                ? new Invoice.Preview(issued.head(), issued.figures(), issued.issuedAt())
                : stored;
    }

    private static Seq<String> missing(Map<LineId, LineItem> lines, Iterable<LineItem> foretold, boolean isAll) {
        Seq<LineItem> planned = Array.ofAll(foretold);
        return planned.flatMap(line -> differing(lines.get(line.id()), Option.some(line), true))
                .appendAll(differing(lines.size(), planned.size(), isAll));
    }

    private static Seq<String> standing(Standing stored, Seq<Write.OfDocument> writes) {
        Option<Write.Stand> stand = writes.filter(Write.Stand.class::isInstance)
                .map(Write.Stand.class::cast)
                .lastOption();
        Option<InvoiceStatus> status = stand.map(last -> last.next().status())
                .orElse(() -> writes.flatMap(Foretold::status).lastOption());
        return stand.toArray()
                .flatMap(last -> differing(stored, last.next(), true))
                .appendAll(status.toArray().flatMap(last -> differing(stored.status(), last, true)));
    }

    private static Option<InvoiceStatus> status(Write.OfDocument write) {
        if (write instanceof Write.Issue issue) {
            return Option.some(issue.status());
        }
        return write instanceof Write.Seal seal ? Option.some(seal.status()) : Option.none();
    }

    private Map<LineId, LineItem> lines(InvoiceId id) {
        return ports.invoices()
                .lines(access, LineItemQuery.of(id), lines -> Array.ofAll(() -> lines))
                .toMap(LineItem::id, line -> line);
    }

    private Seq<String> accounts(Seq<Write> writes) {
        Seq<String> described = writes.filter(Write.Describe.class::isInstance)
                .map(Write.Describe.class::cast)
                .flatMap(write ->
                        differing(ports.accounts().details(access, write.account()), Option.some(write.next()), true));
        return writes.filter(Write.Enter.class::isInstance)
                .map(Write.Enter.class::cast)
                .groupBy(Write.Enter::account)
                .toArray()
                .flatMap(same -> entered(same._1, same._2))
                .appendAll(described);
    }

    private Seq<String> entered(AccountId account, Seq<Write.Enter> writes) {
        Seq<Movement> planned = writes.flatMap(Write.Enter::movements);
        Seq<Entry> entries = ports.accounts().entries(access, account);
        Seq<Movement> latest = entries.takeRight(planned.size()).map(Entry::movement);
        return differing(latest, planned, true)
                .appendAll(writes.head()
                        .expected()
                        .toArray()
                        .flatMap(before -> differing((long) entries.size(), before + planned.size(), true)));
    }

    private static Seq<String> differing(Object stored, Object foretold, boolean matters) {
        return matters && !stored.equals(foretold)
                ? Array.of(stored + " is stored where " + foretold + " was foretold")
                : Array.empty();
    }
}
