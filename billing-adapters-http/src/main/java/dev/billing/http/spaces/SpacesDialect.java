package dev.billing.http.spaces;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.profile.Spaces;
import dev.billing.http.Authorization;
import dev.billing.http.Authorization.UserAndPassword;
import dev.billing.http.Dialect;
import dev.billing.http.Parameters;
import dev.billing.http.WireJson;
import dev.billing.http.WireRequest;
import dev.billing.http.WireResponse;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceOrder.Field;
import dev.billing.port.InvoiceOrder.Term;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import dev.billing.port.Stored;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import tools.jackson.core.JsonGenerator;

/**
 * Spaces, a web shop service: the orders of all shops of one user, newest first, to read only.
 * <p>
 * Checks come in this order, and the first that fails answers: authorization, route, parameters, invoice.
 */
public final class SpacesDialect implements Dialect {

    private static final Map<String, String> SUCCESS = LinkedHashMap.of("Content-Type", SpacesProblem.JSON);
    private static final String LIST = "/invoices";
    private static final String INVOICE = "/invoices/";

    /** What it is by never changes, so pages fit together. */
    private static final InvoiceOrder NEWEST_FIRST =
            InvoiceOrder.of(Term.descending(Field.CREATED), Term.descending(Field.NUMBER), Term.descending(Field.ID));

    private static final InvoiceQuery ORDERS =
            InvoiceQuery.ofProfile(Spaces.profile().name()).in(InvoiceQuery.Form.ISSUED);

    private final InvoiceStore store;
    private final Principals principals;
    private final SpacesOptions options;

    /**
     * Serves the orders that are in a store.
     *
     * @param principals accepts or refuses a token. Who is accepted reads the orders within its access, and only those of its own account
     *     if it has one
     */
    public SpacesDialect(InvoiceStore store, Principals principals, SpacesOptions options) {
        this.store = requireNonNull(store, "store");
        this.principals = requireNonNull(principals, "principals");
        this.options = requireNonNull(options, "options");
    }

    @Override
    public String basePath() {
        return options.basePath();
    }

    @Override
    public void answer(WireRequest request, WireResponse response) throws IOException {
        Option<Access> access = request.header("Authorization")
                .flatMap(Authorization::of)
                .flatMap(SpacesDialect::token)
                .flatMap(principals::byToken)
                .filter(principal -> principal.may(Principal.Right.READ))
                .map(SpacesDialect::ownAccess);
        if (access.isEmpty()) {
            SpacesProblem.UNAUTHORIZED.send(response);
        } else {
            answer(access.get(), request, response);
        }
    }

    /** As the user of {@code Basic}: there the password is empty. */
    private static Option<String> token(Authorization authorization) {
        return authorization
                .bearer()
                .orElse(() -> authorization.basic().map(UserAndPassword::user))
                .filter(token -> !token.isEmpty());
    }

    private static Access ownAccess(Principal principal) {
        Access access = principal.access();
        return principal
                .account()
                .map(own -> new Access(
                        access.tenant(),
                        Option.some(HashSet.<AccountId>of(own).filter(access::sees)),
                        access.costsSeenBy()))
                .getOrElse(access);
    }

    private void answer(Access access, WireRequest request, WireResponse response) throws IOException {
        String route = request.path().substring(basePath().length());
        boolean isGet = request.method().equals("GET");
        if (isGet && route.equals(LIST)) {
            list(access, request.parameters(), response);
        } else if (isGet && isInvoice(route)) {
            invoice(access, Parameters.decodedSegment(route.substring(INVOICE.length())), response);
        } else {
            SpacesProblem.NO_RESOURCE.send(response);
        }
    }

    private static boolean isInvoice(String route) {
        return route.startsWith(INVOICE)
                && route.length() > INVOICE.length()
                && route.indexOf('/', INVOICE.length()) < 0;
    }

    private void invoice(Access access, String id, WireResponse response) throws IOException {
        Option<Stored> order = find(access, id);
        if (order.isEmpty()) {
            SpacesProblem.NO_INVOICE.send(response);
            return;
        }
        try (JsonGenerator json = WireJson.to(response.start(200, SUCCESS))) {
            write(access, order.get(), json);
        }
    }

    private void list(Access access, Parameters parameters, WireResponse response) throws IOException {
        Either<SpacesProblem, Listed> listed = SpacesPaging.of(parameters).flatMap(paging -> listed(access, paging));
        if (listed.isLeft()) {
            listed.getLeft().send(response);
            return;
        }
        Listed page = listed.get();
        try (JsonGenerator json = WireJson.to(response.start(200, SUCCESS))) {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeNumberProperty("count", page.orders().size());
            json.writeBooleanProperty("has_more", page.hasMore());
            json.writeArrayPropertyStart("data");
            page.orders().forEach(order -> write(access, order, json));
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** A page of the list, and whether there is more the way it was asked for. */
    private record Listed(Seq<Stored> orders, boolean hasMore) {}

    private Either<SpacesProblem, Listed> listed(Access access, SpacesPaging paging) {
        return paging.cursor()
                .map(cursor -> find(access, cursor.id())
                        .toEither(cursor::unknown)
                        .map(order -> cursor.backwards()
                                ? before(access, order, paging.limit())
                                : page(access, after(order, NEWEST_FIRST), NEWEST_FIRST, paging.limit())))
                .getOrElse(() -> Either.right(page(access, ORDERS, NEWEST_FIRST, paging.limit())));
    }

    /** The nearest ones come first when the list is read from its end. */
    private Listed before(Access access, Stored order, int limit) {
        InvoiceOrder oldestFirst = NEWEST_FIRST.reversed();
        Listed nearestFirst = page(access, after(order, oldestFirst), oldestFirst, limit);
        return new Listed(nearestFirst.orders().reverse(), nearestFirst.hasMore());
    }

    private static InvoiceQuery after(Stored order, InvoiceOrder by) {
        return ORDERS.and(new InvoiceCondition.After(by, order));
    }

    private Listed page(Access access, InvoiceQuery query, InvoiceOrder order, int limit) {
        Page<Stored> page = store.search(access, query, order, PageRequest.first(limit));
        return new Listed(page.rows(), page.total() > page.rows().size());
    }

    private Option<Stored> find(Access access, String id) {
        return invoiceId(id).flatMap(known -> store.find(access, known)).filter(ORDERS::isMetBy);
    }

    /** None for what no document can be called. */
    private static Option<InvoiceId> invoiceId(String text) {
        try {
            return Option.some(new InvoiceId(text));
        } catch (IllegalArgumentException notAnId) {
            return Option.none();
        }
    }

    private void write(Access access, Stored order, JsonGenerator json) {
        LineItemQuery lines = LineItemQuery.of(order.invoice().head().id());
        store.lines(access, lines, found -> {
            SpacesInvoice.write(order, found, json);
            return order;
        });
    }

    @Override
    public void fail(WireRequest request, WireResponse response) throws IOException {
        SpacesProblem.UNEXPECTED.send(response);
    }
}
