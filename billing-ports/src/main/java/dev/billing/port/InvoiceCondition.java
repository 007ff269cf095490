package dev.billing.port;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.TextOrder;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.period.Period;
import dev.billing.port.InvoiceQuery.Form;
import io.vavr.collection.Set;
import java.time.Instant;

/**
 * One condition on a document, as data, so that every store can push it down. Where a condition has several values, one of them must
 * fit; no values fit nothing. {@link #isMetBy} is what each of them means.
 */
public sealed interface InvoiceCondition {

    boolean isMetBy(Stored stored);

    /** A condition on what the document is about. */
    sealed interface OnHead extends InvoiceCondition {
        boolean isMetBy(Head head);

        @Override
        default boolean isMetBy(Stored stored) {
            return isMetBy(stored.invoice().head());
        }
    }

    /** The document is one of these. */
    record WithId(Set<InvoiceId> ids) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return ids.contains(head.id());
        }
    }

    /** The documents of some profiles. */
    record OfProfile(Set<String> profiles) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return profiles.contains(head.profile());
        }
    }

    /** Who is billed. */
    record OfAccount(Set<AccountId> accounts) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return accounts.contains(head.account());
        }
    }

    /** The form it is stored in. */
    record InForm(Form form) implements InvoiceCondition {
        @Override
        public boolean isMetBy(Stored stored) {
            return form == Form.of(stored.invoice());
        }
    }

    /** Where it stands. */
    record WithStatus(Set<InvoiceStatus> statuses) implements InvoiceCondition {
        @Override
        public boolean isMetBy(Stored stored) {
            return statuses.contains(stored.standing().status());
        }
    }

    /** Its period shares time with this one; a document without a period does not. */
    record Overlapping(Period period) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.period().exists(period::overlaps);
        }
    }

    /** Its period begins within one of these. */
    record StartsWithin(Set<Period> periods) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.period().exists(own -> periods.exists(period -> period.contains(own.start())));
        }
    }

    /** Its period begins then or later. */
    record StartsFrom(Instant from) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.period().exists(own -> !own.start().isBefore(from));
        }
    }

    /** Its period ends then or earlier. */
    record EndsBy(Instant end) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.period().exists(own -> !own.end().isAfter(end));
        }
    }

    /** It was changed then or later, the document itself or how it stands. */
    record ChangedFrom(Instant from) implements InvoiceCondition {
        @Override
        public boolean isMetBy(Stored stored) {
            return !stored.updatedAt().isBefore(from);
        }
    }

    /** The kind of its subject. */
    record SubjectType(Set<String> types) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.subject().map(Ref::type).exists(types::contains);
        }
    }

    /** The identity of its subject, among those of its kind. */
    record SubjectId(Set<String> ids) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.subject().map(Ref::id).exists(ids::contains);
        }
    }

    /** The name of its subject, in exact case. */
    record SubjectName(Set<String> names) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.subject().map(Ref::name).exists(names::contains);
        }
    }

    /** A part of the name of its subject, in any case; no character has a special meaning. */
    record SubjectNameContains(Set<String> parts) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.subject()
                    .map(subject -> TextOrder.folded(subject.name()))
                    .exists(name -> parts.map(TextOrder::folded).exists(name::contains));
        }
    }

    /** It belongs to one of these places, by their ids. */
    record At(Dimension dimension, Set<String> placeIds) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.places().get(dimension).map(Ref::id).exists(placeIds::contains);
        }
    }

    /** It has one of these values as an attribute. */
    record WithAttribute(String name, Set<Attribute> values) implements OnHead {
        @Override
        public boolean isMetBy(Head head) {
            return head.attributes().get(name).exists(values::contains);
        }
    }

    /** Somebody put a tag of this name on it. */
    record HasTag(String name) implements InvoiceCondition {
        @Override
        public boolean isMetBy(Stored stored) {
            return stored.standing().tags().exists(tag -> tag.name().equals(name));
        }
    }

    /** Somebody put a tag of this name on it that has one of these values. */
    record Tagged(String name, Set<String> values) implements InvoiceCondition {
        @Override
        public boolean isMetBy(Stored stored) {
            return stored.standing().tags().exists(tag -> tag.name().equals(name) && values.contains(tag.value()));
        }
    }

    /** It comes after a document in an order; that document itself does not. */
    record After(InvoiceOrder order, Stored document) implements InvoiceCondition {
        @Override
        public boolean isMetBy(Stored stored) {
            return order.compare(stored, document) > 0;
        }
    }
}
