package dev.billing.quickstart;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.vavr.collection.Array;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map of modules and packages, as rules. They list what is allowed, so that nothing new slips in. */
class ArchitectureTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.billing");

    private static final String DOMAIN = "dev.billing.domain..";
    private static final String PORT = "dev.billing.port";
    private static final String USECASE = "dev.billing.usecase";
    private static final String ENTRY = "dev.billing";
    private static final String JDBC = "dev.billing.jdbc..";
    private static final String HTTP = "dev.billing.http";
    private static final String[] LIBRARIES = {"java..", "javax.money..", "io.vavr..", "org.jspecify.."};

    private static final DescribedPredicate<JavaClass> BINARY = describe(
            "binary floating point",
            type -> Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                    .contains(type.getBaseComponentType().getName()));

    @Test
    void domain_depends_on_the_jdk_vavr_javax_money_and_jspecify() {
        onlyDependOn(DOMAIN, DOMAIN);
    }

    @Test
    void ports_depend_on_the_domain() {
        onlyDependOn(PORT, PORT, DOMAIN);
    }

    @Test
    void use_cases_depend_on_ports_and_domain() {
        onlyDependOn(USECASE, USECASE, PORT, DOMAIN);
    }

    @Test
    void the_entry_depends_on_use_cases_ports_and_domain() {
        onlyDependOn(ENTRY, ENTRY, USECASE, PORT, DOMAIN);
    }

    @Test
    void the_jdbc_adapter_depends_on_ports_jackson_s_streams_and_h2_s_triggers() {
        onlyDependOn(JDBC, JDBC, PORT, DOMAIN, "javax.sql..", "tools.jackson.core..", "org.h2.api");
    }

    @Test
    void the_http_adapter_depends_on_ports_use_cases_servlets_and_jackson_s_streams() {
        onlyDependOn(HTTP, HTTP, ENTRY, USECASE, PORT, DOMAIN, "jakarta.servlet..", "tools.jackson.core..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"akkeris", "spaces", "morpheus", "atlas"})
    void a_dialect_depends_on_the_http_adapter_and_on_no_other_dialect(String dialect) {
        String own = "dev.billing.http." + dialect;
        onlyDependOn(own, own, HTTP, ENTRY, USECASE, PORT, DOMAIN, "tools.jackson.core..");
    }

    @Test
    void only_morpheus_uses_its_arithmetic() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.billing.domain.profile")
                .and()
                .resideOutsideOfPackage("dev.billing.http.morpheus")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("MorpheusArithmetic")
                .check(ALL);
        noClasses()
                .that()
                .haveSimpleName("Atlas")
                .or()
                .haveSimpleName("Akkeris")
                .or()
                .haveSimpleName("Spaces")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("MorpheusArithmetic")
                .check(ALL);
    }

    @Test
    void the_testkit_depends_on_ports_and_test_libraries_and_on_no_adapter() {
        onlyDependOn(
                "dev.billing.testkit..",
                "dev.billing.testkit..",
                ENTRY,
                USECASE,
                PORT,
                DOMAIN,
                "org.junit..",
                "org.opentest4j..",
                "org.assertj..",
                "net.jqwik..");
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.billing.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void no_field_is_binary_outside_the_profiles() {
        noFields()
                .that()
                .areDeclaredInClassesThat(are(exactDomain()))
                .should()
                .haveRawType(BINARY)
                .check(ALL);
    }

    @Test
    void no_signature_is_binary_outside_the_profiles() {
        codeUnits()
                .that()
                .areDeclaredInClassesThat(are(exactDomain()))
                .should(notMention(BINARY))
                .check(ALL);
    }

    @Test
    void domain_and_use_cases_read_no_clock_locale_zone_or_setting_of_the_machine() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN, PORT, USECASE)
                .should()
                .callCodeUnitWhere(
                        describe("the result depends on the machine", call -> dependsOnMachine(call.getTarget())))
                .check(ALL);
    }

    @Test
    void domain_and_use_cases_have_no_static_state_that_changes() {
        fields().that()
                .areDeclaredInClassesThat(are(resideInAnyPackage(DOMAIN, PORT, USECASE)))
                .and()
                .areStatic()
                .and(are(describe(
                        "written by people", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))))
                .should()
                .beFinal()
                .andShould(notBeMutable())
                .check(ALL);
    }

    @Test
    void only_profiles_may_use_the_default_rounding_of_javax_money() {
        noClasses()
                .that(are(exactDomain()))
                .should()
                .callMethod(Monetary.class, "getDefaultRounding")
                .check(ALL);
    }

    private static void onlyDependOn(String packages, String... allowed) {
        String[] all = Array.of(allowed).appendAll(Array.of(LIBRARIES)).toJavaArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat(describe(
                        "reside in " + String.join(", ", all),
                        type -> type.getBaseComponentType().isPrimitive()
                                || resideInAnyPackage(all).test(type.getBaseComponentType())))
                .check(ALL);
    }

    private static DescribedPredicate<JavaClass> exactDomain() {
        return resideInAnyPackage(DOMAIN)
                .and(describe(
                        "outside the profiles", type -> !type.getPackageName().equals("dev.billing.domain.profile")));
    }

    private static boolean dependsOnMachine(CodeUnitCallTarget target) {
        JavaClass owner = target.getOwner();
        String name = target.getName();
        boolean timeOfNow = owner.getPackageName().equals("java.time")
                && name.equals("now")
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        boolean systemClock =
                owner.isEquivalentTo(Clock.class) && (name.startsWith("system") || name.startsWith("tick"));
        boolean machine = owner.isEquivalentTo(System.class)
                && Set.of("currentTimeMillis", "nanoTime", "getProperty", "getenv", "getProperties")
                        .contains(name);
        boolean defaults = name.equals("systemDefault")
                || (name.equals("getDefault")
                        && (owner.isEquivalentTo(Locale.class) || owner.isEquivalentTo(TimeZone.class)));
        boolean defaultLocale = owner.isEquivalentTo(String.class)
                && (name.equals("formatted")
                        || (Set.of("toLowerCase", "toUpperCase").contains(name)
                                && target.getRawParameterTypes().isEmpty())
                        || (name.equals("format")
                                && !target.getRawParameterTypes().get(0).isEquivalentTo(Locale.class)));
        return timeOfNow || systemClock || machine || defaults || defaultLocale;
    }

    private static ArchCondition<JavaCodeUnit> notMention(DescribedPredicate<JavaClass> types) {
        return new ArchCondition<>("not mention " + types.getDescription()) {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean mentions = types.test(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(types);
                events.add(new SimpleConditionEvent(unit, !mentions, unit.getDescription()));
            }
        };
    }

    private static ArchCondition<JavaField> notBeMutable() {
        return new ArchCondition<>("not be of a type that changes") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                String type = field.getRawType().getName();
                boolean mutable = field.getRawType().isArray()
                        || type.startsWith("java.util.concurrent.atomic.")
                        || type.matches("java\\.util\\.(concurrent\\.)?\\w*(Map|List|Set|Queue|Deque|Collection)");
                events.add(new SimpleConditionEvent(field, !mutable, field.getDescription()));
            }
        };
    }
}
