package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.money.Decimals;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule that gives a document its series when it is finalised. Documents for which all parts of the scope are the same count
 * together, without parts all of the tenant's do; two rules of one name and scope count together too.
 * <p>
 * Prefix and suffix of the format may name parts of the scope in braces: {@code {year}}, {@code {account}}, or the name of a dimension or
 * attribute; {@code {year:6}} makes it at least six characters long with leading zeros. Some rules:
 * <ul>
 *   <li>{@code INV-000001} for a tenant: no parts, {@code NumberFormat("INV-", 6)};
 *   <li>{@code 0001/2026}, beginning again each year in Berlin: {@code Year(Europe/Berlin)}, {@code NumberFormat("", 4, "/{year}")};
 *   <li>1, 2, 3, … for each shop, as Spaces has it: {@code Place(space)}, {@link NumberFormat#PLAIN};
 *   <li>{@code ACME-GMBH-17} for each legal entity: {@code OfAttribute("legal entity")}, {@code NumberFormat("{legal entity}-", 1)};
 *   <li>{@code BENT-1-002-001}, the first invoice of the second customer, as Lago has it: which number a customer has is a fact about
 *       the customer and comes as an attribute of its documents, so {@code OfAttribute("customer number")},
 *       {@code NumberFormat("BENT-1-{customer number:3}-", 3)}.
 * </ul>
 *
 * @param name tells the series of one tenant apart
 * @param scope of what documents count together
 * @param format how numbers are written
 */
public record NumberSeries(String name, Seq<Part> scope, NumberFormat format, Series.Gaps gaps) {

    private static final int MAX_SCOPE = 200;
    private static final int MAX_VALUE = 200;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}:]+)(?::(\\d{1,2}))?\\}");

    /** What documents have in common that count together. */
    public sealed interface Part {

        /** How prefix and suffix name it. */
        String name();

        /** What a document has. */
        Option<String> of(Head head, Instant issuedAt);
    }

    /** Where all of the document belongs: the id of that place. */
    public record Place(Dimension dimension) implements Part {

        /** Checks that there is one. */
        public Place {
            requireNonNull(dimension, "dimension");
        }

        @Override
        public String name() {
            return dimension.name();
        }

        @Override
        public Option<String> of(Head head, Instant issuedAt) {
            return head.places().get(dimension).map(Ref::id);
        }
    }

    /** Something else that the document says of itself, such as the legal entity that issues it. */
    public record OfAttribute(String name) implements Part {

        /** Checks the name. */
        public OfAttribute {
            Checks.requireId(name, "Attribute name");
        }

        @Override
        public Option<String> of(Head head, Instant issuedAt) {
            return head.attributes().get(name).map(OfAttribute::text);
        }

        private static String text(Attribute attribute) {
            if (attribute instanceof Attribute.Text text) {
                return text.value();
            }
            if (attribute instanceof Attribute.Number number) {
                return Decimals.toText(number.value());
            }
            return attribute instanceof Attribute.Instant instant
                    ? instant.value().toString()
                    : Boolean.toString(((Attribute.Flag) attribute).value());
        }
    }

    /** Who is billed. */
    public record OfAccount() implements Part {
        @Override
        public String name() {
            return "account";
        }

        @Override
        public Option<String> of(Head head, Instant issuedAt) {
            return Option.some(head.account().value());
        }
    }

    /** The calendar year in which the document is issued, in a zone. */
    public record Year(ZoneId zone) implements Part {

        /** Checks that there is a zone. */
        public Year {
            requireNonNull(zone, "zone");
        }

        @Override
        public String name() {
            return "year";
        }

        @Override
        public Option<String> of(Head head, Instant issuedAt) {
            return Option.some(Integer.toString(issuedAt.atZone(zone).getYear()));
        }
    }

    /** A document lacks what its series is told by, or that is too long for a number. */
    public record MissingPart(InvoiceId invoice, String series, String part) implements BillingError {
        @Override
        public String message() {
            return "A document must have the '" + part + "' by which the series '" + series + "' counts, in at most "
                    + MAX_VALUE + " characters and no control characters, but '" + invoice + "' does not";
        }
    }

    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if two parts have one name, or prefix or suffix name something that is no part
     */
    public NumberSeries {
        Checks.requireId(name, "Number series");
        Seq<String> names = scope.map(Part::name);
        if (names.distinct().size() < names.size()) {
            throw new IllegalArgumentException("Parts of a scope must have different names, but were " + names);
        }
        requireNonNull(gaps, "gaps");
        placeholders(format).find(placeholder -> !names.contains(placeholder)).forEach(unknown -> {
            throw new IllegalArgumentException("A number must show parts of its scope only, which are " + names
                    + ", but '" + unknown + "' is none");
        });
    }

    /** A series of all documents of a tenant. */
    public static NumberSeries ofTenant(String name, NumberFormat format) {
        return new NumberSeries(name, Array.empty(), format, Series.Gaps.NONE);
    }

    /** The same, where numbers may be missing. */
    public NumberSeries allowingGaps() {
        return new NumberSeries(name, scope, format, Series.Gaps.ALLOWED);
    }

    /** The series of a document. */
    public Either<MissingPart, Series> of(Head head, Instant issuedAt) {
        Map<String, String> values = LinkedHashMap.empty();
        for (Part part : scope) {
            Option<String> value = part.of(head, issuedAt).filter(NumberSeries::isFit);
            if (value.isEmpty()) {
                return Either.left(new MissingPart(head.id(), name, part.name()));
            }
            values = values.put(part.name(), value.get());
        }
        Map<String, String> found = values;
        return Either.right(new Series(key(found), format.map(text -> filled(text, found)), gaps));
    }

    private static boolean isFit(String value) {
        return !value.isBlank() && value.length() <= MAX_VALUE && value.chars().noneMatch(Character::isISOControl);
    }

    /** Different for different values; a digest if it would be too long. */
    private String key(Map<String, String> values) {
        String readable =
                values.values().prepend(name).map(NumberSeries::escaped).mkString("/");
        return readable.length() <= MAX_SCOPE ? readable : Fingerprint.of(name, values.values());
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("/", "%2F");
    }

    private static Seq<String> placeholders(NumberFormat format) {
        return Array.of(format.prefix(), format.suffix())
                .flatMap(text -> Array.ofAll(PLACEHOLDER.matcher(text).results().map(found -> found.group(1))));
    }

    private static String filled(String template, Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> Matcher.quoteReplacement(shown(found, values)));
    }

    private static String shown(MatchResult placeholder, Map<String, String> values) {
        String value = values.get(placeholder.group(1)).get();
        return placeholder.group(2) == null
                ? value
                : NumberFormat.padded(value, Integer.parseInt(placeholder.group(2)));
    }
}
