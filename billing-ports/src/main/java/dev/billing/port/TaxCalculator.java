package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.tax.TaxTable;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.Taxes;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.money.CurrencyUnit;

/**
 * Computes the taxes of a document: your own tables, or an engine elsewhere. Prove yours by extending {@code TaxCalculatorContract} from
 * the testkit.
 * <ol>
 *   <li>X1: The taxes are of the lines that were asked for: each once, in their order, and no other; none for a document without lines.
 *   <li>X2: A price never moves: the net amount and the included taxes of a line make the amount it was asked with, to the last digit.
 *   <li>X3: All amounts are of the document's currency.
 *   <li>X4: The same question has the same answer: asking records nothing, and what was asked before does not matter.
 * </ol>
 * What rates take in all, and the tax of the document, are sums of what they take of its lines, so that they add up by themselves.
 * Implementations are safe for use by many threads. What the engine refuses is {@link TaxRefused}; when it cannot be reached or breaks,
 * they throw {@link StorageException}, mostly as {@code RETRYABLE}. They never report a failure as no taxes.
 */
public interface TaxCalculator {

    Either<TaxRefused, Taxes> taxes(TenantId tenant, Question question);

    /**
     * What is to be taxed.
     *
     * @param customer who pays, where they are known
     * @param taxPoint the instant whose rates hold
     * @param lines after discounts, with the taxes that their prices include
     */
    record Question(
            AccountId account,
            Option<Customer> customer,
            CurrencyUnit currency,
            Instant taxPoint,
            Seq<TaxableLine> lines) {

        /** Keeps {@code taxPoint} in milliseconds. */
        public Question {
            requireNonNull(account, "account");
            requireNonNull(customer, "customer");
            requireNonNull(currency, "currency");
            taxPoint = taxPoint.truncatedTo(ChronoUnit.MILLIS);
            requireNonNull(lines, "lines");
        }
    }

    /** The same rates for everybody; never refuses. */
    static TaxCalculator of(TaxTable table) {
        requireNonNull(table, "table");
        return (tenant, question) -> Either.right(table.taxes(question.currency(), question.lines()));
    }
}
