package dev.billing.testkit;

import dev.billing.domain.AccountId;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Outboxes, each with one defect that somebody might make. */
final class BrokenOutboxes {

    private BrokenOutboxes() {}

    static Seq<Defect<Ports>> all() {
        return Array.of(
                new Defect<>(
                        "forgets empty values",
                        "O1",
                        () -> giving(events -> events.map(published -> new Published(
                                new Event(
                                        published.event().type(),
                                        published.event().account(),
                                        published.event().subject(),
                                        published.event().at(),
                                        published.event().data().rejectValues(String::isEmpty)),
                                published.number())))),
                new Defect<>("tells no numbers", "O1", () -> new TellsNoNumbers().ports()),
                new Defect<>("tells what was refused", "O1", () -> new TellsWhatWasRefused().ports()),
                new Defect<>("tells again what is sent again", "O1", () -> new TellsAgain().ports()),
                new Defect<>(
                        "sorts the events of a commit",
                        "O2",
                        () -> committing(commit -> commit.events().sortBy(Event::type))),
                new Defect<>("numbers other accounts from 51", "O2 O3", BrokenOutboxes::from51),
                new Defect<>("numbers from 1 when all was delivered", "O2 O4", () -> new NumbersFromOne().ports()),
                new Defect<>("gives the newest first", "O2 O3", () -> giving(Seq::reverse)),
                new Defect<>("gives one event more", "O3", () -> new GivesMore().ports()),
                new Defect<>("gives an event once, marked or not", "O3", () -> new GivesOnce().ports()),
                new Defect<>("marks nothing", "O2 O3 O4", () -> new MarksNothing().ports()),
                new Defect<>("takes back what was marked", "O4", () -> new TakesBack().ports()),
                new Defect<>("marks all accounts", "O4", () -> new MarksAllAccounts().ports()),
                new Defect<>("marks what happens later", "O4", () -> new MarksWhatHappensLater().ports()),
                new Defect<>("shares events among tenants", "O5", () -> new SharesTenants().ports()),
                new Defect<>("marks the events of other tenants", "O5", () -> new MarksOtherTenants().ports()));
    }

    private static Ports giving(UnaryOperator<Seq<Published>> rewriting) {
        return new ForwardingAccountStore() {
            @Override
            public Seq<Published> undelivered(TenantId tenant, int max) {
                return rewriting.apply(super.undelivered(tenant, max));
            }
        }.ports();
    }

    private interface Telling {
        Seq<Event> events(Commit commit);
    }

