package dev.wonflow.access;

import java.util.Set;

/** What a request leads to, as far as it matters for who may send it. */
sealed interface Route {

    /** Anybody may call it, and no token is looked at. */
    record Open() implements Route {}

    /** Anybody may call it; a token may show more. */
    record Probe() implements Route {}

    /** Nothing is there, or not for such a request; the framework says so to callers with a token. */
    record Nothing() implements Route {}

    /** Something is there, and nobody has said for whom. */
    record Closed() implements Route {}

    /**
     * Operators may call it, whatever tenant they are of or are not of.
     *
     * @param permissions of which one is enough; none if any permission of operators is
     */
    record ForOperators(Set<String> permissions) implements Route {}

    /**
     * Callers of a tenant may call it.
     *
     * @param permissions of which one is enough
     */
    record ForTenants(Set<String> permissions) implements Route {}
}
