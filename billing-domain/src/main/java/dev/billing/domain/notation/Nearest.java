package dev.billing.domain.notation;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** Finds the name that somebody meant. */
final class Nearest {

    /** Names that differ more are other names. */
    private static final int MAX_EDITS = 2;

    private static final int MAX_LENGTH = 100;

    private Nearest() {}

    /** The name that takes the fewest edits to reach, if those are few. */
    static Option<String> to(String written, Seq<String> names) {
        return names.filter(name -> written.length() <= MAX_LENGTH && edits(written, name) <= allowed(name))
                .minBy(name -> edits(written, name));
    }

    private static int allowed(String name) {
        return Math.min(MAX_EDITS, name.length() / 2);
    }

    /** How many characters must be inserted, left out or replaced, whatever their case. */
    private static int edits(String from, String to) {
        int[] row = Array.range(0, to.length() + 1)
                .toJavaStream()
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (isSame(from.charAt(i - 1), to.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[to.length()];
    }

    private static boolean isSame(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
