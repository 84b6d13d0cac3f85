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

    private static final String IPV6 = "[::1]";
    private static final String REDIRECTS = "wonflow.issuer.redirect-uris";

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
     * Checks what a server listens on.
     *
     * @param setting that says so
     * @param address null is every address of the machine
     * @throws StartRefused if others could reach it
     */
    static void requireListening(String setting, @Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw new StartRefused(
                    setting + ": " + (address == null ? "every address of this machine" : address.getHostAddress())
                            + " (expected: 127.0.0.1)",
                    CURE);
        }
    }

    /**
     * Checks what says where the issuer is and whom it sends people to.
     *
     * @throws StartRefused if any of it is not this machine, or is written so that a browser is not led there
     */
    static void require(URI issuer, List<URI> redirectUris) {
        require("spring.security.oauth2.authorizationserver.issuer", issuer);
        for (URI uri : redirectUris) {
            require(REDIRECTS, uri);
            if (IPV6.equals(uri.getHost())) {
                throw new StartRefused(
                        REDIRECTS + ": " + uri + " (expected: 127.0.0.1 or localhost; a form's policy cannot name "
                                + IPV6 + ", so no browser would follow)",
                        CURE);
            }
        }
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
