package dev.wonflow.order.order;

import dev.wonflow.order.OrderId;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where buyers pay.
 *
 * @param appUrl root of the shop's pages, without a trailing slash
 */
public record CheckoutPage(URI appUrl) {

    /**
     * Reads the root of the shop's pages.
     *
     * @param variable name of the setting, for the message
     * @throws IllegalArgumentException unless it is an absolute http or https address without query and fragment
     */
    public static CheckoutPage of(String variable, String appUrl) {
        try {
            URI uri = new URI(appUrl.endsWith("/") ? appUrl.substring(0, appUrl.length() - 1) : appUrl);
            boolean isWeb = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isWeb
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return new CheckoutPage(uri);
            }
        } catch (URISyntaxException e) {
            // Not as a cause: its message repeats the whole address.
            throw new IllegalArgumentException(complaint(variable, appUrl) + ": " + e.getReason());
        }
        throw new IllegalArgumentException(complaint(variable, appUrl));
    }

    public URI of(OrderId order) {
        return URI.create(appUrl + "/checkout/" + order);
    }

    /** Leaves out a user's name and password, which may stand before the host. */
    private static String complaint(String variable, String appUrl) {
        String shown = appUrl.replaceFirst("(?s).*@", "***@");
        return variable + ": " + shown + " (expected: absolute http or https address such as https://shop.example)";
    }
}
