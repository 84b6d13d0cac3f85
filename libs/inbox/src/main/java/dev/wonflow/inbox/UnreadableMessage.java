package dev.wonflow.inbox;

/** A message no retry can make readable; it goes to the dead letters at once, its bytes untouched. */
public final class UnreadableMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what was wrong and what was expected; ends in a header of the dead letter */
    public UnreadableMessage(String reason) {
        super(reason);
    }

    public UnreadableMessage(String reason, Throwable cause) {
        super(reason, cause);
    }
}
