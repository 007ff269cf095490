package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.CommitRefused;
import dev.billing.port.Write;
import dev.billing.usecase.Order.Item;
import dev.billing.usecase.Order.ItemId;
import dev.billing.usecase.Order.Space;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * Plans what an {@link OrderCommand} does. Orders are documents of {@link Spaces}, whatever else is billed beside them, and are charged at
 * the instant at which they were made.
 */
final class OrderPlanner {

    private final Planning planning;

    OrderPlanner(Planning planning) {
        this.planning = requireNonNull(planning, "planning");
    }

    Either<BillingError, Plan> plan(OrderCommand command) {
        Order order = command.order();
        if (!planning.access().sees(order.account())) {
            return Either.left(new CommandRefused.NoAccess(order.account()));
        }
        Seq<OrderRefused> problems = OrderProblems.of(order);
        if (problems.nonEmpty()) {
            return Either.left(new OrderRefused.Unsound(order.id(), problems));
        }
        return exists(order)
                ? Either.left(new OrderRefused.NotStored(new CommitRefused.AlreadyExists(order.id())))
                : place(order);
    }

    /** In all of the tenant, as its documents share their ids. */
    private boolean exists(Order order) {
        return planning.ports()
                .invoices()
                .find(Access.toAll(planning.access().tenant()), order.id())
                .isDefined();
    }

    private Either<BillingError, Plan> place(Order order) {
        Profile profile = spaces().in(order.currency());
        Seq<LineItem> lines = profile.order()
                .arrange(order.items().zipWithIndex().map(item -> line(order, item._1, "item " + (item._2 + 1))));
        Figures figures = Figures.fold(profile.figures(), lines, order.currency());
        Invoice.Preview draft = new Invoice.Preview(head(profile, order), figures, order.createdAt());
        InvoiceStatus status = figures.amount(Spaces.TOTAL).isZero() ? InvoiceStatus.FREE : InvoiceStatus.CLOSED;
        Standing standing = Standing.initial(order.id(), status, order.createdAt());
        return new Issuing(planningOf(order, profile), draft, standing)
                .plan((document, series) -> new Write.Issue(document, lines, series, status));
    }

    private Profile spaces() {
        Profile orders = Spaces.profile();
        return planning.profile().name().equals(orders.name()) ? planning.profile() : orders;
    }

    private Planning planningOf(Order order, Profile profile) {
        return new Planning(
                planning.ports(), profile, planning.access(), order.createdAt(), planning.seen(), planning.billable());
    }

    private static Head head(Profile profile, Order order) {
        return new Head(
                order.id(),
                profile.name(),
                order.account(),
                order.account(),
                Option.none(),
                Option.none(),
                places(order.space()),
                Option.some(order.customer()),
                order.currency(),
                order.createdAt(),
                attributes(order.space()));
    }

    private static Map<Dimension, Ref> places(Space space) {
        return HashMap.of(Spaces.SPACE, new Ref("space", Long.toString(space.id()), ""));
    }

    private static Map<String, Attribute> attributes(Space space) {
        Map<String, Attribute> created = HashMap.of(Spaces.SPACE_CREATED, Attribute.of(space.createdAt()));
        return space.url()
                .map(url -> created.put(Spaces.SPACE_URL, Attribute.of(url)))
                .getOrElse(created);
    }

    private static LineItem line(Order order, Item item, String id) {
        LineItem.Builder line = LineItem.builder(
                        new LineId(id), item.id().value(), Spaces.ITEM, order.createdAt(), origin(item.id()))
                .description(item.description())
                .quantity(BigDecimal.valueOf(item.quantity()), "")
                .unitPrice(item.unitAmount())
                .price(Amount.of(item.gross(), item.discount()))
                .places(places(order.space()));
        return item.period().map(line::period).getOrElse(line).build();
    }

    private static Origin origin(ItemId id) {
        String type = id.isNumber() ? Spaces.ID_IS_NUMBER : Spaces.ID_IS_TEXT;
        return new Origin.Provided(id.value(), HashMap.of(Spaces.ID_TYPE, type), Option.none());
    }
}
