package dev.billing.domain.account;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.ArrayList;

/** The oracle: it keeps what happened, and looks through all of it for every question. */
final class SlowAccount {

    private final java.util.List<Movement> movements = new ArrayList<>();

    void add(Movement movement) {
        movements.add(movement);
    }

    Seq<Movement> movements() {
        return Array.ofAll(movements);
    }

    Seq<InvoiceId> documents() {
        return movements().flatMap(m -> m instanceof Movement.Charged it ? Option.some(it.document()) : Option.none());
    }

    Seq<Source> sources() {
        return movements().flatMap(m -> m instanceof Movement.Received it ? Option.some(it.source()) : Option.none());
    }

    Seq<String> grants() {
        return movements()
                .flatMap(m -> m instanceof Movement.Granted it
                        ? Option.some(it.grant().id())
                        : Option.none());
    }

    String currency(Object documentOrSource) {
        for (Movement movement : movements) {
            if (movement instanceof Movement.Charged it && it.document().equals(documentOrSource)) {
                return it.amount().currency().getCurrencyCode();
            }
            if (movement instanceof Movement.Received it && it.source().equals(documentOrSource)) {
                return it.amount().currency().getCurrencyCode();
            }
        }
        throw new IllegalArgumentException("unknown: " + documentOrSource);
    }

    BigDecimal open(InvoiceId document) {
        BigDecimal open = BigDecimal.ZERO;
        for (Movement movement : movements) {
            if (movement instanceof Movement.Charged it && it.document().equals(document)) {
                open = open.add(it.amount().amount());
            } else if (movement instanceof Movement.Allocated it
                    && it.document().equals(document)) {
                open = open.subtract(it.amount().amount());
            } else if (movement instanceof Movement.Released it && it.document().equals(document)) {
                open = open.add(it.amount().amount());
            }
        }
        return open.subtract(waived(document));
    }

    BigDecimal waived(InvoiceId document) {
        BigDecimal waived = BigDecimal.ZERO;
        for (Movement movement : movements) {
            if (movement instanceof Movement.Waived it && it.document().equals(document)) {
                waived = waived.add(it.amount().amount());
            } else if (movement instanceof Movement.Reinstated it
                    && it.document().equals(document)) {
                waived = waived.subtract(it.amount().amount());
            }
        }
        return waived;
    }

    BigDecimal free(Source source) {
        BigDecimal free = BigDecimal.ZERO;
        for (Movement movement : movements) {
            if (movement instanceof Movement.Received it && it.source().equals(source)) {
                free = free.add(it.amount().amount());
            } else if (movement instanceof Movement.Returned it && it.source().equals(source)) {
                free = free.subtract(it.amount().amount());
            } else if (movement instanceof Movement.Allocated it && it.source().equals(source)) {
                free = free.subtract(it.amount().amount());
            } else if (movement instanceof Movement.Released it && it.source().equals(source)) {
                free = free.add(it.amount().amount());
            }
        }
        return free;
    }

    BigDecimal paid(Source source, InvoiceId document) {
        BigDecimal paid = BigDecimal.ZERO;
        for (Movement movement : movements) {
            if (movement instanceof Movement.Allocated it
                    && it.source().equals(source)
                    && it.document().equals(document)) {
                paid = paid.add(it.amount().amount());
            } else if (movement instanceof Movement.Released it
                    && it.source().equals(source)
                    && it.document().equals(document)) {
                paid = paid.subtract(it.amount().amount());
            }
        }
        return paid;
    }

    BigDecimal left(String grant) {
        BigDecimal left = BigDecimal.ZERO;
        for (Movement movement : movements) {
            if (movement instanceof Movement.Granted it && it.grant().id().equals(grant)) {
                left = left.add(it.grant().available().amount());
            } else if (movement instanceof Movement.Drawn it && it.grant().equals(grant)) {
                left = left.subtract(it.amount().amount());
            }
        }
        return left;
    }

    boolean isParked() {
        boolean parked = false;
        for (Movement movement : movements) {
            parked = movement instanceof Movement.Parked || (parked && !(movement instanceof Movement.Resumed));
        }
        return parked;
    }

    /** The documents that a source pays, the one that it was used for last at the end. */
    Seq<InvoiceId> uses(Source source) {
        List<InvoiceId> lastFirst = List.empty();
        for (Movement movement : movements().reverse()) {
            if (movement instanceof Movement.Allocated it
                    && it.source().equals(source)
                    && paid(source, it.document()).signum() > 0) {
                lastFirst = lastFirst.append(it.document());
            }
        }
        return lastFirst.distinct().reverse();
    }

    /** What is owed in a currency, by what moved between the account and us. */
    BigDecimal balance(String currency) {
        BigDecimal balance = BigDecimal.ZERO;
        for (Movement movement : movements) {
            if (movement instanceof Movement.Charged it) {
                balance = balance.add(in(currency, it.amount()));
            } else if (movement instanceof Movement.Received it) {
                balance = balance.subtract(in(currency, it.amount()));
            } else if (movement instanceof Movement.Returned it) {
                balance = balance.add(in(currency, it.amount()));
            } else if (movement instanceof Movement.Waived it) {
                balance = balance.subtract(in(currency, it.amount()));
            } else if (movement instanceof Movement.Reinstated it) {
                balance = balance.add(in(currency, it.amount()));
            }
        }
        return balance;
    }

    private static BigDecimal in(String currency, Money amount) {
        return amount.currency().getCurrencyCode().equals(currency) ? amount.amount() : BigDecimal.ZERO;
    }
}
