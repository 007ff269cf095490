package dev.billing.jdbc;

import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Seal;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.port.Access;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.InvoiceQuery.Form;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
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
 * Locks are taken in one order, so that commits wait for each other but never in a circle: the command, the documents by their ids,
 * the accounts by theirs, and at the end the series by their scopes. Numbers are given last, because everybody who issues in a series
 * without gaps waits for its row.
 */
final class CommitWork {

    private final Connection connection;
    private final Dialect dialect;
    private final String tenant;
    private final Commit commit;
    private final Runnable beforeLines;
    private final AccountWork accounts;

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
        this.accounts = new AccountWork(connection, tenant);
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
        Option<Answer> answer = answer(connection, tenant, commit.key());
        if (answer.isEmpty()) {
            Batch.one(
                    connection,
                    "insert into billing_command (tenant, command_key, content) values (?, ?, ?)",
                    row -> row.text(tenant).text(commit.key().value()).text(commit.content()));
        }
        return answer.map(known -> known.content().equals(commit.content())
                ? Either.right(known.receipt())
                : Either.left(new CommitRefused.KeyReused(commit.key())));
    }

    /** What came of a command that was applied. */
    static Option<Answer> answer(Connection connection, String tenant, CommandKey key) throws SQLException {
        return new Query(
                        "select content, receipt from billing_command where tenant = ? and command_key = ?",
                        tenant,
                        key.value())
                .first(connection, row -> new Answer(row.text(), ReceiptJson.read(key, row.text())));
    }

    private Either<CommitRefused, Receipt> apply() throws SQLException {
        Option<CommitRefused> refused = documentWrites().flatMap(this::problem).headOption();
        if (refused.isDefined()) {
            return Either.left(refused.get());
        }
        Map<InvoiceId, Document> documents = lockDocuments();
        accounts.lock(accountWrites()
                .map(Write.OfAccount::account)
                .appendAll(commit.events().map(Event::account)));
        for (Write write : commit.writes()) {
            refused = apply(write, documents);
            if (refused.isDefined()) {
                return Either.left(refused.get());
            }
        }
        return Either.right(end(documents));
    }

    /** Gives numbers, seals what is issued, and tells what happened. */
    private Receipt end(Map<InvoiceId, Document> documents) throws SQLException {
        Map<InvoiceId, InvoiceNumber> numbers = Database.settle(connection, c -> giveNumbers(documents));
        for (Write.OfDocument write : documentWrites()) {
            end(write, documents.get(write.invoice()).get(), numbers.get(write.invoice()));
        }
        Seq<Event> events = commit.events().map(event -> event(event, numbers));
        accounts.publish(events);
        accounts.end();
        Receipt receipt = new Receipt(commit.key(), numbers, events);
        Batch.one(
                connection,
                "update billing_command set receipt = ? where tenant = ? and command_key = ?",
                row -> row.text(ReceiptJson.write(receipt))
                        .text(tenant)
                        .text(commit.key().value()));
        return receipt;
    }

    /** A seal needs the number of its document, and what is erased must have its seal. */
    private void end(Write.OfDocument write, Document document, Option<InvoiceNumber> number) throws SQLException {
        for (Invoice.Preview issued : issued(write)) {
            seal(document, issued, number);
        }
        if (write instanceof Write.Erase erase) {
            InvoiceTable.erase(connection, tenant, document.no, erase.replacement());
        }
    }

    /** An event tells the number of what it happened to. */
    private static Event event(Event event, Map<InvoiceId, InvoiceNumber> numbers) {
        return numbers.find(number -> number._1.value().equals(event.subject()))
                .map(number -> event.with(Event.NUMBER, number._2.text()))
                .getOrElse(event);
    }

    private Seq<Write.OfDocument> documentWrites() {
        return commit.writes().filter(Write.OfDocument.class::isInstance).map(Write.OfDocument.class::cast);
    }

    private Seq<Write.OfAccount> accountWrites() {
        return commit.writes().filter(Write.OfAccount.class::isInstance).map(Write.OfAccount.class::cast);
    }

    private Option<CommitRefused> problem(Write.OfDocument write) {
        Option<String> problem = write instanceof Write.Stand stand
                ? new Fit(dialect)
                        .instant("updated at", stand.next().updatedAt())
                        .problem()
                : stored(write).flatMap(invoice -> InvoiceTable.problem(dialect, invoice));
        return problem.map(what -> new CommitRefused.TooManyDigits(write.invoice(), what));
    }

    /** The document that a write stores. */
    private static Option<Invoice> stored(Write.OfDocument write) {
        return created(write).orElse(() -> issued(write).map(Invoice.class::cast));
    }

    /** The document that a write seals. */
    private static Option<Invoice.Preview> issued(Write.OfDocument write) {
        if (write instanceof Write.Issue issue) {
            return Option.some(issue.draft());
        }
        return write instanceof Write.Seal seal ? Option.some(seal.draft()) : Option.none();
    }

    /** The document that a write stores, which creates it if it is the first. */
    private static Option<Invoice> created(Write.OfDocument write) {
        if (write instanceof Write.Issue issue) {
            return Option.some(issue.draft());
        }
        return write instanceof Write.Revise revise ? Option.some(revise.next()) : Option.none();
    }

    private Map<InvoiceId, Document> lockDocuments() throws SQLException {
        Map<InvoiceId, Document> documents = HashMap.empty();
        for (InvoiceId id :
                documentWrites().map(Write.OfDocument::invoice).distinct().sorted()) {
            Option<Invoice> first = documentWrites()
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

    private Option<CommitRefused> apply(Write write, Map<InvoiceId, Document> documents) throws SQLException {
        if (write instanceof Write.OfAccount ofAccount) {
            return accounts.apply(ofAccount);
        }
        Write.OfDocument ofDocument = (Write.OfDocument) write;
        Option<Document> locked = documents.get(ofDocument.invoice());
        if (write instanceof Write.Issue issue) {
            return issue(issue, locked.get());
        }
        return write instanceof Write.Revise revise
                ? revise(revise, locked.get())
                : change(ofDocument, locked.filter(document -> document.exists));
    }

    /** A change of what must be there. */
    private Option<CommitRefused> change(Write.OfDocument write, Option<Document> known) throws SQLException {
        if (known.isEmpty()) {
            return Option.some(new CommitRefused.UnknownInvoice(write.invoice()));
        }
        Document document = known.get();
        if (write instanceof Write.Stand stand) {
            return stand(stand, document);
        }
        return write instanceof Write.Seal seal ? seal(seal, document) : erase((Write.Erase) write, document);
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

    private Option<CommitRefused> seal(Write.Seal seal, Document document) throws SQLException {
        InvoiceId id = seal.invoice();
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

    /** It is erased in the end. */
    private static Option<CommitRefused> erase(Write.Erase erase, Document document) {
        return Option.when(document.form != Form.ISSUED, () -> new CommitRefused.NotIssued(erase.invoice()));
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

    private Option<CommitRefused> stand(Write.Stand stand, Document document) throws SQLException {
        long no = document.no;
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
                documentWrites().flatMap(write -> series(write).map(series -> new Tuple2<>(write.invoice(), series)));
        Map<InvoiceId, InvoiceNumber> numbers = new SeriesTable(connection, dialect, tenant).numbers(issued);
        for (Tuple2<InvoiceId, InvoiceNumber> number : numbers) {
            InvoiceTable.number(connection, tenant, documents.get(number._1).get().no, number._2);
        }
        return numbers;
    }

    /** The seal is of what the database has, so the lines are read from it. */
    private void seal(Document document, Invoice.Preview issued, Option<InvoiceNumber> number) throws SQLException {
        LineReader lines = new LineReader(connection, Access.toAll(new TenantId(tenant)), Selection.ALL);
        Seal seal = Seal.of(issued.head(), issued.figures(), number, issued.asOf(), lines.of(document.no), Salt.draw());
        InvoiceTable.seal(connection, tenant, document.no, seal);
    }

    private static Option<Series> series(Write.OfDocument write) {
        if (write instanceof Write.Issue issue) {
            return issue.series();
        }
        return write instanceof Write.Seal seal ? seal.series() : Option.none();
    }
}
