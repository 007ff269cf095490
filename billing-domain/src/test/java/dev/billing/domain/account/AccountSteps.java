package dev.billing.domain.account;

import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random movements, each of which may follow those before: what may be moved, the oracle knows. */
final class AccountSteps {

    static final Instant NOW = Instant.parse("2024-03-10T12:00:00Z");
    private static final int KINDS = 13;

    private AccountSteps() {}

    /**
     * One step in general terms.
     *
     * @param which picks a document, source or grant among those there are
     * @param share of what may be moved, in percent
     * @param seconds by which the clock goes on, or back
     */
    record Step(int kind, int which, int other, int share, int seconds) {}

    static Arbitrary<List<Step>> steps(int max) {
        Arbitrary<Integer> kinds = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(0, 1)),
                Tuple.of(4, Arbitraries.of(2, 2, 3, 6)),
                Tuple.of(2, Arbitraries.integers().between(0, KINDS - 1)));
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 20);
        Arbitrary<Integer> share =
                Arbitraries.oneOf(Arbitraries.just(100), Arbitraries.integers().between(1, 100));
        return Combinators.combine(
                        kinds, any, any, share, Arbitraries.integers().between(-3, 10))
                .as(Step::new)
                .list()
                .ofMinSize(max * 2 / 3)
                .ofMaxSize(max)
                .withoutEdgeCases();
    }

    /** A movement of no more than there is; none if there is nothing. */
    static Option<Movement> movement(Step step, SlowAccount slow) {
        return movement(step, slow, BigDecimal.ZERO);
    }

    /**
     * A movement of the step's share of what there is, or of all there is and so much more.
     *
     * @param beyond none if that is zero
     */
    static Option<Movement> movement(Step step, SlowAccount slow, BigDecimal beyond) {
        Option<InvoiceId> document = pick(slow.documents(), step.which());
        Option<Source> source = pick(slow.sources(), step.other());
        int next = slow.movements().size();
        String currency = step.other() % 5 == 0 ? "EUR" : "USD";
        Money amount = Money.of(currency, step.share() + "." + (step.which() + 10));
        return switch (step.kind()) {
            case 0 -> Option.some(new Movement.Charged(new InvoiceId("d" + next), amount));
            case 1 -> Option.some(new Movement.Received(source(step, next), amount));
            case 2 ->
                both(step, slow, slow.documents().filter(of -> slow.open(of).signum() > 0))
                        .flatMap(pair -> part(
                                        step,
                                        beyond,
                                        slow.open(pair._2).min(slow.free(pair._1)),
                                        slow.currency(pair._1))
                                .map(part -> new Movement.Allocated(pair._1, pair._2, part)));
            case 3 ->
                source.flatMap(from -> both(step, slow, slow.uses(from)))
                        .flatMap(pair -> part(step, beyond, slow.paid(pair._1, pair._2), slow.currency(pair._1))
                                .map(part -> new Movement.Released(pair._1, pair._2, part)));
            case 4 ->
                source.flatMap(from -> part(step, beyond, slow.free(from), slow.currency(from))
                        .map(part -> new Movement.Returned(
                                from, "r" + next, Movement.Returned.Kind.REFUND, part, Option.none())));
            case 5 ->
                document.flatMap(of -> part(step, beyond, slow.open(of), slow.currency(of))
                        .map(part -> new Movement.Waived(of, Movement.Waived.Kind.FORGIVEN, part, Option.none())));
            case 6 ->
                pick(slow.documents().filter(of -> slow.waived(of).signum() > 0), step.which())
                        .flatMap(of -> part(step, beyond, slow.waived(of), slow.currency(of))
                                .map(part -> new Movement.Reinstated(of, part)));
            case 7 ->
                document.map(of -> new Movement.Failed(
                        "f" + next, of, Money.of(slow.currency(of), "1.00"), Option.some("declined")));
            case 8 ->
                Option.some(new Movement.Granted(CreditGrant.of(
                        "g" + next, Money.of("USD", amount.amount().toPlainString()), NOW)));
            case 9, 10 ->
                pick(slow.grants(), step.which())
                        .flatMap(grant -> part(step, beyond, slow.left(grant), "USD")
                                .map(part -> new Movement.Drawn(grant, new InvoiceId("d" + step.other()), part)));
            case 11 -> Option.some(new Movement.Parked("reason " + next, "release"));
            default -> Option.when(slow.isParked(), () -> new Movement.Resumed("note"));
        };
    }

    private static Source source(Step step, int next) {
        return new Source(Array.of(Source.Kind.values()).get(step.which() % Source.Kind.values().length), "s" + next);
    }

    /** A source and one of these documents, of one currency. */
    private static Option<Tuple2<Source, InvoiceId>> both(Step step, SlowAccount slow, Seq<InvoiceId> documents) {
        return pick(slow.sources(), step.other())
                .flatMap(source -> pick(
                                documents.filter(
                                        document -> slow.currency(document).equals(slow.currency(source))),
                                step.which())
                        .map(document -> new Tuple2<>(source, document)));
    }

    private static Option<Money> part(Step step, BigDecimal beyond, BigDecimal most, String currency) {
        BigDecimal part = beyond.signum() == 0
                ? most.multiply(new BigDecimal(step.share())).movePointLeft(2)
                : most.add(beyond);
        return Option.when(part.signum() > 0, () -> Money.of(currency, part.toPlainString()));
    }

    private static <T> Option<T> pick(Seq<T> from, int which) {
        return from.isEmpty() ? Option.none() : Option.some(from.get(which % from.size()));
    }

    static Seq<Entry> entries(Seq<Movement> movements) {
        return movements.zipWithIndex((movement, n) -> new Entry(n + 1L, NOW.plusSeconds(n), movement));
    }

    /** Recorded by clocks that are not quite right. */
    static Seq<Entry> entries(List<Step> steps) {
        SlowAccount slow = new SlowAccount();
        Array<Entry> entries = Array.empty();
        Instant at = NOW;
        for (Step step : steps) {
            Option<Movement> movement = movement(step, slow);
            at = at.plusSeconds(step.seconds());
            if (movement.isDefined()) {
                slow.add(movement.get());
                entries = entries.append(new Entry(entries.size() + 1L, at, movement.get()));
            }
        }
        return entries;
    }
}
