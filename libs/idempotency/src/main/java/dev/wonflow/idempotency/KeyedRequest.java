package dev.wonflow.idempotency;

import java.util.regex.Pattern;

/**
 * A request with a key.
 *
 * @param key as the sender wrote it, quotes included if there are any
 * @param fingerprint of method, address and body, in hexadecimal digits
 * @param path what a problem names as its instance
 */
record KeyedRequest(String key, String fingerprint, String path) {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

    KeyedRequest {
        if (!VISIBLE_ASCII.matcher(key).matches()) {
            throw new KeyUnusable("of another form");
        }
    }
}
