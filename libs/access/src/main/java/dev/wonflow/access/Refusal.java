package dev.wonflow.access;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.authorization.AuthorizationDecision;

/** A caller with a good token may not do this, and why. */
final class Refusal extends AuthorizationDecision {

    private static final long serialVersionUID = 1L;

    static final Refusal CLOSED = new Refusal(Why.ROUTE_CLOSED, Set.of());

    private final Why why;
    private final TreeSet<String> permissions;

    Refusal(Why why, Set<String> permissions) {
        super(false);
        this.why = why;
        this.permissions = new TreeSet<>(permissions);
    }

    /** What is wrong. The code is stable. */
    enum Why {
        PERMISSION_MISSING("access.permission-missing"),
        TENANT_MISSING("access.tenant-missing"),
        ROUTE_CLOSED("access.route-closed");

        private final String code;

        Why(String code) {
            this.code = code;
        }
    }

    String code() {
        return why.code;
    }

    String detail() {
        return switch (why) {
            case PERMISSION_MISSING -> "permission: none that allows this (expected: one of " + permissions + ")";
            case TENANT_MISSING ->
                "token: without a tenant (expected: the claim " + AccessToken.TENANT + ", text of 1 to 100 characters)";
            case ROUTE_CLOSED -> "route: not for callers (expected: another one)";
        };
    }
}
