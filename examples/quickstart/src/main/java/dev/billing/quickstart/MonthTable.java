package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.rollup.Rollup;
import dev.billing.domain.rollup.Slot;
import dev.billing.port.Access;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.FactFiles;
import dev.billing.usecase.ReadMonth;
import dev.billing.usecase.Scope;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Iterator;
import javax.money.CurrencyUnit;

/** Prints what the months of some accounts come to, by organization and app. Months that are over are closed on the way. */
final class MonthTable {

    private static final Seq<String> HEADER = Array.of("account", "month", "state", "organization", "app", "total");
    private static final Seq<Dimension> BY = Array.of(Akkeris.ORGANIZATION, Akkeris.APP);

    private final TenantId tenant;
    private final Billing main;
    private final Billing others;
    private final Console console;

    MonthTable(TenantId tenant, Billing main, Billing others, Console console) {
        this.tenant = tenant;
        this.main = main;
        this.others = others;
        this.console = console;
    }

    void print(Seq<AccountId> accounts) {
        Seq<Seq<String>> rows = accounts.flatMap(this::rows);
        if (rows.nonEmpty()) {
            console.table(HEADER, rows);
        }
    }

    private Seq<Seq<String>> rows(AccountId account) {
        Billing billing = account.equals(FactFiles.MAIN) ? main : others;
        ReadMonth readMonth = billing.readMonth();
        Access access = Access.to(tenant, account);
        Scope scope = Scope.of(account);
        return readMonth
                .months(access, scope)
                .map(period -> billing.profile().calendar().monthAt(period.start()))
                .toArray()
                .flatMap(month -> rows(readMonth, access, scope, month));
    }

    private static Seq<Seq<String>> rows(ReadMonth readMonth, Access access, Scope scope, YearMonth month) {
        return readMonth
                .read(access, scope, month, (view, lines) -> {
                    Seq<String> start = Array.of(
                            scope.account().value(), month.toString(), view.isClosed() ? "closed" : "in progress");
                    CurrencyUnit currency = view.extract().head().currency();
                    return rows(start, Rollup.of(iterable(lines), BY), currency);
                })
                .getOrElse(Array.empty());
    }

    private static Iterable<LineItem> iterable(Iterator<LineItem> lines) {
        return () -> lines;
    }

    private static Seq<Seq<String>> rows(Seq<String> start, Rollup rollup, CurrencyUnit currency) {
        if (rollup.sums().isEmpty()) {
            return Array.of(start.appendAll(Array.of("-", "-", money(Money.zero(currency)))));
        }
        return rollup.sums()
                .filterKeys(slot -> slot.side() == Side.PRICE)
                .toArray()
                .groupBy(entry -> new Tuple2<>(name(entry._1, Akkeris.ORGANIZATION), name(entry._1, Akkeris.APP)))
                .toArray()
                .sorted(Comparator.comparing((Tuple2<Tuple2<String, String>, ?> group) -> group._1._1)
                        .thenComparing(group -> group._1._2))
                .map(group -> start.appendAll(Array.of(
                        group._1._1,
                        group._1._2,
                        money(group._2.map(entry -> entry._2).reduce(Money::plus)))));
    }

    private static String name(Slot slot, Dimension dimension) {
        return slot.group().get(dimension).map(Ref::name).getOrElse("-");
    }

    static String money(Money money) {
        return Decimals.toText(money.amount()) + " " + money.currency();
    }
}
