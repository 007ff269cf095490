package dev.billing.quickstart.input;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Files in memory. */
final class Texts {

    private Texts() {}

    static Source file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    static Source file(String name, byte[] content) {
        return new Source() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content);
            }
        };
    }
}
