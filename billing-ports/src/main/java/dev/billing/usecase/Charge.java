package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What an account is charged for one thing and, mostly, one day.
 *
 * @param account who is charged
 * @param id makes it idempotent; unique within its account and month
 * @param sku what was sold
 * @param name what people call that; may be empty
 * @param unitPrice negative where something is given back
 * @param period the time of use; its start says which month bears it
 * @param tier the part of a tiered price that this is
 * @param discount what is taken off
 * @param places where it belongs, by the dimensions of {@link Atlas}
 * @param note for people; may be empty
 * @param createdAt when it was posted
 */
public record Charge(
        AccountId account,
        String id,
        String sku,
        String name,
        BigDecimal quantity,
        String unit,
        Money unitPrice,
        Period period,
        Option<Tier> tier,
        Option<Discount> discount,
        Map<Dimension, Ref> places,
        String note,
        Instant createdAt) {

    /**
     * What is taken off a charge.
     *
     * @param percent where it was agreed as one; for display, nothing is computed from it
     */
    public record Discount(Money amount, Option<BigDecimal> percent) {

        /** Keeps the percentage without trailing zeros. */
        public Discount {
            requireNonNull(amount, "amount");
            percent = percent.map(Decimals::canonical);
        }
    }

    /**
     * Keeps {@code createdAt} in milliseconds, and the quantity without trailing zeros.
     *
     * @throws IllegalArgumentException if a text is too long or holds a control character, or the discount is negative, of another
     *     currency, no whole number of cents, or more than it is taken off
     */
    public Charge {
        requireNonNull(account, "account");
        Checks.requireId(id, "Charge id");
        Checks.requireId(sku, "Sku");
        Checks.requireText(name, "Name");
        quantity = Decimals.canonical(quantity);
        Checks.requireText(unit, "Unit");
        requireNonNull(unitPrice, "unitPrice");
        requireNonNull(period, "period");
        requireNonNull(tier, "tier");
        requireNonNull(places, "places");
        Checks.requireText(note, "Note");
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        Money gross = Atlas.lineAmount(quantity, unitPrice);
        discount.map(Discount::amount).forEach(amount -> requireDiscount(amount, gross));
    }

    private static void requireDiscount(Money discount, Money gross) {
        Rounding cents = Rounding.toMinorUnit(RoundingMode.DOWN);
        boolean fits = discount.currency().equals(gross.currency())
                && discount.rounded(cents).equals(discount)
                && !discount.isNegative()
                && discount.compareTo(gross.notBelowZero()) <= 0;
        if (!fits) {
            throw new IllegalArgumentException("A discount must be whole cents and not more than its charge, but was "
                    + discount + " on " + gross);
        }
    }

    /** A charge without name, tier, discount, places and note. */
    public static Charge of(
            AccountId account,
            String id,
            String sku,
            BigDecimal quantity,
            String unit,
            Money unitPrice,
            Period period,
            Instant createdAt) {
        return new Charge(
                account,
                id,
                sku,
                "",
                quantity,
                unit,
                unitPrice,
                period,
                Option.none(),
                Option.none(),
                HashMap.empty(),
                "",
                createdAt);
    }

    /** The same charge under a name that people read. */
    public Charge named(String newName) {
        return new Charge(
                account, id, sku, newName, quantity, unit, unitPrice, period, tier, discount, places, note, createdAt);
    }

    /** The same charge as a part of a tiered price. */
    public Charge in(Tier newTier) {
        return new Charge(
                account,
                id,
                sku,
                name,
                quantity,
                unit,
                unitPrice,
                period,
                Option.some(newTier),
                discount,
                places,
                note,
                createdAt);
    }

    /** The same charge with something taken off. */
    public Charge less(Discount newDiscount) {
        return new Charge(
                account,
                id,
                sku,
                name,
                quantity,
                unit,
                unitPrice,
                period,
                tier,
                Option.some(newDiscount),
                places,
                note,
                createdAt);
    }

    /** The same charge in these places. */
    public Charge at(Map<Dimension, Ref> newPlaces) {
        return new Charge(
                account, id, sku, name, quantity, unit, unitPrice, period, tier, discount, newPlaces, note, createdAt);
    }

    /** The same charge with a note. */
    public Charge noted(String newNote) {
        return new Charge(
                account, id, sku, name, quantity, unit, unitPrice, period, tier, discount, places, newNote, createdAt);
    }

    /** The line that it becomes, priced by {@link Atlas#lineAmount}. */
    LineItem line() {
        Map<String, String> text = note.isEmpty() ? HashMap.empty() : HashMap.of(Atlas.NOTE, note);
        LineItem.Builder line = LineItem.builder(
                        new LineId(id),
                        sku,
                        unitPrice.isNegative() ? Atlas.CREDIT : Atlas.USAGE,
                        createdAt,
                        new Origin.Provided(id, text, Option.none()))
                .description(name)
                .quantity(quantity, unit)
                .unitPrice(unitPrice)
                .price(price())
                .period(period)
                .places(places);
        tier.forEach(line::tier);
        return line.build();
    }

    private Amount price() {
        Money gross = Atlas.lineAmount(quantity, unitPrice);
        return discount.map(off -> new Amount(gross, off.amount(), off.percent()))
                .getOrElse(() -> Amount.of(gross));
    }
}
