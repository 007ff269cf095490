package dev.billing.domain.rating.settlement;

import dev.billing.domain.Fraction;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.CreditUse;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.rating.SettlementContext;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.Taxes;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The oracle: step by step with plain fractions, parts handed out unit by unit, credit paid unit by unit. For lines in whole minor units
 * and half-up rounding.
 */
final class SlowSettlement {

    /** A line in the making. */
    static final class Row {
        final String id;
        final String sku;
        final String category;
        final boolean limit;
        final Fraction price;
        Fraction due;
        Fraction prepaid = Fraction.ZERO;

        Row(String id, String sku, String category, boolean limit, Fraction price) {
            this.id = id;
            this.sku = sku;
            this.category = category;
            this.limit = limit;
            this.price = price;
            this.due = price;
        }

        boolean charges() {
            return due.compareTo(Fraction.ZERO) > 0;
        }

        boolean in(Scope scope) {
            if (scope instanceof Scope.Skus skus) {
                return skus.skus().contains(sku);
            }
            return !(scope instanceof Scope.Categories categories)
                    || categories.categories().contains(category);
        }
    }

    final List<Row> rows = new ArrayList<>();
    final List<CreditUse> uses = new ArrayList<>();
    private final Terms terms;
    private final SettlementContext context;
    private final int digits;
    private final Fraction unit;

    SlowSettlement(Seq<LineItem> lines, Terms terms, SettlementContext context) {
        this.terms = terms;
        this.context = context;
        this.digits = context.currency().getDefaultFractionDigits();
        this.unit = Fraction.of(BigDecimal.ONE.movePointLeft(digits));
        for (LineItem line : lines) {
            if (line.price().isDefined()) {
                rows.add(new Row(
                        line.id().value(),
                        line.sku(),
                        line.category(),
                        false,
                        Fraction.of(line.net().get())));
            }
        }
        discountLines();
        if (context.closing()) {
            commit();
            limit();
        }
        discountDocument();
        pay(CreditGrant.Stage.BEFORE_TAX, row -> row.due, Fraction.ZERO);
    }

    List<TaxableLine> taxables() {
        return rows.stream()
                .map(row ->
                        new TaxableLine(new LineId(row.id), row.sku, row.category, money(row.due.minus(row.prepaid))))
                .toList();
    }

    void payAfter(Taxes taxes) {
        pay(
                CreditGrant.Stage.AFTER_TAX,
                row -> taxes.line(new LineId(row.id))
                        .map(line -> Fraction.of(line.net()).plus(Fraction.of(line.tax())))
                        .getOrElse(row.due.minus(row.prepaid)),
                Fraction.of(context.startingBalance()));
    }

    private List<Discount> discounts(boolean document, boolean percent) {
        Instant at = context.period().start();
        return terms.discounts()
                .filter(discount -> discount.scope() == Scope.DOCUMENT == document)
                .filter(discount -> discount.off() instanceof Discount.Percent == percent)
                .filter(discount -> discount.validity().from().forAll(from -> from.compareTo(at) <= 0))
                .filter(discount -> discount.validity().until().forAll(until -> until.compareTo(at) > 0))
                .toJavaStream()
                .sorted(Comparator.comparing((Discount discount) -> discount.scope() instanceof Scope.Categories)
                        .thenComparing(Discount::id))
                .toList();
    }

    private void discountLines() {
        for (Row row : rows) {
            Fraction left = row.due;
            for (Discount discount : discounts(false, true)) {
                left = row.in(discount.scope()) ? less(left, discount) : left;
            }
            if (row.charges()) {
                row.due = row.due.minus(rounded(row.due.minus(left)));
            }
        }
        for (Discount discount : discounts(false, false)) {
            take(((Discount.Fixed) discount.off()).amount(), row -> row.charges() && row.in(discount.scope()));
        }
    }

    private void discountDocument() {
        Fraction base = sum(row -> row.charges() || row.limit);
        base = base.compareTo(Fraction.ZERO) < 0 ? Fraction.ZERO : base;
        Fraction left = base;
        for (Discount discount : discounts(true, true)) {
            left = less(left, discount);
        }
        Fraction all = rounded(base.minus(left));
        for (Discount discount : discounts(true, false)) {
            all = min(base, all.plus(Fraction.of(((Discount.Fixed) discount.off()).amount())));
        }
        take(money(all), Row::charges);
    }

    private static Fraction less(Fraction left, Discount discount) {
        Fraction percent = Fraction.of(((Discount.Percent) discount.off()).percent());
        return left.minus(left.times(percent).times(Fraction.of(1, 100)));
    }

    /** Unit by unit, always to the row that lacks most of its exact share, after what each surely bears. */
    private void take(Money amount, Predicate<Row> bears) {
        List<Row> bearing = rows.stream().filter(bears).toList();
        Fraction base = sum(bears);
        Fraction whole = min(Fraction.of(amount), base);
        if (whole.compareTo(Fraction.ZERO) <= 0) {
            return;
        }
        List<Fraction> lacks = new ArrayList<>();
        Fraction left = whole;
        for (Row row : bearing) {
            Fraction share = whole.times(row.due).dividedBy(base);
            Fraction sure = Fraction.of(share.rounded(digits, RoundingMode.DOWN));
            lacks.add(share.minus(sure));
            row.due = row.due.minus(sure);
            left = left.minus(sure);
        }
        while (left.compareTo(Fraction.ZERO) > 0) {
            int most = 0;
            for (int i = 1; i < lacks.size(); i++) {
                most = lacks.get(i).compareTo(lacks.get(most)) > 0 ? i : most;
            }
            bearing.get(most).due = bearing.get(most).due.minus(unit);
            lacks.set(most, lacks.get(most).minus(unit));
            left = left.minus(unit);
        }
    }

