package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.invoice.SealedSamples.Document;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.rules.RuleArbitraries;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
@Domain(value = RuleArbitraries.class, priority = 2)
class SealProperties {

    @Property(tries = 40)
    void any_one_change_of_any_part_changes_the_seal(
            @ForAll Money amount, @ForAll PricingRule rule, @ForAll @Size(max = 2) List<LineItem> lines) {
        Document document = SealedSamples.document(amount, rule, Array.ofAll(lines));
        Seal seal = document.seal();
        Seq<Document> changed = OneChange.of(document).distinct().map(Document.class::cast);
        assertThat(changed.size()).isGreaterThan(200);
        for (Document other : changed) {
            assertThat(seal.isOf(other.issued(), other.lines().iterator()))
                    .as(() -> other + " instead of " + document)
                    .isFalse();
        }
        assertThat(changed.map(other -> other.seal().content()).prepend(seal.content()))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void what_is_equal_has_an_equal_seal_however_it_is_written(
            @ForAll Money amount, @ForAll PricingRule rule, @ForAll @Size(max = 3) List<LineItem> lines) {
        Document document = SealedSamples.document(amount, rule, Array.ofAll(lines));
        Document otherwise = (Document) OneChange.otherwise(document);
        assertThat(otherwise).isEqualTo(document);
        assertThat(otherwise.seal()).isEqualTo(document.seal());
    }

    @Property(tries = 200)
    void what_was_erased_is_still_sealed_and_nothing_else_may_change(
            @ForAll Money amount, @ForAll PricingRule rule, @ForAll Random random) {
        Document document = SealedSamples.document(amount, rule, Array.empty());
        Option<Customer> replacement = Option.when(
                random.nextBoolean(), new Customer("erased", "", "", Instant.EPOCH, Option.none(), Option.none()));
        Invoice.Issued erased = document.issued().erased(replacement);
        Seal seal = erased.seal().get();
        assertThat(seal.isOf(erased, document.lines().iterator())).isTrue();
        Seq<Object> changed = OneChange.of(erased).toArray();
        Invoice.Issued other = (Invoice.Issued) changed.get(random.nextInt(changed.size()));
        assertThat(seal.isOf(other, document.lines().iterator()))
                .as(() -> other + " instead of " + erased)
                .isEqualTo(!other.seal().equals(erased.seal()));
    }
}
