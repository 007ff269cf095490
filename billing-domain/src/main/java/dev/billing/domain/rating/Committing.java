package dev.billing.domain.rating;

import dev.billing.domain.line.Bound;
import dev.billing.domain.line.Bound.Kind;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** Adds the lines that bring charges up to a minimum or down to a maximum; narrow scopes first, so that wide ones see what they did. */
final class Committing {

    private final SettlementContext context;

    Committing(SettlementContext context) {
        this.context = context;
    }

    Seq<Charge> withTrueUps(Seq<Charge> charges, Seq<Commitment> commitments) {
        return commitments
                .sortBy(Commitment::id)
                .sortBy(commitment -> commitment.scope().breadth())
                .foldLeft(charges, this::withTrueUp);
    }

    private Seq<Charge> withTrueUp(Seq<Charge> charges, Commitment least) {
        Ratio share = least.prorated() ? context.share() : Ratio.ONE;
        Bound why = bound(Kind.MINIMUM, least.id(), least.scope(), least.minimum(), share, charges);
        return charges.appendAll(Option.when(
                why.isBroken(), () -> Charge.of(line("true-up", least.id(), least.category(), "minimum", why))));
    }

    Seq<Charge> withLimits(Seq<Charge> charges, Seq<SpendLimit> limits) {
        return limits.sortBy(SpendLimit::id)
                .sortBy(limit -> limit.scope().breadth())
                .foldLeft(charges, this::withLimit);
    }

    private Seq<Charge> withLimit(Seq<Charge> charges, SpendLimit most) {
        Bound why = bound(Kind.MAXIMUM, most.id(), most.scope(), most.maximum(), Ratio.ONE, charges);
        return charges.appendAll(Option.when(
                why.isBroken(), () -> Charge.ofLimit(line("limit", most.id(), most.category(), "maximum", why))));
    }

    private Bound bound(Kind kind, String id, Scope scope, Money whole, Ratio share, Seq<Charge> charges) {
        Money charged = charges.filter(charge -> charge.isIn(scope))
                .map(Charge::due)
                .fold(Money.zero(context.currency()), Money::plus);
        return new Bound(kind, scope, whole, share, context.rounding(), charged, context.chargedBefore(id));
    }

    private LineItem line(String kind, String id, String category, String bound, Bound why) {
        return LineItem.builder(new LineId(kind + "/" + id), id, category, context.asOf(), new Origin.Bounded(why))
                .description("To the " + bound + " of " + why.bound())
                .price(why.amount())
                .share(why.share())
                .period(context.period())
                .build();
    }
}
