package dev.billing.domain.pricing;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Money;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.notation.Truth;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.util.function.Function;
import javax.money.CurrencyUnit;

/**
 * Minimums and maximums in writing. Without skus or categories they are about the whole document.
 *
 * <pre>{@code
 * {"id": "least", "category": "usage", "amount": "150", "prorated": true}
 * {"id": "most", "category": "usage", "skus": ["egress"], "amount": "500"}
 * }</pre>
 */
public final class SpendNotation {

    private final AmountNotation amounts;

    private SpendNotation(AmountNotation amounts) {
        this.amounts = amounts;
    }

    /** The form for people: plain decimals, all in one currency. */
    public static SpendNotation in(CurrencyUnit currency) {
        return new SpendNotation(new AmountNotation.In(currency));
    }

    /** The form for storage, as {@link RuleNotation#naming}. */
    public static SpendNotation naming(
            Function<CurrencyUnit, String> codes, Function<String, CurrencyUnit> currencies) {
        return new SpendNotation(new AmountNotation.Exact(codes, currencies));
    }

    /** A minimum in writing. */
    public Notation.Fields write(Commitment minimum) {
        Notation.Fields fields = write(minimum.id(), minimum.scope(), minimum.category(), minimum.minimum());
        return minimum.prorated() ? fields.with("prorated", Truth.of(true)) : fields;
    }

    /** A maximum in writing. */
    public Notation.Fields write(SpendLimit maximum) {
        return write(maximum.id(), maximum.scope(), maximum.category(), maximum.maximum());
    }

    private Notation.Fields write(String id, Scope scope, String category, Money amount) {
        Notation.Fields fields = Notation.fields().with("id", id).with("category", category);
        return scoped(fields, scope).with("amount", amounts.write(amount));
    }

    /** A scope in writing; that of a whole document has no fields. */
    public static Notation.Fields write(Scope scope) {
        return scoped(Notation.fields(), scope);
    }

    private static Notation.Fields scoped(Notation.Fields fields, Scope scope) {
        if (scope instanceof Scope.Skus skus) {
            return fields.with("skus", names(skus.skus()));
        }
        return scope instanceof Scope.Categories categories
                ? fields.with("categories", names(categories.categories()))
                : fields;
    }

    private static Notation names(Set<String> names) {
        return Notation.of(names.toArray().sorted().map(Notation::of));
    }

    /** The minimum that is written here. */
    public Option<Commitment> minimum(NotationReader in) {
        Option<String> id = in.value("id", Function.identity());
        Option<String> category = in.value("category", Function.identity());
        Option<Scope> scope = scope(in);
        Option<Money> amount = amounts.money(in, "amount");
        boolean prorated = in.valueIfThere("prorated", Truth::parse).getOrElse(false);
        return in.make(() -> new Commitment(id.get(), scope.get(), category.get(), amount.get(), prorated));
    }

    /** The maximum that is written here. */
    public Option<SpendLimit> maximum(NotationReader in) {
        Option<String> id = in.value("id", Function.identity());
        Option<String> category = in.value("category", Function.identity());
        Option<Scope> scope = scope(in);
        Option<Money> amount = amounts.money(in, "amount");
        return in.make(() -> new SpendLimit(id.get(), scope.get(), category.get(), amount.get()));
    }

    /** The scope that is written here, perhaps among other fields. */
    public static Option<Scope> scope(NotationReader in) {
        Option<Scope> skus = scope(in, "skus", Scope.Skus::new);
        Option<Scope> categories = scope(in, "categories", Scope.Categories::new);
        if (skus.isDefined() && categories.isDefined()) {
            return in.refuse("A minimum or maximum must be about skus or about categories, but was about both");
        }
        return skus.orElse(categories).orElse(Option.some(Scope.DOCUMENT));
    }

    private static Option<Scope> scope(NotationReader in, String name, Function<Set<String>, Scope> maker) {
        if (!in.has(name)) {
            return Option.none();
        }
        Seq<String> names = in.list(name, one -> one.text(text -> Checks.requireId(text, "Name")));
        return names.isEmpty()
                ? in.refusePart(name, "At least one name is required")
                : Option.some(maker.apply(HashSet.ofAll(names)));
    }
}
