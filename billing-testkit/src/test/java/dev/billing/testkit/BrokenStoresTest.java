package dev.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.billing.port.Directory;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Ports;
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

    static final class OfAccounts extends AccountStoreContract {
        @Override
        protected Ports emptyPorts() {
            return (Ports) PORT.get().get();
        }
    }

    static final class OfOutboxes extends OutboxContract {
        @Override
        protected Ports emptyPorts() {
            return (Ports) PORT.get().get();
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

    static final class OfAnyInvoices extends InvoiceStoreProperties {
        @Override
        protected InvoiceStore emptyStore() {
            return (InvoiceStore) PORT.get().get();
        }
    }

    static final class OfAnyUsage extends UsageStoreProperties {
        @Override
        protected UsageStore emptyStore() {
            return (UsageStore) PORT.get().get();
        }
    }

    @TestFactory
    Stream<DynamicTest> a_broken_invoice_store_fails_at_its_rule() {
        return bites(OfInvoices.class, BrokenInvoiceStores.all());
    }

    @TestFactory
    Stream<DynamicTest> a_broken_account_store_fails_at_its_rule() {
        return bites(OfAccounts.class, BrokenAccountStores.all());
    }

    @TestFactory
    Stream<DynamicTest> a_broken_outbox_fails_at_its_rule() {
        return bites(OfOutboxes.class, BrokenOutboxes.all());
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

    @TestFactory
    Stream<DynamicTest> a_broken_invoice_store_fails_at_its_property() {
        return Stream.of(
                failsAt(
                        OfAnyInvoices.class,
                        BrokenInvoiceStores.all(),
                        "forgets the tags of a line",
                        "s1_any_document_is_found_as_it_was_committed"),
                failsAt(
                        OfAnyInvoices.class,
                        BrokenInvoiceStores.all(),
                        "sorts payments",
                        "s1_any_standing_is_found_as_it_was_committed"),
                failsAt(
                        OfAnyInvoices.class,
                        BrokenInvoiceStores.all(),
                        "ignores selections",
                        "s10_lines_are_those_that_the_selection_includes"),
                failsAt(
                        OfAnyInvoices.class,
                        BrokenInvoiceStores.all(),
                        "groups places by id alone",
                        "s11_a_rollup_is_the_fold_of_the_lines"),
                failsAt(
                        OfAnyInvoices.class,
                        BrokenInvoiceStores.all(),
                        "counts what it hides",
                        "s12_what_an_account_sees_is_what_all_accounts_have_without_the_others"),
                failsAt(
                        OfAnyInvoices.class,
                        BrokenInvoiceStores.all(),
                        "leaves a gap when a commit is refused",
                        "any_commands_have_the_effect_that_they_have_in_memory"));
    }

    @TestFactory
    Stream<DynamicTest> a_broken_usage_store_fails_at_its_property() {
        return Stream.of(
                failsAt(
                        OfAnyUsage.class,
                        BrokenUsageStores.all(),
                        "forgets descriptions",
                        "u1_any_fact_is_given_as_it_was_recorded"),
                failsAt(
                        OfAnyUsage.class,
                        BrokenUsageStores.all(),
                        "shows endings learned later",
                        "any_facts_have_the_effect_that_they_have_in_memory"));
    }

    @Test
    void every_rule_is_broken_once() {
        assertThat(rules(BrokenInvoiceStores.all())).containsExactlyElementsOf(numbered("S", 21));
        assertThat(rules(BrokenAccountStores.all())).containsExactlyElementsOf(numbered("A", 8));
        assertThat(rules(BrokenOutboxes.all())).containsExactlyElementsOf(numbered("O", 5));
        assertThat(rules(BrokenUsageStores.all())).containsExactlyElementsOf(numbered("U", 12));
        assertThat(rules(BrokenPorts.priceBooks())).containsExactlyElementsOf(numbered("B", 4));
        assertThat(rules(BrokenPorts.directories())).containsExactlyElementsOf(numbered("D", 4));
        assertThat(rules(BrokenPorts.principals())).containsExactlyElementsOf(numbered("A", 2));
    }

    @Test
    void a_port_with_nothing_overridden_keeps_every_rule() {
        assertThat(failedTests(OfInvoices.class, ForwardingInvoiceStore::new)).isEmpty();
        assertThat(failedTests(OfAccounts.class, () -> new ForwardingAccountStore().ports()))
                .isEmpty();
        assertThat(failedTests(OfOutboxes.class, () -> new ForwardingAccountStore().ports()))
                .isEmpty();
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
        return methods(tests.failed());
    }

    /** That a property fails for a defect; others may fail too. */
    private static <P> DynamicTest failsAt(Class<?> properties, Seq<Defect<P>> defects, String what, String property) {
        return DynamicTest.dynamicTest(property + ": " + what, () -> {
            PORT.set(defects.find(defect -> defect.what().equals(what)).get().broken());
            Events tests = EngineTestKit.engine("jqwik")
                    .selectors(selectMethod(properties, method(properties, property)))
                    .configurationParameter("jqwik.database", "target/jqwik-database-of-broken-stores")
                    .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                    .configurationParameter("jqwik.shrinking.default", "OFF")
                    .execute()
                    .testEvents();
            assertThat(methods(tests.failed())).containsExactly(property);
        });
    }

    private static Seq<String> testsOf(Class<?> contract) {
        return Array.of(contract.getSuperclass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName);
    }

    private static Method method(Class<?> properties, String name) {
        return Array.of(properties.getSuperclass().getDeclaredMethods())
                .find(method -> method.getName().equals(name))
                .get();
    }

    private static Seq<String> methods(Events events) {
        return Array.ofAll(events.stream()
                .map(Event::getTestDescriptor)
                .map(BrokenStoresTest::method)
                .toList());
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
