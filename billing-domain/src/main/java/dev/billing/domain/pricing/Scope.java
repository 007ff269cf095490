package dev.billing.domain.pricing;

import dev.billing.domain.internal.Checks;
import io.vavr.collection.HashSet;
import io.vavr.collection.Set;

/** Which lines a commercial term is about. Data, so that it can be stored, compared and shown. */
public sealed interface Scope {

    /** The whole document. */
    Scope DOCUMENT = new Document();

    /** Whether a line of this sku and category is in it. */
    boolean covers(String sku, String category);

    /** Narrow scopes, such as skus, have less than wide ones; terms of narrow scopes come first. */
    int breadth();

    static Scope skus(String... skus) {
        return new Skus(HashSet.of(skus));
    }

    static Scope categories(String... categories) {
        return new Categories(HashSet.of(categories));
    }

    /** See {@link Scope#DOCUMENT}. */
    record Document() implements Scope {

        @Override
        public boolean covers(String sku, String category) {
            return true;
        }

        @Override
        public int breadth() {
            return 2;
        }

        @Override
        public String toString() {
            return "the document";
        }
    }

    /** The lines of some skus. */
    record Skus(Set<String> skus) implements Scope {

        /**
         * @throws IllegalArgumentException if there is none, or one is blank
         */
        public Skus {
            requireSome(skus, "Sku");
        }

        @Override
        public boolean covers(String sku, String category) {
            return skus.contains(sku);
        }

        @Override
        public int breadth() {
            return 0;
        }
    }

    /** The lines of some categories. */
    record Categories(Set<String> categories) implements Scope {

        /**
         * @throws IllegalArgumentException if there is none, or one is blank
         */
        public Categories {
            requireSome(categories, "Category");
        }

        @Override
        public boolean covers(String sku, String category) {
            return categories.contains(category);
        }

        @Override
        public int breadth() {
            return 1;
        }
    }

    private static void requireSome(Set<String> names, String what) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A scope must name at least one " + what + ", but named none");
        }
        names.forEach(name -> Checks.requireId(name, what));
    }
}
