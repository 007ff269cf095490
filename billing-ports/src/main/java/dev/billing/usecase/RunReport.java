package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Duration;
import javax.money.CurrencyUnit;

/**
 * What a billing run did, account by account in the order in which they were to be billed.
 *
 * @param duration how long it took, this time
 */
public record RunReport(Seq<Outcome> outcomes, Duration duration) {

    public RunReport {
        requireNonNull(outcomes, "outcomes");
        requireNonNull(duration, "duration");
    }

    /** What became of an account's month. */
    public sealed interface Outcome {
        AccountId account();
    }

    /**
     * This run made it final, now or before it was begun again.
     *
     * @param due what is to be paid; none if nothing ever is
     */
    public record Closed(AccountId account, InvoiceId invoice, Option<Money> due) implements Outcome {
        public Closed {
            requireNonNull(account, "account");
            requireNonNull(invoice, "invoice");
            requireNonNull(due, "due");
        }
    }

    /** It was final before the run. */
    public record AlreadyClosed(AccountId account, InvoiceId invoice) implements Outcome {
        public AlreadyClosed {
            requireNonNull(account, "account");
            requireNonNull(invoice, "invoice");
        }
    }

    /** It is not final, and need not be: it waits for facts, for a review, or for another account. */
    public record Left(AccountId account, String why) implements Outcome {
        public Left {
            requireNonNull(account, "account");
            requireNonNull(why, "why");
        }
    }

    /** Somebody has to look at the account. */
    public record Parked(AccountId account, String reason, String release) implements Outcome {
        public Parked {
            requireNonNull(account, "account");
            requireNonNull(reason, "reason");
            requireNonNull(release, "release");
        }
    }

    public Seq<Closed> closed() {
        return of(Closed.class);
    }

    public Seq<AlreadyClosed> alreadyClosed() {
        return of(AlreadyClosed.class);
    }

    public Seq<Left> left() {
        return of(Left.class);
    }

    public Seq<Parked> parked() {
        return of(Parked.class);
    }

    /** What is to be paid on the documents that the run closed, by currency. */
    public Map<CurrencyUnit, Money> due() {
        return closed().flatMap(Closed::due)
                .foldLeft(LinkedHashMap.empty(), (sums, due) -> sums.put(due.currency(), due, Money::plus));
    }

    private <T extends Outcome> Seq<T> of(Class<T> kind) {
        return outcomes.filter(kind::isInstance).map(kind::cast);
    }
}
