package dev.wonflow.runtime;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Tells this machine by the text of its address. No name is looked up: where one points can change. */
public final class ThisMachine {

    private ThisMachine() {}

    /**
     * Whether a host is this machine and no other.
     *
     * @param host {@code localhost} or an address of the loopback network, as it stands in a URL or a setting
     */
    public static boolean is(@Nullable String host) {
        return host != null && (host.equalsIgnoreCase("localhost") || isLoopbackAddress(host));
    }

    private static boolean isLoopbackAddress(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        try {
            return InetAddress.ofLiteral(bracketed ? text.substring(1, text.length() - 1) : text)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
