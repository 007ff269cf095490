package dev.billing.testkit;

import static dev.billing.testkit.InvoiceFixtures.LATER;
import static dev.billing.testkit.InvoiceFixtures.NOW;
import static dev.billing.testkit.InvoiceFixtures.ODD;
import static dev.billing.testkit.InvoiceFixtures.USD;
import static dev.billing.testkit.InvoiceFixtures.customer;
import static dev.billing.testkit.InvoiceFixtures.id;
import static dev.billing.testkit.InvoiceFixtures.usd;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.TaxId;
import dev.billing.domain.pricing.Scope;
import dev.billing.port.CommitRefused;
import dev.billing.port.Receipt;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.ZoneId;

/** Accounts that the contracts share. */
final class AccountFixtures {

    private AccountFixtures() {}

    /** Movements of every kind, with every part that they can have, and without those that they need not have. */
    static Seq<Movement> movements() {
        Source payment = Source.payment("payment" + ODD);
        Source note = Source.creditNote(id("note" + ODD));
        Option<String> reason = Option.some("reason" + ODD);
        CreditGrant plain = CreditGrant.of("grant" + ODD, usd("100.000000001"), NOW);
        return Array.of(
                new Movement.Charged(id("document" + ODD), usd("0.0014002692168963457")),
                new Movement.Received(payment, usd("99999999999.99")),
                new Movement.Received(note, usd("1.10")),
                new Movement.Received(Source.document(id("refund")), usd("1.1")),
                new Movement.Failed("attempt" + ODD, id("document"), usd("5"), reason),
                new Movement.Failed("attempt", id("document"), usd("5"), Option.none()),
                new Movement.Allocated(payment, id("document"), usd("1")),
                new Movement.Released(note, id("document" + ODD), usd("0.5")),
                new Movement.Returned(payment, "return" + ODD, Movement.Returned.Kind.REFUND, usd("0.1"), reason),
                new Movement.Returned(
                        note, "charge-back", Movement.Returned.Kind.CHARGE_BACK, usd("0.2"), Option.none()),
                new Movement.Waived(id("document"), Movement.Waived.Kind.FORGIVEN, usd("0.3"), reason),
                new Movement.Waived(id("document"), Movement.Waived.Kind.WRITTEN_OFF, usd("0.4"), Option.none()),
                new Movement.Reinstated(id("document"), usd("0.4")),
                new Movement.Granted(plain),
                new Movement.Granted(plain.withPriority(-7)
                        .until(LATER)
                        .on(Scope.skus("sku" + ODD, "other"))
                        .at(CreditGrant.Stage.BEFORE_TAX)),
                new Movement.Granted(plain.on(Scope.categories("usage" + ODD)).withPriority(Integer.MAX_VALUE)),
                new Movement.Drawn("grant" + ODD, id("document"), usd("0.6")),
                new Movement.Parked("reason" + ODD, "release" + ODD),
                new Movement.Resumed("note" + ODD),
                new Movement.Resumed(""));
    }

    /** A movement that is easy to tell from others. */
    static Movement note(String text) {
        return new Movement.Resumed(text);
    }

    static Write.Enter enter(AccountId account, String... notes) {
        return new Write.Enter(account, Option.none(), NOW, Array.of(notes).map(AccountFixtures::note));
    }

    static Write.Enter enterAfter(long expected, AccountId account, String... notes) {
        return new Write.Enter(
                account, Option.some(expected), NOW, Array.of(notes).map(AccountFixtures::note));
    }

    /** Details that tell nothing but that they are of this version. */
    static AccountDetails details(AccountId account, long version) {
        return new AccountDetails(
                account,
                version,
                Option.none(),
                Array.empty(),
                Array.empty(),
                Option.none(),
                Option.none(),
                Option.none(),
                NOW.plusMillis(version));
    }

    /** Details with every part that details can have. */
    static AccountDetails fullDetails(AccountId account, long version) {
        return new AccountDetails(
                account,
                version,
                Option.some(customer("customer" + ODD)),
                Array.of(
                        new AccountDetails.Contact("Zo\u00eb" + ODD, "zoe@example.com" + ODD, "+49 30 1" + ODD),
                        new AccountDetails.Contact("", "", "")),
                Array.of(
                        new TaxId("eu_vat", "DE123456789" + ODD),
                        new TaxId("eu_vat", "DE123456789" + ODD),
                        new TaxId("a" + ODD, "1")),
                Option.some(ZoneId.of("America/Argentina/Buenos_Aires")),
                Option.some(USD),
                Option.some(
                        new AccountDetails.Payer(new AccountId("payer" + ODD), AccountDetails.Payer.Mode.CONSOLIDATED)),
                HashMap.of(
                        new Dimension("space" + ODD),
                        new Ref("space" + ODD, "7" + ODD, ODD),
                        new Dimension("organization"),
                        new Ref("organization", "acme", "")),
                HashMap.of(
                        "legal entity" + ODD,
                        Attribute.of("ACME-GMBH" + ODD),
                        "customer number",
                        Attribute.of(new BigDecimal("0.0014002692168963457")),
                        "since",
                        Attribute.of(NOW),
                        "flag",
                        Attribute.of(true)),
                LATER);
    }

    static Receipt accepted(Either<CommitRefused, Receipt> result) {
        return result.getOrElseThrow(refused -> new AssertionError(
                "A commit that breaks no rule must be accepted, but was refused: " + refused.message()));
    }
}
