package dev.wonflow.access;

import dev.wonflow.web.ProblemKind;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.authorization.AuthorizationDecision;

/** A caller with a good token may not do this, and why. */
final class Refusal extends AuthorizationDecision {

    private static final long serialVersionUID = 1L;

    static final Refusal CLOSED = new Refusal(Why.ROUTE_CLOSED, Set.of());

    private static final ProblemKind NO_PERMISSION = new ProblemKind(403, "access.permission-missing");
    private static final ProblemKind NO_TENANT = new ProblemKind(403, "access.tenant-missing");
    private static final ProblemKind CLOSED_ROUTE = new ProblemKind(403, "access.route-closed");

    private final Why why;
    private final TreeSet<String> permissions;

    Refusal(Why why, Set<String> permissions) {
        super(false);
        this.why = why;
        this.permissions = new TreeSet<>(permissions);
    }

    /** What is wrong. */
    enum Why {
        PERMISSION_MISSING,
        TENANT_MISSING,
        ROUTE_CLOSED
    }

    ProblemKind kind() {
        return switch (why) {
            case PERMISSION_MISSING -> NO_PERMISSION;
            case TENANT_MISSING -> NO_TENANT;
            case ROUTE_CLOSED -> CLOSED_ROUTE;
        };
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
