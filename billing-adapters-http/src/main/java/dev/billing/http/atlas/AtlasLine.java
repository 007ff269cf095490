package dev.billing.http.atlas;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import io.vavr.control.Option;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;

/**
 * A line in the words of Atlas.
 *
 * @param period of the line, or else of its document
 */
record AtlasLine(LineItem line, Period period) {

    static AtlasLine of(LineItem line, Period ofDocument) {
        return new AtlasLine(line, line.period().getOrElse(ofDocument));
    }

    /** What is charged or given back, before the discount. */
    Money gross() {
        return line.price().map(Amount::gross).getOrElse(() -> Money.of("USD", "0"));
    }

    Option<BigDecimal> discountPercent() {
        return line.price().flatMap(Amount::percent).filter(percent -> percent.signum() != 0);
    }

    Option<Money> unitPrice() {
        return line.unitPrice().map(AtlasValues::dollars);
    }

    Option<String> name(Dimension dimension) {
        return place(dimension).map(Ref::name).filter(name -> !name.isEmpty());
    }

    /** A place that has no name but its id goes by that. */
    Option<String> nameOrId(Dimension dimension) {
        return name(dimension).orElse(() -> place(dimension).map(Ref::id));
    }

    Option<String> projectId() {
        return place(Atlas.PROJECT).map(Ref::id).map(AtlasValues::id);
    }

    Option<String> note() {
        return Option.of(line.origin())
                .filter(Origin.Provided.class::isInstance)
                .map(Origin.Provided.class::cast)
                .flatMap(origin -> origin.text().get(Atlas.NOTE))
                .filter(note -> !note.isEmpty());
    }

    Option<String> unit() {
        return Option.some(line.unit()).filter(unit -> !unit.isEmpty());
    }

    private Option<Ref> place(Dimension dimension) {
        return line.places().get(dimension);
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        text(json, "clusterName", nameOrId(Atlas.CLUSTER));
        json.writeStringProperty("created", AtlasValues.time(line.postedAt()));
        writeDiscount(json);
        json.writeStringProperty("endDate", AtlasValues.time(period.end()));
        text(json, "groupId", projectId());
        text(json, "groupName", name(Atlas.PROJECT));
        text(json, "note", note());
        number(json, "percentDiscount", discountPercent());
        json.writeNumberProperty("quantity", AtlasValues.number(line.quantity()));
        text(json, "replicaSetName", nameOrId(Atlas.REPLICA_SET));
        json.writeStringProperty("sku", line.sku());
        json.writeStringProperty("startDate", AtlasValues.time(period.start()));
        text(json, "stitchAppName", nameOrId(Atlas.APPLICATION));
        number(json, "tierLowerBound", line.tier().map(Tier::above));
        number(json, "tierUpperBound", line.tier().flatMap(Tier::upTo));
        json.writeNumberProperty("totalPriceCents", AtlasValues.cents(gross()));
        text(json, "unit", unit());
        json.writeNumberProperty(
                "unitPriceDollars", AtlasValues.number(unitPrice().map(Money::amount)));
        json.writeEndObject();
    }

    private void writeDiscount(JsonGenerator json) {
        line.price()
                .map(Amount::discount)
                .filter(discount -> !discount.isZero())
                .forEach(discount -> json.writeNumberProperty("discountCents", AtlasValues.cents(discount)));
    }

    private static void text(JsonGenerator json, String name, Option<String> value) {
        value.forEach(text -> json.writeStringProperty(name, text));
    }

    private static void number(JsonGenerator json, String name, Option<BigDecimal> value) {
        value.forEach(number -> json.writeNumberProperty(name, AtlasValues.number(number)));
    }
}
