package dev.wonflow.issuer;

import java.util.List;

/** The two shops that every local stack knows. */
final class DemoTenants {

    static final List<String> ALL = List.of("acme", "globex");

    private DemoTenants() {}
}
