package dev.billing.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountSteps.Step;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class StatementProperties {

    private static final AccountId ID = new AccountId("account");
    private static final CurrencyUnit USD = Monetary.getCurrency("USD");

    /** Entry by entry, from the beginning. */
    @Property(tries = 300)
    void it_ties_and_each_row_tells_what_is_owed_by_then(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = -5, max = 200) int until) {
        Seq<Entry> entries = AccountSteps.entries(steps);
        Statement statement = Statement.of(ID, entries, USD, Option.none(), at(until));
        assertThat(statement.opening()).isEqualTo(Money.of("USD", "0"));
        SlowAccount slow = new SlowAccount();
        Seq<Statement.Row> left = statement.rows();
        Instant latest = Instant.MIN;
        for (Entry entry : entries) {
            latest = entry.at().isAfter(latest) ? entry.at() : latest;
            if (latest.isBefore(at(until))) {
                BigDecimal before = slow.balance("USD");
                slow.add(entry.movement());
                BigDecimal after = slow.balance("USD");
                if (before.compareTo(after) != 0) {
                    assertThat(left.head())
                            .isEqualTo(new Statement.Row(
                                    entry, Money.of(USD, after.subtract(before)), Money.of(USD, after)));
                    left = left.tail();
                }
            }
        }
        assertThat(left).isEmpty();
        assertThat(statement.closing()).isEqualTo(Money.of(USD, slow.balance("USD")));
        assertThat(statement.open().map(Statement.Open::document))
                .isEqualTo(slow.documents()
                        .filter(id -> slow.currency(id).equals("USD"))
                        .filter(id -> slow.open(id).signum() > 0));
        assertThat(statement.open().map(Statement.Open::amount))
                .isEqualTo(statement.open().map(open -> Money.of(USD, slow.open(open.document()))));
        assertThat(statement.prepaid())
                .isEqualTo(Money.of(USD, slow.grants().map(slow::left).fold(BigDecimal.ZERO, BigDecimal::add)));
    }

    @Property(tries = 300)
    void spans_that_follow_each_other_chain_and_have_the_rows_of_the_whole(
            @ForAll("steps") List<Step> steps,
            @ForAll @Size(min = 2, max = 5) List<@IntRange(min = -5, max = 200) Integer> cuts) {
        Seq<Entry> entries = AccountSteps.entries(steps);
        Seq<Instant> sorted = Array.ofAll(cuts).sorted().map(StatementProperties::at);
        Seq<Statement> spans = sorted.zipWith(
                sorted.tail(), (from, until) -> Statement.of(ID, entries, USD, Option.some(from), until));
        Statement whole = Statement.of(ID, entries, USD, Option.some(sorted.head()), sorted.last());
        assertThat(spans.flatMap(Statement::rows)).isEqualTo(whole.rows());
        assertThat(spans.head().opening()).isEqualTo(whole.opening());
        assertThat(spans.last().closing()).isEqualTo(whole.closing());
        assertThat(spans.init().map(Statement::closing)).isEqualTo(spans.tail().map(Statement::opening));
        assertThat(whole.opening())
                .isEqualTo(Statement.of(ID, entries, USD, Option.none(), sorted.head())
                        .closing());
    }

    private static Instant at(int seconds) {
        return AccountSteps.NOW.plusSeconds(seconds);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return AccountSteps.steps(30);
    }
}
