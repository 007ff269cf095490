package dev.billing.http.spaces;

import dev.billing.http.Parameters;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.regex.Pattern;

/**
 * What the parameters of a list ask for. Unknown parameters are ignored.
 *
 * @param cursor next to which the page is; none for the first page
 */
record SpacesPaging(int limit, Option<Cursor> cursor) {

    private static final String LIMIT = "limit";
    private static final String AFTER = "starting_after";
    private static final String BEFORE = "starting_before";
    private static final Seq<String> NAMES = Array.of(LIMIT, AFTER, BEFORE);
    private static final Pattern ONE_TO_A_HUNDRED = Pattern.compile("0*([1-9][0-9]?|100)");
    private static final int DEFAULT_LIMIT = 20;

    /**
     * An invoice, and on which side of it the page is.
     *
     * @param param the name it was given under
     */
    record Cursor(String param, String id) {

        /** Whether the page is what comes before the invoice in the list. */
        boolean backwards() {
            return param.equals(BEFORE);
        }

        SpacesProblem unknown() {
            return SpacesProblem.badParameter(param, param + " must be the id of an invoice.");
        }
    }

    /** The first check that fails answers: repeated, limit, both cursors. */
    static Either<SpacesProblem, SpacesPaging> of(Parameters parameters) {
        return NAMES.find(name -> parameters.values(name).size() > 1)
                .<Either<SpacesProblem, SpacesPaging>>map(
                        name -> Either.left(SpacesProblem.badParameter(name, name + " may be given only once.")))
                .getOrElse(() -> limit(parameters)
                        .flatMap(limit -> cursor(parameters).map(cursor -> new SpacesPaging(limit, cursor))));
    }

    private static Either<SpacesProblem, Integer> limit(Parameters parameters) {
        Option<String> given = parameters.first(LIMIT);
        return given.exists(text -> !ONE_TO_A_HUNDRED.matcher(text).matches())
                ? Either.left(SpacesProblem.badParameter(LIMIT, "limit must be a whole number from 1 to 100."))
                : Either.right(given.map(Integer::parseInt).getOrElse(DEFAULT_LIMIT));
    }

    private static Either<SpacesProblem, Option<Cursor>> cursor(Parameters parameters) {
        Seq<Cursor> cursors =
                Array.of(AFTER, BEFORE).flatMap(name -> parameters.first(name).map(id -> new Cursor(name, id)));
        return cursors.size() > 1
                ? Either.left(
                        SpacesProblem.badParameter(BEFORE, "starting_after and starting_before cannot be combined."))
                : Either.right(cursors.headOption());
    }
}
