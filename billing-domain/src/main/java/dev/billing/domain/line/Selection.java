package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Set;
import java.time.Instant;

/**
 * Which lines are meant, as data: those that meet every criterion. A figure is the sum over a stated selection; an organization's
 * invoice is a selection of its account's document.
 */
public record Selection(Set<Criterion> criteria) {

    /** All lines. */
    public static final Selection ALL = new Selection(LinkedHashSet.empty());

    public Selection {
        requireNonNull(criteria, "criteria");
    }

    public static Selection of(Criterion... criteria) {
        return new Selection(LinkedHashSet.of(criteria));
    }

    public static Selection category(String category) {
        return of(new InCategory(category));
    }

    public static Selection at(Dimension dimension, Ref place) {
        return of(new At(dimension, place.id()));
    }

    /** The lines that both select. */
    public Selection and(Selection other) {
        return new Selection(criteria.addAll(other.criteria));
    }

    public boolean includes(LineItem line) {
        return criteria.forAll(criterion -> criterion.isMetBy(line));
    }

    @Override
    public String toString() {
        return criteria.isEmpty() ? "all lines" : criteria.mkString(" and ");
    }

    /** One condition on a line. */
    public sealed interface Criterion {
        boolean isMetBy(LineItem line);
    }

    /** The line's category, exactly. */
    public record InCategory(String category) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.category().equals(category);
        }
    }

    /** The line's category is none of these. */
    public record NotInCategories(Set<String> categories) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return !categories.contains(line.category());
        }
    }

    /** The line is one of these. */
    public record WithId(Set<LineId> ids) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return ids.contains(line.id());
        }
    }

    /** The line came from outside under one of these identities. */
    public record WithExternalId(Set<String> ids) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.origin() instanceof Origin.Provided provided && ids.contains(provided.externalId());
        }
    }

    /** The line states a time of service that begins then or later. */
    public record ServedFrom(Instant from) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.period().exists(period -> !period.start().isBefore(from));
        }
    }

    /** The line states a time of service that ends then or earlier. */
    public record ServedUntil(Instant until) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.period().exists(period -> !period.end().isAfter(until));
        }
    }

    /** The line was posted then or later. */
    public record PostedFrom(Instant from) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return !line.postedAt().isBefore(from);
        }
    }

    /** A part of the line's description, with exact case. */
    public record DescriptionContains(String text) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.description().contains(text);
        }
    }

    /** The line belongs to the place with this id. */
    public record At(Dimension dimension, String placeId) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.places().get(dimension).exists(place -> place.id().equals(placeId));
        }
    }

    /** The line's basis. */
    public record OfBasis(Basis basis) implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.basis() == basis;
        }
    }

    /** Lines that charge something, judged by gross: a discount does not make a charge a credit. */
    public record Charges() implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.price().exists(price -> price.gross().isPositive());
        }
    }

    /** Lines that give something back, judged by gross. */
    public record Credits() implements Criterion {
        @Override
        public boolean isMetBy(LineItem line) {
            return line.price().exists(price -> price.gross().isNegative());
        }
    }
}
