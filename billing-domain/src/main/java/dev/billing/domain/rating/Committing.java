package dev.billing.domain.rating;

import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
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

    private Seq<Charge> withTrueUp(Seq<Charge> charges, Commitment commitment) {
        Money minimum = commitment.minimum(context.share(), context.rounding());
        Money charged = charged(charges, commitment.id(), commitment.scope());
        Ratio share = commitment.prorated() ? context.share() : Ratio.ONE;
        return charges.appendAll(Option.when(
                minimum.compareTo(charged) > 0,
                () -> Charge.of(line("true-up", commitment.id(), commitment.category(), "minimum", minimum, charged)
                        .share(share)
                        .build())));
    }

    Seq<Charge> withLimits(Seq<Charge> charges, Seq<SpendLimit> limits) {
        return limits.sortBy(SpendLimit::id)
                .sortBy(limit -> limit.scope().breadth())
                .foldLeft(charges, this::withLimit);
    }

    private Seq<Charge> withLimit(Seq<Charge> charges, SpendLimit limit) {
        Money maximum = limit.maximum().rounded(context.rounding());
        Money charged = charged(charges, limit.id(), limit.scope());
        return charges.appendAll(Option.when(
                charged.compareTo(maximum) > 0,
                () -> Charge.ofLimit(line("limit", limit.id(), limit.category(), "maximum", maximum, charged)
                        .build())));
    }

    private Money charged(Seq<Charge> charges, String id, Scope scope) {
        return charges.filter(charge -> charge.isIn(scope))
                .map(Charge::due)
                .fold(context.chargedBefore(id), Money::plus);
    }

    private LineItem.Builder line(String kind, String id, String category, String bound, Money amount, Money charged) {
        Map<String, String> why = LinkedHashMap.of(bound, amount.toString(), "charged", charged.toString());
        Origin origin = new Origin.Provided(kind + "/" + id, why, Option.none());
        return LineItem.builder(new LineId(kind + "/" + id), id, category, context.asOf(), origin)
                .description("To the " + bound + " of " + amount)
                .price(amount.minus(charged))
                .period(context.period());
    }
}
