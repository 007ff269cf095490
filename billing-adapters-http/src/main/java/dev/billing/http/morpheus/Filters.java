package dev.billing.http.morpheus;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.http.Parameters;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Makes typed queries of the filters of a request: values of one filter are alternatives, different filters must all be met. */
final class Filters {

    private static final Pattern PERIOD = Pattern.compile("([0-9]{4})(0[1-9]|1[0-2])?");
    private static final String TAG = "tags.";

    /** What is shown is cut to seconds, so whatever is within the last one still counts. */
    private static final Duration WITHIN_A_SECOND = Duration.ofMillis(999);

    /** A month is shown to end one second early. */
    private static final Duration SHOWN_END = Duration.ofSeconds(1);

    private static final Map<String, Dimension> PLACES = LinkedHashMap.of(
            "zoneId", Morpheus.CLOUD,
            "siteId", Morpheus.GROUP,
            "instanceId", Morpheus.INSTANCE,
            "serverId", Morpheus.SERVER,
            "userId", Morpheus.USER,
            "projectId", Morpheus.PROJECT,
            "containerId", Morpheus.CONTAINER);

    private final Parameters parameters;
    private final QueryReader reader;
    private final ZoneId zone;
    private final Problems problems;

    Filters(Parameters parameters, ZoneId zone, Problems problems) {
        this.parameters = parameters;
        this.reader = new QueryReader(parameters, zone, problems);
        this.zone = zone;
        this.problems = problems;
    }

    /** The accounts that are asked for; empty if none is named. */
    Set<AccountId> accounts() {
        return reader.ids("accountId").map(AccountId::new);
    }

    InvoiceQuery invoices() {
        InvoiceQuery query = documents();
        query = add(query, reader.date("startDate"), InvoiceCondition.StartsFrom::new);
        query = add(
                query,
                reader.date("endDate"),
                date -> new InvoiceCondition.EndsBy(date.plus(SHOWN_END).plus(WITHIN_A_SECOND)));
        return add(query, reader.date("lastUpdated"), InvoiceCondition.ChangedFrom::new);
    }

    LineItemQuery lines() {
        InvoiceQuery documents = documents();
        documents =
                addAll(documents, reader.ids("invoiceId"), ids -> new InvoiceCondition.WithId(ids.map(InvoiceId::new)));
        Selection lines = Selection.ALL;
        lines = select(lines, reader.date("startDate"), Selection.ServedFrom::new);
        lines = select(lines, reader.date("endDate"), date -> new Selection.ServedUntil(date.plus(WITHIN_A_SECOND)));
        lines = select(lines, reader.date("lastUpdated"), Selection.PostedFrom::new);
        Set<String> externalIds = QueryReader.asSet(reader.filter("externalId"));
        if (externalIds.nonEmpty()) {
            lines = lines.and(Selection.of(new Selection.WithExternalId(externalIds)));
        }
        return new LineItemQuery(documents, lines);
    }

    private InvoiceQuery documents() {
        InvoiceQuery query = InvoiceQuery.ofProfile(Morpheus.NAME);
        query = addAll(query, texts("phrase"), InvoiceCondition.SubjectNameContains::new);
        query = addAll(query, texts("name"), InvoiceCondition.SubjectName::new);
        query = addAll(query, periods(), InvoiceCondition.StartsWithin::new);
        query = addAll(query, texts("refType"), InvoiceCondition.SubjectType::new);
        query = addAll(query, reader.ids("refId"), InvoiceCondition.SubjectId::new);
        query = add(query, statuses(), values -> new InvoiceCondition.WithAttribute(Fact.STATUS, values));
        for (var place : PLACES) {
            query = addAll(query, reader.ids(place._1), ids -> new InvoiceCondition.At(place._2, ids));
        }
        query = addAll(query, flags("active"), values -> new InvoiceCondition.WithAttribute(Fact.ACTIVE, values));
        query = addAll(query, flags("estimate"), values -> new InvoiceCondition.WithAttribute(Fact.ESTIMATE, values));
        return addTags(query);
    }

    /** The status of a volume, which says nothing of other things. What is no text of ours is the status of nothing. */
    private Option<Set<Attribute>> statuses() {
        Set<String> types = texts("refType");
        boolean onlyVolumes = types.nonEmpty() && types.forAll("StorageVolume"::equals);
        return Option.some(texts("refStatus"))
                .filter(statuses -> onlyVolumes && statuses.nonEmpty())
                .map(statuses -> statuses.reject(text -> text.chars().anyMatch(Character::isISOControl))
                        .map(Attribute::of));
    }

    private Set<Attribute> flags(String name) {
        return reader.flags(name).map(Attribute::of);
    }

    private Set<String> texts(String name) {
        return QueryReader.asSet(reader.filter(name));
    }

    private Set<Period> periods() {
        return QueryReader.asSet(reader.filter("period").flatMap(this::period));
    }

    private Option<Period> period(String text) {
        var matcher = PERIOD.matcher(text);
        if (!matcher.matches()) {
            problems.add("period", "must be YYYY or YYYYMM");
            return Option.none();
        }
        int year = Integer.parseInt(matcher.group(1));
        Option<Integer> month = Option.of(matcher.group(2)).map(Integer::valueOf);
        YearMonth first = YearMonth.of(year, month.getOrElse(1));
        return Option.some(
                Period.of(start(first), start(month.isDefined() ? first.plusMonths(1) : first.plusYears(1))));
    }

    private Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    /** Several names must all be there; of several values of one name, one; an empty value means that the tag is there. */
    private InvoiceQuery addTags(InvoiceQuery query) {
        Map<String, Seq<String>> tags = parameters
                .byName()
                .filterKeys(name -> name.startsWith(TAG) && name.length() > TAG.length())
                .mapKeys(name -> name.substring(TAG.length()));
        return tags.foldLeft(
                query,
                (all, tag) -> all.and(
                        tag._2.exists(String::isEmpty)
                                ? new InvoiceCondition.HasTag(tag._1)
                                : new InvoiceCondition.Tagged(tag._1, QueryReader.asSet(tag._2))));
    }

    private static <T> InvoiceQuery add(InvoiceQuery query, Option<T> value, Function<T, InvoiceCondition> condition) {
        return value.map(condition).map(query::and).getOrElse(query);
    }

    private static <T> InvoiceQuery addAll(
            InvoiceQuery query, Set<T> values, Function<Set<T>, InvoiceCondition> condition) {
        return values.isEmpty() ? query : query.and(condition.apply(values));
    }

    private static <T> Selection select(
            Selection selection, Option<T> value, Function<T, Selection.Criterion> criterion) {
        return value.map(criterion).map(Selection::of).map(selection::and).getOrElse(selection);
    }
}
