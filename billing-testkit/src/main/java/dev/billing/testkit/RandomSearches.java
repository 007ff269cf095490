package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.TENANT;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Selection.Criterion;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceQuery.Form;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;

/** Questions about {@link SearchedDocuments}: any conditions, orders, pages and eyes. */
final class RandomSearches {

    private final Random random;
    private final Seq<Stored> documents;

    RandomSearches(Random random, Seq<Stored> documents) {
        this.random = random;
        this.documents = documents;
    }

    /** A question about documents, and sums of them. */
    InvoiceQueryProperties.DocumentSearch documents() {
        Access access = access();
        return new InvoiceQueryProperties.DocumentSearch(
                access,
                query(access, 3),
                order(),
                page(SearchedDocuments.COUNT / 4),
                several(SearchedDocuments.FIGURES, 3),
                several(SearchedDocuments.ATTRIBUTES, 2));
    }

    /** A question about lines, and sums of them. */
    InvoiceQueryProperties.LineSearch lines() {
        Access access = access();
        Set<Criterion> criteria =
                LinkedHashSet.ofAll(Array.range(0, random.nextInt(3)).map(n -> criterion()));
        return new InvoiceQueryProperties.LineSearch(
                access,
                new LineItemQuery(query(access, 2), new Selection(criteria)),
                new LineItemOrder(Array.range(0, random.nextInt(4))
                        .map(n -> new LineItemOrder.Term(lineKey(), random.nextBoolean()))),
                page(SearchedDocuments.COUNT / 2),
                several(SearchedDocuments.ATTRIBUTES, 2));
    }

    private Access access() {
        Access access = random.nextInt(3) > 0
                ? Access.toAll(TENANT)
                : new Access(TENANT, Option.some(some(SearchedDocuments.ACCOUNTS)), Option.none());
        return random.nextBoolean() ? access : access.through(one(SearchedDocuments.ACCOUNTS));
    }

    private PageRequest page(int maxOffset) {
        return one(Array.of(
                PageRequest.first(PageRequest.MAX_SIZE),
                PageRequest.first(random.nextInt(20)),
                new PageRequest(random.nextInt(maxOffset), random.nextInt(20))));
    }

    private InvoiceQuery query(Access access, int max) {
        return new InvoiceQuery(
                LinkedHashSet.ofAll(Array.range(0, random.nextInt(max + 1)).map(n -> condition(access))));
    }

    private InvoiceCondition condition(Access access) {
        return this.<Supplier<InvoiceCondition>>one(Array.of(
                        () -> new InvoiceCondition.WithId(some(documents).map(RandomSearches::id)),
                        () -> new InvoiceCondition.OfProfile(some(SearchedDocuments.PROFILES)),
                        () -> new InvoiceCondition.OfAccount(some(SearchedDocuments.ACCOUNTS)),
                        () -> new InvoiceCondition.InForm(one(Array.of(Form.values()))),
                        () -> new InvoiceCondition.WithStatus(some(Array.of(InvoiceStatus.values()))),
                        () -> new InvoiceCondition.Overlapping(period()),
                        () -> new InvoiceCondition.StartsWithin(LinkedHashSet.ofAll(
                                Array.range(0, random.nextInt(3)).map(n -> period()))),
                        () -> new InvoiceCondition.StartsFrom(instant()),
                        () -> new InvoiceCondition.EndsBy(instant()),
                        () -> new InvoiceCondition.ChangedFrom(instant()),
                        () -> new InvoiceCondition.SubjectType(some(SearchedDocuments.TYPES)),
                        () -> new InvoiceCondition.SubjectId(some(SearchedDocuments.IDS)),
                        () -> new InvoiceCondition.SubjectName(some(SearchedDocuments.TEXTS)),
                        () -> new InvoiceCondition.SubjectNameContains(some(SearchedDocuments.TEXTS)),
                        () -> new InvoiceCondition.At(one(SearchedDocuments.DIMENSIONS), some(SearchedDocuments.IDS)),
                        () -> new InvoiceCondition.WithAttribute(
                                one(SearchedDocuments.ATTRIBUTES), some(SearchedDocuments.VALUES)),
                        () -> new InvoiceCondition.HasTag(one(SearchedDocuments.TAGS)),
                        () -> new InvoiceCondition.Tagged(one(SearchedDocuments.TAGS), some(SearchedDocuments.TEXTS)),
                        () -> new InvoiceCondition.After(order(), access.shown(one(documents))),
                        () -> new InvoiceCondition.After(order(), access.shown(one(documents)))))
                .get();
    }

