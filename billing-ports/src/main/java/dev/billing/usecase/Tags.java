package dev.billing.usecase;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.profile.Morpheus;
import io.vavr.Tuple2;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** The tags on a document while they are changed. Names are unique; a tag that is updated keeps its id, a new one gets a new one. */
final class Tags {

    private final InvoiceId invoice;
    private final long version;
    private final Seq<Tag> tags;

    private Tags(InvoiceId invoice, long version, Seq<Tag> tags) {
        this.invoice = invoice;
        this.version = version;
        this.tags = tags;
    }

    static Tags of(Standing standing) {
        return new Tags(standing.invoice(), standing.version(), standing.tags());
    }

    /** These tags, and no others. */
    Seq<Tag> replacedBy(Map<String, String> values) {
        return tags.filter(tag -> values.containsKey(tag.name()))
                .map(tag -> new Tag(tag.id(), tag.name(), values.get(tag.name()).get()))
                .appendAll(values.filterKeys(name -> !has(name)).map(this::added));
    }

    /** The same tags and these. */
    Tags with(Map<String, String> values) {
        return with(tags.map(tag -> new Tag(tag.id(), tag.name(), values.getOrElse(tag.name(), tag.value())))
                .appendAll(values.filterKeys(name -> !has(name)).map(this::added)));
    }

    /** The same tags without those of these names that have this value, or whatever value if none is given. */
    Tags without(Map<String, Option<String>> values) {
        return with(tags.reject(tag -> values.get(tag.name()).exists(value -> value.forAll(tag.value()::equals))));
    }

    Tags with(Seq<Tag> other) {
        return new Tags(invoice, version, other);
    }

    Seq<Tag> all() {
        return tags;
    }

    private boolean has(String name) {
        return tags.exists(tag -> tag.name().equals(name));
    }

    private Tag added(Tuple2<String, String> tag) {
        return new Tag(Morpheus.number(invoice + "/" + version + "/" + tag._1), tag._1, tag._2);
    }
}
