package dev.billing.http.atlas;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.profile.Atlas;
import dev.billing.http.Dialect;
import dev.billing.http.DigestAuthenticator;
import dev.billing.http.WireRequest;
import dev.billing.http.WireResponse;
import dev.billing.http.atlas.AtlasParameters.Look;
import dev.billing.http.atlas.AtlasRoute.Kind;
import dev.billing.port.Access;
import dev.billing.port.Directory;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Principal;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * MongoDB Atlas and Cloud Manager, as their clients expect them: the invoices of organizations, read only, below one base path.
 * <p>
 * An organization is an account; its id is the account's. Checks come in this order, and the first that fails answers: digest, route,
 * method, organization, invoice id, {@code Accept}, query parameters, lookup. What a caller may not read answers like what does not exist.
 */
public final class AtlasDialect implements Dialect {

    private static final String UNAUTHORIZED = """
            {
              "error" : 401,
              "reason" : "Unauthorized",
              "detail" : "You are not authorized for this resource.",
              "errorCode" : "UNEXPECTED_ERROR"
            }""";

    private static final String JSON = "application/json";
    private static final int READ_ATTEMPTS = 5;

    private static final InvoiceOrder LATEST = InvoiceOrder.of(
            InvoiceOrder.Term.descending(InvoiceOrder.Field.PERIOD_START),
            InvoiceOrder.Term.descending(InvoiceOrder.Field.ID));

    private static final LineItemOrder NEWEST_FIRST =
            LineItemOrder.of(new LineItemOrder.Term(LineItemOrder.Field.PERIOD_START, true));

    private final InvoiceStore store;
    private final Directory directory;
    private final DigestAuthenticator authenticator;
    private final AtlasBase base;
    private final AtlasOptions options;

    /**
     * Serves one base path.
     *
     * @param authenticator its principals may read every organization within their access
     */
    public AtlasDialect(Ports ports, DigestAuthenticator authenticator, AtlasBase base, AtlasOptions options) {
        this.store = ports.invoices();
        this.directory = ports.directory();
        this.authenticator = requireNonNull(authenticator, "authenticator");
        this.base = requireNonNull(base, "base");
        this.options = requireNonNull(options, "options");
    }

    /** A dialect for each base path. A nonce of one of them serves for all. */
    public static Seq<Dialect> onAllBases(Ports ports, DigestAuthenticator authenticator, AtlasOptions options) {
        return Array.of(AtlasBase.values()).map(base -> new AtlasDialect(ports, authenticator, base, options));
    }

    @Override
    public String basePath() {
        return base.path();
    }

    @Override
    public void answer(WireRequest request, WireResponse response) throws IOException {
        Either<String, Principal> caller = authenticator.authenticate(request);
        Answer answer = caller.isRight()
                ? answer(request, caller.get()).getOrElseGet(error -> error(request, error))
                : new Answer(401, JSON, UNAUTHORIZED).with("WWW-Authenticate", caller.getLeft());
        answer.send(request, response);
    }

    @Override
    public void fail(WireRequest request, WireResponse response) throws IOException {
        error(request, AtlasError.unexpected()).send(request, response);
    }

    private static Answer error(WireRequest request, AtlasError error) {
        boolean pretty = new AtlasParameters(request.parameters()).isPretty();
        Answer answer = new Answer(error.status(), JSON, AtlasJson.bytes(pretty, error::write));
        return error.status() == 405 ? answer.with("Allow", "GET, HEAD") : answer;
    }

    private Either<AtlasError, Answer> answer(WireRequest request, Principal caller) {
        Access access = caller.access();
        return route(request)
                .flatMap(route -> requireMethod(request, route))
                .flatMap(route -> requireOrganization(route, caller))
                .flatMap(AtlasDialect::requireInvoiceId)
                .flatMap(route -> AtlasFormat.of(base, route.kind(), request.header("Accept"))
                        .toEither(AtlasError::version)
                        .flatMap(format -> route.kind() == Kind.LIST
                                ? list(request, route, access)
                                : one(request, route, format, access)));
    }

    private Either<AtlasError, AtlasRoute> route(WireRequest request) {
        return AtlasRoute.of(request.path().substring(base.path().length()))
                .toEither(() -> AtlasError.noRoute(AtlasLinks.path(request)));
    }

    private static Either<AtlasError, AtlasRoute> requireMethod(WireRequest request, AtlasRoute route) {
        return request.method().equals("GET") || request.method().equals("HEAD")
                ? Either.right(route)
                : Either.left(AtlasError.method(request.method()));
    }

    private Either<AtlasError, AtlasRoute> requireOrganization(AtlasRoute route, Principal caller) {
        if (!AtlasRoute.isId(route.organization())) {
            return Either.left(AtlasError.organizationId(route.organization()));
        }
        AccountId organization = new AccountId(route.organization());
        return caller.may(Principal.Right.READ)
                        && caller.access().sees(organization)
                        && exists(caller.access(), organization)
                ? Either.right(route)
                : Either.left(AtlasError.noOrganization(route.organization()));
    }

    private boolean exists(Access access, AccountId organization) {
        return inDirectory(access, organization).isDefined()
                || store.search(access, of(organization), PageRequest.first(0)).total() > 0;
    }

    private Option<Ref> inDirectory(Access access, AccountId organization) {
        return directory
                .find(access.tenant(), Atlas.ORGANIZATION, organization.value())
                .filter(found -> found.id().equals(organization.value()));
    }

    private static Either<AtlasError, AtlasRoute> requireInvoiceId(AtlasRoute route) {
        return !route.namesInvoice() || AtlasRoute.isId(route.invoice())
                ? Either.right(route)
                : Either.left(AtlasError.invoiceId());
    }

