package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.line.Side;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** Prints the documents of the systems that have one for each order, organization or thing. */
final class DocumentTable {

    private static final int SHOWN = 50;
    private static final Seq<String> HEADER = Array.of("system", "document", "account", "since", "status", "due");

    /** What is due in each of them. */
    private static final Seq<Tuple2<String, FigureKey>> SYSTEMS = Array.of(
            new Tuple2<>(Spaces.profile().name(), Spaces.TOTAL),
            new Tuple2<>(Atlas.profile().name(), Atlas.BILLED),
            new Tuple2<>(Morpheus.NAME, Morpheus.figure("total", Option.none(), Side.PRICE)));

    private final Access access;
    private final Billing billing;
    private final Console console;

    DocumentTable(TenantId tenant, Billing billing, Console console) {
        this.access = Access.toAll(tenant);
        this.billing = billing;
        this.console = console;
    }

    void print() {
        Seq<Seq<String>> rows = SYSTEMS.flatMap(system -> rows(system._1, system._2));
        if (rows.nonEmpty()) {
            console.table(HEADER, rows);
        }
    }

    private Seq<Seq<String>> rows(String profile, FigureKey due) {
        Page<Stored> page =
                billing.readInvoices().list(access, InvoiceQuery.ofProfile(profile), PageRequest.first(SHOWN));
        Seq<Seq<String>> rows = page.rows().map(stored -> row(stored, due));
        return page.total() > SHOWN
                ? rows.append(Array.of(profile, "… and " + (page.total() - SHOWN) + " more", "", "", "", ""))
                : rows;
    }

    private static Seq<String> row(Stored stored, FigureKey due) {
        Head head = stored.invoice().head();
        return Array.of(
                head.profile(),
                head.subject()
                        .map(subject -> head.id() + " " + subject)
                        .getOrElse(head.id().value()),
                head.account().value(),
                head.period()
                        .map(period -> period.start())
                        .getOrElse(head.createdAt())
                        .toString()
                        .substring(0, "2017-01-01".length()),
                stored.standing().status().name(),
                stored.invoice()
                        .figures()
                        .find(due)
                        .map(Figure::amount)
                        .map(MonthTable::money)
                        .getOrElse("-"));
    }
}
