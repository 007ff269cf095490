package dev.billing.quickstart.input;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.domain.profile.Plan;
import dev.billing.quickstart.input.JsonInput.BadJsonException;
import dev.billing.usecase.BilledObject;
import dev.billing.usecase.CloudRun;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Locale;
import javax.money.CurrencyUnit;

/**
 * Reads runs over clouds, a list of them, each with what there was and what the provider reported:
 *
 * <pre>{@code
 * [{"id": "run-1", "cloud": {"id": 39, "name": "qa-amazon"}, "month": "2017-02", "metered_to": "2017-02-05T21:59:59Z",
 *   "objects": [
 *     {"type": "Container", "id": 400, "name": "nginx_400", "account": {"id": 1, "name": "root"}, "created": "2017-01-01",
 *      "places": {"cloud": {"id": 39, "name": "qa-amazon"}, "instance": {"id": 331, "name": "nginx21"}},
 *      "plan": [{"component": "compute", "price": "9.72", "cost": "6.25"}]},
 *     {"type": "Instance", "id": 331, "name": "nginx21", "account": {"id": 1, "name": "root"}, "created": "2017-01-01",
 *      "places": {"instance": {"id": 331, "name": "nginx21"}}, "tags": {"env": "qa"}}],
 *   "reported": {"to": "2017-02-05T21:59:59Z", "charges": [
 *     {"type": "Container", "object": 400, "id": "i-0abc", "usage_type": "BoxUsage:t2.nano", "category": "compute",
 *      "quantity": "1", "cost": "0.0638", "start": "2017-02-05T20:00:00Z", "end": "2017-02-05T21:00:00Z"}]}}]
 * }</pre>
 */
public final class CloudsFile {

    private static final Map<String, String> TEXTS = LinkedHashMap.ofEntries(Array.of(
                    Fact.CATEGORY,
                    Fact.UUID,
                    Fact.STATUS,
                    Fact.CLOUD_UUID,
                    Fact.RESOURCE_UUID,
                    Fact.RESOURCE_TYPE,
                    Fact.RESOURCE_NAME,
                    Fact.RESOURCE_EXTERNAL_ID,
                    Fact.RESOURCE_INTERNAL_ID,
                    Fact.USAGE_TYPE,
                    Fact.USAGE_CATEGORY)
            .map(fact -> new Tuple2<>(fact.replace(' ', '_'), fact)));

    private CloudsFile() {}

    /** The runs, or what is wrong with the file. */
    public static Either<Problem, Seq<CloudRun>> read(Source source) throws IOException {
        return JsonInput.read(source, CloudsFile::runs);
    }

    private static Seq<CloudRun> runs(JsonInput input) throws BadJsonException {
        Seq<CloudRun> runs = Array.empty();
        for (JsonInput element : input.elements()) {
            runs = runs.append(element.make(() -> run(element)));
        }
        return runs;
    }

    private static CloudRun run(JsonInput input) throws BadJsonException {
        CurrencyUnit currency = input.readIfThere("currency", JsonInput::currency)
                .getOrElse(Morpheus.profile().currency());
        return new CloudRun(
                input.text("id"),
                ref("cloud", input.member("cloud")),
                input.read("month", YearMonth::parse),
                input.instant("metered_to"),
                input.ifThere("reported", feed -> feed(feed, currency)),
                input.readIfThere("rebuild", Boolean::parseBoolean).getOrElse(false),
                input.all("objects", object -> object(object, currency)));
    }

    private static Ref ref(String type, JsonInput input) throws BadJsonException {
        return input.make(() -> new Ref(type, input.text("id"), input.textOrEmpty("name")));
    }

    private static BilledObject object(JsonInput input, CurrencyUnit currency) throws BadJsonException {
        Ref account = ref("account", input.member("account"));
        Map<Dimension, Ref> places = places(input.member("places")).put(Morpheus.ACCOUNT, account);
        return new BilledObject(
                input.readIfThere("invoice", InvoiceId::new),
                new Ref(input.text("type"), input.text("id"), input.text("name")),
                new AccountId(account.id()),
                input.readIfThere("owner", AccountId::new).getOrElse(new AccountId(account.id())),
                places,
                input.instant("created"),
                input.readIfThere("deleted", Row::instantOf),
                new Plan(
                        currency,
                        input.readIfThere("hours_per_month", Decimals::parse).getOrElse(Plan.HOURS),
                        input.all("plan", part -> part(part, currency))),
                input.readIfThere("off_time", Long::parseLong).getOrElse(0L),
                input.ifThere(
                        "power",
                        power -> new BilledObject.Power(
                                power.text("state").equals("on"), power.readIfThere("since", Row::instantOf))),
                input.readIfThere("conversion_rate", Decimals::parse).getOrElse(BigDecimal.ONE),
                facts(input),
                input.find("tags").map(CloudsFile::tags));
    }

