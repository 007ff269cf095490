package dev.billing.jdbc;

import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceQuery.Form;
import dev.billing.port.Receipt;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Applies one commit in a transaction.
 * <p>
 * Locks are taken in one order, so that commits wait for each other but never in a circle: the command, the documents by their ids, and at
 * the end the series by their scopes. Numbers are given last, because everybody who issues in a series waits for its row.
 */
final class CommitWork {

    private final Connection connection;
    private final Dialect dialect;
    private final String tenant;
    private final Commit commit;
    private final Runnable beforeLines;

    /**
     * Work on a connection.
     *
     * @param beforeLines is told before the first line is read; lines are read once
     */
    CommitWork(Connection connection, Dialect dialect, String tenant, Commit commit, Runnable beforeLines) {
        this.connection = connection;
        this.dialect = dialect;
        this.tenant = tenant;
        this.commit = commit;
        this.beforeLines = beforeLines;
    }

    /** A document as it is while the commit is applied. */
    private static final class Document {

        private final long no;
        private Form form;
        private long revision;

        /** Its row may be there, and locked, before the write that creates it is applied. */
        private boolean exists;

        Document(long no, Form form, long revision) {
            this.no = no;
            this.form = form;
            this.revision = revision;
            this.exists = true;
        }
    }

    Either<CommitRefused, Receipt> run() throws SQLException {
        Option<Either<CommitRefused, Receipt>> answer = Database.settle(connection, c -> answerOrClaim());
        return answer.isDefined() ? answer.get() : apply();
    }

    private Option<Either<CommitRefused, Receipt>> answerOrClaim() throws SQLException {
        Option<Either<CommitRefused, Receipt>> answer = new Query(
                        "select content, receipt from billing_command where tenant = ? and command_key = ?",
                        tenant,
                        commit.key().value())
                .first(connection, row -> answer(row.text(), row.text()));
        if (answer.isEmpty()) {
            Batch.one(
                    connection,
                    "insert into billing_command (tenant, command_key, content) values (?, ?, ?)",
                    row -> row.text(tenant).text(commit.key().value()).text(commit.content()));
        }
        return answer;
    }

    private Either<CommitRefused, Receipt> answer(String content, String receipt) {
        return content.equals(commit.content())
                ? Either.right(ReceiptJson.read(commit.key(), receipt))
                : Either.left(new CommitRefused.KeyReused(commit.key()));
    }

    private Either<CommitRefused, Receipt> apply() throws SQLException {
        Option<CommitRefused> refused = commit.writes().flatMap(this::problem).headOption();
        if (refused.isDefined()) {
            return Either.left(refused.get());
        }
        Map<InvoiceId, Document> documents = lockDocuments();
        for (Write write : commit.writes()) {
            refused = apply(write, documents.get(write.invoice()));
            if (refused.isDefined()) {
                return Either.left(refused.get());
            }
        }
        Receipt receipt = new Receipt(commit.key(), giveNumbers(documents));
        Batch.one(
                connection,
                "update billing_command set receipt = ? where tenant = ? and command_key = ?",
                row -> row.text(ReceiptJson.write(receipt))
                        .text(tenant)
                        .text(commit.key().value()));
        return Either.right(receipt);
    }

    private Option<CommitRefused> problem(Write write) {
        Option<String> problem = write instanceof Write.Stand stand
                ? new Fit(dialect)
                        .instant("updated at", stand.next().updatedAt())
                        .problem()
                : InvoiceTable.problem(
                        dialect,
                        write instanceof Write.Seal seal
                                ? seal.draft()
                                : created(write).get());
        return problem.map(what -> new CommitRefused.TooManyDigits(write.invoice(), what));
    }

    /** The document that a write stores, which creates it if it is the first. */
    private static Option<Invoice> created(Write write) {
        if (write instanceof Write.Issue issue) {
            return Option.some(issue.draft());
        }
        return write instanceof Write.Revise revise ? Option.some(revise.next()) : Option.none();
    }

    private Map<InvoiceId, Document> lockDocuments() throws SQLException {
        Map<InvoiceId, Document> documents = HashMap.empty();
        for (InvoiceId id : commit.writes().map(Write::invoice).distinct().sorted()) {
            Option<Invoice> first = commit.writes()
                    .filter(write -> write.invoice().equals(id))
                    .flatMap(CommitWork::created)
                    .headOption();
            Option<Document> document = Database.settle(connection, c -> lockOrCreate(id, first));
            documents = document.isDefined() ? documents.put(id, document.get()) : documents;
        }
        return documents;
    }

    private Option<Document> lockOrCreate(InvoiceId id, Option<Invoice> first) throws SQLException {
        Option<Document> known = lock(id);
        if (known.isDefined() || first.isEmpty()) {
            return known;
        }
        InvoiceTable.insert(connection, tenant, first.get());
        Option<Document> created = lock(id);
        created.forEach(document -> document.exists = false);
        return created;
    }

    private Option<Document> lock(InvoiceId id) throws SQLException {
        return new Query("""
                        select invoice_no, form, revision from billing_invoice
                        where tenant = ? and invoice_id = ? for update
                        """, tenant, id.value())
                .first(
                        connection,
                        row -> new Document(
                                row.whole(),
                                Form.valueOf(row.text()),
                                row.optionalWhole().getOrElse(0L)));
    }

