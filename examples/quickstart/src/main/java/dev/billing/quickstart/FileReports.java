package dev.billing.quickstart;

import dev.billing.quickstart.input.Problem;
import dev.billing.quickstart.input.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells what became of input files. A file with a bad line is taken without its bad lines, or, when strict, not at all; either way every
 * bad line is told.
 */
final class FileReports {

    private static final int SHOWN_PROBLEMS = 50;

    private final Console console;
    private final boolean lenient;
    private boolean tookAll = true;

    FileReports(Console console, boolean lenient) {
        this.console = console;
        this.lenient = lenient;
    }

    boolean isLenient() {
        return lenient;
    }

    /** Whether nothing was left out. */
    boolean tookAll() {
        return tookAll;
    }

    /** Takes in a file. */
    interface Taking {
        void take(Source source) throws IOException;
    }

    /** Takes in a file of a folder, if it is there. */
    void takeIfThere(Path folder, String name, Taking taking) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            take(Source.file(file), taking);
        }
    }

    void take(Source source, Taking taking) {
        try {
            taking.take(source);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + source.name() + ": " + e.getMessage(), e);
        }
    }

    /** Whether a file with these problems is taken. */
    boolean takes(Problems problems) {
        return lenient || problems.isEmpty();
    }

    void report(Source source, Problems problems, long taken, String what) {
        tookAll &= problems.isEmpty();
        problems.print();
        String left = problems.isEmpty()
                ? ""
                : lenient
                        ? "; " + problems.count() + " lines left out"
                        : "; nothing is taken of a file with a bad line";
        console.complain(source.name() + ": " + taken + " " + what + left);
    }

    Problems problems() {
        return new Problems();
    }

    /** Collects what is wrong with a file; of very many, only the first are kept. */
    final class Problems implements Consumer<Problem> {

        private final List<Problem> first = new ArrayList<>();
        private long count;

        @Override
        public void accept(Problem problem) {
            count++;
            if (first.size() < SHOWN_PROBLEMS) {
                first.add(problem);
            }
        }

        boolean isEmpty() {
            return count == 0;
        }

        long count() {
            return count;
        }

        private void print() {
            first.forEach(problem -> console.complain(problem.toString()));
            if (count > first.size()) {
                console.complain("… and " + (count - first.size()) + " more");
            }
        }
    }
}
