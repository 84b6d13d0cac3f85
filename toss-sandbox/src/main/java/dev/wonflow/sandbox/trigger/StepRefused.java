package dev.wonflow.sandbox.trigger;

/** A step on the way was refused, so what was to happen did not. The steps before it did. */
public final class StepRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepRefused(String step, String why) {
        super(step + ": " + why);
    }

    StepRefused(String step, RuntimeException why) {
        super(step + ": " + why.getMessage(), why);
    }
}
