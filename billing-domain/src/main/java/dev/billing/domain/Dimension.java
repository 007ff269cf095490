package dev.billing.domain;

import dev.billing.domain.internal.Checks;

/** One way in which lines are grouped by where they belong: {@code organization}, {@code app}, {@code cloud}, {@code project} … */
public record Dimension(String name) implements Comparable<Dimension> {

    /**
     * @throws IllegalArgumentException if the name is blank, longer than 200 characters or holds a control character
     */
    public Dimension {
        Checks.requireId(name, "Dimension");
    }

    @Override
    public int compareTo(Dimension other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
