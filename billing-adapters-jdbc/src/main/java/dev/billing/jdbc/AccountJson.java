package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import io.vavr.collection.HashMap;
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
            CustomerJson.write(json, details.taxIds());
            Json.text(json, "zone", details.zone().map(ZoneId::getId));
            Json.text(json, "currency", details.currency().map(Currencies::code));
            details.payer().forEach(payer -> Json.object(json, "payer", members -> write(members, payer)));
            Json.object(json, "places", members -> PlacesJson.write(members, details.places()));
            Json.object(json, "attributes", members -> AttributesJson.write(members, details.attributes()));
        });
    }

    private static void write(JsonGenerator json, AccountDetails.Contact contact) {
        json.writeStringProperty("name", contact.name());
        json.writeStringProperty("email", contact.email());
        json.writeStringProperty("phone", contact.phone());
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
                CustomerJson.taxIds(json),
                json.optionalText("zone").map(ZoneId::of),
                json.optionalText("currency").map(Currencies::of),
                json.optionalObject("payer").map(AccountJson::payer),
                // what was kept before documents had such details has none
                json.optionalObject("places").map(PlacesJson::read).getOrElse(HashMap.empty()),
                json.optionalObject("attributes").map(AttributesJson::read).getOrElse(HashMap.empty()),
                updatedAt);
    }

    private static AccountDetails.Contact contact(Json json) {
        return new AccountDetails.Contact(json.text("name"), json.text("email"), json.text("phone"));
    }

    private static AccountDetails.Payer payer(Json json) {
        return new AccountDetails.Payer(
                new AccountId(json.text("account")), AccountDetails.Payer.Mode.valueOf(json.text("mode")));
    }
}
