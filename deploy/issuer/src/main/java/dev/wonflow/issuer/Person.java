package dev.wonflow.issuer;

import java.util.Optional;

/**
 * Someone who can sign in; the password is the name.
 *
 * @param tenant whom they belong to; empty for those who run Wonflow itself
 */
record Person(String name, Role role, Optional<String> tenant) {

    static Person of(String tenant, Role role) {
        return new Person(tenant + "-" + role.word(), role, Optional.of(tenant));
    }

    static Person operator() {
        return new Person(Role.OPERATOR.word(), Role.OPERATOR, Optional.empty());
    }
}
