package dev.billing.usecase;

import dev.billing.port.StorageException;
import java.util.function.Supplier;

/** Tries a step that may be repeated so often while the storage fails. */
record Retrying(int attempts) {

    <T> T call(Supplier<T> step) {
        for (int attempt = 1; attempt < attempts; attempt++) {
            try {
                return step.get();
            } catch (StorageException failed) {
                if (failed.kind() == StorageException.Kind.FATAL) {
                    throw failed;
                }
            }
        }
        return step.get();
    }
}
