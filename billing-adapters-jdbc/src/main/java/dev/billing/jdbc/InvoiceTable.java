package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.TextOrder;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.Seal;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.port.InvoiceQuery.Form;
import dev.billing.port.Stored;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a document becomes rows, and rows a document. */
final class InvoiceTable {

    private static final String INSERT = """
            insert into billing_invoice (
                profile, account, owner, subject_type, subject_id, subject_name, period_start, period_end,
                places, customer, currency, created_at, attributes,
                owner_key, subject_type_key, subject_id_key, subject_name_key, subject_name_folded,
                form, revision, issued_at, as_of, tenant, invoice_id, id_key)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE = """
            update billing_invoice set
                profile = ?, account = ?, owner = ?, subject_type = ?, subject_id = ?, subject_name = ?,
                period_start = ?, period_end = ?, places = ?, customer = ?, currency = ?, created_at = ?,
                attributes = ?, owner_key = ?, subject_type_key = ?, subject_id_key = ?, subject_name_key = ?,
                subject_name_folded = ?, form = ?, revision = ?, issued_at = ?, as_of = ?
            where tenant = ? and invoice_no = ?
            """;

    private static final String NUMBER = """
            update billing_invoice set
                number_series = ?, number_value = ?, number_prefix = ?, number_digits = ?, number_suffix = ?, number_gaps = ?
            where tenant = ? and invoice_no = ?
            """;

    private static final String SEAL = """
            seal = ?, seal_addressee = ?, seal_salt = ?, seal_replacement = ? where tenant = ? and invoice_no = ?
            """;

    private static final String INSERT_FIGURE = """
            insert into billing_figure (
                tenant, invoice_no, ordinal, name, basis, side, kind, amount, currency, detail)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_STANDING =
            "insert into billing_standing (version, status, updated_at, detail, tenant, invoice_no) values (?, ?, ?, ?, ?, ?)";

    private static final String UPDATE_STANDING = """
            update billing_standing set version = ?, status = ?, updated_at = ?, detail = ?
            where tenant = ? and invoice_no = ?
            """;

    /** Figures come first, so that a reader can leave out the rest once it knows the document. */
    private static final String SELECT = """
            select i.invoice_no, f.name, f.basis, f.side, f.kind, f.amount, f.currency, f.detail,
                i.invoice_id, i.profile, i.account, i.owner, i.subject_type, i.subject_id, i.subject_name,
                i.period_start, i.period_end, i.places, i.customer, i.currency, i.created_at, i.attributes,
                i.form, i.revision, i.as_of, i.number_series, i.number_value,
                i.number_prefix, i.number_digits, i.number_suffix, i.number_gaps,
                i.seal, i.seal_addressee, i.seal_salt, i.seal_replacement,
                s.version, s.status, s.updated_at, s.detail""";

    /** A document always has a standing; left joins keep H2 from looking for it the other way round. */
    private static final String DETAILS = """
            left join billing_standing s on s.tenant = i.tenant and s.invoice_no = i.invoice_no
            left join billing_figure f on f.tenant = i.tenant and f.invoice_no = i.invoice_no""";

    private InvoiceTable() {}

    /** What the database would not keep as it is. */
    static Option<String> problem(Dialect dialect, Invoice invoice) {
        Fit fit = new Fit(dialect)
                .period("period", invoice.head().period())
                .instant("created at", invoice.head().createdAt())
                .instant("as of", invoice.asOf());
        invoice.head()
                .attributes()
                .forEach((name, attribute) -> fit.number(name, FinderTables.number(attribute))
                        .instant(name, FinderTables.instant(attribute)));
        for (Tuple2<FigureKey, Figure> figure : invoice.figures().byKey()) {
            fit.number(figure._1.toString(), figure._2.amount().amount());
        }
        return fit.problem();
    }

    /** A preview is stored as issued. */
    static void insert(Connection connection, String tenant, Invoice invoice) throws SQLException {
        Batch.one(connection, INSERT, row -> {
            bind(row, invoice);
            String id = invoice.head().id().value();
            row.text(tenant).text(id).bytes(Text.keyShorterFirst(id));
        });
    }

