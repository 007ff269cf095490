package dev.billing.quickstart.input;

/** Ends the reading of one line; the problem says why. */
final class BadLineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    BadLineException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
