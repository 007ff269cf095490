package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.port.Ports;
import dev.billing.port.Write;
import dev.billing.usecase.Verification;
import dev.billing.usecase.VerifyTenant;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.sql.DataSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whoever owns the tables can change them behind the library's back, but not without being found out. */
abstract class TamperingContract {

    private static final int DOCUMENTS = 200;
    private static final int CHANGES = 1_000;

    /** So often the whole tenant is verified, and not only what was changed. */
    private static final int SAMPLE = 100;

    private static final Seq<String> KEYS = Array.of(
            "tenant", "invoice_no", "ordinal", "line_id", "dimension", "name", "places_no", "account", "entry_no");

    private static final Seq<ChronoUnit> UNITS = Array.of(
            ChronoUnit.MICROS,
            ChronoUnit.MILLIS,
            ChronoUnit.SECONDS,
            ChronoUnit.MINUTES,
            ChronoUnit.HOURS,
            ChronoUnit.DAYS);

    /** An empty database. */
    abstract DataSource empty();

    /** What takes away the guards. */
    abstract Seq<String> withoutGuards();

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void every_single_byte_that_is_changed_is_found(@ForAll Random random) throws SQLException {
        DataSource dataSource = empty();
        Ports ports = JdbcPorts.open(dataSource);
        fill(ports, random);
        for (String guard : withoutGuards()) {
            SealedTablesContract.execute(dataSource, guard);
        }
        VerifyTenant verify = new VerifyTenant(ports, Array.empty());
        Verification before = verify.run(Samples.TENANT);
        assertThat(before.findings().map(Verification.Finding::message)).isEmpty();
        assertThat(before.documents()).isGreaterThan(DOCUMENTS * 9 / 10);
        try (Connection connection = dataSource.getConnection()) {
            Map<String, Seq<Kept>> rows = rows(connection);
            for (int changes = 0; changes < CHANGES; ) {
                Kept row = oneOf(
                        rows.get(oneOf(SealedTablesContract.TABLES, random)).get(), random);
                String column = oneOf(row.values().keySet().toArray(), random);
                Option<Object> changed = changed(row.values().get(column).get(), random);
                if (changed.isDefined() && row.change(connection, column, changed.get())) {
                    changes++;
                    String what = row + ": " + column + " became " + changed.get();
                    assertThat(findings(ports, verify, row)).as(what).isNotEmpty();
                    if (changes % SAMPLE == 0 || column.equals("invoice_id")) {
                        assertThat(verify.run(Samples.TENANT).isClean())
                                .as(what)
                                .isFalse();
                    }
                    row.restore(connection, column, changed.get());
                }
            }
        }
        assertThat(verify.run(Samples.TENANT)).isEqualTo(before);
    }

    private static <T> T oneOf(Seq<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    private static Seq<String> findings(Ports ports, VerifyTenant verify, Kept row) {
        Seq<String> found = (row.document().isDefined()
                        ? verify.document(Samples.TENANT, row.document().get())
                        : verify.account(Samples.TENANT, row.account()))
                .map(Verification.Finding::message);
        return found.isEmpty() ? ports.invoices().problems(Samples.TENANT) : found;
    }

    private static void fill(Ports ports, Random random) {
        Generated generated = new Generated();
        for (int i = 0; i < DOCUMENTS; i++) {
            Head head = named("document " + i, generated.heads().sample());
            Seq<LineItem> lines = Array.fill(
                            random.nextInt(5), () -> generated.lines().sample())
                    .distinctBy(LineItem::id);
            Invoice.Preview draft =
                    new Invoice.Preview(head, generated.figures().sample(), head.createdAt());
            ports.invoices()
                    .commit(
                            Samples.TENANT,
                            Samples.commit(new Write.Issue(
                                    draft, lines, Option.when(i % 2 == 0, Samples.SERIES), InvoiceStatus.CLOSED)))
                    .peek(receipt -> {
                        if (random.nextInt(4) == 0) {
                            erase(ports, head.id(), random);
                        }
                        if (random.nextInt(4) == 0) {
                            charge(ports, new AccountId("account " + random.nextInt(5)), head.id());
                        }
                    });
        }
    }

    private static Head named(String id, Head head) {
        return new Head(
                new InvoiceId(id),
                head.profile(),
                head.account(),
                head.owner(),
                head.subject(),
                head.period(),
                head.places(),
                head.billedTo(),
                head.currency(),
                head.createdAt(),
                head.attributes());
    }

    private static void erase(Ports ports, InvoiceId id, Random random) {
        Customer nobody = new Customer("erased", "", "", Instant.EPOCH, Option.none(), Option.none());
        ports.invoices()
                .commit(Samples.TENANT, Samples.commit(new Write.Erase(id, Option.when(random.nextBoolean(), nobody))))
                .get();
    }

    private static void charge(Ports ports, AccountId account, InvoiceId document) {
        Money amount = Money.of("USD", "12.34");
        Source payment = Source.payment("payment of " + document.value());
        ports.invoices()
                .commit(
                        Samples.TENANT,
                        Samples.commit(new Write.Enter(
                                account,
                                Option.none(),
                                Samples.NOW,
                                Array.of(
                                        new Movement.Charged(document, amount),
                                        new Movement.Received(payment, amount),
                                        new Movement.Allocated(payment, document, amount)))))
                .get();
    }

    /** A row of a table as it was written. */
    private record Kept(String table, Map<String, Object> values, Option<InvoiceId> document) {

        static Kept read(String table, ResultSet row) throws SQLException {
            Map<String, Object> values = LinkedHashMap.empty();
            ResultSetMetaData columns = row.getMetaData();
            for (int i = 1; i < columns.getColumnCount(); i++) {
                Object value =
                        isTime(columns.getColumnType(i)) ? row.getObject(i, OffsetDateTime.class) : row.getObject(i);
                if (value != null) {
                    values = values.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), value);
                }
            }
            String document = row.getString(columns.getColumnCount());
            return new Kept(table, values, Option.of(document).map(InvoiceId::new));
        }

