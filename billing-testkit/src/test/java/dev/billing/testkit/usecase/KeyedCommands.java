package dev.billing.testkit.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.BillingError;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import dev.billing.testkit.ForwardingInvoiceStore;
import dev.billing.usecase.Command;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.Commands;
import dev.billing.usecase.Plan;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.time.Clock;

/** Runs commands, and checks what all of them promise: what is previewed is stored and told, once for a key. */
final class KeyedCommands {

    private final Committed committed;
    private final Commands commands;
    private final Access access;

    KeyedCommands(Ports ports, Profile profile, Clock clock, Access access) {
        this.committed = new Committed(ports.invoices());
        this.commands = new Commands(ports.with(committed), profile, clock);
        this.access = access;
    }

    /** Knows what was committed. */
    private static final class Committed extends ForwardingInvoiceStore {

        private Seq<Commit> commits = Array.empty();

        Committed(InvoiceStore store) {
            super(store);
        }

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            commits = commits.append(commit);
            return super.commit(tenant, commit);
        }
    }

    /** Runs a command that must be accepted, after two previews, and then again. */
    Receipt done(String key, Command command) {
        Plan preview = accepted(commands.preview(access, command));
        assertThat(accepted(commands.preview(access, command)))
                .as("previewing changes nothing")
                .isEqualTo(preview);
        int before = committed.commits.size();
        Receipt receipt = accepted(run(key, command));
        Commit commit = committed.commits.drop(before).single();
        assertThat(new Plan(commit.writes(), commit.events()))
                .as("what %s does is what its preview says", command)
                .isEqualTo(preview);
        assertThat(receipt.events().map(KeyedCommands::unnumbered)).isEqualTo(preview.events());
        assertThat(run(key, command)).as("again").isEqualTo(Either.right(receipt));
        assertThat(committed.commits).as("the answer is the stored one").hasSize(before + 1);
        return receipt;
    }

    /** Runs another command under a key that was used. */
    void refusesReuse(String key, Command other) {
        int before = committed.commits.size();
        assertThat(run(key, other)).isEqualTo(Either.left(new CommandRefused.KeyReused(new CommandKey(key))));
        assertThat(committed.commits).hasSize(before);
    }

    /** Runs a command that must be refused, as its preview is. */
    BillingError refused(String key, Command command) {
        int before = committed.commits.size();
        Either<BillingError, Receipt> result = run(key, command);
        assertThat(result.isLeft()).as("%s must be refused", command).isTrue();
        assertThat(commands.preview(access, command)).isEqualTo(Either.left(result.getLeft()));
        assertThat(committed.commits).hasSize(before);
        return result.getLeft();
    }

    private Either<BillingError, Receipt> run(String key, Command command) {
        return commands.run(access, new CommandKey(key), command);
    }

    private static <T> T accepted(Either<BillingError, T> result) {
        return result.getOrElseThrow(refused -> new AssertionError("Refused: " + refused.message()));
    }

    /** As it is told before the store has given a number. */
    private static Event unnumbered(Event event) {
        return new Event(
                event.type(),
                event.account(),
                event.subject(),
                event.at(),
                event.data().remove(Event.NUMBER));
    }
}
