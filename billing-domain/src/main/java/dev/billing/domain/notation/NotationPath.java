package dev.billing.domain.notation;

/** Paths into a tree, such as {@code products[3].price}; the whole has an empty one. */
public final class NotationPath {

    private NotationPath() {}

    /** The path of a field, in brackets and quotes if its name could be taken for something else. */
    public static String field(String path, String name) {
        if (!isPlain(name)) {
            return path + "[" + JsonText.quoted(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The path of an element of a list, counted from 0. */
    public static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_-$".indexOf(c) >= 0);
    }
}
