package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;

/** Where a line comes from. */
public sealed interface Origin {

    /** What we computed, before the terms of the account: discounts that come later, credit and taxes; none if somebody else did. */
    default Option<Money> computed() {
        return Option.none();
    }

    /** The same origin, without anything that tells what the line costs us. */
    Origin withoutCosts();

    /**
     * We computed it, and can say how.
     *
     * @param why how its agreed price came about: before discounts, and with the taxes that the price includes
     */
    record Rated(Derivation why) implements Origin {
        public Rated {
            requireNonNull(why, "why");
        }

        @Override
        public Option<Money> computed() {
            return Option.some(why.amount());
        }

        @Override
        public Origin withoutCosts() {
            return this;
        }
    }

    /**
     * We computed it from what other lines charge: it brings them up to a minimum or down to a maximum.
     *
     * @param why how its amount came about
     */
    record Bounded(Bound why) implements Origin {
        public Bounded {
            requireNonNull(why, "why");
        }

        @Override
        public Option<Money> computed() {
            return Option.some(why.amount());
        }

        @Override
        public Origin withoutCosts() {
            return this;
        }
    }

    /**
     * Somebody else did; amounts are kept as received and never recomputed.
     *
     * @param externalId its identity where it comes from
     * @param text what else came with it, by name; see {@link #UNIT_COST}
     * @param raw the source's own record, unread
     */
    record Provided(String externalId, Map<String, String> text, Option<String> raw) implements Origin {
        public Provided {
            requireNonNull(externalId, "externalId");
            requireNonNull(text, "text");
            requireNonNull(raw, "raw");
        }

        /** The name under which a source's own rate is kept: a number, or a word such as {@code hour}. */
        public static final String UNIT_COST = "unit cost";

        @Override
        public Origin withoutCosts() {
            boolean tells = text.get(UNIT_COST).exists(Provided::isNumber);
            return new Provided(externalId, tells ? text.remove(UNIT_COST) : text, Option.none());
        }

        private static boolean isNumber(String value) {
            try {
                Decimals.parse(value.strip());
                return true;
            } catch (IllegalArgumentException aWord) {
                return false;
            }
        }

        public static Provided of(String externalId) {
            return new Provided(externalId, HashMap.empty(), Option.none());
        }
    }
}
