package dev.wonflow.subscription.subscription.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whose data a request is about. The place where the sign-in token will come in; until then a header is believed. */
final class RequestTenant {

    static final String HEADER = "Wonflow-Tenant";

    private static final String DEFAULT = "default";

    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private RequestTenant() {}

    /** Answers the tenant of a header value; without the header, the one tenant of a shop that has no tenants. */
    static String of(@Nullable String value) {
        if (value == null) {
            return DEFAULT;
        }
        if (!FORMAT.matcher(value).matches()) {
            throw new UnusableTenant();
        }
        return value;
    }

    /** A header value that no tenant has. */
    static final class UnusableTenant extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusableTenant() {
            super("header " + HEADER + ": unusable (expected: " + FORMAT + ")");
        }
    }
}
