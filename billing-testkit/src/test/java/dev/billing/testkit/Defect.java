package dev.billing.testkit;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.function.Supplier;

/**
 * Something that is wrong with a port.
 *
 * @param what it does wrong
 * @param breaks the rules that it breaks, with blanks between; two where the one cannot be broken without the other
 * @param broken makes one that does it
 */
record Defect<P>(String what, String breaks, Supplier<P> broken) {

    Seq<String> rules() {
        return Array.of(breaks.split(" "));
    }
}
