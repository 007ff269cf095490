package dev.billing.quickstart.input;

import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationProblem;
import dev.billing.domain.notation.NotationReader;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/**
 * What a file says, as a tree, and on which line each of its values begins. Numbers are the texts that they are written as.
 *
 * @param lines by paths
 */
record Document(Notation tree, Map<String, Integer> lines) {

    /** What a file of YAML or JSON says, as its name tells; or everything that is wrong with it. */
    static <T> Either<Seq<Problem>, T> read(Source source, NotationReader.Reading<T> reading) throws IOException {
        try (InputStream in = source.open()) {
            Document document = isYaml(source) ? YamlDocument.read(in) : JsonDocument.read(in);
            return document.read(source.name(), reading);
        } catch (BadDocumentException e) {
            return Either.left(
                    Array.of(new Problem(source.name(), e.line(), e.path(), String.valueOf(e.getMessage()), "")));
        }
    }

    private static boolean isYaml(Source source) {
        String name = source.name().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** What it says, or everything that is wrong with it. */
    <T> Either<Seq<Problem>, T> read(String file, NotationReader.Reading<T> reading) {
        return NotationReader.read(tree, reading).mapLeft(problems -> problems.map(problem -> problem(file, problem)));
    }

    private Problem problem(String file, NotationProblem problem) {
        return new Problem(file, line(problem.path()), problem.path(), problem.rule(), problem.value());
    }

    /** Where a value begins, or, if it is missing, the nearest one that it should be in. */
    int line(String path) {
        String within = path;
        while (!within.isEmpty() && !lines.containsKey(within)) {
            within = within.substring(0, Math.max(0, Math.max(within.lastIndexOf('.'), within.lastIndexOf('['))));
        }
        return lines.getOrDefault(within, 1);
    }
}
