package dev.wonflow.issuer;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the issuer on one machine: everybody knows its passwords. */
final class Loopback {

    /** No name is looked up: what it stands for can change. */
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

    private static final String CURE = "This issuer is for a laptop: its passwords are in its README. Leave its"
            + " addresses on this machine (127.0.0.1, localhost or [::1]). Anywhere else run a real OpenID provider, and"
            + " name it to every service in spring.security.oauth2.resourceserver.jwt.issuer-uri;"
            + " deploy/issuer/README.md tells which claims it must give.";

    private Loopback() {}

    /** Tells whether a host as it stands in an address is this machine. */
    static boolean isLoopback(@Nullable String host) {
        return host != null && HOSTS.contains(host);
    }

    /**
     * Checks everything that says where the issuer is and whom it sends people to.
     *
     * @param listens what it listens on; null is every address of the machine
     * @throws StartRefused if any of it is not this machine
     */
    static void require(@Nullable InetAddress listens, URI issuer, List<URI> redirectUris) {
        if (listens == null || !listens.isLoopbackAddress()) {
            throw new StartRefused(
                    "server.address: "
                            + (listens == null ? "every address of this machine" : listens.getHostAddress())
                            + " (expected: 127.0.0.1)",
                    CURE);
        }
        require("spring.security.oauth2.authorizationserver.issuer", issuer);
        redirectUris.forEach(uri -> require("wonflow.issuer.redirect-uris", uri));
    }

    private static void require(String setting, URI address) {
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || !isLoopback(address.getHost())) {
            throw new StartRefused(
                    setting + ": " + address
                            + " (expected: an address of this machine, such as http://127.0.0.1:18085)",
                    CURE);
        }
    }
}
