package dev.billing.testkit.life;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;

/**
 * One step of a life, as numbers of which {@link Choices} makes something that can be done where life has got to. Zero does nothing, and
 * lower numbers are simpler, so that a sequence that fails can be made smaller.
 *
 * @param what is done
 * @param which thing it is done to
 * @param amount how much of it
 * @param mode in which way
 * @param between what comes in between: a failure of the storage, or another thread
 */
record Step(int what, int which, int amount, int mode, int between) {

    static final int BOUND = 1_000;

    private static final int PARTS = 5;

    boolean isNothing() {
        return Kind.of(this) == Kind.NOTHING;
    }

    /** Steps in one word. */
    static String write(Seq<Step> steps) {
        return steps.reject(Step::isNothing).map(Step::word).mkString("_");
    }

    private String word() {
        return Array.of(what, which, amount, mode, between)
                .map(part -> Integer.toString(part, Character.MAX_RADIX))
                .mkString(".");
    }

    /**
     * The steps that were written so.
     *
     * @throws IllegalArgumentException if they were not
     */
    static Seq<Step> read(String text) {
        return text.isEmpty() ? Array.empty() : Array.of(text.split("_", -1)).map(Step::readWord);
    }

    private static Step readWord(String word) {
        Seq<String> parts = Array.of(word.split("\\.", -1));
        if (parts.size() != PARTS) {
            throw new IllegalArgumentException("A step has " + PARTS + " parts, but was '" + word + "'");
        }
        Seq<Integer> numbers = parts.map(part -> Integer.parseInt(part, Character.MAX_RADIX));
        return new Step(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4));
    }
}
