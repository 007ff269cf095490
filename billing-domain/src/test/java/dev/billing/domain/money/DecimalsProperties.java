package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class DecimalsProperties {

    @Property(tries = 1_000)
    void equal_numbers_share_one_canonical_form(@ForAll BigDecimal value, @ForAll @IntRange(max = 30) int zeros) {
        BigDecimal canonical = Decimals.canonical(value);
        assertThat(Fraction.of(canonical)).isEqualTo(Fraction.of(value));
        assertThat(Decimals.canonical(value.setScale(value.scale() + zeros))).isEqualTo(canonical);
        assertThat(canonical.scale()).isNotNegative();
    }

    @Property(tries = 1_000)
    void parse_reads_what_to_text_writes(@ForAll BigDecimal value) {
        String text = Decimals.toText(value);
        assertThat(Decimals.parse(text)).isEqualTo(Decimals.canonical(value));
        assertThat(text).matches("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?").isNotEqualTo("-0");
    }
}
