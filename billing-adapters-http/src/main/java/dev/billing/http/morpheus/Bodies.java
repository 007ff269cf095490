package dev.billing.http.morpheus;

import dev.billing.domain.AccountId;
import dev.billing.http.StrictJson;
import dev.billing.port.Principal;
import dev.billing.usecase.TagInvoice;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what callers send, and gathers what is wrong with it. */
final class Bodies {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,100}");
    private static final Pattern MONTH = Pattern.compile("([0-9]{4})(0[1-9]|1[0-2])");
    private static final int MAX_NAME = 200;
    private static final int MAX_VALUE = 2_000;
    private static final String TAGS = "must be an array of objects with a name";

    private final Problems problems;

    Bodies(Problems problems) {
        this.problems = problems;
    }

    /** The tags to change; what is wrong is among the problems. */
    TagInvoice.Change tags(StrictJson body) {
        Option<StrictJson.Members> invoice =
                members(body).flatMap(members -> members.find("invoice")).flatMap(Bodies::members);
        if (invoice.isEmpty()) {
            problems.add("invoice", "is required");
        }
        StrictJson.Members fields = invoice.getOrElse(new StrictJson.Members(HashMap.empty()));
        Option<Map<String, Option<String>>> set = tags(fields, "tags");
        Map<String, Option<String>> add = tags(fields, "addTags").getOrElse(HashMap.empty());
        Map<String, Option<String>> remove = tags(fields, "removeTags").getOrElse(HashMap.empty());
        return new TagInvoice.Change(
                set.map(Bodies::withValues),
                withValues(add),
                remove.mapValues(value -> value.filter(text -> !text.isBlank())));
    }

    private static Map<String, String> withValues(Map<String, Option<String>> tags) {
        return tags.mapValues(value -> value.getOrElse(""));
    }

    /** Of tags of one name the last counts. */
    private Option<Map<String, Option<String>>> tags(StrictJson.Members fields, String name) {
        Option<StrictJson> given = fields.find(name);
        if (given.isEmpty()) {
            return Option.none();
        }
        if (!(given.get() instanceof StrictJson.Elements elements)) {
            problems.add(name, TAGS);
            return Option.none();
        }
        if (elements.all().size() > TagInvoice.MAX_TAGS) {
            problems.add(name, "must have at most " + TagInvoice.MAX_TAGS + " tags");
            return Option.none();
        }
        Map<String, Option<String>> tags = LinkedHashMap.empty();
        for (StrictJson element : elements.all()) {
            Option<Tuple2<String, Option<String>>> tag = tag(element);
            if (tag.isEmpty()) {
                problems.add(name, TAGS);
            } else if (isTooLong(tag.get())) {
                problems.add(
                        name,
                        "must have names of at most 200 and values of at most 2000 characters, none of them a "
                                + "control character");
            } else {
                tags = tags.remove(tag.get()._1).put(tag.get());
            }
        }
        return Option.some(tags);
    }

    private static Option<Tuple2<String, Option<String>>> tag(StrictJson element) {
        return members(element).flatMap(tag -> {
            boolean hasSimpleValue =
                    tag.find("value").forAll(value -> scalar(value).isDefined());
            return tag.find("name")
                    .flatMap(Bodies::scalar)
                    .filter(name -> !name.isBlank() && hasSimpleValue)
                    .map(name -> new Tuple2<>(name, tag.find("value").flatMap(Bodies::scalar)));
        });
    }

    private static boolean isTooLong(Tuple2<String, Option<String>> tag) {
        String value = tag._2.getOrElse("");
        return tag._1.length() > MAX_NAME
                || value.length() > MAX_VALUE
                || (tag._1 + value).chars().anyMatch(Character::isISOControl);
    }

    /** Numbers and booleans count as their text. */
    private static Option<String> scalar(StrictJson value) {
        if (value instanceof StrictJson.Text text) {
            return Option.some(text.value());
        }
        return value instanceof StrictJson.Literal literal ? Option.some(literal.text()) : Option.none();
    }

    private static Option<StrictJson.Members> members(StrictJson value) {
        return value instanceof StrictJson.Members members ? Option.some(members) : Option.none();
    }

    /** What to bill again; what is wrong is among the problems. */
    CloudRefresh.Request refresh(
            StrictJson body, Principal caller, boolean isMaster, CloudRefresh clouds, ZoneId zone, Clock clock) {
        StrictJson.Members fields = members(body).getOrElse(new StrictJson.Members(HashMap.empty()));
        boolean all = flag(fields, "all");
        Option<Set<String>> named = clouds(fields);
        if (!all && named.forAll(Set::isEmpty)) {
            problems.add("clouds", "must name clouds, or set all");
        }
        named.toArray()
                .flatMap(ids -> ids)
                .filter(id -> !mayRefresh(id, caller, isMaster, clouds))
                .forEach(id -> problems.add("clouds", "unknown cloud " + id));
        return new CloudRefresh.Request(
                caller, all ? Option.none() : named, date(fields, zone, clock), flag(fields, "rebuild"));
    }

    private static boolean mayRefresh(String cloud, Principal caller, boolean isMaster, CloudRefresh clouds) {
        Option<AccountId> owner = clouds.ownerOf(caller, cloud);
        return owner.exists(account -> isMaster || caller.account().contains(account));
    }

    private boolean flag(StrictJson.Members fields, String name) {
        Option<StrictJson> given = fields.find(name);
        Option<String> text = given.flatMap(Bodies::scalar);
        if (given.isDefined() && !text.exists(value -> value.equals("true") || value.equals("false"))) {
            problems.add(name, "must be true or false");
        }
        return text.contains("true");
    }

    private Option<Set<String>> clouds(StrictJson.Members fields) {
        Option<StrictJson> given = fields.find("clouds");
        if (given.isEmpty()) {
            return Option.none();
        }
        Seq<Option<String>> ids = given.get() instanceof StrictJson.Elements elements
                ? elements.all().map(Bodies::scalar)
                : Array.of(Option.none());
        if (!ids.forAll(id -> id.exists(text -> DIGITS.matcher(text).matches()))) {
            problems.add("clouds", "must name clouds, or set all");
            return Option.none();
        }
        return Option.some(LinkedHashSet.ofAll(ids.map(id -> new BigInteger(id.get()).toString())));
    }

    /** A month means its last second, a day too, and an instant itself. */
    private Option<Instant> date(StrictJson.Members fields, ZoneId zone, Clock clock) {
        Option<StrictJson> given = fields.find("date");
        if (given.isEmpty()) {
            return Option.none();
        }
        Option<String> text = given.flatMap(Bodies::scalar).filter(value -> value.length() <= 40);
        Option<Instant> start = text.flatMap(value -> start(value, zone));
        if (start.isEmpty()) {
            problems.add("date", "must be YYYY-MM-DD");
        } else if (start.get().isAfter(clock.instant())) {
            problems.add("date", "must not be in the future");
        }
        return text.flatMap(value -> end(value, zone)).orElse(start);
    }

    private static Option<Instant> start(String text, ZoneId zone) {
        return month(text)
                .map(month -> month.atDay(1).atStartOfDay(zone).toInstant())
                .orElse(() -> QueryReader.instant(text, zone));
    }

    private static Option<Instant> end(String text, ZoneId zone) {
        Option<Instant> next = month(text)
                .map(month -> month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant())
                .orElse(() -> Option.when(text.length() == "2020-05-08".length(), text)
                        .flatMap(day -> QueryReader.instant(day, zone))
                        .map(start -> LocalDate.ofInstant(start, zone)
                                .plusDays(1)
                                .atStartOfDay(zone)
                                .toInstant()));
        return next.map(instant -> instant.minusSeconds(1));
    }

    private static Option<YearMonth> month(String text) {
        Matcher matcher = MONTH.matcher(text);
        return Option.when(
                matcher.matches(),
                () -> YearMonth.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }
}
