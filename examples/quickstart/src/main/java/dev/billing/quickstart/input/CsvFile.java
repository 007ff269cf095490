package dev.billing.quickstart.input;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.vavr.collection.Iterator;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads a CSV file line by line: UTF-8, commas, quotes as in RFC 4180, the first line names the columns. A line that cannot be read is
 * a problem, and reading goes on with the next; only missing columns and broken encoding or quoting end it.
 *
 * @param <T> what each line is read as
 */
final class CsvFile<T> implements java.util.Iterator<Either<Problem, T>>, AutoCloseable {

    /** Makes something of a line. */
    interface Parser<T> {
        T parse(Row row) throws BadLineException;
    }

    private final String name;
    private final Parser<? extends T> parser;
    private final CloseableIterator<CsvRecord> records;
    private Map<String, Integer> columns = Map.of();
    private int width;
    private long line = 1;
    private Iterator<Either<Problem, T>> next;

    CsvFile(String name, InputStream in, Seq<String> required, Parser<? extends T> parser) {
        this.name = name;
        this.parser = parser;
        this.records = open(in);
        this.next = guarded(() -> readHeader(required));
    }

    @Override
    public boolean hasNext() {
        if (!next.hasNext()) {
            next = guarded(() ->
                    Option.when(records.hasNext(), () -> read(records.next())).iterator());
        }
        return next.hasNext();
    }

    @Override
    public Either<Problem, T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return next.next();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }

    private interface Step<T> {
        Iterator<Either<Problem, T>> take();
    }

    /** A problem that ends the file is its last element. */
    private Iterator<Either<Problem, T>> guarded(Step<T> step) {
        try {
            return line < 0 ? Iterator.empty() : step.take();
        } catch (CsvParseException e) {
            return last("After this line: " + e.getMessage());
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                return last("After this line: a file must be in UTF-8");
            }
            throw e;
        }
    }

    private Iterator<Either<Problem, T>> last(String rule) {
        Problem problem = new Problem(name, line, "", rule, "");
        line = -1;
        return Iterator.of(Either.left(problem));
    }

    private Iterator<Either<Problem, T>> readHeader(Seq<String> required) {
        if (!records.hasNext()) {
            return last("A file must name its columns in its first line");
        }
        CsvRecord header = records.next();
        columns = columns(header);
        width = header.getFieldCount();
        Seq<String> missing = required.reject(columns::containsKey);
        if (missing.isEmpty()) {
            return Iterator.empty();
        }
        line = -1;
        return missing.iterator()
                .map(column -> Either.left(new Problem(name, 1, column, "A column of this name is required", "")));
    }

    private Either<Problem, T> read(CsvRecord csv) {
        line = csv.getStartingLineNumber();
        Row row = new Row(name, line, columns, csv::getField);
        if (csv.getFieldCount() != width) {
            return Either.left(new Problem(
                    name, line, "", "A line must have " + width + " fields, but had " + csv.getFieldCount(), ""));
        }
        try {
            return Either.right(row.make(() -> parser.parse(row)));
        } catch (BadLineException e) {
            return Either.left(e.problem());
        }
    }

    private static CloseableIterator<CsvRecord> open(InputStream in) {
        Reader text = new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return CsvReader.builder()
                .acceptCharsAfterQuotes(false)
                .ignoreDifferentFieldCount(true)
                .skipEmptyLines(true)
                .ofCsvRecord(text)
                .iterator();
    }

    private static Map<String, Integer> columns(CsvRecord header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.getFieldCount(); i++) {
            columns.putIfAbsent(withoutByteOrderMark(header.getField(i)).strip(), i);
        }
        return columns;
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
