package dev.billing.benchmarks;

/**
 * A set of ids of 128 bits, written as UUIDs: two words for each in one open-addressed table, and no object. All of its ids differ in
 * their bits, not only in their hashes, so it never takes a new id for a known one. The id of all zeros is not one.
 */
final class Ids {

    private final long[] words;
    private final int mask;

    /** For up to so many ids. */
    Ids(int capacity) {
        int slots = Integer.highestOneBit(Math.max(capacity, 4) * 2 - 1) << 1;
        words = new long[slots * 2];
        mask = slots - 1;
    }

    /** Whether the id is new. */
    boolean add(String uuid) {
        long high = word(uuid, 0, 18);
        long low = word(uuid, 19, 36);
        int at = find(high, low);
        boolean added = isFree(at);
        words[at] = high;
        words[at + 1] = low;
        return added;
    }

    boolean contains(String uuid) {
        return !isFree(find(word(uuid, 0, 18), word(uuid, 19, 36)));
    }

    /** Where the id is, or where it would be put. */
    private int find(long high, long low) {
        int slot = (int) ((high * 31 + low) * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (!isFree(2 * slot) && (words[2 * slot] != high || words[2 * slot + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return 2 * slot;
    }

    private boolean isFree(int at) {
        return (words[at] | words[at + 1]) == 0;
    }

    private static long word(String uuid, int from, int until) {
        long word = 0;
        for (int at = from; at < until; at++) {
            char digit = uuid.charAt(at);
            if (digit != '-') {
                word = (word << 4) | Character.digit(digit, 16);
            }
        }
        return word;
    }
}
