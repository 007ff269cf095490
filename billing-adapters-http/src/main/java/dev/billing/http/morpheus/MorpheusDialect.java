package dev.billing.http.morpheus;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.http.Authorization;
import dev.billing.http.Dialect;
import dev.billing.http.Parameters;
import dev.billing.http.StrictJson;
import dev.billing.http.WireJson;
import dev.billing.http.WireRequest;
import dev.billing.http.WireResponse;
import dev.billing.port.Access;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Principal;
import dev.billing.port.Principal.Right;
import dev.billing.port.Principals;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Tally;
import dev.billing.usecase.TagInvoice;
import io.vavr.Tuple2;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Clock;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * Morpheus Data in one of its two epochs. A caller whose access has all accounts is the master; another one sees its own account, and what
 * others own through its own eyes, so that costs look like prices.
 * <p>
 * Checks come in this order, and the first that fails answers: token, route, method, right, parameters or body, tenancy, document.
 */
public final class MorpheusDialect implements Dialect {

    /** Totals are sums of what is printed. */
    private static final Tally.Digits OF_DOUBLES = Tally.Digits.OF_DOUBLES;

    private static final String JSON = "application/json;charset=UTF-8";
    private static final int MAX_BODY = 1_000_000;
    private static final int DEFAULT_MAX = 25;
    private static final int DEFAULT_MAX_LINES = 1_000;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final InvoiceStore store;
    private final TagInvoice tagInvoice;
    private final Principals principals;
    private final CloudRefresh clouds;
    private final MorpheusOptions options;
    private final Clock clock;
    private final Seq<InvoiceColumns.Column> invoiceColumns;
    private final Seq<LineColumns.Column> lineColumns;
    private final Map<String, InvoiceOrder.Key> invoiceKeys;
    private final Map<String, LineItemOrder.Key> lineKeys;

    /**
     * Serves the documents of the profile {@link Morpheus}.
     *
     * @param principals a caller needs an account of its own, and the right to read; to write for tags and refreshes
     * @param clouds what is done when somebody asks for clouds to be billed again
     */
    public MorpheusDialect(
            InvoiceStore store, Principals principals, CloudRefresh clouds, MorpheusOptions options, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.tagInvoice = new TagInvoice(store, clock);
        this.principals = requireNonNull(principals, "principals");
        this.clouds = requireNonNull(clouds, "clouds");
        this.options = requireNonNull(options, "options");
        this.clock = requireNonNull(clock, "clock");
        this.invoiceColumns = InvoiceColumns.of(options);
        this.lineColumns = LineColumns.of(options);
        this.invoiceKeys = LinkedHashMap.ofEntries(invoiceColumns.flatMap(
                column -> column.key().map(key -> new Tuple2<>(column.name(), key))));
        this.lineKeys = LinkedHashMap.ofEntries(lineColumns.map(column -> new Tuple2<>(column.name(), column.key())));
    }

    @Override
    public String basePath() {
        return options.basePath();
    }

    @Override
    public void answer(WireRequest request, WireResponse response) throws IOException {
        Option<String> token =
                request.header("Authorization").flatMap(Authorization::of).flatMap(Authorization::bearer);
        if (token.isEmpty()) {
            Errors.unauthorized(response);
            return;
        }
        Option<Principal> caller = principals.byToken(token.get());
        if (caller.isEmpty()) {
            Errors.invalidToken(response, token.get());
            return;
        }
        Option<MorpheusRoute> route =
                MorpheusRoute.of(request.path().substring(basePath().length()));
        if (route.isEmpty()) {
            Errors.noRoute(response, request);
        } else if (!route.get().methods().contains(request.method())) {
            Errors.noMethod(response, route.get().methods());
        } else if (!mayCall(caller.get(), request.method())) {
            Errors.forbidden(response);
        } else {
            new Call(request, response, caller.get()).answer(route.get());
        }
    }

