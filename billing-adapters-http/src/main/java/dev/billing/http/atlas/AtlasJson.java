package dev.billing.http.atlas;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON text as Atlas writes it. An answer is made whole before its first byte is sent, so that what cannot be written is an error and not
 * half an answer.
 */
final class AtlasJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private AtlasJson() {}

    /** Writes one value. */
    @FunctionalInterface
    interface Value {
        void write(JsonGenerator json);
    }

    static byte[] bytes(boolean pretty, Value value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ObjectWriteContext context = pretty ? new Pretty() : ObjectWriteContext.empty();
        try (JsonGenerator json = FACTORY.createGenerator(context, out, JsonEncoding.UTF8)) {
            value.write(json);
        }
        return out.toByteArray();
    }

    /** Two spaces for each level, and the same line ends on every machine. */
    private static final class Pretty extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
