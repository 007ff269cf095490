package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.SortedMap;
import io.vavr.collection.TreeMap;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Sets of places, kept once for each owner: a million lines belong to few places. */
final class PlaceSets {

    /** Owns the places of facts. Documents are numbered from 1. */
    static final long FACTS = 0;

    private static final int REMEMBERED = 10_000;

    /** H2 compares every row that it finds with half of what was asked for. */
    private static final int ASKED_AT_ONCE = 200;

    private static final String INSERT = "insert into billing_place_set (tenant, invoice_no, digest) values (?, ?, ?)";

    private static final String INSERT_ENTRY = """
            insert into billing_place_set_entry (tenant, places_no, dimension, ref_type, ref_id, ref_name)
            values (?, ?, ?, ?, ?, ?)
            """;

    private final Connection connection;
    private final String tenant;
    private final java.util.Map<Map<Dimension, Ref>, Long> numbers = remembering();
    private final java.util.Map<Long, Map<Dimension, Ref>> places = remembering();

    PlaceSets(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    private static <K, V> java.util.Map<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(java.util.Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /**
     * The number of each of these places, in the same order. Places that were not kept before are now; no places have no number.
     */
    List<Option<Long>> keep(long owner, Iterable<Map<Dimension, Ref>> wanted) throws SQLException {
        List<Option<Long>> result = new ArrayList<>();
        java.util.Map<Map<Dimension, Ref>, List<Integer>> unknown = new LinkedHashMap<>();
        for (Map<Dimension, Ref> set : wanted) {
            Option<Long> number = set.isEmpty() ? Option.none() : Option.of(numbers.get(set));
            if (number.isEmpty() && !set.isEmpty()) {
                unknown.computeIfAbsent(set, key -> new ArrayList<>()).add(result.size());
            }
            result.add(number);
        }
        if (!unknown.isEmpty()) {
            Database.settle(connection, c -> keepUnknown(owner, unknown.keySet()))
                    .forEach((set, number) -> {
                        numbers.put(set, number);
                        unknown.getOrDefault(set, List.of()).forEach(index -> result.set(index, Option.some(number)));
                    });
        }
        return result;
    }

    /** In the order of their digests, so that nobody waits for somebody who waits for them. */
    private Map<Map<Dimension, Ref>, Long> keepUnknown(long owner, Iterable<Map<Dimension, Ref>> unknown)
            throws SQLException {
        SortedMap<String, Map<Dimension, Ref>> byDigest =
                TreeMap.ofEntries(Array.ofAll(unknown).map(set -> new Tuple2<>(Digest.of(PlacesJson.write(set)), set)));
        Map<String, Long> known = find(owner, byDigest.keySet().toArray());
        SortedMap<String, Map<Dimension, Ref>> missing = byDigest.removeAll(known.keySet());
        insert(owner, missing.keySet());
        Map<String, Long> added = find(owner, missing.keySet().toArray());
        insertEntries(numbered(missing, added));
        return numbered(byDigest, known.merge(added));
    }

    private static Map<Map<Dimension, Ref>, Long> numbered(
            Map<String, Map<Dimension, Ref>> byDigest, Map<String, Long> byNumber) {
        return HashMap.ofEntries(byDigest.toArray()
                .flatMap(entry -> byNumber.get(entry._1).map(number -> new Tuple2<>(entry._2, number))));
    }

    private Map<String, Long> find(long owner, Seq<String> digests) throws SQLException {
        Map<String, Long> found = HashMap.empty();
        for (Seq<String> some : digests.grouped(ASKED_AT_ONCE)) {
            found = found.merge(new Query(
                            "select digest, places_no from billing_place_set where tenant = ? and invoice_no = ?",
                            tenant,
                            owner)
                    .add("and digest = any(?)", (Object) some.toJavaArray(String[]::new))
                    .list(connection, row -> new Tuple2<>(row.text(), row.whole()))
                    .toMap(entry -> entry));
        }
        return found;
    }

    private void insert(long owner, Set<String> digests) throws SQLException {
        try (Batch batch = new Batch(connection, INSERT)) {
            for (String digest : digests) {
                batch.text(tenant).whole(owner).text(digest).end();
            }
            batch.flush();
        }
    }

    private void insertEntries(Map<Map<Dimension, Ref>, Long> sets) throws SQLException {
        try (Batch batch = new Batch(connection, INSERT_ENTRY)) {
            for (Tuple2<Map<Dimension, Ref>, Long> set : sets) {
                for (Tuple2<Dimension, Ref> place : set._1) {
                    batch.text(tenant).whole(set._2).text(place._1.name());
                    batch.text(place._2.type())
                            .text(place._2.id())
                            .text(place._2.name())
                            .end();
                }
            }
            batch.flush();
        }
    }

    /** Forgets all places of a document. */
    void delete(long owner) throws SQLException {
        new Query("""
                        delete from billing_place_set_entry where tenant = ? and places_no in (
                            select places_no from billing_place_set where tenant = ? and invoice_no = ?)
                        """, tenant, tenant, owner).update(connection);
        new Query("delete from billing_place_set where tenant = ? and invoice_no = ?", tenant, owner)
                .update(connection);
        numbers.clear();
    }

    /** The places that have these numbers. */
    Map<Long, Map<Dimension, Ref>> find(Seq<Long> wanted) throws SQLException {
        Seq<Long> distinct = wanted.distinct();
        Map<Long, Map<Dimension, Ref>> known = distinct.flatMap(
                        number -> Option.of(places.get(number)).map(set -> new Tuple2<>(number, set)))
                .toMap(entry -> entry);
        Seq<Long> unknown = distinct.reject(known::containsKey);
        if (unknown.isEmpty()) {
            return known;
        }
        Map<Long, Map<Dimension, Ref>> found = known;
        for (Seq<Long> some : unknown.grouped(ASKED_AT_ONCE)) {
            found = found.merge(read(some));
        }
        found.forEach(places::put);
        return found;
    }

    private Map<Long, Map<Dimension, Ref>> read(Seq<Long> unknown) throws SQLException {
        return new Query("""
                        select places_no, dimension, ref_type, ref_id, ref_name
                        from billing_place_set_entry where tenant = ?""", tenant)
                .add("and places_no = any(?)", (Object) unknown.toJavaArray(Long[]::new))
                .list(connection, Entry::read)
                .groupBy(Entry::number)
                .mapValues(PlaceSets::places);
    }

    private static Map<Dimension, Ref> places(Seq<Entry> entries) {
        return HashMap.ofEntries(entries.map(entry -> new Tuple2<>(entry.dimension(), entry.ref())));
    }

    private record Entry(long number, Dimension dimension, Ref ref) {

        static Entry read(Row row) throws SQLException {
            return new Entry(row.whole(), new Dimension(row.text()), new Ref(row.text(), row.text(), row.text()));
        }
    }

    /** Values that were read without their places get them. */
    <T> Seq<T> complete(Seq<? extends Placed<T>> values) throws SQLException {
        Map<Long, Map<Dimension, Ref>> found = find(values.flatMap(Placed::places));
        return Array.<Placed<T>>ofAll(values).map(value -> value.at(found));
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
