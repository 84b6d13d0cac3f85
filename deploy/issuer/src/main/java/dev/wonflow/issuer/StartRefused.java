package dev.wonflow.issuer;

/** The issuer does not start as it is set up; says why, and what to do instead. */
final class StartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String cure;

    StartRefused(String message, String cure) {
        super(message);
        this.cure = cure;
    }

    StartRefused(String message, String cure, Throwable cause) {
        super(message, cause);
        this.cure = cure;
    }

    /** What to do. */
    String cure() {
        return cure;
    }
}