    private static boolean mayCall(Principal caller, String method) {
        return caller.account().isDefined() && caller.may(method.equals("GET") ? Right.READ : Right.WRITE);
    }

    @Override
    public void fail(WireRequest request, WireResponse response) throws IOException {
        Errors.failed(response);
    }

    /** One request of a known caller to a known route. */
    private final class Call {

        private final WireRequest request;
        private final WireResponse response;
        private final Principal caller;
        private final AccountId account;
        private final boolean isMaster;
        private final Access access;
        private final Parameters parameters;
        private final Problems problems = new Problems();
        private final QueryReader reader;

        Call(WireRequest request, WireResponse response, Principal caller) {
            this.request = request;
            this.response = response;
            this.caller = caller;
            this.account = caller.account().get();
            this.isMaster = caller.access().accounts().isEmpty();
            this.access = isMaster
                    ? caller.access()
                    : Access.to(caller.access().tenant(), account).through(account);
            this.parameters = request.parameters();
            this.reader = new QueryReader(parameters, options.zone(), problems);
        }

        void answer(MorpheusRoute route) throws IOException {
            switch (route.kind()) {
                case INVOICES -> listInvoices();
                case INVOICE -> invoice(route.id());
                case REFRESH -> refresh();
                case LINES -> listLines();
                case LINE -> line(route.id());
                default -> throw new IllegalStateException("There is no route " + route);
            }
        }

        private boolean withRawData() {
            return options.isA() && reader.flag("rawData");
        }

        private int maxLines() {
            return options.isA()
                    ? Integer.MAX_VALUE
                    : (int) Math.min(
                            Integer.MAX_VALUE,
                            reader.whole("maxLineItems", 0, QueryReader.WHOLE_NUMBER)
                                    .getOrElse((long) DEFAULT_MAX_LINES));
        }

        // Lists

        private Pages.Window window() {
            long max = reader.whole("max", -1, "must be -1 or a whole number of 0 or more")
                    .getOrElse((long) DEFAULT_MAX);
            long offset = reader.whole("offset", 0, QueryReader.WHOLE_NUMBER).getOrElse(0L);
            return new Pages.Window(max, offset);
        }

        private void listInvoices() throws IOException {
            Filters filters = new Filters(parameters, options.zone(), problems);
            InvoiceQuery query = filters.invoices();
            Set<AccountId> accounts = filters.accounts();
            Pages.Window window = window();
            InvoiceOrder order = new InvoiceOrder(Sorting.read(reader, problems, invoiceKeys::get)
                    .map(term -> new InvoiceOrder.Term(term.key(), term.descending())));
            boolean totals = reader.flag("includeTotals");
            boolean raw = withRawData();
            boolean lines = options.isA() || reader.flag("includeLineItems");
            int maxLines = maxLines();
            if (isRefused(accounts)) {
                return;
            }
            InvoiceQuery own = query.and(ofAccounts(accounts));
            Pages<Stored> pages = new Pages<>(window, page -> store.search(access, own, order, page));
            list("invoices", pages, (json, stored) -> write(json, stored, lines, maxLines, raw), json -> {
                if (totals) {
                    new Totals(json, store.tally(access, own, Totals.figures(options), Totals.rates(), OF_DOUBLES))
                            .writeInvoices();
                }
            });
        }

        private void listLines() throws IOException {
            Filters filters = new Filters(parameters, options.zone(), problems);
            LineItemQuery query = filters.lines();
            Set<AccountId> accounts = filters.accounts();
            Pages.Window window = window();
            LineItemOrder order = new LineItemOrder(Sorting.read(reader, problems, lineKeys::get)
                    .map(term -> new LineItemOrder.Term(term.key(), term.descending())));
            boolean totals = reader.flag("includeTotals");
            boolean raw = withRawData();
            if (isRefused(accounts)) {
                return;
            }
            LineItemQuery own = new LineItemQuery(query.documents().and(ofAccounts(accounts)), query.lines());
            Pages<StoredLine> pages = new Pages<>(window, page -> store.searchLines(access, own, order, page));
            list("lineItems", pages, (json, found) -> write(json, found, raw), json -> {
                if (totals) {
                    new Totals(json, store.tallyLines(access, own, Totals.rates(), OF_DOUBLES)).writeLines();
                }
            });
        }