    private static Ports committing(Telling telling) {
        return new ForwardingAccountStore() {
            @Override
            public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
                return super.commit(
                        tenant, new Commit(commit.key(), commit.content(), commit.writes(), telling.events(commit)));
            }
        }.ports();
    }

    private static Ports from51() {
        return giving(events ->
                events.map(published -> published.event().account().equals(InvoiceFixtures.BOB)
                        ? new Published(published.event(), published.number() + 50)
                        : published));
    }

    private static final class TellsNoNumbers extends ForwardingAccountStore {
        @Override
        public Seq<Published> undelivered(TenantId tenant, int max) {
            return super.undelivered(tenant, max).map(published -> {
                Event event = published.event();
                return new Published(
                        new Event(
                                event.type(),
                                event.account(),
                                event.subject(),
                                event.at(),
                                event.data().remove(Event.NUMBER)),
                        published.number());
            });
        }
    }

    private static final class TellsWhatWasRefused extends ForwardingAccountStore {
        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            return super.commit(tenant, commit).peekLeft(refused -> tell(tenant, commit));
        }

        private void tell(TenantId tenant, Commit commit) {
            super.commit(tenant, new Commit(InvoiceFixtures.newKey(), "content", Array.empty(), commit.events()));
        }
    }

    private static final class TellsAgain extends ForwardingAccountStore {

        private final Set<Commit> sent = new HashSet<>();

        @Override
        public synchronized Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            if (!sent.add(commit)) {
                super.commit(tenant, new Commit(InvoiceFixtures.newKey(), "content", Array.empty(), commit.events()));
            }
            return super.commit(tenant, commit);
        }
    }

    /** Counts the events of an account anew once all were delivered. */
    private static final class NumbersFromOne extends ForwardingAccountStore {

        private final Map<AccountId, Long> delivered = new HashMap<>();

        @Override
        public void delivered(TenantId tenant, AccountId account, long upTo) {
            super.delivered(tenant, account, upTo + delivered.getOrDefault(account, 0L));
            if (super.undelivered(tenant, Integer.MAX_VALUE)
                    .forAll(published -> !published.event().account().equals(account))) {
                delivered.merge(account, upTo, Long::sum);
            }
        }

        @Override
        public Seq<Published> undelivered(TenantId tenant, int max) {
            return super.undelivered(tenant, max)
                    .map(published -> new Published(
                            published.event(),
                            Math.max(
                                    1,
                                    published.number()
                                            - delivered.getOrDefault(
                                                    published.event().account(), 0L))));
        }
    }

    private static final class GivesMore extends ForwardingAccountStore {
        @Override
        public Seq<Published> undelivered(TenantId tenant, int max) {
            return super.undelivered(tenant, Math.max(max, max + 1));
        }
    }

    private static final class GivesOnce extends ForwardingAccountStore {

        private final Set<Published> given = new HashSet<>();

        @Override
        public synchronized Seq<Published> undelivered(TenantId tenant, int max) {
            return super.undelivered(tenant, max).filter(given::add);
        }
    }

    private static final class MarksNothing extends ForwardingAccountStore {
        @Override
        public void delivered(TenantId tenant, AccountId account, long upTo) {}
    }

    /** Gives what is behind the number that was marked last. */
    private static final class TakesBack extends ForwardingAccountStore {

        private final Map<AccountId, Long> delivered = new HashMap<>();

        @Override
        public void delivered(TenantId tenant, AccountId account, long upTo) {
            if (tenant.equals(InvoiceFixtures.TENANT)) {
                long there = super.undelivered(tenant, Integer.MAX_VALUE)
                        .count(published -> published.event().account().equals(account));
                delivered.put(account, Math.min(upTo, there));
            }
        }

        @Override
        public Seq<Published> undelivered(TenantId tenant, int max) {
            return super.undelivered(tenant, Integer.MAX_VALUE)
                    .filter(published -> !tenant.equals(InvoiceFixtures.TENANT)
                            || published.number()
                                    > delivered.getOrDefault(published.event().account(), 0L))
                    .take(max);
        }
    }

    private static final class MarksAllAccounts extends ForwardingAccountStore {
        @Override
        public void delivered(TenantId tenant, AccountId account, long upTo) {
            super.undelivered(tenant, Integer.MAX_VALUE)
                    .map(published -> published.event().account())
                    .filter(other -> other.value().equalsIgnoreCase(account.value()))
                    .forEach(other -> super.delivered(tenant, other, upTo));
        }
    }

    private static final class MarksWhatHappensLater extends ForwardingAccountStore {

        private final Map<AccountId, Long> delivered = new HashMap<>();

        @Override
        public void delivered(TenantId tenant, AccountId account, long upTo) {
            if (tenant.equals(InvoiceFixtures.TENANT)) {
                delivered.merge(account, upTo, Math::max);
            }
        }

        @Override
        public Seq<Published> undelivered(TenantId tenant, int max) {
            return super.undelivered(tenant, Integer.MAX_VALUE)
                    .filter(published -> !tenant.equals(InvoiceFixtures.TENANT)
                            || published.number()
                                    > delivered.getOrDefault(published.event().account(), 0L))
                    .take(max);
        }
    }

    private static final class SharesTenants extends ForwardingAccountStore {
        @Override
        public Seq<Published> undelivered(TenantId tenant, int max) {
            return super.undelivered(InvoiceFixtures.TENANT, max);
        }
    }

    private static final class MarksOtherTenants extends ForwardingAccountStore {
        @Override
        public void delivered(TenantId tenant, AccountId account, long upTo) {
            super.delivered(InvoiceFixtures.TENANT, account, upTo);
            super.delivered(InvoiceFixtures.OTHER_TENANT, account, upTo);
        }
    }
}
