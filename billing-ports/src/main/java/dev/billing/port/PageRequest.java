package dev.billing.port;

/** Which part of a result is wanted. */
public record PageRequest(long offset, int size) {

    /** The most that one page may have. */
    public static final int MAX_SIZE = 1_000;

    /**
     * @throws IllegalArgumentException if the offset is negative, or the size is not 0 to 1,000
     */
    public PageRequest {
        if (offset < 0 || size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("A page must begin at 0 or later and have 0 to " + MAX_SIZE
                    + " rows, but was " + size + " from " + offset);
        }
    }

    public static PageRequest first(int size) {
        return new PageRequest(0, size);
    }
}
