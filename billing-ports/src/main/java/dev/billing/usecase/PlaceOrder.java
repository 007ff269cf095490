package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.InvoiceStore;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.usecase.Order.Item;
import dev.billing.usecase.Order.ItemId;
import dev.billing.usecase.Order.Space;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;

/** Places the orders of web shops: each is a document at once, sealed, with the next number of its shop. */
public final class PlaceOrder {

    private final InvoiceStore store;

    public PlaceOrder(InvoiceStore store) {
        this.store = requireNonNull(store, "store");
    }

    /**
     * Places an order, once: placing it again gives the number that it has. Another order with the same id is refused.
     *
     * @return the number, or every reason why it is refused
     */
    public Either<Seq<OrderRefused>, InvoiceNumber> place(TenantId tenant, Order order) {
        Seq<OrderRefused> problems = OrderProblems.of(order);
        return problems.isEmpty() ? issue(tenant, order) : Either.left(problems);
    }

    private Either<Seq<OrderRefused>, InvoiceNumber> issue(TenantId tenant, Order order) {
        // a digest, because a key has no more room than an id may take
        CommandKey key = new CommandKey("order/" + Fingerprint.of(order.id()));
        Write.Issue issue = issue(order);
        Invoice.Preview document = issue.draft();
        Charging charging = new Charging(
                document.head(),
                order.createdAt(),
                issue.status(),
                Spaces.profile().invoicing().due(document.figures()));
        Commit commit = new Commit(key, Fingerprint.of(order), charging.with(issue), Array.of(charging.told()));
        return store.commit(tenant, commit)
                .<Seq<OrderRefused>>mapLeft(why -> Array.of(new OrderRefused.NotStored(why)))
                .map(receipt -> receipt.numbers().get(order.id()).get());
    }

    private static Write.Issue issue(Order order) {
        Profile profile = Spaces.profile().in(order.currency());
        Seq<LineItem> lines = profile.order()
                .arrange(order.items().zipWithIndex().map(item -> line(order, item._1, "item " + (item._2 + 1))));
        Figures figures = Figures.fold(profile.figures(), lines, order.currency());
        Invoice.Preview draft = new Invoice.Preview(head(profile, order), figures, order.createdAt());
        return new Write.Issue(
                draft,
                lines,
                Option.some(Spaces.ordersOf(Long.toString(order.space().id()))),
                figures.amount(Spaces.TOTAL).isZero() ? InvoiceStatus.FREE : InvoiceStatus.CLOSED);
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
