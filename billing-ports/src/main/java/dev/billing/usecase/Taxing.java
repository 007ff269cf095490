package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.TaxedLine;
import dev.billing.domain.tax.Taxes;
import dev.billing.port.StorageException;
import dev.billing.port.TaxCalculator;
import dev.billing.port.TaxCalculator.Question;
import dev.billing.port.TaxRefused;
import dev.billing.port.TenantId;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import javax.money.CurrencyUnit;

/**
 * Settles months with the taxes of an engine or, without one, by the rates of the terms. Rates beside an engine are refused: nobody could
 * tell which of the two a document shows.
 */
record Taxing(TenantId tenant, Option<TaxCalculator> engine) {

    Taxing {
        requireNonNull(tenant, "tenant");
        requireNonNull(engine, "engine");
    }

    /**
     * A month with all that comes of its terms.
     *
     * @param customer who its document is addressed to
     */
    Either<BillingError, Settlement> settle(MonthRating rated, Terms terms, Option<Customer> customer) {
        return otherCurrency(rated)
                .<Either<BillingError, Settlement>>map(found -> Either.left(new MonthRefused.OtherCurrency(
                        rated.account(), found, rated.profile().currency())))
                .getOrElse(() -> engine.map(asked -> settle(asked, rated, terms, customer))
                        .getOrElse(() -> Either.right(rated.settle(terms)))
                        .mapLeft(refused -> refused));
    }

    /** A price in another currency than the profile's, if there is one. */
    private static Option<CurrencyUnit> otherCurrency(MonthRating rated) {
        return rated.lines()
                .flatMap(LineItem::net)
                .map(Money::currency)
                .find(currency -> !currency.equals(rated.profile().currency()));
    }

    private Either<TaxRefused, Settlement> settle(
            TaxCalculator asked, MonthRating rated, Terms terms, Option<Customer> customer) {
        if (!terms.taxes().rates().isEmpty()) {
            return Either.left(new TaxRefused.RatesBesideEngine(
                    rated.account(), terms.taxes().rates().map(TaxRate::label)));
        }
        Settlement.Untaxed untaxed = rated.untaxed(terms);
        Question question = new Question(
                rated.account(),
                customer,
                rated.profile().currency(),
                rated.period().end().minusMillis(1),
                untaxed.lines());
        return (question.lines().isEmpty()
                        ? Either.<TaxRefused, Taxes>right(Taxes.none(question.currency()))
                        : answer(asked, question))
                .map(untaxed::taxed);
    }

    private Either<TaxRefused, Taxes> answer(TaxCalculator asked, Question question) {
        try {
            return asked.taxes(tenant, question)
                    .flatMap(taxes -> misfit(question, taxes)
                            .<Either<TaxRefused, Taxes>>map(why -> bad(question, why))
                            .getOrElse(() -> Either.right(taxes)));
        } catch (StorageException unreachable) {
            throw unreachable;
        } catch (RuntimeException broken) {
            // an engine is the host's: what it throws concerns this document only
            return bad(question, "it failed: " + broken);
        }
    }

    private static Either<TaxRefused, Taxes> bad(Question question, String why) {
        return Either.left(new TaxRefused.BadAnswer(question.account(), why));
    }

    private static Option<String> misfit(Question question, Taxes taxes) {
        return Option.when(
                        !taxes.total().currency().equals(question.currency()),
                        () -> "its taxes are in " + taxes.total().currency() + " and not in " + question.currency())
                .orElse(() -> otherLines(question, taxes))
                .orElse(() -> moved(question, taxes));
    }

    private static Option<String> otherLines(Question question, Taxes taxes) {
        Seq<?> asked = question.lines().map(TaxableLine::id);
        Seq<?> taxed = taxes.lines().map(TaxedLine::id);
        return Option.when(!asked.equals(taxed), () -> "it was asked for " + asked + " and answered for " + taxed);
    }

    private static Option<String> moved(Question question, Taxes taxes) {
        return question.lines()
                .zip(taxes.lines())
                .find(pair -> !pair._1.amount().equals(pair._2.price()))
                .map(pair -> "it made " + pair._2.price() + " of the price of line '" + pair._1.id() + "', "
                        + pair._1.amount());
    }
}
