package dev.billing.domain.notation;

import static java.util.Objects.requireNonNull;

import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;

/** A value in writing, in no particular format: a text, a list, or fields with names in their order. */
public sealed interface Notation {

    static Notation of(String text) {
        return new Text(text);
    }

    static Notation of(Seq<? extends Notation> items) {
        return new Items(Array.ofAll(items));
    }

    /** An object without fields; see {@link Fields#with}. */
    static Fields fields() {
        return new Fields(LinkedHashMap.empty());
    }

    /** The tree as JSON on one line. */
    String toJson();

    /** A text; numbers and truth values are texts too. */
    record Text(String value) implements Notation {
        public Text {
            requireNonNull(value, "value");
        }

        @Override
        public String toJson() {
            return JsonText.quoted(value);
        }
    }

    /** A list. */
    record Items(Seq<Notation> values) implements Notation {
        public Items {
            requireNonNull(values, "values");
        }

        @Override
        public String toJson() {
            return values.map(Notation::toJson).mkString("[", ",", "]");
        }
    }

    /** Fields by their names. */
    record Fields(Map<String, Notation> byName) implements Notation {
        public Fields {
            requireNonNull(byName, "byName");
        }

        /** These fields and one more. */
        public Fields with(String name, Notation value) {
            return new Fields(byName.put(name, value));
        }

        /** These fields and one more. */
        public Fields with(String name, String value) {
            return with(name, Notation.of(value));
        }

        @Override
        public String toJson() {
            return byName.toArray()
                    .map((Tuple2<String, Notation> field) -> JsonText.quoted(field._1) + ":" + field._2.toJson())
                    .mkString("{", ",", "}");
        }
    }
}