    static void update(Connection connection, String tenant, long invoiceNo, Invoice next) throws SQLException {
        Batch.one(connection, UPDATE, row -> {
            bind(row, next);
            row.text(tenant).whole(invoiceNo);
        });
        FinderTables.replace(connection, tenant, invoiceNo, next.head());
    }

    static void number(Connection connection, String tenant, long invoiceNo, InvoiceNumber number) throws SQLException {
        Series series = number.series();
        Batch.one(
                connection,
                NUMBER,
                row -> row.text(series.scope())
                        .whole(number.value())
                        .text(series.format().prefix())
                        .whole(series.format().digits())
                        .text(series.format().suffix())
                        .text(series.gaps().name())
                        .text(tenant)
                        .whole(invoiceNo));
    }

    static void seal(Connection connection, String tenant, long invoiceNo, Seal seal) throws SQLException {
        Batch.one(connection, "update billing_invoice set " + SEAL, row -> {
            bind(row, Option.some(seal));
            row.text(tenant).whole(invoiceNo);
        });
    }

    /** Replaces who a document is addressed to, and what its seal knows of them; nothing else. */
    static void erase(Connection connection, String tenant, long invoiceNo, Option<Customer> replacement)
            throws SQLException {
        for (Stored stored : read(connection, tenant, Array.of(invoiceNo)).values()) {
            Invoice.Issued erased = ((Invoice.Issued) stored.invoice()).erased(replacement);
            if (!erased.equals(stored.invoice())) {
                erase(connection, tenant, invoiceNo, erased);
            }
        }
    }

    private static void erase(Connection connection, String tenant, long invoiceNo, Invoice.Issued erased)
            throws SQLException {
        Batch.one(connection, "update billing_invoice set customer = ?, " + SEAL, row -> {
            row.text(erased.head().billedTo().map(CustomerJson::write));
            bind(row, erased.seal());
            row.text(tenant).whole(invoiceNo);
        });
    }

    private static void bind(Batch row, Option<Seal> seal) throws SQLException {
        Option<Seal.Addressee> addressee = seal.flatMap(Seal::addressee);
        row.text(seal.map(Seal::content))
                .text(addressee.map(Seal.Addressee::digest))
                .text(addressee.flatMap(Seal.Addressee::salt))
                .text(addressee.flatMap(Seal.Addressee::replacement));
    }

    private static void bind(Batch row, Invoice invoice) throws SQLException {
        Head head = invoice.head();
        row.text(head.profile())
                .text(head.account().value())
                .text(head.owner().value())
                .text(head.subject().map(Ref::type))
                .text(head.subject().map(Ref::id))
                .text(head.subject().map(Ref::name))
                .period(head.period())
                .text(PlacesJson.write(head.places()))
                .text(head.billedTo().map(CustomerJson::write))
                .text(Currencies.code(head.currency()))
                .instant(head.createdAt())
                .text(AttributesJson.write(head.attributes()))
                .bytes(Text.keyShorterFirst(head.owner().value()));
        bindKeys(row, head.subject());
        if (invoice instanceof Invoice.Running running) {
            row.text(Form.RUNNING.name()).whole(Option.some(running.revision())).instant(Option.none());
        } else {
            row.text(Form.ISSUED.name()).whole(Option.none()).instant(Option.some(invoice.asOf()));
        }
        row.instant(invoice.asOf());
    }

    static void bindKeys(Batch row, Option<Ref> subject) throws SQLException {
        row.bytes(subject.map(Ref::type).map(Text::keyIgnoringCase))
                .bytes(subject.map(Ref::id).map(Text::keyShorterFirst))
                .bytes(subject.map(Ref::name).map(Text::keyIgnoringCase))
                .text(subject.map(Ref::name).map(TextOrder::folded));
    }

    static void replaceFigures(Connection connection, String tenant, long invoiceNo, Figures figures)
            throws SQLException {
        new Query("delete from billing_figure where tenant = ? and invoice_no = ?", tenant, invoiceNo)
                .update(connection);
        insertFigures(connection, tenant, invoiceNo, figures);
    }

