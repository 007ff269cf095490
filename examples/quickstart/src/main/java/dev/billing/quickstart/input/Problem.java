package dev.billing.quickstart.input;

/**
 * Why a line of an input file cannot be taken.
 *
 * @param line where it begins, the first line being 1
 * @param field the column, or empty if it is about the whole line
 * @param rule what it breaks, in one sentence
 * @param value what it says
 */
public record Problem(String file, long line, String field, String rule, String value) {

    private static final int SHOWN = 100;

    /** The same on another line. */
    Problem at(long number) {
        return new Problem(file, number, field, rule, value);
    }

    @Override
    public String toString() {
        String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
        return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + rule
                + (value.isEmpty() ? "" : " [" + shown + "]");
    }
}
