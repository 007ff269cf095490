package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Statement;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.money.CurrencyUnit;

/** Reads what an account owes, and how that came about. An account that nothing happened to owes nothing. */
public final class ReadStatement {

    private final Ports ports;
    private final Clock clock;

    public ReadStatement(Ports ports, Clock clock) {
        this.ports = requireNonNull(ports, "ports");
        this.clock = requireNonNull(clock, "clock");
    }

    /** All that happened so far. */
    public Either<BillingError, Statement> now(Access access, AccountId account, CurrencyUnit currency) {
        // what is recorded in this very millisecond, or by a clock that is ahead, has happened too
        return entries(access, account)
                .map(entries -> statement(
                        access,
                        account,
                        entries,
                        currency,
                        Option.none(),
                        entries.map(Entry::at)
                                .prepend(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                                .max()
                                .get()
                                .plusMillis(1)));
    }

    /** All that happened before an instant. */
    public Either<BillingError, Statement> until(
            Access access, AccountId account, CurrencyUnit currency, Instant until) {
        return entries(access, account)
                .map(entries -> statement(access, account, entries, currency, Option.none(), until));
    }

    /** What happened in a span of time. */
    public Either<BillingError, Statement> in(Access access, AccountId account, CurrencyUnit currency, Period period) {
        return entries(access, account)
                .map(entries ->
                        statement(access, account, entries, currency, Option.some(period.start()), period.end()));
    }

    private Either<BillingError, Seq<Entry>> entries(Access access, AccountId account) {
        return access.sees(account)
                ? Either.right(ports.accounts().entries(access, account))
                : Either.left(new CommandRefused.NoAccess(account));
    }

    private Statement statement(
            Access access,
            AccountId account,
            Seq<Entry> entries,
            CurrencyUnit currency,
            Option<Instant> from,
            Instant until) {
        Statement statement = Statement.of(account, entries, currency, from, until);
        return statement.numbered(numbers(access, statement.documents()));
    }

    /** Who pays for another account may not see its documents, and gets their numbers nevertheless: it has to pay them. */
    private Map<InvoiceId, InvoiceNumber> numbers(Access access, Set<InvoiceId> documents) {
        return documents
                .grouped(PageRequest.MAX_SIZE)
                .flatMap(some -> ports.invoices()
                        .search(
                                Access.toAll(access.tenant()),
                                InvoiceQuery.of(new InvoiceCondition.WithId(some)),
                                PageRequest.first(PageRequest.MAX_SIZE))
                        .rows())
                .flatMap(ReadStatement::number)
                .foldLeft(HashMap.empty(), HashMap::put);
    }

    private static Option<Tuple2<InvoiceId, InvoiceNumber>> number(Stored stored) {
        return stored.invoice() instanceof Invoice.Issued issued
                ? issued.number().map(number -> Tuple.of(issued.head().id(), number))
                : Option.none();
    }
}
