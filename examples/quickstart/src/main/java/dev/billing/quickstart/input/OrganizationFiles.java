package dev.billing.quickstart.input;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.quickstart.input.FactFiles.Line;
import dev.billing.usecase.Charge;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads organizations, the charges of their days, and what they paid. */
public final class OrganizationFiles {

    private static final Map<String, Dimension> PLACES = LinkedHashMap.of(
            "cluster", Atlas.CLUSTER,
            "replica_set", Atlas.REPLICA_SET,
            "region", Atlas.REGION,
            "application", Atlas.APPLICATION);

    private OrganizationFiles() {}

    /**
     * An organization.
     *
     * @param id 24 lower-case hexadecimal digits
     * @param taxRate a part of one
     * @param elastic whether it is billed with a subscription
     */
    public record Organization(
            AccountId id,
            String name,
            Option<String> company,
            Option<String> address,
            BigDecimal taxRate,
            boolean elastic) {}

    /** A payment of an organization for the document of a month. */
    public record Paid(AccountId organization, Instant month, String id, Instant at, Option<InvoiceId> invoice) {}

    /** Lines of {@code id,name,tax_rate}, and optionally {@code company,address,elastic}. */
    public static Seq<Line<Organization>> organizations(Source source, Consumer<Problem> problems) throws IOException {
        return FactFiles.read(source, Array.of("id", "name", "tax_rate"), OrganizationFiles::organization, problems);
    }

    private static Organization organization(Row row) throws BadLineException {
        return new Organization(
                row.read("id", AccountId::new),
                row.text("name"),
                row.find("company"),
                row.find("address"),
                row.decimal("tax_rate"),
                row.find("elastic").contains("true"));
    }

    /**
     * Lines of {@code organization,id,sku,quantity,unit,unit_price,start,end,created}, and optionally
     * {@code name,project_id,project,cluster,replica_set,region,application,note,discount,discount_percent,tier_from,tier_to}.
     */
    public static Seq<Line<Charge>> charges(Source source, Consumer<Problem> problems) throws IOException {
        return FactFiles.read(
                source,
                Array.of("organization", "id", "sku", "quantity", "unit", "unit_price", "start", "end", "created"),
                OrganizationFiles::charge,
                problems);
    }

    private static Charge charge(Row row) throws BadLineException {
        Period period = row.make(() -> Period.of(row.instant("start"), row.instant("end")));
        return new Charge(
                row.read("organization", AccountId::new),
                row.text("id"),
                row.text("sku"),
                row.find("name").getOrElse(""),
                row.decimal("quantity"),
                row.find("unit").getOrElse(""),
                dollars(row.decimal("unit_price")),
                period,
                row.readIfThere("tier_from", Decimals::parse)
                        .map(from -> new Tier(from, row.find("tier_to").map(Decimals::parse))),
                row.readIfThere("discount", Decimals::parse)
                        .map(amount -> new Charge.Discount(
                                dollars(amount), row.find("discount_percent").map(Decimals::parse))),
                places(row),
                row.find("note").getOrElse(""),
                row.instant("created"));
    }

    private static Money dollars(BigDecimal amount) {
        return Money.of(Atlas.profile().currency(), amount);
    }

    private static Map<Dimension, Ref> places(Row row) throws BadLineException {
        Map<Dimension, Ref> places = HashMap.ofEntries(PLACES.flatMap(place ->
                row.find(place._1).map(name -> new Tuple2<>(place._2, Ref.named(place._2.name(), name)))));
        Option<Ref> project = row.readIfThere(
                "project_id", id -> new Ref("project", id, row.find("project").getOrElse("")));
        return project.isDefined() ? places.put(Atlas.PROJECT, project.get()) : places;
    }

    /** Lines of {@code organization,month,id,at}: all that is due for the month was paid then. */
    public static Seq<Line<Paid>> payments(Source source, Consumer<Problem> problems) throws IOException {
        return FactFiles.read(source, Array.of("organization", "month", "id", "at"), OrganizationFiles::paid, problems);
    }

    private static Paid paid(Row row) throws BadLineException {
        return new Paid(
                row.read("organization", AccountId::new),
                row.instant("month"),
                row.text("id"),
                row.instant("at"),
                row.readIfThere("invoice", InvoiceId::new));
    }
}
