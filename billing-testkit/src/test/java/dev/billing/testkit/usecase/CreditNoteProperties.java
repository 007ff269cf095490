package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.DraftWorld.ACCESS;
import static dev.billing.testkit.usecase.DraftWorld.id;
import static dev.billing.testkit.usecase.DraftWorld.lineOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.tax.CreditableLine;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.usecase.CreditCommand.Credit;
import dev.billing.usecase.CreditCommand.Part;
import dev.billing.usecase.CreditCommand.Void;
import dev.billing.usecase.CreditNotes;
import dev.billing.usecase.PaymentCommand;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever credit notes give back, and in which parts: in the end it is what was invoiced, line by line, and never more before. */
class CreditNoteProperties {

    private static final CurrencyUnit USD = Monetary.getCurrency("USD");

    /**
     * A part in numbers that fit any document.
     *
     * @param line of how many, from the first
     * @param percent of what was invoiced
     */
    record Wish(Kind kind, int line, int percent) {
        enum Kind {
            LINE,
            UNITS,
            LINE_AMOUNT,
            AMOUNT
        }
    }

    /**
     * What a test does to an invoice.
     *
     * @param wishes of one credit note after the other
     * @param paid in percent of what is due
     * @param end how the rest is given back
     */
    record Story(List<LineItem> lines, List<List<Wish>> wishes, int paid, End end) {}

    enum End {
        VOID,
        LINES,
        UNITS,
        LINE_AMOUNTS,
        AMOUNT
    }

    @Provide
    Arbitrary<Story> stories() {
        return Combinators.combine(
                        lines().list().ofMinSize(1).ofMaxSize(4),
                        wishes().list().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(6),
                        Arbitraries.integers().between(0, 120),
                        Arbitraries.of(End.class))
                .as((lines, wishes, paid, end) -> new Story(named(lines), wishes, paid, end));
    }

