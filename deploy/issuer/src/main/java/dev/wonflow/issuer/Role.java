package dev.wonflow.issuer;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a person or program is, and so may do at most. */
enum Role {
    OWNER(EnumSet.of(Permission.BILLING, Permission.BILLING_READ, Permission.CHECKOUT_WRITE, Permission.ORDER_FULFIL)),
    MEMBER(EnumSet.of(Permission.BILLING_READ, Permission.CHECKOUT_WRITE)),
    VIEWER(EnumSet.of(Permission.BILLING_READ)),
    OPERATOR(EnumSet.of(
            Permission.OPERATOR_ACTUATOR,
            Permission.OPERATOR_RECONCILIATION,
            Permission.OPERATOR_LEDGER,
            Permission.OPERATOR_IMPORT,
            Permission.OPERATOR_CATALOGUE,
            Permission.OPERATOR_RENEWALS)),
    OPERATIONS(EnumSet.of(Permission.OPERATOR_ACTUATOR));

    @SuppressWarnings("ImmutableEnumChecker") // Made here and never changed.
    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    /** Tells whether it may do this. */
    boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** As people write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
