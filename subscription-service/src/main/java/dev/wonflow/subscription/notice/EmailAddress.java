package dev.wonflow.subscription.notice;

import java.util.regex.Pattern;

/**
 * Where a mail goes: one address without a name, in ASCII, as every mail server takes it (RFC 5321). A domain in other
 * letters is written in its {@code xn--} form.
 *
 * @param value at most 254 characters
 */
public record EmailAddress(String value) {

    public static final int MAX_LENGTH = 254;

    /** A local part of up to 64 characters that needs no quotes, and a domain with a dot. */
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

    private static final int MAX_LOCAL_PART = 64;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    public EmailAddress {
        if (value.length() > MAX_LENGTH
                || value.indexOf('@') > MAX_LOCAL_PART
                || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "email: not an address (expected: such as billing@example.com, ASCII, at most " + MAX_LENGTH
                            + " characters)");
        }
    }

    /** Whose address it is, is not for the log. */
    @Override
    public String toString() {
        return "***";
    }
}
