package dev.wonflow.runtime;

/**
 * Whose data something is. The one rule for its form, wherever a tenant comes in: out of a token, a message or a
 * database.
 *
 * @param value 1 to 100 characters (code points, as PostgreSQL and JSON Schema count), not blank, without control
 *     characters or half a character; taken as it is, so a space more is another tenant
 */
public record TenantId(String value) {

    private static final int MAX_LENGTH = 100;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    public TenantId {
        int length = value.codePointCount(0, value.length());
        if (value.isBlank() || length > MAX_LENGTH) {
            throw new IllegalArgumentException("tenant: " + (value.isBlank() ? "blank" : length + " characters")
                    + " (expected: text of 1 to " + MAX_LENGTH + " characters)");
        }
        if (value.codePoints().anyMatch(TenantId::isUnfit)) {
            throw new IllegalArgumentException("tenant: control characters or half a character (expected: text of 1 to "
                    + MAX_LENGTH + " characters)");
        }
    }

    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    @Override
    public String toString() {
        return value;
    }
}