    private Option<CommitRefused> apply(Write write, Option<Document> locked) throws SQLException {
        if (write instanceof Write.Stand stand) {
            return stand(stand, locked.filter(document -> document.exists));
        }
        if (write instanceof Write.Seal seal) {
            return seal(seal, locked.filter(document -> document.exists));
        }
        Document document = locked.get();
        return write instanceof Write.Issue issue ? issue(issue, document) : revise((Write.Revise) write, document);
    }

    private Option<CommitRefused> issue(Write.Issue issue, Document document) throws SQLException {
        InvoiceId id = issue.invoice();
        if (document.exists) {
            return Option.some(new CommitRefused.AlreadyExists(id));
        }
        Invoice.Preview draft = issue.draft();
        create(document, draft, Standing.initial(id, issue.status(), draft.asOf()));
        return add(linesOf(id, document), issue.lines());
    }

    private Option<CommitRefused> revise(Write.Revise revise, Document document) throws SQLException {
        InvoiceId id = revise.invoice();
        if (document.exists && document.form == Form.ISSUED) {
            return Option.some(new CommitRefused.Sealed(id));
        }
        long next = document.exists ? document.revision + 1 : 1;
        if (revise.next().revision() != next) {
            return Option.some(new CommitRefused.Stale(id, revise.next().revision(), next));
        }
        if (document.exists) {
            replace(document, revise.next());
        } else {
            Standing standing = Standing.initial(
                    id, InvoiceStatus.PENDING, revise.next().head().createdAt());
            create(document, revise.next(), standing);
        }
        document.revision = next;
        LineWriter lines = linesOf(id, document);
        if (revise.change() == Change.REPLACE_LINES) {
            lines.deleteAll();
        }
        return add(lines, revise.lines());
    }

    private Option<CommitRefused> seal(Write.Seal seal, Option<Document> known) throws SQLException {
        InvoiceId id = seal.invoice();
        if (known.isEmpty()) {
            return Option.some(new CommitRefused.UnknownInvoice(id));
        }
        Document document = known.get();
        if (document.form == Form.ISSUED) {
            return Option.some(new CommitRefused.Sealed(id));
        }
        if (document.revision != seal.revision()) {
            return Option.some(new CommitRefused.Stale(id, seal.revision(), document.revision));
        }
        replace(document, seal.draft());
        InvoiceTable.becoming(
                connection, tenant, document.no, seal.status(), seal.draft().asOf());
        document.form = Form.ISSUED;
        return Option.none();
    }

    private void replace(Document document, Invoice next) throws SQLException {
        InvoiceTable.update(connection, tenant, document.no, next);
        InvoiceTable.replaceFigures(connection, tenant, document.no, next.figures());
    }

    private void create(Document document, Invoice invoice, Standing standing) throws SQLException {
        FinderTables.insert(connection, tenant, document.no, invoice.head());
        InvoiceTable.insertFigures(connection, tenant, document.no, invoice.figures());
        InvoiceTable.insertStanding(connection, tenant, document.no, standing);
        document.form = invoice instanceof Invoice.Running ? Form.RUNNING : Form.ISSUED;
        document.exists = true;
    }

    private LineWriter linesOf(InvoiceId id, Document document) {
        return new LineWriter(connection, dialect, tenant, id, document.no);
    }

    private Option<CommitRefused> add(LineWriter lines, Iterable<LineItem> added) throws SQLException {
        beforeLines.run();
        return lines.add(added);
    }

    private Option<CommitRefused> stand(Write.Stand stand, Option<Document> known) throws SQLException {
        if (known.isEmpty()) {
            return Option.some(new CommitRefused.UnknownInvoice(stand.invoice()));
        }
        long no = known.get().no;
        long next = 1
                + new Query("select version from billing_standing where tenant = ? and invoice_no = ?", tenant, no)
                        .first(connection, Row::whole)
                        .get();
        if (stand.next().version() != next) {
            return Option.some(
                    new CommitRefused.Stale(stand.invoice(), stand.next().version(), next));
        }
        InvoiceTable.updateStanding(connection, tenant, no, stand.next());
        return Option.none();
    }

    private Map<InvoiceId, InvoiceNumber> giveNumbers(Map<InvoiceId, Document> documents) throws SQLException {
        Seq<Tuple2<InvoiceId, Series>> issued =
                commit.writes().flatMap(write -> series(write).map(series -> new Tuple2<>(write.invoice(), series)));
        Map<InvoiceId, InvoiceNumber> numbers = new SeriesTable(connection, tenant).numbers(issued);
        for (Tuple2<InvoiceId, InvoiceNumber> number : numbers) {
            InvoiceTable.number(connection, tenant, documents.get(number._1).get().no, number._2);
        }
        return numbers;
    }

    private static Option<Series> series(Write write) {
        if (write instanceof Write.Issue issue) {
            return issue.series();
        }
        return write instanceof Write.Seal seal ? seal.series() : Option.none();
    }
}
