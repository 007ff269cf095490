package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import java.time.Instant;
import java.time.ZoneId;
import tools.jackson.core.JsonGenerator;

/** Who an account is, beside its version and instant. */
final class AccountJson {

    private AccountJson() {}

    static String write(AccountDetails details) {
        return Json.object(json -> {
            details.customer()
                    .forEach(customer ->
                            Json.object(json, "customer", members -> CustomerJson.write(members, customer)));
            Json.objects(json, "contacts", details.contacts(), AccountJson::write);
            Json.objects(json, "taxIds", details.taxIds(), AccountJson::write);
            Json.text(json, "zone", details.zone().map(ZoneId::getId));
            Json.text(json, "currency", details.currency().map(Currencies::code));
            details.payer().forEach(payer -> Json.object(json, "payer", members -> write(members, payer)));
        });
    }

    private static void write(JsonGenerator json, AccountDetails.Contact contact) {
        json.writeStringProperty("name", contact.name());
        json.writeStringProperty("email", contact.email());
        json.writeStringProperty("phone", contact.phone());
    }

    private static void write(JsonGenerator json, AccountDetails.TaxId taxId) {
        json.writeStringProperty("type", taxId.type());
        json.writeStringProperty("value", taxId.value());
    }

    private static void write(JsonGenerator json, AccountDetails.Payer payer) {
        json.writeStringProperty("account", payer.account().value());
        json.writeStringProperty("mode", payer.mode().name());
    }

    static AccountDetails read(AccountId account, long version, Instant updatedAt, String text) {
        Json json = Json.parse(text);
        return new AccountDetails(
                account,
                version,
                json.optionalObject("customer").map(CustomerJson::read),
                json.objects("contacts").map(AccountJson::contact),
                json.objects("taxIds").map(AccountJson::taxId),
                json.optionalText("zone").map(ZoneId::of),
                json.optionalText("currency").map(Currencies::of),
                json.optionalObject("payer").map(AccountJson::payer),
                updatedAt);
    }

    private static AccountDetails.Contact contact(Json json) {
        return new AccountDetails.Contact(json.text("name"), json.text("email"), json.text("phone"));
    }

    private static AccountDetails.TaxId taxId(Json json) {
        return new AccountDetails.TaxId(json.text("type"), json.text("value"));
    }

    private static AccountDetails.Payer payer(Json json) {
        return new AccountDetails.Payer(
                new AccountId(json.text("account")), AccountDetails.Payer.Mode.valueOf(json.text("mode")));
    }
}