        private <T> void list(
                String name, Pages<T> pages, BiConsumer<MorpheusJson, T> row, Consumer<MorpheusJson> totals)
                throws IOException {
            try (JsonGenerator json = begin()) {
                MorpheusJson writer = new MorpheusJson(json, options);
                json.writeStartObject();
                json.writeArrayPropertyStart(name);
                pages.forEach(found -> row.accept(writer, found));
                json.writeEndArray();
                totals.accept(writer);
                writeMaster(json);
                pages.writeMeta(json);
                json.writeEndObject();
            }
        }

        /** Whether something is wrong with the parameters, or they name an account that the caller must not see; then it is answered. */
        private boolean isRefused(Set<AccountId> accounts) throws IOException {
            if (!problems.isEmpty()) {
                Errors.bad(response, "Invalid parameters", problems);
                return true;
            }
            if (!isMaster && accounts.exists(asked -> !asked.equals(account))) {
                Errors.forbidden(response);
                return true;
            }
            return false;
        }

        private InvoiceCondition ofAccounts(Set<AccountId> accounts) {
            return new InvoiceCondition.OfAccount(accounts.isEmpty() ? HashSet.of(account) : accounts);
        }

        private void writeMaster(JsonGenerator json) {
            if (!options.isA()) {
                json.writeBooleanProperty("masterAccount", isMaster);
            }
        }

        // One document

        private void invoice(String id) throws IOException {
            if (request.method().equals("PUT")) {
                update(id);
                return;
            }
            boolean raw = withRawData();
            int maxLines = maxLines();
            if (!problems.isEmpty()) {
                Errors.bad(response, "Invalid parameters", problems);
                return;
            }
            Option<Stored> stored = find(id);
            if (stored.isEmpty()) {
                Errors.notFound(response, "Invoice not found");
            } else {
                writeInvoice(stored.get(), maxLines, raw, false);
            }
        }

        private Option<Stored> find(String id) {
            return Option.when(NUMBER.matcher(id).matches(), id)
                    .flatMap(number -> store.find(access, new InvoiceId(number)))
                    .filter(stored -> stored.invoice().head().profile().equals(Morpheus.NAME));
        }

        private void writeInvoice(Stored stored, int maxLines, boolean raw, boolean isUpdate) throws IOException {
            try (JsonGenerator json = begin()) {
                MorpheusJson writer = new MorpheusJson(json, options);
                json.writeStartObject();
                if (isUpdate && !options.isA()) {
                    json.writeBooleanProperty("success", true);
                }
                json.writeName("invoice");
                write(writer, stored, true, maxLines, raw);
                writeMaster(json);
                json.writeEndObject();
            }
        }

        private void line(String id) throws IOException {
            boolean raw = withRawData();
            if (!problems.isEmpty()) {
                Errors.bad(response, "Invalid parameters", problems);
                return;
            }
            Option<StoredLine> line =
                    Option.when(NUMBER.matcher(id).matches(), id).flatMap(this::findLine);
            if (line.isEmpty()) {
                Errors.notFound(response, "Line item not found");
                return;
            }
            try (JsonGenerator json = begin()) {
                json.writeStartObject();
                json.writeName("lineItem");
                write(new MorpheusJson(json, options), line.get(), raw);
                writeMaster(json);
                json.writeEndObject();
            }
        }

        private Option<StoredLine> findLine(String id) {
            LineItemQuery query = new LineItemQuery(
                    InvoiceQuery.ofProfile(Morpheus.NAME),
                    Selection.of(new Selection.WithId(HashSet.of(new LineId(id)))));
            return store.searchLines(access, query, LineItemOrder.of(), PageRequest.first(1))
                    .rows()
                    .headOption();
        }

