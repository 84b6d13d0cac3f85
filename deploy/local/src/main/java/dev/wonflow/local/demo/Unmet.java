package dev.wonflow.local.demo;

/** What a scenario expected did not come, or something came that must not. */
public final class Unmet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unmet(String message) {
        super(message);
    }
}
