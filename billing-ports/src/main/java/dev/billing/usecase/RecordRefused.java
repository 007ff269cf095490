package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.money.Money;
import dev.billing.port.CommitRefused;
import javax.money.CurrencyUnit;

/** Why a payment, a refund or a waiver was not recorded. */
public sealed interface RecordRefused extends BillingError {

    /** There is no such document within the caller's access. */
    record UnknownInvoice(InvoiceId invoice) implements RecordRefused {
        @Override
        public String message() {
            return "A document must exist within the caller's access, but '" + invoice + "' does not";
        }
    }

    /** What stands so cannot stand so next. */
    record StatusForbids(InvoiceId invoice, InvoiceStatus from, InvoiceStatus to) implements RecordRefused {
        @Override
        public String message() {
            return "A document that is " + from + " must not become " + to + ", so nothing was recorded on '" + invoice
                    + "'";
        }
    }

    /** The payment neither succeeded nor failed. */
    record NotDecided(String payment, Payment.Status status) implements RecordRefused {
        @Override
        public String message() {
            return "A payment must be PAID, or FAILED with nothing paid, to be recorded, but '" + payment + "' is "
                    + status;
        }
    }

    /** The payment is there with other content. */
    record OtherContent(InvoiceId invoice, String payment) implements RecordRefused {
        @Override
        public String message() {
            return "A payment's id must name one payment, but '" + payment + "' on '" + invoice
                    + "' was recorded with other content";
        }
    }

    /** The amount is of another currency than the document. */
    record OtherCurrency(InvoiceId invoice, CurrencyUnit given, CurrencyUnit expected) implements RecordRefused {
        @Override
        public String message() {
            return "An amount on '" + invoice + "' must be in " + expected + ", but was in " + given;
        }
    }

    /** More would be paid than is due. */
    record MoreThanDue(InvoiceId invoice, Money paid, Money due) implements RecordRefused {
        @Override
        public String message() {
            return "Payments must not exceed what is due, but on '" + invoice + "' they would be " + paid + " of "
                    + due;
        }
    }

    /** There is no payment to refund. */
    record UnknownPayment(InvoiceId invoice, String payment) implements RecordRefused {
        @Override
        public String message() {
            return "A refund must be of a payment on its document, but '" + invoice + "' has no payment '" + payment
                    + "'";
        }
    }

    /** More would be given back than was paid. */
    record MoreThanPaid(InvoiceId invoice, String payment, Money refunded, Money paid) implements RecordRefused {
        @Override
        public String message() {
            return "Refunds must not exceed their payment, but those of '" + payment + "' on '" + invoice
                    + "' would be " + refunded + " of " + paid;
        }
    }

    /** The store refused the change. */
    record NotStored(CommitRefused why) implements RecordRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}
