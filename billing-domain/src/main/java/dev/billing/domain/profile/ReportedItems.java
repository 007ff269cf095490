package dev.billing.domain.profile;

import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Markup;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a provider reports of one thing in one month, item by item. Reports of one item add up: usage, cost, price and tax; its time goes
 * from the earliest start to the latest end. A time that was counted for an item is not counted again.
 */
public final class ReportedItems {

    /** The text under which a line keeps when it was created; it is posted again whenever a report is added. */
    public static final String CREATED = "created";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The text under which a line of several reports keeps the times that it counts. */
    static final String COUNTED = "counted";

    private ReportedItems() {}

    /**
     * Adds reports to what is known.
     *
     * @param known lines, each of another item
     * @param reported lines with a cost, a period and an external id; one without a price is charged at its cost
     */
    public static Seq<LineItem> merge(Seq<LineItem> known, Seq<LineItem> reported) {
        Map<String, LineItem> items = LinkedHashMap.ofEntries(known.map(line -> new Tuple2<>(itemOf(line), line)));
        for (LineItem report : reported) {
            String item = itemOf(report);
            LineItem charged = created(report);
            items = items.put(
                    item, items.get(item).map(line -> add(line, charged)).getOrElse(charged));
        }
        return items.values().toArray();
    }

    private static String itemOf(LineItem line) {
        return origin(line).externalId();
    }

    private static Origin.Provided origin(LineItem line) {
        if (line.origin() instanceof Origin.Provided provided) {
            return provided;
        }
        throw new IllegalArgumentException("A reported line must come from outside, but " + line.id() + " does not");
    }

    private static LineItem created(LineItem report) {
        LineItem line = created(report, createdText(report.postedAt()));
        return report.price().isDefined() ? line : priced(line, Markup.none());
    }

    /**
     * A reported line at the price that follows from its cost.
     *
     * @throws IllegalArgumentException if it has no cost
     */
    public static LineItem priced(LineItem line, Markup markup) {
        Money cost = line.cost()
                .getOrElseThrow(() -> new IllegalArgumentException("A line must have a cost, but was " + line));
        return line.toBuilder().price(markup.price(cost)).build();
    }

    /** Lines that were computed again: those that were there before keep the time at which they were created. */
    public static Seq<LineItem> keepCreation(Seq<LineItem> known, Seq<LineItem> lines) {
        Map<LineId, String> created =
                HashMap.ofEntries(known.flatMap(line -> createdText(line).map(text -> new Tuple2<>(line.id(), text))));
        return lines.map(line -> created.get(line.id()).fold(() -> line, text -> created(line, text)));
    }

    private static Option<String> createdText(LineItem line) {
        return line.origin() instanceof Origin.Provided provided
                ? provided.text().get(CREATED)
                : Option.none();
    }

    private static LineItem created(LineItem line, String text) {
        Origin.Provided origin = origin(line);
        return line.toBuilder(
                        new Origin.Provided(origin.externalId(), origin.text().put(CREATED, text), origin.raw()))
                .build();
    }

    /** An instant as text; texts of instants are in the order of time. */
    static String createdText(Instant instant) {
        return TIME.format(instant);
    }

    private static LineItem add(LineItem line, LineItem report) {
        Period reported = report.period().get();
        Seq<Period> counted = counted(line);
        if (counted.exists(reported::overlaps)) {
            return line;
        }
        return line.toBuilder(with(origin(line), counted.append(reported)))
                .postedAt(later(line.postedAt(), report.postedAt()))
                .quantity(line.quantity().add(report.quantity()), line.unit())
                .period(hull(line.period().get(), reported))
                .cost(line.cost().get().plus(report.cost().get()))
                .price(sum(line.price().get(), report.price().get()))
                .tax(sum(line.tax(), report.tax()))
                .build();
    }

    private static Amount sum(Amount one, Amount other) {
        return Amount.of(one.gross().plus(other.gross()), one.discount().plus(other.discount()));
    }

    private static Option<Money> sum(Option<Money> one, Option<Money> other) {
        return one.map(known -> other.map(known::plus).getOrElse(known)).orElse(other);
    }

    private static Seq<Period> counted(LineItem line) {
        return origin(line)
                .text()
                .get(COUNTED)
                .map(text -> Array.of(text.split(" ", -1)).<Period>map(ReportedItems::period))
                .getOrElse(() -> Array.of(line.period().get()));
    }

    private static Period period(String text) {
        int slash = text.indexOf('/');
        return Period.of(Instant.parse(text.substring(0, slash)), Instant.parse(text.substring(slash + 1)));
    }

    private static Origin with(Origin.Provided origin, Seq<Period> counted) {
        String text = joined(counted).mkString(" ");
        return new Origin.Provided(origin.externalId(), origin.text().put(COUNTED, text), origin.raw());
    }

    /** Times that touch become one, so that a month of hours is one time and not 744. */
    private static Seq<String> joined(Seq<Period> counted) {
        return counted.sortBy(Period::start)
                .foldLeft(
                        Array.<Period>empty(),
                        (joined, next) ->
                                joined.nonEmpty() && joined.last().end().equals(next.start())
                                        ? joined.init().append(hull(joined.last(), next))
                                        : joined.append(next))
                .map(period -> period.start() + "/" + period.end());
    }

    private static Period hull(Period one, Period other) {
        Instant start = one.start().isBefore(other.start()) ? one.start() : other.start();
        return Period.of(start, later(one.end(), other.end()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
