package dev.billing.domain;

import dev.billing.domain.internal.Checks;

/**
 * A place or thing as it was named when it was billed.
 *
 * @param type what kind of thing it is, in the words of the system that has it
 * @param id its identity among things of that type
 * @param name what people called it at the time; may be empty
 */
public record Ref(String type, String id, String name) {

    /**
     * @throws IllegalArgumentException if type or id is blank, a text is too long (200 characters for type and id, 2,000 for the
     *     name) or holds a control character
     */
    public Ref {
        Checks.requireId(type, "Ref type");
        Checks.requireId(id, "Ref id");
        Checks.requireText(name, "Ref name");
    }

    /** A thing whose name is all that is known of it. */
    public static Ref named(String type, String name) {
        return new Ref(type, name, name);
    }

    @Override
    public String toString() {
        return type + ":" + id + (name.equals(id) || name.isEmpty() ? "" : " (" + name + ")");
    }
}
