package dev.billing.usecase;

import dev.billing.domain.internal.Sha256;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Map;
import io.vavr.collection.Set;
import io.vavr.collection.Traversable;
import io.vavr.control.Option;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.money.CurrencyUnit;

/**
 * The digest of values, the same for values that are equal, on every machine: it names what a command asks for. Records are read part
 * by part, so that no part is ever forgotten; maps and sets have no order.
 */
final class Fingerprint {

    private Fingerprint() {}

    /** SHA-256 in lower-case hex. */
    static String of(Object... values) {
        return HexFormat.of().formatHex(Sha256.of(list(Stream.of(values))));
    }

    private static String text(Object value) {
        if (value instanceof Money money) {
            return text(money.currency()) + text(money.amount());
        }
        if (value instanceof CurrencyUnit currency) {
            return text(currency.getCurrencyCode());
        }
        if (value instanceof BigDecimal number) {
            return text(Decimals.toText(number));
        }
        if (value instanceof Map<?, ?> map) {
            return sorted(
                    map.iterator().map(entry -> text(entry._1) + text(entry._2)).toJavaStream());
        }
        if (value instanceof Set<?> set) {
            return sorted(set.iterator().map(Fingerprint::text).toJavaStream());
        }
        if (value instanceof Traversable<?> || value instanceof Option<?>) {
            return list((Iterable<?>) value);
        }
        return value instanceof Record parts ? record(parts) : quoted(String.valueOf(value));
    }

    private static String record(Record parts) {
        return parts.getClass().getSimpleName()
                + list(Stream.of(parts.getClass().getRecordComponents()).map(component -> part(parts, component)));
    }

    private static Object part(Record parts, RecordComponent component) {
        try {
            return component.getAccessor().invoke(parts);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A part must be readable, but is not: " + component, e);
        }
    }

    private static String sorted(Stream<String> texts) {
        return texts.sorted().collect(Collectors.joining("", "{", "}"));
    }

    private static String list(Iterable<?> values) {
        return list(io.vavr.collection.Stream.ofAll(values).toJavaStream());
    }

    private static String list(Stream<?> values) {
        return values.map(Fingerprint::text).collect(Collectors.joining("", "[", "]"));
    }

    /** With its length before it, so that no two lists of texts look the same. */
    private static String quoted(String text) {
        return text.length() + ":" + text + ";";
    }
}
