package dev.wonflow.inbox;

/**
 * A message whose effect needs something this service has not been told yet. It is held back, and all behind it in its
 * partition with it, for as long as it takes; it never becomes a dead letter.
 */
public final class MessageTooEarly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what is missing; ends in the log */
    public MessageTooEarly(String reason, Throwable cause) {
        super(reason, cause);
    }
}
