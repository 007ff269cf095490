package dev.billing.domain.internal;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import io.vavr.Tuple;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Traversable;
import io.vavr.control.Option;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Comparator;
import javax.money.CurrencyUnit;

/**
 * The bytes of values: the same for values that are equal, on every machine, and different for values that differ.
 * <ul>
 *   <li>What is written bare has a letter, its length in bytes and a colon before it: {@code s3:app} is a text, {@code n4:0.05} a number
 *       without trailing zeros, {@code e5:PRICE} a constant, {@code t20:2026-02-01T00:00:00Z} an instant, {@code c3:USD} a currency,
 *       {@code b4:true} a flag. Texts are in UTF-8.
 *   <li>A record is its name and those of its parts that there are, each with its name, ordered by them, in round brackets. A part that is
 *       {@code none}, empty or {@code false} is left out, so that a type may get another part later without a change to what has none of
 *       it.
 *   <li>A list is in square brackets, in its order; a set and the entries of a map are in braces, ordered by their bytes.
 *   <li>{@code none} within a list is a dash.
 * </ul>
 */
final class Canonical {

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The bytes of a value. */
    static byte[] bytes(Object value) {
        Canonical canonical = new Canonical();
        canonical.write(value);
        return canonical.out.toByteArray();
    }

    private void write(Object value) {
        requireNonNull(value, "value");
        if (value instanceof String text) {
            bare('s', utf8(text));
        } else if (value instanceof BigDecimal number) {
            ascii('n', Decimals.toText(number));
        } else if (value instanceof Long || value instanceof Integer || value instanceof BigInteger) {
            ascii('n', value.toString());
        } else if (value instanceof Enum<?> constant) {
            ascii('e', constant.name());
        } else if (value instanceof Boolean flag) {
            ascii('b', flag.toString());
        } else if (value instanceof CurrencyUnit currency) {
            ascii('c', currency.getCurrencyCode());
        } else if (isTime(value)) {
            bare('t', utf8(value.toString()));
        } else {
            writeParts(value);
        }
    }

    private static boolean isTime(Object value) {
        return value instanceof TemporalAccessor || value instanceof ZoneId || value instanceof TemporalAmount;
    }

    private void writeParts(Object value) {
        if (value instanceof Option<?> option) {
            option.peek(this::write).onEmpty(() -> out.write('-'));
        } else if (value instanceof Map<?, ?> map) {
            sorted(Array.ofAll(map).map(entry -> join(entry._1, entry._2)));
        } else if (value instanceof Set<?> set) {
            sorted(Array.ofAll(set).map(Canonical::bytes));
        } else if (value instanceof Tuple tuple) {
            list(tuple.toSeq());
        } else if (value instanceof Iterable<?> list) {
            list(list);
        } else {
            record(value);
        }
    }

    private static byte[] join(Object key, Object value) {
        Canonical entry = new Canonical();
        entry.write(key);
        entry.write(value);
        return entry.out.toByteArray();
    }

    private void sorted(Seq<byte[]> elements) {
        out.write('{');
        elements.sorted((Comparator<byte[]>) Arrays::compareUnsigned).forEach(out::writeBytes);
        out.write('}');
    }

    private void list(Iterable<?> elements) {
        out.write('[');
        elements.forEach(this::write);
        out.write(']');
    }

    private void record(Object value) {
        Shape shape = SHAPES.get(value.getClass());
        out.write('(');
        out.writeBytes(shape.name);
        for (Part part : shape.parts) {
            Object found = part.of(value);
            if (!isAbsent(found)) {
                out.writeBytes(part.name);
                write(found);
            }
        }
        out.write(')');
    }

    private static boolean isAbsent(Object part) {
        return (part instanceof Option<?> option && option.isEmpty())
                || (part instanceof Traversable<?> some && some.isEmpty())
                || Boolean.FALSE.equals(part)
                || "".equals(part);
    }

    private void ascii(char kind, String text) {
        bare(kind, text.getBytes(StandardCharsets.US_ASCII));
    }

    private void bare(char kind, byte[] bytes) {
        out.write(kind);
        out.writeBytes(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        out.write(':');
        out.writeBytes(bytes);
    }

    /** UTF-8, in which half of a surrogate pair has the three bytes that any other character of its size has. */
    private static byte[] utf8(String text) {
        return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
                ? withSurrogates(text)
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withSurrogates(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(point -> {
            if (point <= Character.MAX_VALUE && Character.isSurrogate((char) point)) {
                bytes.writeBytes(new byte[] {
                    (byte) (0xe0 | (point >> 12)), (byte) (0x80 | ((point >> 6) & 0x3f)), (byte) (0x80 | (point & 0x3f))
                });
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** What a type is made of, found once: the components of a record; of another class the fields that it shows under their own names. */
    private static final class Shape {

        private final byte[] name;
        private final Seq<Part> parts;

        private Shape(byte[] name, Seq<Part> parts) {
            this.name = name;
            this.parts = parts;
        }

        static Shape of(Class<?> type) {
            Seq<Method> accessors = type.isRecord()
                    ? Array.of(type.getRecordComponents()).map(RecordComponent::getAccessor)
                    : Array.of(type.getDeclaredFields()).flatMap(field -> shown(type, field));
            if (!type.isRecord() && accessors.isEmpty()) {
                throw new IllegalArgumentException(
                        "A value to digest must be made of parts, but was a " + type.getName());
            }
            String name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
            return new Shape(
                    bytes(name), accessors.sortBy(Method::getName).map(Part::of).toArray());
        }

        private static Option<Method> shown(Class<?> type, Field field) {
            return Modifier.isStatic(field.getModifiers())
                    ? Option.none()
                    : Array.of(type.getMethods())
                            .find(method ->
                                    method.getName().equals(field.getName()) && method.getParameterCount() == 0);
        }
    }

    /** One part of a type. */
    private static final class Part {

        private final byte[] name;
        private final Method accessor;

        private Part(byte[] name, Method accessor) {
            this.name = name;
            this.accessor = accessor;
        }

        static Part of(Method accessor) {
            accessor.setAccessible(true);
            return new Part(bytes(accessor.getName()), accessor);
        }

        Object of(Object whole) {
            try {
                return accessor.invoke(whole);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("A part must be readable, but is not: " + accessor, e);
            }
        }
    }
}
