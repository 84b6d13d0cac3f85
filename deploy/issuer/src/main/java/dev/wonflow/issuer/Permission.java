package dev.wonflow.issuer;

import java.util.Arrays;
import java.util.Optional;

/** What the services let a token do; also the scope by which a client asks for it. */
enum Permission {
    BILLING("tenant:billing"),
    BILLING_READ("tenant:billing:read"),
    CHECKOUT_WRITE("checkout:write"),
    ORDER_FULFIL("order:fulfil"),
    OPERATOR_ACTUATOR("operator:actuator"),
    OPERATOR_RECONCILIATION("operator:reconciliation"),
    OPERATOR_LEDGER("operator:ledger"),
    OPERATOR_IMPORT("operator:import"),
    OPERATOR_CATALOGUE("operator:catalogue"),
    OPERATOR_RENEWALS("operator:renewals");

    private final String scope;

    Permission(String scope) {
        this.scope = scope;
    }

    /** As it stands in a token. */
    String scope() {
        return scope;
    }

    static Optional<Permission> of(String scope) {
        return Arrays.stream(values())
                .filter(permission -> permission.scope.equals(scope))
                .findFirst();
    }
}
