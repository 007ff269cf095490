package dev.billing.http.atlas;

/** Where the routes begin, and what differs between the bases. */
public enum AtlasBase {
    /** The oldest, which most documents speak of. */
    PUBLIC_V1("/api/public/v1.0", "http://mms.mongodb.com/org"),
    ATLAS_V1("/api/atlas/v1.0", "http://mms.mongodb.com/org"),
    /** Where a request names the version of the answer that it wants. */
    V2("/api/atlas/v2", "https://cloud.mongodb.com/org");

    private static final String VERSION = "application/vnd.atlas.2023-01-01+";

    private final String path;
    private final String organizationRelation;

    AtlasBase(String path, String organizationRelation) {
        this.path = path;
        this.organizationRelation = organizationRelation;
    }

    /** Without a slash at the end. */
    public String path() {
        return path;
    }

    /** What a link to an organization is called. */
    String organizationRelation() {
        return organizationRelation;
    }

    boolean isVersioned() {
        return this == V2;
    }

    String jsonType() {
        return isVersioned() ? VERSION + "json;charset=utf-8" : "application/json";
    }

    String csvType() {
        return isVersioned() ? VERSION + "csv" : "text/csv";
    }
}
