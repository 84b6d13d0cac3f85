package dev.wonflow.sandbox.merchant;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A security key (보안 키): encrypts what is said about payouts, and signs their webhooks.
 *
 * @param mId the merchant it belongs to
 * @param hex 64 hexadecimal characters
 */
public record SecurityKey(String mId, String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    public SecurityKey {
        if (!HEX.matcher(hex).matches()) {
            // Not shown, since it may be a real one with a slip in it.
            throw new IllegalArgumentException("security-key of " + mId + ": " + hex.length()
                    + " characters (expected: 64 hexadecimal characters, as the developer center shows them)");
        }
    }

    /** The 32 bytes the key spells. */
    public byte[] decoded() {
        return HexFormat.of().parseHex(hex);
    }

    /** The key as the text it is. */
    public byte[] text() {
        return hex.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "SecurityKey[mId=" + mId + ", hex=***]";
    }
}
