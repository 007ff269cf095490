package dev.billing.http.akkeris;

import static java.util.Objects.requireNonNull;

import dev.billing.Billing;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import dev.billing.http.Dialect;
import dev.billing.http.WireJson;
import dev.billing.http.WireRequest;
import dev.billing.http.WireResponse;
import dev.billing.port.Access;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import dev.billing.usecase.MonthView;
import dev.billing.usecase.ReadMonth;
import dev.billing.usecase.Scope;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * Akkeris, as its command line, its user interface and its documents expect it: invoices by calendar month for the account, an
 * organization or a space.
 * <p>
 * Checks come in this order, and the first that fails answers: route, authorization, scope, id. Every listed month can be read.
 */
public final class AkkerisDialect implements Dialect {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Map<String, String> NO_HEADERS = HashMap.empty();

    /** We do not limit; the header is a constant that clients know. */
    private static final Map<String, String> SUCCESS =
            LinkedHashMap.of("Content-Type", JSON, "RateLimit-Remaining", "2400");

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final Billing billing;
    private final Principals principals;
    private final AkkerisOptions options;
    private final ReadMonth readMonth;

    /**
     * Serves the months of one account.
     *
     * @param billing under the profile {@code akkeris} or {@code akkeris-upstream}
     * @param principals accepts or refuses a token; an accepted one may read every scope within its access
     */
    public AkkerisDialect(Billing billing, Principals principals, AkkerisOptions options) {
        this.billing = requireNonNull(billing, "billing");
        this.principals = requireNonNull(principals, "principals");
        this.options = requireNonNull(options, "options");
        this.readMonth = billing.readMonth();
    }

    @Override
    public String basePath() {
        return options.basePath();
    }

    @Override
    public void answer(WireRequest request, WireResponse response) throws IOException {
        Option<AkkerisRoute> route = AkkerisRoute.of(request, basePath());
        if (route.isEmpty()) {
            response.empty(404, NO_HEADERS);
            return;
        }
        Option<Principal> principal =
                request.header("Authorization").flatMap(AkkerisToken::of).flatMap(principals::byToken);
        if (principal.isEmpty()) {
            response.empty(401, NO_HEADERS);
            return;
        }
        answer(route.get(), principal.get().access(), response);
    }

    private void answer(AkkerisRoute route, Access access, WireResponse response) throws IOException {
        Option<Scope> scope = scope(route, access);
        if (scope.isEmpty()) {
            notFound(response);
        } else if (route.invoiceId().isEmpty()) {
            list(access, scope.get(), route.prefix(), response);
        } else {
            invoice(access, scope.get(), route.invoiceId().get(), response);
        }
    }

    private Option<Scope> scope(AkkerisRoute route, Access access) {
        return route.place()
                .map(place -> billing.directory()
                        .find(access.tenant(), place.dimension(), place.nameOrId())
                        .map(found -> Scope.of(options.account(), place.dimension(), found)))
                .getOrElse(() -> Option.some(Scope.of(options.account())));
    }

    private void list(Access access, Scope scope, String prefix, WireResponse response) throws IOException {
        var months = readMonth.months(access, scope);
        try (JsonGenerator json = WireJson.to(response.start(200, SUCCESS))) {
            json.writeStartArray();
            for (Period month : months) {
                json.writeStartObject();
                json.writeStringProperty(
                        "$ref", prefix + month.start().atOffset(ZoneOffset.UTC).toLocalDate());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void invoice(Access access, Scope scope, String id, WireResponse response) throws IOException {
        Option<Boolean> written = month(id)
                .flatMap(month ->
                        readMonth.read(access, scope, month, (view, lines) -> write(response, id, view, lines)));
        if (written.isEmpty()) {
            notFound(response);
        }
    }

    private boolean write(WireResponse response, String id, MonthView view, Iterator<LineItem> lines) {
        AkkerisInvoice invoice = AkkerisInvoice.of(options, id, view, lines);
        try (JsonGenerator json = WireJson.to(response.start(200, SUCCESS))) {
            invoice.write(json);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Option<YearMonth> month(String id) {
        if (!DATE.matcher(id).matches()) {
            return Option.none();
        }
        try {
            return Option.some(YearMonth.from(LocalDate.parse(id)));
        } catch (DateTimeParseException notADate) {
            return Option.none();
        }
    }

    private static void notFound(WireResponse response) throws IOException {
        response.text(404, HashMap.of("Content-Type", TEXT), "The specified invoice was not found.");
    }

    @Override
    public void fail(WireRequest request, WireResponse response) throws IOException {
        response.text(500, HashMap.of("Content-Type", TEXT), "Internal Server Error");
    }
}
