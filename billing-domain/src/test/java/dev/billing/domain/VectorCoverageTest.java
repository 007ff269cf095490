package dev.billing.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The list of other systems' figures, {@code field-vectors.csv}, against those that tests are held to. The tests are asked by their
 * annotations: a figure that only a comment names, or a test that is not run, does not count.
 */
class VectorCoverageTest {

    /** What a row of a table begins with that is about a figure: {@code volume_prorated-001}. */
    private static final Pattern ID = Pattern.compile("([a-zA-Z]\\w*(?:-[a-zA-Z]\\w*)*-\\d{3})\\b.*", Pattern.DOTALL);

    @Test
    void each_figure_of_other_systems_is_tested_and_each_that_is_tested_is_of_one() {
        Seq<String> tested = tested();
        assertThat(listed().removeAll(tested)).as("figures without a test").isEmpty();
        assertThat(tested.removeAll(listed()).distinct())
                .as("tests of figures that are not listed")
                .isEmpty();
    }

    @Test
    void no_figure_is_listed_twice() {
        assertThat(listed()).hasSize(260).doesNotHaveDuplicates();
    }

    private static Seq<String> listed() {
        return rows(VectorCoverageTest.class, "field-vectors.csv").flatMap(VectorCoverageTest::id);
    }

    private static Seq<String> tested() {
        return Array.ofAll(ReflectionSupport.findAllClassesInPackage(
                        VectorCoverageTest.class.getPackageName(), type -> true, name -> name.endsWith("Test")))
                .flatMap(type ->
                        ReflectionSupport.findMethods(type, VectorCoverageTest::isRun, HierarchyTraversalMode.TOP_DOWN))
                .flatMap(VectorCoverageTest::ids);
    }

    private static boolean isRun(Method method) {
        return AnnotationSupport.isAnnotated(method, Test.class)
                || AnnotationSupport.isAnnotated(method, ParameterizedTest.class);
    }

    private static Seq<String> ids(Method test) {
        Seq<String> named = Array.ofAll(AnnotationSupport.findAnnotation(test, Vectors.class).stream()
                .flatMap(vectors -> Array.of(vectors.value()).toJavaStream()));
        Seq<String> rows = Array.ofAll(AnnotationSupport.findAnnotation(test, CsvSource.class).stream()
                .flatMap(table -> Array.of(table.value())
                        .appendAll(lines(table.textBlock()))
                        .toJavaStream()));
        Seq<String> files = Array.ofAll(AnnotationSupport.findAnnotation(test, CsvFileSource.class).stream()
                .flatMap(table -> Array.of(table.resources()).toJavaStream())
                .flatMap(file -> rows(test.getDeclaringClass(), file).toJavaStream()));
        return named.appendAll(rows).appendAll(files).flatMap(VectorCoverageTest::id);
    }

    private static Seq<String> id(String row) {
        Matcher matcher = ID.matcher(row.strip());
        return matcher.matches() ? Array.of(matcher.group(1)) : Array.empty();
    }

    private static Seq<String> lines(String text) {
        return Array.of(text.split("\n", -1));
    }

    private static Seq<String> rows(Class<?> of, String resource) {
        try (InputStream file = of.getResourceAsStream(resource)) {
            assertThat(file).as(resource).isNotNull();
            return lines(new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }
}
