package dev.wonflow.sandbox.merchant;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** An address of the merchant that buyers are sent back to. What it already carries is kept. */
public final class ReturnAddress {

    /** What every browser takes; Toss publishes no limit. */
    private static final int LONGEST_ADDRESS = 2_000;

    private ReturnAddress() {}

    /** The address with further parameters, in their order. */
    public static String with(String address, Map<String, String> parameters) {
        int hash = address.indexOf('#');
        String base = hash < 0 ? address : address.substring(0, hash);
        String fragment = hash < 0 ? "" : address.substring(hash);
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String joint = !base.contains("?") ? "?" : base.endsWith("?") || base.endsWith("&") ? "" : "&";
        return base + joint + query + fragment;
    }

    /** Whether a browser can be sent there: an http or https address with a host, of up to 2,000 characters. */
    public static boolean isWebAddress(String text) {
        if (text.length() > LONGEST_ADDRESS) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static String encoded(String value) {
        // A space as %20 is read alike by everybody; as + it is not.
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
