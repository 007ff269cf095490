package dev.billing.domain.notation;

import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads a value in writing by the names of its fields, and gathers all that is wrong with it at once, each with its path: values that
 * break a rule, values of another kind, fields that are missing, and fields that nobody asked for.
 * <p>
 * What cannot be read is told and gives nothing; {@link #make} is what ends the reading of an object, and makes something of it only if
 * all of it could be read:
 *
 * <pre>{@code
 * Option<BigDecimal> size = in.value("size", Decimals::parse);
 * Option<String> name = in.valueIfThere("name", text -> text);
 * return in.make(() -> new Box(size.get(), name));
 * }</pre>
 */
public final class NotationReader {

    /** How deep values may be nested. */
    public static final int MAX_DEPTH = 100;

    /** How many values a tree may have. */
    public static final int MAX_VALUES = 1_000_000;

    private final Notation value;
    private final String path;
    private final Told told;
    private final int failuresBefore;
    private final List<String> asked = new ArrayList<>();

    private NotationReader(Notation value, String path, Told told) {
        this.value = value;
        this.path = path;
        this.told = told;
        this.failuresBefore = told.failures;
    }

    /** What is wrong with a tree, and how often something in it could not be read. */
    private static final class Told {

        private final List<NotationProblem> problems = new ArrayList<>();
        private int failures;

        void add(String path, String rule, String value) {
            problems.add(new NotationProblem(path, rule, value));
            failures++;
        }
    }

    /** Reads one value. Gives nothing exactly when it has told a problem. */
    public interface Reading<T> extends Function<NotationReader, Option<T>> {}

    /**
     * What a tree says, or everything that is wrong with it.
     *
     * @throws IllegalStateException if the reading gives nothing and tells no problem
     */
    public static <T> Either<Seq<NotationProblem>, T> read(Notation tree, Reading<T> reading) {
        Told told = new Told();
        NotationReader whole = new NotationReader(tree, "", told);
        Option<T> read = whole.isOfWorkableSize() ? reading.apply(whole) : Option.none();
        return told.problems.isEmpty()
                ? Either.right(
                        read.getOrElseThrow(() -> new IllegalStateException("Nothing was read, and nothing told")))
                : Either.left(Array.ofAll(told.problems));
    }

    private boolean isOfWorkableSize() {
        if (count(value, 1, 0) > MAX_VALUES) {
            refuse("There must be at most " + MAX_VALUES + " values, nested at most " + MAX_DEPTH + " deep");
        }
        return told.problems.isEmpty();
    }

    /** How many values there are, or more than there may be. */
    private static int count(Notation value, int depth, int before) {
        if (depth > MAX_DEPTH) {
            return MAX_VALUES + 1;
        }
        int count = before + 1;
        for (Notation part : parts(value)) {
            if (count > MAX_VALUES) {
                return count;
            }
            count = count(part, depth + 1, count);
        }
        return count;
    }

    private static Iterable<Notation> parts(Notation value) {
        if (value instanceof Notation.Items items) {
            return items.values();
        }
        return value instanceof Notation.Fields fields ? fields.byName().values() : Array.empty();
    }

    /** Where the value is. */
    public String path() {
        return path;
    }

    /** The value itself, unread. */
    public Notation notation() {
        return value;
    }

    /** Whether this is a text, and neither a list nor fields. */
    public boolean isText() {
        return value instanceof Notation.Text;
    }

    /** Whether there is a field of this name. It counts as asked for. */
    public boolean has(String name) {
        return find(name).isDefined();
    }

    /** The text that this is. */
    public <T> Option<T> text(Function<String, T> converter) {
        if (!(value instanceof Notation.Text text)) {
            return refuse("A text is required");
        }
        try {
            return Option.some(converter.apply(text.value()));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return refuse(Option.of(e.getMessage()).getOrElse("It cannot be read"));
        }
    }

    /** A field that must be there. */
    public <T> Option<T> field(String name, Reading<T> reading) {
        Option<NotationReader> field = find(name);
        if (field.isEmpty() && isFields()) {
            told.add(NotationPath.field(path, name), "A value is required", "");
        }
        return field.flatMap(reading);
    }

    /** A field that may be missing. */
    public <T> Option<T> fieldIfThere(String name, Reading<T> reading) {
        return find(name).flatMap(reading);
    }

    /** A text that must be there. */
    public <T> Option<T> value(String name, Function<String, T> converter) {
        return field(name, in -> in.text(converter));
    }

    /** A text that may be missing. */
    public <T> Option<T> valueIfThere(String name, Function<String, T> converter) {
        return fieldIfThere(name, in -> in.text(converter));
    }

    /** The elements of a list that must be there, as far as they can be read. */
    public <T> Seq<T> list(String name, Reading<T> reading) {
        Option<NotationReader> list = find(name);
        if (list.isEmpty() && isFields()) {
            told.add(NotationPath.field(path, name), "A list is required", "");
        }
        return list.map(in -> in.items(reading)).getOrElse(Array.empty());
    }

    /** The elements of a list that may be missing, as far as they can be read. */
    public <T> Seq<T> listIfThere(String name, Reading<T> reading) {
        return has(name) ? list(name, reading) : Array.empty();
    }

    /** The elements of this list, as far as they can be read. */
    public <T> Seq<T> items(Reading<T> reading) {
        if (!(value instanceof Notation.Items items)) {
            return this.<Seq<T>>refuse("A list is required").getOrElse(Array.empty());
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < items.values().size(); i++) {
            NotationReader item = new NotationReader(items.values().get(i), NotationPath.item(path, i), told);
            reading.apply(item).forEach(read::add);
        }
        return Array.ofAll(read);
    }

    /** The fields of this object, whatever their names are, as far as they can be read. */
    public <T> Map<String, T> entries(Reading<T> reading) {
        return entries(names(), reading);
    }

    private <T> Map<String, T> entries(Seq<String> names, Reading<T> reading) {
        Map<String, T> entries = LinkedHashMap.empty();
        for (String name : names) {
            Option<T> entry = find(name).flatMap(reading);
            entries = entry.isDefined() ? entries.put(name, entry.get()) : entries;
        }
        return entries;
    }

    /** The fields that were not asked for so far, as {@link #entries}. */
    public <T> Map<String, T> otherEntries(Reading<T> reading) {
        return entries(names().reject(asked::contains), reading);
    }

    /** Passes over fields of such names. */
    public void ignore(Predicate<String> names) {
        asked.addAll(names().filter(names).asJava());
    }

    /** The only field of this object, which is named by its kind. */
    public <T> Option<T> oneOf(Map<String, Reading<T>> kinds) {
        Seq<String> names = names();
        asked.addAll(names.asJava());
        Seq<String> unknown = names.reject(kinds::containsKey);
        unknown.forEach(name -> refuseField(name, kinds.keySet().toArray()));
        if (names.size() != 1 && unknown.isEmpty() && isFields()) {
            return refuse("There must be one field, one of " + kinds.keySet().mkString(", "));
        }
        return unknown.isEmpty() && isFields()
                ? find(names.head()).flatMap(kinds.get(names.head()).get())
                : Option.none();
    }

    /** Tells that the value breaks a rule. */
    public <T> Option<T> refuse(String rule) {
        told.add(path, rule, shown());
        return Option.none();
    }

    /**
     * Tells that a part of the value breaks a rule.
     *
     * @param part its path from here, such as {@code tiers[1].upTo}
     */
    public <T> Option<T> refusePart(String part, String rule) {
        told.add(path.isEmpty() ? part : path + "." + part, rule, "");
        return Option.none();
    }

    /** Tells that the value cannot be read because of a problem that was told elsewhere. */
    public <T> Option<T> giveUp() {
        told.failures++;
        return Option.none();
    }

    /**
     * Makes something of what was read, if all of it could be. Fields that were not asked for are refused, and so is what breaks a rule
     * of the value that is made.
     */
    public <T> Option<T> make(Supplier<T> maker) {
        if (value instanceof Notation.Fields) {
            names().reject(asked::contains).forEach(name -> refuseField(name, Array.ofAll(asked)));
        }
        if (told.failures > failuresBefore) {
            return Option.none();
        }
        try {
            return Option.some(maker.get());
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return refuse(Option.of(e.getMessage()).getOrElse("It cannot be read"));
        }
    }

    private void refuseField(String name, Seq<String> known) {
        String hint = Nearest.to(name, known)
                .map(meant -> "did you mean " + meant + "?")
                .getOrElse(() -> "there are " + known.distinct().mkString(", "));
        told.add(NotationPath.field(path, name), "There is no such field; " + hint, "");
    }

    private Option<NotationReader> find(String name) {
        asked.add(name);
        return isFields()
                ? ((Notation.Fields) value)
                        .byName()
                        .get(name)
                        .map(field -> new NotationReader(field, NotationPath.field(path, name), told))
                : Option.none();
    }

    private Seq<String> names() {
        return isFields() ? ((Notation.Fields) value).byName().keySet().toArray() : Array.empty();
    }

    /** Whether this has fields; that it has none is told once. */
    private boolean isFields() {
        if (!(value instanceof Notation.Fields) && told.failures == failuresBefore) {
            refuse("Fields are required");
        }
        return value instanceof Notation.Fields;
    }

    private String shown() {
        return value instanceof Notation.Text text ? text.value() : "";
    }
}