    private InvoiceOrder order() {
        return new InvoiceOrder(
                Array.range(0, random.nextInt(4)).map(n -> new InvoiceOrder.Term(key(), random.nextBoolean())));
    }

    private InvoiceOrder.Key key() {
        Seq<InvoiceOrder.Key> fields = Vector.of(InvoiceOrder.Field.values());
        return one(fields.append(new InvoiceOrder.PlaceName(one(SearchedDocuments.DIMENSIONS)))
                .append(new InvoiceOrder.AttributeValue(one(SearchedDocuments.ATTRIBUTES)))
                .append(new InvoiceOrder.AttributeValue(one(SearchedDocuments.ATTRIBUTES)))
                .append(new InvoiceOrder.Amount(several(SearchedDocuments.FIGURES, 3)))
                .append(new InvoiceOrder.Amount(several(SearchedDocuments.FIGURES, 3))));
    }

    private LineItemOrder.Key lineKey() {
        Seq<LineItemOrder.Key> fields = Vector.of(LineItemOrder.Field.values());
        return one(fields.append(new LineItemOrder.ProvidedText(one(SearchedDocuments.PROVIDED)))
                .append(new LineItemOrder.OfDocument(key()))
                .append(new LineItemOrder.OfDocument(key())));
    }

    private Criterion criterion() {
        return this.<Supplier<Criterion>>one(Array.of(
                        () -> new Selection.InCategory(one(SearchedDocuments.CATEGORIES)),
                        () -> new Selection.NotInCategories(some(SearchedDocuments.CATEGORIES)),
                        () -> new Selection.WithId(
                                some(SearchedDocuments.IDS).map(id -> new LineId(id + random.nextInt(2)))),
                        () -> new Selection.WithExternalId(some(SearchedDocuments.IDS)),
                        () -> new Selection.ServedFrom(instant()),
                        () -> new Selection.ServedUntil(instant()),
                        () -> new Selection.PostedFrom(instant()),
                        () -> new Selection.DescriptionContains(one(SearchedDocuments.TEXTS)),
                        () -> new Selection.At(one(SearchedDocuments.DIMENSIONS), one(SearchedDocuments.IDS)),
                        () -> new Selection.OfBasis(one(Array.of(Basis.values()))),
                        Selection.Charges::new,
                        Selection.Credits::new))
                .get();
    }

    private Period period() {
        Instant start = instant();
        return one(Array.of(
                InvoiceFixtures.month(1 + random.nextInt(4)),
                Period.of(start, start.plusNanos(1)),
                Period.of(start.minusNanos(1), start.plusSeconds(86_400L * (1 + random.nextInt(60))))));
    }

    /** Stores keep no nanoseconds, but are asked for them. */
    private Instant instant() {
        return one(SearchedDocuments.INSTANTS).plusNanos(random.nextInt(3) - 1L);
    }

    private static InvoiceId id(Stored stored) {
        return stored.invoice().head().id();
    }

    /** None, one, or some of them. */
    private <T> Set<T> some(Seq<T> values) {
        return HashSet.ofAll(
                Array.range(0, one(Array.of(0, 1, 1, 1, 1, 2, 3, 4, 6))).map(n -> one(values)));
    }

    /** At most so many of them, one perhaps twice. */
    private <T> Seq<T> several(Seq<T> values, int max) {
        return Array.range(0, random.nextInt(max + 1)).map(n -> one(values));
    }

    private <T> T one(Seq<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