    private static Arbitrary<LineItem> lines() {
        Arbitrary<Integer> quantities = Arbitraries.of(1, 3, 7, 30);
        Arbitrary<Integer> cents = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 12), Arbitraries.integers().between(13, 30_000));
        Arbitrary<Integer> discounts = Arbitraries.of(0, 0, 10, 33, 100);
        Arbitrary<String> rates = Arbitraries.of("0", "0.07", "0.19", "0.333");
        Arbitrary<Boolean> givesBack = Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true));
        return Combinators.combine(quantities, cents, discounts, rates, givesBack)
                .as((quantity, gross, discount, rate, back) -> {
                    BigDecimal full = BigDecimal.valueOf(gross, 2);
                    BigDecimal off = back ? BigDecimal.ZERO : percent(full, discount);
                    BigDecimal tax =
                            full.subtract(off).multiply(new BigDecimal(rate)).setScale(2, RoundingMode.HALF_UP);
                    return lineOf("unnamed")
                            .quantity(BigDecimal.valueOf(quantity), "day")
                            .price(Amount.of(money(full, back), Money.of(USD, off)))
                            .tax(money(tax, back))
                            .build();
                });
    }

    private static Money money(BigDecimal amount, boolean negative) {
        return Money.of(USD, negative ? amount.negate() : amount);
    }

    private static BigDecimal percent(BigDecimal amount, int percent) {
        return amount.multiply(BigDecimal.valueOf(percent, 2)).setScale(2, RoundingMode.HALF_UP);
    }

    /** Each with an id. */
    private static List<LineItem> named(List<LineItem> lines) {
        return Array.ofAll(lines)
                .zipWithIndex((line, i) -> lineOf("line " + i)
                        .quantity(line.quantity(), line.unit())
                        .price(line.price().get())
                        .tax(line.tax().get())
                        .build())
                .asJava();
    }

    private static Arbitrary<Wish> wishes() {
        return Combinators.combine(
                        Arbitraries.of(Wish.Kind.class),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 100))
                .as(Wish::new);
    }

    private static Part part(Seq<LineItem> lines, Wish wish) {
        LineItem line = lines.get(wish.line() % lines.size());
        return switch (wish.kind()) {
            case LINE -> new Part.Line(line.id());
            case UNITS ->
                new Part.Quantity(
                        line.id(),
                        line.quantity()
                                .multiply(BigDecimal.valueOf(wish.percent(), 2))
                                .max(BigDecimal.ONE));
            case LINE_AMOUNT ->
                new Part.LineAmount(
                        line.id(), Money.of(USD, percent(line.net().get().amount(), wish.percent())));
            case AMOUNT ->
                new Part.Amount(Money.of(
                        USD, percent(sum(lines.map(each -> each.net().get())).amount(), wish.percent())));
        };
    }

    private static Money sum(Seq<Money> amounts) {
        return amounts.fold(Money.zero(USD), Money::plus);
    }

    private static Money tax(LineItem line) {
        return line.tax().getOrElse(Money.zero(USD));
    }

    @Property(tries = 500)
    void credit_notes_of_a_fully_credited_invoice_sum_to_it_line_by_line(@ForAll("stories") Story story) {
        DraftWorld world = new DraftWorld();
        Seq<LineItem> lines = Array.ofAll(story.lines());
        world.issued("i", lines.toJavaArray(LineItem[]::new));
        Money total = sum(lines.map(line -> line.net().get().plus(tax(line))));
        Assume.that(!total.isNegative());
        Money paid = Money.of(USD, percent(total.amount(), story.paid()));
        if (paid.isPositive()) {
            world.done(new PaymentCommand.Receive(
                    DraftWorld.ACCOUNT, "payment", paid, new PaymentCommand.Allocation.OldestFirst()));
        }
        for (int i = 0; i < story.wishes().size(); i++) {
            Seq<Part> parts = Array.ofAll(story.wishes().get(i)).map(wish -> part(lines, wish));
            world.run(new Credit(id("i"), id("note " + i), parts, "Because"));
            neverMoreThanInvoiced(world, lines);
        }
        end(world, story.end());
        lines.forEach(line -> {
            Seq<LineItem> given = credited(world).filter(credit -> credit.id().equals(line.id()));
            assertThat(sum(given.map(credit -> credit.net().get())).negated())
                    .isEqualTo(line.net().get());
            assertThat(sum(given.map(CreditNoteProperties::tax)).negated()).isEqualTo(tax(line));
        });
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.VOID);
        assertThat(sum(notes(world).map(note -> world.figures(note).amount(Standard.TOTAL)))
                        .plus(sum(notes(world).map(note -> world.figures(note).amount(Settlement.TAX)))))
                .isEqualTo(total.negated());
        assertThat(world.account().balance(USD))
                .as("what was paid, and nothing else, is the customer's")
                .isEqualTo(paid.negated());
    }

    /** Gives back all that is left. Where that comes to nothing, only voiding does so. */
    private static void end(DraftWorld world, End end) {
        Seq<CreditableLine> left = new CreditNotes(world.ports.invoices())
                .left(ACCESS, id("i"))
                .get()
                .reject(CreditableLine::isUsedUp);
        if (world.status("i") == InvoiceStatus.VOID) {
            return;
        }
        boolean isWorth = sum(left.map(line -> line.rest().total())).isPositive();
        world.done(
                isWorth && end != End.VOID
                        ? new Credit(id("i"), id("last note"), last(left, end), "All of it")
                        : new Void(id("i"), id("last note"), "All of it"));
    }

    private static Seq<Part> last(Seq<CreditableLine> left, End end) {
        return end == End.AMOUNT && sum(left.map(CreditableLine::net)).isPositive()
                ? Array.of(new Part.Amount(sum(left.map(CreditableLine::net))))
                : left.map(line -> last(line, end));
    }

    private static Part last(CreditableLine line, End end) {
        if (end == End.UNITS) {
            return new Part.Quantity(line.id(), line.quantity());
        }
        return end == End.LINE_AMOUNTS && !line.net().isZero()
                ? new Part.LineAmount(line.id(), line.net())
                : new Part.Line(line.id());
    }

    private static Seq<String> notes(DraftWorld world) {
        return world.ports
                .invoices()
                .search(ACCESS, CreditNotes.of(id("i")), PageRequest.first(100))
                .rows()
                .map(stored -> stored.invoice().head().id().value());
    }

    private static Seq<LineItem> credited(DraftWorld world) {
        return world.ports
                .invoices()
                .lines(ACCESS, LineItemQuery.of(CreditNotes.of(id("i"))), lines -> Array.ofAll(() -> lines));
    }

    private static void neverMoreThanInvoiced(DraftWorld world, Seq<LineItem> lines) {
        lines.forEach(line -> {
            Seq<LineItem> given = credited(world).filter(credit -> credit.id().equals(line.id()));
            within(
                    sum(given.map(credit -> credit.net().get())).negated(),
                    line.net().get());
            within(sum(given.map(CreditNoteProperties::tax)).negated(), tax(line));
        });
    }

    private static void within(Money given, Money invoiced) {
        assertThat(given.amount().abs()).isLessThanOrEqualTo(invoiced.amount().abs());
        assertThat(given.isZero() || given.isNegative() == invoiced.isNegative())
                .isTrue();
    }

    @Property(tries = 300)
    void parts_have_their_exact_share_but_for_less_than_a_cent(
            @ForAll("stories") Story story, @ForAll("parts") Wish wish) {
        DraftWorld world = new DraftWorld();
        Seq<LineItem> lines = Array.ofAll(story.lines());
        world.issued("i", lines.toJavaArray(LineItem[]::new));
        LineItem line = lines.get(wish.line() % lines.size());
        int units = 1 + wish.percent() % line.quantity().intValueExact();
        Either<BillingError, Receipt> done = world.run(
                new Credit(id("i"), id("n"), Array.of(new Part.Quantity(line.id(), BigDecimal.valueOf(units))), ""));
        if (done.isRight()) {
            LineItem given = world.lines("n").head();
            near(given.net().get(), line.net().get(), units, line);
            near(tax(given), tax(line), units, line);
        }
    }

    private static void near(Money given, Money invoiced, int units, LineItem line) {
        BigDecimal all = line.quantity();
        BigDecimal off = given.amount()
                .multiply(all)
                .add(invoiced.amount().multiply(BigDecimal.valueOf(units)))
                .abs();
        assertThat(off).isLessThan(all.multiply(new BigDecimal("0.01")));
    }

    @Provide
    Arbitrary<Wish> parts() {
        return wishes();
    }
}