    static void insertFigures(Connection connection, String tenant, long invoiceNo, Figures figures)
            throws SQLException {
        try (Batch batch = new Batch(connection, INSERT_FIGURE)) {
            long ordinal = 0;
            for (Tuple2<FigureKey, Figure> figure : figures.byKey()) {
                batch.text(tenant).whole(invoiceNo).whole(ordinal++);
                bind(batch, figure._1, figure._2);
                batch.end();
            }
            batch.flush();
        }
    }

    private static void bind(Batch row, FigureKey key, Figure figure) throws SQLException {
        row.text(key.name())
                .text(key.basis().map(Basis::name))
                .text(key.side().name())
                .text(FigureJson.kind(figure).name())
                .money(Option.some(figure.amount()))
                .text(FigureJson.write(figure));
    }

    static void insertStanding(Connection connection, String tenant, long invoiceNo, Standing standing)
            throws SQLException {
        writeStanding(connection, INSERT_STANDING, tenant, invoiceNo, standing);
        FinderTables.insertTags(connection, tenant, invoiceNo, standing.tags());
    }

    static void updateStanding(Connection connection, String tenant, long invoiceNo, Standing standing)
            throws SQLException {
        writeStanding(connection, UPDATE_STANDING, tenant, invoiceNo, standing);
        FinderTables.replaceTags(connection, tenant, invoiceNo, standing.tags());
    }

    /** The next version, with another status; what was paid, sent and tagged stays. */
    static void becoming(Connection connection, String tenant, long invoiceNo, InvoiceStatus status, Instant at)
            throws SQLException {
        Batch.one(
                connection,
                """
                update billing_standing set version = version + 1, status = ?, updated_at = ?
                where tenant = ? and invoice_no = ?
                """,
                row -> row.text(status.name()).instant(at).text(tenant).whole(invoiceNo));
    }

    private static void writeStanding(
            Connection connection, String sql, String tenant, long invoiceNo, Standing standing) throws SQLException {
        Batch.one(
                connection,
                sql,
                row -> row.whole(standing.version())
                        .text(standing.status().name())
                        .instant(standing.updatedAt())
                        .text(StandingJson.write(standing))
                        .text(tenant)
                        .whole(invoiceNo));
    }

    /**
     * Reads documents with their figures and standings, in one statement, so that all of it is of one moment.
     *
     * @param documents ends with the conditions on the documents {@code i}
     */
    static Map<Long, Stored> read(Connection connection, Query documents) throws SQLException {
        documents.add("order by i.invoice_no, f.ordinal");
        List<Reading> readings = new ArrayList<>();
        FigureJson.Reader figures = new FigureJson.Reader();
        documents.list(connection, row -> add(readings, row, figures));
        return LinkedHashMap.ofEntries(
                Array.ofAll(readings).map(reading -> new Tuple2<>(reading.invoiceNo, reading.stored())));
    }

    /** Starts a query on all documents. */
    static Query select() {
        return new Query(SELECT + " from billing_invoice i " + DETAILS);
    }

    /** The documents that have these numbers. */
    static Map<Long, Stored> read(Connection connection, String tenant, Seq<Long> numbers) throws SQLException {
        return read(
                connection,
                new Query(SELECT)
                        .add(Query.among(numbers.toJavaArray(Long[]::new)))
                        .add("left join billing_invoice i on i.tenant = ? and i.invoice_no = w.id " + DETAILS, tenant));
    }

    private static Reading add(List<Reading> readings, Row row, FigureJson.Reader figures) throws SQLException {
        long invoiceNo = row.whole();
        Option<Tuple2<FigureKey, Figure>> figure = figure(row, figures);
        boolean known = !readings.isEmpty() && readings.get(readings.size() - 1).invoiceNo == invoiceNo;
        if (!known) {
            readings.add(Reading.of(invoiceNo, row));
        }
        Reading reading = readings.get(readings.size() - 1);
        figure.forEach(found -> reading.figures = reading.figures.with(found._1, found._2));
        return reading;
    }

