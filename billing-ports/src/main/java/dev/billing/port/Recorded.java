package dev.billing.port;

/**
 * What became of facts.
 *
 * @param added how many were new
 * @param known how many had been recorded before
 */
public record Recorded(long added, long known) {

    public static final Recorded NOTHING = new Recorded(0, 0);

    public Recorded plus(Recorded other) {
        return new Recorded(added + other.added, known + other.known);
    }
}
