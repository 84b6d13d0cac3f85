package dev.wonflow.runtime;

/** Settings that a service must not start with. It ends with a few sentences for its operator, and no stack trace. */
public class StartRefused extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String cure;

    /**
     * Refuses.
     *
     * @param message what was wrong and what was expected; nothing secret
     * @param cure what to do about it
     */
    public StartRefused(String message, String cure) {
        super(message);
        this.cure = cure;
    }

    public final String cure() {
        return cure;
    }
}
