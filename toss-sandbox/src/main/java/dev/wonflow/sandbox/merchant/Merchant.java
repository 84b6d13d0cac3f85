package dev.wonflow.sandbox.merchant;

/**
 * A merchant of the sandbox.
 *
 * @param mId merchant id (상점아이디), at most 14 characters; its first five begin every payment key
 * @param name what the payment window shows the buyer
 * @param apiVersion version of the API this merchant is set to; {@link KeyPair#apiVersion} says which one counts
 */
public record Merchant(String mId, String name, ApiVersion apiVersion) {

    private static final int LONGEST_ID = 14;

    public Merchant {
        if (mId.isBlank() || mId.length() > LONGEST_ID) {
            throw new IllegalArgumentException("m-id: \"" + mId + "\" (expected: 1 to " + LONGEST_ID + " characters)");
        }
    }
}
