package dev.billing.domain.invoice;

import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.GraduatedPercentage;
import dev.billing.domain.pricing.PriceTier;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Stream;
import io.vavr.control.Option;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Supplier;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** Takes values apart: all that differ from a value in one part, however deep it lies, and one that is equal but written otherwise. */
final class OneChange {

    private OneChange() {}

    /** Those that are allowed and not equal to the value. */
    static Stream<Object> of(Object value) {
        return changes(value).filter(changed -> !changed.equals(value));
    }

    private static Stream<Object> changes(Object value) {
        if (value instanceof String text) {
            return Stream.of(text + "x", "x" + text, text.replaceFirst(".$", ""));
        }
        if (value instanceof BigDecimal number) {
            return Stream.of(number.add(number.ulp()), number.negate(), number.movePointRight(1));
        }
        if (value instanceof Long number) {
            return Stream.of(number + 1, number - 1);
        }
        if (value instanceof Integer number) {
            return Stream.of(number + 1, number - 1);
        }
        if (value instanceof Boolean flag) {
            return Stream.of(!flag);
        }
        if (value instanceof Instant instant) {
            return Stream.of(instant.plusMillis(1), instant.minusMillis(1));
        }
        if (value instanceof Enum<?> constant) {
            return Stream.of((Object[]) constant.getDeclaringClass().getEnumConstants());
        }
        if (value instanceof CurrencyUnit) {
            return Stream.of("USD", "EUR", "JPY").map(Monetary::getCurrency);
        }
        return value instanceof Record record ? ofRecord(record) : ofMany(value);
    }

    private static Stream<Object> ofMany(Object value) {
        if (value instanceof Option<?> option) {
            return option.isEmpty()
                    ? Stream.empty()
                    : of(option.get()).<Object>map(Option::some).append(Option.none());
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (value instanceof Set<?> set) {
            return ofSet(set);
        }
        if (value instanceof Seq<?> list) {
            return ofList(list);
        }
        if (value instanceof Graduated rule) {
            return of(rule.tiers())
                    .flatMap(tiers -> attempt(() -> new Graduated(OneChange.<PriceTier>list(tiers), rule.freeAtZero())))
                    .append(new Graduated(rule.tiers(), !rule.freeAtZero()));
        }
        GraduatedPercentage rule = (GraduatedPercentage) value;
        return of(rule.tiers())
                .flatMap(tiers -> attempt(() -> new GraduatedPercentage(
                        rule.currency(), OneChange.<GraduatedPercentage.PercentTier>list(tiers))));
    }

    @SuppressWarnings("unchecked")
    private static <T> Seq<T> list(Object list) {
        return (Seq<T>) list;
    }

    private static <K, V> Stream<Object> ofMap(Map<K, V> map) {
        return Stream.ofAll(map).flatMap(entry -> ofEntry(map, entry));
    }

    @SuppressWarnings("unchecked")
    private static <K, V> Stream<Object> ofEntry(Map<K, V> map, Tuple2<K, V> entry) {
        Map<K, V> rest = map.remove(entry._1);
        Stream<Object> keys = of(entry._1).map(key -> rest.put((K) key, entry._2));
        Stream<Object> values = of(entry._2).map(changed -> map.put(entry._1, (V) changed));
        return keys.appendAll(values).append(rest);
    }

    @SuppressWarnings("unchecked")
    private static <T> Stream<Object> ofSet(Set<T> set) {
        return Stream.ofAll(set)
                .flatMap(one -> of(one).<Object>map(changed -> set.remove(one).add((T) changed))
                        .append(set.remove(one)));
    }

    @SuppressWarnings("unchecked")
    private static <T> Stream<Object> ofList(Seq<T> list) {
        return Stream.range(0, list.size())
                .flatMap(i -> of(list.get(i))
                        .<Object>map(changed -> list.update(i, (T) changed))
                        .append(list.removeAt(i)))
                .append(list.reverse());
    }

    private static Stream<Object> ofRecord(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Array<Object> parts = Array.of(components).map(component -> part(record, component));
        return Stream.range(0, components.length)
                .flatMap(i ->
                        of(parts.get(i)).flatMap(changed -> attempt(() -> rebuilt(record, parts.update(i, changed)))));
    }

    /** An equal value that is written in another way: maps and sets in another order, and numbers with trailing zeros. */
    static Object otherwise(Object value) {
        if (value instanceof BigDecimal number) {
            return number.setScale(Math.max(number.scale(), 0) + 3);
        }
        if (value instanceof Map<?, ?> map) {
            return LinkedHashMap.ofEntries(
                    map.toArray().reverse().map(entry -> new Tuple2<>(otherwise(entry._1), otherwise(entry._2))));
        }
        if (value instanceof Set<?> set) {
            return LinkedHashSet.ofAll(set.toArray().reverse().map(OneChange::otherwise));
        }
        if (value instanceof Seq<?> list) {
            return list.map(OneChange::otherwise).toVector();
        }
        if (value instanceof Option<?> option) {
            return option.map(OneChange::otherwise);
        }
        return value instanceof Record record
                ? rebuilt(
                        record,
                        Array.of(record.getClass().getRecordComponents())
                                .map(component -> otherwise(part(record, component))))
                : value;
    }

    private static Object part(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    private static Record rebuilt(Record like, Seq<Object> parts) {
        Class<?>[] types = Array.of(like.getClass().getRecordComponents())
                .map(RecordComponent::getType)
                .toJavaArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = like.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(parts.toJavaArray());
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException refused
                    ? refused
                    : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(like.toString(), e);
        }
    }

    /** Nothing if the type refuses such a value. */
    private static Stream<Object> attempt(Supplier<Object> value) {
        try {
            return Stream.of(value.get());
        } catch (IllegalArgumentException | ArithmeticException refused) {
            return Stream.empty();
        }
    }
}
