package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Rater;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.SettlementContext;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.rating.UsageRater;
import dev.billing.port.Access;
import dev.billing.port.FactQuery;
import dev.billing.port.Ports;
import io.vavr.collection.Iterator;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * What the facts of an account's month come to at their prices, before any terms.
 *
 * @param book the last price book of the month, whose minimums and maximums hold for it
 * @param since when the account's first fact began; none if it has none by the end of the month
 */
record MonthRating(
        Profile profile,
        AccountId account,
        Period period,
        Instant asOf,
        Seq<LineItem> lines,
        Option<PriceBook> book,
        Option<Instant> since) {

    static MonthRating of(
            Ports ports,
            Profile actual,
            Access access,
            AccountId account,
            Period period,
            Instant asOf,
            Scenario scenario) {
        Profile profile = scenario.profile().getOrElse(actual);
        Rater rater = new Rater(profile, period, asOf).with(ports.aggregations());
        PriceHistory prices =
                scenario.prices(PriceHistory.of(period, at -> ports.priceBooks().inForce(access.tenant(), at)));
        return new MonthRating(
                profile,
                account,
                period,
                asOf,
                lines(ports, rater, access, FactQuery.of(account, period), prices, scenario),
                prices.books().lastOption(),
                ports.usage()
                        .earliest(access, account, Option.none(), period.end().minusMillis(1)));
    }

    /** The same with the lines of other accounts, each of them told from the account's own. */
    MonthRating and(Seq<MonthRating> members) {
        Seq<LineItem> all = lines.appendAll(
                members.flatMap(member -> member.lines.map(line -> MonthLines.of(member.account, line))));
        return new MonthRating(
                profile,
                account,
                period,
                asOf,
                profile.order().arrange(all),
                book,
                members.flatMap(MonthRating::since).appendAll(since).min());
    }

    /** Facts are counted while they are read, so a month may have more of them than fit into memory. */
    private static Seq<LineItem> lines(
            Ports ports, Rater rater, Access access, FactQuery facts, PriceHistory prices, Scenario scenario) {
        Seq<LineItem> lifetimes = ports.usage()
                .lifetimes(
                        access,
                        facts,
                        found -> rater.lifetimes(Iterator.ofAll(found).map(scenario::repriced)));
        UsageRater usage = rater.usage(prices);
        levelsAtStart(ports, access, facts, prices)
                .forEach(earlier -> ports.usage().usage(access, earlier, usage::addAll));
        return rater.arranged(lifetimes, ports.usage().usage(access, facts, usage::addAll));
    }

    /** What set the levels that the period begins with, if a meter carries them over. */
    private static Option<FactQuery> levelsAtStart(Ports ports, Access access, FactQuery facts, PriceHistory prices) {
        Set<String> carried = prices.books()
                .flatMap(book -> book.meters().values())
                .filter(meter -> meter.aggregation().carriesOver())
                .map(Meter::counts)
                .toSet();
        Instant start = facts.period().start();
        return Option.when(carried.nonEmpty(), carried)
                .flatMap(names -> ports.usage().earliest(access, facts.account(), Option.none(), start.minusMillis(1)))
                .map(first -> facts.in(Period.of(first, start)).reportedAs(carried));
    }

    /** The document, with the minimums and maximums of the price book. */
    MonthDocument document() {
        Terms terms = terms(Terms.NONE);
        return document(terms.equals(Terms.NONE) ? lines : settle(Terms.NONE).lines());
    }

    MonthDocument document(Seq<LineItem> all) {
        Head head =
                Head.of(MonthDocument.id(account, period), profile.name(), account, period, profile.currency(), asOf);
        Figures figures = Figures.fold(profile.figures(), all, profile.currency());
        return new MonthDocument(new Invoice.Preview(head, figures, asOf), all);
    }

    /** Settles with the tax rates of an account's terms. */
    Settlement settle(Terms terms) {
        return Settlement.of(lines, terms(terms), context());
    }

    /** Does all that comes before taxes. */
    Settlement.Untaxed untaxed(Terms terms) {
        return Settlement.untaxed(lines, terms(terms), context());
    }

    private Terms terms(Terms account) {
        return book.filter(prices -> since.isDefined()).map(account::and).getOrElse(account);
    }

    /** While the month is not over, nobody knows yet what a minimum lacks. */
    private SettlementContext context() {
        SettlementContext whole = SettlementContext.of(profile.currency(), period, asOf, profile.rounding())
                .withShare(since.map(this::shareFrom).getOrElse(Ratio.ONE));
        return asOf.isBefore(period.end()) ? whole.withMoreToFollow() : whole;
    }

    /** The part of the month in which the account was there. */
    private Ratio shareFrom(Instant first) {
        return profile.proration().share(profile.calendar(), period, Existence.since(first), period.end());
    }
}