        private static boolean isTime(int type) {
            return type == Types.TIMESTAMP || type == Types.TIMESTAMP_WITH_TIMEZONE;
        }

        AccountId account() {
            return new AccountId(values.get("account").get().toString());
        }

        /** Whether the database lets it. */
        boolean change(Connection connection, String column, Object changed) throws SQLException {
            try {
                return set(connection, column, changed, values) == 1;
            } catch (SQLException e) {
                if (e.getSQLState().startsWith("23")) {
                    return false;
                }
                throw e;
            }
        }

        void restore(Connection connection, String column, Object changed) throws SQLException {
            assertThat(set(connection, column, values.get(column).get(), values.put(column, changed)))
                    .isEqualTo(1);
        }

        private int set(Connection connection, String column, Object next, Map<String, Object> where)
                throws SQLException {
            Map<String, Object> keys = where.filterKeys(KEYS::contains);
            String sql = "update " + table + " set " + column + " = ? where "
                    + keys.keySet().map(key -> key + " = ?").mkString(" and ");
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, next);
                int index = 2;
                for (Object value : keys.values()) {
                    statement.setObject(index++, value);
                }
                return statement.executeUpdate();
            }
        }
    }

    private static Map<String, Seq<Kept>> rows(Connection connection) throws SQLException {
        Map<String, Seq<Kept>> rows = LinkedHashMap.empty();
        for (String table : SealedTablesContract.TABLES) {
            rows = rows.put(table, rows(connection, table));
        }
        return rows;
    }

    private static Seq<Kept> rows(Connection connection, String table) throws SQLException {
        String number = table.equals("billing_place_set_entry")
                ? "(select s.invoice_no from billing_place_set s where s.tenant = t.tenant and s.places_no = t.places_no)"
                : "t.invoice_no";
        String document = table.equals("billing_entry")
                ? "null"
                : "(select i.invoice_id from billing_invoice i where i.tenant = t.tenant and i.invoice_no = " + number
                        + ")";
        try (PreparedStatement statement = connection.prepareStatement(
                        "select t.*, " + document + " as of_document from " + table + " t");
                ResultSet row = statement.executeQuery()) {
            List<Kept> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(Kept.read(table, row));
            }
            return Array.ofAll(rows);
        }
    }

    /** The same but for one byte of a text, one digit of a number, or one unit of an instant. */
    private static Option<Object> changed(Object value, Random random) {
        if (value instanceof String text) {
            return text.isEmpty() ? Option.none() : changed(text, random.nextInt(text.length()), random);
        }
        if (value instanceof OffsetDateTime instant) {
            ChronoUnit unit = UNITS.get(random.nextInt(UNITS.size()));
            return Option.some(instant.plus(random.nextBoolean() ? 1 : -1, unit));
        }
        if (value instanceof byte[] bytes) {
            byte[] other = bytes.clone();
            other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
            return Option.some(other);
        }
        if (value instanceof Boolean flag) {
            return Option.some(!flag);
        }
        Option<String> digits = changedDigit(value.toString(), random);
        if (value instanceof BigDecimal) {
            return digits.map(BigDecimal::new);
        }
        return value instanceof Integer ? digits.map(Integer::valueOf) : digits.map(Long::valueOf);
    }

    /** One bit of a character's lowest byte; none if that would be no character that can be kept. */
    private static Option<Object> changed(String text, int index, Random random) {
        char other = (char) (text.charAt(index) ^ 1 << random.nextInt(7));
        boolean isKeepable =
                other >= ' ' && !Character.isSurrogate(other) && !Character.isSurrogate(text.charAt(index));
        return Option.when(isKeepable, () -> text.substring(0, index) + other + text.substring(index + 1));
    }

    private static Option<String> changedDigit(String number, Random random) {
        int index = random.nextInt(number.length());
        char digit = number.charAt(index);
        char other = (char) ('0' + (digit - '0' + 1 + random.nextInt(9)) % 10);
        return Option.when(
                Character.isDigit(digit) && !number.contains("E"),
                () -> number.substring(0, index) + other + number.substring(index + 1));
    }
}
