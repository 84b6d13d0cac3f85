package dev.wonflow.sandbox.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address webhooks are sent to.
 *
 * @param eventTypes the types it chose, {@code DEPOSIT_CALLBACK} being the one without a name of its own; empty for all
 */
public record Endpoint(String id, URI url, List<String> eventTypes) {

    /**
     * This machine by its numbers or by the one name that cannot belong to another. Any other name is refused whatever
     * it resolves to now, since it may resolve to something else when a webhook is sent.
     */
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]", Pattern.CASE_INSENSITIVE);

    public Endpoint {
        eventTypes = List.copyOf(eventTypes);
    }

    boolean takes(String eventType) {
        return eventTypes.isEmpty() || eventTypes.contains(eventType);
    }

    /**
     * Reads an address webhooks may be sent to.
     *
     * @param where what the text was given as, for the message
     * @throws IllegalArgumentException if it is none, or lies outside this machine without leave
     */
    static URI address(String where, String text, boolean beyondLoopback) {
        URI url = parsed(text);
        String scheme =
                url == null || url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url == null || (!scheme.equals("http") && !scheme.equals("https"))) {
            throw new IllegalArgumentException(where + ": " + text + " (expected: an http or https address)");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    where + ": " + text + " (expected: an address without a user and without a fragment)");
        }
        String host = url.getHost();
        if (host == null || (!beyondLoopback && !LOOPBACK.matcher(host).matches())) {
            throw new IllegalArgumentException(
                    where + ": " + text
                            + " (expected: an address of this machine such as 127.0.0.1 or localhost; wonflow.sandbox.webhook-urls-beyond-loopback=true allows others)");
        }
        return url;
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
