package dev.wonflow.sandbox.merchant;

import java.util.regex.Pattern;

/**
 * A client key and the secret key that belongs to it. A payment opened with one pair is confirmed with the same pair.
 *
 * @param clientKey key of the browser
 * @param secretKey key of the server, the user name of Basic authentication
 */
public record KeyPair(Merchant merchant, String clientKey, String secretKey) {

    private static final Pattern CLIENT_KEY = Pattern.compile("test_(g?)ck_[A-Za-z0-9_]{1,100}");
    private static final Pattern SECRET_KEY = Pattern.compile("test_(g?)sk_[A-Za-z0-9_]{1,100}");

    public KeyPair {
        requireTestKey("client-key", clientKey, CLIENT_KEY);
        requireTestKey("secret-key", secretKey, SECRET_KEY);
        if (isOfWidget(clientKey) != isOfWidget(secretKey)) {
            throw new IllegalArgumentException(
                    "client-key and secret-key of " + merchant.mId()
                            + ": one is of the widget family and one is not (expected: both test_gck_/test_gsk_, or both test_ck_/test_sk_)");
        }
    }

    private static void requireTestKey(String name, String key, Pattern expected) {
        if (key.startsWith("live_")) {
            // The key itself is not shown: it moves real money, and this message ends in a log.
            throw new IllegalArgumentException(name
                    + ": a live key (expected: a test key; a sandbox must never be given a key that moves real money)");
        }
        if (!expected.matcher(key).matches()) {
            throw new IllegalArgumentException(name + ": not a key of Toss (expected: " + expected + ")");
        }
    }

    private static boolean isOfWidget(String key) {
        return key.startsWith("test_g");
    }

    /** Whether these are keys of the payment widget; otherwise they are those of the window and of billing. */
    public boolean isOfWidget() {
        return isOfWidget(clientKey);
    }

    /** The version of the API these keys speak: the widget's never changes. */
    public ApiVersion apiVersion() {
        return isOfWidget() ? ApiVersion.V2022_11_16 : merchant.apiVersion();
    }

    @Override
    public String toString() {
        return "KeyPair[merchant=" + merchant.mId() + ", clientKey=" + clientKey + ", secretKey=***]";
    }
}
