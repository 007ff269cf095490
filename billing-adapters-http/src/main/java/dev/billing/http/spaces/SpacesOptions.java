package dev.billing.http.spaces;

import static java.util.Objects.requireNonNull;

/**
 * How the Spaces wire looks.
 *
 * @param basePath where the routes begin
 */
public record SpacesOptions(String basePath) {

    /** Below {@code /api/v1}, as in the document of Spaces. */
    public static final SpacesOptions DEFAULT = new SpacesOptions("/api/v1");

    public SpacesOptions {
        requireNonNull(basePath, "basePath");
    }
}
