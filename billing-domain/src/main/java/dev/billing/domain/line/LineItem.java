package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One priced or costed thing on a document.
 *
 * @param position where it stands on its document
 * @param postedAt when it was put there
 * @param sku what was sold
 * @param category the group of lines it belongs to
 * @param description what a person reads
 * @param quantity how many units
 * @param unit what one unit is; may be empty
 * @param unitPrice the price of one unit for a whole period, where there is one
 * @param share the ratio of the period that is billed
 * @param tier the part of a tiered price that this line bills
 * @param basis how sure the amounts are
 * @param price what we charge; none if only a cost is known
 * @param tax what is charged on top of the price, where it is known line by line
 * @param unitCost what the provider charges us for one unit, where there is one
 * @param cost what the provider charges us; unknown is not zero
 * @param period the time the service was rendered, where it differs from the document's or is stated
 * @param existence the visible creation and end of the thing, which is not the billed time
 * @param places where it belongs, as named when billed
 * @param tags free names and values
 * @param origin how it came about
 * @param settled what the terms of an account made of it; none if nothing
 */
public record LineItem(
        LineId id,
        long position,
        Instant postedAt,
        String sku,
        String category,
        String description,
        BigDecimal quantity,
        String unit,
        Option<Money> unitPrice,
        Ratio share,
        Option<Tier> tier,
        Basis basis,
        Option<Amount> price,
        Option<Money> tax,
        Option<Money> unitCost,
        Option<Money> cost,
        Option<Period> period,
        Option<Existence> existence,
        Map<Dimension, Ref> places,
        Map<String, String> tags,
        Origin origin,
        Option<Settled> settled) {

    /**
     * Keeps {@code postedAt} in milliseconds, and the quantity without trailing zeros.
     *
     * @throws IllegalArgumentException if there is neither a price nor a cost, or a text is too long or holds a control character
     */
    public LineItem {
        requireNonNull(id, "id");
        postedAt = postedAt.truncatedTo(ChronoUnit.MILLIS);
        Checks.requireId(sku, "Sku");
        Checks.requireId(category, "Category");
        Checks.requireText(description, "Description");
        quantity = Decimals.canonical(quantity);
        Checks.requireText(unit, "Unit");
        requireNonNull(share, "share");
        requireNonNull(basis, "basis");
        if (price.isEmpty() && cost.isEmpty()) {
            throw new IllegalArgumentException("A line must have a price or a cost, but " + id + " has neither");
        }
        requireNonNull(tax, "tax");
        requireNonNull(unitCost, "unitCost");
        requireNonNull(places, "places");
        requireNonNull(tags, "tags");
        requireNonNull(origin, "origin");
        settled = settled.filter(terms -> !terms.isNothing());
    }

    /** A line of which no terms made anything. */
    public LineItem(
            LineId id,
            long position,
            Instant postedAt,
            String sku,
            String category,
            String description,
            BigDecimal quantity,
            String unit,
            Option<Money> unitPrice,
            Ratio share,
            Option<Tier> tier,
            Basis basis,
            Option<Amount> price,
            Option<Money> tax,
            Option<Money> unitCost,
            Option<Money> cost,
            Option<Period> period,
            Option<Existence> existence,
            Map<Dimension, Ref> places,
            Map<String, String> tags,
            Origin origin) {
        this(
                id,
                position,
                postedAt,
                sku,
                category,
                description,
                quantity,
                unit,
                unitPrice,
                share,
                tier,
                basis,
                price,
                tax,
                unitCost,
                cost,
                period,
                existence,
                places,
                tags,
                origin,
                Option.none());
    }

    /** Starts a line with what every line has; the rest has defaults: one unit, a whole period, invoiced, no places, no tags. */
    public static Builder builder(LineId id, String sku, String category, Instant postedAt, Origin origin) {
        return new Builder(id, sku, category, postedAt, origin);
    }

    /** What is charged after discount, if anything is. */
    public Option<Money> net() {
        return price.map(Amount::net);
    }

    /** The net price or the cost, as {@code side} says; none if it is not known. */
    public Option<Money> amount(Side side) {
        return side == Side.COST ? cost : net();
    }

    /** How its amount came about, step by step, down to what it charges. */
    public Explanation explain() {
        return Explanation.of(this);
    }

    /** The same line at another position. */
    public LineItem at(long newPosition) {
        return toBuilder().position(newPosition).build();
    }

    /** The same line under another id. */
    public LineItem named(LineId newId) {
        return new LineItem(
                newId,
                position,
                postedAt,
                sku,
                category,
                description,
                quantity,
                unit,
                unitPrice,
                share,
                tier,
                basis,
                price,
                tax,
                unitCost,
                cost,
                period,
                existence,
                places,
                tags,
                origin,
                settled);
    }

    /** The same line in other places. */
    public LineItem in(Map<Dimension, Ref> newPlaces) {
        return toBuilder().places(newPlaces).build();
    }

    /**
     * The same line with costs that equal its prices: how it looks to whoever must not see what it costs. What its source says of its own
     * rates is left out, and the source's record.
     */
    public LineItem withCostsOfPrices() {
        Builder builder = toBuilder(origin.withoutCosts());
        builder.cost = net().orElse(() -> cost.map(unseen -> Money.zero(unseen.currency())));
        builder.unitCost = unitPrice;
        return builder.build();
    }

    /** Starts a line with all that this one has. */
    public Builder toBuilder() {
        return toBuilder(origin);
    }

    /** Starts a line with all that this one has, but of another origin. */
    public Builder toBuilder(Origin newOrigin) {
        Builder builder = new Builder(id, sku, category, postedAt, newOrigin);
        builder.position = position;
        builder.description = description;
        builder.quantity = quantity;
        builder.unit = unit;
        builder.unitPrice = unitPrice;
        builder.share = share;
        builder.tier = tier;
        builder.basis = basis;
        builder.price = price;
        builder.tax = tax;
        builder.unitCost = unitCost;
        builder.cost = cost;
        builder.period = period;
        builder.existence = existence;
        builder.places = places;
        builder.tags = tags;
        builder.settled = settled;
        return builder;
    }

    /** Gathers the parts of a line. */
    public static final class Builder {

        private final LineId id;
        private final String sku;
        private final String category;
        private final Origin origin;
        private Instant postedAt;
        private long position;
        private String description = "";
        private BigDecimal quantity = BigDecimal.ONE;
        private String unit = "";
        private Option<Money> unitPrice = Option.none();
        private Ratio share = Ratio.ONE;
        private Option<Tier> tier = Option.none();
        private Basis basis = Basis.INVOICED;
        private Option<Amount> price = Option.none();
        private Option<Money> tax = Option.none();
        private Option<Money> unitCost = Option.none();
        private Option<Money> cost = Option.none();
        private Option<Period> period = Option.none();
        private Option<Existence> existence = Option.none();
        private Map<Dimension, Ref> places = HashMap.empty();
        private Map<String, String> tags = HashMap.empty();
        private Option<Settled> settled = Option.none();

        private Builder(LineId id, String sku, String category, Instant postedAt, Origin origin) {
            this.id = id;
            this.sku = sku;
            this.category = category;
            this.postedAt = postedAt;
            this.origin = origin;
        }

        public Builder postedAt(Instant value) {
            postedAt = value;
            return this;
        }

        public Builder position(long value) {
            position = value;
            return this;
        }

        public Builder description(String value) {
            description = value;
            return this;
        }

        public Builder quantity(BigDecimal value, String unitName) {
            quantity = value;
            unit = unitName;
            return this;
        }

        public Builder unitPrice(Option<Money> value) {
            unitPrice = value;
            return this;
        }

        public Builder unitPrice(Money value) {
            return unitPrice(Option.some(value));
        }

        public Builder share(Ratio value) {
            share = value;
            return this;
        }

        public Builder tier(Tier value) {
            tier = Option.some(value);
            return this;
        }

        public Builder basis(Basis value) {
            basis = value;
            return this;
        }

        public Builder price(Amount value) {
            price = Option.some(value);
            return this;
        }

        public Builder price(Money value) {
            return price(Amount.of(value));
        }

        public Builder tax(Money value) {
            return tax(Option.some(value));
        }

        public Builder tax(Option<Money> value) {
            tax = value;
            return this;
        }

        public Builder unitCost(Money value) {
            unitCost = Option.some(value);
            return this;
        }

        public Builder cost(Money value) {
            cost = Option.some(value);
            return this;
        }

        public Builder period(Period value) {
            period = Option.some(value);
            return this;
        }

        public Builder existence(Existence value) {
            existence = Option.some(value);
            return this;
        }

        public Builder places(Map<Dimension, Ref> value) {
            places = value;
            return this;
        }

        public Builder tags(Map<String, String> value) {
            tags = value;
            return this;
        }

        public Builder settled(Option<Settled> value) {
            settled = value;
            return this;
        }

        public Builder settled(Settled value) {
            return settled(Option.some(value));
        }

        /**
         * The line.
         *
         * @throws IllegalArgumentException as the constructor of {@link LineItem}
         */
        public LineItem build() {
            return new LineItem(
                    id,
                    position,
                    postedAt,
                    sku,
                    category,
                    description,
                    quantity,
                    unit,
                    unitPrice,
                    share,
                    tier,
                    basis,
                    price,
                    tax,
                    unitCost,
                    cost,
                    period,
                    existence,
                    places,
                    tags,
                    origin,
                    settled);
        }
    }
}
