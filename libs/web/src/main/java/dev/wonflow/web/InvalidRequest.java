package dev.wonflow.web;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that can be read, and says something impossible or too little: {@link ProblemKind#INVALID}. */
public final class InvalidRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Refuses a request.
     *
     * @param message what was wrong and what was expected; the caller reads it
     */
    public InvalidRequest(String message) {
        super(message, null, false, false);
    }

    /** What a value object refuses is the caller's mistake in here, and only in here. */
    public static <B, T> T checked(B body, Function<B, T> translation) {
        try {
            return translation.apply(body);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(String.valueOf(e.getMessage()));
        }
    }

    /** The value of a field or parameter that has to be there. */
    public static <T> T required(String name, @Nullable T value) {
        return required(name, value, "a value");
    }

    /**
     * The same where more can be said of it.
     *
     * @param expected what should be there, for the caller to read
     */
    public static <T> T required(String name, @Nullable T value, String expected) {
        if (value == null) {
            throw new InvalidRequest(name + ": missing (expected: " + expected + ")");
        }
        return value;
    }
}
