package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Ref;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.usage.FactId;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentValuesTest {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final Instant NOON_AND_A_BIT = NOON.plusNanos(999_999);
    private static final Head HEAD = head(NOON);

    static Stream<Arguments> identities() {
        Stream<Function<String, ?>> ofUsualLength = Stream.of(
                AccountId::new,
                Dimension::new,
                FactId::new,
                Series::new,
                id -> new Ref(id, "1", ""),
                id -> new Ref("app", id, ""),
                id -> new Tag(1, id, ""),
                FigureKey::price);
        Function<String, ?> lineId = LineId::new;
        Function<String, ?> invoiceId = InvoiceId::new;
        return Stream.concat(
                ofUsualLength.map(identity -> Arguments.of(200, identity)),
                Stream.of(Arguments.of(250, lineId), Arguments.of(500, invoiceId)));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void an_identity_is_a_short_line_of_text(int limit, Function<String, ?> identity) {
        assertThat(identity.apply("x".repeat(limit))).isEqualTo(identity.apply("x".repeat(limit)));
        assertThat(identity.apply("Zo\u00EB \uD83D\uDE00")).isNotEqualTo(identity.apply("zo\u00EB \uD83D\uDE00"));
        for (String wrong :
                new String[] {"", " ", "a\nb", "a\tb", "\u0000", "a\u007F", "a\u0085", "x".repeat(limit + 1)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> identity.apply(wrong));
        }
    }

    @Test
    void texts_have_an_end() {
        assertThat(new Shipment("x".repeat(2_000), NOON).message()).hasSize(2_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shipment("x".repeat(2_001), NOON))
                .withMessageContaining("2000")
                .withMessageContaining("2001");
    }

    @Test
    void a_payment_is_not_negative_and_a_refund_gives_something_back() {
        assertThat(new Payment("p", Money.of("USD", "0"), NOON_AND_A_BIT))
                .isEqualTo(new Payment("p", Money.of("USD", "0.00"), NOON));
        assertThatIllegalArgumentException().isThrownBy(() -> new Payment("p", Money.of("USD", "-0.01"), NOON));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Refund("p", Money.of("USD", "0"), Option.none(), NOON));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void numbers_and_revisions_begin_at_one(long wrong) {
        assertThatIllegalArgumentException().isThrownBy(() -> new InvoiceNumber(new Series("s"), wrong));
        assertThatIllegalArgumentException().isThrownBy(() -> new Invoice.Running(HEAD, Figures.NONE, wrong));
        assertThat(new InvoiceNumber(new Series("s"), 1).value()).isEqualTo(1);
        assertThat(new Invoice.Running(HEAD, Figures.NONE, 1).revision()).isEqualTo(1);
    }

    @Test
    void instants_are_kept_in_milliseconds() {
        assertThat(head(NOON_AND_A_BIT)).isEqualTo(HEAD);
        assertThat(new Invoice.Preview(HEAD, Figures.NONE, NOON_AND_A_BIT).asOf())
                .isEqualTo(NOON);
        assertThat(new Invoice.Issued(HEAD, Figures.NONE, Option.none(), NOON_AND_A_BIT).issuedAt())
                .isEqualTo(NOON);
        assertThat(new Shipment("", NOON_AND_A_BIT).at()).isEqualTo(NOON);
        assertThat(Standing.initial(new InvoiceId("1"), InvoiceStatus.PAID, NOON_AND_A_BIT)
                        .updatedAt())
                .isEqualTo(NOON);
        assertThat(new Customer("1", "", "", NOON_AND_A_BIT, Option.none(), Option.none()).createdAt())
                .isEqualTo(NOON);
    }

    @Test
    void who_is_billed_owns_what_is_billed_unless_it_is_said_otherwise() {
        assertThat(HEAD.owner()).isEqualTo(HEAD.account());
        assertThat(HEAD.subject()).isEmpty();
        assertThat(HEAD.period()).contains(Period.ofMonth(YearMonth.of(2026, 11), ZoneOffset.UTC));
    }

    @Test
    void a_place_is_written_with_what_is_known_of_it() {
        assertThat(new Ref("app", "7", "api")).hasToString("app:7 (api)");
        assertThat(new Ref("app", "7", "")).hasToString("app:7");
        assertThat(Ref.named("app", "api")).hasToString("app:api").isEqualTo(new Ref("app", "api", "api"));
    }

    private static Head head(Instant createdAt) {
        return Head.of(
                new InvoiceId("1"),
                "standard",
                new AccountId("1"),
                Period.ofMonth(YearMonth.of(2026, 11), ZoneOffset.UTC),
                DomainArbitraries.USD,
                createdAt);
    }
}
