package dev.wonflow.local.command;

import java.net.URI;
import java.net.URISyntaxException;

/** Tells addresses that can be called from what only looks like one. */
final class WebAddress {

    private static final int HIGHEST_PORT = 65_535;

    private WebAddress() {}

    /** Whether it is an http or https address with a host, and with a port that exists if it names one. */
    static boolean isOne(String text) {
        try {
            URI address = new URI(text);
            return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getPort() <= HIGHEST_PORT;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
