package dev.wonflow.local;

/** Something the user has to know and can act on; the message is whole sentences, ready to print. */
public class Trouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Trouble(String message) {
        super(message);
    }

    public Trouble(String message, Throwable cause) {
        super(message, cause);
    }
}
