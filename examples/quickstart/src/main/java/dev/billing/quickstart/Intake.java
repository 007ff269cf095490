package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PricingError;
import dev.billing.domain.usage.FactId;
import dev.billing.port.PriceBooks;
import dev.billing.port.Recorded;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.FactFiles;
import dev.billing.quickstart.input.FactFiles.Line;
import dev.billing.quickstart.input.FocusFile;
import dev.billing.quickstart.input.PriceBookFile;
import dev.billing.quickstart.input.Problem;
import dev.billing.quickstart.input.Source;
import dev.billing.quickstart.input.UsageEvents;
import dev.billing.usecase.Report;
import dev.billing.usecase.ReportRefused;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.TreeSet;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Takes in what is billed by the month: prices, places, lifetimes and usage, and what providers charge. */
final class Intake {

    private static final long PROGRESS_EVERY = 50_000;

    /** The names that a price book may have; all that are there are taken. */
    private static final Seq<String> PRICE_BOOKS = Array.of("price-book.json", "price-book.yaml", "price-book.yml");

    private final TenantId tenant;
    private final Billing main;
    private final Billing others;
    private final Console console;
    private final FileReports reports;
    private Set<AccountId> accounts = TreeSet.of(Comparator.comparing(AccountId::value), FactFiles.MAIN);

    Intake(TenantId tenant, Billing main, Billing others, Console console, FileReports reports) {
        this.tenant = tenant;
        this.main = main;
        this.others = others;
        this.console = console;
        this.reports = reports;
    }

    /** The accounts that facts were taken for. */
    Seq<AccountId> accounts() {
        return accounts.toArray();
    }

    void sample() {
        reports.take(Source.bundled("price-book.json"), this::priceBook);
        reports.take(Source.bundled("places.csv"), this::places);
        reports.take(Source.bundled("lifetimes.csv"), source -> facts(source, FactFiles::lifetimes));
        reports.take(Source.bundled("usage.csv"), source -> facts(source, FactFiles::usage));
    }

    void folder(Path folder) {
        PRICE_BOOKS.forEach(name -> reports.takeIfThere(folder, name, this::priceBook));
        reports.takeIfThere(folder, "places.csv", this::places);
        reports.takeIfThere(folder, "lifetimes.csv", source -> facts(source, FactFiles::lifetimes));
        reports.takeIfThere(folder, "usage.csv", source -> facts(source, FactFiles::usage));
        reports.takeIfThere(folder, "usage.ndjson", source -> facts(source, UsageEvents::read));
    }

    void focus(Path file, Instant now) {
        reports.take(Source.file(file), source -> costs(source, now));
    }

    private void priceBook(Source source) throws IOException {
        FileReports.Problems problems = reports.problems();
        PriceBookFile.read(source)
                .flatMap(book -> Intake.countable(source, book))
                .peekLeft(found -> found.forEach(problems))
                .peek(book -> main.priceBooks()
                        .put(tenant, book)
                        .mapLeft(PriceBooks.VersionReused::message)
                        .peekLeft(rule -> problems.accept(new Problem(source.name(), 1, "version", rule, ""))));
        reports.report(source, problems, problems.isEmpty() ? 1 : 0, "price book");
    }

    /** This program has no aggregations of its own. */
    private static Either<Seq<Problem>, PriceBook> countable(Source source, PriceBook book) {
        Seq<Problem> custom = book.meters()
                .values()
                .filter(meter -> meter.aggregation() instanceof Aggregation.Custom)
                .map(meter -> new Problem(
                        source.name(),
                        1,
                        "meters",
                        "An aggregation must be one that this program has, but that of '" + meter.name()
                                + "' is custom",
                        meter.aggregation().toString()))
                .toArray();
        return custom.isEmpty() ? Either.right(book) : Either.left(custom);
    }

    private void places(Source source) throws IOException {
        FileReports.Problems problems = reports.problems();
        var lines = FactFiles.places(source, problems);
        boolean takes = reports.takes(problems);
        if (takes) {
            lines.flatMap(Line::value).forEach(place -> main.directory().put(tenant, place));
        }
        reports.report(source, problems, takes ? lines.size() : 0, "apps");
    }