    private static Option<Tuple2<FigureKey, Figure>> figure(Row row, FigureJson.Reader figures) throws SQLException {
        Option<String> name = row.optionalText();
        Option<Basis> basis = row.optionalText().map(Basis::valueOf);
        Option<Side> side = row.optionalText().map(Side::valueOf);
        Option<FigureJson.Kind> kind = row.optionalText().map(FigureJson.Kind::valueOf);
        Option<Money> amount = row.optionalMoney();
        Option<String> detail = row.optionalText();
        return name.map(known -> new Tuple2<>(
                new FigureKey(known, basis, side.get()), figures.read(kind.get(), amount.get(), detail.get())));
    }

    /** A document whose figures come row by row. */
    private static final class Reading {

        private final long invoiceNo;
        private final Head head;
        private final Form form;
        private final Option<Long> revision;
        private final Instant asOf;
        private final Option<InvoiceNumber> number;
        private final Option<Seal> seal;
        private final Standing standing;
        private Figures figures = Figures.NONE;

        private Reading(
                long invoiceNo,
                Head head,
                Form form,
                Option<Long> revision,
                Instant asOf,
                Option<InvoiceNumber> number,
                Option<Seal> seal,
                Standing standing) {
            this.invoiceNo = invoiceNo;
            this.head = head;
            this.form = form;
            this.revision = revision;
            this.asOf = asOf;
            this.number = number;
            this.seal = seal;
            this.standing = standing;
        }

        static Reading of(long invoiceNo, Row row) throws SQLException {
            Head head = head(row);
            return new Reading(
                    invoiceNo,
                    head,
                    Form.valueOf(row.text()),
                    row.optionalWhole(),
                    row.instant(),
                    number(row),
                    seal(row),
                    StandingJson.read(
                            head.id(), row.whole(), InvoiceStatus.valueOf(row.text()), row.instant(), row.text()));
        }

        private static Head head(Row row) throws SQLException {
            InvoiceId id = new InvoiceId(row.text());
            String profile = row.text();
            AccountId account = new AccountId(row.text());
            AccountId owner = new AccountId(row.text());
            Option<Ref> subject = ref(row.optionalText(), row.optionalText(), row.optionalText());
            Option<Period> period = row.optionalPeriod();
            return new Head(
                    id,
                    profile,
                    account,
                    owner,
                    subject,
                    period,
                    PlacesJson.read(row.text()),
                    row.optionalText().map(CustomerJson::read),
                    row.currency(),
                    row.instant(),
                    AttributesJson.read(row.optionalText()));
        }

        private static Option<Ref> ref(Option<String> type, Option<String> id, Option<String> name) {
            return type.map(known -> new Ref(known, id.get(), name.get()));
        }

        private static Option<InvoiceNumber> number(Row row) throws SQLException {
            Option<String> scope = row.optionalText();
            Option<Long> value = row.optionalWhole();
            Option<NumberFormat> format = format(row);
            Option<String> gaps = row.optionalText();
            return scope.map(known -> new InvoiceNumber(series(known, format, gaps), value.get()));
        }

        private static Option<NumberFormat> format(Row row) throws SQLException {
            Option<String> prefix = row.optionalText();
            Option<Long> digits = row.optionalWhole();
            Option<String> suffix = row.optionalText();
            return prefix.map(text -> new NumberFormat(text, digits.get().intValue(), suffix.get()));
        }

        /** Numbers that were kept before the fourth script are plain and without gaps. */
        private static Series series(String scope, Option<NumberFormat> format, Option<String> gaps) {
            return format.map(known -> new Series(scope, known, Series.Gaps.valueOf(gaps.get())))
                    .getOrElse(() -> new Series(scope));
        }

        private static Option<Seal> seal(Row row) throws SQLException {
            Option<String> content = row.optionalText();
            Option<String> addressee = row.optionalText();
            Option<String> salt = row.optionalText();
            Option<String> replacement = row.optionalText();
            return content.map(
                    known -> new Seal(known, addressee.map(digest -> new Seal.Addressee(digest, salt, replacement))));
        }

        Stored stored() {
            Invoice invoice = form == Form.RUNNING
                    ? new Invoice.Running(head, figures, revision.get(), asOf)
                    : new Invoice.Issued(head, figures, number, asOf, seal);
            return new Stored(invoice, standing);
        }
    }
}