        // Writing

        private JsonGenerator begin() throws IOException {
            return WireJson.to(response.start(200, LinkedHashMap.of("Content-Type", JSON)));
        }

        private void write(MorpheusJson json, Stored stored, boolean lines, int maxLines, boolean raw) {
            json.generator().writeStartObject();
            invoiceColumns.forEach(column -> column.write(json, stored));
            if (lines) {
                json.generator().writeArrayPropertyStart("lineItems");
                if (InvoiceColumns.lineCount(stored) > 0) {
                    writeLines(json, stored, maxLines);
                }
                json.generator().writeEndArray();
            }
            if (raw) {
                json.generator().writeName("rawData");
                json.raw(
                        access.hidesCostsOf(stored.invoice().head())
                                ? Option.none()
                                : InvoiceColumns.text(stored, Fact.RAW));
            }
            json.generator().writeEndObject();
        }

        private void writeLines(MorpheusJson json, Stored stored, int maxLines) {
            store.lines(access, LineItemQuery.of(stored.invoice().head().id()), (Iterator<LineItem> lines) -> {
                for (int i = 0; i < maxLines && lines.hasNext(); i++) {
                    write(json, new StoredLine(stored, lines.next()), false);
                }
                return stored;
            });
        }

        private void write(MorpheusJson json, StoredLine found, boolean raw) {
            json.generator().writeStartObject();
            lineColumns.forEach(column -> column.write(json, found));
            if (raw) {
                json.generator().writeName("rawData");
                json.raw(LineColumns.raw(found));
            }
            json.generator().writeEndObject();
        }

        // Changing

        private void update(String id) throws IOException {
            Option<StrictJson> body = body();
            TagInvoice.Change change =
                    new Bodies(problems).tags(body.getOrElse(new StrictJson.Members(LinkedHashMap.empty())));
            int maxLines = maxLines();
            boolean raw = withRawData();
            if (!problems.isEmpty()) {
                Errors.bad(response, "Unable to update invoice", problems);
                return;
            }
            Option<InvoiceId> known =
                    find(id).map(stored -> stored.invoice().head().id());
            if (known.isEmpty()) {
                Errors.notFound(response, "Invoice not found");
                return;
            }
            var tagged = tagInvoice.change(access, known.get(), change);
            if (tagged.isRight()) {
                writeInvoice(tagged.get(), maxLines, raw, true);
            } else if (tagged.getLeft() instanceof TagInvoice.TagsRefused.TooMany) {
                problems.add("tags", "must have at most " + TagInvoice.MAX_TAGS + " tags");
                Errors.bad(response, "Unable to update invoice", problems);
            } else {
                throw new IllegalStateException(tagged.getLeft().message());
            }
        }

        private void refresh() throws IOException {
            Option<StrictJson> body = body();
            CloudRefresh.Request wanted = new Bodies(problems)
                    .refresh(
                            body.getOrElse(new StrictJson.Members(LinkedHashMap.empty())),
                            caller,
                            isMaster,
                            clouds,
                            options.zone(),
                            clock);
            if (!problems.isEmpty()) {
                Errors.bad(response, "Unable to refresh invoices", problems);
                return;
            }
            clouds.refresh(wanted);
            Errors.text(response, 200, "{\"success\":true,\"msg\":\"Refreshing invoices\"}");
        }

        /** The body, if it is JSON and said to be; one problem is enough, so nothing else is told of a body that cannot be read. */
        private Option<StrictJson> body() throws IOException {
            boolean isJson = request.header("Content-Type").exists(MorpheusDialect::isJson);
            if (!isJson) {
                problems.addOnly("body", "must be application/json");
                return Option.none();
            }
            Option<StrictJson> body = request.readBody(MAX_BODY).flatMap(StrictJson::read);
            if (body.isEmpty()) {
                problems.addOnly("body", "must be valid JSON");
            }
            return body;
        }
    }

    private static boolean isJson(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .equalsIgnoreCase("application/json");
    }
}
