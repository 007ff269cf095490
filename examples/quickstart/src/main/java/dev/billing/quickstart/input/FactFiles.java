package dev.billing.quickstart.input;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.usage.FactId;
import dev.billing.port.Place;
import dev.billing.usecase.Report;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Reads places, lifetimes and usage.
 * <p>
 * A place that a fact names need not be in the file of places; its id follows from its names then.
 */
public final class FactFiles {

    /** Whose facts are meant where a file names no account. */
    public static final AccountId MAIN = new AccountId("main");

    private static final Seq<String> PLACE = Array.of("organization", "space", "app");

    private FactFiles() {}

    /** Tells what is wrong with one field of a line. */
    interface Telling {
        Problem problem(String field, String rule);
    }

    /** A line that was read. */
    public record Line<T>(T value, Telling telling) {

        /** What is wrong with one of its fields. */
        public Problem problem(String field, String rule) {
            return telling.problem(field, rule);
        }
    }

    /** Lines of {@code id,organization,space,app,sku,quantity,description,from,until}, and {@code account} if there are several. */
    public static Seq<Line<Report>> lifetimes(Source source, Consumer<Problem> problems) throws IOException {
        return read(
                source,
                PLACE.appendAll(Array.of("id", "sku", "quantity", "description", "from", "until")),
                FactFiles::lifetime,
                problems);
    }

    /**
     * Lines of {@code id,organization,space,app,meter,quantity,at}, and {@code account} if there are several. Columns such as
     * {@code property:region} are what else a line says of what was used; an empty field says nothing.
     */
    public static Seq<Line<Report>> usage(Source source, Consumer<Problem> problems) throws IOException {
        return read(source, PLACE.appendAll(Array.of("id", "meter", "quantity", "at")), FactFiles::used, problems);
    }

    /**
     * Lines of {@code organization,space,app,created_at}; each is an app, with the organization and space that it is in. An
     * organization or space counts as created with its first app.
     */
    public static Seq<Line<Seq<Place>>> places(Source source, Consumer<Problem> problems) throws IOException {
        return read(source, PLACE.append("created_at"), FactFiles::place, problems);
    }

    static <T> Seq<Line<T>> read(
            Source source, Seq<String> columns, CsvFile.Parser<? extends T> parser, Consumer<Problem> problems)
            throws IOException {
        List<Line<T>> lines = new ArrayList<>();
        try (CsvFile<Line<T>> file = new CsvFile<>(
                source.name(), source.open(), columns, row -> new Line<>(parser.parse(row), row::problem))) {
            file.forEachRemaining(line -> line.peekLeft(problems).peek(lines::add));
        }
        return Array.ofAll(lines);
    }

    private static Report lifetime(Row row) throws BadLineException {
        return new Report.Begun(
                row.read("id", FactId::new),
                account(row),
                row.text("sku"),
                row.read("quantity", FactFiles::quantity),
                row.text("description"),
                placesOf(row),
                row.instant("from"),
                row.readIfThere("until", Row::instantOf));
    }

    private static Report used(Row row) throws BadLineException {
        return new Report.Used(
                row.read("id", FactId::new),
                account(row),
                row.text("meter"),
                row.decimal("quantity"),
                row.instant("at"),
                placesOf(row),
                row.startingWith("property:"));
    }

    private static Seq<Place> place(Row row) throws BadLineException {
        var created = row.instant("created_at");
        Map<Dimension, Ref> within = placesOf(row);
        return within.toArray()
                .map(place -> new Place(
                        place._1, place._2, place._1.equals(Akkeris.APP) ? within : LinkedHashMap.empty(), created));
    }

    private static BigDecimal quantity(String text) {
        BigDecimal quantity = Decimals.parse(text);
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("A quantity must not be negative");
        }
        return quantity;
    }

    private static AccountId account(Row row) throws BadLineException {
        return row.readIfThere("account", AccountId::new).getOrElse(MAIN);
    }

    private static Map<Dimension, Ref> placesOf(Row row) throws BadLineException {
        String organization = row.text("organization");
        String space = row.text("space");
        String app = row.text("app");
        return row.make(() -> places(organization, space, app));
    }

    /** An app, and where it is. */
    static Map<Dimension, Ref> places(String organization, String space, String app) {
        return LinkedHashMap.of(
                Akkeris.ORGANIZATION,
                ref("organization", organization, organization),
                Akkeris.SPACE,
                ref("space", space, space),
                Akkeris.APP,
                ref("app", app + "-" + space, app));
    }

    /** The same names always have the same id, so files need not carry ids. */
    private static Ref ref(String type, String key, String name) {
        byte[] bytes = (type + "/" + key).getBytes(StandardCharsets.UTF_8);
        return new Ref(type, UUID.nameUUIDFromBytes(bytes).toString(), name);
    }
}
