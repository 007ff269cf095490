package dev.billing.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what was used last, so that memory does not grow with what passes. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;
    private static final int SIZE = 10_000;

    Recent() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > SIZE;
    }
}
