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
 * Billing asks while it plans: when a month is previewed, compared, billed, corrected, or looked at for late facts. A plan may be made many
 * times over, and thrown away, so asking must have no effect (X4); an engine that reports what was sold learns that from the events of final
 * documents. A correction asks about the whole month again, with the customer and the tax point that it was billed with. What is answered is
 * kept on the lines and in the tax figure of the document; nobody is asked about a final document to show it.
 * <p>
 * What rates take in all, and the tax of the document, are sums of what they take of its lines, so that they add up by themselves.
 * Implementations are safe for use by many threads. What the engine refuses is {@link TaxRefused}; when it cannot be reached or breaks,
 * they throw {@link StorageException}, mostly as {@code RETRYABLE}. They never report a failure as no taxes. A billing run parks an account
 * whose taxes are refused; where the engine cannot be reached, it tries again, and then ends without parking anybody.
 */
public interface TaxCalculator {

    Either<TaxRefused, Taxes> taxes(TenantId tenant, Question question);

    /**
     * What is to be taxed.
     *
     * @param account whose document it is; an engine that needs more than the customer, such as tax ids, knows it by this
     * @param customer who the document is addressed to, where they are known
     * @param taxPoint the instant whose rates hold: the last millisecond of the period that is billed
     * @param lines after discounts, with the taxes that their prices include; at least one where billing asks
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
