package dev.wonflow.local;

/** Trouble with what was asked for rather than with doing it: a value or a variable that makes no sense. */
public final class NotUnderstood extends Trouble {

    private static final long serialVersionUID = 1L;

    public NotUnderstood(String message) {
        super(message);
    }

    public NotUnderstood(String message, Throwable cause) {
        super(message, cause);
    }
}
