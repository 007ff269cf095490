package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import dev.billing.usecase.TagInvoice.TagsRefused;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;

/** Plans what a {@link DocumentCommand} does. What changes nothing is no change. */
record DocumentPlanner(InvoiceStore store, Access access, Instant now) {

    DocumentPlanner {
        requireNonNull(store, "store");
        requireNonNull(access, "access");
        requireNonNull(now, "now");
    }

    DocumentPlanner(Planning planning) {
        this(planning.ports().invoices(), planning.access(), planning.now());
    }

    Either<BillingError, Plan> plan(DocumentCommand command) {
        return command instanceof DocumentCommand.Tag tag
                ? tag(tag).mapLeft(refused -> refused)
                : ship((DocumentCommand.Ship) command).mapLeft(refused -> refused);
    }

    private Either<TagsRefused, Plan> tag(DocumentCommand.Tag command) {
        return store.find(access, command.invoice())
                .<Either<TagsRefused, Plan>>map(known -> tag(known, command.change()))
                .getOrElse(() -> Either.left(new TagsRefused.UnknownInvoice(command.invoice())));
    }

    /** A document with these changes of its tags. */
    Either<TagsRefused, Plan> tag(Stored known, TagInvoice.Change change) {
        Standing standing = known.standing();
        Seq<Tag> tags = change.applyTo(standing);
        if (tags.equals(standing.tags())) {
            return Either.right(Plan.NOTHING);
        }
        return tags.size() > TagInvoice.MAX_TAGS
                ? Either.left(new TagsRefused.TooMany(standing.invoice(), tags.size()))
                : Either.right(Plan.of(
                        new Write.Stand(standing.tagged(tags, now)),
                        event("invoice.tagged", known)
                                .with(
                                        "tags",
                                        tags.map(tag -> tag.name() + "=" + tag.value())
                                                .mkString("\n"))));
    }

    private Either<ShipRefused, Plan> ship(DocumentCommand.Ship command) {
        return order(command.invoice())
                .<Either<ShipRefused, Plan>>map(known -> known.standing()
                        .shipment()
                        .map(shipment -> shipped(known, shipment, command.message()))
                        .getOrElse(() -> Either.right(shipped(known, new Shipment(command.message(), now)))))
                .getOrElse(() -> Either.left(new ShipRefused.UnknownOrder(command.invoice())));
    }

    /** An order that the caller may see. */
    Option<Stored> order(InvoiceId order) {
        return store.find(access, order)
                .filter(stored -> stored.invoice()
                        .head()
                        .profile()
                        .equals(Spaces.profile().name()));
    }

    /** The customer was told the first message. */
    private static Either<ShipRefused, Plan> shipped(Stored known, Shipment shipment, String message) {
        return shipment.message().equals(message)
                ? Either.right(Plan.NOTHING)
                : Either.left(new ShipRefused.AlreadyShipped(known.standing().invoice(), shipment));
    }

    private Plan shipped(Stored known, Shipment shipment) {
        return Plan.of(
                new Write.Stand(known.standing().shipped(shipment)),
                event("invoice.shipped", known).with("message", shipment.message()));
    }

    private Event event(String type, Stored known) {
        return Event.of(
                type,
                known.invoice().head().account(),
                known.invoice().head().id().value(),
                now);
    }
}