    private interface FactReader {
        Seq<Line<Report>> read(Source source, Consumer<Problem> problems) throws IOException;
    }

    private void facts(Source source, FactReader reader) throws IOException {
        FileReports.Problems problems = reports.problems();
        Seq<Line<Report>> lines = reader.read(source, problems);
        Recorded recorded = reports.takes(problems) ? record(lines, problems) : Recorded.NOTHING;
        reports.report(
                source, problems, recorded.added() + recorded.known(), "facts, " + recorded.added() + " of them new");
    }

    private Recorded record(Seq<Line<Report>> lines, FileReports.Problems problems) {
        Seq<Line<Report>> mainLines = lines.filter(line -> isMain(line.value()));
        Seq<Line<Report>> otherLines = lines.reject(line -> isMain(line.value()));
        Recorded recorded = record(main, mainLines, problems).plus(record(others, otherLines, problems));
        accounts = accounts.addAll(lines.map(line -> line.value().account()));
        return recorded;
    }

    private static boolean isMain(Report report) {
        return report.account().equals(FactFiles.MAIN);
    }

    /** What is refused is told and, if that is allowed, left out, until the rest is accepted. */
    private Recorded record(Billing billing, Seq<Line<Report>> lines, FileReports.Problems problems) {
        Either<Seq<ReportRefused>, Recorded> result = billing.recordFacts().record(tenant, lines.map(Line::value));
        if (result.isRight()) {
            return result.get();
        }
        Seq<Refusal> refusals = result.getLeft().map(reason -> Refusal.of(lines, reason));
        refusals.map(Refusal::problem).forEach(problems);
        return reports.isLenient()
                ? record(billing, lines.removeAll(refusals.map(Refusal::line)), problems)
                : Recorded.NOTHING;
    }

    /** A line that is refused, and why. Of several with one id, the last is the one too many. */
    private record Refusal(Line<Report> line, ReportRefused reason) {

        static Refusal of(Seq<Line<Report>> lines, ReportRefused reason) {
            FactId id = reason.report();
            return new Refusal(
                    lines.findLast(line -> line.value().id().equals(id)).get(), reason);
        }

        Problem problem() {
            return line.problem(field(reason, line.value()), reason.message());
        }
    }

    private static String field(ReportRefused refused, Report report) {
        if (refused instanceof ReportRefused.NotKept) {
            return "id";
        }
        if (refused instanceof ReportRefused.EndsBeforeItBegins) {
            return "until";
        }
        if (refused instanceof ReportRefused.NegativeQuantity) {
            return "quantity";
        }
        if (refused instanceof ReportRefused.NotPriced unpriced && unpriced.why() instanceof PricingError.NoPriceBook) {
            return report instanceof Report.Used ? "at" : "from";
        }
        return report instanceof Report.Used ? "meter" : "sku";
    }

    private void costs(Source source, Instant now) throws IOException {
        FileReports.Problems problems = reports.problems();
        FocusFile file = FocusFile.check(source, now, problems);
        if (!reports.takes(problems)) {
            reports.report(source, problems, 0, "costs");
            return;
        }
        long start = System.nanoTime();
        try (FocusFile.Costs costs = file.read()) {
            Either<?, Long> taken = main.importCosts().take(tenant, file.digest(), costs, progress(source, start));
            if (taken.isLeft()) {
                problems.accept(new Problem(source.name(), 1, "", String.valueOf(taken.getLeft()), ""));
            }
            reports.report(source, problems, taken.getOrElse(0L), "costs, " + rate(taken.getOrElse(0L), start));
        }
    }

    private LongConsumer progress(Source source, long start) {
        return taken -> {
            if (taken % PROGRESS_EVERY == 0) {
                console.complain(source.name() + ": " + taken + " costs, " + rate(taken, start));
            }
        };
    }

    private static String rate(long count, long start) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return count * 1_000 / Math.max(1, time.toMillis()) + " lines/s";
    }
}
