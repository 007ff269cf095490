package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Contact;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.TaxId;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.AccountRefused;
import dev.billing.usecase.Command;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthRefused;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.ZoneId;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;

class AccountCommandTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final AccountId THIRD = new AccountId("third account");
    private static final Customer ADA =
            new Customer("ada", "Ada", "ada@example.com", at("2024-01-01T00:00:00Z"), Option.none(), Option.none());

    private final World world = new World();
    private final Billing billing = world.billing.with(Standard.profile());
    private int keys;

    @Test
    void details_are_kept_version_by_version() {
        run(new AccountCommand.Describe(details(ACCOUNT, 1)));
        run(new AccountCommand.Describe(details(ACCOUNT, 2)));
        assertThat(world.ports.accounts().details(ACCESS, ACCOUNT)).containsExactly(details(ACCOUNT, 2));
        assertThat(events()).containsExactly("account.described 1", "account.described 2");
    }

    @Test
    void details_that_do_not_follow_the_latest_ones_are_refused() {
        run(new AccountCommand.Describe(details(ACCOUNT, 1)));
        assertThat(refusal(new AccountCommand.Describe(details(ACCOUNT, 1))))
                .isEqualTo(new AccountRefused.StaleDetails(ACCOUNT, 1, 2));
        assertThat(refusal(new AccountCommand.Describe(details(ACCOUNT, 3))))
                .isEqualTo(new AccountRefused.StaleDetails(ACCOUNT, 3, 2));
    }

    @Test
    void nobody_pays_for_their_payer() {
        run(new AccountCommand.Describe(paidBy(ACCOUNT, OTHER)));
        run(new AccountCommand.Describe(paidBy(OTHER, THIRD)));
        assertThat(refusal(new AccountCommand.Describe(paidBy(THIRD, ACCOUNT))))
                .isEqualTo(new AccountRefused.PayerCycle(THIRD, ACCOUNT));
        assertThat(refusal(new AccountCommand.Describe(paidBy(THIRD, OTHER))))
                .isEqualTo(new AccountRefused.PayerCycle(THIRD, OTHER));
    }

    @Test
    void nobody_names_a_payer_that_they_may_not_act_for() {
        assertThat(refusal(ACCESS, new AccountCommand.Describe(paidBy(ACCOUNT, OTHER))))
                .isEqualTo(new CommandRefused.NoAccess(OTHER));
        assertThat(refusal(ACCESS, new AccountCommand.Describe(details(OTHER, 1))))
                .isEqualTo(new CommandRefused.NoAccess(OTHER));
    }

    @Test
    void the_zone_stays_once_something_was_billed_by_it() {
        AccountDetails tokyo = inZone(1, "Asia/Tokyo");
        run(new AccountCommand.Describe(tokyo));
        bill();
        assertThat(refusal(new AccountCommand.Describe(inZone(2, "Europe/Berlin"))))
                .isInstanceOf(AccountRefused.ZoneInUse.class)
                .extracting(BillingError::message)
                .asString()
                .contains("Europe/Berlin", "month/account/2024-02-29T15:00:00Z");
        run(new AccountCommand.Describe(inZone(2, "Asia/Tokyo")));
    }

    @Test
    void credit_is_granted_once() {
        CreditGrant gift = CreditGrant.of("gift", usd("5.00"), at("2024-01-01T00:00:00Z"));
        run(new AccountCommand.Grant(ACCOUNT, gift));
        assertThat(account().grants().get("gift")).containsExactly(gift);
        assertThat(refusal(new AccountCommand.Grant(ACCOUNT, gift)))
                .isEqualTo(new AccountRefused.DuplicateGrant(ACCOUNT, "gift"));
    }

    @Test
    void an_account_that_is_parked_is_not_billed_until_it_is_resumed() {
        run(new AccountCommand.Park(ACCOUNT, "strange use", "ask Ada"));
        assertThat(refusal(new MonthCommand.Bill(ACCOUNT, MARCH, Terms.NONE)))
                .isEqualTo(new CommandRefused.Parked(ACCOUNT, "strange use", "ask Ada"));
        assertThat(refusal(new AccountCommand.Park(ACCOUNT, "again", "")))
                .isEqualTo(new AccountRefused.AlreadyParked(ACCOUNT, "strange use"));
        run(new AccountCommand.Resume(ACCOUNT, "she did it"));
        assertThat(refusal(new AccountCommand.Resume(ACCOUNT, ""))).isEqualTo(new AccountRefused.NotParked(ACCOUNT));
        bill();
        assertThat(events()).containsExactly("account.parked null", "account.resumed null", "invoice.created 1");
    }

    @Test
    void erasing_an_account_takes_persons_off_its_details_and_documents_and_leaves_amounts() {
        run(new AccountCommand.Describe(details(ACCOUNT, 1)));
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        run(new MonthCommand.Bill(ACCOUNT, World.FEBRUARY, Terms.NONE));
        run(new DraftCommand.Finalise(document(0).invoice().head().id()));
        bill();
        Stored issued = document(0);
        Stored draft = document(1);
        assertThat(draft.invoice().head().billedTo())
                .containsExactly(ADA.with(details(ACCOUNT, 1).taxIds()));
        run(new AccountCommand.Erase(ACCOUNT));
        AccountDetails erased = world.ports.accounts().details(ACCESS, ACCOUNT).get();
        assertThat(erased.customer()).isEmpty();
        assertThat(erased.contacts()).isEmpty();
        assertThat(erased.taxIds()).isEmpty();
        assertThat(document(0).invoice()).isEqualTo(((Invoice.Issued) issued.invoice()).erased(Option.none()));
        assertThat(document(0).standing())
                .isEqualTo(issued.standing()
                        .becoming(
                                issued.standing().status(),
                                document(0).standing().updatedAt()));
        assertThat(document(1).invoice().head().billedTo()).isEmpty();
        assertThat(document(1).invoice().figures()).isEqualTo(draft.invoice().figures());
        assertThat(world.linesOf(document(1))).hasSize(1);
        assertThat(events().last()).isEqualTo("account.erased null");
        int before = events().size();
        run(new AccountCommand.Erase(ACCOUNT));
        assertThat(events()).as("there is nothing left to erase").hasSize(before);
    }

    @Test
    void whoever_has_nothing_but_a_tax_id_is_erased_too() {
        AccountDetails plain = AccountDetails.of(ACCOUNT, at("2024-03-01T00:00:00Z"));
        run(new AccountCommand.Describe(new AccountDetails(
                ACCOUNT,
                1,
                plain.customer(),
                plain.contacts(),
                details(ACCOUNT, 1).taxIds(),
                plain.zone(),
                plain.currency(),
                plain.payer(),
                plain.updatedAt())));
        run(new AccountCommand.Erase(ACCOUNT, Option.some(ADA)));
        AccountDetails erased = world.ports.accounts().details(ACCESS, ACCOUNT).get();
        assertThat(erased.taxIds()).isEmpty();
        assertThat(erased.customer()).as("nobody was there to be replaced").isEmpty();
        assertThat(erased.version()).isEqualTo(2);
    }

    @Test
    void nobody_erases_an_account_that_they_do_not_see() {
        assertThat(refusal(ACCESS, new AccountCommand.Erase(OTHER))).isEqualTo(new CommandRefused.NoAccess(OTHER));
    }

    @Test
    void an_account_is_billed_in_its_own_currency_and_days() {
        CurrencyUnit euro = Monetary.getCurrency("EUR");
        AccountDetails details = details(ACCOUNT, 1);
        run(new AccountCommand.Describe(new AccountDetails(
                ACCOUNT,
                1,
                details.customer(),
                details.contacts(),
                details.taxIds(),
                Option.some(ZoneId.of("Asia/Tokyo")),
                Option.some(euro),
                Option.none(),
                details.updatedAt())));
        bill();
        assertThat(document(0).invoice().head().currency()).isEqualTo(euro);
        assertThat(document(0).invoice().head().period().get().start()).isEqualTo(at("2024-02-29T15:00:00Z"));
        world.record(begun("dyno", "dyno", "2024-03-05T00:00:00Z"));
        assertThat(refusal(new MonthCommand.Bill(ACCOUNT, MARCH, Terms.NONE)))
                .isEqualTo(new MonthRefused.OtherCurrency(ACCOUNT, World.USD, euro));
    }

    private void bill() {
        run(new MonthCommand.Bill(ACCOUNT, MARCH, Terms.NONE));
    }

    private Receipt run(Command command) {
        return result(ALL, command).getOrElseThrow(refused -> new AssertionError(refused.message()));
    }

    private BillingError refusal(Command command) {
        return refusal(ALL, command);
    }

    private BillingError refusal(Access access, Command command) {
        BillingError refused = result(access, command).getLeft();
        assertThat(refused.message()).isNotBlank();
        return refused;
    }

    private Either<BillingError, Receipt> result(Access access, Command command) {
        return billing.commands().run(access, new CommandKey("command " + ++keys), command);
    }

    private Account account() {
        return Account.of(ACCOUNT, world.ports.accounts().entries(ACCESS, ACCOUNT));
    }

    private Stored document(int index) {
        return world.documents().get(index);
    }

    private Seq<String> events() {
        return world.ports.outbox().undelivered(TENANT, 1_000).map(published -> text(published.event()));
    }

    private static String text(Event event) {
        return event.type()
                + " "
                + event.data()
                        .get("version")
                        .orElse(() -> event.data().get("revision"))
                        .getOrNull();
    }

    private static AccountDetails details(AccountId account, long version) {
        return new AccountDetails(
                account,
                version,
                Option.some(ADA),
                Array.of(new Contact("Ada", "ada@example.com", "")),
                Array.of(new TaxId("eu_vat", "DE123456789")),
                Option.none(),
                Option.none(),
                Option.none(),
                at("2024-03-01T00:00:00Z"));
    }

    private static AccountDetails inZone(long version, String zone) {
        AccountDetails plain = AccountDetails.of(ACCOUNT, at("2024-03-01T00:00:00Z"));
        return new AccountDetails(
                ACCOUNT,
                version,
                plain.customer(),
                plain.contacts(),
                plain.taxIds(),
                Option.some(ZoneId.of(zone)),
                Option.none(),
                Option.none(),
                plain.updatedAt());
    }

    private static AccountDetails paidBy(AccountId account, AccountId payer) {
        AccountDetails plain = AccountDetails.of(account, at("2024-03-01T00:00:00Z"));
        return new AccountDetails(
                account,
                1,
                plain.customer(),
                plain.contacts(),
                plain.taxIds(),
                Option.none(),
                Option.none(),
                Option.some(new Payer(payer, Payer.Mode.SEPARATE)),
                plain.updatedAt());
    }
}
