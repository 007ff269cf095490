package dev.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.billing.domain.money.Money;
import dev.billing.port.PaymentGateway;
import dev.billing.port.PaymentGateway.Demand;
import dev.billing.port.PaymentGateway.Outcome;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The gateway in memory keeps the contract, and the contract bites. */
class PaymentGatewayContractTest {

    private static final AtomicReference<Supplier<PaymentGateway>> PORT = new AtomicReference<>();

    @Nested
    class InMemory extends PaymentGatewayContract {
        @Override
        protected PaymentGateway gateway() {
            return InMemoryPaymentGateway.collecting();
        }
    }

    @Nested
    class TellingLater extends PaymentGatewayContract {
        @Override
        protected PaymentGateway gateway() {
            return new InMemoryPaymentGateway((payment, demand) -> new Outcome.Pending(payment));
        }
    }

    static final class OfGateways extends PaymentGatewayContract {
        @Override
        protected PaymentGateway gateway() {
            return PORT.get().get();
        }
    }

    @TestFactory
    Stream<DynamicTest> a_broken_gateway_fails_at_its_rule() {
        return broken().toJavaStream()
                .map(defect -> DynamicTest.dynamicTest(
                        defect.breaks() + ": " + defect.what(),
                        () -> assertThat(rules(failures(defect.broken())))
                                .as("Rules that must fail on a gateway that %s", defect.what())
                                .containsExactlyElementsOf(defect.rules())));
    }

    @Test
    void every_test_fails_on_one_of_them() {
        assertThat(broken().flatMap(defect -> failures(defect.broken())).distinct())
                .containsExactlyInAnyOrderElementsOf(Array.of(PaymentGatewayContract.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> method.getName()));
    }

    private static Seq<Defect<PaymentGateway>> broken() {
        return Array.of(
                new Defect<>("forgets attempts", "G1", () -> {
                    AtomicInteger payments = new AtomicInteger();
                    return (tenant, demand) ->
                            new Outcome.Collected("payment-" + payments.incrementAndGet(), demand.amount());
                }),
                new Defect<>("tells what is asked for by then", "G1", () -> {
                    PaymentGateway sound = InMemoryPaymentGateway.collecting();
                    return (tenant, demand) -> new Outcome.Collected(
                            ((Outcome.Collected) sound.collect(tenant, demand)).payment(), demand.amount());
                }),
                new Defect<>("looks before it collects", "G1", Hasty::new),
                new Defect<>("collects a cent more", "G2", () -> collecting(Money.of("USD", "0.01"))),
                new Defect<>("collects nothing", "G2", () -> collecting(Money.of("USD", "-12.00"))),
                new Defect<>(
                        "collects euros",
                        "G2",
                        () -> new InMemoryPaymentGateway(
                                (payment, demand) -> new Outcome.Collected(payment, Money.of("EUR", "1.00")))),
                new Defect<>(
                        "declines whoever can pay", "G2", () -> InMemoryPaymentGateway.declining("I do not like it")),
                new Defect<>("shares attempts between tenants", "G3", () -> {
                    PaymentGateway sound = InMemoryPaymentGateway.collecting();
                    return (tenant, demand) -> sound.collect(new TenantId("everybody"), demand);
                }));
    }

    private static PaymentGateway collecting(Money more) {
        return new InMemoryPaymentGateway((payment, demand) ->
                new Outcome.Collected(payment, demand.amount().plus(more)));
    }

    /** Knows only the attempts of its own thread, as one does that looks before it collects. */
    private static final class Hasty implements PaymentGateway {
        private final ConcurrentMap<Thread, PaymentGateway> gateways = new ConcurrentHashMap<>();

        @Override
        public Outcome collect(TenantId tenant, Demand demand) {
            Thread thread = Thread.currentThread();
            return gateways.computeIfAbsent(
                            thread,
                            first -> new InMemoryPaymentGateway((payment, asked) ->
                                    new Outcome.Collected(payment + " of " + thread.getId(), asked.amount())))
                    .collect(tenant, demand);
        }
    }

    private static Seq<String> failures(Supplier<PaymentGateway> gateway) {
        PORT.set(gateway);
        return Array.ofAll(
                EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(OfGateways.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .stream()
                        .map(event -> ((MethodSource)
                                        event.getTestDescriptor().getSource().orElseThrow())
                                .getMethodName())
                        .toList());
    }

    private static Seq<String> rules(Seq<String> tests) {
        return tests.map(test -> test.substring(0, 2).toUpperCase(Locale.ROOT)).distinct();
    }
}
