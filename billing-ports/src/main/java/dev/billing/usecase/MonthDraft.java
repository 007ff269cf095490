package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;

/**
 * The draft of a month, as it is stored or about to be.
 *
 * @param lines those that are stored
 */
record MonthDraft(MonthParties parties, Period period, Option<Stored> known, Seq<LineItem> lines, Instant now) {

    /** With what the names begin under which a document keeps the accounts whose lines it has beside those of its own. */
    private static final String MEMBER = AccountDetails.MEMBER;

    MonthDraft {
        requireNonNull(parties, "parties");
        requireNonNull(period, "period");
        requireNonNull(known, "known");
        requireNonNull(lines, "lines");
        requireNonNull(now, "now");
    }

    /** The draft of a period, if there is none yet or one that may change. */
    static Either<BillingError, MonthDraft> of(Planning planning, MonthParties parties, Period period) {
        Access access = withCosts(planning.access());
        Option<Stored> known = planning.ports().invoices().find(access, MonthDocument.id(parties.account(), period));
        return known.flatMap(MonthDraft::refusal)
                .<Either<BillingError, MonthDraft>>map(Either::left)
                .getOrElse(() -> Either.right(new MonthDraft(
                        parties,
                        period,
                        known,
                        known.toArray().flatMap(stored -> lines(planning, stored)),
                        planning.now())));
    }

    /** What is written back has its costs, whoever asks. */
    static Access withCosts(Access access) {
        return new Access(access.tenant(), access.accounts(), Option.none());
    }

    static Seq<LineItem> lines(Planning planning, Stored stored) {
        return planning.ports()
                .invoices()
                .lines(
                        withCosts(planning.access()),
                        LineItemQuery.of(stored.invoice().head().id()),
                        lines -> Array.ofAll(() -> lines));
    }

    private static Option<BillingError> refusal(Stored known) {
        InvoiceId id = known.invoice().head().id();
        if (known.invoice() instanceof Invoice.Issued) {
            return Option.some(new MonthRefused.AlreadyFinal(id));
        }
        return switch (known.standing().status()) {
            case IN_REVIEW -> Option.some(new MonthRefused.InReview(id));
            case VOID -> Option.some(new MonthRefused.Dropped(id));
            default -> Option.none();
        };
    }

    InvoiceId id() {
        return MonthDocument.id(parties.account(), period);
    }

    /** The lines that somebody added, which billing again keeps. */
    Seq<LineItem> added() {
        return lines.reject(MonthLines::isRated);
    }

    /** With these lines in place of those that were rated before; nothing if that changes nothing. */
    Plan rated(RatedMonth month, Seq<AccountId> members) {
        Seq<LineItem> added = MonthLines.behind(month.lines(), added());
        Seq<LineItem> all = MonthLines.posted(month.lines(), lines.toMap(LineItem::id, line -> line))
                .appendAll(added);
        Head head = head(members);
        Figures figures = month.figures(added);
        boolean same = known.exists(stored -> stored.invoice().head().equals(head)
                        && stored.invoice().figures().equals(figures))
                && all.equals(lines);
        return same ? Plan.NOTHING : revised(head, figures, all, Change.REPLACE_LINES);
    }

    /** With some more lines that billing again keeps. */
    Plan with(Seq<LineItem> more) {
        Seq<LineItem> placed = MonthLines.behind(lines, more);
        DraftFigures drafts = new DraftFigures(parties.profile());
        CurrencyUnit currency = parties.profile().currency();
        return known.map(Stored::invoice)
                .map(before -> revised(
                        before.head(), drafts.with(before.figures(), placed, currency), placed, Change.ADD_LINES))
                .getOrElse(() -> revised(head(Array.empty()), drafts.of(placed, currency), placed, Change.ADD_LINES));
    }

    private Plan revised(Head head, Figures figures, Seq<LineItem> written, Change change) {
        long revision = known.map(stored -> ((Invoice.Running) stored.invoice()).revision())
                        .getOrElse(0L)
                + 1;
        String type = known.isEmpty() ? "invoice.created" : "invoice.updated";
        return Plan.of(
                new Write.Revise(new Invoice.Running(head, figures, revision, now), written, change),
                Event.of(type, head.account(), head.id().value(), now).with("revision", revision));
    }

    private Head head(Seq<AccountId> members) {
        Option<Head> before = known.map(stored -> stored.invoice().head());
        return new Head(
                id(),
                parties.profile().name(),
                parties.account(),
                parties.account(),
                Option.none(),
                Option.some(period),
                parties.placesWith(before.map(Head::places).getOrElse(HashMap.empty())),
                parties.customer(),
                parties.profile().currency(),
                before.map(Head::createdAt).getOrElse(now),
                attributes(parties.attributesWith(before.map(Head::attributes).getOrElse(HashMap.empty())), members));
    }

    private static Map<String, Attribute> attributes(Map<String, Attribute> others, Seq<AccountId> members) {
        return members.foldLeft(
                others.filterKeys(name -> !name.startsWith(MEMBER)),
                (all, member) -> all.put(name(member), Attribute.of(member.value())));
    }

    /** An id may be longer than what is left of a name. */
    private static String name(AccountId member) {
        return MEMBER + Fingerprint.of(member);
    }

    /** That a document has the lines of an account beside those of its own. */
    static InvoiceCondition names(AccountId member) {
        return new InvoiceCondition.WithAttribute(name(member), HashSet.of(Attribute.of(member.value())));
    }

    /** The accounts whose lines a document has beside those of its own. */
    static Seq<AccountId> members(Head head) {
        return head.attributes()
                .filterKeys(name -> name.startsWith(MEMBER))
                .values()
                .toArray()
                .map(member -> new AccountId(((Attribute.Text) member).value()))
                .sortBy(AccountId::value);
    }
}
