package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/**
 * The lines that rating gives a month, and how they are told from others. Rating names all its lines: {@code lifetime/…},
 * {@code usage/…}, {@code subscription/…}, {@code true-up/…}, {@code limit/…}, and those of another account on its payer's document
 * {@code of/…}. A line with another id was added by somebody, and billing the month again keeps it.
 */
final class MonthLines {

    /** On its payer's document, the account that a line is for. */
    static final Dimension ACCOUNT = new Dimension("account");

    private static final String OF_ACCOUNT = "of/";
    private static final Seq<String> RATED =
            Array.of("lifetime/", "usage/", "subscription/", "true-up/", "limit/", OF_ACCOUNT);
    private static final int MAX_ID = 250;

    private MonthLines() {}

    /** Whether rating gave a line its id. */
    static boolean isRated(LineItem line) {
        return RATED.exists(line.id().value()::startsWith);
    }

    /** A line as it is on the document of the account's payer. */
    static LineItem of(AccountId account, LineItem line) {
        String plain = OF_ACCOUNT + account + "/" + line.id();
        LineId id = new LineId(plain.length() <= MAX_ID ? plain : OF_ACCOUNT + Fingerprint.of(account, line.id()));
        return line.named(id).in(line.places().put(ACCOUNT, new Ref("account", account.value(), "")));
    }

    /**
     * Lines that are the same but for the time at which they were computed keep the time of the first. What explains how a discount was
     * spread over all lines is no part of a line's own sameness.
     */
    static Seq<LineItem> posted(Seq<LineItem> lines, Map<LineId, LineItem> before) {
        return lines.map(line -> before.get(line.id())
                .map(known -> line.toBuilder().postedAt(known.postedAt()).build())
                .filter(same ->
                        bare(same).equals(bare(before.get(line.id()).get().at(line.position()))))
                .getOrElse(line));
    }

    private static LineItem bare(LineItem line) {
        return line.toBuilder().settled(Option.none()).build();
    }

    /** Behind the last of some lines, in their order. */
    static Seq<LineItem> behind(Seq<LineItem> first, Seq<LineItem> more) {
        long next = first.map(LineItem::position).max().map(last -> last + 1).getOrElse(0L);
        return more.zipWithIndex((line, index) -> line.at(next + index));
    }
}
