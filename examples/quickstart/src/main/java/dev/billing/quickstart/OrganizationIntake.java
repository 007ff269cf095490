package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.Access;
import dev.billing.port.Place;
import dev.billing.port.Recorded;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.FactFiles.Line;
import dev.billing.quickstart.input.OrganizationFiles;
import dev.billing.quickstart.input.OrganizationFiles.Organization;
import dev.billing.quickstart.input.OrganizationFiles.Paid;
import dev.billing.quickstart.input.Source;
import dev.billing.usecase.Charge;
import dev.billing.usecase.PostCharges;
import dev.billing.usecase.SettlePeriod.Terms;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Takes in organizations, posts the charges of their days, settles the months that are over, and notes what was paid. */
final class OrganizationIntake {

    private final TenantId tenant;
    private final Billing billing;
    private final Clock clock;
    private final FileReports reports;
    private Map<AccountId, Organization> organizations = LinkedHashMap.empty();

    /**
     * Takes in files.
     *
     * @param billing under the profile of Atlas
     */
    OrganizationIntake(TenantId tenant, Billing billing, Clock clock, FileReports reports) {
        this.tenant = tenant;
        this.billing = billing;
        this.clock = clock;
        this.reports = reports;
    }

    /** The organizations that were named. */
    Map<AccountId, Organization> organizations() {
        return organizations;
    }

    void sample() {
        reports.take(Source.bundled("organizations.csv"), this::organizations);
        reports.take(Source.bundled("charges.csv"), this::charges);
        reports.take(Source.bundled("payments.csv"), this::payments);
    }

    void folder(Path folder) {
        reports.takeIfThere(folder, "organizations.csv", this::organizations);
        reports.takeIfThere(folder, "charges.csv", this::charges);
        reports.takeIfThere(folder, "payments.csv", this::payments);
    }

    private void organizations(Source source) throws IOException {
        FileReports.Problems problems = reports.problems();
        Seq<Organization> named =
                OrganizationFiles.organizations(source, problems).map(Line::value);
        boolean takes = reports.takes(problems);
        if (takes) {
            organizations = LinkedHashMap.ofEntries(named.map(one -> new Tuple2<>(one.id(), one)));
            named.forEach(one -> billing.directory()
                    .put(
                            tenant,
                            new Place(
                                    Atlas.ORGANIZATION,
                                    new Ref("organization", one.id().value(), one.name()),
                                    LinkedHashMap.empty(),
                                    Instant.EPOCH)));
        }
        reports.report(source, problems, takes ? named.size() : 0, "organizations");
    }

    /** The charges of an organization are posted month by month, and each month that is over is settled before the next begins. */
    private void charges(Source source) throws IOException {
        FileReports.Problems problems = reports.problems();
        Seq<Line<Charge>> lines = OrganizationFiles.charges(source, problems);
        Recorded recorded = Recorded.NOTHING;
        if (reports.takes(problems)) {
            for (var ofOne : lines.groupBy(line -> line.value().account()).values()) {
                for (var ofMonth : ofOne.groupBy(this::monthOf).toArray().sortBy(Tuple2::_1)) {
                    recorded = recorded.plus(post(ofMonth._2, problems));
                    settle(ofMonth._1, ofMonth._2, problems);
                }
            }
        }
        reports.report(
                source, problems, recorded.added() + recorded.known(), "charges, " + recorded.added() + " of them new");
    }

    private YearMonth monthOf(Line<Charge> line) {
        return billing.profile().calendar().monthAt(line.value().period().start());
    }

    /** A month's document is opened with its first charge. */
    private Recorded post(Seq<Line<Charge>> lines, FileReports.Problems problems) {
        Instant first = lines.map(line -> line.value().createdAt()).min().get();
        return at(first)
                .postCharges()
                .post(tenant, lines.map(Line::value))
                .peekLeft(refused -> problems.accept(lines.head().problem("id", refused.message())))
                .getOrElse(Recorded.NOTHING);
    }

    private void settle(YearMonth month, Seq<Line<Charge>> lines, FileReports.Problems problems) {
        Instant end = billing.profile().calendar().period(month).end();
        Instant last = lines.map(line -> line.value().createdAt()).max().get();
        if (!clock.instant().isBefore(end)) {
            AccountId organization = lines.head().value().account();
            at(last.isAfter(end) ? last : end)
                    .settlePeriod()
                    .settle(Access.to(tenant, organization), organization, month, terms(organization))
                    .peekLeft(refused -> problems.accept(lines.head().problem("start", refused.message())));
        }
    }

    /** The billing of an instant, or of now if that is earlier: what is read from files happened when they say. */
    private Billing at(Instant instant) {
        return instant.isBefore(clock.instant()) ? billing.with(Clock.fixed(instant, ZoneOffset.UTC)) : billing;
    }

    private Terms terms(AccountId organization) {
        return organizations
                .get(organization)
                .map(known -> new Terms(known.taxRate(), known.elastic()))
                .getOrElse(new Terms(BigDecimal.ZERO, false));
    }

    private void payments(Source source) throws IOException {
        FileReports.Problems problems = reports.problems();
        Seq<Line<Paid>> lines = OrganizationFiles.payments(source, problems);
        Seq<Line<Paid>> taken = reports.takes(problems) ? lines : Array.empty();
        taken.forEach(line -> pay(line, problems));
        reports.report(source, problems, taken.size(), "payments");
    }

    private void pay(Line<Paid> line, FileReports.Problems problems) {
        Paid paid = line.value();
        Access access = Access.to(tenant, paid.organization());
        YearMonth month = billing.profile().calendar().monthAt(paid.month());
        InvoiceId id = PostCharges.idOf(
                paid.organization(), billing.profile().calendar().period(month));
        Option<Stored> stored = billing.readInvoices().find(access, id);
        if (stored.isEmpty()) {
            problems.accept(line.problem("month", "A month must have charges before it is paid"));
            return;
        }
        var figures = stored.get().invoice().figures();
        Payment payment = new Payment(
                paid.id(),
                Payment.Status.PAID,
                figures.amount(Atlas.SUBTOTAL),
                figures.amount(Atlas.TAX),
                figures.amount(Atlas.BILLED),
                figures.amount(Atlas.BILLED),
                paid.at(),
                paid.at());
        billing.recordPayment(Atlas.BILLED)
                .record(access, id, payment)
                .peekLeft(refused -> problems.accept(line.problem("id", refused.message())));
    }
}
