package dev.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.billing.port.Directory;
import dev.billing.port.InvoiceStore;
import dev.billing.port.PriceBooks;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import dev.billing.port.UsageStore;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * The proof that the contracts bite: each is run on ports with one defect, and must fail at exactly the rules that the defect breaks. A
 * defect that breaks two has both in its table.
 */
class BrokenStoresTest {

    private static final AtomicReference<Supplier<?>> PORT = new AtomicReference<>();

    static final class OfInvoices extends InvoiceStoreContract {
        @Override
        protected InvoiceStore emptyStore() {
            return (InvoiceStore) PORT.get().get();
        }
    }

    static final class OfUsage extends UsageStoreContract {
        @Override
        protected UsageStore emptyStore() {
            return (UsageStore) PORT.get().get();
        }
    }

    static final class OfPriceBooks extends PriceBooksContract {
        @Override
        protected PriceBooks emptyPriceBooks() {
            return (PriceBooks) PORT.get().get();
        }
    }

    static final class OfDirectories extends DirectoryContract {
        @Override
        protected Directory emptyDirectory() {
            return (Directory) PORT.get().get();
        }
    }

    static final class OfPrincipals extends PrincipalsContract {
        @Override
        protected Principals knowing(String token, Principal principal) {
            return ((BrokenPorts.Knowing) PORT.get().get()).of(token, principal, false);
        }

        @Override
        protected Option<Principals> knowingExpired(String token, Principal principal) {
            return Option.some(((BrokenPorts.Knowing) PORT.get().get()).of(token, principal, true));
        }
    }

    @TestFactory
    Stream<DynamicTest> a_broken_invoice_store_fails_at_its_rule() {
        return bites(OfInvoices.class, BrokenInvoiceStores.all());
    }

    @TestFactory
    Stream<DynamicTest> a_broken_usage_store_fails_at_its_rule() {
        return bites(OfUsage.class, BrokenUsageStores.all());
    }

    @TestFactory
    Stream<DynamicTest> broken_price_books_fail_at_their_rule() {
        return bites(OfPriceBooks.class, BrokenPorts.priceBooks());
    }

    @TestFactory
    Stream<DynamicTest> a_broken_directory_fails_at_its_rule() {
        return bites(OfDirectories.class, BrokenPorts.directories());
    }

    @TestFactory
    Stream<DynamicTest> broken_principals_fail_at_their_rule() {
        return bites(OfPrincipals.class, BrokenPorts.principals());
    }

    @Test
    void every_rule_is_broken_once() {
        assertThat(rules(BrokenInvoiceStores.all())).containsExactlyElementsOf(numbered("S", 14));
        assertThat(rules(BrokenUsageStores.all())).containsExactlyElementsOf(numbered("U", 10));
        assertThat(rules(BrokenPorts.priceBooks())).containsExactlyElementsOf(numbered("B", 4));
        assertThat(rules(BrokenPorts.directories())).containsExactlyElementsOf(numbered("D", 4));
        assertThat(rules(BrokenPorts.principals())).containsExactlyElementsOf(numbered("A", 2));
    }

    @Test
    void a_port_with_nothing_overridden_keeps_every_rule() {
        assertThat(failedTests(OfInvoices.class, ForwardingInvoiceStore::new)).isEmpty();
        assertThat(failedTests(OfUsage.class, ForwardingUsageStore::new)).isEmpty();
        BrokenPorts.Knowing knowing = (token, principal, expired) -> given ->
                expired ? Option.none() : Principals.single(token, principal).byToken(given);
        assertThat(failedTests(OfPrincipals.class, () -> knowing)).isEmpty();
    }

    /** A test for each defect, and one that no test of the contract passes on all of them. */
    private static <P> Stream<DynamicTest> bites(Class<?> contract, Seq<Defect<P>> defects) {
        Set<String> bitten = new HashSet<>();
        Stream<DynamicTest> broken = defects.toJavaStream()
                .map(defect -> DynamicTest.dynamicTest(defect.breaks() + ": " + defect.what(), () -> {
                    Seq<String> failed = failedTests(contract, defect.broken());
                    bitten.addAll(failed.asJava());
                    assertThat(rulesOf(failed))
                            .as("Rules that must fail on a port that %s; tests that fail: %s", defect.what(), failed)
                            .containsExactlyElementsOf(defect.rules());
                }));
        DynamicTest all = DynamicTest.dynamicTest(
                "Every test fails on one of them",
                () -> assertThat(bitten).containsExactlyInAnyOrderElementsOf(testsOf(contract)));
        return Stream.concat(broken, Stream.of(all));
    }

    private static Seq<String> failedTests(Class<?> contract, Supplier<?> port) {
        PORT.set(port);
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents();
        assertThat(tests.finished().count()).isEqualTo(testsOf(contract).size());
        return Array.ofAll(tests.failed().stream()
                .map(Event::getTestDescriptor)
                .map(BrokenStoresTest::method)
                .toList());
    }

    private static Seq<String> testsOf(Class<?> contract) {
        return Array.of(contract.getSuperclass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName);
    }

    private static String method(TestDescriptor test) {
        return ((MethodSource) test.getSource().orElseThrow()).getMethodName();
    }

    private static Seq<String> rulesOf(Seq<String> tests) {
        return sorted(tests.map(test -> test.substring(0, test.indexOf('_')).toUpperCase(Locale.ROOT)));
    }

    private static <P> Seq<String> rules(Seq<Defect<P>> defects) {
        return sorted(defects.flatMap(Defect::rules));
    }

    private static Seq<String> sorted(Seq<String> rules) {
        return rules.distinct().sortBy(rule -> Integer.valueOf(rule.substring(1)));
    }

    private static Seq<String> numbered(String letter, int count) {
        return Array.rangeClosed(1, count).map(number -> letter + number);
    }
}
