package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.sdk.Opening;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a window may do in a browser: styles and scripts of the sandbox alone, forms to here and on to the shop, and a
 * frame only in the page that opened it.
 */
final class WindowPolicy {

    private WindowPolicy() {}

    /**
     * Puts the policy into an answer.
     *
     * @param addresses where a form of this page can lead to, null for nowhere; browsers hold redirects to it too
     */
    static void apply(HttpServletResponse response, Opening opening, @Nullable String... addresses) {
        String formTargets = Stream.concat(
                        Stream.of("'self'"),
                        Stream.of(addresses).filter(Objects::nonNull).map(WindowPolicy::origin))
                .distinct()
                .collect(Collectors.joining(" "));
        String frames = opening.frame() == Opening.Frame.IFRAME && opening.shopOrigin() != null
                ? Objects.requireNonNull(opening.shopOrigin())
                : "'none'";
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action "
                        + formTargets + "; frame-ancestors " + frames);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    private static String origin(String address) {
        URI uri = URI.create(address);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port;
    }
}
