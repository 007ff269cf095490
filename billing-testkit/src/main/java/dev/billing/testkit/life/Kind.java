package dev.billing.testkit.life;

/** What can be done, each as often as its weight says. */
enum Kind {
    NOTHING(0),
    OPEN(12),
    ADD_LINES(7),
    REMOVE_LINES(4),
    REVIEW(4),
    SEND_BACK(3),
    DROP(2),
    FINALISE(14),
    CREDIT(9),
    VOID(3),
    RECEIVE(14),
    FAIL(3),
    ALLOCATE(6),
    REFUND(4),
    CHARGE_BACK(4),
    FORGIVE(2),
    WRITE_OFF(3),
    TAG(3),
    GRANT(2),
    DESCRIBE(3),
    PARK(1),
    RESUME(3),
    ERASE(1),
    USE(8),
    BILL(7),
    CORRECT(5),
    REPLAY(4),
    REUSE(2),
    DELIVER(3),
    WAIT(2);

    private final int weight;

    Kind(int weight) {
        this.weight = weight;
    }

    private static final int TOTAL = total();

    private static int total() {
        int sum = 0;
        for (Kind kind : values()) {
            sum += kind.weight;
        }
        return sum;
    }

    boolean needsDraft() {
        return switch (this) {
            case ADD_LINES, REMOVE_LINES, REVIEW, SEND_BACK, DROP, FINALISE -> true;
            default -> false;
        };
    }

    boolean needsFinal() {
        return switch (this) {
            case CREDIT, VOID, FAIL, ALLOCATE, REFUND, CHARGE_BACK, FORGIVE, WRITE_OFF -> true;
            default -> false;
        };
    }

    /** What a step does. */
    static Kind of(Step step) {
        if (step.what() == 0) {
            return NOTHING;
        }
        int left = step.what() * TOTAL / Step.BOUND;
        for (Kind kind : values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("No kind for " + step);
    }
}
