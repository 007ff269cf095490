package dev.billing.quickstart.input;

/** Ends the reading of a file that is no tree. */
final class BadDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String path;

    BadDocumentException(int line, String path, String rule) {
        super(rule);
        this.line = line;
        this.path = path;
    }

    int line() {
        return line;
    }

    String path() {
        return path;
    }
}
