package dev.wonflow.web;

/** A request's body is longer than the limit. Thrown while it is read, so that no more of it is. */
final class BodyTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodyTooLarge(long limit) {
        // Without a stack trace: anybody can cause these, as fast as their line allows.
        super("body: more than " + limit + " bytes (expected: at most that)", null, false, false);
    }
}
