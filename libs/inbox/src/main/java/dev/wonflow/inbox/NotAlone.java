package dev.wonflow.inbox;

/** Thrown where a message cannot be handled in the common transaction of a poll; no failure of the message. */
final class NotAlone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAlone() {
        // Without a stack trace: it is caught and explains itself.
        super("message has to wait for somebody else (expected: no transaction)", null, false, false);
    }
}
