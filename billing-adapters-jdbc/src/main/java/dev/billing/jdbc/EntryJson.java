package dev.billing.jdbc;

import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Scope;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** What an entry says happened, beside its kind. */
final class EntryJson {

    private EntryJson() {}

    /** The kinds of movements, as columns name them. */
    enum Kind {
        CHARGED,
        RECEIVED,
        FAILED,
        ALLOCATED,
        RELEASED,
        RETURNED,
        WAIVED,
        REINSTATED,
        GRANTED,
        DRAWN,
        PARKED,
        RESUMED
    }

    static Kind kind(Movement movement) {
        if (movement instanceof Movement.Charged) {
            return Kind.CHARGED;
        }
        if (movement instanceof Movement.Received) {
            return Kind.RECEIVED;
        }
        if (movement instanceof Movement.Failed) {
            return Kind.FAILED;
        }
        if (movement instanceof Movement.Allocated) {
            return Kind.ALLOCATED;
        }
        if (movement instanceof Movement.Released) {
            return Kind.RELEASED;
        }
        return movement instanceof Movement.Returned ? Kind.RETURNED : kindOfOther(movement);
    }

    private static Kind kindOfOther(Movement movement) {
        if (movement instanceof Movement.Waived) {
            return Kind.WAIVED;
        }
        if (movement instanceof Movement.Reinstated) {
            return Kind.REINSTATED;
        }
        if (movement instanceof Movement.Granted) {
            return Kind.GRANTED;
        }
        if (movement instanceof Movement.Drawn) {
            return Kind.DRAWN;
        }
        return movement instanceof Movement.Parked ? Kind.PARKED : Kind.RESUMED;
    }

    static String write(Movement movement) {
        return Json.object(json -> {
            if (movement instanceof Movement.Charged charged) {
                write(json, charged.document(), charged.amount());
            } else if (movement instanceof Movement.Received received) {
                write(json, received.source());
                write(json, received.amount());
            } else if (movement instanceof Movement.Failed failed) {
                json.writeStringProperty("payment", failed.payment());
                write(json, failed.document(), failed.amount());
                Json.text(json, "reason", failed.reason());
            } else if (movement instanceof Movement.Allocated allocated) {
                write(json, allocated.source());
                write(json, allocated.document(), allocated.amount());
            } else if (movement instanceof Movement.Released released) {
                write(json, released.source());
                write(json, released.document(), released.amount());
            } else if (movement instanceof Movement.Returned returned) {
                write(json, returned);
            } else if (movement instanceof Movement.Waived waived) {
                json.writeStringProperty("kind", waived.kind().name());
                write(json, waived.document(), waived.amount());
                Json.text(json, "reason", waived.reason());
            } else {
                writeOther(json, movement);
            }
        });
    }

    private static void writeOther(JsonGenerator json, Movement movement) {
        if (movement instanceof Movement.Reinstated reinstated) {
            write(json, reinstated.document(), reinstated.amount());
        } else if (movement instanceof Movement.Granted granted) {
            write(json, granted.grant());
        } else if (movement instanceof Movement.Drawn drawn) {
            json.writeStringProperty("grant", drawn.grant());
            write(json, drawn.document(), drawn.amount());
        } else if (movement instanceof Movement.Parked parked) {
            json.writeStringProperty("reason", parked.reason());
            json.writeStringProperty("release", parked.release());
        } else {
            json.writeStringProperty("note", ((Movement.Resumed) movement).note());
        }
    }

    private static void write(JsonGenerator json, Movement.Returned returned) {
        write(json, returned.source());
        json.writeStringProperty("id", returned.id());
        json.writeStringProperty("kind", returned.kind().name());
        write(json, returned.amount());
        Json.text(json, "reason", returned.reason());
    }

    private static void write(JsonGenerator json, CreditGrant grant) {
        json.writeStringProperty("id", grant.id());
        json.writeStringProperty("available", Decimal.write(grant.available()));
        json.writeStringProperty("priority", Integer.toString(grant.priority()));
        json.writeStringProperty("grantedAt", grant.grantedAt().toString());
        Json.text(json, "expiresAt", grant.expiresAt().map(Instant::toString));
        if (grant.scope() instanceof Scope.Skus skus) {
            Json.textObjects(json, "skus", skus.skus());
        } else if (grant.scope() instanceof Scope.Categories categories) {
            Json.textObjects(json, "categories", categories.categories());
        }
        json.writeStringProperty("stage", grant.stage().name());
    }

    private static void write(JsonGenerator json, Source source) {
        json.writeStringProperty("source", source.kind().name());
        json.writeStringProperty("sourceId", source.id());
    }

    private static void write(JsonGenerator json, InvoiceId document, Money amount) {
        json.writeStringProperty("document", document.value());
        write(json, amount);
    }

    private static void write(JsonGenerator json, Money amount) {
        json.writeStringProperty("amount", Decimal.write(amount));
    }

    static Movement read(Kind kind, String text) {
        Json json = Json.parse(text);
        return switch (kind) {
            case CHARGED -> new Movement.Charged(document(json), amount(json));
            case RECEIVED -> new Movement.Received(source(json), amount(json));
            case FAILED ->
                new Movement.Failed(json.text("payment"), document(json), amount(json), json.optionalText("reason"));
            case ALLOCATED -> new Movement.Allocated(source(json), document(json), amount(json));
            case RELEASED -> new Movement.Released(source(json), document(json), amount(json));
            case RETURNED ->
                new Movement.Returned(
                        source(json),
                        json.text("id"),
                        Movement.Returned.Kind.valueOf(json.text("kind")),
                        amount(json),
                        json.optionalText("reason"));
            case WAIVED ->
                new Movement.Waived(
                        document(json),
                        Movement.Waived.Kind.valueOf(json.text("kind")),
                        amount(json),
                        json.optionalText("reason"));
            case REINSTATED -> new Movement.Reinstated(document(json), amount(json));
            case GRANTED -> new Movement.Granted(grant(json));
            case DRAWN -> new Movement.Drawn(json.text("grant"), document(json), amount(json));
            case PARKED -> new Movement.Parked(json.text("reason"), json.text("release"));
            case RESUMED -> new Movement.Resumed(json.text("note"));
        };
    }

    private static CreditGrant grant(Json json) {
        return new CreditGrant(
                json.text("id"),
                Decimal.readMoney(json.text("available")),
                Integer.parseInt(json.text("priority")),
                Instant.parse(json.text("grantedAt")),
                json.optionalText("expiresAt").map(Instant::parse),
                scope(json),
                CreditGrant.Stage.valueOf(json.text("stage")));
    }

    private static Scope scope(Json json) {
        if (json.has("skus")) {
            return new Scope.Skus(json.textObjects("skus"));
        }
        return json.has("categories") ? new Scope.Categories(json.textObjects("categories")) : Scope.DOCUMENT;
    }

    private static Source source(Json json) {
        return new Source(Source.Kind.valueOf(json.text("source")), json.text("sourceId"));
    }

    private static InvoiceId document(Json json) {
        return new InvoiceId(json.text("document"));
    }

    private static Money amount(Json json) {
        return Decimal.readMoney(json.text("amount"));
    }
}
