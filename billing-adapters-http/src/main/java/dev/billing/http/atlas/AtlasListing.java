package dev.billing.http.atlas;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.http.Parameters;
import dev.billing.http.Parameters.Parameter;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceOrder.Field;
import dev.billing.port.InvoiceOrder.Term;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.PageRequest;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * What a list is asked for.
 *
 * @param page from 1
 * @param size of a page
 */
record AtlasListing(int page, int size, boolean counted, InvoiceQuery filter, InvoiceOrder order, Parameters sent) {

    private static final int MAX_SIZE = 500;
    private static final int DEFAULT_SIZE = 100;
    private static final Set<String> PAGING = LinkedHashSet.of("pageNum", "itemsPerPage");

    /** Reads the parameters in their order; the first bad one is told. */
    static Either<AtlasError, AtlasListing> of(Parameters sent) {
        AtlasParameters parameters = new AtlasParameters(sent);
        return parameters
                .integer("pageNum", 1, Integer.MAX_VALUE)
                .flatMap(page -> parameters
                        .integer("itemsPerPage", DEFAULT_SIZE, MAX_SIZE)
                        .flatMap(size -> parameters
                                .flag("includeCount", true)
                                .flatMap(counted -> parameters
                                        .flag("viewLinkedInvoices", true)
                                        .flatMap(noEffect -> filter(parameters))
                                        .flatMap(filter -> order(parameters)
                                                .map(order ->
                                                        new AtlasListing(page, size, counted, filter, order, sent))))));
    }

    private static Either<AtlasError, InvoiceQuery> filter(AtlasParameters parameters) {
        return statuses(parameters.sent().values("statusNames"))
                .flatMap(statuses -> parameters
                        .date("fromDate")
                        .flatMap(from -> parameters.date("toDate").flatMap(to -> filter(statuses, from, to))));
    }

    private static Either<AtlasError, InvoiceQuery> filter(
            Set<InvoiceStatus> statuses, Option<Instant> from, Option<Instant> to) {
        if (from.exists(start -> to.exists(end -> !start.isBefore(end)))) {
            return Either.left(AtlasError.datesReversed());
        }
        Seq<InvoiceCondition> conditions = Array.<Option<InvoiceCondition>>of(
                        Option.when(!statuses.isEmpty(), () -> new InvoiceCondition.WithStatus(statuses)),
                        from.map(InvoiceCondition.StartsFrom::new),
                        to.map(InvoiceCondition.EndsBy::new))
                .flatMap(condition -> condition);
        return Either.right(conditions.foldLeft(InvoiceQuery.ALL, InvoiceQuery::and));
    }

    private static Either<AtlasError, Set<InvoiceStatus>> statuses(Seq<String> names) {
        Option<String> unknown = names.find(name -> status(name).isEmpty());
        return unknown.isDefined()
                ? Either.left(AtlasError.enumValue(unknown.get()))
                : Either.right(names.flatMap(AtlasListing::status)
                        .flatMap(AtlasStatus::statuses)
                        .toLinkedSet());
    }

    private static Option<AtlasStatus> status(String name) {
        return Array.of(AtlasStatus.values()).find(status -> status.name().equals(name));
    }

    private static Either<AtlasError, InvoiceOrder> order(AtlasParameters parameters) {
        return parameters
                .isFirst("sortBy", "END_DATE", "END_DATE", "START_DATE")
                .flatMap(byEnd -> parameters
                        .isFirst("orderBy", "desc", "desc", "asc")
                        .map(descending -> InvoiceOrder.of(
                                new Term(byEnd ? Field.PERIOD_END : Field.PERIOD_START, descending),
                                new Term(Field.ID, descending))));
    }

    PageRequest request() {
        return new PageRequest((page - 1L) * size, size);
    }

    boolean hasPrevious() {
        return page > 1;
    }

    boolean hasNext(long total) {
        return (long) page * size < total;
    }

    /** The parameters of this page, as its own link has them. */
    String selfQuery() {
        return query("pageNum=" + page, "itemsPerPage=" + size);
    }

    /** The parameters of another page; links to others have them the other way round. */
    String queryOf(int otherPage) {
        return query("itemsPerPage=" + size, "pageNum=" + otherPage);
    }

    private String query(String... paging) {
        return sent.all()
                .filter(parameter -> !PAGING.contains(parameter.name()))
                .map(Parameter::raw)
                .appendAll(Array.of(paging))
                .mkString("&");
    }
}
