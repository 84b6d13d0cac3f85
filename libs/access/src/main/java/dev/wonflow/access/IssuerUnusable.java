package dev.wonflow.access;

import dev.wonflow.runtime.StartRefused;

/** The settings name no issuer, or none that can be trusted; the service does not start. */
final class IssuerUnusable extends StartRefused {

    private static final long serialVersionUID = 1L;

    private static final String CURE =
            "Set SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI to the URL of your OpenID"
                    + " provider, as its tokens name it in the claim iss. There is no way to run without one; ./wonflow up brings"
                    + " its own.";

    IssuerUnusable(String message) {
        super(message, CURE);
    }
}
