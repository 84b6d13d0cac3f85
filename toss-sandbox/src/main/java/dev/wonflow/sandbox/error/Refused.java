package dev.wonflow.sandbox.error;

/** A call the sandbox refuses, as Toss would. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TossError error;

    public Refused(TossError error) {
        // Thrown for every refused call and never logged with a trace: filling one in would only cost time.
        super(error.name(), null, false, false);
        this.error = error;
    }

    public TossError error() {
        return error;
    }
}
