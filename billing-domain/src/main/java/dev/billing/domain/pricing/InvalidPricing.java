package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.io.Serial;
import java.util.function.Supplier;

/** A pricing rule that breaks its own rules: the constructors of rules throw it, with all problems at once. */
public final class InvalidPricing extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Seq<PricingError.InvalidRule> problems;

    InvalidPricing(String rule, Seq<PricingError.InvalidRule> problems) {
        super(rule + ": " + problems.map(PricingError.InvalidRule::message).mkString("; "));
        this.problems = requireNonNull(problems, "problems");
    }

    /** What is wrong, in the order of the rule's components. */
    public Seq<PricingError.InvalidRule> problems() {
        return problems;
    }

    /**
     * What a constructor makes, or all that it refuses: {@code InvalidPricing.gather(() -> new Graduated(tiers, false))}. This is for
     * prices from outside; whoever writes prices into code may let the exception through.
     */
    public static <T> Validation<Seq<PricingError.InvalidRule>, T> gather(Supplier<T> constructor) {
        try {
            return Validation.valid(constructor.get());
        } catch (InvalidPricing refused) {
            return Validation.invalid(refused.problems);
        }
    }
}