    private static Map<Dimension, Ref> places(JsonInput input) throws BadJsonException {
        Map<Dimension, Ref> places = LinkedHashMap.empty();
        for (Dimension dimension : Array.of(
                Morpheus.GROUP,
                Morpheus.CLOUD,
                Morpheus.INSTANCE,
                Morpheus.CONTAINER,
                Morpheus.SERVER,
                Morpheus.CLUSTER,
                Morpheus.APP,
                Morpheus.USER,
                Morpheus.PLAN,
                Morpheus.PROJECT)) {
            Option<Ref> place = input.ifThere(dimension.name(), found -> ref(dimension.name(), found));
            places = place.isDefined() ? places.put(dimension, place.get()) : places;
        }
        return places;
    }

    private static Plan.Part part(JsonInput input, CurrencyUnit currency) throws BadJsonException {
        Money price = Money.of(currency, input.read("price", Decimals::parse));
        Option<BigDecimal> cost = input.readIfThere("cost", Decimals::parse);
        return new Plan.Part(
                input.text("component"),
                input.textOrEmpty("description"),
                input.readIfThere("quantity", Decimals::parse).getOrElse(BigDecimal.ONE),
                price,
                cost.map(amount -> Money.of(currency, amount)).getOrElse(price),
                input.readIfThere("charged", CloudsFile::incurs).getOrElse(Plan.Incurs.WHILE_RUNNING),
                input.readIfThere("spread", Boolean::parseBoolean).getOrElse(true));
    }

    private static Plan.Incurs incurs(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "running" -> Plan.Incurs.WHILE_RUNNING;
            case "always" -> Plan.Incurs.ALWAYS;
            case "stopped" -> Plan.Incurs.WHILE_STOPPED;
            default -> throw new IllegalArgumentException("A part must be charged running, always or stopped");
        };
    }

    private static Map<String, Attribute> facts(JsonInput input) throws BadJsonException {
        Map<String, Attribute> facts = HashMap.empty();
        for (Tuple2<String, String> fact : TEXTS) {
            Option<Attribute> text = input.readIfThere(fact._1, Attribute::of);
            facts = text.isDefined() ? facts.put(fact._2, text.get()) : facts;
        }
        Option<Attribute> resource = input.readIfThere("resource_id", id -> Attribute.of(Long.parseLong(id)));
        facts = resource.isDefined() ? facts.put(Fact.RESOURCE_ID, resource.get()) : facts;
        return facts.merge(HashMap.ofEntries(input.member("project_tags")
                .texts()
                .map(tag -> new Tuple2<>(Fact.projectTag(tag._1), Attribute.of(tag._2)))));
    }

    private static Seq<Tag> tags(JsonInput input) {
        return input.texts()
                .toArray()
                .map(tag -> new Tag(Morpheus.number("tag/" + tag._1 + "/" + tag._2), tag._1, tag._2));
    }

    private static CloudRun.Feed feed(JsonInput input, CurrencyUnit currency) throws BadJsonException {
        Instant to = input.instant("to");
        return new CloudRun.Feed(
                to,
                input.readIfThere("known_at", Row::instantOf).getOrElse(to),
                input.all("charges", charge -> charge(charge, currency)));
    }

    private static CloudRun.ReportedCharge charge(JsonInput input, CurrencyUnit currency) throws BadJsonException {
        String externalId = input.text("id");
        Instant end = input.instant("end");
        Map<String, String> texts = HashMap.empty();
        for (String text : Morpheus.LINE_TEXTS) {
            Option<String> value = input.readIfThere(text.replace(' ', '_'), given -> given);
            texts = value.isDefined() ? texts.put(text, value.get()) : texts;
        }
        String type = input.text("type");
        String object = input.text("object");
        long number = input.readIfThere("line", Long::parseLong)
                .getOrElse(() -> Morpheus.number(type + "/" + object + "/" + externalId + "/" + end));
        LineItem.Builder line = LineItem.builder(
                        new LineId(Long.toString(number)),
                        input.text("usage_type"),
                        input.text("category"),
                        input.readIfThere("posted", Row::instantOf).getOrElse(end),
                        new Origin.Provided(externalId, texts, input.readIfThere("raw", raw -> raw)))
                .position(number)
                .description(input.textOrEmpty("name"))
                .quantity(input.readIfThere("quantity", Decimals::parse).getOrElse(BigDecimal.ONE), "")
                .period(Period.of(input.instant("start"), end))
                .tax(input.readIfThere("tax", Decimals::parse).map(tax -> Money.of(currency, tax)))
                .cost(Money.of(currency, input.read("cost", Decimals::parse)));
        Option<BigDecimal> price = input.readIfThere("price", Decimals::parse);
        return new CloudRun.ReportedCharge(
                type,
                object,
                price.map(amount -> line.price(Money.of(currency, amount)))
                        .getOrElse(line)
                        .build());
    }
}
