package dev.billing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.port.Directory;
import dev.billing.port.PaymentGateway;
import dev.billing.port.Ports;
import dev.billing.port.PriceBooks;
import dev.billing.port.TaxCalculator;
import dev.billing.port.TenantId;
import dev.billing.usecase.CloseMonth;
import dev.billing.usecase.CollectPayments;
import dev.billing.usecase.Commands;
import dev.billing.usecase.DeliverEvents;
import dev.billing.usecase.ImportCosts;
import dev.billing.usecase.ImportDocument;
import dev.billing.usecase.LateFacts;
import dev.billing.usecase.MeterCloud;
import dev.billing.usecase.PlaceOrder;
import dev.billing.usecase.PostCharges;
import dev.billing.usecase.PreviewMonth;
import dev.billing.usecase.ReadInvoices;
import dev.billing.usecase.ReadMonth;
import dev.billing.usecase.ReadStatement;
import dev.billing.usecase.RecordFacts;
import dev.billing.usecase.RecordPayment;
import dev.billing.usecase.RunMonth;
import dev.billing.usecase.SettlePeriod;
import dev.billing.usecase.ShipOrder;
import dev.billing.usecase.TagInvoice;
import dev.billing.usecase.VerifyTenant;
import dev.billing.usecase.WhatIf;
import io.vavr.collection.Array;
import java.time.Clock;

/**
 * The object to start with: all use cases over your ports, under one profile.
 * <p>
 * Cheap to make and safe for use by many threads. A service that bills under several profiles makes one for each, over the same ports.
 */
public final class Billing {

    private final Ports ports;
    private final Profile profile;
    private final Clock clock;

    private Billing(Ports ports, Profile profile, Clock clock) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Bills under {@link Standard}, by the system's clock. */
    public static Billing on(Ports ports) {
        return new Billing(ports, Standard.profile(), Clock.systemUTC());
    }

    /** The same ports under another profile. */
    public Billing with(Profile other) {
        return new Billing(ports, other, clock);
    }

    /** The same ports by another clock. */
    public Billing with(Clock other) {
        return new Billing(ports, profile, other);
    }

    /**
     * The same ports with an engine that computes all taxes: of what is billed, corrected, previewed under terms and compared. Terms must
     * have no tax rates then. Without one, taxes are those of the terms.
     */
    public Billing with(TaxCalculator taxes) {
        return new Billing(ports.with(taxes), profile, clock);
    }

    public Profile profile() {
        return profile;
    }

    public RecordFacts recordFacts() {
        return new RecordFacts(ports.usage(), ports.priceBooks(), profile, clock, ports.invoices());
    }

    public PreviewMonth previewMonth() {
        return new PreviewMonth(ports, profile);
    }

    public WhatIf whatIf() {
        return new WhatIf(ports, profile);
    }

    public CloseMonth closeMonth() {
        return new CloseMonth(ports, profile, clock);
    }

    public ReadMonth readMonth() {
        return new ReadMonth(ports, profile, clock);
    }

    public ReadInvoices readInvoices() {
        return new ReadInvoices(ports.invoices());
    }

    public ImportCosts importCosts() {
        return new ImportCosts(ports.invoices(), profile, clock);
    }

    /** Places orders of shops, whatever the profile. */
    public PlaceOrder placeOrder() {
        return new PlaceOrder(ports, clock);
    }

    public ShipOrder shipOrder() {
        return new ShipOrder(ports.invoices(), clock);
    }

    /** Posts daily charges; under a profile made from {@link Atlas}. */
    public PostCharges postCharges() {
        return new PostCharges(ports.invoices(), profile, clock);
    }

    /** Settles what was charged in a month; under a profile made from {@link Atlas}. */
    public SettlePeriod settlePeriod() {
        return new SettlePeriod(ports, profile, clock);
    }

    /**
     * Records payments.
     *
     * @param due the figure that is to be paid
     */
    public RecordPayment recordPayment(FigureKey due) {
        return new RecordPayment(ports.invoices(), ports.accounts(), due, clock)
                .with(profile.invoicing().lifeCycle());
    }

    /** Takes in whole documents from outside, whatever the profile. */
    public ImportDocument importDocument() {
        return new ImportDocument(ports.invoices());
    }

    /** Bills clouds; under a profile made from {@link Morpheus}. */
    public MeterCloud meterCloud() {
        return new MeterCloud(ports.invoices(), profile, clock);
    }

    /** Runs commands on documents and accounts. */
    public Commands commands() {
        return new Commands(ports, profile, clock);
    }

    /** Reads what accounts owe. */
    public ReadStatement readStatement() {
        return new ReadStatement(ports, clock);
    }

    /** Bills a month for all accounts of a tenant. */
    public RunMonth runMonth() {
        return new RunMonth(ports, profile, clock);
    }

    /** Tells what final months would be corrected by. */
    public LateFacts lateFacts() {
        return new LateFacts(ports, profile, clock);
    }

    /** Hands on what happened in a tenant. */
    public DeliverEvents deliverEvents(TenantId tenant, DeliverEvents.Sink sink) {
        return new DeliverEvents(ports.outbox(), tenant, sink);
    }

    /** Collects what is due through a gateway, as events tell of it; a sink for {@link #deliverEvents}. */
    public CollectPayments collectPayments(TenantId tenant, PaymentGateway gateway) {
        return new CollectPayments(ports, commands(), tenant, gateway);
    }

    /** Checks all that is final; figures of documents of this profile. */
    public VerifyTenant verifyTenant() {
        return new VerifyTenant(ports, Array.of(profile));
    }

    public TagInvoice tagInvoice() {
        return new TagInvoice(ports.invoices(), clock);
    }

    public PriceBooks priceBooks() {
        return ports.priceBooks();
    }

    public Directory directory() {
        return ports.directory();
    }
}
