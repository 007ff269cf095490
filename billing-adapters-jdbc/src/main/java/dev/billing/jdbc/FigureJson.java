package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Selection.Criterion;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** What a figure has beside its amount. */
final class FigureJson {

    private FigureJson() {}

    /** The kinds of figures, as columns name them. */
    enum Kind {
        FOLDED,
        SUMMED,
        CALCULATED,
        DECLARED
    }

    static Kind kind(Figure figure) {
        if (figure instanceof Figure.Folded) {
            return Kind.FOLDED;
        }
        if (figure instanceof Figure.Summed) {
            return Kind.SUMMED;
        }
        return figure instanceof Figure.Calculated ? Kind.CALCULATED : Kind.DECLARED;
    }

    static String write(Figure figure) {
        return Json.object(json -> {
            if (figure instanceof Figure.Folded folded) {
                Json.objects(json, "lines", folded.lines().criteria(), FigureJson::write);
            } else if (figure instanceof Figure.Summed summed) {
                write(json, summed.place());
                json.writeStringProperty("documents", Long.toString(summed.documents()));
            } else if (figure instanceof Figure.Calculated calculated) {
                write(json, calculated);
            } else {
                json.writeStringProperty("source", ((Figure.Declared) figure).source());
            }
        });
    }

    private static void write(JsonGenerator json, Figure.Calculated calculated) {
        json.writeStringProperty("rule", calculated.rule());
        Json.objects(json, "from", calculated.from(), FigureJson::write);
        Map<String, String> inputs = calculated.inputs().mapValues(Decimal::write);
        Json.object(json, "inputs", members -> Json.texts(members, inputs));
    }

    private static void write(JsonGenerator json, FigureKey key) {
        json.writeStringProperty("name", key.name());
        Json.text(json, "basis", key.basis().map(Basis::name));
        json.writeStringProperty("side", key.side().name());
    }

    private static void write(JsonGenerator json, Criterion criterion) {
        if (criterion instanceof Selection.InCategory in) {
            json.writeStringProperty("category", in.category());
        } else if (criterion instanceof Selection.DescriptionContains contains) {
            json.writeStringProperty("description", contains.text());
        } else if (criterion instanceof Selection.At at) {
            json.writeStringProperty("at", at.placeId());
            json.writeStringProperty("dimension", at.dimension().name());
        } else if (criterion instanceof Selection.OfBasis of) {
            json.writeStringProperty("basis", of.basis().name());
        } else if (criterion instanceof Selection.NotInCategories notIn) {
            Json.textObjects(json, "categoriesNot", notIn.categories());
        } else if (criterion instanceof Selection.WithId with) {
            Json.textObjects(json, "ids", with.ids().map(LineId::value));
        } else if (criterion instanceof Selection.WithExternalId with) {
            Json.textObjects(json, "externalIds", with.ids());
        } else if (criterion instanceof Selection.ServedFrom served) {
            json.writeStringProperty("servedFrom", served.from().toString());
        } else if (criterion instanceof Selection.ServedUntil served) {
            json.writeStringProperty("servedUntil", served.until().toString());
        } else if (criterion instanceof Selection.PostedFrom posted) {
            json.writeStringProperty("postedFrom", posted.from().toString());
        } else {
            json.writeStringProperty("sign", criterion instanceof Selection.Charges ? "+" : "-");
        }
    }

    /** Reads figures. Those of many documents come about in the same way, which is read once. */
    static final class Reader {

        private final java.util.Map<String, Function<Money, Figure>> known = new java.util.HashMap<>();

        Figure read(Kind kind, Money amount, String detail) {
            return known.computeIfAbsent(kind + detail, text -> recipe(kind, Json.parse(detail)))
                    .apply(amount);
        }
    }

    private static Function<Money, Figure> recipe(Kind kind, Json json) {
        return switch (kind) {
            case FOLDED -> {
                Selection lines = selection(json);
                yield amount -> new Figure.Folded(lines, amount);
            }
            case SUMMED -> {
                Selection.At place = (Selection.At) criterion(json);
                long documents = Long.parseLong(json.text("documents"));
                yield amount -> new Figure.Summed(place, documents, amount);
            }
            case CALCULATED -> {
                String rule = json.text("rule");
                Seq<FigureKey> from = json.objects("from").map(FigureJson::key);
                Map<String, BigDecimal> inputs = inputs(json);
                yield amount -> new Figure.Calculated(rule, from, inputs, amount);
            }
            case DECLARED -> {
                String source = json.text("source");
                yield amount -> new Figure.Declared(source, amount);
            }
        };
    }

    private static Map<String, BigDecimal> inputs(Json json) {
        return json.object("inputs").texts().mapValues(Decimal::read);
    }

    private static FigureKey key(Json json) {
        return new FigureKey(
                json.text("name"), json.optionalText("basis").map(Basis::valueOf), Side.valueOf(json.text("side")));
    }

    private static Selection selection(Json json) {
        return new Selection(LinkedHashSet.ofAll(json.objects("lines").map(FigureJson::criterion)));
    }

    private static Criterion criterion(Json json) {
        if (json.has("category")) {
            return new Selection.InCategory(json.text("category"));
        }
        if (json.has("description")) {
            return new Selection.DescriptionContains(json.text("description"));
        }
        if (json.has("at")) {
            return new Selection.At(new Dimension(json.text("dimension")), json.text("at"));
        }
        if (json.has("basis")) {
            return new Selection.OfBasis(Basis.valueOf(json.text("basis")));
        }
        if (json.has("categoriesNot")) {
            return new Selection.NotInCategories(json.textObjects("categoriesNot"));
        }
        if (json.has("ids")) {
            return new Selection.WithId(json.textObjects("ids").map(LineId::new));
        }
        if (json.has("externalIds")) {
            return new Selection.WithExternalId(json.textObjects("externalIds"));
        }
        if (json.has("servedFrom")) {
            return new Selection.ServedFrom(Instant.parse(json.text("servedFrom")));
        }
        if (json.has("servedUntil")) {
            return new Selection.ServedUntil(Instant.parse(json.text("servedUntil")));
        }
        if (json.has("postedFrom")) {
            return new Selection.PostedFrom(Instant.parse(json.text("postedFrom")));
        }
        return json.text("sign").equals("+") ? new Selection.Charges() : new Selection.Credits();
    }
}
