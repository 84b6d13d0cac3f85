package dev.wonflow.issuer;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where the pages are that people are sent back to, without the rest of their addresses. */
final class PageOrigins {

    /** The address stands for any port (RFC 8252, section 7.3), the name only for its own. */
    private static final String ON_ANY_PORT = "127.0.0.1";

    private final Set<String> origins;

    PageOrigins(List<URI> redirectUris) {
        origins = redirectUris.stream().map(PageOrigins::origin).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a page is where one of them is. */
    boolean include(URI page) {
        return page.getRawUserInfo() == null && page.getRawFragment() == null && origins.contains(origin(page));
    }

    /** As a content security policy lists them. */
    String listed() {
        return String.join(" ", origins);
    }

    private static String origin(URI uri) {
        String host = uri.getScheme() + "://" + uri.getHost();
        if (ON_ANY_PORT.equals(uri.getHost())) {
            return host + ":*";
        }
        return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    }
}
