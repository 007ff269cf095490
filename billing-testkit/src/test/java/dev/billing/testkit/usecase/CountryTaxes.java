package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.at;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.domain.tax.Taxes;
import dev.billing.port.TaxCalculator;
import dev.billing.port.TaxRefused;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine that knows where customers live: 19 % in Germany, or 16 % in the second half of 2020, and 20 % included in Britain. */
final class CountryTaxes implements TaxCalculator {

    private final List<Question> asked = new CopyOnWriteArrayList<>();

    @Override
    public Either<TaxRefused, Taxes> taxes(TenantId tenant, Question question) {
        asked.add(question);
        return table(question).map(table -> table.taxes(question.currency(), question.lines()));
    }

    /** All questions so far. */
    Seq<Question> asked() {
        return Array.ofAll(asked);
    }

    private static Either<TaxRefused, TaxTable> table(Question question) {
        String country = question.customer()
                .flatMap(Customer::billingAddress)
                .map(Address::country)
                .getOrElse("");
        return switch (country) {
            case "DE" -> Either.right(table(TaxRate.exclusive("VAT", "DE", isLowered(question) ? "16" : "19")));
            case "GB" -> Either.right(table(TaxRate.inclusive("VAT", "GB", "20")));
            default ->
                Either.left(
                        new TaxRefused.UnknownJurisdiction(question.account().value()));
        };
    }

    private static TaxTable table(TaxRate rate) {
        return TaxTable.of(TaxRounding.of(TaxRounding.Policy.PER_LINE), rate);
    }

    private static boolean isLowered(Question question) {
        return !question.taxPoint().isBefore(at("2020-06-30T22:00:00Z"))
                && question.taxPoint().isBefore(at("2020-12-31T23:00:00Z"));
    }

    static Customer customer(String country) {
        return new Customer(
                "c-1",
                "Ada",
                "ada@example.com",
                at("2020-01-01T00:00:00Z"),
                Option.some(new Address("1 Main Street", "", "", "10115", "Town", "", country)),
                Option.none());
    }

    /** An account whose customer lives there. */
    static AccountDetails livingIn(AccountId account, String country, long version) {
        AccountDetails plain = AccountDetails.of(account, at("2024-01-01T00:00:00Z"));
        return new AccountDetails(
                account,
                version,
                Option.some(customer(country)),
                plain.contacts(),
                plain.taxIds(),
                Option.none(),
                Option.none(),
                Option.none(),
                plain.updatedAt());
    }
}
