package dev.billing.quickstart.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that can be read more than once. */
public interface Source {

    /** What messages call it. */
    String name();

    InputStream open() throws IOException;

    /** A file on disk. */
    static Source file(Path path) {
        return of(String.valueOf(path.getFileName()), () -> Files.newInputStream(path));
    }

    /** A file that comes with the program. */
    static Source bundled(String name) {
        return of(name, () -> {
            InputStream resource = Source.class.getResourceAsStream("/dev/billing/quickstart/sample/" + name);
            if (resource == null) {
                throw new FileNotFoundException("There is no bundled file " + name);
            }
            return resource;
        });
    }

    private static Source of(String name, Opening opening) {
        return new Source() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream open() throws IOException {
                return opening.open();
            }
        };
    }

    /** How it is opened. */
    interface Opening {
        InputStream open() throws IOException;
    }
}
