package dev.billing.quickstart.input;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.usage.FactId;
import dev.billing.quickstart.input.FactFiles.Line;
import dev.billing.usecase.Report;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads usage as CloudEvents 1.0, one event of JSON on each line:
 *
 * <pre>{@code
 * {"specversion": "1.0", "id": "1", "source": "/gateway", "type": "egress-gb", "subject": "analytics", "time": "2017-01-03T04:00:00Z",
 *  "data": {"quantity": 12.5, "region": "eu", "places": {"organization": "research", "space": "lab", "app": "crawler"}}}
 * }</pre>
 *
 * The type is what was used, the subject the account. An event without a quantity counts as 1. What else its data say are properties. An
 * event is known by its source and id together, so those of several sources may have the same id.
 */
public final class UsageEvents {

    private static final int MAX_LINE = 1_000_000;

    /** Attributes that the specification leaves to others are named like this. */
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]+");

    private UsageEvents() {}

    /** The events of a file, and what is wrong with the others. Empty lines are passed over. */
    public static Seq<Line<Report>> read(Source source, Consumer<Problem> problems) throws IOException {
        List<Line<Report>> events = new ArrayList<>();
        int number = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(source.open(), StandardCharsets.UTF_8.newDecoder()))) {
            for (Option<String> line = next(lines); line.isDefined(); line = next(lines)) {
                number++;
                if (!line.get().isBlank()) {
                    read(source.name(), number, line.get())
                            .peek(events::add)
                            .peekLeft(found -> found.forEach(problems));
                }
            }
        } catch (CharacterCodingException e) {
            problems.accept(new Problem(source.name(), number + 1, "", "After this line: a file must be in UTF-8", ""));
        }
        return Array.ofAll(events);
    }

    /** The next line, or as much of it as shows that it is too long. */
    private static Option<String> next(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return Option.none();
        }
        while (c >= 0 && c != '\n') {
            if (line.length() <= MAX_LINE) {
                line.append((char) c);
            }
            c = lines.read();
        }
        return Option.some(line.toString());
    }

    private static Either<Seq<Problem>, Line<Report>> read(String file, int line, String text) {
        if (text.length() > MAX_LINE) {
            String rule = "A line must have at most " + MAX_LINE + " characters";
            return Either.left(Array.of(new Problem(file, line, "", rule, "")));
        }
        try {
            return JsonDocument.read(text)
                    .read(file, UsageEvents::event)
                    .mapLeft(problems -> problems.map(problem -> problem.at(line)))
                    .map(event -> new Line<>(event, (field, rule) -> new Problem(file, line, field(field), rule, "")));
        } catch (BadDocumentException e) {
            return Either.left(Array.of(new Problem(file, line, e.path(), String.valueOf(e.getMessage()), "")));
        }
    }

    /** The attribute that says what a column of a table of usage says. */
    private static String field(String column) {
        return switch (column) {
            case "meter" -> "type";
            case "at" -> "time";
            case "quantity" -> "data.quantity";
            default -> column;
        };
    }

    private static Option<Report> event(NotationReader in) {
        in.value("specversion", text -> required("1.0", text));
        in.valueIfThere("datacontenttype", text -> required("application/json", text));
        Option<FactId> id = in.value("id", UsageEvents::notEmpty)
                .flatMap(own -> in.value("source", UsageEvents::source).map(source -> source + " " + own))
                .flatMap(both -> in.field("id", at -> at.text(text -> new FactId(both))));
        Option<AccountId> account =
                in.has("subject") ? in.value("subject", AccountId::new) : Option.some(FactFiles.MAIN);
        Option<String> meter = in.value("type", UsageEvents::notEmpty);
        Option<Instant> at = in.value("time", Instant::parse);
        Option<Data> data = in.has("data") ? in.field("data", UsageEvents::data) : Option.some(Data.NONE);
        in.ignore(name -> EXTENSION.matcher(name).matches());
        return in.make(() -> new Report.Used(
                id.get(),
                account.get(),
                meter.get(),
                data.get().quantity(),
                at.get(),
                data.get().places(),
                data.get().properties()));
    }

    private static String required(String required, String text) {
        if (!text.equals(required)) {
            throw new IllegalArgumentException("It must be " + required);
        }
        return text;
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("It must not be empty");
        }
        return text;
    }

    /** A reference, which has no spaces; so that what follows one is the id. */
    private static String source(String text) {
        if (notEmpty(text).indexOf(' ') >= 0) {
            throw new IllegalArgumentException("A source must have no spaces");
        }
        return text;
    }

    /** What an event is about. */
    private record Data(BigDecimal quantity, Map<Dimension, Ref> places, Map<String, String> properties) {

        static final Data NONE = new Data(BigDecimal.ONE, LinkedHashMap.empty(), LinkedHashMap.empty());
    }

    private static Option<Data> data(NotationReader in) {
        BigDecimal quantity = in.valueIfThere("quantity", Decimals::parse).getOrElse(BigDecimal.ONE);
        Map<Dimension, Ref> places =
                in.fieldIfThere("places", UsageEvents::places).getOrElse(LinkedHashMap.empty());
        Map<String, String> properties = in.otherEntries(property -> property.text(Function.identity()));
        return in.make(() -> new Data(quantity, places, properties));
    }

    private static Option<Map<Dimension, Ref>> places(NotationReader in) {
        Option<String> organization = in.value("organization", UsageEvents::notEmpty);
        Option<String> space = in.value("space", UsageEvents::notEmpty);
        Option<String> app = in.value("app", UsageEvents::notEmpty);
        return in.make(() -> FactFiles.places(organization.get(), space.get(), app.get()));
    }
}
