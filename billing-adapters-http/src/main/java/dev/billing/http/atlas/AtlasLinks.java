package dev.billing.http.atlas;

import dev.billing.http.WireRequest;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import tools.jackson.core.JsonGenerator;

/**
 * The links of an answer, below the base that was asked.
 *
 * @param root the public origin and what the routes are below
 * @param sent the public origin and the path as it was sent
 */
record AtlasLinks(AtlasBase base, String root, String sent) {

    private record Link(String href, String rel) {}

    static AtlasLinks of(AtlasBase base, String origin, WireRequest request) {
        String path = path(request);
        String below = request.path().substring(base.path().length());
        return new AtlasLinks(base, origin + path.substring(0, path.length() - below.length()), origin + path);
    }

    /** The path as it was sent, with whatever we are mounted under. */
    static String path(WireRequest request) {
        int question = request.target().indexOf('?');
        return question < 0 ? request.target() : request.target().substring(0, question);
    }

    void writeOfListed(JsonGenerator json, String organization, String invoice) {
        write(json, Array.of(self(organization, invoice)));
    }

    void writeOfWhole(JsonGenerator json, String organization, String invoice) {
        Link up = new Link(root + "/orgs/" + organization, base.organizationRelation());
        write(json, Array.of(up, self(organization, invoice)));
    }

    private Link self(String organization, String invoice) {
        return new Link(root + "/orgs/" + organization + "/invoices/" + invoice, "self");
    }

    void writeOfPage(JsonGenerator json, AtlasListing listing, long total) {
        Option<Link> previous =
                Option.when(listing.hasPrevious(), () -> page(listing.queryOf(listing.page() - 1), "previous"));
        Option<Link> next =
                Option.when(listing.hasNext(total), () -> page(listing.queryOf(listing.page() + 1), "next"));
        write(json, previous.toArray().append(page(listing.selfQuery(), "self")).appendAll(next));
    }

    private Link page(String query, String rel) {
        return new Link(sent + "?" + query, rel);
    }

    private static void write(JsonGenerator json, Seq<Link> links) {
        json.writeArrayPropertyStart("links");
        for (Link link : links) {
            json.writeStartObject();
            json.writeStringProperty("href", link.href());
            json.writeStringProperty("rel", link.rel());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
