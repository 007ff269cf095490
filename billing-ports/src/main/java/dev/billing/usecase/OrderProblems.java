package dev.billing.usecase;

import dev.billing.domain.money.Money;
import dev.billing.usecase.Order.Item;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import javax.money.CurrencyUnit;

/** Finds all that keeps an order from being billed. */
final class OrderProblems {

    private final CurrencyUnit currency;
    private final Money most;

    private OrderProblems(CurrencyUnit currency) {
        this.currency = currency;
        this.most = Money.ofMinor(currency, Long.MAX_VALUE);
    }

    /** Items count from 1. */
    static Seq<OrderRefused> of(Order order) {
        CurrencyUnit currency = order.currency();
        if (currency.getDefaultFractionDigits() < 0) {
            return Array.of(new OrderRefused.NoMinorUnit(currency));
        }
        OrderProblems problems = new OrderProblems(currency);
        Seq<OrderRefused> ofItems =
                order.items().zipWithIndex().flatMap(item -> problems.of(item._1, "item " + (item._2 + 1)));
        return ofItems.isEmpty() ? problems.ofTotal(order.items()).toArray() : ofItems;
    }

    private Seq<OrderRefused> of(Item item, String name) {
        Seq<OrderRefused> ofParts = Array.of(
                        ofQuantity("quantity of " + name, item.quantity()),
                        ofAmount("unit amount of " + name, item.unitAmount()),
                        ofAmount("discount of " + name, item.discount()))
                .flatMap(problem -> problem);
        return ofParts.isEmpty() ? ofLine(item, name).toArray() : ofParts;
    }

    private static Option<OrderRefused> ofQuantity(String what, long quantity) {
        return Option.when(quantity < 0, () -> new OrderRefused.NegativeQuantity(what, quantity));
    }

    private Option<OrderRefused> ofAmount(String what, Money amount) {
        if (!amount.currency().equals(currency)) {
            return Option.some(new OrderRefused.OtherCurrency(what, amount, currency));
        }
        if (amount.isNegative()) {
            return Option.some(new OrderRefused.NegativeAmount(what, amount));
        }
        if (amount.amount().stripTrailingZeros().scale() > currency.getDefaultFractionDigits()) {
            return Option.some(new OrderRefused.NotWhole(what, amount));
        }
        return ofSize(what, amount);
    }

    private Option<OrderRefused> ofLine(Item item, String name) {
        Money gross = item.gross();
        return item.discount().compareTo(gross) > 0
                ? Option.some(new OrderRefused.DiscountAboveLine("discount of " + name, item.discount(), gross))
                : ofSize("amount of " + name, item.net());
    }

    private Option<OrderRefused> ofTotal(Seq<Item> items) {
        return ofSize("total", items.map(Item::net).fold(Money.zero(currency), Money::plus));
    }

    private Option<OrderRefused> ofSize(String what, Money amount) {
        return Option.when(amount.compareTo(most) > 0, () -> new OrderRefused.TooLarge(what, amount));
    }
}
