package dev.billing.http.morpheus;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;

/** What is wrong with a request, by parameter or field, one sentence each; the first of a name counts. */
final class Problems {

    private Map<String, String> found = LinkedHashMap.empty();
    private boolean isSealed;

    void add(String name, String sentence) {
        if (!isSealed && !found.containsKey(name)) {
            found = found.put(name, sentence);
        }
    }

    /** A problem after which nothing else is worth telling. */
    void addOnly(String name, String sentence) {
        if (!isSealed) {
            found = LinkedHashMap.of(name, sentence);
            isSealed = true;
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    Map<String, String> all() {
        return found;
    }
}
