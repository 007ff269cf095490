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

/** Keeps the sets of places of one owner, each once: a million lines belong to few places. */
final class PlaceSetWriter {

    /** Owns the places of facts. Documents are numbered from 1. */
    static final long FACTS = 0;

    private static final String INSERT = "insert into billing_place_set (tenant, invoice_no, digest) values (?, ?, ?)";

    private static final String INSERT_ENTRY = """
            insert into billing_place_set_entry (tenant, places_no, dimension, ref_type, ref_id, ref_name)
            values (?, ?, ?, ?, ?, ?)
            """;

    private final Connection connection;
    private final String tenant;
    private final long owner;
    private final java.util.Map<Map<Dimension, Ref>, Long> numbers = new Recent<>();

    PlaceSetWriter(Connection connection, String tenant, long owner) {
        this.connection = connection;
        this.tenant = tenant;
        this.owner = owner;
    }

    /**
     * The number of each of these places, in the same order. Places that were not kept before are now; no places have no number.
     */
    List<Option<Long>> keep(Iterable<Map<Dimension, Ref>> wanted) throws SQLException {
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
            Database.settle(connection, c -> keepUnknown(unknown.keySet())).forEach((set, number) -> {
                numbers.put(set, number);
                unknown.getOrDefault(set, List.of()).forEach(index -> result.set(index, Option.some(number)));
            });
        }
        return result;
    }

    /** In the order of their digests, so that nobody waits for somebody who waits for them. */
    private Map<Map<Dimension, Ref>, Long> keepUnknown(Iterable<Map<Dimension, Ref>> unknown) throws SQLException {
        SortedMap<String, Map<Dimension, Ref>> byDigest =
                TreeMap.ofEntries(Array.ofAll(unknown).map(set -> new Tuple2<>(digest(set), set)));
        Map<String, Long> known = find(byDigest.keySet().toArray());
        SortedMap<String, Map<Dimension, Ref>> missing = byDigest.removeAll(known.keySet());
        insert(missing.keySet());
        Map<String, Long> added = find(missing.keySet().toArray());
        insertEntries(numbered(missing, added));
        return numbered(byDigest, known.merge(added));
    }

    /** Under which a set is found. */
    static String digest(Map<Dimension, Ref> set) {
        return Digest.of(PlacesJson.write(set));
    }

    private static Map<Map<Dimension, Ref>, Long> numbered(
            Map<String, Map<Dimension, Ref>> byDigest, Map<String, Long> byNumber) {
        return HashMap.ofEntries(byDigest.toArray()
                .flatMap(entry -> byNumber.get(entry._1).map(number -> new Tuple2<>(entry._2, number))));
    }

    private Map<String, Long> find(Seq<String> digests) throws SQLException {
        Map<String, Long> found = HashMap.empty();
        for (Seq<String> some : digests.grouped(Chunks.SIZE)) {
            found = found.merge(Query.among(some.toJavaArray(String[]::new))
                    .select("w.id, s.places_no")
                    .add("join billing_place_set s on s.tenant = ? and s.invoice_no = ?", tenant, owner)
                    .add("and s.digest = w.id")
                    .list(connection, row -> new Tuple2<>(row.text(), row.whole()))
                    .toMap(entry -> entry));
        }
        return found;
    }

    private void insert(Set<String> digests) throws SQLException {
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

    /** Forgets all of the owner's places. */
    void deleteAll() throws SQLException {
        Query sets =
                new Query("select places_no from billing_place_set where tenant = ? and invoice_no = ?", tenant, owner);
        delete(
                "delete from billing_place_set_entry where tenant = ? and places_no = ?",
                sets.list(connection, Row::whole));
        new Query("delete from billing_place_set where tenant = ? and invoice_no = ?", tenant, owner)
                .update(connection);
        numbers.clear();
    }

    private void delete(String sql, Seq<Long> sets) throws SQLException {
        try (Batch batch = new Batch(connection, sql)) {
            for (long set : sets) {
                batch.text(tenant).whole(set).end();
            }
            batch.flush();
        }
    }
}
