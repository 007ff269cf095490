package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Tag;
import io.vavr.Tuple2;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** The places, attributes and tags of documents, in rows that documents are found and ordered by. They are read from elsewhere. */
final class FinderTables {

    private static final String INSERT_PLACE =
            "insert into billing_invoice_place (tenant, invoice_no, dimension, ref_id, name_key) values (?, ?, ?, ?, ?)";

    private static final String INSERT_ATTRIBUTE = """
            insert into billing_attribute (
                tenant, invoice_no, name, text_value, text_key, number_value, instant_value, flag_value)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_TAG =
            "insert into billing_tag (tenant, invoice_no, ordinal, name, tag_value) values (?, ?, ?, ?, ?)";

    private FinderTables() {}

    static void replace(Connection connection, String tenant, long invoiceNo, Head head) throws SQLException {
        replacePlaces(connection, tenant, invoiceNo, head.places());
        delete(connection, "billing_attribute", tenant, invoiceNo);
        insertAttributes(connection, tenant, invoiceNo, head.attributes());
    }

    static void insert(Connection connection, String tenant, long invoiceNo, Head head) throws SQLException {
        insertPlaces(connection, tenant, invoiceNo, head.places());
        insertAttributes(connection, tenant, invoiceNo, head.attributes());
    }

    static void replacePlaces(Connection connection, String tenant, long invoiceNo, Map<Dimension, Ref> places)
            throws SQLException {
        delete(connection, "billing_invoice_place", tenant, invoiceNo);
        insertPlaces(connection, tenant, invoiceNo, places);
    }

    private static void insertPlaces(Connection connection, String tenant, long invoiceNo, Map<Dimension, Ref> places)
            throws SQLException {
        try (Batch batch = new Batch(connection, INSERT_PLACE)) {
            for (Tuple2<Dimension, Ref> place : places) {
                batch.text(tenant)
                        .whole(invoiceNo)
                        .text(place._1.name())
                        .text(place._2.id())
                        .bytes(Text.keyIgnoringCase(place._2.name()))
                        .end();
            }
            batch.flush();
        }
    }

    private static void insertAttributes(
            Connection connection, String tenant, long invoiceNo, Map<String, Attribute> attributes)
            throws SQLException {
        try (Batch batch = new Batch(connection, INSERT_ATTRIBUTE)) {
            for (Tuple2<String, Attribute> attribute : attributes) {
                batch.text(tenant)
                        .whole(invoiceNo)
                        .text(attribute._1)
                        .text(text(attribute._2))
                        .bytes(text(attribute._2).map(Text::keyIgnoringCase))
                        .number(number(attribute._2))
                        .instant(instant(attribute._2))
                        .flag(flag(attribute._2))
                        .end();
            }
            batch.flush();
        }
    }

    static void replaceTags(Connection connection, String tenant, long invoiceNo, Seq<Tag> tags) throws SQLException {
        delete(connection, "billing_tag", tenant, invoiceNo);
        insertTags(connection, tenant, invoiceNo, tags);
    }

    static void insertTags(Connection connection, String tenant, long invoiceNo, Seq<Tag> tags) throws SQLException {
        try (Batch batch = new Batch(connection, INSERT_TAG)) {
            long ordinal = 0;
            for (Tag tag : tags) {
                batch.text(tenant)
                        .whole(invoiceNo)
                        .whole(ordinal++)
                        .text(tag.name())
                        .text(tag.value())
                        .end();
            }
            batch.flush();
        }
    }

    private static void delete(Connection connection, String table, String tenant, long invoiceNo) throws SQLException {
        new Query("delete from " + table + " where tenant = ? and invoice_no = ?", tenant, invoiceNo)
                .update(connection);
    }

    static Option<String> text(Attribute attribute) {
        return attribute instanceof Attribute.Text text ? Option.some(text.value()) : Option.none();
    }

    static Option<BigDecimal> number(Attribute attribute) {
        return attribute instanceof Attribute.Number number ? Option.some(number.value()) : Option.none();
    }

    static Option<Instant> instant(Attribute attribute) {
        return attribute instanceof Attribute.Instant instant ? Option.some(instant.value()) : Option.none();
    }

    static Option<Boolean> flag(Attribute attribute) {
        return attribute instanceof Attribute.Flag flag ? Option.some(flag.value()) : Option.none();
    }

    /** The attribute that has one of these values; none if it has none. */
    static Option<Attribute> attribute(
            Option<String> text, Option<BigDecimal> number, Option<Instant> instant, Option<Boolean> flag) {
        return text.<Attribute>map(Attribute::of)
                .orElse(() -> number.map(Attribute::of))
                .orElse(() -> instant.map(Attribute::of))
                .orElse(() -> flag.map(Attribute::of));
    }
}
