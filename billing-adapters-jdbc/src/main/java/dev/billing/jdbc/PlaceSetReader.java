package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;

/** Gives lines and facts their places, and reads each set of places once. */
final class PlaceSetReader {

    private final Connection connection;
    private final String tenant;
    private final java.util.Map<Long, Map<Dimension, Ref>> places = new Recent<>();

    PlaceSetReader(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Values that were read without their places get them. */
    <T> Seq<T> complete(Seq<? extends Placed<T>> values) throws SQLException {
        Map<Long, Map<Dimension, Ref>> found = find(values.flatMap(Placed::places));
        return Array.<Placed<T>>ofAll(values).map(value -> value.at(found));
    }

    /** The places that have these numbers. */
    private Map<Long, Map<Dimension, Ref>> find(Seq<Long> wanted) throws SQLException {
        Seq<Long> distinct = wanted.distinct();
        Map<Long, Map<Dimension, Ref>> known = distinct.flatMap(
                        number -> Option.of(places.get(number)).map(set -> new Tuple2<>(number, set)))
                .toMap(entry -> entry);
        Seq<Long> unknown = distinct.reject(known::containsKey);
        if (unknown.isEmpty()) {
            return known;
        }
        Map<Long, Map<Dimension, Ref>> found = known;
        for (Seq<Long> some : unknown.grouped(Chunks.SIZE)) {
            found = found.merge(read(some));
        }
        found.forEach(places::put);
        return found;
    }

    private Map<Long, Map<Dimension, Ref>> read(Seq<Long> unknown) throws SQLException {
        return Query.among(unknown.toJavaArray(Long[]::new))
                .select("e.places_no, e.dimension, e.ref_type, e.ref_id, e.ref_name")
                .add("join billing_place_set_entry e on e.tenant = ? and e.places_no = w.id", tenant)
                .list(connection, Entry::read)
                .groupBy(Entry::number)
                .mapValues(PlaceSetReader::places);
    }

    private static Map<Dimension, Ref> places(Seq<Entry> entries) {
        return HashMap.ofEntries(entries.map(entry -> new Tuple2<>(entry.dimension(), entry.ref())));
    }

    private record Entry(long number, Dimension dimension, Ref ref) {

        static Entry read(Row row) throws SQLException {
            return new Entry(row.whole(), new Dimension(row.text()), new Ref(row.text(), row.text(), row.text()));
        }
    }

    /** A value that still lacks its places. */
    interface Placed<T> {

        Option<Long> places();

        T with(Map<Dimension, Ref> found);

        /** The value with its places among those that were found. */
        default T at(Map<Long, Map<Dimension, Ref>> found) {
            return with(places().flatMap(found::get).getOrElse(HashMap.empty()));
        }
    }
}