    /** Those of a time, because every invoice on this wire has one; credit notes have none. */
    private static InvoiceQuery of(AccountId organization) {
        return InvoiceQuery.ofProfile(Atlas.profile().name())
                .of(organization)
                .and(new InvoiceCondition.StartsFrom(Instant.EPOCH));
    }

    private Either<AtlasError, Answer> list(WireRequest request, AtlasRoute route, Access access) {
        return AtlasListing.of(request.parameters())
                .flatMap(listing -> new AtlasParameters(request.parameters())
                        .look()
                        .map(look -> list(request, route, access, listing, look)));
    }

    private Answer list(WireRequest request, AtlasRoute route, Access access, AtlasListing listing, Look look) {
        InvoiceQuery query = of(new AccountId(route.organization())).and(listing.filter());
        Page<Stored> page = store.search(access, query, listing.order(), listing.request());
        AtlasLinks links = links(request);
        return json(look, json -> {
            json.writeStartObject();
            links.writeOfPage(json, listing, page.total());
            json.writeArrayPropertyStart("results");
            page.rows().forEach(stored -> AtlasInvoice.listed(stored, links).writeListed(json));
            json.writeEndArray();
            if (look.envelope()) {
                json.writeNumberProperty("status", 200);
            }
            if (listing.counted()) {
                json.writeNumberProperty("totalCount", page.total());
            }
            json.writeEndObject();
        });
    }

    private Either<AtlasError, Answer> one(WireRequest request, AtlasRoute route, AtlasFormat format, Access access) {
        return new AtlasParameters(request.parameters())
                .look()
                .flatMap(look -> find(route, access)
                        .map(stored -> whole(access, stored, links(request)))
                        .map(invoice -> format == AtlasFormat.CSV ? csv(access, invoice) : json(route, invoice, look)));
    }

    private Either<AtlasError, Stored> find(AtlasRoute route, Access access) {
        AccountId organization = new AccountId(route.organization());
        if (route.kind() == Kind.PENDING) {
            return pending(access, organization).toEither(() -> AtlasError.nothingPending(route.organization()));
        }
        InvoiceId id = new InvoiceId(route.invoice());
        return store.find(access, id)
                .filter(of(organization)::isMetBy)
                .toEither(() -> AtlasError.noInvoice(route.invoice(), route.organization()));
    }

    private Option<Stored> pending(Access access, AccountId organization) {
        InvoiceQuery query = of(organization).and(new InvoiceCondition.WithStatus(AtlasStatus.PENDING.statuses()));
        return store.search(access, query, LATEST, PageRequest.first(1)).rows().headOption();
    }

    /** The document with all its lines as of one revision: it is read again if it changed between two pages of lines. */
    private AtlasInvoice whole(Access access, Stored found, AtlasLinks links) {
        Stored stored = found;
        for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
            Seq<StoredLine> lines = lines(access, stored);
            if (lines.map(StoredLine::document).forAll(stored::equals)) {
                return new AtlasInvoice(stored, lines.map(StoredLine::line), links);
            }
            stored = store.find(access, stored.invoice().head().id()).getOrElse(stored);
        }
        throw new IllegalStateException("A document must rest while it is read, but was changed: "
                + stored.invoice().head().id());
    }

    private Seq<StoredLine> lines(Access access, Stored stored) {
        LineItemQuery query = LineItemQuery.of(stored.invoice().head().id());
        Seq<StoredLine> lines = Array.empty();
        Page<StoredLine> page;
        do {
            page = store.searchLines(access, query, NEWEST_FIRST, new PageRequest(lines.size(), PageRequest.MAX_SIZE));
            lines = lines.appendAll(page.rows());
        } while (lines.size() < page.total() && !page.rows().isEmpty());
        return lines;
    }

    private Answer json(AtlasRoute route, AtlasInvoice invoice, Look look) {
        boolean withResults = base.isVersioned() && route.kind() == Kind.PENDING;
        AtlasJson.Value entity = withResults ? invoice::writeWholeWithResults : invoice::writeWhole;
        return json(look, look.envelope() ? json -> writeEnvelope(json, entity) : entity);
    }

    private static void writeEnvelope(JsonGenerator json, AtlasJson.Value entity) {
        json.writeStartObject();
        json.writeName("content");
        entity.write(json);
        json.writeNumberProperty("status", 200);
        json.writeEndObject();
    }

    private Answer json(Look look, AtlasJson.Value value) {
        return new Answer(200, base.jsonType(), AtlasJson.bytes(look.pretty(), value));
    }

    private Answer csv(Access access, AtlasInvoice invoice) {
        AccountId organization = invoice.head().account();
        String name = options.organizationName()
                .apply(organization)
                .orElse(() -> inDirectory(access, organization).map(Ref::name))
                .getOrElse("");
        return new Answer(200, base.csvType(), new AtlasCsv(invoice, base, options, name).text());
    }

    private AtlasLinks links(WireRequest request) {
        return AtlasLinks.of(base, options.origin(), request);
    }

    /** A whole answer. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(int status, Map<String, String> headers, byte[] body) {

        Answer(int status, String contentType, byte[] body) {
            this(status, LinkedHashMap.of("Content-Type", contentType), body);
        }

        Answer(int status, String contentType, String body) {
            this(status, contentType, body.getBytes(StandardCharsets.UTF_8));
        }

        Answer with(String header, String value) {
            return new Answer(status, headers.put(header, value), body);
        }

        /** To {@code HEAD} goes everything but the body. */
        void send(WireRequest request, WireResponse response) throws IOException {
            Map<String, String> all = headers.put("Content-Length", Integer.toString(body.length));
            var out = response.start(status, all);
            if (!request.method().equals("HEAD")) {
                out.write(body);
            }
        }
    }
}
