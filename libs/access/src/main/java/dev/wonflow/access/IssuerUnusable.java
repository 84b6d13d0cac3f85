package dev.wonflow.access;

import org.jspecify.annotations.Nullable;

/** The settings name no issuer, or none that can be trusted; the service does not start. */
final class IssuerUnusable extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    IssuerUnusable(String message) {
        this(message, null);
    }

    IssuerUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
