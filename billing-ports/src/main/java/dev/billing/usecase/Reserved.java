package dev.billing.usecase;

import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.line.LineItem;
import io.vavr.collection.HashSet;
import io.vavr.collection.Set;

/** The names by which commands know what they made themselves, so that nobody else may use them. */
final class Reserved {

    private static final Set<String> ATTRIBUTES = HashSet.of(CreditNotes.CREDITED, Corrections.CORRECTS, Debtor.PAYER);

    private Reserved() {}

    /** Whether a document says by this attribute what it credits or corrects, who pays it, or whom it bills. */
    static boolean isAttribute(String name) {
        return ATTRIBUTES.contains(name) || name.startsWith(AccountDetails.MEMBER);
    }

    /** Whether a line would be taken for one that rating gives a month, or for a correction. */
    static boolean isLine(Head head, LineItem line) {
        return (MonthsBilled.isMonth(head) && MonthLines.isRated(line))
                || Corrections.month(line).isDefined();
    }
}
