package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;

/**
 * A name and value that people put on a document.
 *
 * @param id its identity on the document; kept when the value changes
 */
public record Tag(long id, String name, String value) {

    /**
     * @throws IllegalArgumentException if the name is blank, or a text is too long or holds a control character
     */
    public Tag {
        Checks.requireId(name, "Tag name");
        Checks.requireText(value, "Tag value");
    }
}
