package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Origin;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Gives what was kept before the second script what it is found and ordered by: what no database can compute. It can be cut off and run
 * again: what has its keys is left alone.
 */
final class Backfill {

    private static final String UPDATE_DOCUMENT = """
            update billing_invoice set
                subject_type_key = ?, subject_id_key = ?, subject_name_key = ?, subject_name_folded = ?,
                owner_key = ?, id_key = ?
            where tenant = ? and invoice_no = ?
            """;

    private static final String UPDATE_LINE =
            "update billing_line set external_id = ? where tenant = ? and invoice_no = ? and line_id = ?";

    private final Connection connection;

    private Backfill(Connection connection) {
        this.connection = connection;
    }

    static void run(Connection connection) throws SQLException {
        Backfill backfill = new Backfill(connection);
        for (Seq<Document> some = backfill.documents(); !some.isEmpty(); some = backfill.documents()) {
            for (Document document : some) {
                backfill.fill(document);
            }
        }
    }

    private record Document(
            String tenant,
            long no,
            InvoiceId id,
            String owner,
            Option<Ref> subject,
            Map<Dimension, Ref> places,
            Seq<Tag> tags) {

        static Document read(Row row) throws SQLException {
            String tenant = row.text();
            long no = row.whole();
            InvoiceId id = new InvoiceId(row.text());
            return new Document(
                    tenant,
                    no,
                    id,
                    row.text(),
                    subject(row.optionalText(), row.optionalText(), row.optionalText()),
                    PlacesJson.read(row.text()),
                    StandingJson.read(id, 1, InvoiceStatus.PENDING, Instant.EPOCH, row.text())
                            .tags());
        }

        private static Option<Ref> subject(Option<String> type, Option<String> id, Option<String> name) {
            return type.map(known -> new Ref(known, id.get(), name.get()));
        }
    }

    private Seq<Document> documents() throws SQLException {
        return new Query("""
                        select i.tenant, i.invoice_no, i.invoice_id, i.owner,
                            i.subject_type, i.subject_id, i.subject_name, i.places, s.detail
                        """)
                .add(Conditions.DOCUMENTS)
                .add("where i.id_key is null fetch first 1000 rows only")
                .list(connection, Document::read);
    }

    /** The keys of its own row come last: then it has all. */
    private void fill(Document document) throws SQLException {
        fillLines(document);
        FinderTables.replaceTags(connection, document.tenant(), document.no(), document.tags());
        FinderTables.replacePlaces(connection, document.tenant(), document.no(), document.places());
        Batch.one(connection, UPDATE_DOCUMENT, row -> {
            InvoiceTable.bindKeys(row, document.subject());
            row.bytes(Text.keyShorterFirst(document.owner()))
                    .bytes(Text.keyShorterFirst(document.id().value()))
                    .text(document.tenant())
                    .whole(document.no());
        });
    }

    private record Line(String id, Origin origin) {

        static Line read(Row row) throws SQLException {
            return new Line(row.text(), OriginJson.read(Json.parse(row.text())));
        }
    }

    private void fillLines(Document document) throws SQLException {
        Option<String> last = Option.none();
        do {
            Seq<Line> some = lines(document, last);
            try (Batch batch = new Batch(connection, UPDATE_LINE)) {
                for (Line line : some) {
                    batch.text(LineTable.externalId(line.origin()))
                            .text(document.tenant())
                            .whole(document.no())
                            .text(line.id())
                            .end();
                }
                batch.flush();
            }
            last = some.lastOption().map(Line::id);
        } while (last.isDefined());
    }

    private Seq<Line> lines(Document document, Option<String> after) throws SQLException {
        Query query = new Query(
                "select l.line_id, l.origin from billing_line l where l.tenant = ? and l.invoice_no = ?",
                document.tenant(),
                document.no());
        after.forEach(id -> query.add("and l.line_id > ?", id));
        return query.add("order by l.tenant, l.invoice_no, l.line_id fetch first ? rows only", Chunks.SIZE)
                .list(connection, Line::read);
    }
}
