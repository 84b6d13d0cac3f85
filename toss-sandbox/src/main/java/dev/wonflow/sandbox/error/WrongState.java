package dev.wonflow.sandbox.error;

/** A step that only the control API asks for, and that what it is about cannot take now. */
public abstract class WrongState extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected WrongState(String message) {
        super(message);
    }
}
