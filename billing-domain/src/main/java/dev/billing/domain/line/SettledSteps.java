package dev.billing.domain.line;

import dev.billing.domain.line.Explanation.Step;
import dev.billing.domain.line.Settled.Discounted;
import dev.billing.domain.line.Settled.Levy;
import dev.billing.domain.line.Settled.Paid;
import dev.billing.domain.line.Settled.Taxation;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.Truth;
import dev.billing.domain.pricing.Discount;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;

/** The steps from what a line agreed to what it charges: discounts, credit before taxes, taxes, and credit after them. */
final class SettledSteps {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final LineItem line;
    private final Amount price;
    private final Settled settled;

    private SettledSteps(LineItem line, Amount price) {
        this.line = line;
        this.price = price;
        this.settled = line.settled().getOrElse(Settled.NOTHING);
    }

    static Seq<Step> of(LineItem line, Amount price) {
        return new SettledSteps(line, price).steps();
    }

    private Seq<Step> steps() {
        return discount()
                .toArray()
                .appendAll(credit("credit before taxes", settled.credits().filter(Paid::beforeTax)))
                .appendAll(includedTax())
                .appendAll(tax())
                .append(Step.of("net", price.net()))
                .appendAll(credit("credit after taxes", settled.credits().reject(Paid::beforeTax)));
    }

    private Option<Step> discount() {
        Notation.Fields fields =
                Notation.fields().with("amount", price.discount().toString());
        Option<String> percent = price.percent().map(Decimals::toText);
        Notation.Fields all =
                percent.map(number -> fields.with("percent", number)).getOrElse(fields);
        return Option.when(
                !price.discount().isZero() || settled.discounts().nonEmpty(),
                () -> new Step(
                        "discount",
                        price.discount()
                                + percent.map(number -> " (" + number + " %)").getOrElse(""),
                        settled.discounts().map(SettledSteps::text),
                        settled.discounts().isEmpty()
                                ? all
                                : all.with(
                                        "parts", Notation.of(settled.discounts().map(SettledSteps::notation)))));
    }

    private static String text(Discounted discount) {
        Reduction reduction = discount.reduction();
        String taken = reduction.uses().map(Reduction.Use::discount).mkString(", ") + ": "
                + reduction.uses().map(use -> text(use.off())).mkString(" and ") + " off " + reduction.base() + " = "
                + reduction.whole();
        return discount.over().equals(discount.due())
                ? taken
                : taken + ", for " + discount.due() + " of " + discount.over() + ": " + discount.part() + ", remainder "
                        + discount.remainder();
    }

    private static String text(Discount.Off off) {
        return off instanceof Discount.Percent percent
                ? Decimals.toText(percent.percent()) + " %"
                : ((Discount.Fixed) off).amount().toString();
    }

    private static Notation notation(Discounted discount) {
        Reduction reduction = discount.reduction();
        return Notation.fields()
                .with("taken", Notation.of(reduction.uses().zipWith(reduction.taken(), SettledSteps::notation)))
                .with("base", reduction.base().toString())
                .with("rounding", reduction.rounding().toString())
                .with("due", discount.due().toString())
                .with("over", discount.over().toString())
                .with("amount", discount.part().toString())
                .with("remainder", Explanation.notation(discount.remainder()));
    }

    private static Notation notation(Reduction.Use use, Money taken) {
        Notation.Fields discount = Notation.fields().with("discount", use.discount());
        Notation.Fields off = use.off() instanceof Discount.Percent percent
                ? discount.with("percent", Decimals.toText(percent.percent()))
                : discount.with("fixed", ((Discount.Fixed) use.off()).amount().toString());
        return off.with("amount", taken.toString());
    }

    private static Option<Step> credit(String name, Seq<Paid> paid) {
        return paid.map(Paid::amount)
                .reduceOption(Money::plus)
                .map(all -> new Step(
                        name,
                        all.toString(),
                        paid.map(one -> one.grant() + ": " + one.amount()),
                        Notation.fields()
                                .with("amount", all.toString())
                                .with(
                                        "grants",
                                        Notation.of(paid.map(one -> Notation.fields()
                                                .with("grant", one.grant())
                                                .with("amount", one.amount().toString()))))));
    }

    /** What the agreed price has beyond the line's: the taxes that it includes. */
    private Option<Step> includedTax() {
        return line.origin()
                .computed()
                .map(agreed -> agreed.minus(price.gross()))
                .orElse(() -> settled.taxation().flatMap(Taxation::included))
                .filter(included -> !included.isZero())
                .map(included -> Step.of("included tax", included));
    }

    private Option<Step> tax() {
        return line.tax()
                .filter(tax -> !tax.isZero() || settled.taxation().isDefined())
                .map(tax -> settled.taxation()
                        .map(taxation -> tax(tax, taxation))
                        .getOrElse(() ->
                                Step.of("tax", tax.toString(), Notation.fields().with("amount", tax.toString()))));
    }

    private Step tax(Money tax, Taxation taxation) {
        Notation.Fields fields = Notation.fields().with("amount", tax.toString());
        return new Step(
                "tax",
                tax + taxation.rounded().map(how -> " (" + how + ")").getOrElse(""),
                taxation.levies().map(levy -> text(taxation, levy)),
                taxation.rounded()
                        .map(how -> fields.with("policy", how.policy())
                                .with("rounding", how.rounding().toString()))
                        .getOrElse(fields)
                        .with("levies", Notation.of(taxation.levies().map(levy -> notation(taxation, levy)))));
    }

    private String text(Taxation taxation, Levy levy) {
        return levy.name() + " " + levy.jurisdiction() + " on " + line.category() + ": "
                + Decimals.toText(levy.percent())
                + (levy.included() ? " / " + Decimals.toText(divisor(taxation, levy)) : " %") + " of "
                + base(taxation, levy) + " = " + levy.amount() + ", remainder " + remainder(taxation, levy);
    }

    private Notation notation(Taxation taxation, Levy levy) {
        return Notation.fields()
                .with("name", levy.name())
                .with("jurisdiction", levy.jurisdiction())
                .with("category", line.category())
                .with("percent", Decimals.toText(levy.percent()))
                .with("included", Truth.of(levy.included()))
                .with("base", base(taxation, levy).toString())
                .with("amount", levy.amount().toString())
                .with("remainder", Explanation.notation(remainder(taxation, levy)));
    }

    /** What it is levied on: the net amount less what credit paid, and for taxes that the price includes the price itself. */
    private Money base(Taxation taxation, Levy levy) {
        Money net = settled.paidBeforeTax().map(price.net()::minus).getOrElse(price.net());
        return levy.included() ? taxation.included().map(net::plus).getOrElse(net) : net;
    }

    private static BigDecimal divisor(Taxation taxation, Levy levy) {
        return levy.included() ? HUNDRED.add(taxation.includedPercent()) : HUNDRED;
    }

    /** What rounding, and spreading what was rounded together, took away: amount + remainder = base × percent ÷ divisor. */
    private Remainder remainder(Taxation taxation, Levy levy) {
        return Remainder.of(base(taxation, levy).times(levy.percent()), divisor(taxation, levy), levy.amount());
    }
}