    private void commit() {
        for (int breadth = 0; breadth <= 2; breadth++) {
            int now = breadth;
            for (Commitment commitment : terms.commitments()
                    .filter(each -> kind(each.scope()) == now)
                    .sortBy(Commitment::id)) {
                Fraction minimum = Fraction.of(commitment.minimum())
                        .times(commitment.prorated() ? Fraction.of(context.share()) : Fraction.ONE);
                Fraction missing = rounded(minimum).minus(charged(commitment.id(), commitment.scope()));
                if (missing.compareTo(Fraction.ZERO) > 0) {
                    rows.add(new Row(
                            "true-up/" + commitment.id(), commitment.id(), commitment.category(), false, missing));
                }
            }
        }
    }

    private void limit() {
        for (int breadth = 0; breadth <= 2; breadth++) {
            int now = breadth;
            for (SpendLimit limit :
                    terms.limits().filter(each -> kind(each.scope()) == now).sortBy(SpendLimit::id)) {
                Fraction room = Fraction.of(limit.maximum()).minus(charged(limit.id(), limit.scope()));
                if (room.compareTo(Fraction.ZERO) < 0) {
                    rows.add(new Row("limit/" + limit.id(), limit.id(), limit.category(), true, room));
                }
            }
        }
    }

    private static int kind(Scope scope) {
        return scope instanceof Scope.Skus ? 0 : scope instanceof Scope.Categories ? 1 : 2;
    }

    private Fraction charged(String id, Scope scope) {
        return sum(row -> row.in(scope))
                .plus(context.before().get(id).map(Fraction::of).getOrElse(Fraction.ZERO));
    }

    private void pay(CreditGrant.Stage stage, Function<Row, Fraction> amount, Fraction paidAlready) {
        List<Fraction> open = new ArrayList<>(rows.stream().map(amount).toList());
        Fraction left = open.stream().reduce(Fraction.ZERO, Fraction::plus).minus(paidAlready);
        for (CreditGrant grant : inOrder()) {
            Fraction available = grant.available().isZero() ? Fraction.ZERO : Fraction.of(grant.available());
            for (int i = 0; i < rows.size(); i++) {
                Fraction paid = Fraction.ZERO;
                while (grant.stage() == stage
                        && rows.get(i).in(grant.scope())
                        && available.compareTo(Fraction.ZERO) > 0
                        && open.get(i).compareTo(Fraction.ZERO) > 0
                        && left.compareTo(Fraction.ZERO) > 0) {
                    paid = paid.plus(unit);
                    available = available.minus(unit);
                    open.set(i, open.get(i).minus(unit));
                    left = left.minus(unit);
                }
                use(stage, grant, rows.get(i), paid);
            }
        }
    }

    private void use(CreditGrant.Stage stage, CreditGrant grant, Row row, Fraction paid) {
        if (paid.compareTo(Fraction.ZERO) > 0) {
            uses.add(new CreditUse(grant.id(), new LineId(row.id), money(paid)));
            if (stage == CreditGrant.Stage.BEFORE_TAX) {
                row.prepaid = row.prepaid.plus(paid);
            }
        }
    }

    private List<CreditGrant> inOrder() {
        Instant at = context.asOf();
        List<CreditGrant> usable = new ArrayList<>();
        for (CreditGrant grant : terms.grants()) {
            boolean begun = grant.grantedAt().compareTo(at) <= 0;
            boolean expired = grant.expiresAt().exists(expiry -> expiry.compareTo(at) <= 0);
            if (begun && !expired) {
                usable.add(grant);
            }
        }
        usable.sort((one, other) -> {
            int byPriority = Integer.compare(one.priority(), other.priority());
            int byExpiry = Long.compare(expiry(one), expiry(other));
            int byAge = one.grantedAt().compareTo(other.grantedAt());
            return byPriority != 0
                    ? byPriority
                    : byExpiry != 0 ? byExpiry : byAge != 0 ? byAge : one.id().compareTo(other.id());
        });
        return usable;
    }

    private static long expiry(CreditGrant grant) {
        return grant.expiresAt().map(Instant::toEpochMilli).getOrElse(Long.MAX_VALUE);
    }

    private Fraction sum(Predicate<Row> some) {
        return rows.stream().filter(some).map(row -> row.due).reduce(Fraction.ZERO, Fraction::plus);
    }

    private Fraction rounded(Fraction exact) {
        return Fraction.of(exact.rounded(digits, RoundingMode.HALF_UP));
    }

    Money money(Fraction whole) {
        return Money.of(context.currency(), whole.rounded(digits, RoundingMode.UNNECESSARY));
    }

    private static Fraction min(Fraction one, Fraction other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
