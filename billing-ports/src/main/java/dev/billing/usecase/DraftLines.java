package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.profile.Profile;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.util.function.Function;

/** What lines must be like that somebody gives for a draft. */
final class DraftLines {

    private DraftLines() {}

    /**
     * The first thing that is wrong with lines.
     *
     * @param taxes whether documents show taxes
     */
    static Option<BillingError> problem(Profile profile, boolean taxes, Head head, Seq<LineItem> lines) {
        return duplicate(head, lines)
                .orElse(() -> first(lines, line -> reserved(head, line)))
                .orElse(() -> first(lines, line -> currency(head, line)))
                .orElse(() -> first(lines, line -> category(profile, head, line)))
                .orElse(() -> first(lines, line -> digits(profile.rounding(), head, line)))
                .orElse(() -> taxes ? Option.none() : first(lines, line -> tax(head, line)));
    }

    private static Option<BillingError> first(Seq<LineItem> lines, Function<LineItem, Option<BillingError>> check) {
        return lines.iterator().flatMap(check).headOption();
    }

    private static Option<BillingError> duplicate(Head head, Seq<LineItem> lines) {
        Set<LineId> seen = HashSet.empty();
        for (LineItem line : lines) {
            if (seen.contains(line.id())) {
                return Option.some(new DraftRefused.DuplicateLine(head.id(), line.id()));
            }
            seen = seen.add(line.id());
        }
        return Option.none();
    }

    private static Option<BillingError> reserved(Head head, LineItem line) {
        return Option.when(Reserved.isLine(head, line), () -> new DraftRefused.ReservedLine(head.id(), line.id()));
    }

    private static Option<BillingError> currency(Head head, LineItem line) {
        return Array.of(line.net(), line.tax(), line.unitPrice(), line.cost(), line.unitCost())
                .flatMap(amount -> amount)
                .map(Money::currency)
                .find(currency -> !currency.equals(head.currency()))
                .map(given -> new DraftRefused.OtherCurrency(head.id(), line.id(), given, head.currency()));
    }

    private static Option<BillingError> category(Profile profile, Head head, LineItem line) {
        return profile.allows(line.category())
                ? Option.none()
                : Option.some(new DraftRefused.UnknownCategory(head.id(), line.id(), line.category()));
    }

    private static Option<BillingError> digits(Rounding rounding, Head head, LineItem line) {
        return Array.of(line.price().map(price -> price.gross()), line.net(), line.tax())
                .flatMap(amount -> amount)
                .find(amount -> amount.amount().stripTrailingZeros().scale() > rounding.digits(head.currency()))
                .map(amount -> new DraftRefused.NotRounded(head.id(), line.id(), amount, rounding));
    }

    private static Option<BillingError> tax(Head head, LineItem line) {
        return line.tax().exists(tax -> !tax.isZero())
                ? Option.some(new DraftRefused.TaxNotShown(head.id(), line.id(), head.profile()))
                : Option.none();
    }
}
