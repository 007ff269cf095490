package dev.billing.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.period.Proration;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of policies in docs/pricing.md name all policies, and figures that are tested. */
class PricingPageTest {

    /** {@code plan_change-001}; the tests of two systems have no ids. */
    private static final Pattern FIGURE = Pattern.compile("`([a-z_0-9]+(?:-[a-z_]+)*)-(\\d{3}|\\*)`|Akkeris' table");

    private static Seq<String> lines(String file) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("README.md"))) {
            root = root.getParent();
        }
        return Array.ofAll(Files.readAllLines(root.resolve(file)));
    }

    private static Seq<MatchResult> figures(String row) {
        return Array.ofAll(FIGURE.matcher(row).results().toList());
    }

    @ParameterizedTest
    @EnumSource(Proration.class)
    void each_policy_of_proration_has_a_row_with_figures(Proration policy) throws IOException {
        Seq<String> rows = lines("docs/pricing.md").filter(line -> line.startsWith("| `" + policy + "`"));
        assertThat(rows).hasSize(1);
        assertThat(figures(rows.head())).isNotEmpty();
    }

    @Test
    void all_figures_are_listed() throws IOException {
        Seq<String> listed = lines("billing-domain/src/test/resources/dev/billing/domain/field-vectors.csv");
        Seq<String> named = lines("docs/pricing.md")
                .flatMap(PricingPageTest::figures)
                .filter(figure -> figure.group(1) != null)
                .map(figure -> figure.group(1) + "-" + figure.group(2).replace("*", ""));
        assertThat(named.filter(figure -> !listed.exists(line -> line.startsWith(figure))))
                .isEmpty();
        assertThat(named.size()).isGreaterThan(20);
    }
}
