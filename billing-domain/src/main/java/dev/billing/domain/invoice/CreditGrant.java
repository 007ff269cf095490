package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Scope;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Prepaid credit of a customer: a wallet. Several are used one after the other: by priority, then the earliest expiry, then the oldest,
 * then by id. Each pays the lines of its scope from the first to the last.
 *
 * @param available what is left of it
 * @param priority the lowest number is used first
 * @param grantedAt it is not used before
 * @param expiresAt it is not used from that instant on; none if it does not expire
 * @param stage whether taxes are due on what it pays
 */
public record CreditGrant(
        String id,
        Money available,
        int priority,
        Instant grantedAt,
        Option<Instant> expiresAt,
        Scope scope,
        Stage stage) {

    /** The order in which grants are used. */
    public static final Comparator<CreditGrant> ORDER = Comparator.comparingInt(CreditGrant::priority)
            .thenComparing(grant -> grant.expiresAt.getOrElse(Instant.MAX))
            .thenComparing(CreditGrant::grantedAt)
            .thenComparing(CreditGrant::id);

    /**
     * Keeps both instants in milliseconds.
     *
     * @throws IllegalArgumentException if what is left is negative
     */
    public CreditGrant {
        Checks.requireId(id, "Grant id");
        if (available.isNegative()) {
            throw new IllegalArgumentException("What is left of a grant must not be negative, but was " + available);
        }
        grantedAt = grantedAt.truncatedTo(ChronoUnit.MILLIS);
        expiresAt = expiresAt.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
        requireNonNull(scope, "scope");
        requireNonNull(stage, "stage");
    }

    /** Money, which pays any line with its taxes, and does not expire. */
    public static CreditGrant of(String id, Money available, Instant grantedAt) {
        return new CreditGrant(id, available, 0, grantedAt, Option.none(), Scope.DOCUMENT, Stage.AFTER_TAX);
    }

    /** The same, with something else left of it. */
    public CreditGrant withAvailable(Money left) {
        return new CreditGrant(id, left, priority, grantedAt, expiresAt, scope, stage);
    }

    /** The same, with another priority. */
    public CreditGrant withPriority(int newPriority) {
        return new CreditGrant(id, available, newPriority, grantedAt, expiresAt, scope, stage);
    }

    /** The same, but only until an instant. */
    public CreditGrant until(Instant newExpiry) {
        return new CreditGrant(id, available, priority, grantedAt, Option.some(newExpiry), scope, stage);
    }

    /** The same, for the lines of another scope. */
    public CreditGrant on(Scope newScope) {
        return new CreditGrant(id, available, priority, grantedAt, expiresAt, newScope, stage);
    }

    /** The same, used at another stage. */
    public CreditGrant at(Stage newStage) {
        return new CreditGrant(id, available, priority, grantedAt, expiresAt, scope, newStage);
    }

    /** Whether it may be used at an instant. */
    public boolean isUsableAt(Instant instant) {
        return !grantedAt.isAfter(instant) && expiresAt.forAll(instant::isBefore);
    }

    /** When credit is used. */
    public enum Stage {
        /** It lowers what taxes are due on, as a discount does. */
        BEFORE_TAX,
        /** It is money, and pays taxes too. The standard. */
        AFTER_TAX
    }
}
