package dev.billing.port;

/** The storage itself failed. Never a refusal by a rule, and never an absence. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the caller may do. */
    public enum Kind {
        /** Nothing was changed; the same call may succeed later. */
        RETRYABLE,
        /** It is not known whether the change was made; repeat it with the same command key. */
        UNKNOWN_OUTCOME,
        /** Repeating will not help. */
        FATAL
    }

    private final Kind kind;

    public StorageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public StorageException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
